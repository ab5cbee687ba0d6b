"""The cover of the printed book: what stands where on the sheet, by the places of its characters."""

from dataclasses import replace

import pypdfium2
import pytest
from pdfs import Pdf
from samples import WORDS, sample_composition

from keben.core.composition import Document
from keben.core.markup import parse
from keben.core.metadata import Person
from keben.core.paper import TypeArea
from keben.core.pressing import Press
from keben.formats.press import press_ready
from keben.project.theme import default_folder
from keben.typeset import cover_sheet, typeset
from keben.typeset.cover.barcode import draw_barcode

MM = 72 / 25.4
FRONT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 154 216"><rect width="154" height="216" fill="#7a1f1f"/>'
    '<text x="77" y="60" font-size="10" text-anchor="middle" fill="#fff">封</text></svg>'
)
STYLE = (default_folder() / "styles" / "cover-sheet.css").read_text(encoding="utf-8")
BACK = "一本用来试验的书。"


def cover(language="zh-Hans-CN", pages=200, *, press=Press(), **metadata):  # noqa: B008
    """The sheet of a book of A5: 148 mm, a spine, 148 mm."""
    writing = "vertical" if language.endswith("TW") else "horizontal"
    book = sample_composition(language, writing=writing, area=TypeArea(), press=press)
    data = replace(book.metadata, **metadata)
    front = Document("front", "front", "封面", parse(FRONT), "templates/cover.svg")
    book = replace(
        book,
        edition=replace(book.edition, metadata=data),
        metadata=data,
        documents=(*book.documents, front),
        styles={**book.styles, "cover-sheet.css": STYLE},
    )
    return cover_sheet(book, pages)


def places(artifact):
    """Each character's places in millimetres from the trimmed sheet's left upper corner."""
    found = {}
    pdf = Pdf(artifact.data)
    for glyph in pdf.glyphs(1):
        # The sheet's own corner lies in its bleed, and heights count from the box's top.
        found.setdefault(glyph.text, []).append((glyph.x / MM, glyph.y / MM - 3))
    return found


def test_bound_on_the_left_the_front_is_on_the_right():
    sheet, folds, findings = cover()
    assert findings == ()
    assert sheet.name == "sample-zh-Hans-CN-cover.pdf"
    # 100 leaves of 0.1 mm, and 0.5 mm of glue.
    assert folds == (148, 158.5)
    assert {key: sheet.facts[key] for key in ("pages", "spine", "book-pages")} == {
        "pages": 1,
        "spine": 10.5,
        "book-pages": 200,
    }
    assert Pdf(sheet.data).size(1) == (round(312.5 * MM, 2), round(216 * MM, 2))
    found = places(sheet)
    (front,) = found["封"]
    # In the middle of the front: 158.5 + 74, less half a character.
    assert front[0] == pytest.approx(158.5 + 74 - 5, abs=0.1)
    assert 16 <= found["验"][0][0] <= 132


def test_bound_on_the_right_the_front_is_on_the_left_and_the_back_in_columns():
    sheet, folds, _ = cover("zh-Hant-TW", description=BACK * 8)
    assert folds == (148, 158.5)
    found = places(sheet)
    (front,) = found["封"]
    assert front[0] == pytest.approx(74 - 5, abs=0.1)
    words = [(round(-x), y, text) for text, each in found.items() for x, y in each if x > 158.5 and y < 180]
    assert all(-(306.5 - 16) <= x <= -(158.5 + 16) for x, _, _ in words)
    assert len({x for x, _, _ in words}) > 1
    # Column by column from the right, and downwards.
    assert "".join(text for _, _, text in sorted(words)) == BACK * 8


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_the_spine_reads_downwards_between_the_folds(language):
    sheet, folds, _ = cover(language, title="甲乙丙COVID", authors=(), publisher="丁")
    found = places(sheet)
    spine = [found[character][0] for character in "甲乙丙CVD丁"]
    assert all(folds[0] < x < folds[1] for x, _ in spine)
    assert [y for _, y in spine] == sorted(y for _, y in spine)
    assert 12 <= spine[0][1] <= 14
    assert 190 <= spine[-1][1] <= 198
    # Upright characters stand in the middle of the spine: their em does.
    assert len({round(x, 2) for x, _ in spine[:3]}) == 1


def test_a_long_title_becomes_smaller_until_it_fits():
    sheet, folds, _ = cover(title="很长的书名" * 10)
    found = places(sheet)
    assert all(12 <= y <= 198 for x, y in found["很"] if folds[0] < x < folds[1])
    assert len([x for x, _ in found["很"] if folds[0] < x < folds[1]]) == 10


def on_spine(sheet, folds):
    """What stands between the folds, from top to bottom."""
    found = [(y, text) for text, each in places(sheet).items() for x, y in each if folds[0] < x < folds[1]]
    assert all(12 <= y <= 198 for y, _ in found)
    return "".join(text for _, text in sorted(found)).replace(" ", "")


SAID = {
    "role_trl": "译",
    "role_aut": "著",
    "credit": "{names}　{role}",
    "by": "{names}　著",
    "list_separator": "、",
}


def test_the_spine_says_what_each_person_did(monkeypatch):
    monkeypatch.setattr("samples.WORDS", {**WORDS, **SAID})
    sheet, folds, _ = cover(title="书", authors=(Person("甲"), Person("乙", "trl"), Person("丙", "trl")))
    assert on_spine(sheet, folds) == "书甲著乙、丙译刻本"


@pytest.mark.parametrize(
    ("title", "names", "said"),
    [
        ("书", 200, "书甲、甲、甲等著刻本"),
        ("很长的书名" * 30, 1, "很长的书名" * 18 + "很长的书…"),
        ("书名：" + "副" * 200, 200, "书名甲、甲、甲等著刻本"),
    ],
)
def test_what_is_too_long_for_the_spine_is_cut_and_not_run_off(monkeypatch, title, names, said):
    monkeypatch.setattr("samples.WORDS", {**WORDS, **SAID})
    sheet, folds, _ = cover(title=title, authors=(Person("甲"),) * names)
    assert on_spine(sheet, folds) == said


@pytest.mark.parametrize(("pages", "words"), [(50, True), (48, False)])
def test_a_thin_spine_has_no_text_and_that_is_reported(pages, words):
    sheet, folds, findings = cover(pages=pages, title="甲乙丙")
    assert ("甲" in places(sheet)) is words
    reported = (
        "sample-zh-Hans-CN-cover.pdf: warning: The spine is 2.9 mm wide, too narrow for text: it is left out. "
        "From 3 mm on it has text. If it is to have none, set `spine-text = false` in [press]."
    )
    assert [str(finding) for finding in findings] == ([] if words else [reported])
    assert folds[1] - folds[0] == pytest.approx(3.0 if words else 2.9)


@pytest.mark.parametrize("pages", [48, 200])
def test_a_spine_that_is_to_be_blank_is_and_nothing_is_reported(pages):
    sheet, _, findings = cover(pages=pages, press=Press(spine_text=False), title="甲乙丙")
    assert findings == ()
    assert "甲" not in places(sheet)


@pytest.mark.parametrize(
    ("language", "times", "reported"),
    [("zh-Hans-CN", 40, 0), ("zh-Hans-CN", 80, 1), ("zh-Hant-TW", 40, 0), ("zh-Hant-TW", 120, 1)],
)
def test_a_description_that_the_back_has_no_room_for_is_reported(language, times, reported):
    _, _, findings = cover(language, description=BACK * times, identifier="urn:isbn:978-7-115-44802-6")
    message = (
        f"sample-{language}-cover.pdf: warning: The description is too long for the cover's back. "
        "Shorten `description` in book.toml, or make its type smaller in styles/cover-sheet.css."
    )
    assert [str(finding) for finding in findings] == [message] * reported


def test_on_a_narrow_spine_stands_the_title_alone():
    sheet, folds, _ = cover(pages=52, title="甲乙丙", authors=(), publisher="丁戊")
    found = places(sheet)
    assert "甲" in found
    assert [x for x, _ in found["丁"] if folds[0] < x < folds[1]] == []


def test_an_isbn_stands_on_the_back_as_a_barcode_with_its_text():
    sheet, _, _ = cover(identifier="urn:isbn:978-7-115-44802-6")
    text = Pdf(sheet.data).text(1)
    assert "ISBN978-7-115-44802-6" in text
    assert "9787115448026" in text
    found = places(sheet)
    assert all(x < 148 - 14 and y > 210 - 14 - 31 for x, y in found["8"])
    plain, _, _ = cover()
    assert "ISBN" not in Pdf(plain.data).text(1)


def test_the_bars_of_a_barcode():
    """Against the pattern of ISO/IEC 15420, worked out by hand for a number that no library was asked about."""
    odd = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
    even = [code.translate(str.maketrans("01", "10"))[::-1] for code in odd]
    right = [code.translate(str.maketrans("01", "10")) for code in odd]
    digits = "9781234567897"
    # A first digit of 9 asks for these sets: O E E O E O.
    left = "".join(
        (odd if kind == "O" else even)[int(d)] for d, kind in zip(digits[1:7], "OEEOEO", strict=True)
    )
    wanted = f"101{left}01010{''.join(right[int(d)] for d in digits[7:])}101"
    modules = ["0"] * 95
    for bar in draw_barcode("978-1-234-56789-7").children[1:]:
        if bar.tag == "rect":
            start, width = int(bar.get("x")) - 11, int(bar.get("width"))
            modules[start : start + width] = "1" * width
    assert "".join(modules) == wanted


def test_the_sheet_is_made_ready_for_the_press_the_same_each_time():
    first, second = (press_ready(sheet, Press(), 0, folds=folds) for sheet, folds, _ in (cover(), cover()))
    assert first.data == second.data
    assert first.facts["trim"] == [306.5, 210]
    assert first.format == "cover"


def test_the_book_s_own_picture_fills_the_front_and_its_bleed():
    book = sample_composition("zh-Hans-CN", area=TypeArea(), cover="images/dot.png")
    sheet, folds, _ = cover_sheet(book, 200)
    made = press_ready(sheet, Press(marks=False), 0, folds=folds)
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=25.4 / 72).to_pil().convert("RGB")
    front = picture.getpixel((164, 3))
    assert front != (255, 255, 255)
    # From the fold (3 + 158.5) to the edge of the bleed, and no further.
    assert {
        picture.getpixel(place) for place in ((163, 1), (163, 213), (310, 1), (310, 213), (240, 100))
    } == {front}
    assert {picture.getpixel(place) for place in ((160, 8), (80, 100))} == {(255, 255, 255)}


def test_what_a_theme_puts_behind_a_page_reaches_into_the_bleed():
    book = sample_composition("zh-Hans-CN", area=TypeArea())
    styles = {"print.css": "@page { background: #ff0000 }", "press.css": "@page { background: #00ff00 }"}
    book = replace(book, styles={**book.styles, **styles})
    made = press_ready(typeset(book, None, Press()), Press(), 0)
    picture = pypdfium2.PdfDocument(made.data)[1].render(scale=25.4 / 72).to_pil().convert("RGB")
    green, white = (0, 255, 0), (255, 255, 255)
    assert [picture.getpixel((x, 30)) for x in (5, 8, 80, 159, 162)] == [white, green, green, green, white]
    assert [picture.getpixel((30, y)) for y in (5, 8, 221, 224)] == [white, green, green, white]


@pytest.mark.parametrize(("pages", "least"), [(60, 2.3), (100, 3.9), (200, 7.5), (400, 8.9)])
def test_the_title_is_as_large_as_the_spine_bears(pages, least):
    sheet, folds, _ = cover(pages=pages, title="书", authors=(), publisher="")
    size = max(
        glyph.size
        for glyph in Pdf(sheet.data).glyphs(1)
        if glyph.text == "书" and folds[0] < (glyph.x / MM) < folds[1]
    )
    assert least <= size / MM < folds[1] - folds[0] - 0.7
