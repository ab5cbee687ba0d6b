"""Which characters each face of a vertical edition is made for."""

import pytest

from keben.core.markup import parse
from keben.typeset.facetexts import face_texts

SERIF, KAI, SANS = "Song Columns", "Kai Columns", "Hei Columns"
FAMILIES = (SERIF, KAI, SANS)
STACKS = f""":root {{
  --serif: "Latin Columns", "{SERIF}", "{KAI}", "{SANS}";
  --kai: "Latin Columns", "{KAI}", "{SERIF}", "{SANS}";
  --sans: "{SANS}", "{SERIF}", "{KAI}";
}}
html {{ font-family: var(--serif) }}"""
BOOK = """<html><body>
<section class="chapter"><h1>题目</h1><p>正文<em class="term">楷<span>内</span></em>后</p></section>
<section class="letter wide"><p data-mark="签" style="color: red">书信</p><p>尾</p></section>
</body></html>"""
ALWAYS = frozenset("一")


def texts(*rules: str, book: str = BOOK, beside: str = "") -> dict[tuple[str, int], str]:
    found = face_texts(parse(book), (STACKS, *rules), FAMILIES, ALWAYS, frozenset(beside))
    return {face: "".join(sorted(each - {"\n"})) for face, each in found.items()}


def kai(*rules: str, **more: str) -> str | None:
    found = texts(*rules, **more).get((KAI.casefold(), 400))
    return found and found.replace("一", "")


def of(text: str) -> str:
    return "".join(sorted(text))


def test_the_serif_sets_everything_and_other_faces_are_not_made() -> None:
    found = texts()
    assert found.keys() == {(SERIF.casefold(), 400), (SERIF.casefold(), 700)}
    assert set(found[SERIF.casefold(), 400]) >= set("题目正文楷内后书信尾一")


def test_a_heading_is_bold_whatever_the_styles_say() -> None:
    assert texts()[SERIF.casefold(), 700] == of("题目一")


@pytest.mark.parametrize(
    "rule",
    [
        "em { font-family: var(--kai) }",
        "EM.term { FONT: italic 12pt/1.5 var(--kai) }",
        'p > em { font-family: "Kai Columns", serif }',
        "section.chapter p em.term { font: 700 10pt/calc(var(--line) * 2) var(--kai) }",
        "h1 + p em { font-family: var(--kai) }",
        "@media print { p .term { font-family: var(--kai) } }",
        "@supports (display: block) { .none, .term::before { font-family: var(--kai) } }",
        ":root { --own: var(--kai) } em { font-family: var(--own), serif }",
        "em { font-family: var(--nothing, var(--kai)) }",
        "em:not(.x)[class] { font-family: Kai Columns, monospace }",
    ],
)
def test_a_face_sets_what_is_in_the_elements_of_its_rules(rule: str) -> None:
    assert kai(rule) == of("楷内")


@pytest.mark.parametrize(
    "rule",
    [
        ".letter em { font-family: var(--kai) }",
        "em.other { font-family: var(--kai) }",
        "blockquote { font-family: var(--kai) }",
        "em { font-family: var(--sans) }",
        '@font-face { font-family: "Kai Columns"; src: url(kai.ttf) }',
    ],
)
def test_a_face_whose_rules_are_for_nothing_is_not_made(rule: str) -> None:
    assert kai(rule) is None


@pytest.mark.parametrize(
    "rule",
    [
        "* { font-family: var(--kai) }",
        ":is(em, b) { font-family: var(--kai) }",
        ":where(.x) { font-family: var(--kai) }",
        "em { color: red; & span { font-family: var(--kai) } }",
    ],
)
def test_what_cannot_be_told_counts_as_all_of_the_book(rule: str) -> None:
    assert set(kai(rule) or "") >= set("题目正文楷内后书信尾")


def test_margins_print_the_texts_that_are_named_for_them() -> None:
    margin = "@page { @top-left { content: string(head); font: 8pt var(--kai) } }"
    assert kai(margin) == ""
    assert kai(margin, "h1 { string-set: head content() }") == of("题目")


def test_text_that_is_set_elsewhere_may_be_set_in_every_face() -> None:
    rules = "em { font-family: var(--kai) }", "a::after { content: target-text(attr(href)) }"
    assert set(kai(*rules) or "") >= set("题目正文书信尾")


def test_attributes_that_styles_print_are_set_in_every_face_that_is_used() -> None:
    assert kai("em { font-family: var(--kai) }", "p::before { content: attr(data-mark) }") == of("楷内签")


def test_an_element_s_own_style_counts() -> None:
    book = BOOK.replace('style="color: red"', 'style="font-family: var(--kai)"')
    assert set(kai(book=book) or "") >= set("书信")


def test_a_face_without_text_is_made_where_an_element_asks_for_it() -> None:
    assert kai("hr { font-family: var(--kai) }", book=BOOK.replace("<h1>", "<hr /><h1>")) == ""


@pytest.mark.parametrize(
    ("rule", "bold"),
    [
        ("em { font-weight: bold }", "楷内"),
        ("em { font-weight: 600 }", "楷内"),
        ("em { font-weight: bolder }", "楷内"),
        ("em { --w: 900 } em { font-weight: var(--w) }", "楷内"),
        ("em { font-weight: calc(400 + 300) }", "楷内"),
        ("em { font: bold 10pt/1 var(--sans) }", "楷内"),
        ("em { font-weight: 400 }", ""),
        ("em { font: 10pt/calc(2 * 700) var(--sans) }", ""),
        ("em { font-weight: lighter }", ""),
    ],
)
def test_the_bold_face_sets_what_may_be_bold(rule: str, bold: str) -> None:
    assert texts(rule)[SERIF.casefold(), 700] == of(f"题目一{bold}")


def test_a_bold_face_of_another_family_sets_what_may_be_both() -> None:
    found = texts("em { font-family: var(--kai) } span, h1 { font-weight: 700 }")
    assert found[KAI.casefold(), 700] == of("内一")


def test_what_the_serif_lacks_may_be_set_in_every_face() -> None:
    found = texts("em { font-family: var(--kai) }", beside="尾远")
    assert found[KAI.casefold(), 400] == of("楷内尾一")
    assert found[SANS.casefold(), 400] == "尾"
