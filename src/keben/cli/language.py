"""The language that Keben speaks in this run, of help, findings and click's own texts."""

import importlib
import inspect
import os
import re
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import click

from keben.cli.wrapping import wrap
from keben.core.catalogues import LANGUAGES, language_from, language_of, translated
from keben.core.errors import UsageError
from keben.core.patterns import later
from keben.core.saying import Wording, series, wording

OPTION = "--lang"
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""Click's modules that say something. Each takes its texts from gettext by the names ``_`` and ``ngettext``."""

_TYPES = {
    click.types.StringParamType: ("text", wording("TEXT")),
    click.types.IntParamType: ("integer", wording("integer")),
    click.types.IntRange: ("integer range", wording("integer range")),
}
"""Click's names of what an option takes, which help and messages show."""

_wrap_text = click.formatting.wrap_text
_speaking = "en"
_english: WeakKeyDictionary[object, str | None] = WeakKeyDictionary()
"""The help of commands and options as it is written."""


def speaking() -> str:
    """The language of this run."""
    return _speaking


def spoken(text: str) -> str:
    """A text in the language of this run."""
    return translated(text, _speaking)


def speak(language: str) -> None:
    """Say everything in a language from now on."""
    global _speaking
    _speaking = language
    for name in CLICK:
        module = importlib.import_module(f"click.{name}")
        for own, said in (("_", _of_click), ("ngettext", _plural)):
            if hasattr(module, own):
                setattr(module, own, said)
    for kind, (english, name) in _TYPES.items():
        kind.name = english if language == "en" else spoken(name)
    click.formatting.wrap_text = _wrap_text if language == "en" else wrap


class _ClickText(str):
    """A template of click's in Chinese: what click quotes as Python does is quoted as Chinese does."""

    def format(self, *values: object, **named: object) -> str:
        """The text with its values."""
        opening, closing = "「」" if _speaking == "zh-Hant" else "“”"
        # A type of paths has the name that it was given when its command was loaded.
        if (kind := str(named.get("name", "")).lower()) in ("file", "path", "directory"):
            named["name"] = _of_click(kind)
        text = _QUOTED.sub(rf"{opening}\1{closing}", super().format(*values, **named))
        text = text.replace(f"{closing}, {opening}", f"{closing}、{opening}")
        text = re.sub(rf"(?<=[\u3000-\uffef]) (?={opening})|(?<={closing}) (?=[\u3000-\uffef])", "", text)
        return re.sub(rf"(?<={closing})\.$", "。", text)


_QUOTED = later(r"(?<![^\s(/：（、,])'([^'\n]*)'")


_OWN = {"file": wording("File")}
"""Texts of click's that Keben's catalogue has in another sense."""


def _of_click(text: str) -> str:
    return text if _speaking == "en" else _ClickText(spoken(_OWN.get(text, text)))


def _plural(one: str, many: str, number: int) -> str:
    return _of_click(one if number == 1 else many)


def without_language(arguments: Sequence[str]) -> tuple[list[str], str]:
    """Arguments without ``--lang``, which may stand anywhere before ``--``, and the language that is asked for.

    Raises:
        UsageError: Keben does not speak it.
    """
    left, asked = list(arguments), ""
    end = left.index("--") if "--" in left else len(left)
    at = 0
    while at < end:
        name, equals, value = left[at].partition("=")
        if name != OPTION or (not equals and at + 1 >= end):
            at += 1
            continue
        width = 1 if equals else 2
        asked = value if equals else left[at + 1]
        del left[at : at + width]
        end -= width
    if not asked:
        return left, language_from(os.environ)
    language = language_of(asked)
    if language is None:
        speak(language_from(os.environ))
        message = wording("Keben does not speak “{language}”.", language=asked)
        advice = wording("Use one of {languages}.", languages=series(LANGUAGES))
        raise UsageError.at(OPTION, "usage", message, advice)
    return left, language


class WordedOption(click.Option):
    """An option whose help is made of a template and values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the help's template: click keeps its text alone."""
        super().__init__(*args, **kwargs)
        self.worded = kwargs.get("help", "")


def in_language(command: click.Command) -> click.Command:
    """A command whose help is in the language of this run."""
    command.help = _of(command, command.help)
    command.options_metavar = spoken(wording("[OPTIONS]"))
    if isinstance(command, click.Group):
        command.subcommand_metavar = spoken(wording("COMMAND [ARGS]..."))
    if hasattr(command, "_help_option"):
        # Click keeps the option that it made in the language of an earlier run.
        command._help_option = None
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = _of(option, getattr(option, "worded", None) or option.help)
    return command


def _of(owner: object, text: str | None) -> str | None:
    english = _english.setdefault(owner, text)
    if not english or _speaking == "en":
        return english
    return spoken(english if isinstance(english, Wording) else inspect.cleandoc(english))
