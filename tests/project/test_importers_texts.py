import re

import pytest
from folders import write

from keben.core.errors import SourceError, UsageError
from keben.project.asis import load_as_it_stands
from keben.project.importers import import_book


def draft_of(tmp_path, files):
    return import_book(write(tmp_path / "书", files))


def test_a_folder_of_plain_texts_is_a_book(tmp_path):
    text = "他们说这是我们的家，也没有人来过。\n　　我在这里。\n"
    draft = draft_of(
        tmp_path,
        {
            "第十章 丙.txt": f"第十章 丙\n{text}".encode("gbk"),
            "第二章 乙.txt": f"第二章 乙\n\n{text}".encode(),
            "后记.txt": text,
            "番外/11.txt": f"11\n{text}",
            "readme.txt": "说明",
        },
    )
    assert (draft.title, draft.chapters) == ("书", ("第二章 乙", "第十章 丙", "后记", "番外", "11"))
    assert {"It is a folder of plain texts: 4 files.", "Its encoding is UTF-8, GB 18030."} <= set(
        draft.remarks
    )
    assert draft.files["book/chapters/05.md"].decode().count("他们说") == 1
    assert "kind: part" in draft.files["book/chapters/04.md"].decode()
    assert draft.files["book/chapters/05.md"].decode().startswith("# 11\n\n他们")


def test_a_folder_with_markdown_is_no_folder_of_plain_texts(tmp_path):
    draft = draft_of(tmp_path, {"a.md": "# 甲\n\n文。\n", "b.txt": "乙\n"})
    assert draft.chapters == ("甲",)


SPHINX = {"README.md": "# 读我\n", "docs/conf.py": "", **{f"docs/{n}.rst": "甲" for n in "123"}}


@pytest.mark.parametrize(
    ("files", "reported"),
    [
        (SPHINX, r"in reStructuredText, .*: 3 files end in \.rst\. Let Sphinx make an EPUB"),
        ({f"{n}.asc": "甲" for n in "123"}, r"in AsciiDoc, .* asciidoctor -o a\.html a\.asc"),
        (
            {f"{n}.tex": "甲" for n in "123"},
            r"in LaTeX, .* pandoc -f latex -t gfm --wrap=none -o a\.md a\.tex",
        ),
    ],
)
def test_a_book_in_a_format_that_keben_does_not_read_is_refused_with_the_cure(tmp_path, files, reported):
    root = write(tmp_path / "a", files)
    with pytest.raises(SourceError, match=reported):
        import_book(root)
    if "README.md" in files:
        with pytest.raises(SourceError, match=reported):
            load_as_it_stands(root, 0)


def test_files_that_keben_does_not_read_beside_a_book_are_named(tmp_path):
    files = {f"{n}.md": "# 甲\n\n文。\n" for n in "1234"} | {f"{n}.rst": "乙" for n in "567"} | {"8.org": ""}
    assert [remark for remark in draft_of(tmp_path, files).remarks if "Not read" in remark] == [
        "Not read, left out: 3 files of reStructuredText (.rst)."
    ]


def test_a_file_that_keben_does_not_read_is_refused_with_the_cure(tmp_path):
    write(tmp_path, {"b.rst": "甲"})
    with pytest.raises(UsageError, match=re.escape("pandoc -f rst -t gfm --wrap=none -o b.md b.rst")):
        import_book(tmp_path / "b.rst")
