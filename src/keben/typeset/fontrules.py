"""What the rules of style sheets say of fonts, and which elements each may be for.

Whatever of a selector is not a plain tag or class is taken to match, and a value that can be read in more than one way
is read in all of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from keben.core.markup import Element, walk
from keben.core.values import dataclass
from keben.typeset.families import names_in

_HEAVIER = 500
"""A weight above it may be set in the bold face (CSS Fonts 4, section 5.2)."""
_BOLD_TAGS = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
"""What is bold without a style that says so (HTML, 15.3)."""
_APART = frozenset(("font-face", "counter-style", "namespace", "import", "charset"))
"""Rules in which nothing is set."""
_WORDS_OF_BOLD = frozenset(("bold", "bolder"))
_MOST = 16
"""Ways to read a value with variables; with more of them, it may mean any family."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Compound:
    """What a selector asks of an element itself: a tag, and classes. With neither, it may be any element."""

    tag: str = ""
    classes: frozenset[str] = frozenset()

    def matches(self, node: Element) -> bool:
        """Whether an element is what is asked for."""
        return self.tag in ("", node.tag.lower()) and self.classes.issubset(node.classes)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which elements a rule may be for."""

    compound: Compound = Compound()
    within: frozenset[Compound] = frozenset()
    """What some of the elements around them are."""


ANY = Selector()


@dataclass(frozen=True, slots=True)
class FontRule:
    """What a rule says of fonts."""

    selectors: tuple[Selector, ...]
    """The elements that it may be for; empty: it is for the margins of pages."""
    families: frozenset[str] = frozenset()
    """Those that may be the first of its list, in lower case."""
    is_bold: bool = False
    names_string: bool = False
    """Whether the text of its elements may be printed in margins (``string-set``)."""


def font_rules(sheets: Sequence[str], root: Element, families: Collection[str]) -> tuple[FontRule, ...]:
    """What sheets and the elements' own styles say of some families, in lower case, and of weights.

    What HTML itself has bold is among the rules.
    """
    found = [
        (compounds, node)
        for sheet in sheets
        for compounds, node in _declarations(_parsed(sheet), None, _DEEPEST)
    ]
    for node in walk(root):
        if "font" in (style := node.get("style")):
            own = (Selector(Compound(node.tag, frozenset(node.classes))),)
            found += [
                (own, each) for each in tinycss2.parse_blocks_contents(style) if each.type == "declaration"
            ]
    variables: dict[str, list[Any]] = {}
    for _, node in found:
        if node.name.startswith("--"):
            variables.setdefault(node.name, []).append(node.value)
    rules = (_rule(selectors, node, variables, families) for selectors, node in found)
    usual = FontRule(tuple(Selector(Compound(tag)) for tag in _BOLD_TAGS), is_bold=True)
    return (usual, *(rule for rule in rules if rule is not None))


def _parsed(sheet: str) -> Any:
    return tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)


_Selected = tuple[Selector, ...]


def _declarations(
    nodes: Iterable[Any], within: _Selected | None, depth: int
) -> Iterator[tuple[_Selected, Any]]:
    """Each declaration and the elements that it may be for; ``within``: those of the rule that it stands in."""
    for node in nodes if depth else ():
        if node.type == "declaration" and within is not None:
            yield within, node
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            inner = within
            if node.type == "qualified-rule":
                # What stands in another rule may begin with “&”.
                inner = _selectors(node.prelude) if within is None else (ANY,)
            elif node.lower_at_keyword == "page":
                inner = ()
            elif node.lower_at_keyword in _APART:
                continue
            content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _declarations(content, inner, depth - 1)


def _selectors(prelude: Sequence[Any]) -> _Selected:
    """The selectors of a list (Selectors 4, sections 3.1 and 15)."""
    parts: list[list[Any]] = [[]]
    for node in prelude:
        if node == ",":
            parts.append([])
        elif node.type != "comment":
            parts[-1].append(node)
    return tuple(dict.fromkeys(map(_selector, parts)))


def _selector(nodes: Sequence[Any]) -> Selector:
    compounds: list[list[Any]] = [[]]
    beside = set[int]()
    for node in nodes:
        if node.type == "whitespace" or node in (">", "+", "~"):
            if compounds[-1]:
                compounds.append([])
            if node in ("+", "~"):
                # What stands before is no element around.
                beside.add(len(compounds) - 2)
        else:
            compounds[-1].append(node)
    if not compounds[-1]:
        compounds.pop()
    around = (_compound(each) for at, each in enumerate(compounds[:-1]) if at not in beside)
    return Selector(_compound(compounds[-1] if compounds else ()), frozenset(around) - {Compound()})


def _compound(nodes: Sequence[Any]) -> Compound:
    tag, classes, before = "", set[str](), None
    for node in nodes:
        if node == "|":
            # A tag with a namespace.
            return Compound()
        if node.type == "ident" and before is None:
            tag = node.lower_value
        elif node.type == "ident" and before == ".":
            classes.add(node.value)
        before = node
    return Compound(tag, frozenset(classes))


def _rule(
    selectors: _Selected, node: Any, variables: Mapping[str, list[Any]], families: Collection[str]
) -> FontRule | None:
    name = node.lower_name
    if name == "string-set":
        return FontRule(selectors, names_string=True)
    if name not in ("font", "font-family", "font-weight"):
        return None
    readings = _readings(node.value, variables, _DEEPEST)
    if readings is None:
        return FontRule(selectors, frozenset(families), is_bold=name != "font-family")
    firsts = (_first_of(reading, families) for reading in readings)
    return FontRule(
        selectors,
        frozenset(first for first in firsts if first and name != "font-weight"),
        is_bold=name != "font-family" and any(_is_bold(each, shorthand=name == "font") for each in readings),
    )


def _readings(value: Sequence[Any], variables: Mapping[str, list[Any]], depth: int) -> list[list[Any]] | None:
    """A value with each variable replaced by what it may hold; None where that is too much."""
    parts: list[list[list[Any]]] = []
    for node in value:
        if node.type != "function" or node.lower_name != "var":
            parts.append([[node]])
            continue
        names = [each.value for each in node.arguments if each.type == "ident"]
        held = variables.get(names[0], []) if names else []
        comma = next((at for at, each in enumerate(node.arguments) if each == ","), None)
        if comma is not None:
            held = [*held, node.arguments[comma + 1 :]]
        each = [_readings(one, variables, depth - 1) if depth else None for one in held]
        if None in each:
            return None
        # What is defined nowhere is as good as not there.
        parts.append([reading for readings in each for reading in readings or ()] or [[]])
    number = 1
    for part in parts:
        number *= len(part)
    if number > _MOST:
        return None
    return [[node for nodes in choice for node in nodes] for choice in product(*parts)]


def _first_of(reading: Iterable[Any], families: Collection[str]) -> str:
    """The first family of a list that is one of these; empty where none is."""
    names = (name.casefold() for name in names_in(reading))
    return next((name for name in names if name in families), "")


def _is_bold(reading: Iterable[Any], *, shorthand: bool) -> bool:
    """Whether a value may ask for the bold face; in ``font``, only what stands before the size says so."""
    for node in reading:
        if node.type in ("dimension", "percentage"):
            return False
        if node.type == "function":
            return not shorthand
        if node.type == "ident" and node.lower_value in _WORDS_OF_BOLD:
            return True
        if node.type == "number" and node.value > _HEAVIER:
            return True
    return False
