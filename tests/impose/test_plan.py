"""The planner: sheets are folded, and the book that comes out is looked at."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from folding import bound
from hypothesis import given, settings
from hypothesis import strategies as st

from keben.core.binding import Booklet
from keben.core.errors import BuildError
from keben.impose.plan import plan
from keben.impose.values import points

A5 = (points(148), points(210))
A6 = (points(105), points(148))
BIG = {"width": 700.0, "height": 1000.0}


def grid(side, columns):
    """A side as letters, the highest row first; small ones stand on their heads, a dot is blank."""
    ordered = sorted(side.pages, key=lambda each: (-each.box.y, each.box.x))
    letters = ["·" if each.page is None else chr(ord("A") + each.page) for each in ordered]
    letters = [a.lower() if each.turned else a for a, each in zip(letters, ordered, strict=True)]
    return "/".join("".join(letters[i : i + columns]) for i in range(0, len(letters), columns))


def sheets(pages, size=A5, binding="left", **options):
    options = {"blanks": "before-last"} | options
    made = plan(pages, *size, Booklet(**options), binding)
    columns = [4 if sheet.up == 8 else 2 for sheet in made.sheets]
    sides = [(grid(s.front, c), grid(s.back, c)) for s, c in zip(made.sheets, columns, strict=True)]
    return " ".join(f"{front}|{back}" for front, back in sides)


@pytest.mark.parametrize(
    ("pages", "options", "expected"),
    [
        (1, {}, "·A|··"),
        (2, {}, "BA|··"),
        (3, {}, "CA|B·"),
        (4, {}, "DA|BC"),
        (5, {}, "EA|B· ·C|D·"),
        (5, {"blanks": "end"}, "·A|B· ·C|DE"),
        (8, {}, "HA|BG FC|DE"),
        (8, {"binding": "right"}, "AH|GB CF|ED"),
        (8, {"duplex": "long-edge"}, "HA|gb FC|ed"),
        (8, {"duplex": "long-edge", "binding": "right"}, "AH|bg CF|de"),
        (16, {"signature": 8}, "HA|BG FC|DE PI|JO NK|LM"),
        (10, {"signature": 8}, "HA|BG FC|DE JI|··"),
        (8, {"cover": True}, "HA|BG FC|DE"),
        (7, {"cover": True}, "GA|BF EC|D·"),
        (6, {"cover": True, "blanks": "end"}, "FA|BE ·C|D·"),
        (12, {"cover": True, "signature": 4}, "LA|BK FC|DE JG|HI"),
        (3, {"cover": True}, "CA|B·"),
        (8, {"size": A6, "duplex": "long-edge"}, "ed/HA|cf/BG"),
        (8, {"size": A6}, "ed/HA|gb/FC"),
        (8, {"size": A6, "binding": "right", "duplex": "long-edge"}, "de/AH|fc/GB"),
        (5, {"size": A6, "duplex": "long-edge"}, "·d/EA|c·/B·"),
        (8, {"size": A6, "up": 2}, "HA|BG FC|DE"),
        (16, {"size": A6, "duplex": "long-edge"}, "md/PA|cn/BO ih/LE|gj/FK"),
        (16, {"size": A6, "width": 297.0, "height": 420.0}, "elih/DMPA|gjkf/BONC"),
    ],
)  # fmt: skip
def test_small_booklets_letter_by_letter(pages, options, expected):
    assert sheets(pages, **options) == expected


def orders():
    """What pdfimpose 2.10.0 does; see tools/pdfimpose_orders.py."""
    lines = (Path(__file__).parents[1] / "data" / "pdfimpose.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def numbered(side, columns, *, turned):
    """A side as the table has it; for a book bound on the right it folds feet together where Keben folds heads together."""
    ordered = sorted(side.pages, key=lambda each: (-each.box.y, each.box.x))
    numbers = [0 if each.page is None else (each.page + 1) * (-1 if each.turned else 1) for each in ordered]
    rows = [numbers[start : start + columns] for start in range(0, len(numbers), columns)]
    if turned:
        rows = [[-number for number in reversed(row)] for row in rows]
    return "/".join(" ".join(map(str, row)) for row in rows)


def test_another_program_puts_the_same_pages_on_the_same_sheets():
    for up, binding, pages, expected in orders():
        # Its backs are made for a sheet that is turned round its vertical axis.
        lying = up != "4"
        booklet = Booklet(
            **BIG, up=int(up), blanks="before-last", duplex="short-edge" if lying else "long-edge"
        )
        made = plan(int(pages), *A5, booklet, binding)
        assert (made.width > made.height) == lying
        sides = [side for sheet in made.sheets for side in (sheet.front, sheet.back)]
        columns = 4 if up == "8" else 2
        here = "|".join(numbered(side, columns, turned=binding == "right") for side in sides)
        assert here == expected, (up, binding, pages)


def expected_pages(count, unit, blanks, cover):
    """The book in reading order."""
    pages = list(range(count))
    ends = ([], [])
    if cover and count > 4:
        ends = (pages[:2], pages[-2:])
        pages = pages[2:-2]
    elif cover:
        unit, blanks = 4, "before-last"
    empty = [None] * ((unit - len(pages)) % unit)
    if blanks == "end" or count == 1 or (len(pages) == 1):
        return [*ends[0], *pages, *empty, *ends[1]]
    return [*ends[0], *pages[:-1], *empty, *pages[-1:], *ends[1]]


def check(count, up, booklet, binding):
    made = plan(count, *A5, booklet, binding)
    gutter, creep = points(booklet.gutter), points(booklet.creep)
    leaves, signatures = bound(made, gutter)
    read = [ink.page for leaf in leaves for ink in (leaf.front, leaf.back)]
    assert read == expected_pages(count, 2 * up, booklet.blanks, booklet.cover)
    assert sorted(page for page in read if page is not None) == list(range(count))
    assert all(ink.upright for leaf in leaves for ink in (leaf.front, leaf.back))
    around = 1 if booklet.cover and not booklet.signature else 0
    for signature in signatures:
        assert not booklet.signature or len(signature) * 2 <= booklet.signature
        for index, leaf in enumerate(signature):
            depth = min(index, len(signature) - 1 - index) + around
            for ink in (leaf.front, leaf.back):
                # The nearer to the middle, the nearer to the spine; all heads on one line, both sides on one place.
                assert ink.x == gutter - depth * creep
                assert (ink.width, ink.height) == A5
    feet = {(leaf.front.y, leaf.back.y) for signature in signatures for leaf in signature}
    assert len(feet) <= 1
    assert all(front == back for front, back in feet)
    assert made.blanks == read.count(None)
    assert {len(sheet.front.pages) for sheet in made.sheets if sheet.signature >= 0} <= {up}


@pytest.mark.no_cover
@pytest.mark.parametrize("signature", [0, 16])
@pytest.mark.parametrize("duplex", ["short-edge", "long-edge"])
@pytest.mark.parametrize("binding", ["left", "right"])
@pytest.mark.parametrize("up", [2, 4, 8])
def test_the_folded_book_reads_in_order(up, binding, duplex, signature):
    booklet = Booklet(**BIG, up=up, duplex=duplex, signature=signature, creep=0.1, marks=False)
    # Every count of up to four signatures of 16 pages, and some of all that are longer.
    for count in (*range(1, 66), *range(66 + up, 201, 11), 200):
        check(count, up, booklet, binding)


@st.composite
def booklets(draw):
    up = draw(st.sampled_from([2, 4, 8]))
    unit = 2 * up
    return up, Booklet(
        **BIG,
        up=up,
        signature=draw(st.sampled_from([0, unit, 2 * unit, 3 * unit])),
        duplex=draw(st.sampled_from(["short-edge", "long-edge"])),
        blanks=draw(st.sampled_from(["before-last", "end"])),
        cover=draw(st.booleans()),
        creep=draw(st.integers(0, 30)) / 100,
        gutter=draw(st.integers(0, 80)) / 10,
        marks=draw(st.booleans()),
    )


@pytest.mark.no_cover
@settings(max_examples=300, deadline=None)
@given(st.integers(1, 200), booklets(), st.sampled_from(["left", "right"]))
def test_any_booklet_folds_into_its_book(count, drawn, binding):
    up, booklet = drawn
    check(count, up, booklet, binding)


def test_pages_of_a_leaf_move_to_the_spine_by_the_papers_thickness():
    made = plan(12, *A5, Booklet(width=320, height=250, creep=0.2), "left")
    fold = made.width / 2
    lefts = [sheet.front.pages[0].box.right for sheet in made.sheets]
    rights = [sheet.front.pages[1].box.x for sheet in made.sheets]
    assert [right - fold for right in rights] == [0, -points(0.2), -points(0.4)]
    assert [left - fold for left in lefts] == [0, points(0.2), points(0.4)]
    # What goes over the fold is cut there.
    assert {page.clip.x for sheet in made.sheets for page in sheet.front.pages[1:]} == {fold}


def marked(**options):
    return plan(20, *A5, Booklet(**options), "left")


def test_marks_stand_in_the_waste_only_and_none_where_pages_fill_the_sheet():
    assert [sheet.front.lines for sheet in marked().sheets] == [()] * 5
    assert [sheet.front.lines for sheet in marked(width=320, height=250, marks=False).sheets] == [()] * 5
    made = marked(width=320, height=250, creep=0.2)
    for depth, sheet in enumerate(made.sheets):
        for side in (sheet.front, sheet.back):
            kinds = [line.kind for line in side.lines]
            assert (kinds.count("crop"), kinds.count("fold")) == (8, 2)
            boxes = [page.box for page in side.pages]
            left, right = min(box.x for box in boxes), max(box.right for box in boxes)
            low, high = boxes[0].y, boxes[0].top
            upright = {line.x1 for line in side.lines if line.x1 == line.x2 and line.kind == "crop"}
            assert upright == {left, right}
            assert {line.y1 for line in side.lines if line.y1 == line.y2} == {low, high}
            assert {line.x1 for line in side.lines if line.kind == "fold"} == {made.width / 2}
            for line in side.lines:
                xs, ys = sorted((line.x1, line.x2)), sorted((line.y1, line.y2))
                assert xs[0] >= 0
                assert xs[1] <= made.width
                assert ys[0] >= 0
                assert ys[1] <= made.height
                outer = left - points(0.2) * depth, right + points(0.2) * depth
                assert xs[1] < outer[0] or xs[0] > outer[1] or ys[1] < low or ys[0] > high
        assert right - left == 2 * A5[0] - 2 * depth * points(0.2)


@pytest.mark.parametrize(("up", "sheet", "across"), [(4, (350, 470), 1), (8, (640, 450), 3)])
def test_fold_marks_stand_at_every_fold(up, sheet, across):
    made = plan(32, *A5, Booklet(*sheet, up=up, gutter=4), "right")
    cell = A5[0] + points(4)
    for sheet in made.sheets:
        for side in (sheet.front, sheet.back):
            folds = [line for line in side.lines if line.kind == "fold"]
            upright = sorted({line.x1 for line in folds if line.x1 == line.x2})
            lying = {line.y1 for line in folds if line.y1 == line.y2}
            middle = (across + 1) // 2
            assert upright == [made.width / 2 + (n - middle) * cell for n in range(1, across + 1)]
            assert lying == {made.height / 2}
            assert len(folds) == 2 * across + 2


def test_collation_marks_are_stairs_on_the_spine():
    made = marked(width=320, height=250, signature=4)
    marks = [sheet.front.collation for sheet in made.sheets]
    assert all(sheet.back.collation is None for sheet in made.sheets)
    assert {mark.x + mark.width / 2 for mark in marks} == {made.width / 2}
    assert {a.y - b.top for a, b in pairwise(marks)} == {0}
    assert all(sheet.front.collation is None for sheet in marked(width=320, height=250).sheets)
    several = plan(64, *A5, Booklet(width=450, height=640, signature=32), "right")
    assert [sheet.front.collation is not None for sheet in several.sheets] == [True, False, True, False]
    outer = [page.box for page in several.sheets[0].front.pages if page.page in (0, 31)]
    mark = several.sheets[0].front.collation
    assert min(outer[0].right, outer[1].right) == mark.x + mark.width / 2


def test_bleed_shows_at_the_edges_of_the_block_and_not_over_a_neighbour():
    bleed = points(3)
    made = plan(4, *A5, Booklet(width=320, height=250), "left", bleed=bleed)
    left, right = made.sheets[0].front.pages
    assert (left.clip.x, left.clip.right) == (left.box.x - bleed, left.box.right)
    assert (right.clip.x, right.clip.right) == (right.box.x, right.box.right + bleed)
    assert (left.clip.y, left.clip.top) == (left.box.y - bleed, left.box.top + bleed)
    ends = {(line.x1, line.y1) for line in made.sheets[0].front.lines}
    assert (left.box.x - bleed - points(2), left.box.y) in ends


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"width": 210, "height": 148},
            "Two of its pages side by side, 296 × 210 mm, do not fit on a sheet of 210 × 148 mm. "
            "Choose a larger sheet, or smaller pages: these are 148 × 210 mm.",
        ),
        (
            {"up": 4},
            "Four of its pages, 296 × 420 mm, do not fit on a sheet of 210 × 297 mm. "
            "Choose a larger sheet, or smaller pages: these are 148 × 210 mm.",
        ),
        (
            {"gutter": 1},
            "Two of its pages side by side, 298 × 210 mm with a gutter of 1 mm, do not fit on a sheet of 297 × 210 mm. "
            "Choose a larger sheet, or smaller pages: these are 148 × 210 mm.",
        ),
        (
            {"signature": 6},
            "A signature of 6 pages cannot be folded from sheets with 2 pages on a side. Use a multiple of 4.",
        ),
        (
            {**BIG, "up": 4, "signature": 12},
            "A signature of 12 pages cannot be folded from sheets with 4 pages on a side. Use a multiple of 8.",
        ),
        (
            {"creep": 5},
            "A creep of 5 mm moves the innermost of 5 leaves by 20 mm. "
            "Fold fewer sheets together, in signatures; or say the paper's thickness, 0.1 mm for 80 g/m².",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_with_numbers(options, message):
    with pytest.raises(BuildError) as caught:
        plan(20, *A5, Booklet(**options), "left", name="in.pdf")
    assert str(caught.value) == f"in.pdf: {message}"


def test_as_many_pages_as_fit_and_as_a_signature_can_have():
    def up(size, **options):
        return {sheet.up for sheet in plan(16, *size, Booklet(**options), "left").sheets}

    assert up(A5) == {2}
    assert up(A6) == {4}
    assert up((points(74), points(105))) == {8}
    assert up(A6, signature=12) == {2}
    assert up(A5, width=297, height=420) == {4}
    # Sizes that programs round.
    assert up((Fraction(420), Fraction(595))) == {2}
