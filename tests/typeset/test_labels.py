"""What Keben asks of WeasyPrint's inside for the proof: labels in the structure, and the styles of elements."""

import pytest
from books import STYLES, book, chapter

from keben.check.structure import read_structure
from keben.typeset import typeset

ROWS = "".join(f"<tr><td>行{row}</td><td>{row}</td></tr>" for row in range(60))
BODY = f"""<p>一<a class="noteref" href="#n" id="r">①</a>见<a class="xref" href="#one">章</a>。</p>
<ol><li>甲</li></ol>
<table><thead><tr><th>头</th><th>数</th></tr></thead><tfoot><tr><td>脚</td><td>0</td></tr></tfoot><tbody>{ROWS}</tbody></table>
<section class="notes"><aside class="footnote" id="n"><p><a class="backlink" href="#r">①</a>注。</p></aside></section>"""


@pytest.fixture(scope="module")
def runs():
    data = typeset(book(chapter(BODY))).data
    return [run for page in read_structure(data) for run in page.runs]


def said(runs, role, in_notes=False):
    return [run.text.strip() for run in runs if run.role == role and run.in_notes == in_notes]


def test_what_a_style_generates_is_labelled(runs):
    assert said(runs, "footnote-call") == ["①"]
    assert said(runs, "footnote-marker", in_notes=True) == ["①"]
    assert ["".join(text.split()) for text in said(runs, "after")] == ["（第1页）"]
    assert said(runs, "marker") == ["1."]


def test_notes_heads_and_feet_are_labelled(runs):
    assert said(runs, "", in_notes=True) == ["注。"]
    heads = [run.page for run in runs if run.role == "" and run.text.startswith("头")]
    assert heads == [1]
    repeated = {run.page for run in runs if run.role == "repeated" and run.text.startswith("头")}
    assert repeated == set(range(2, 1 + len(repeated) + 1))
    assert repeated
    assert said(runs, "foot") == ["脚", "0"] * (1 + len(repeated))


def test_folios_belong_to_no_element(runs):
    assert "1" in said(runs, "outside")


def test_hidden_elements_come_with_their_rule_and_their_documents():
    css = "em { display: none }\n.x, #one p.signature { visibility: hidden }"
    body = '<p>甲<em>乙</em>丙<em> </em></p><p class="signature">丁</p><p class="signature"></p>'
    made = book(chapter(body), styles={**STYLES, "print.css": f"{STYLES['print.css']}\n{css}"})
    line = STYLES["print.css"].count("\n") + 2
    kinds = typeset(made).facts["hidden"]
    assert [(each["element"], each["how"], each["sheet"], len(each["texts"])) for each in kinds] == [
        ("em", "display: none", f"styles/print.css:{line}", 1),
        ("p.signature", "visibility: hidden", f"styles/print.css:{line + 1}", 1),
    ]
    assert kinds[0]["texts"][0][0] == "one"


def test_nothing_is_said_where_nothing_is_hidden():
    assert "hidden" not in typeset(book(chapter("<p>甲</p>"))).facts
