import tomllib

import pytest
from samples import PNG

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.single import parted

TEXT = (
    "---\ntitle: 书\nauthor: 甲\n---\n\n开头。\n\n# 一\n\n文[^a]，见[二](#二)、[网][w]。\n\n```\n# 码\n```\n\n"
    "# 二\n\n文[^b]。![图](p.png)\n\n[^a]: 注甲\n\n    又一段\n\n[^b]: 注乙\n\n[w]: https://e.org/\n"
)


def test_a_file_is_parted_at_its_first_level_headings(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "other.md").write_text("# 别的\n", "utf-8")
    draft = import_book(tmp_path / "a.md")
    assert (draft.title, draft.chapters) == ("书", ("卷首", "一", "二"))
    assert {path: data.decode() for path, data in draft.files.items() if path.endswith(".md")} == {
        "book/chapters/01.md": "---\nkind: preface\n---\n\n# 卷首\n\n开头。\n",
        "book/chapters/02.md": (
            "# 一\n\n文[^a]，见[二](03.md)、[网](https://e.org/)。\n\n```\n# 码\n```\n\n[^a]: 注甲\n\n    又一段\n"
        ),
        "book/chapters/03.md": "# 二\n\n文[^b]。![图](../images/p.png)\n\n[^b]: 注乙\n",
    }
    assert "book/images/p.png" in draft.files


@pytest.mark.parametrize("text", ["# 一\n\n文。\n\n## 二\n", "文。\n", "```\n# 一\n# 二\n```\n"])
def test_a_file_with_one_title_stays_whole(text):
    assert parted(text) == (text,)


def test_a_picture_outside_of_the_file_s_folder_is_not_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "in" / "q.png").symlink_to(tmp_path / "p.png")
    (tmp_path / "in" / "a.md").write_text("# 一\n\n![甲](../p.png)![乙](q.png)\n", "utf-8")
    draft = import_book(tmp_path / "in" / "a.md")
    assert draft.files["book/chapters/01.md"].decode() == "# 一\n\n甲乙\n"
    assert not any(path.endswith(".png") for path in draft.files)


BLOCKS = {
    "% 远行\n% 林一; 周二\n% 2020\n\n文。\n": ("远行", ["林一", "周二"]),
    "% 远行\n  下篇\n\n文。\n": ("远行 下篇", ["佚名"]),
    "Title: 远行\nAuthor: 林一\nBase Header Level: 2\n\n文。\n": ("远行", ["林一"]),
    # Text that only begins so.
    "Title: 远行，他说\n文。\n": ("a", ["佚名"]),
    "%% 注释\n\n文。\n": ("a", ["佚名"]),
}


@pytest.mark.parametrize("text", BLOCKS)
def test_title_blocks_of_pandoc_and_multimarkdown_name_the_book(tmp_path, text):
    path = tmp_path / "a.md"
    path.write_text(text)
    draft = import_book(path)
    said = tomllib.loads(draft.files["book/book.toml"].decode())["book"]
    assert (said["title"], said["authors"]) == BLOCKS[text]
    is_known = BLOCKS[text][0] != "a"
    assert ("远行" in draft.files["book/chapters/01.md"].decode().partition("\n")[2]) == (
        not is_known and "远行" in text
    )
    manuscript = load(path, {})[0]
    assert manuscript.settings.editions[0].metadata.title == BLOCKS[text][0]
    assert ("Title:" in manuscript.sources[0].text or "% 远" in manuscript.sources[0].text) == (
        not is_known and "Title" in text
    )


def test_a_file_is_cited_from_the_works_beside_it(tmp_path):
    (tmp_path / "w.bib").write_text("@book{zhou, author = {周志华}, title = {机器学习}, year = 2016}")
    path = tmp_path / "a.md"
    path.write_text("# 甲\n\n见[@zhou]。\n")
    draft = import_book(path)
    assert draft.chapters == ("甲", "参考文献")
    assert "见（周志华，2016）。" in draft.files["book/chapters/01.md"].decode()
