"""Families that a theme names: generic names are the book's own fonts, which stand behind every list too."""

import pytest

from keben.typeset.families import declared_families, families_named, unknown_families, with_stacks


def stack(role: str) -> str:
    return f'"{role.upper()}"'


@pytest.mark.parametrize(
    ("sheet", "set_in"),
    [
        ("p { font-family: Mine, serif }", 'p { font-family: Mine, "SERIF" }'),
        ('p { font-family: "Mine" }', 'p { font-family: "Mine", "SERIF" }'),
        ("p { font-family: Noto Serif }", 'p { font-family: Noto Serif, "SERIF" }'),
        ("p { font-family: sans-serif }", 'p { font-family: "SANS" }'),
        ("code{font:bold 9pt/1.5 Mine,monospace}", 'code{font:bold 9pt/1.5 Mine,"MONO"}'),
        ("p { font: 9pt Mine !important }", 'p { font: 9pt Mine, "SERIF" !important }'),
        ("em { FONT-FAMILY : Kai, CURSIVE; color: red }", 'em { FONT-FAMILY : Kai, "KAI"; color: red }'),
        ("p { font-family: Mine /* one */ }", 'p { font-family: Mine, "SERIF" /* one */ }'),
        (
            "@page { @top-left { font: 8pt Mine; content: 'x' } }",
            "@page { @top-left { font: 8pt Mine, \"SERIF\"; content: 'x' } }",
        ),
        ("@media print { p { font-family: Mine } }", '@media print { p { font-family: Mine, "SERIF" } }'),
        (':root { --sans: "Mine" }', ':root { --sans: "Mine", "SANS" }'),
        ("p { font-family: Mine, var(--mine) }", 'p { font-family: Mine, var(--mine), "SERIF" }'),
        ("p { font-family: var(--mine, Mine) }", 'p { font-family: var(--mine, Mine), "SERIF" }'),
        ("p { font-family: Mine", 'p { font-family: Mine, "SERIF"'),
        ("p {\n  font-family: Mine;\n  color: red\n}", 'p {\n  font-family: Mine, "SERIF";\n  color: red\n}'),
    ],
)
def test_a_list_of_families_ends_in_the_books_own_fonts(sheet: str, set_in: str) -> None:
    assert with_stacks(sheet, stack) == set_in


@pytest.mark.parametrize(
    "sheet",
    [
        "p { font-family: var(--serif) }",
        "p { font: 8.5pt/10pt var(--serif) }",
        "p { font: 9pt/calc(var(--line) * .75) var(--serif) }",
        "p { font-family: inherit } q { font: inherit } b { font: caption }",
        '@font-face { font-family: Mine; src: url("fonts/mine.ttf") }',
        "@font-face { font-family: Mine; src: local(serif) }",
        "p { font-size: 9pt; font-weight: bold }",
        "font { color: red }",
        "p { font-family: }",
        "p { font: 9pt }",
        "",
    ],
)
def test_what_is_complete_stays(sheet: str) -> None:
    assert with_stacks(sheet, stack) == sheet


def test_families_are_read_as_css_means_them() -> None:
    (named,) = families_named('p { color: red; font: italic 9pt/1.5 "Source Han", Noto Serif , serif }')
    assert named.families == ("Source Han", "Noto Serif")
    assert (named.line, named.column) == (1, 17)


def test_a_list_without_a_font_that_is_here_is_reported_once() -> None:
    sheet = "p { font-family: Nowhere, serif }\nq { font-family: Nowhere, Mine }\ni { font-family: serif }"
    (finding,) = unknown_families(sheet, "styles/print.css", {"mine"})
    assert str(finding.place) == "styles/print.css:1:5"
    assert finding.severity == "warning"
    assert finding.message == "No font “Nowhere” is installed: this text is set in the book's own fonts."


def test_a_font_face_declares_its_family() -> None:
    sheet = '@font-face { font-family: "My Font"; src: url(a.ttf) } @FONT-FACE { font-family: Other One }'
    assert declared_families([sheet, "p { font-family: x }"]) == {"my font", "other one"}
