"""The other doors of typeset: the cover's picture, missing glyphs, and which fonts a language gets."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fallbackfonts
import pytest
from books import book, chapter
from fontTools.colorLib.builder import buildCOLR, buildCPAL  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image
from samples import COVER, sample_composition, sample_edition

from keben.core.book import Asset
from keben.core.markup import parse
from keben.core.store import Store
from keben.typeset import draw_cover, font_names, missing_glyphs
from keben.typeset.fonts import choose, glyphs
from keben.typeset.fonts.fontmarks import font_marks
from keben.typeset.fonts.glyphs import fit


def test_a_cover_is_a_jpeg_of_the_drawing() -> None:
    cover, findings = draw_cover(sample_composition())
    assert findings == ()
    assert cover is not None
    assert (cover.path, cover.media_type) == ("images/cover.jpg", "image/jpeg")
    with Image.open(io.BytesIO(cover.data)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1500, 2400)
        ground = picture.getpixel((10, 10))
        white = sum(picture.crop((400, 600, 1100, 850)).convert("L").histogram()[200:])
    assert all(abs(a - b) <= 3 for a, b in zip(ground, (0x7A, 0x1F, 0x1F), strict=True))
    assert white > 5000
    assert draw_cover(sample_composition()) == (cover, ())


def test_a_book_without_a_drawing_has_no_cover() -> None:
    assert draw_cover(book(chapter("<p>文</p>"))) == (None, ())


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with fallbackfonts.bare_machine(tmp_path, monkeypatch) as folder:
        yield folder


def test_every_character_is_looked_for_before_typesetting(machine: Path) -> None:
    body = '<p data-line="7">好😀</p><p data-line="9">\u200b又😀</p><p data-line="11">\ue000</p>'
    findings = missing_glyphs(book(chapter(body)))
    assert [(str(f.place), f.code, f.severity) for f in findings] == [
        ("book/chapters/one.md:11", "missing-glyph", "warning"),
        ("book/chapters/one.md:7", "missing-glyph", "warning"),
    ]
    assert "“😀” (U+1F600 GRINNING FACE)" in findings[1].message
    assert missing_glyphs(sample_composition()) == ()


def test_a_format_character_that_is_drawn_is_looked_for_like_a_letter(machine: Path) -> None:
    findings = missing_glyphs(book(chapter('<p data-line="7">第\u06dd节\u200b</p>')))
    assert [(str(f.place), f.code) for f in findings] == [("book/chapters/one.md:7", "missing-glyph")]


def test_a_character_that_a_template_brings_is_told_of_the_template(machine: Path) -> None:
    body = '<p class="begin">❦</p><p data-line="7">文</p>'
    (finding,) = missing_glyphs(book(chapter(body)))
    assert str(finding) == (
        "templates/chapter.html: warning: No font here has “❦” (U+2766 FLORAL HEART): the PDF prints 〓 in its place. "
        "Install a font that has it (in Debian: fonts-symbola or fonts-freefont-ttf), or write it with another character."
    )
    (finding,) = missing_glyphs(book(chapter("<p>文</p>", title="里❦程")))
    assert finding.place.path == "book/chapters/one.md"


def test_a_font_of_coloured_pictures_is_named_with_what_to_install(machine: Path) -> None:
    coloured(machine, "Bright Emoji", 0x1F600)
    (finding,) = missing_glyphs(book(chapter('<p data-line="7">好😀</p>')))
    assert str(finding) == (
        "book/chapters/one.md:7: warning: Only Bright Emoji has “😀” (U+1F600 GRINNING FACE) here, in colour, and a PDF is "
        "set in fonts of one colour: the PDF prints 〓 in its place. Install a font that has it (in Debian: fonts-symbola), "
        "or write it with another character."
    )


def coloured(folder: Path, family: str, code: int) -> None:
    """Install a font whose one sign is drawn in layers of colour (OpenType, COLR)."""
    fallbackfonts.add(folder, family, code)
    (path,) = [each for each in folder.iterdir() if family.split()[0] in each.name]
    with TTFont(path) as font:
        name = font.getBestCmap()[code]
        font["COLR"] = buildCOLR({name: [(name, 0)]})
        font["CPAL"] = buildCPAL([[(1.0, 0.8, 0.0, 1.0)]])
        font.save(path)
    fallbackfonts.forget()


def test_a_character_that_is_missing_everywhere_is_reported_once_with_five_places(machine: Path) -> None:
    body = "".join(f'<p data-line="{line}">😀</p>' for line in range(1, 9))
    (finding,) = missing_glyphs(book(chapter(body)))
    assert finding.place.line == 1
    assert finding.message.endswith(
        "(8 times; also at book/chapters/one.md:2, book/chapters/one.md:3, book/chapters/one.md:4, "
        "book/chapters/one.md:5 and 3 more places)."
    )


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"])
def test_fonts_follow_the_region(language: str) -> None:
    suffix = {"CN": "SC", "TW": "TC", "HK": "HK"}[language[-2:]]
    edition = sample_edition(language)
    assert font_names(edition)[0] == f"Noto Serif CJK {suffix}"
    assert f"Noto Sans CJK {suffix}" in font_names(edition)
    hashed, _ = font_marks(edition, ())
    assert "NotoSerifCJK-Bold.ttc" in dict(hashed)


def test_what_a_cover_has_that_is_unknown_is_a_warning() -> None:
    styled = COVER.replace("<rect", "<style>rect:no-such-class { fill: red }</style><rect")
    composition = sample_composition()
    documents = tuple(
        replace(document, root=parse(styled)) if document.kind == "cover" else document
        for document in composition.documents
    )
    cover, findings = draw_cover(replace(composition, documents=documents))
    assert cover is not None
    assert [str(finding).partition(": W")[0] for finding in findings] == ["templates/cover.svg: warning"]


def test_a_cover_is_drawn_once_for_what_it_is_drawn_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composition = sample_composition()
    store = Store(tmp_path)
    cold = draw_cover(composition)
    assert draw_cover(composition, store) == cold
    monkeypatch.setattr("keben.typeset.cover.front.draw", lambda *_: (b"", ()))
    # What stands in the chapters does not count.
    shorter = replace(
        composition, documents=tuple(each for each in composition.documents if each.kind != "chapter")
    )
    assert draw_cover(shorter, store) == cold
    assert composition.cover
    other = replace(composition.cover, title="另一本")
    empty = Asset("images/cover.jpg", "image/jpeg", b"")
    documents = (other, *(each for each in composition.documents if each.kind != "cover"))
    assert draw_cover(replace(composition, documents=documents), store) == (empty, ())
    assert draw_cover(composition, Store(tmp_path, "other tools")) == (empty, ())


def test_the_families_of_characters_are_kept_for_these_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composition = book(chapter('<p data-line="7">好ā\u2764\u200b\ue000</p>'))
    profile, store = choose("zh-Hans-CN"), Store(tmp_path, "mark")
    fitted = fit(composition, profile)
    assert fit(composition, profile, store=store, marks=("fonts",)) == fitted
    asked: list[frozenset[str]] = []
    inner = glyphs.with_fallbacks
    monkeypatch.setattr(
        glyphs,
        "with_fallbacks",
        lambda profile, used, *rest: asked.append(used) or inner(profile, used, *rest),
    )
    assert fit(composition, profile, store=store, marks=("fonts",)) == fitted
    assert asked == []
    assert fit(composition, profile, store=store, marks=("others",)) == fitted
    assert (
        fit(book(chapter("<p>好</p>")), profile, store=store, marks=("fonts",)).profile.missing == frozenset()
    )
    assert len(asked) == 2
