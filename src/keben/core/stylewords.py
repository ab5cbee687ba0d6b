"""The text that style sheets print: strings of ``content``, of quotation marks, and of what numbers lists.

A name of a counter style that CSS predefines stands for its characters.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from keben.core.counterstyles import COUNTER_STYLES

_SYMBOLS = frozenset("symbols additive-symbols prefix suffix negative pad".split())
"""Descriptors of ``@counter-style`` whose strings and words are printed (CSS Counter Styles 3, 2.3: ``<symbol>``)."""

_PROPERTIES = _SYMBOLS | frozenset(
    "content quotes list-style list-style-type string-set system fallback".split()
)
"""Properties, and descriptors of ``@counter-style``, whose strings are printed, or that name a counter style."""

_DEEPEST = 20


@cache
def printed_strings(text: str) -> tuple[tuple[str, int, int], ...]:
    """Each string that a style sheet may print, with its line and column, from 1.

    What cannot be parsed has none: it is reported where the sheet is read.
    """
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(_in_rules(rules, _DEEPEST))


def _in_rules(nodes: Iterable[Any], depth: int) -> Iterator[tuple[str, int, int]]:
    for node in nodes if depth else ():
        if node.type == "declaration":
            if node.lower_name in _PROPERTIES or node.name.startswith("--"):
                yield from _strings(node.value, depth, symbols=node.lower_name in _SYMBOLS)
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _in_rules(inner, depth - 1)


def _strings(values: Iterable[Any], depth: int, *, symbols: bool = False) -> Iterator[tuple[str, int, int]]:
    for value in values if depth else ():
        if value.type == "function":
            yield from _strings(value.arguments, depth - 1)
        elif value.type == "string" or (symbols and value.type == "ident"):
            yield value.value, value.source_line, value.source_column
        elif value.type == "ident" and (text := COUNTER_STYLES.get(value.lower_value)):
            yield text, value.source_line, value.source_column
