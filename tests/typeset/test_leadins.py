"""A sentence that leads into code, a list or a quotation stands on the page where that begins."""

from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.markup import element
from keben.core.paper import TypeArea
from keben.typeset import typeset
from keben.typeset.leadins import with_leads

AREA = TypeArea(measure=20, lines=14)
COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")

LEADS = {
    "code": "<p>甲代码如下：</p><pre><code>乙\n{}</code></pre>".format("码\n" * 8),
    "titled code": "<p>甲：</p><p class='code-title'>乙</p><pre><code>{}</code></pre>".format("码\n" * 8),
    "list": "<p>甲步骤如下。</p><ol><li>乙</li><li>二</li><li>三</li></ol>",
    "list in an item": "<ul><li>甲如下：<ul><li>乙</li><li>二</li><li>三</li></ul></li></ul>",
    "quotation": f"<p>他写道（甲：）</p><blockquote><p>乙{'引' * 100}</p></blockquote>",
    "table": "<p>甲如下：</p><table><tbody><tr><td>乙</td></tr><tr><td>二</td></tr></tbody></table>",
    "letter": f"<div class='letter'><p>{'信' * 30}甲</p><p>乙此致</p><p class='closing'>敬礼</p></div>"
    + "<p>后</p>" * 4,
    "long sentence": f"<p>{'文' * 70}甲见下：</p><ol><li>乙</li><li>二</li><li>三</li></ol>",
}


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("kind", LEADS)
def test_it_does_not_end_a_page(kind, vertical):
    # Each chapter has a line more above the sentence than the one before.
    chapters = [chapter("<p>文</p>" * count + LEADS[kind], f"c{count}") for count in range(2, 12)]
    composition = book(*chapters, language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    edition = replace(composition.edition, area=AREA, writing="vertical" if vertical else "horizontal")
    styles = {**STYLES, "print-vertical.css": COLUMNS} if vertical else STYLES
    pdf = Pdf(typeset(replace(composition, edition=edition, styles=styles)).data)
    above, below = ([page for page in range(1, pdf.pages + 1) if mark in pdf.text(page)] for mark in "甲乙")
    assert len(below) == len(chapters)
    assert above == below


def test_what_is_led_into_is_marked():
    def marks(*children):
        return [
            "data-led" in child.attributes
            for child in with_leads(element("section", None, *children)).children
            if not isinstance(child, str)
        ]

    note = element("aside", {"class": "footnote"}, "注文。")
    listed = element("ul", None, element("li", None, "项"))
    assert marks(element("p", None, "如下：", note), "\n", listed) == [False, True]
    assert marks(element("p", None, "如下："), element("p", None, "文"), listed) == [False, False, False]
    assert marks(element("p", None, "他说："), element("p", None, "“好。”")) == [False, False]
    assert marks(element("p", None, "句。"), listed) == [False, False]
    letter = [
        element("p", None, "信"),
        element("p", None, "此致"),
        element("p", {"class": "closing"}, "敬礼"),
    ]
    marked = with_leads(element("section", None, element("div", {"class": "letter"}, *letter))).children[0]
    assert ["data-led" in child.attributes for child in marked.children] == [False, True, False]
    assert marks(element("p", None, "如图："), element("figure", {"class": "figure"})) == [False, False]
