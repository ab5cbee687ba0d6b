"""Characters that share a glyph: each is copied from the PDF as itself, by readers of every kind, and nothing moves."""

import io
import unicodedata
from contextlib import closing
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from books import ROOT, STYLES, book, chapter
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from insides import forget
from samples import sample_composition

from keben.check.pdftext import page_texts
from keben.core.columns import for_columns
from keben.core.composition import Composition, Document
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.core.pressing import Press
from keben.formats.press import press_ready
from keben.typeset import cover_sheet, typeset
from keben.typeset.fonts import face_of
from keben.typeset.weasy import shared

PAIRS = ("…⋯", "～〜", "—―", "-\u2011", "–‒", "•‧", "／∕", "①➀")
"""Characters that Noto Serif CJK draws with one glyph, each twice in what follows."""

FRONT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 154 216"><title>封面</title>'
    '<rect width="154" height="216" fill="#7a1f1f"/></svg>'
)

TEXT = "".join(f"<p>前{a}{a}中{b}{b}又{a}末</p><p>前{b}中{a}末</p>" for a, b in PAIRS)


def raw(data: bytes) -> str:
    """All characters of a PDF as PDFium gives them, without white, in the order of the file."""
    return "".join("".join(page_texts(data)).split())


def plain(markup: str) -> str:
    return "".join(markup.replace("<p>", "").replace("</p>", "").split())


def vertical(composition: Composition) -> Composition:
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16))
    return for_columns(replace(composition, edition=edition, styles=styles))


def kinds(data: bytes) -> list[tuple[str, str]]:
    """Subtype and ``CIDToGIDMap`` of a PDF's fonts: the latter's length if it is a table."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sorted(
            (
                str(thing.Subtype),
                str(thing.CIDToGIDMap) if isinstance(thing.CIDToGIDMap, pikepdf.Name) else "table",
            )
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Subtype")).startswith("/CIDFontType")
        )


def picture(data: bytes, page: int = 0) -> bytes:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return document[page].render(scale=2).to_pil().tobytes()


def codes(data: bytes) -> dict[str, list[int]]:
    """A font's name → the codes of the text that is shown in it, by the way of a reader that knows no more than that."""
    found: dict[str, list[int]] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            font = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = str(page.Resources.Font[operands[0]].BaseFont).partition("+")[2]
                elif str(operator) == "TJ":
                    for string in operands[0]:
                        if isinstance(string, pikepdf.String):
                            data = bytes(string)
                            pairs = zip(data[::2], data[1::2], strict=True)
                            found.setdefault(font, []).extend(high << 8 | low for high, low in pairs)
    return found


@pytest.mark.parametrize(
    ("language", "writing"),
    [
        ("zh-Hans-CN", "horizontal"),
        ("zh-Hant-TW", "horizontal"),
        ("zh-Hant-HK", "horizontal"),
        ("zh-Hant-TW", "vertical"),
    ],
)
def test_each_of_a_pair_is_copied_as_itself(language: str, writing: str) -> None:
    composition = book(chapter(TEXT), language=language)
    data = typeset(vertical(composition) if writing == "vertical" else composition).data
    text = raw(data)
    for paragraph in TEXT.split("</p>")[:-1]:
        assert plain(paragraph) in text


def test_in_a_quotation_and_in_code_as_well() -> None:
    body = "".join(f"<blockquote>{TEXT}</blockquote><p><code>{a}{b}x</code></p>" for a, b in PAIRS[3:5])
    data = typeset(book(chapter(body))).data
    text = raw(data)
    for paragraph in TEXT.split("</p>")[:-1]:
        assert text.count(plain(paragraph)) == 2
    for a, b in PAIRS[3:5]:
        assert f"{a}{b}x" in text
    # 楷体 has TrueType outlines, the rest CFF.
    assert kinds(data) == [
        *[("/CIDFontType0", "/Identity")] * 4,
        ("/CIDFontType2", "table"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "金\u2fa6金\uf90a",  # a radical and a compatibility ideograph
        "e\u0301é\u00e9e\u0301",  # decomposed and composed
        "甲 乙\u00a0丙 丁",  # spaces
        "——\u2e3a——",  # a ligature
        "ĳij",
    ],
)
def test_more_kinds_of_pairs(text: str) -> None:
    data = typeset(book(chapter(f"<p>始{text}末</p>"))).data
    with closing(pypdfium2.PdfDocument(data)) as document:
        page = document[0].get_textpage().get_text_bounded()
    assert f"始{text}末" in page or f"始{text}末" in page.replace(" ", "")


@pytest.mark.parametrize(("text", "copied"), [("葛葛\U000e0100葛", "葛葛葛"), ("a\u200db", "ab")])
def test_what_no_font_has_a_glyph_or_a_form_for_is_not_copied(text: str, copied: str) -> None:
    data = typeset(book(chapter(f"<p>始{text}末</p>"))).data
    with closing(pypdfium2.PdfDocument(data)) as document:
        page = document[0].get_textpage().get_text_bounded()
    assert f"始{copied}末" in page.replace(" ", "")


def test_lines_and_ink_are_the_same_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    composition = book(chapter(f"{TEXT}<blockquote>{TEXT}</blockquote>"))
    made = typeset(composition)
    forget(monkeypatch, "weasyprint.draw.text.draw_first_line")
    other = typeset(composition)
    assert raw(made.data) != raw(other.data)
    assert made.facts["pages"] == other.facts["pages"] == 2
    for page in range(2):
        assert picture(made.data, page) == picture(other.data, page)
    assert [(finding.code, finding.severity) for finding in other.findings] == [("shared-glyphs", "warning")]


def test_a_book_without_pairs_has_its_fonts_as_they_are() -> None:
    data = typeset(book(chapter("<p>正文……</p><blockquote><p>引文</p></blockquote>"))).data
    assert {way for _, way in kinds(data)} == {"/Identity"}


def test_each_code_of_cff_outlines_is_a_glyph_s_number_and_its_cid() -> None:
    """PDFium takes a CID for the glyph's number; other readers look for the text by the CID."""
    data = typeset(book(chapter(TEXT))).data
    shown = set(codes(data)["Noto-Serif-CJK-SC"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = (
            TTFont(io.BytesIO(thing.FontFile3.read_bytes()))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
            and str(thing.get("/FontName", "")).endswith("+Noto-Serif-CJK-SC")
            and thing.get("/Type") == "/FontDescriptor"
        )
    order = font.getGlyphOrder()
    assert {order[code] for code in shown if code} == {f"cid{code:05d}" for code in shown if code}
    cmap = TTFont(
        face_of("Noto Serif CJK SC").file, fontNumber=face_of("Noto Serif CJK SC").index
    ).getBestCmap()
    one = order.index(cmap[ord("…")])
    twins = [code for code in shown if code != one and outline(font, code) == outline(font, one)]
    assert len(twins) == 1
    assert font["hmtx"][order[twins[0]]] == font["hmtx"][order[one]]


def outline(font: TTFont, index: int) -> bytes:
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    return bytes(strings.charStringsIndex[index].bytecode)


def test_a_font_that_cannot_be_changed_is_encoded_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    composition = book(chapter(TEXT))
    usual = typeset(composition).data
    monkeypatch.setattr(shared, "with_copies", lambda data, copies: 1 / 0)
    data = typeset(composition).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = {
            str(thing.Encoding.CMapName)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
            and thing.get("/Subtype") == "/Type0"
            and isinstance(thing.Encoding, pikepdf.Stream)
        }
    assert names == {"/Keben-0"}
    assert raw(data) == raw(usual)
    assert picture(data) == picture(usual)


def test_in_a_cover_sheet_and_for_a_press() -> None:
    words = "甲……乙⋯⋯，丙-丁\u2011戊。"
    composition = sample_composition(press=Press(), area=TypeArea())
    metadata = replace(composition.metadata, description=words)
    front = Document("front", "front", "封面", parse(FRONT), "templates/cover.svg")
    composition = replace(
        composition,
        metadata=metadata,
        edition=replace(composition.edition, metadata=metadata),
        documents=(*composition.documents, front),
        styles=composition.styles
        | {"cover-sheet.css": (ROOT / "styles" / "cover-sheet.css").read_text("utf-8")},
    )
    sheet, _, _ = cover_sheet(composition, 200)
    assert words in raw(sheet.data)
    interior = press_ready(typeset(book(chapter(TEXT)), press=Press()), Press(), 0)
    for paragraph in TEXT.split("</p>")[:-1]:
        assert plain(paragraph) in raw(interior.data)


def test_in_a_drawing() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40" width="300" height="40"><title>图</title>'
        '<text x="0" y="26" font-size="12" font-family="Noto Sans CJK SC">甲…乙⋯丙</text></svg>'
    )
    composition = book(
        chapter('<p>图<img src="images/a.svg" alt="图"/></p>'),
        Document("images/a.svg", "drawing", "图", parse(drawing), "book/a.svg"),
    )
    assert "甲…乙⋯丙" in raw(typeset(composition).data)


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301\u0301\u0301x",
        "n\u0303\u0308\u0303",
        "\u0302\u20dd\u0e31\u0327\u20dd\u0308",
        "か\u3099\u3099き",
    ],
)
def test_a_mark_that_is_drawn_again_in_its_place_is_copied_again(text: str) -> None:
    found = raw(typeset(book(chapter(f"<p>前{text}后</p>"))).data)
    between = found.partition("前")[2].partition("后")[0]
    # PDFium orders marks of two fonts by where they stand.
    assert sorted(unicodedata.normalize("NFD", between)) == sorted(unicodedata.normalize("NFD", text))


CHARACTERS = st.sampled_from("甲乙…⋯—―-\u2011–‒•‧／∕①➀～〜·・aé12 ")


@settings(max_examples=4)
@given(st.lists(st.text(CHARACTERS, min_size=1, max_size=40), min_size=10, max_size=40))
def test_any_mixture_is_copied_whole(texts: list[str]) -> None:
    body = "".join(f"<p>始{text}末</p>" for text in texts)
    # A hyphen at a line's end PDFium gives as U+FFFE or U+0002, and takes for one that parts a word.
    found = raw(typeset(book(chapter(body))).data).replace("\ufffe", "-").replace("\x02", "-")
    for paragraph in texts:
        assert "始" + "".join(paragraph.split()) + "末" in found
