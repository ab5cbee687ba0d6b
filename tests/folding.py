"""Folding, nesting and stacking printed sheets as a person does it, to see which book comes out.

Nothing here knows how an imposition is worked out. A sheet comes from the printer with ink on both sides; it is folded
backwards in halves, so that what is at the lower outer corner stays in front; sheets are laid in one another, and
signatures behind one another. Then the leaves are looked at one by one.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from keben.impose.values import Plan, Sheet, Side


@dataclass(frozen=True)
class Ink:
    """A page printed on paper; coordinates are those of who looks at the stack from the front."""

    page: int | None
    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction
    upright: bool

    def mirrored_x(self, axis):
        return replace(self, x=2 * axis - self.x - self.width)

    def mirrored_y(self, axis):
        return replace(self, y=2 * axis - self.y - self.height, upright=not self.upright)


@dataclass(frozen=True)
class Layer:
    """A layer of paper in a stack: the ink that faces who looks, and that on its other side."""

    near: tuple[Ink, ...]
    far: tuple[Ink, ...]


@dataclass(frozen=True)
class Leaf:
    """A leaf of the bound book; distances are from its spine, and along it from the sheet's folded foot."""

    front: Ink
    back: Ink


def inked(side: Side) -> tuple[Ink, ...]:
    return tuple(
        Ink(each.page, each.box.x, each.box.y, each.box.width, each.box.height, not each.turned)
        for each in side.pages
    )


def printed(sheet: Sheet, plan: Plan) -> Layer:
    """The sheet as it lies with its front up: the printer turned it round the edge before it printed the back."""
    lying = plan.width > plan.height
    round_vertical = (plan.duplex == "short-edge") == lying
    back = inked(sheet.back)
    if round_vertical:
        far = tuple(ink.mirrored_x(plan.width / 2) for ink in back)
    else:
        far = tuple(ink.mirrored_y(plan.height / 2) for ink in back)
    return Layer(inked(sheet.front), far)


def parted(ink, axis, value):
    """Ink below an axis and beyond it; none lies across."""
    low = tuple(i for i in ink if value(i) < axis)
    high = tuple(i for i in ink if value(i) > axis)
    assert len(low) + len(high) == len(ink)
    return low, high


def fold(stack: list[Layer], axis, middle, mirror, *, keep_high: bool) -> list[Layer]:
    """Fold one half of a stack behind the other, at a line."""
    kept, folded = [], []
    for layer in stack:
        near, far = parted(layer.near, axis, middle), parted(layer.far, axis, middle)
        stay, go = (1, 0) if keep_high else (0, 1)
        kept.append(Layer(near[stay], far[stay]))
        folded.append(
            Layer(tuple(mirror(ink, axis) for ink in far[go]), tuple(mirror(ink, axis) for ink in near[go]))
        )
    return kept + folded[::-1]


def fold_across(stack, axis, *, keep_right):
    return fold(stack, axis, lambda ink: ink.x + ink.width / 2, Ink.mirrored_x, keep_high=keep_right)


def fold_down(stack, axis):
    """The upper half goes behind the lower one."""
    return fold(stack, axis, lambda ink: ink.y + ink.height / 2, Ink.mirrored_y, keep_high=False)


def folded(sheet: Sheet, plan: Plan, gutter: Fraction) -> list[Leaf]:
    """The leaves of a sheet, folded until only one page is on each, from the front."""
    left_bound = plan.binding == "left"
    stack = [printed(sheet, plan)]
    spine = plan.width / 2
    if sheet.up == 8:
        stack = fold_across(stack, spine, keep_right=left_bound)
        cell = plan.page_width + gutter
        spine = spine + cell if left_bound else spine - cell
    if sheet.up >= 4:
        stack = fold_down(stack, plan.height / 2)
    stack = fold_across(stack, spine, keep_right=left_bound)
    leaves = []
    for layer in stack:
        assert len(layer.near) == len(layer.far) == 1
        leaves.append(Leaf(*(from_spine(ink, spine, left_bound) for ink in (layer.near[0], layer.far[0]))))
    return leaves


def from_spine(ink, spine, left_bound):
    return replace(ink, x=ink.x - spine if left_bound else spine - ink.x - ink.width)


def nested(sheets: list[list[Leaf]], inside: list[Leaf] = ()) -> list[Leaf]:
    """Folded sheets laid in one another, the first outermost, round other leaves."""
    for leaves in reversed(sheets):
        half = len(leaves) // 2
        inside = [*leaves[:half], *inside, *leaves[half:]]
    return list(inside)


def bound(plan: Plan, gutter: Fraction) -> tuple[list[Leaf], list[list[Leaf]]]:
    """The whole book, and its signatures without the cover."""
    by_signature: dict[int, list[list[Leaf]]] = {}
    for sheet in plan.sheets:
        by_signature.setdefault(sheet.signature, []).append(folded(sheet, plan, gutter))
    cover = by_signature.pop(-1, [])
    signatures = [nested(sheets) for _, sheets in sorted(by_signature.items())]
    return nested(cover, [leaf for leaves in signatures for leaf in leaves]), signatures
