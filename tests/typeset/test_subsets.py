"""Fonts cut down to a book's glyphs: one that cannot be is in the file otherwise, and costs no book."""

import io
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import wraps
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from books import ROOT, STYLES, book, chapter
from covers import with_circle
from fontTools.ttLib import TTFont
from insides import forget
from PIL import Image, ImageChops, ImageStat
from weasyprint.pdf.fonts import Font

from keben.check.pdftext import page_texts
from keben.core.columns import for_columns
from keben.core.composition import Artifact
from keben.core.paper import TypeArea
from keben.core.pressing import Press
from keben.formats import check_completeness
from keben.typeset import draw_cover, typeset
from keben.typeset.fonts import face_of
from keben.typeset.weasy import subsets

HAN = [
    bytes([a, b]).decode("gb2312")
    for a in range(0xB0, 0xD8)
    for b in range(0xA1, 0xFF)
    if (a, b) < (0xD7, 0xFA)
]
"""The 3,755 characters of GB 2312's first level."""


def fonts(data: bytes) -> dict[str, TTFont]:
    """The embedded fonts of a PDF, by their names."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(thing.FontName).partition("+")[2].replace("-", " "): TTFont(
                io.BytesIO((thing.get("/FontFile2") or thing.get("/FontFile3")).read_bytes())
            )
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_a_quotation_may_have_all_characters_of_a_book(language: str) -> None:
    assert len(HAN) == 3755
    quotations = "".join(
        f"<blockquote><p>{''.join(HAN[at : at + 100])}。</p></blockquote>" for at in range(0, 3755, 100)
    )
    composition = book(chapter(quotations), language=language)
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert set(HAN) <= set("".join(page_texts(artifact.data)))
    assert check_completeness(composition, artifact) == ()
    (kai,) = (font for family, font in fonts(artifact.data).items() if "WenKai" in family)
    assert "GDEF" not in kai


def test_running_heads_may_have_a_thousand_characters() -> None:
    titles = ["".join(HAN[at : at + 16]) for at in range(0, 61 * 16, 16)]
    text = f"<p>{'又一句话。' * 130}</p>"
    # After one page each begins on an even one, and its second page has its title at the head.
    chapters = [chapter("<p>始</p>"), *(chapter(text, f"c{at}", title) for at, title in enumerate(titles))]
    composition = book(*chapters)
    area = replace(composition.edition.area, openings="any")
    composition = replace(composition, edition=replace(composition.edition, area=area))
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()
    pages = page_texts(artifact.data)
    assert [title for title, page in zip(titles, pages[2::2], strict=True) if title not in page] == []


TEXT = "<p>正文 text</p><blockquote><p>引文</p></blockquote>"


@pytest.fixture(scope="module")
def usual() -> Artifact:
    return typeset(book(chapter(TEXT)))


def fail_for(name: str) -> Callable[..., None]:
    """A way to cut fonts down that does not get on with one of them."""
    real = Font._harfbuzz_subset

    def subset(font: Font, *rest: object) -> None:
        if font.name.decode().endswith("+" + name.replace(" ", "-")):
            # As HarfBuzz fails.
            subsets.LOGGER.warning('Unable to subset "%s" with HarfBuzz', font.family)
        else:
            real(font, *rest)

    return subset


@pytest.mark.parametrize("name", ["LXGW WenKai Han", "Noto Serif CJK SC"])
def test_fonttools_cuts_down_what_harfbuzz_cannot(
    monkeypatch: pytest.MonkeyPatch, usual: Artifact, name: str
) -> None:
    monkeypatch.setattr(subsets, "_without_gdef", lambda: fail_for(name))
    artifact = typeset(book(chapter(TEXT)))
    (finding,) = artifact.findings
    assert re.sub(r"\d+", "#", str(finding)) == (
        f'sample-zh-Hans-CN.pdf: notice: HarfBuzz cannot cut down the font "{name}" to the characters of the book; '
        "fontTools did. It takes # kB. It prints the same."
    )
    assert page_texts(artifact.data) == page_texts(usual.data)
    assert len(artifact.data) < 2 * len(usual.data)


def test_fonttools_gives_the_same_book_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsets, "_without_gdef", lambda: fail_for("LXGW WenKai Han"))
    first, second = (typeset(book(chapter("<blockquote><p>引文</p></blockquote>"))).data for _ in range(2))
    assert first == second
    head = fonts(first)["LXGW WenKai Han"]["head"]
    assert head.modified == TTFont(face_of("LXGW WenKai").file)["head"].modified


def test_a_font_that_nothing_cuts_down_is_in_the_file_whole(
    monkeypatch: pytest.MonkeyPatch, usual: Artifact
) -> None:
    monkeypatch.setattr(subsets, "_without_gdef", lambda: fail_for("Noto Serif CJK SC"))
    monkeypatch.setattr(
        Font, "_fonttools_subset", wraps(Font._fonttools_subset)(lambda self, to_unicode, hinting: 1 / 0)
    )
    artifact = typeset(book(chapter(TEXT)))
    (finding,) = artifact.findings
    assert re.sub(r"[\d.]+ MB", "# MB", str(finding)) == (
        'sample-zh-Hans-CN.pdf: warning: The font "Noto Serif CJK SC" cannot be cut down to the characters of the book. '
        "All of it is in the file and takes # MB. The PDF is right, and larger than it need be; try HarfBuzz 10.2 or "
        "another font."
    )
    # One face of the collection, not the collection.
    assert fonts(artifact.data)["Noto Serif CJK SC"]["maxp"].numGlyphs == 65535
    assert page_texts(artifact.data) == page_texts(usual.data)
    # It has its hints, and is drawn a hair otherwise.
    difference = ImageChops.difference(picture(artifact.data), picture(usual.data))
    assert ImageStat.Stat(difference).rms[0] < 2


def picture(data: bytes) -> Image.Image:
    """The first page as PDFium draws it."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return document[0].render(scale=2).to_pil().convert("L")


def test_a_weasyprint_with_another_inside_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, "weasyprint.pdf.fonts.Font._harfbuzz_subset")
    (finding,) = typeset(book(chapter("<p>文</p>"))).findings
    assert (finding.code, finding.severity) == ("fonts-not-cut", "warning")


def test_no_font_of_columns_and_covers_costs_the_book(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(subsets, "_without_gdef", lambda: lambda *_: 1 / 0)
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter("<p>正文 text</p>"), language="zh-Hant-TW", styles=styles)
    edition = replace(
        composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16), press=Press()
    )
    composition = for_columns(replace(composition, edition=edition))
    for press in (None, Press()):
        artifact = typeset(composition, tmp_path, press)
        assert {finding.code for finding in artifact.findings} == {"font-cut-otherwise"}
        assert "正文text" in "".join("".join(page_texts(artifact.data)).split())
    # A picture holds no font.
    cover, findings = draw_cover(with_circle(book()))
    assert cover is not None
    assert findings == ()
