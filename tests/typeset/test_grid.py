"""The lines of a page on its grid, by the glyphs in a finished PDF."""

import pytest
from books import STYLES, book, chapter
from insides import forget
from pdfs import Pdf

from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.page import lay_out

BODY = 10.5

TEXT = "<p>" + "文" * 60 + "</p>"
LIST = "<dl>" + "".join(f"<dt>第{number}条</dt><dd>{'说明' * 20}</dd>" for number in range(12)) + "</dl>"
TABLE = (
    '<figure class="table" id="t"><figcaption>表</figcaption><table><thead><tr><th>名</th><th>数</th></tr></thead><tbody>'
    + "".join(f"<tr><td>甲{number}</td><td>{number}</td></tr>" for number in range(30))
    + "</tbody></table></figure>"
)
BLOCKS = {
    "figure": '<figure class="figure" id="f"><div style="height: 27pt"></div><figcaption>图</figcaption></figure>',
    "code": "<pre><code>one\ntwo\nthree\nfour\nfive\n</code></pre>",
    "list over two pages": TEXT * 4 + LIST,
    "table over two pages": TEXT * 4 + TABLE,
    "quotation over two pages": TEXT * 4 + "<blockquote>" + TEXT.replace("文", "引") * 6 + "</blockquote>",
    "heading": "<h2>" + "节" * 40 + "</h2>",
    "heading of another size": '<h2 style="font-size: 17pt; line-height: 23pt">节</h2>',
}


def off_grid(body, style=""):
    """How far the lines of paragraphs of 文 are off the first one's grid, in points; each once."""
    css = STYLES["print.css"] + style
    composition = book(chapter(body), styles=STYLES | {"print.css": css})
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    layout = lay_out(composition.edition.area)
    pdf = Pdf(artifact.data)
    lines = [line for page in range(1, pdf.pages + 1) for line in pdf.lines(page) if "文文" in line.text]
    assert len(lines) > 6
    away = [(line.y - lines[0].y) % layout.line for line in lines]
    return {round(min(each, layout.line - each), 1) for each in away}


@pytest.mark.parametrize("name", BLOCKS)
def test_text_after_a_block_stands_on_the_grid(name):
    body = TEXT + BLOCKS[name] + TEXT * 2
    assert max(off_grid(body)) <= 0.3


def test_without_its_property_a_block_moves_the_text_after_it():
    body = TEXT + BLOCKS["figure"] + TEXT * 2
    assert max(off_grid(body, "figure { --block-step: none }")) > 3


def test_what_is_in_a_block_stands_in_its_middle():
    layout = lay_out(book().edition.area)
    composition = book(chapter(TEXT + f'<div style="--block-step: line">{"<p>间</p>" * 2}</div>' + TEXT))
    css = STYLES["print.css"] + "div p { line-height: 10pt; text-indent: 0 }"
    lines = Pdf(typeset(book(*composition.documents, styles=STYLES | {"print.css": css})).data).lines(1)
    inner = [line.y for line in lines if line.text == "间"]
    before = max(line.y for line in lines if "文" in line.text and line.y < inner[0])
    after = min(line.y for line in lines if "文" in line.text and line.y > inner[0])
    assert after - before == pytest.approx(3 * layout.line, abs=0.3)
    assert inner[0] - before == pytest.approx(after - inner[1], abs=0.3)


def test_another_weasyprint_has_its_own_heights(monkeypatch):
    forget(monkeypatch, "weasyprint.layout.block.block_level_layout")
    artifact = typeset(book(chapter(TEXT + BLOCKS["figure"] + TEXT * 2)))
    assert {finding.code for finding in artifact.findings} == {"no-grid", "notes-not-kept", "no-floats"}
    lines = [line.y for line in Pdf(artifact.data).lines(1) if "文文" in line.text]
    assert lines[-1] - lines[0] != pytest.approx(round((lines[-1] - lines[0]) / 17.85) * 17.85, abs=1)
