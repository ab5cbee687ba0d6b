"""What style sheets print of their own accord, and that a PDF has fonts for it."""

from dataclasses import replace

import pytest
from books import STYLES, book, chapter
from pdfs import Pdf
from weasyprint import UA_COUNTER_STYLE

from keben.core.columns import for_columns
from keben.core.counterstyles import COUNTER_STYLES
from keben.core.paper import TypeArea, Writing
from keben.core.printed import style_characters
from keben.core.stylewords import printed_strings
from keben.formats import check_completeness
from keben.typeset import missing_glyphs, typeset


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ('h2::before { content: "★ " }', [("★ ", 1, 23)]),
        ("p::after { content: '\\2766' attr(id) counters(x, '·') }", ["❦", "·"]),
        ("@page { @top-left { content: '☙' } }", ["☙"]),
        ("@media print { q { quotes: '«' '»' } }", ["«", "»"]),
        (
            "@counter-style k { symbols: '甲' '乙'; suffix: '、' } ol { list-style: '※' }",
            ["甲", "乙", "、", "※"],
        ),
        ("ol { list-style: inside thai }", ["๐๑๒๓๔๕๖๗๘๙"]),
        (
            "h2::before { content: counter(h, Lower-Greek) counters(b, '·', lao) '.' }",
            ["αβγδεζηθικλμνξοπρστυφχψω", "·", "໐໑໒໓໔໕໖໗໘໙", "."],
        ),
        (
            "@counter-style k { system: extends cjk-heavenly-stem; symbols: 甲 乙; pad: 3 零 }",
            ["甲乙丙丁戊己庚辛壬癸、", "甲", "乙", "零"],
        ),
        ("@counter-style k { additive-symbols: 10 十, 1 '一' }", ["十", "一"]),
        ("ol { list-style-type: decimal; color: square }", []),
        (":root { --sign: '❀' } .a { .b { content: 'x' } }", ["❀", "x"]),
        ("p { font-family: 'A'; background: url('b') } @import 'c';", []),
        ("p { content: '", [""]),
        ("p }} {{ content", []),
    ],
)
def test_strings_that_are_printed_are_found(sheet: str, said: list[str] | list[tuple[str, int, int]]) -> None:
    found = printed_strings(sheet)
    assert [each if said and isinstance(said[0], tuple) else each[0] for each in found] == said


def test_deeply_nested_styles_end() -> None:
    assert printed_strings("a{" * 80 + "content:'x'") == ()


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_what_styles_print_is_set_in_the_books_own_fonts(writing: Writing) -> None:
    css = "h2::before { content: '★節❦' } h2::after { content: '\U000323ae' } li::marker { content: '☞' }"
    body = "<h2>甲</h2><p>文</p><ul><li>乙</li></ul>"
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    composition = book(chapter(body), styles=styles)
    if writing == "vertical":
        edition = replace(composition.edition, writing=writing, area=TypeArea(measure=44, lines=16))
        composition = for_columns(replace(composition, edition=edition))
    assert {"★", "節", "❦", "☞"} <= style_characters(composition)
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()
    (missing,) = missing_glyphs(composition)
    line = STYLES["print.css"].count("\n") + 1
    assert (missing.place.path, missing.place.line) == ("styles/print.css", line)
    assert "U+323AE" in missing.message


def test_the_characters_of_predefined_counter_styles_are_those_that_are_set():
    for name, style in UA_COUNTER_STYLE.items():
        symbols = [text for _, text in style["symbols"] or ()]
        symbols += [text for _, (_, text) in style["additive_symbols"] or ()]
        symbols += [style[key][1] for key in ("prefix", "suffix") if style[key]]
        symbols += [text for _, text in style["negative"] or ()]
        assert set("".join(symbols)) - set(map(chr, range(128))) <= set(COUNTER_STYLES[name]), name


def test_lists_in_counter_styles_of_any_script_are_set():
    """The characters of some are in no font of the book: Arabic, Georgian and Armenian letters."""
    css = ""
    lists = []
    names = (
        "arabic-indic",
        "persian",
        "georgian",
        "armenian",
        "hebrew",
        "lower-greek",
        "cjk-heavenly-stem",
        "disc",
    )
    for number, name in enumerate(names):
        css += f".k{number} {{ list-style-type: {name} }}"
        items = "".join(f"<li>{character}</li>" for character in "子丑寅卯辰巳午未申酉戌亥")
        lists.append(f'<ol class="k{number}">{items}</ol>')
    lists.append('<h2 class="c">时</h2>')
    css += ".c::before { counter-increment: c; content: counter(c, katakana) }"
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    composition = book(chapter("".join(lists)), styles=styles)
    assert missing_glyphs(composition) == ()
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()
    pdf = Pdf(artifact.data)
    text = "".join(pdf.text(page) for page in range(1, pdf.pages + 1))
    for sign in ("٣", "۴", "ბ", "Բ", "ג", "β", "癸", "ア"):
        assert sign in text


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        ("system: cyclic; symbols: ① ② ③; suffix: ' '", ["①", "②", "③"]),
        ("system: cyclic; symbols: 三 二 一; suffix: 、", ["三、", "二、", "一、"]),
        ("system: cyclic; symbols: '☞'; suffix: ' '", ["☞"]),
        ("system: extends persian; suffix: ') '", ["۱)", "۲)", "۳)"]),
        ("system: additive; additive-symbols: 10 十, 2 ბ, 1 Ա", ["Ա.", "ბ.", "ბԱ."]),
    ],
)
def test_a_counter_style_of_the_theme_s_own_is_printed_and_told_where_it_says_another_number(rule, printed):
    css = f"@counter-style own {{ {rule} }} ol {{ list-style-type: own }}"
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    composition = book(chapter("<ol><li>子</li><li>丑</li><li>寅</li></ol>"), styles=styles)
    artifact = typeset(composition)
    assert artifact.findings == ()
    findings = check_completeness(composition, artifact)
    is_other = printed[0].startswith("三")
    assert [(found.code, found.severity) for found in findings] == [("list-number", "warning")] * is_other
    assert ["list-style-type: own" in found.advice for found in findings] == [True] * is_other
    pdf = Pdf(artifact.data)
    text = "".join(pdf.text(page) for page in range(1, pdf.pages + 1))
    assert [mark for mark in printed if mark not in text] == []


def test_a_predefined_counter_style_may_be_defined_again_and_decimal_may_not():
    css = (
        "@counter-style cjk-decimal { system: cyclic; symbols: ☞ } ol { list-style-type: cjk-decimal }"
        "@counter-style decimal { system: cyclic; symbols: ☜ } h2::after { content: counter(page) }"
    )
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    composition = book(chapter("<h2>题</h2><ol><li>子</li></ol>"), styles=styles)
    artifact = typeset(composition)
    (reported,) = artifact.findings
    assert "Invalid counter style name ' decimal '" in reported.message
    pdf = Pdf(artifact.data)
    text = "".join(pdf.text(page) for page in range(1, pdf.pages + 1))
    assert "☞" in text
    assert "☜" not in text
