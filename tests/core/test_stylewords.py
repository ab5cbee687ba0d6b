"""What style sheets print of their own accord, and that a PDF has fonts for it."""

from dataclasses import replace

import pytest
from books import STYLES, book, chapter

from keben.core.columns import for_columns
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
        (":root { --sign: '❀' } .a { .b { content: 'x' } }", ["❀", "x"]),
        ("p { font-family: 'A'; background: url('b') } @import 'c';", []),
        ("p { content: '", [""]),
        ("p }} {{ content", []),
    ],
)
def test_strings_that_are_printed_are_found(sheet: str, said: list[str] | list[tuple[str, int, int]]) -> None:
    found = printed_strings(sheet)
    assert [each if isinstance(said[0], tuple) else each[0] for each in found] == said


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
