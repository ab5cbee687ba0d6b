"""Which rules look at a manuscript, by its settings."""

import fnmatch
import re
from collections.abc import Iterable, Iterator

from keben.core.linting import LintSettings
from keben.lint.table import RULES
from keben.lint.values import Rule

EVERY = "all"
"""What stands for every rule."""


def is_meant(rule: Rule, name: str) -> bool:
    """Whether a name in settings or a comment means a rule: its number, the beginning of that, its name or its code."""
    wanted = name.strip().lower()
    number = rule.number.lower()
    is_beginning = re.fullmatch(r"k[0-9]{0,3}", wanted) is not None and number.startswith(wanted)
    return wanted in (EVERY, rule.name, rule.code.lower()) or is_beginning


def are_meant(rule: Rule, names: Iterable[str]) -> bool:
    """Whether one of several names means a rule."""
    return any(is_meant(rule, name) for name in names)


def unknown(names: Iterable[str]) -> Iterator[str]:
    """Names that mean no rule."""
    yield from (name for name in names if not any(is_meant(rule, name) for rule in RULES))


def chosen(settings: LintSettings) -> tuple[Rule, ...]:
    """The rules that look at a manuscript."""
    return tuple(
        rule
        for rule in RULES
        if (
            (are_meant(rule, settings.select) if settings.select else rule.by_default)
            or are_meant(rule, settings.extend)
        )
        and not are_meant(rule, settings.ignore)
    )


def is_ignored_in(rule: Rule, path: str, settings: LintSettings) -> bool:
    """Whether the settings keep a rule from a file."""
    return any(
        are_meant(rule, names)
        for form, names in settings.per_file.items()
        if fnmatch.fnmatch(path, form) or fnmatch.fnmatch(path, f"*/{form}")
    )
