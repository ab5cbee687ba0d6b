"""Parts that stand empty: a book with them is, byte for byte, the one that is laid out with all that is in it."""

from dataclasses import replace

import pytest
from books import STYLES, book, chapter
from insides import forget
from weasyprint import html

from keben.core.book import Asset
from keben.core.store import Store
from keben.typeset import assemble, typeset
from keben.typeset.weasy.inside import name_of
from keben.typeset.weasy.placeholders import PATCH

TEXT = "话说天下大势，分久必合，合久必分。" * 2
PLAIN = f"<p>{TEXT}</p><blockquote><p>{TEXT}</p></blockquote>"


def noted(name: str, count: int = 1) -> str:
    """A chapter with notes."""
    numbers = range(count)
    calls = "".join(
        f'<p>{TEXT}<a epub:type="noteref" class="noteref" href="#{name}{n}" id="r{name}{n}" role="doc-noteref">①</a>'
        f"{TEXT}</p>"
        for n in numbers
    )
    notes = "".join(
        f'<aside id="{name}{n}" epub:type="footnote" role="doc-footnote"><p>注文。'
        f'<a class="backlink" href="#r{name}{n}" role="doc-backlink">↩</a></p></aside>'
        for n in numbers
    )
    return f'{calls}<section class="notes" epub:type="footnotes" role="doc-endnotes">{notes}</section>'


def parts(*bodies: str, rules: str = ""):
    styles = STYLES | {"print.css": f"{STYLES['print.css']}\n{rules}"}
    names = ("one", "two", "three", "four", "five", "six")
    made = (chapter(body, name, name) for name, body in zip(names, bodies, strict=False))
    return book(*made, styles=styles)


BODIES = (PLAIN, "<h1>题</h1>" + PLAIN, noted("a"), PLAIN * 2, noted("b"), PLAIN)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tags of the elements that boxes were made of since it was last cleared."""
    tags: list[str] = []
    inner = html.handle_element

    def handle_element(element, *rest):
        tags.append(element.tag)
        return inner(element, *rest)

    monkeypatch.setattr(html, "handle_element", handle_element)
    return tags


def changed(bodies: tuple[str, ...], at: int, before: str, after: str) -> tuple[str, ...]:
    assert before in bodies[at]
    return (*bodies[:at], bodies[at].replace(before, after, 1), *bodies[at + 1 :])


def test_an_edit_makes_boxes_of_what_changed_alone(tmp_path, read):
    store = Store(tmp_path)
    typeset(parts(*BODIES), store=store)
    typeset(parts(*BODIES), store=store)
    cold = len(read) // 2
    read.clear()
    other = parts(*changed(BODIES, 3, "天下", "地上"))
    warm = typeset(other, store=store)
    # What begins the document is no part that follows another.
    assert read.count("blockquote") == 3
    assert "aside" not in read
    assert len(read) < cold
    assert warm == typeset(other)


def test_a_part_that_stands_empty_is_not_made(tmp_path, monkeypatch):
    made: list[str] = []
    inner = assemble.prepare

    def prepare(document, *rest):
        made.append(document.name)
        return inner(document, *rest)

    monkeypatch.setattr(assemble, "prepare", prepare)
    store = Store(tmp_path)
    for _ in range(2):
        typeset(parts(*BODIES), store=store)
        made.clear()
    other = parts(*changed(BODIES, 3, "天下", "地上"))
    warm = typeset(other, store=store)
    assert "four" in made
    assert len(made) < len(BODIES)
    assert warm == typeset(other)
    # What a part is tells selectors what stands beside it.
    made.clear()
    again = replace(other, documents=(*other.documents[:-1], replace(other.documents[-1], kind="appendix")))
    assert typeset(again, store=store) == typeset(again)


def test_a_book_without_a_store_is_read_whole(read):
    typeset(parts(*BODIES))
    first = len(read)
    typeset(parts(*BODIES))
    assert len(read) == 2 * first


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (2, noted("a"), noted("a", 2)),
        (2, noted("a"), PLAIN),
        (1, "<p>", "<p id='here'>"),
        (3, "<p>", "<p><a href='#b0'>注</a>"),
        (3, "<p>", '<p><a class="xref" href="#five">第五章</a>'),
        (3, PLAIN, PLAIN * 60),
        (0, "<p>", "<h1>题</h1><p>"),
        (5, PLAIN, PLAIN * 50),
    ],
    ids=[
        "a note more",
        "no note",
        "an anchor",
        "a link",
        "a page's number",
        "more pages",
        "a title",
        "the last one",
    ],
)
def test_whatever_changes_a_book_comes_out_the_same(at, before, after, tmp_path):
    store = Store(tmp_path)
    typeset(parts(*BODIES), store=store)
    other = parts(*changed(BODIES, at, before, after))
    cold = typeset(other)
    assert typeset(other, store=store) == cold
    assert typeset(other, store=store) == cold


RULES = {
    "counters": "body { counter-reset: all } h1, p { counter-increment: all } p::after { content: counter(all) }",
    "notes that are counted": ".footnote::footnote-call { content: counter(footnote) }",
    "quotations": "blockquote::before { content: open-quote } p:last-child::after { content: no-close-quote }",
    "a break within": "h1 { break-before: right } blockquote { break-after: left }",
    "named pages within": "h1 { page: head } blockquote { page: tail } @page tail { margin-left: 40mm }",
    "breaks at what is in them": "section { break-before: auto } section > :first-child { break-before: page }",
    "what asks for contents": "section:has(h1) + section p { text-indent: 3em } section:empty { display: none }",
    "what asks for neighbours": "section:nth-last-child(2) p { color: #333 } section + section p { color: #444 }",
    "hidden and moved": "blockquote { display: none } section { display: flex; flex-direction: column-reverse }",
    "strings": "p { string-set: text content() } @page { @top-left { content: string(text, last) } }",
    "text of another": "a.xref::after { content: target-text(attr(href)) }",
    "counters of another": "p { counter-increment: all } a.xref::after { content: target-counter(attr(href), all) }",
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_what_styles_ask_for_across_parts_is_obeyed(rules, tmp_path):
    bodies = changed(BODIES, 3, "<p>", '<p><a class="xref" href="#five">第五章</a>')
    store = Store(tmp_path)
    typeset(parts(*bodies, rules=rules), store=store)
    for changes in (
        ((1, "<h1>题</h1>", "<p>无题</p>"), (4, noted("b"), PLAIN)),
        ((3, "<p>", "<h1>题</h1><p>"), (2, noted("a"), noted("a", 2))),
    ):
        others = bodies
        for each in changes:
            others = changed(others, *each)
        other = parts(*others, rules=rules)
        assert typeset(other, store=store) == typeset(other)


def test_what_is_said_of_a_part_is_said_in_each_build(tmp_path):
    store = Store(tmp_path)
    bodies = changed(BODIES, 3, "<p>", '<p><a href="#nowhere">无处</a>')
    first = typeset(parts(*bodies), store=store)
    assert first.findings
    other = parts(*changed(bodies, 4, "注文", "文注"))
    assert typeset(other, store=store).findings == first.findings == typeset(other).findings


def test_what_was_kept_and_is_gone_is_made_again(tmp_path):
    store = Store(tmp_path)
    cold = typeset(parts(*BODIES), store=store)
    kept = sorted(tmp_path.glob("*/*"), key=lambda path: path.stat().st_size)
    for path in kept:
        data = path.read_bytes()
        path.unlink()
        assert typeset(parts(*BODIES), store=store) == cold
        path.write_bytes(data)


def test_a_book_is_the_same_where_weasyprint_is_another(tmp_path, monkeypatch):
    store = Store(tmp_path)
    cold = typeset(parts(*BODIES), store=store)
    for owner, name, _ in PATCH.functions:
        forget(monkeypatch, name_of(owner, name))
    again = typeset(parts(*BODIES), store=store)
    assert again.data == cold.data
    assert [each.code for each in again.findings if each not in cold.findings] == [PATCH.code]


def test_another_books_parts_are_not_taken(tmp_path):
    store = Store(tmp_path)
    typeset(parts(*BODIES), store=store)
    other = parts(*reversed(BODIES))
    assert typeset(other, store=store) == typeset(other)
    named = replace(other, metadata=replace(other.metadata, title="另一本书"))
    assert typeset(named, store=store) == typeset(named)


def drawing(width: int) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 8"><rect width="5" height="8"/></svg>'.encode()


@pytest.mark.parametrize("path", ["images/a.svg", "images/图 1#2.svg", "images/50%25.svg"])
def test_a_picture_that_changed_is_seen_whatever_its_name(path, tmp_path):
    store = Store(tmp_path)
    body = f'<p>{TEXT}<img src="{path}" alt="图"/></p>{PLAIN}'

    def illustrated(width):
        picture = Asset(path, "image/svg+xml", drawing(width))
        return replace(parts(PLAIN, PLAIN, body, PLAIN), assets={path: picture})

    for _ in range(2):
        typeset(illustrated(8), store=store)
    other = illustrated(24)
    assert typeset(other, store=store) == typeset(other) != typeset(illustrated(8))
