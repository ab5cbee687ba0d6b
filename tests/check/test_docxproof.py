"""The proof that a Word document says what its edition says finds each thing that is another one."""

import io
import zipfile

import pytest
from everything import write_everything
from wordbooks import DOCUMENT, FOOTNOTES, W, composed, edited, packed, paragraph, parts, read, write_rich

from keben.check import check_docx
from keben.check.docxfile import BrokenDocxError, read_package
from keben.core.composition import Artifact
from keben.formats.docx import write_docx


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    composition = composed(read(write_rich(tmp_path_factory.mktemp("rich"))))
    return composition, write_docx(composition, {}).data


def found(book, data):
    composition, _ = book
    return [
        (each.code, each.place.path, each.place.line)
        for each in check_docx(composition, Artifact("rich.docx", "zh-Hans", "docx", data))
    ]


def text_changed(old, new):
    def change(root):
        run = next(
            each for each in root.iter(f"{W}t") if old in (each.text or "") and each.text.endswith("。")
        )
        run.text = run.text.replace(old, new)

    return change


def test_a_whole_document_passes(book):
    assert found(book, book[1]) == []


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        (text_changed("它的解释", "它的解"), DOCUMENT, ("lost-text", "book/chapters/01.md")),
        (text_changed("它的解释", "它的解释多"), DOCUMENT, ("added-text", "book/chapters/01.md")),
        (text_changed("第一个注", "第二个注"), FOOTNOTES, ("lost-text", "book/chapters/01.md")),
    ],
)
def test_text_that_is_another_one(book, change, name, expected):
    codes = found(book, edited(book[1], change, name))
    assert [code for code, *_ in codes] == [expected[0]]
    assert codes[0][1] == expected[1]


def test_a_paragraph_in_another_place(book):
    def move(root):
        first, second = paragraph(root, "只有一段English"), paragraph(root, "两个字*星号*")
        first.addnext(second)

    codes = found(book, edited(book[1], move))
    assert "moved-text" in [code for code, *_ in codes]


def test_a_note_that_is_not_called(book):
    def drop(root):
        call = next(root.iter(f"{W}footnoteReference"))
        call.getparent().remove(call)

    assert found(book, edited(book[1], drop))[0][0] == "lost-text"


@pytest.mark.parametrize(
    ("pattern", "new", "name"),
    [
        (b'descr="\xe7\xba\xa2\xe5\x9d\x97"', b'descr="x"', DOCUMENT),
        (b'w:anchor="k_tab_a"', b'w:anchor="k_fig_a"', DOCUMENT),
        (b'<w:startOverride w:val="5"/>', b'<w:startOverride w:val="6"/>', "word/numbering.xml"),
        (b"https://example.org/a", b"https://example.com/a", "word/_rels/document.xml.rels"),
    ],
)
def test_what_goes_with_the_text(book, pattern, new, name):
    files = parts(book[1])
    assert pattern in files[name]
    codes = found(book, packed({**files, name: files[name].replace(pattern, new)}))
    assert [code for code, *_ in codes] == ["changed-markup"]


def test_another_picture_and_other_properties(book):
    files = parts(book[1])
    picture = next(name for name in files if name.endswith("image1.png"))
    assert found(book, packed({**files, picture: files[picture] + b"0"}))[0][0] == "changed-markup"
    core = files["docProps/core.xml"].replace("样书".encode(), b"x")
    assert found(book, packed({**files, "docProps/core.xml": core}))[0][0] == "changed-metadata"


@pytest.mark.parametrize(
    "change",
    [
        lambda files: {name: data for name, data in files.items() if name != DOCUMENT},
        lambda files: {**files, DOCUMENT: files[DOCUMENT][:-20]},
        lambda files: {**files, DOCUMENT: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        lambda files: {name: data for name, data in files.items() if not name.endswith("image1.png")},
    ],
)
def test_a_document_that_is_broken(book, change):
    assert [code for code, *_ in found(book, packed(change(parts(book[1]))))] == ["broken-docx"]


def test_a_part_whose_packing_is_damaged_is_a_broken_document():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "文" * 1000 + "</a>")
        at = archive.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data = bytearray(file.getvalue())
    data[at] = 0xFF
    with pytest.raises(BrokenDocxError, match="not a zip that can be read"):
        read_package(bytes(data))


def test_links_in_notes_stand_behind_the_text_of_all_chapters(tmp_path):
    root = write_everything(tmp_path)
    composition = composed(read(root))
    assert check_docx(composition, write_docx(composition, {})) == ()
