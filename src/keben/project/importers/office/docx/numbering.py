"""Word's numbers of lists and headings, counted as Word counts them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import field

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, child, local
from keben.project.importers.office.docx.numerals import numeral

_LEVELS = 9
_FRESH = -1
"""Of a level that has not begun, or begins again."""


@dataclass(frozen=True, slots=True)
class NumberLevel:
    """A level of a list."""

    form: str
    """``decimal``, ``bullet``, ``chineseCounting`` …"""
    text: str
    """``%1.``"""
    start: int
    restart: int
    """The level whose numbers begin it again; −1: any that is higher; 0: none does."""
    legal: bool
    style: str = ""
    """The style of paragraphs that it belongs to."""


@dataclass(frozen=True, slots=True)
class ListNumber:
    """What a paragraph is numbered with."""

    level: int
    """From 0."""
    label: str
    """As it is printed: （一）; empty for a bullet."""
    value: int
    form: str
    is_simple: bool
    """Whether the label is only the number with a mark behind it."""
    number: str
    """The list's id."""


_NONE = NumberLevel("none", "", 1, -1, legal=False)


@dataclass(slots=True)
class WordNumbering:
    """All lists of a document, with how far each has come."""

    levels: dict[str, dict[int, NumberLevel]] = field(default_factory=dict)
    """By abstract list."""
    lists: dict[str, tuple[str, dict[int, int], dict[int, NumberLevel]]] = field(default_factory=dict)
    """By id: the abstract list, its own starts, its own levels."""
    links: dict[str, str] = field(default_factory=dict)
    """Abstract lists that are written as a style's."""
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, level: int) -> ListNumber | None:
        """The number of the next paragraph of a list; None where the list is none."""
        if number not in self.lists or not 0 <= level < _LEVELS:
            return None
        abstract, starts, own = self.lists[number]
        levels = {**self.levels.get(abstract, {}), **own}
        at = levels.get(level, _NONE)
        counts = self.counts.setdefault(abstract, [_FRESH] * _LEVELS)
        if level in starts and (number, level) not in self.begun:
            counts[level] = _FRESH
        self.begun.add((number, level))
        counts[level] = counts[level] + 1 if counts[level] != _FRESH else starts.get(level, at.start)
        for deeper in range(level + 1, _LEVELS):
            restart = levels.get(deeper, _NONE).restart
            if restart < 0 or level < restart:
                counts[deeper] = _FRESH
        return self._numbered(number, level, levels, counts)

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that belongs to a style; 0 where none says so."""
        levels = self.levels.get(self.lists[number][0], {}) if number in self.lists else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def _numbered(
        self, number: str, level: int, levels: dict[int, NumberLevel], counts: list[int]
    ) -> ListNumber:
        at = levels.get(level, _NONE)

        def shown(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            each = levels.get(which, _NONE)
            form = "decimal" if at.legal else each.form
            return numeral(counts[which] if counts[which] != _FRESH else each.start, form)

        if at.form == "bullet" and not at.text.strip():
            # No sign before it: it goes on with the item above.
            return ListNumber(level, "", counts[level], "none", is_simple=False, number=number)
        label = "" if at.form in ("bullet", "none") else re.sub(r"%([1-9])", shown, at.text)
        simple = re.fullmatch(rf"%{level + 1}[.．、)）]?", at.text) is not None
        return ListNumber(level, label.strip(), counts[level], at.form, simple, number)


def read_numbering(tree: Node | None, style_lists: dict[str, str]) -> WordNumbering:
    """The lists of a document; ``style_lists`` are ids of lists by the style that has them."""
    found = WordNumbering()
    styled: dict[str, str] = {}
    for node in tree if tree is not None else ():
        name = local(node)
        if name == "abstractNum":
            key = attribute(node, "abstractNumId")
            found.levels[key] = dict(_level(each) for each in node if local(each) == "lvl")
            if link := attribute(child(node, "numStyleLink"), "val"):
                styled[key] = link
        elif name == "num":
            starts: dict[int, int] = {}
            own: dict[int, NumberLevel] = {}
            for each in node:
                if local(each) != "lvlOverride":
                    continue
                level = _number(attribute(each, "ilvl"))
                if (start := child(each, "startOverride")) is not None:
                    starts[level] = _number(attribute(start, "val"))
                if (inner := child(each, "lvl")) is not None:
                    own[level] = _level(inner)[1]
            found.lists[attribute(node, "numId")] = (
                attribute(child(node, "abstractNumId"), "val"),
                starts,
                own,
            )
    for key, style in styled.items():
        if (number := style_lists.get(style)) in found.lists:
            found.levels[key] = found.levels.get(found.lists[number or ""][0], {})
    return found


def _level(node: Node) -> tuple[int, NumberLevel]:
    form = child(node, "numFmt")
    form = child(node, "AlternateContent", "Fallback", "numFmt") if form is None else form
    restart = child(node, "lvlRestart")
    start = child(node, "start")
    return _number(attribute(node, "ilvl")), NumberLevel(
        attribute(form, "val") or "decimal",
        attribute(child(node, "lvlText"), "val"),
        _number(attribute(start, "val")) if start is not None else 1,
        _number(attribute(restart, "val")) if restart is not None else -1,
        legal=child(node, "isLgl") is not None
        and attribute(child(node, "isLgl"), "val") not in ("0", "false"),
        style=attribute(child(node, "pStyle"), "val"),
    )


def _number(value: str) -> int:
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else 0
