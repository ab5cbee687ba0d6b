"""How the table's entries make their artifacts: what is asked of which engine, and what is said of what was not done."""

from dataclasses import replace

import pytest
from samples import PNG, sample_composition

from keben.check import count_characters
from keben.core.book import Asset
from keben.core.composition import Artifact
from keben.core.errors import Finding, MachineError, Place
from keben.formats import FORMATS, Material, read_as

CHARACTERS = count_characters(sample_composition())


def material(name, base=None, **changes):
    composition = sample_composition(**changes)
    return Material(read_as(composition, FORMATS[name]), base, None)


def pages(data=b"%PDF", **facts):
    return Artifact("sample-zh-Hans-CN.pdf", "zh-Hans-CN", "pdf", data, facts)


@pytest.fixture
def engine(monkeypatch):
    """Stands for the one that sets pages; what it was asked for."""
    asked = []

    def typeset(composition, cache, press=None, store=None, submit=None):
        asked.append((composition, cache, press))
        return pages(lines="keben", pages=6)

    monkeypatch.setattr("keben.typeset.typeset", typeset)
    return asked


def test_an_epub_has_the_cover_that_the_book_brings():
    made = FORMATS["epub"].make(material("epub", cover="images/dot.png"))
    assert (made.artifact.name, made.artifact.format) == ("sample-zh-Hans-CN.epub", "epub")
    assert made.findings == ()
    assert FORMATS["epub"].beside(made.artifact) == {"sample-zh-Hans-CN-cover.png": PNG}


def test_an_epub_has_a_cover_that_is_drawn(monkeypatch):
    drawn = Asset("images/cover.jpg", "image/jpeg", b"drawn")
    found = Finding(Place("templates/cover.svg"), "tight", "It is tight.", "Widen it.", "notice")
    monkeypatch.setattr("keben.typeset.draw_cover", lambda *_: (drawn, (found,)))
    made = FORMATS["epub"].make(material("epub"))
    assert made.findings == (found,)
    assert FORMATS["epub"].beside(made.artifact) == {"sample-zh-Hans-CN-cover.jpg": b"drawn"}


def test_an_epub_is_made_without_a_cover_where_none_can_be_drawn(monkeypatch):
    def lacking(*_):
        raise MachineError.at("Pango", "no-pango", "Pango is not installed.", "Install it.")

    monkeypatch.setattr("keben.typeset.draw_cover", lacking)
    made = FORMATS["epub"].make(material("epub"))
    assert [str(each) for each in made.findings] == [
        "sample-zh-Hans-CN.epub: warning: It has no cover: this machine cannot draw one. Pango is not installed. "
        "Install it; or name a picture: cover in book.toml."
    ]
    assert FORMATS["epub"].beside(made.artifact) == {}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "epub"])
def test_nothing_lies_beside_pages(name):
    assert FORMATS[name].beside(pages()) == {}


def test_a_pdf_is_what_is_set_and_its_characters_are_counted(engine):
    asked = material("pdf")
    made = FORMATS["pdf"].make(asked)
    assert engine == [(asked.composition, None, None)]
    assert made.findings == ()
    assert made.tagged is None
    assert made.artifact.facts == {"lines": "keben", "pages": 6, "characters": CHARACTERS}


@pytest.mark.parametrize("name", ["pdf", "press"])
def test_what_setting_found_goes_along(monkeypatch, name):
    found = Finding(Place("sample-zh-Hans-CN.pdf"), "tight", "It is tight.", "Widen it.", "warning")
    monkeypatch.setattr(
        "keben.typeset.typeset", lambda *_, **__: replace(pages(lines="keben"), findings=(found,))
    )
    monkeypatch.setattr("keben.formats.press.press_ready", lambda tagged, *_, **__: tagged)
    assert FORMATS[name].make(material(name)).findings == (found,)


def test_a_booklet_is_made_of_the_pdf_that_is_there(monkeypatch, engine):
    def impose(printed, edition):
        return replace(printed, name=f"{edition.name}-booklet", format="booklet", facts={"sheets": 2})

    monkeypatch.setattr("keben.impose.impose_artifact", impose)
    base = pages(b"%PDF there already")
    made = FORMATS["booklet"].make(material("booklet", base))
    assert engine == []
    assert made.tagged is base
    assert (made.artifact.format, made.artifact.data) == ("booklet", base.data)
    assert made.artifact.facts == {"sheets": 2, "characters": CHARACTERS}
    made = FORMATS["booklet"].make(material("booklet"))
    assert len(engine) == 1
    assert made.tagged.facts["pages"] == 6


def test_an_interior_is_set_with_its_bleed(monkeypatch, engine):
    given = []

    def ready(tagged, press, epoch, **options):
        given.append((tagged.name, press, epoch, options))
        return replace(tagged, data=b"%PDF ready")

    monkeypatch.setattr("keben.formats.press.press_ready", ready)
    asked = material("press")
    press = asked.composition.edition.press
    made = FORMATS["press"].make(asked)
    assert engine == [(asked.composition, None, press)]
    assert given == [("sample-zh-Hans-CN.pdf", press, 1767225600, {"in_black": False})]
    assert (made.artifact.format, made.artifact.data, made.tagged.data) == ("press", b"%PDF ready", b"%PDF")
    black = replace(
        asked.composition, edition=replace(asked.composition.edition, press=replace(press, inks="black"))
    )
    FORMATS["press"].make(Material(black))
    assert given[1][3] == {"in_black": True}
    assert FORMATS["press"].tag_again(asked).data == b"%PDF"


def test_a_cover_sheet_is_as_wide_as_the_interior_s_pages_ask(monkeypatch):
    asked = []
    found = (Finding(Place("templates/cover.svg"), "tight", "It is tight.", "Widen it.", "notice"),)

    def cover_sheet(composition, count, cache):
        asked.append(count)
        return pages(), ("folds",), found

    monkeypatch.setattr("keben.typeset.cover_sheet", cover_sheet)
    monkeypatch.setattr(
        "keben.formats.press.press_ready", lambda sheet, *_, folds: replace(sheet, data=repr(folds))
    )
    made = FORMATS["cover"].make(material("cover", pages(pages=38)))
    assert asked == [38]
    assert made.artifact.data == "('folds',)"
    assert made.findings == found
    with pytest.raises(ValueError, match="a cover is made for an interior"):
        FORMATS["cover"].make(material("cover"))
