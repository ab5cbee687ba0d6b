"""What is done once for all pages: no page looks otherwise for it, and WeasyPrint's own way is the measure."""

import pytest
from books import STYLES, book, chapter
from insides import forget
from weasyprint import css

from keben.typeset import typeset
from keben.typeset.weasy.binding import PATCH as APART
from keben.typeset.weasy.inside import name_of
from keben.typeset.weasy.relief import PATCH

RULES = {
    "each page's own": """
@page { @top-center { content: string(head) } @bottom-right-corner { content: counter(page) } }
@page :left { @left-middle { content: "left"; width: 2em } margin-left: 30mm }
@page :nth(3) { @top-center { content: "third " counter(pages) } background: #eee }
@page :nth(2n+1) { @bottom-center { content: counter(page) } }
@page :first { @top-center { content: none } }
@page :blank { @top-center { content: "blank" } }
h1 { string-set: head content() }
""",
    "counted anew": "@page { counter-increment: page 2; @bottom-center { content: counter(page) } }",
    "named": "h1 { page: head } @page head { size: A4; @top-left { content: 'head'; font-size: 2vw } }",
    "in lengths of the first page": "@page { margin-left: 9vw; @top-left { content: 'x'; font-size: 3vh } }",
    "a table in a margin": "@page { @bottom-left { content: 'x'; display: table; padding: 1mm } }",
    "fixed boxes": ".seal { position: fixed; top: 0; left: 0 }",
    "notes": """
.seal { float: footnote } i { position: note(foot); font-style: normal }
.seal::footnote-call { content: "*" !important } p .seal::footnote-call { content: "+"; color: #700 }
@layer low { .seal::footnote-marker { content: "low" } .seal::footnote-marker { margin-right: 1em !important } }
::footnote-marker { font-weight: bold } i::note-call { content: "n" } i::note-callback { content: none }
""",
}


def pages(rules: str):
    styles = STYLES | {"print.css": STYLES["print.css"] + "\np + p { break-before: page }" + rules}
    body = (
        "<p>一二<i>三四</i>五六七八九十</p>" * 3
        + '<p>印<span class="seal">章</span></p><p class="seal">印</p>'
    )
    return typeset(book(chapter(f"<h1>题</h1>{body}"), chapter(f"<h1>又</h1>{body}"), styles=styles))


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_pages_are_those_that_weasyprint_makes_by_itself(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Chapters that are drawn by themselves depend on these functions too, and are written in another way.
    forget(monkeypatch, *(name_of(owner, name) for owner, name, _ in APART.functions))
    relieved = pages(rules)
    assert relieved.facts["pages"] > 3
    for owner, name, _ in PATCH.functions:
        forget(monkeypatch, name_of(owner, name))
    by_itself = pages(rules)
    assert [each.code for each in by_itself.findings if each.code == PATCH.code] == [PATCH.code]
    assert relieved.data == by_itself.data


def test_only_notes_have_styles_for_the_parts_of_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str | None] = []

    class Counted(css.ComputedStyle):
        def __init__(self, parent_style, cascaded, pseudo_type, *others):
            made.append(pseudo_type)
            super().__init__(parent_style, cascaded, pseudo_type, *others)

    monkeypatch.setattr(css, "ComputedStyle", Counted)
    styles = STYLES | {"print.css": STYLES["print.css"] + ".seal { float: footnote }"}
    body = "<p>一二三四五六七八九十</p>" * 50 + '<p>印<span class="seal">章</span></p>'
    typeset(book(chapter(f"<h1>题</h1>{body}"), styles=styles))
    assert made.count("footnote-call") == made.count("footnote-marker") == 1
