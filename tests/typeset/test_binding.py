"""A book bound from chapters that are drawn by themselves: it is as one that WeasyPrint draws at once."""

import io
import zlib
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pikepdf
import pytest
from books import ROOT, STYLES, book, chapter
from hypothesis import given
from hypothesis import strategies as st
from insides import forget
from pdfs import Pdf

from keben.check.structure import read_structure
from keben.core.columns import for_columns
from keben.core.composition import Composition
from keben.core.paper import TypeArea
from keben.core.store import Store
from keben.typeset import typeset
from keben.typeset.weasy import binding, galleys

TEXT = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。" * 6
MORE = f"<p>{TEXT}{TEXT}</p>" * 8
ROWS = "".join(f"<tr><td>行{row}</td><td>{row}</td></tr>" for row in range(70))
TABLE = f"<table><thead><tr><th>头</th><th>数</th></tr></thead><tbody>{ROWS}</tbody></table>"


def noted(number: int, note: str) -> str:
    return (
        f'<p>{TEXT}<a epub:type="noteref" class="noteref" href="#n{number}" id="r{number}" role="doc-noteref">①</a>'
        f'{TEXT}</p><section class="notes" epub:type="footnotes" role="doc-endnotes"><aside id="n{number}" '
        f'epub:type="footnote" role="doc-footnote"><p>{note}<a class="backlink" href="#r{number}" '
        'role="doc-backlink">↩</a></p></aside></section>'
    )


BODIES = (
    f"<p>首{TEXT}</p>",
    f'<h2 id="s">一节</h2><p>前…中…⋯后<em>要紧</em>－<a href="https://example.org/%41">远处</a>{TEXT}</p>'
    + noted(2, TEXT * 8).replace("<section", f"{MORE}<section"),
    f"<p>前⋯中⋯…后① 1900–1999 “English”，100%。</p>{TABLE}<blockquote><p>{TEXT}</p></blockquote>",
    noted(4, TEXT * 9).replace("<section", f"{MORE}<section")
    + f'<p>见<a href="#s">前面</a>。～〜</p><p style="background: linear-gradient(red, blue)">{"〜～—"}</p>',
    '<p>见<a class="xref" href="#three">第三章</a>。〜～</p>' + noted(5, "注。"),
    f'<p>—―<span style="color: rgb(10% 20% 30% / 50%)">{"话说"}</span>⋯</p><p>{TEXT}</p>',
    "<p>尾</p>",
)
NAMES = ("one", "two", "three", "four", "five", "six", "seven")


def novel(vertical: bool = False, bodies: tuple[str, ...] = BODIES) -> Composition:
    documents = [chapter(body, name, name) for name, body in zip(NAMES, bodies, strict=False)]
    if not vertical:
        return book(*documents)
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(*documents, language="zh-Hant-TW", styles=styles)
    edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16))
    return for_columns(replace(composition, edition=edition))


def facts(data: bytes) -> list[object]:
    """What a PDF is beside its text: boxes of pages, links, places that links lead to, and the outline."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.objgen: index for index, page in enumerate(pdf.pages)}
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))

        def plain(value: pikepdf.Object) -> object:
            if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Page":
                return numbers[value.objgen]
            if isinstance(value, pikepdf.Array):
                return [plain(each) for each in value]
            return str(value)

        pages = [
            [
                plain(page.MediaBox),
                plain(page.TrimBox),
                [
                    [
                        str(link.get("/Contents", "")),
                        str(link.get("/Dest", link.get("/A"))),
                        plain(link.Rect),
                        # The element that holds it (ISO 14289-1, 7.18.5).
                        str(parents[int(link.StructParent)].S),
                        [
                            str(kid.Obj.Rect)
                            for kid in parents[int(link.StructParent)].K
                            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
                        ],
                    ]
                    for link in page.get("/Annots", [])
                ],
            ]
            for page in pdf.pages
        ]
        return [pages, plain(pdf.Root.Names.Dests.Names), str(pdf.docinfo)]


def structure(data: bytes) -> list[object]:
    """Pieces of text with their elements; rows of tables by their order, not by their numbers in the file."""
    rows: dict[tuple[int, int], int] = {}
    return [
        run._replace(
            cells=tuple(
                cell._replace(row=rows.setdefault((run.page, cell.row), len(rows))) for cell in run.cells
            )
        )
        for page in read_structure(data)
        for run in page.runs
    ]


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
def test_pages_are_those_that_weasyprint_draws_by_itself(vertical, monkeypatch):
    drawn: list[int] = []
    inner = galleys._Chapters._draw

    def draw(self, galley, *rest):
        inner(self, galley, *rest)
        drawn.extend([galley.path[-1]] * (galley.key in self.desk.known))

    monkeypatch.setattr(galleys._Chapters, "_draw", draw)
    composition = novel(vertical)
    bound = typeset(composition)
    # The first begins the book, the fourth has a gradient, and the fifth names a page.
    assert drawn == [1, 2, 5, 6]
    forget(monkeypatch, "weasyprint.pdf.generate_pdf")
    alone = typeset(composition)
    assert [finding.code for finding in alone.findings if finding not in bound.findings] == [
        binding.PATCH.code
    ]
    bound_pdf, alone_pdf = Pdf(bound.data), Pdf(alone.data)
    assert bound_pdf.pages == alone_pdf.pages > 15
    for page in range(1, bound_pdf.pages + 1):
        assert bound_pdf.glyphs(page) == alone_pdf.glyphs(page)
    assert bound_pdf.outline() == alone_pdf.outline()
    assert facts(bound.data) == facts(alone.data)
    assert structure(bound.data) == structure(alone.data)
    assert bound.facts == alone.facts


def test_notes_on_several_pages_have_numbers_of_their_own_in_the_whole_book():
    runs = [run for page in read_structure(typeset(novel()).data) for run in page.runs]
    numbers = [run.note for run in runs if run.note]
    assert numbers == sorted(numbers)
    assert set(numbers) == {1, 2}


def test_chapters_that_other_processes_draw_are_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(galleys, "_WORTH_ASKING", 0)
    composition = novel()
    alone = typeset(composition)
    calls = []

    def refuse(*call):
        calls.append(call)
        return Future()

    assert typeset(composition, submit=refuse).data == alone.data
    made = {part: function(data, part) for function, data, part in calls}
    assert sorted(part for part, drawn in made.items() if drawn) == [2, 5, 6]

    def submit(_function, _data, part):
        future = Future()
        future.set_result(made[part])
        return future

    laid_out = []
    inner = galleys._Chapters._draw
    monkeypatch.setattr(
        galleys._Chapters, "_draw", lambda *given: laid_out.append(given[1].path[-1]) or inner(*given)
    )
    assert typeset(composition, submit=submit).data == alone.data
    assert laid_out == [1, 3]
    # What came from elsewhere is kept as what was drawn here.
    store = Store(tmp_path)
    assert typeset(composition, store=store, submit=submit).data == alone.data
    laid_out.clear()
    assert typeset(composition, store=store).data == alone.data
    assert laid_out == [3]


def test_a_process_that_fails_costs_its_chapter_only(monkeypatch):
    monkeypatch.setattr(galleys, "_WORTH_ASKING", 0)
    composition = novel()

    def submit(_function, _data, part):
        future = Future()
        if part % 2:
            future.set_exception(OSError("gone"))
        else:
            future.set_result({"another key": b"", "": b"x"})
        return future

    assert typeset(composition, submit=submit).data == typeset(composition).data


def test_short_books_ask_no_other_process():
    asked = []
    typeset(novel(bodies=BODIES[1:3]), submit=lambda *call: asked.append(call) or Future())
    assert asked == []


def test_a_real_process_gives_the_same_bytes(monkeypatch):
    monkeypatch.setattr(galleys, "_WORTH_ASKING", 0)
    composition = novel(bodies=(BODIES[0], BODIES[5], BODIES[2], "<p>尾</p>"))
    drawn = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:

        def submit(*call):
            future = pool.submit(*call)
            drawn.extend(future.result())
            return future

        assert typeset(composition, submit=submit).data == typeset(composition).data
    assert len(drawn) == 2


@given(st.binary(max_size=9000), st.binary(max_size=9000))
def test_checks_of_parts_give_that_of_the_whole(first, second):
    joined = binding._joined_check(zlib.adler32(first), zlib.adler32(second), len(second))
    assert joined == zlib.adler32(first + second)
