"""A theme's styles: whatever they say, a book is built with its whole text, or a finding says what is wrong."""

from dataclasses import replace

import pytest
from books import STYLES, book, chapter
from pdfs import Pdf

from keben.core.composition import Artifact
from keben.core.errors import BuildError
from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.weasy import failures

BODY = """<h2 id="h">节题</h2><p>文字甲乙丙丁，文字甲乙丙丁。<em>强调</em>文<code>code</code>字
<a class="noteref" href="#n" id="r">①</a>。</p><p>words without Chinese</p><ul><li>项一</li><li>项二</li></ul>
<ol><li>第一</li></ol><dl><dt>词</dt><dd>义</dd></dl>
<table><thead><tr><th>题</th></tr></thead><tbody><tr><td>格</td></tr></tbody></table>
<blockquote><p>引文</p></blockquote><pre><code>code()
</code></pre><section class="notes"><aside class="footnote" id="n"><p><a class="backlink" href="#r">①</a>注文</p>
</aside></section>"""

DISPLAYS = (
    "block inline inline-block list-item flex inline-flex grid table inline-table table-row table-cell table-caption "
    "table-row-group table-header-group flow-root"
)

WHOLE = (
    *(f"dl, td {{ display: {display} }}" for display in DISPLAYS.split()),
    "dl { display: grid; grid-template-columns: 5em 1fr }",
    "dl { display: flex; flex-wrap: wrap } dd { flex: 1 0 50% }",
    ".chapter { display: grid }",
    "body { display: flex }",
    "p::first-letter { float: left; font-size: 3em }",
    "p::first-letter { float: right }",
    "p::first-line { font-weight: bold }",
    "h2 { overflow: hidden; text-overflow: ellipsis; max-lines: 1 }",
    "li::marker { content: 'x' counter(list-item) }",
    "li { list-style-position: inside }",
    "p { position: relative; left: 1em }",
    "p { float: left } code { float: right }",
    ".footnote { footnote-display: inline }",
    ".footnote { columns: 2 }",
    ".chapter { columns: 2 } p { column-span: all }",
    "table, li { columns: 2 }",
    "p::before { content: counter(x) counters(x, '.') attr(id) open-quote close-quote }",
    "p::after { content: leader('·') 'x' }",
    "p { line-height: 0 }",
    "p { width: 0 }",
    "p { break-before: always; orphans: 100; widows: 100 }",
    "* { break-inside: avoid; break-before: avoid; break-after: avoid }",
    "* { --block-step: line; --emphasis: dot; --name-line: wavy; --upright: all; --reading: beside }",
    "p { box-decoration-break: clone; border-radius: 1e9px; background: linear-gradient(red, blue) }",
    "p { bookmark-level: 99; string-set: a content() } @page { @top-left { content: string(a) } }",
)

MOVED = {
    "dl, td { display: table-footer-group }": ("`dl`, `td`", "display: table-footer-group"),
    "tr { display: flex } thead { display: table-footer-group }": ("`thead`", "display: table-footer-group"),
    ".footnote { float: none }": ("`aside.footnote`", "float: none"),
    "li { float: footnote }": ("`li`", "float: footnote"),
    "html { direction: rtl }": ("`p`, `pre`", "direction: rtl"),
    "p { direction: rtl }": ("`p`", "direction: rtl"),
}
"""What each moves, and by which declaration."""

RENUMBERED = {
    "ol { list-style-type: lower-roman; counter-reset: list-item 99999 }": "counter-reset: list-item 99999",
    "li { counter-increment: list-item 3 }": "counter-increment: list-item 3",
    "ol > li { counter-set: list-item 7 }": "counter-set: list-item 7",
    "li::marker { content: 'x' }": "content: …",
    "ol { list-style: 'x' }": "list-style-type: …",
}

HIDDEN = (
    "p { transform: scale(0) }",
    "p { transform: matrix(0, 0, 0, 0, 0, 0) }",
    "h2 { display: none }",
    "p { font-size: 0 }",
    "p { margin-left: -500pt }",
    "td { padding: 1e6pt }",
    "p { text-indent: 1e9em }",
)

FOUND = {
    "p { font-size: 1e9pt }": "style-failure",
    f"p{':not(p' * 500}{')' * 500} {{ color: red }}": "style-failure",
    f"{' > '.join('*' * 3000)} {{ color: red }}": "style-failure",
    f"p {{ width: {'calc(' * 2000}1px{')' * 2000} }}": "style-failure",
    "@page { size: 1e9pt 1e9pt }": "page-size",
    "@page { size: 200in }": "",
    "@page { size: 201in 5in }": "page-size",
    "@page { size: 0 0 }": "page-size",
    "@page :left { size: 2pt 100pt }": "page-size",
}


def styled(css: str) -> Artifact:
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    return typeset(book(chapter(BODY), styles=styles))


@pytest.mark.no_cover
@pytest.mark.parametrize("css", WHOLE)
def test_a_style_leaves_the_text_whole(css: str) -> None:
    assert check_completeness(book(chapter(BODY)), styled(css)) == ()


def test_floating_first_letters_in_lists_leave_the_text_in_order() -> None:
    css = "p::first-letter { float: left; font-size: 3em }"
    items = "<ol><li><p>甲项</p></li><li><p>乙项</p><p>续段</p><ul><li>子项</li></ul><p>末段</p></li></ol>"
    body = f"{items}<ul><li>首项<ol><li>内项</li></ol>尾</li></ul>"
    styles = STYLES | {"print.css": STYLES["print.css"] + css}
    assert check_completeness(book(chapter(body)), typeset(book(chapter(body), styles=styles))) == ()


@pytest.mark.parametrize(("css", "moved"), MOVED.items(), ids=[css[:40] for css in MOVED])
def test_a_style_that_moves_text_is_named(css: str, moved: tuple[str, str]) -> None:
    elements, how = moved
    artifact = styled(css)
    found = check_completeness(book(chapter(BODY)), artifact)
    said = f"A style moves text of {elements} in {artifact.name} (`{how}`)."
    line = STYLES["print.css"].count("\n") + 1
    assert [(str(each.place), each.message, each.severity) for each in found] == (
        [(f"styles/print.css:{line}", said, "notice")]
    )


def test_text_that_a_style_moves_and_that_is_nowhere_is_lost() -> None:
    css = "dl { display: table-footer-group }"
    artifact = styled(css)
    more = book(chapter(BODY.replace("<dd>义", "<dd>义甲乙")))
    facts = typeset(replace(more, styles=STYLES | {"print.css": STYLES["print.css"] + css})).facts
    found = check_completeness(more, replace(artifact, facts=facts))
    assert [(each.code, each.severity) for each in found if each.code == "lost-text"] == [
        ("lost-text", "error")
    ]
    assert "“义甲乙”. A style moves it (`display: table-footer-group`)." in found[0].message


@pytest.mark.parametrize(("css", "how"), RENUMBERED.items())
def test_a_style_that_counts_otherwise_is_named(css: str, how: str) -> None:
    (found,) = check_completeness(book(chapter(BODY)), styled(css))
    assert (found.code, found.severity) == ("list-number", "warning")
    assert found.message.startswith("This item has the number 1;")
    assert found.advice.startswith("styles/print.css, line ")
    assert found.advice.endswith(f" numbers otherwise (`{how}`).")


def test_a_running_heading_is_taken_out_of_its_place() -> None:
    css = "h2 { position: running(x) } @page { @top-left { content: element(x) } }"
    (found,) = check_completeness(book(chapter(BODY)), styled(css))
    assert (found.code, found.severity) == ("hidden-text", "notice")
    assert found.message.startswith("A style takes text out of its place: `h2` in ")


@pytest.mark.parametrize(
    ("css", "code"),
    [("dl { display: inline-grid }", "typesetting"), ("p { writing-mode: vertical-rl }", "stylesheet")],
)
def test_a_style_that_weasyprint_does_not_know_is_a_warning(css: str, code: str) -> None:
    artifact = styled(css)
    assert [(each.code, each.severity) for each in artifact.findings] == [(code, "warning")]
    assert check_completeness(book(chapter(BODY)), artifact) == ()


@pytest.mark.parametrize("css", HIDDEN)
def test_a_style_that_hides_text_is_found_by_the_check(css: str) -> None:
    assert check_completeness(book(chapter(BODY)), styled(css))


@pytest.mark.parametrize(("css", "code"), FOUND.items(), ids=[css[:40] for css in FOUND])
def test_a_style_that_cannot_be_is_a_finding(css: str, code: str) -> None:
    if not code:
        assert Pdf(styled(css).data).size(1) == (14400, 14400)
        return
    with pytest.raises(BuildError) as error:
        styled(css)
    (finding, *_) = error.value.findings
    assert finding.code == code
    assert "Keben's" not in finding.message + finding.advice


def test_a_failure_names_the_kind_of_style_it_is_about() -> None:
    with pytest.raises(BuildError) as error:
        styled("p { font-size: 1e9pt }")
    (finding,) = error.value.findings
    assert "that sets a very large or a negative length" in finding.advice
    with pytest.raises(BuildError) as error, failures.reported_failures("styles/print.css", sheet=True):
        raise RecursionError
    assert error.value.findings[0].place.path == "styles/print.css"


def test_what_keben_reports_itself_and_the_machines_errors_pass_through() -> None:
    mine = BuildError.at("a", "b", "c", "d")
    for other in (mine, FileNotFoundError("x"), MemoryError()):
        with pytest.raises(type(other)) as error, failures.reported_failures("x"):
            raise other
        assert error.value is other
