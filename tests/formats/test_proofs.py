"""The checks that formats get: each asks the right one, and says what it means."""

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from books import book
from samples import sample_composition, sample_edition

from keben.core.binding import Booklet
from keben.core.composition import Artifact
from keben.core.errors import BuildError, Finding, MachineError, Place
from keben.formats import FORMATS, ToProve, make, read_as


def blank(pages=1):
    """A PDF of empty pages."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(420, 595))
        pdf.save(stream)
    return Artifact("sample-zh-Hans-CN.pdf", "zh-Hans-CN", "pdf", stream.getvalue(), {})


def proved(name, artifact, tagged=None):
    composition = read_as(sample_composition(), FORMATS[name])
    proofs = FORMATS[name].proofs
    return [(proof.name, bool(proof.check(ToProve(composition, artifact, tagged)))) for proof in proofs]


def test_an_epub_that_has_all_passes_and_one_that_lost_a_letter_does_not():
    composition = sample_composition(cover="images/dot.png")
    artifact, found = make(composition, "epub")
    assert found == ()
    (proof,) = FORMATS["epub"].proofs_of(composition.edition)
    assert proof.passed == "nothing of the text is lost"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as whole, zipfile.ZipFile(stream, "w") as less:
        for name in whole.namelist():
            less.writestr(name, whole.read(name).replace("皇后".encode(), "后".encode()))
    read = read_as(composition, FORMATS["epub"])
    assert proof.check(ToProve(read, artifact)) == ()
    (lost,) = proof.check(ToProve(read, replace(artifact, data=stream.getvalue())))
    assert lost.severity == "error"
    assert "皇" in lost.message


@pytest.mark.parametrize("name", ["pdf", "booklet", "press"])
def test_pages_with_no_text_are_not_whole(name):
    assert proved(name, blank())[0] == ("Completeness", True)


@pytest.mark.parametrize("name", ["press", "cover"])
def test_what_has_no_bleed_is_not_for_a_printer(name):
    assert proved(name, blank())[-1] == ("Press", True)


def test_lines_are_measured():
    lines, holes = FORMATS["pdf"].measures
    assert lines.take(blank(), sample_edition()).lines == ()
    assert holes.take(blank(), sample_edition()).holes == ()


def test_epubcheck_is_named_by_its_version_and_gets_the_files(monkeypatch, tmp_path):
    (validator,) = FORMATS["epub"].validators
    found = (Finding(Place("a.epub"), "epubcheck", "Bad."),)
    monkeypatch.setattr("keben.check.check_epubs", lambda paths: found if paths == (tmp_path,) else ())
    assert validator.check((tmp_path,)) == found
    assert validator.version().startswith("5.")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("epub", []),
        ("pdf", ["no-glyph", "narrow"]),
        ("booklet", ["no-glyph", "narrow", "small-sheet"]),
        ("press", ["no-glyph", "narrow"]),
        ("cover", ["no-glyph", "narrow"]),
    ],
)
def test_what_stands_in_the_way_is_known_before_a_page_is_set(monkeypatch, name, codes):
    def refuse(code):
        def refused(*_):
            raise BuildError.at("book/book.toml", code, "It cannot be.")

        return refused

    glyph = Finding(Place("book/chapters/one.md", 3), "no-glyph", "No font has it.", "Replace it.")
    monkeypatch.setattr("keben.typeset.missing_glyphs", lambda _: (glyph,))
    monkeypatch.setattr("keben.typeset.page.lay_out", refuse("narrow"))
    monkeypatch.setattr(
        "keben.impose.misfits", lambda _: (Finding(Place("book/book.toml"), "small-sheet", "No."),)
    )
    assert [each.code for each in FORMATS[name].foresee(sample_composition())] == codes


def test_what_a_machine_lacks_is_a_finding(monkeypatch):
    def lacking(_composition):
        raise MachineError.at("Noto Serif CJK SC", "no-font", "It is not installed.")

    monkeypatch.setattr("keben.typeset.missing_glyphs", lacking)
    assert [each.code for each in FORMATS["pdf"].foresee(sample_composition())] == ["no-font"]


def test_a_booklet_is_known_by_what_is_known_of_the_pdf(monkeypatch):
    looked = []
    monkeypatch.setattr("keben.typeset.missing_glyphs", lambda each: looked.append(each) or ())
    first, second = sample_composition(), sample_composition()
    for composition in (first, second):
        for name in ("pdf", "booklet"):
            FORMATS[name].foresee(composition)
    assert list(map(id, looked)) == [id(first), id(second)]


def test_a_book_that_can_be_set_has_nothing_in_its_way_and_a_sheet_can_be_too_small():
    composition = book()
    assert FORMATS["booklet"].foresee(composition) == ()
    small = replace(composition.edition, booklet=Booklet(width=100, height=120))
    (found,) = FORMATS["booklet"].foresee(replace(composition, edition=small))
    assert found.severity == "error"
    assert found.message.startswith("Booklet of zh-Hans-CN: ")
