"""A run that no line may end in by the rules of its script still stays in the type area, and nothing is added to it."""

import random
import string
from collections import Counter
from html import escape

import pytest
from books import book, chapter
from pdfs import Pdf

from keben.typeset import typeset
from keben.typeset.page import lay_out

LETTERS = "".join(random.Random(5).choices(string.ascii_letters + string.digits, k=160))
RUNS = {
    "base64": LETTERS + "+/==",
    "hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "address": f"https://example.org/{LETTERS}?a={LETTERS[:40]}#x",
    "names": "std::chrono::steady_clock_with_a_long_name::now().time_since_epoch().count_of_all_of_its_ticks()",
    "path": "/usr/local/share/keben/themes/default/styles/print-vertical.css/" * 2,
    "one letter": "a" * 150,
    "ー": "ー" * 200,
    "_": "_" * 150,
    "□": "□" * 100,
    "=": "=" * 150,
    "…": "…" * 80,
    "—": "—" * 80,
    "！": "！" * 80,
    "）": "）" * 80,
    "（": "（" * 80,
    "×": "×" * 120,
    "%": "%" * 120,
    "/": "/" * 150,
    "。and words": "。" * 60 + "word" * 40,
}
PLACES = (
    "<p>前文{0}后文。</p>"
    "<p>{0}</p>"
    "<p>前文<code>{0}</code>后文。</p>"
    "<p>words and <code>{0}</code></p>"
    "<p>前文<strong>{0}</strong>后文。</p>"
    "<pre><code>{0}\n    f({0})\n</code></pre>"
    "<blockquote><p>前文{0}后文</p><p><code>{0}</code></p><pre><code>{0}</code></pre></blockquote>"
    "<ul><li>{0}</li><li>前文<code>{0}</code></li><li><pre><code>{0}</code></pre></li></ul>"
    "<table><thead><tr><th>题</th><th>题</th></tr></thead>"
    "<tbody><tr><td>{0}</td><td><code>{0}</code></td></tr><tr><th>{0}</th><td>格</td></tr></tbody></table>"
    "<dl><dt>{0}</dt><dd>前文{0}</dd></dl>"
    '<h2 id="h">题{0}</h2><p>文</p>'
    '<figure class="table"><figcaption>{0}</figcaption><table><tr><td>格</td></tr></table></figure>'
    '<p>字<a class="noteref" href="#n" id="r">①</a></p>'
    '<section class="notes"><aside class="footnote" id="n"><p><a class="backlink" href="#r">①</a>{0}</p>'
    "<p>前文<code>{0}</code></p><pre><code>{0}</code></pre></aside></section>"
)


@pytest.mark.no_cover
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_run_of_any_length_stays_in_the_type_area(run: str) -> None:
    composition = book(chapter(PLACES.format(escape(run, quote=False))))
    layout = lay_out(composition.edition.area)
    pdf = Pdf(typeset(composition).data)
    found: Counter[str] = Counter()
    for number in range(1, pdf.pages + 1):
        left = layout.inner if number % 2 else layout.outer
        for glyph in pdf.glyphs(number):
            if layout.top < glyph.y < layout.height - layout.bottom + 2:
                # An opening mark's ink is in the right half of its em.
                assert (
                    left - (glyph.size / 2 + 0.5 if glyph.text == "（" else 2)
                    < glyph.x
                    < left + layout.measure * layout.body + 0.1
                )
                found[glyph.text] += 1
    whole = PLACES.format(run)
    assert run[0] != "-"
    assert found[run[0]] >= run.count(run[0]) * PLACES.count("{0}")
    # A hyphen is added where a word of a language is divided, and nowhere else. PDFium gives one that ends a line as a
    # control character.
    if "wordword" not in run:
        assert sum(found[mark] for mark in "-\x02\ufffe") <= whole.count("-")


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("a" * 150, ["a" * 64, "a" * 62, "a" * 24]),
        ("f(" + "first_argument, " * 6 + ")", None),
    ],
)
def test_a_line_of_code_goes_on_further_in(code: str, lines: list[str] | None) -> None:
    pdf = Pdf(typeset(book(chapter(f"<pre><code>{code}\nend</code></pre>"))).data)
    found = [line for line in pdf.lines(1) if line.size == 8.5 and line.text.strip("0123456789")]
    texts = ["".join(line.text.split()) for line in found]
    assert "".join(texts) == "".join(code.split()) + "end"
    first, *more, end = found
    assert {round(line.x - first.x, 1) for line in more} == {8.5}
    assert end.x == pytest.approx(first.x, abs=0.1)
    if lines:
        assert texts[:-1] == lines
