"""Font families that a theme names: generic names mean the book's own fonts, and these stand behind every list.

WeasyPrint leaves ``serif`` and characters that a named font lacks to the machine, which gives a Japanese face on many.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from keben.core.css import normal
from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.sheets import origin
from keben.core.values import dataclass
from keben.typeset.fonts.tables import ROLES, Role

GENERIC: Mapping[str, Role] = {
    "serif": "serif",
    "ui-serif": "serif",
    "sans-serif": "sans",
    "ui-sans-serif": "sans",
    "ui-rounded": "sans",
    "system-ui": "sans",
    "monospace": "mono",
    "ui-monospace": "mono",
    "cursive": "kai",
    "fantasy": "kai",
    "math": "serif",
    "emoji": "serif",
}
"""Generic families (CSS Fonts 4, section 2.1.3), and the role of the book's fonts that each asks for."""

_PROPERTIES = ("font-family", "font")
_STACKS = tuple(f"--{role}" for role in ROLES)
_BLOCKS = ("{} block", "() block", "[] block", "function")
_KEYWORDS = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_SYSTEM = frozenset(("caption", "icon", "menu", "message-box", "small-caption", "status-bar"))
_BESIDE = frozenset(
    (
        *_SYSTEM,
        *("normal", "italic", "oblique", "small-caps", "bold", "bolder", "lighter", "smaller", "larger"),
        *("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"),
        *("ultra-condensed", "extra-condensed", "condensed", "semi-condensed"),
        *("semi-expanded", "expanded", "extra-expanded", "ultra-expanded"),
    )
)
"""Words that stand before the families in ``font``."""


@dataclass(frozen=True, slots=True)
class NamedFamily:
    """A list of families in a style sheet."""

    families: tuple[str, ...]
    """Those that are named outright, in order."""
    generics: tuple[tuple[int, int, Role], ...]
    """Where generic names stand in the text, and the role that each asks for."""
    end: int
    """Behind the list."""
    role: Role
    """The role whose fonts belong behind it."""
    is_open: bool
    """Whether neither a generic name nor the book's fonts stand in it: what its fonts lack is set by any."""
    line: int
    column: int


def with_stacks(sheet: str, stack: Callable[[Role], str]) -> str:
    """A style sheet whose lists of families end in the book's own fonts.

    ``stack`` gives the families of a role, as CSS writes them. Lines stay where they are.
    """
    text = normal(sheet)
    changes: list[tuple[int, int, str]] = []
    for named in families_named(text):
        changes += [(start, end, stack(role)) for start, end, role in named.generics]
        if named.is_open:
            changes.append((named.end, named.end, f", {stack(named.role)}"))
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@lru_cache(maxsize=16)
def families_named(sheet: str) -> tuple[NamedFamily, ...]:
    """Every list of families that the declarations of a style sheet have, ``@font-face`` left out."""
    text = normal(sheet)
    if "font" not in text.lower() and not any(name in text for name in _STACKS):
        return ()
    lines = [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]
    nodes = tinycss2.parse_component_value_list(text)
    return tuple(_in_block(nodes, len(text), lines, text))


def unknown_families(sheet: str, path: str, known: Collection[str]) -> Iterator[Finding]:
    """A warning for each list of a sheet in which no family is known; ``known`` are names in lower case."""
    for named in families_named(sheet):
        if named.families and not any(family.casefold() in known for family in named.families):
            shown, line, column = origin(sheet, path, named.line, named.column)
            names = series((f"“{family}”" for family in named.families), " or ")
            message = wording(
                "No font {names} is installed: this text is set in the book's own fonts.", names=names
            )
            advice = wording("Name a font that is, or load one of the project's by @font-face.")
            yield Finding(Place(shown, line, column), "unknown-family", message, advice, "warning")


def declared_families(sheets: Sequence[str]) -> frozenset[str]:
    """The families that ``@font-face`` rules declare, in lower case."""
    found: set[str] = set()
    for sheet in sheets:
        if "@font-face" not in sheet.lower():
            continue
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content is not None:
                found |= {
                    name
                    for each in tinycss2.parse_declaration_list(rule.content)
                    if each.type == "declaration" and each.lower_name == "font-family"
                    for name in names_in(each.value)
                }
    return frozenset(name.casefold() for name in found)


def _in_block(nodes: list[Any], end: int, lines: list[int], text: str) -> Iterator[NamedFamily]:
    starts = [lines[node.source_line - 1] + node.source_column - 1 for node in nodes]
    stops = [*starts[1:], end]
    at_font_face = False
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if node.type == "at-keyword":
            at_font_face = node.lower_value == "font-face"
        elif node.type == "{} block":
            if not at_font_face:
                closed = text[stops[index] - 1 : stops[index]] == "}"
                yield from _in_block(node.content, stops[index] - closed, lines, text)
            at_font_face = False
        elif node.type == "ident" and (node.lower_value in _PROPERTIES or node.value in _STACKS):
            colon = _after(nodes, index + 1)
            last = next((at for at in range(colon, len(nodes)) if nodes[at] in (";", "!")), len(nodes))
            value = range(colon + 1, last)
            if (
                colon < len(nodes)
                and nodes[colon] == ":"
                and all(nodes[at].type != "{} block" for at in value)
            ):
                named = _named([(nodes[at], starts[at], stops[at]) for at in value], node)
                if named is not None:
                    yield named
                index = last
                continue
        index += 1


def _after(nodes: list[Any], index: int) -> int:
    while index < len(nodes) and nodes[index].type in ("whitespace", "comment"):
        index += 1
    return index


def _named(value: list[tuple[Any, int, int]], declared: Any) -> NamedFamily | None:
    value = [each for each in value if each[0].type not in ("whitespace", "comment")]
    words = [node.lower_value for node, _, _ in value if node.type == "ident"]
    if not value or (len(value) == 1 and words and words[0] in _KEYWORDS | _SYSTEM):
        return None
    if declared.lower_value == "font":
        value = _families_of_font(value)
    generics = tuple(
        (start, start + len(node.value), GENERIC[node.lower_value])
        for node, start, _ in value
        if node.type == "ident" and node.lower_value in GENERIC and _is_alone(value, node)
    )
    is_open = not generics and not any(node.type == "function" and _is_stack(node) for node, _, _ in value)
    families = tuple(name for name in names_in([node for node, _, _ in value]) if name.lower() not in GENERIC)
    end = max((_end_of(node, start, stop) for node, start, stop in value), default=0)
    if not value or (is_open and not families and value[-1][0].type != "function"):
        return None
    role: Role = next((role for role in ROLES if declared.value == f"--{role}"), "serif")
    return NamedFamily(families, generics, end, role, is_open, declared.source_line, declared.source_column)


def _families_of_font(value: list[tuple[Any, int, int]]) -> list[tuple[Any, int, int]]:
    """What stands behind the size, and the line's height, in ``font``."""
    first = 0
    for at, (node, _, _) in enumerate(value):
        is_beside = node.type == "ident" and node.lower_value in _BESIDE
        is_number = node.type in ("number", "percentage", "dimension") or node == "/"
        is_calculated = node.type == "function" and not _is_stack(node)
        if not (is_beside or is_number or is_calculated):
            break
        first = at + 1
    return value[first:]


def _is_stack(node: Any) -> bool:
    """Whether a function is a variable that holds families, as far as its name says."""
    names = [part.value for part in node.arguments if part.type == "ident"]
    return bool(node.lower_name == "var" and names and names[0].removesuffix("-columns") in _STACKS)


def _is_alone(value: list[tuple[Any, int, int]], node: Any) -> bool:
    """Whether a word is a family by itself, not part of a name of several words."""
    at = next(index for index, each in enumerate(value) if each[0] is node)
    before = value[at - 1][0] if at else ","
    after = value[at + 1][0] if at + 1 < len(value) else ","
    return bool(before == "," and after == ",")


def _end_of(node: Any, start: int, stop: int) -> int:
    return start + len(node.value) if node.type == "ident" else stop


def names_in(nodes: Iterable[Any]) -> Iterator[str]:
    """The families that stand in a value: strings, and words that stand together."""
    words: list[str] = []
    for node in nodes:
        if node.type == "ident":
            words.append(node.value)
        elif node.type not in ("whitespace", "comment"):
            if words:
                yield " ".join(words)
            words = []
            if node.type == "string":
                yield node.value
    if words:
        yield " ".join(words)
