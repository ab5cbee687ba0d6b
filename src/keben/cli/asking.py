"""What ``keben new`` asks on a terminal."""

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import click

from keben.cli.language import spoken
from keben.cli.streams import say
from keben.core.catalogues import locale_from
from keben.core.errors import Place, UsageError
from keben.core.saying import series, wording
from keben.core.values import dataclass

PLAIN = "plain"
"""What is typed for the usual look, which is no design."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said of a new book; None or empty where nothing was said."""

    language: str | None = None
    editions: tuple[str, ...] = ()
    design: str | None = None
    """Empty: the default look."""
    trim: str | None = None
    title: str | None = None
    author: str | None = None


def ask(said: Wishes) -> Wishes:
    """Ask for what was not said, one question after the other. The usual answer is Enter.

    Raises:
        KeyboardInterrupt: the person gave up (Ctrl-C, or the end of the input).
    """
    try:
        return _asked(said)
    except click.Abort:
        raise KeyboardInterrupt from None


def _asked(said: Wishes) -> Wishes:
    from keben.core.language import canonical, script
    from keben.project.begun import SAMPLES, TRIM, usual_editions

    say(wording("A new book. Press Enter to take what stands in brackets."))
    if said.language is None:
        said = replace(said, language=_ask_language())
    language = said.language or ""
    sample = SAMPLES[script(canonical(language) or "")]
    if said.title is None:
        title = _ask(wording("Title"), sample.title, lambda text: read_line(text, "--title"))
        said = replace(said, title="" if title == sample.title else title)
    if said.author is None:
        author = sample.nobody if said.title else sample.author
        said = replace(said, author=_ask(wording("Author"), author, lambda text: read_line(text, "--author")))
    if not said.editions:
        usual = series(usual_editions(language))
        say(
            wording(
                "Editions: one name or several with commas. With -vertical after it, an edition is set in columns."
            )
        )
        said = replace(said, editions=_ask(wording("Editions"), usual, read_editions))
    if said.trim is None:
        say(wording("Page: A5, 大32开, 16开, 25開, JIS-B5 and others, or width and height as 148mm 210mm."))
        trim = _ask(wording("Page"), TRIM, read_trim)
        said = replace(said, trim="" if trim == TRIM else trim)
    if said.design is None:
        said = replace(said, design=_ask_design())
    return said


def _ask_language() -> str:
    from keben.project.begun import LANGUAGES

    say(wording("What do you write in?"))
    for number, name in enumerate(LANGUAGES, 1):
        say(f"  {number}  {name}  {_NAMES[name]}")
    return _ask(wording("Language"), language_here(), read_language)


_NAMES = {"zh-Hans": "简体中文", "zh-Hant-TW": "繁體中文（台灣）", "zh-Hant-HK": "繁體中文（香港）"}


def _ask_design() -> str:
    from keben.project.designs import default_designs

    names = series(default_designs())
    say(wording("Design: {names}, or plain for the usual look.", names=names))
    return _ask(wording("Design"), PLAIN, read_design)


def language_here() -> str:
    """The language that the person's system speaks, where it is Chinese."""
    from keben.project.begun import LANGUAGES, language_name

    locale = locale_from(os.environ).partition(".")[0].partition("@")[0]
    return language_name(locale) or LANGUAGES[0]


def _ask(question: str, usual: str, read: Callable[[str], Read]) -> Read:
    """An answer as ``read`` gives it; the question is asked again while that raises `UsageError`."""

    def value(text: str) -> Read:
        try:
            return read(text)
        except UsageError as error:
            wrong = error.findings[0]
            raise click.UsageError(
                spoken(wording("{first} {second}", first=wrong.message, second=wrong.advice))
            ) from None

    answer: Read = click.prompt(spoken(question), default=usual, value_proc=value)
    return answer


def read_language(text: str) -> str:
    """The name of the language that a person typed, or the number of its line.

    Raises:
        UsageError: it is none of `LANGUAGES`.
    """
    from keben.project.begun import LANGUAGES, language_name

    plain = unicodedata.normalize("NFKC", text).strip()
    name = dict(zip("123", LANGUAGES, strict=True)).get(plain) or language_name(plain)
    if name is None:
        known = series(LANGUAGES)
        message = wording("“{text}” is not a language that Keben makes books in.", text=text)
        raise UsageError.at("--language", "language", message, wording("Choose from: {known}.", known=known))
    return name


def read_editions(text: str) -> tuple[str, ...]:
    """The names of the editions that a person typed, with commas of any kind between them.

    Raises:
        UsageError: one of them is none.
    """
    from keben.project.begun import COLUMNS, LANGUAGES, edition_name

    names = []
    for part in re.split("[,，、]", text):
        name = edition_name(part)
        if name is None:
            known = series(LANGUAGES)
            message = wording("“{part}” is not an edition that a new book can begin with.", part=part.strip())
            advice = wording(
                "Choose from: {known}; {columns} after one sets it in columns. Others go into book.toml.",
                known=known,
                columns=COLUMNS,
            )
            raise UsageError.at("--edition", "edition", message, advice)
        names.append(name)
    return tuple(dict.fromkeys(names))


def read_design(text: str) -> str:
    """The name of a design; empty for the usual look.

    Raises:
        UsageError: there is no such design.
    """
    from keben.project.designs import default_designs, unknown_design

    plain = text.strip().lower()
    if plain == PLAIN:
        return ""
    if plain not in default_designs():
        wrong = unknown_design(text, default_designs(), Place("--design"))
        raise UsageError.at("--design", "design", wrong.message, wrong.advice)
    return plain


def read_trim(text: str) -> str:
    """A page size as `trim_size` knows it.

    Raises:
        UsageError: it is none.
    """
    from keben.core.trims import trim_advice, trim_size

    if trim_size(text) is None:
        raise UsageError.at(
            "--trim", "trim", wording("“{text}” is not a page size.", text=text), trim_advice(text)
        )
    return text.strip()


def read_line(text: str, option: str) -> str:
    """A title or a name.

    Raises:
        UsageError: it is empty, or cannot be printed; ``option`` is where it came from.
    """
    line = text.strip()
    if not line or not all(character.isprintable() or character == "\u3000" for character in line):
        message = wording("This is empty, or has a character in it that cannot be printed.")
        raise UsageError.at(option, "empty", message, wording("Type it again."))
    return line
