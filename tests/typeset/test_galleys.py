"""Pages of chapters from the store: a book of them is, byte for byte, the one that is laid out."""

import io
import pickle
import zlib
from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from keben.check.structure import read_structure
from keben.core.book import Asset
from keben.core.columns import for_columns
from keben.core.composition import Composition, Document
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.core.store import Lookups, Store, empty
from keben.typeset import typeset
from keben.typeset.weasy import ahead, drawn

TEXT = "话说天下大势，分久必合，合久必分。" * 8

NOTED = (
    f'<p>{TEXT}<a epub:type="noteref" class="noteref" href="#n1" id="r1" role="doc-noteref">①</a>{TEXT}</p>'
    '<section class="notes" epub:type="footnotes" role="doc-endnotes"><aside id="n1" epub:type="footnote" '
    'role="doc-footnote"><p>注文。<a class="backlink" href="#r1" role="doc-backlink">↩</a></p></aside></section>'
)
NAMED = '<p>见<a class="xref" href="#three">第三章</a>。</p>'
PLAIN = f"<p>{TEXT}</p><blockquote><p>{TEXT}</p></blockquote><ul><li>一</li><li>二</li></ul>"


def parts(*bodies: str) -> Composition:
    names = ("one", "two", "three", "four", "five")
    return book(*(chapter(body, name, name) for name, body in zip(names, bodies, strict=False)))


BOOK = parts(PLAIN, NOTED, PLAIN * 3, PLAIN)


def test_a_book_from_the_store_is_the_book(tmp_path, made):
    store = Store(tmp_path)
    cold = typeset(BOOK)
    made.clear()
    assert typeset(BOOK, store=store).data == cold.data
    count = cold.facts["pages"]
    assert sorted(made) == list(range(1, count + 1))
    made.clear()
    again = typeset(BOOK, store=store)
    assert again == cold
    # What begins the document is no part that follows another, and there are empty pages before others.
    assert (made, count) == ([1, 2, 4], 7)
    made.clear()
    assert typeset(BOOK, store=Store(tmp_path, "other tools")).data == cold.data
    assert len(made) == count


def test_empty_pages_are_laid_out_once(tmp_path, made):
    composition = parts(*[f"<p>{TEXT}</p>"] * 5)
    cold = typeset(composition)
    pages = read_structure(cold.data)
    empty_ones = [number for number, page in enumerate(pages, 1) if not any(run.text for run in page.runs)]
    assert empty_ones == [2, 4, 6, 8]
    # What begins the document is no part that follows another, and no empty page after it is.
    assert [number for number in made if number in empty_ones] == [2, 4]
    assert typeset(composition, store=Store(tmp_path)).data == cold.data
    made.clear()
    assert typeset(composition, store=Store(tmp_path)).data == cold.data
    assert made == [1, 2, 4]


def test_chapters_that_were_read_ahead_are_those_of_the_store(tmp_path, made):
    store = Store(tmp_path)
    cold = typeset(BOOK, store=store)
    ahead.read_ahead(store, cold.name)
    empty(tmp_path)
    made.clear()
    again = typeset(BOOK, store=replace(store, lookups=(lookups := Lookups())))
    assert (again.data, made) == (cold.data, [1, 2, 4])
    assert lookups.found >= 3
    made.clear()
    ahead.read_ahead(store, "another.pdf")
    empty(tmp_path)
    typeset(BOOK, store=store)
    assert len(made) == cold.facts["pages"]


@pytest.mark.parametrize("changed", [0, 2])
def test_a_chapter_that_changed_is_laid_out_and_the_others_are_not(changed, tmp_path, made):
    store = Store(tmp_path)
    bodies = [PLAIN, NOTED, PLAIN, PLAIN]
    typeset(parts(*bodies), store=store)
    bodies[changed] = bodies[changed].replace("天下", "地上", 1)
    made.clear()
    warm = typeset(parts(*bodies), store=store)
    assert len(made) < warm.facts["pages"]
    assert warm.data == typeset(parts(*bodies)).data


def test_a_chapter_that_became_longer_by_a_leaf_moves_the_rest(tmp_path, made):
    store = Store(tmp_path)
    typeset(parts(PLAIN, NOTED, PLAIN), store=store)
    made.clear()
    other = parts(PLAIN + "<p>文</p>" * 60, NOTED, PLAIN)
    warm = typeset(other, store=store)
    assert (made, warm.facts["pages"]) == ([1, 2, 3, 4, 6], 7)
    assert warm.data == typeset(other).data


@settings(max_examples=2)
@given(st.lists(st.sampled_from([PLAIN, NOTED, NAMED, PLAIN * 2]), min_size=1, max_size=3), st.data())
def test_whatever_was_laid_out_before_a_book_comes_out_the_same(tmp_path_factory, bodies, data):
    store = Store(tmp_path_factory.mktemp("store"))
    bodies = [body.replace("n1", f"n{at}").replace("r1", f"r{at}") for at, body in enumerate(bodies)]
    order = data.draw(st.permutations(bodies))
    typeset(parts(*order, PLAIN, PLAIN), store=store)
    wanted = parts(*bodies, PLAIN, PLAIN)
    assert typeset(wanted, store=store).data == typeset(wanted).data


@pytest.mark.parametrize(
    "rules",
    [
        "section:nth-child(2) p { color: #333 }",
        "section.chapter { break-before: right }",
        "body { counter-reset: all } section { counter-increment: all } h1::after { content: counter(all) }",
        "section { break-before: auto }",
        "section { break-before: auto } h1 { break-before: page }",
        "@page :nth(2n) { margin-left: 40mm } @page :nth(3) { margin-top: 40mm }",
        "section { counter-reset: page 7 }",
        "p::before { content: counter(page) }",
        ".title { position: running(head) } @page { @top-left { content: element(head) } }",
    ],
)
def test_styles_that_count_or_move_chapters_are_obeyed(rules, tmp_path):
    def styled(composition):
        return replace(composition, styles=STYLES | {"print.css": STYLES["print.css"] + "\n" + rules})

    store = Store(tmp_path)
    typeset(styled(parts(PLAIN, PLAIN, NOTED)), store=store)
    other = styled(parts(PLAIN, NOTED, PLAIN, "<p>尾</p>"))
    assert typeset(other, store=store).data == typeset(other).data


def test_columns_are_kept_too(tmp_path, made):
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(*BOOK.documents, language="zh-Hant-TW", styles=styles)
    edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16))
    composition = for_columns(replace(composition, edition=edition))
    store = Store(tmp_path)
    cold = typeset(composition, store=store)
    made.clear()
    assert typeset(composition, store=store).data == cold.data
    assert len(made) < cold.facts["pages"]


def test_what_is_in_the_store_makes_nothing_but_values():
    class Evil:
        def __reduce__(self):
            return exec, ("raise SystemExit",)

    for entry in (b"", b"x", zlib.compress(b""), zlib.compress(pickle.dumps(Evil()))):
        assert drawn.unpacked(entry) is None
    for value in (None, (1, 2, 3), ([[1]], (), ()), ((), (), ((1,),))):
        assert drawn.unpacked(zlib.compress(pickle.dumps(value))) is None


def drawn_asset(path: str, drawing: str) -> dict[str, Asset]:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{drawing}</svg>'
    return {path: Asset(path, "image/svg+xml", text.encode())}


LINE, OTHER = '<path d="M0 0L20 10" stroke="#000"/>', '<path d="M0 10L20 0" stroke="#000"/>'


@pytest.mark.parametrize(
    ("body", "rules", "outer"),
    [
        ('<p><img src="a.svg" alt="线"/></p>', "", {}),
        (
            '<p><img src="outer.svg" alt="线"/></p>',
            "",
            drawn_asset("outer.svg", '<image href="a.svg" width="9"/>'),
        ),
        ("<ul><li>一</li></ul>", "li { list-style-image: url(a.svg) }", {}),
        ("<ul><li>一</li></ul>", 'li { list-style-image: \\75 rl("a.svg") }', {}),
        ("<p>一</p>", "@page { @top-left { content: url(a.svg) } }", {}),
        ("<p style='background: url(a.svg)'>一</p>", "", {}),
    ],
    ids=["a picture", "in a picture", "of a style", "with an escape", "in margins", "of an element"],
)
def test_a_picture_that_changed_is_drawn_again(body, rules, outer, tmp_path):
    styles = STYLES | {"print.css": f"{STYLES['print.css']}\n{rules}"}

    def with_picture(drawing):
        made = (chapter(f"<p>{TEXT}</p>{body}", name, name) for name in ("one", "two", "three"))
        return book(*made, styles=styles, assets=outer | drawn_asset("a.svg", drawing))

    store = Store(tmp_path)
    typeset(with_picture(LINE), store=store)
    other = typeset(with_picture(OTHER), store=store)
    assert other.data == typeset(with_picture(OTHER)).data != typeset(with_picture(LINE)).data


def test_a_chart_that_changed_is_drawn_again(tmp_path):
    def with_chart(drawing):
        root = parse(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{drawing}</svg>')
        body = f'<p>{TEXT}</p><p><img src="chart.svg" alt="图"/></p>'
        return book(
            *(chapter(body, name, name) for name in ("one", "two")),
            Document("chart.svg", "drawing", "", root),
        )

    store = Store(tmp_path)
    typeset(with_chart(LINE), store=store)
    other = typeset(with_chart(OTHER), store=store)
    assert other.data == typeset(with_chart(OTHER)).data != typeset(with_chart(LINE)).data


def pixels(colour: str, size: tuple[int, int] = (200, 100), rotated: int = 0) -> Asset:
    stream = io.BytesIO()
    exif = Image.Exif()
    if rotated:
        exif[0x0112] = rotated
    Image.new("RGB", size, colour).save(stream, "JPEG", exif=exif)
    return Asset("a.jpg", "image/jpeg", stream.getvalue())


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="a.jpg" alt="红"/></p>',
        '<p>字<img src="a.jpg" alt="红" style="width: 1em"/>字</p><p><img src="a.jpg" alt="红"/></p>',
        '<figure><img src="a.jpg" alt="红" style="image-rendering: crisp-edges"/></figure>',
        '<p style="image-orientation: none"><img src="a.jpg" alt="红"/></p>',
    ],
    ids=["alone", "twice", "with sharp edges", "as it lies"],
)
def test_chapters_with_pictures_of_pixels_are_kept(body, tmp_path, made):
    def with_picture(asset, text=TEXT):
        bodies = (f"<p>{TEXT}</p>", f"<p>{TEXT}</p>{body}", f"<p>{text}</p>{body}", f"<p>{TEXT}</p>{body}")
        made_of = (
            chapter(each, name, name)
            for each, name in zip(bodies, ("one", "two", "three", "four"), strict=True)
        )
        return book(*made_of, assets={"a.jpg": asset})

    store = Store(tmp_path)
    red = pixels("red", rotated=6)
    cold = typeset(with_picture(red), store=store)
    made.clear()
    assert typeset(with_picture(red), store=store) == cold
    if "orientation" not in body:
        assert made == [1, 2, 4]
    other = with_picture(red, TEXT[::-1])
    assert typeset(other, store=store) == typeset(other)
    for changed_one in (pixels("blue"), pixels("red", (100, 200))):
        other = with_picture(changed_one)
        assert typeset(other, store=store) == typeset(other)
