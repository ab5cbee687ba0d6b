"""WeasyPrint's frequent messages as sentences of Keben's catalogues: in English they are what WeasyPrint says."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from keben.core.foreign import foreign
from keben.core.saying import marked, wording

_AT = ("line", "column")

_SENTENCES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Ignored `%s: %s` at %d:%d, %s.": (
        marked("Ignored `{name}: {value}` at {at}, {why}"),
        ("name", "value", *_AT, "why"),
    ),
    "Ignored `%s:%s` at %d:%d, %s.": (
        marked("Ignored `{name}:{value}` at {at}, {why}"),
        ("name", "value", *_AT, "why"),
    ),
    "Ignored `%s:%s` at %d:%d, prefix on this attribute is not supported, use %r instead.": (
        marked(
            "Ignored `{name}:{value}` at {at}, prefix on this attribute is not supported, use {quoted} instead"
        ),
        ("name", "value", *_AT, "quoted"),
    ),
    "Deprecated `%s:%s` at %d:%d, prefixes on unstable attributes are deprecated, use %r instead.": (
        marked(
            "Deprecated `{name}:{value}` at {at}, prefixes on unstable attributes are deprecated, use {quoted} instead"
        ),
        ("name", "value", *_AT, "quoted"),
    ),
    "Error: %s at %d:%d.": (marked("Error: {why} at {at}"), ("why", *_AT)),
    "Parse error at %d:%d: %s": (marked("Parse error at {at}: {why}"), (*_AT, "why")),
    "Unknown empty rule %s at %d:%d": (marked("Unknown empty rule {name} at {at}"), ("name", *_AT)),
    "Unknown rule %s at %d:%d": (marked("Unknown rule {name} at {at}"), ("name", *_AT)),
    "Unknown @page rule %s at %d:%d": (marked("Unknown @page rule {name} at {at}"), ("name", *_AT)),
    "Empty @page rule %s at %d:%d": (marked("Empty @page rule {name} at {at}"), ("name", *_AT)),
    "Missing %s descriptor in '@font-face' rule at %d:%d": (
        marked("Missing {name} descriptor in '@font-face' rule at {at}"),
        ("name", *_AT),
    ),
    "Unsupported @page selector %r, the whole @page rule was ignored at %d:%d.": (
        marked("Unsupported @page selector {quoted}, the whole @page rule was ignored at {at}"),
        ("quoted", *_AT),
    ),
    "Invalid media type %r the whole @media rule was ignored at %d:%d.": (
        marked("Invalid media type {quoted} the whole @media rule was ignored at {at}"),
        ("quoted", *_AT),
    ),
    "Failed to load image at %r: %s": (
        marked("Failed to load image at {quoted}: {why}"),
        ("quoted", "why"),
    ),
    "Failed to load stylesheet at %s: %s": (
        marked("Failed to load stylesheet at {name}: {why}"),
        ("name", "why"),
    ),
    "Font-face %r cannot be loaded": (marked("Font-face {quoted} cannot be loaded"), ("quoted",)),
    "Content discarded: target points to undefined anchor %r": (
        marked("Content discarded: target points to undefined anchor {quoted}"),
        ("quoted",),
    ),
    "No anchor #%s for internal URI reference": (
        marked("No anchor #{name} for internal URI reference"),
        ("name",),
    ),
    "Anchor defined twice: %r": (marked("Anchor defined twice: {quoted}"), ("quoted",)),
    "This row has more columns than the table, ignored %d cells": (
        marked("This row has more columns than the table, ignored {count} cells"),
        ("count",),
    ),
    '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)': (
        marked('.notdef glyph rendered for Unicode string unsupported by fonts: "{name}" (U+{code})'),
        ("name", "code"),
    ),
    "Subgrids are unsupported": (marked("Subgrids are unsupported"), ()),
    "Inline grids are not supported": (marked("Inline grids are not supported"), ()),
}
"""By the message before anything is put into it: the sentence without its full stop, and the names of its values.

``line`` and ``column`` become ``at``, a place; ``quoted`` is written as Python does; ``why`` is one of `_REASONS`.
"""

_REASONS: Mapping[str, str] = {
    text: wording(text)
    for text in (
        marked("invalid value"),
        marked("no value"),
        marked("unknown property"),
        marked("property not supported yet"),
        marked("descriptor not supported"),
        marked("System fonts are not supported"),
    )
}

_REFUSED = re.compile("(?:[A-Za-z]+: )?“(.*)” is not a file of this book")
"""What `keben.typeset.resources` raises, as WeasyPrint tells it."""


def worded(record: logging.LogRecord, at: str) -> str | None:
    """What a record says, without its full stop; None for a message that has no sentence here.

    ``at`` is the place that it names, as a person finds it.
    """
    if record.msg not in _SENTENCES:
        return None
    template, names = _SENTENCES[record.msg]
    given = record.args if isinstance(record.args, tuple) else ()
    values = {name: _value(name, value) for name, value in zip(names, given, strict=False)}
    if not names:
        return wording(template)
    return wording(template, at=at, **values)


def _value(name: str, value: Any) -> str:
    if name == "quoted":
        return repr(value)
    if name == "code":
        return f"{value:04X}"
    text = re.sub(r"\s+", " ", str(value))
    return _reason(text.rstrip(".")) if name == "why" else text


def _reason(text: str) -> str:
    refused = _REFUSED.fullmatch(text)
    if refused:
        return wording("“{url}” is not a file of this book", url=refused[1])
    return _REASONS.get(text) or foreign(text)
