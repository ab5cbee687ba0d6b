"""Numbered lists count as HTML says: from ``start``, on from a ``value``, down where ``reversed``, as ``type`` says.

WeasyPrint reads these attributes only with all that HTML ever said about looks; here they become styles. Source: HTML,
4.4.5 (the ol element) and 4.4.8 (the li element).
"""

import re
from collections.abc import Iterator, Sequence

from keben.core.markup import Element, Node

_FORMS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}

_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,9})")
"""HTML's rules for parsing integers: what follows the digits is ignored."""

_USUAL = 2
"""Characters of a number that lists have room for anyhow."""


def with_numbers(node: Element) -> Element:
    """An ``ol`` whose items count as its attributes say; any other element as it is.

    One with a number of three characters or more has their count in ``data-marker`` and in ``--marker``: a style can
    make room for it.
    """
    if node.tag != "ol":
        return node
    items = [child for child in node.children if isinstance(child, Element) and child.tag == "li"]
    step = -1 if "reversed" in node.attributes else 1
    first = _integer(node.get("start"))
    if first is None:
        first = len(items) if step < 0 else 1
    styles = []
    if first - step != 0:
        styles.append(f"counter-reset: list-item {first - step}")
    form = _FORMS.get(node.get("type"), "")
    if form:
        styles.append(f"list-style-type: {form}")
    widest = max((len(_written(number, form)) for number in _numbers(items, first, step)), default=0)
    wide = widest > _USUAL
    if wide:
        styles.append(f"--marker: {widest}")
    changed = any(_integer(item.get("value")) is not None for item in items)
    if step < 0 or changed:
        node = node.with_children(_counted(child, step) for child in node.children)
    return _styled(node, styles).with_attributes(data_marker=str(widest) if wide else None)


def _counted(child: Node, step: int) -> Node:
    if not isinstance(child, Element) or child.tag != "li":
        return child
    value = _integer(child.get("value"))
    if value is not None:
        # The same whether a counter is set before it is counted up, or after.
        return _styled(child, ["counter-increment: list-item 0", f"counter-set: list-item {value}"])
    return _styled(child, [f"counter-increment: list-item {step}"] if step != 1 else [])


def _numbers(items: Sequence[Element], first: int, step: int) -> Iterator[int]:
    number = first - step
    for item in items:
        value = _integer(item.get("value"))
        number = number + step if value is None else value
        yield number


def _integer(text: str) -> int | None:
    match = _INTEGER.match(text)
    return int(match[1]) if match else None


def _written(number: int, form: str) -> str:
    """As many characters as a number has in a form, near enough to make room for it."""
    if number > 0 and form.endswith("alpha"):
        count = 1
        while number > 26**count:
            number -= 26**count
            count += 1
        return "m" * count
    if 0 < number < 4000 and form.endswith("roman"):
        digits = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        return "m" * (number // 1000) + "".join(digits[int(digit)] for digit in f"{number % 1000}")
    return str(number)


def _styled(node: Element, styles: Sequence[str]) -> Element:
    if not styles:
        return node
    before = [node.get("style")] if node.get("style") else []
    return node.with_attributes(style="; ".join([*styles, *before]))
