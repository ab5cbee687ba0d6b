"""Dots that lead to a page's number are drawn once: the file has the bytes that it has where each is drawn by itself."""

from contextlib import nullcontext

import pytest
from books import STYLES, book, chapter

from keben.typeset import typeset
from keben.typeset.weasy import leaders

LEADS = """
.dots::after { content: leader('·') "12" }
.stars::after { content: leader("*+ ") "3"; color: rebeccapurple }
.shy::after { content: leader(' . ') "4"; visibility: hidden }
.lines::after { content: leader('-') "5"; text-decoration: underline }
.see::after { content: leader(dotted) target-counter(attr(href), page) }
"""
BODY = "".join(
    f'<p class="{name}">第{number}章</p><p><a class="see" href="#far">见后</a></p><p>平常的一段话。</p>'
    for number in (1, 2)
    for name in ("dots", "stars", "shy", "lines")
)


def composition():
    styles = STYLES | {"print.css": STYLES["print.css"] + LEADS}
    return book(chapter(BODY + '<h2 id="far">后来</h2><p>完。</p>'), styles=styles)


def test_the_bytes_are_those_of_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    show = leaders._Shown.show
    with monkeypatch.context() as patched:
        patched.setattr(leaders._Shown, "show", lambda *given: shown.append(given[1].text) or show(*given))
        relieved = typeset(composition()).data
    assert shown.count("·") > 40
    assert {"*+ ", "."} <= set(shown)
    # What has more to it than glyphs of one font is drawn each time.
    assert "-" not in shown
    monkeypatch.setattr(leaders, "leaders_relieved", nullcontext)
    assert typeset(composition()).data == relieved
