"""Sentences in another language: a catalogue of templates, read where a person asks for one.

Catalogues are PO files (GNU gettext), one for each language, in the folder beside this module. They are read as they
stand, so that nothing has to be built before Keben runs. Nothing is read where the language is English.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from keben.core.patterns import later
from keben.core.saying import Value, Wording, is_unstopped

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""English; 简体中文; 繁體中文（台灣）."""

_FOLDER = Path(__file__).parent / "po"
_ENTRY = later(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n)+)msgstr ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE)
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t"}
_TRADITIONAL = ("hant", "tw", "hk", "mo", "cht")


def language_of(name: str) -> str | None:
    """The language that a tag or a locale names, such as ``zh_TW.UTF-8``; None if it is none of `LANGUAGES`."""
    first, *rest = re.split(r"[-_.@]", name.strip().lower()) or [""]
    if first in ("c", "posix", "en"):
        return "en"
    if first in ("zh", "cmn", "yue", "chinese"):
        return "zh-Hant" if any(part in _TRADITIONAL for part in rest) else "zh-Hans"
    return None


def language_from(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for: by ``KEBEN_LANG``, else by its locale, else English."""
    return language_of(environment.get("KEBEN_LANG") or locale_from(environment)) or "en"


def locale_from(environment: Mapping[str, str]) -> str:
    """The locale of messages that an environment names (POSIX, 8.2), such as ``zh_TW.UTF-8``; empty if none."""
    return next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")


def translated(text: str, language: str) -> str:
    """A text in a language: a `Wording` with its values, another text as it is if the catalogue has none for it."""
    if language == "en" or not text:
        return text
    return _translated(text, catalogue(language))


def _translated(text: str, entries: Mapping[str, str]) -> str:
    if not isinstance(text, Wording):
        return entries.get(text, text)
    if is_unstopped(text):
        return _translated(str(text.values["said"]), entries).rstrip("。.")
    found = entries.get(text.template, text.template)
    if not text.values:
        return found
    return found.format(**{name: _value(value, entries) for name, value in text.values.items()})


def _value(value: Value, entries: Mapping[str, str]) -> Value:
    return _translated(value, entries) if isinstance(value, Wording) else value


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Templates with their translations."""
    return read_entries((_FOLDER / f"{language}.po").read_text(encoding="utf-8"))


def read_entries(text: str) -> dict[str, str]:
    """The entries of a PO file that are translated; the first of a template counts."""
    entries: dict[str, str] = {}
    for match in _ENTRY.finditer(text):
        original, translation = _text(match[1]), _text(match[2])
        if original and translation:
            entries.setdefault(original, translation)
    return entries


def _text(pieces: str) -> str:
    return _ESCAPED.sub(lambda match: _SIGNS.get(match[1], match[1]), "".join(_PIECE.findall(pieces)))
