"""A chapter's front matter: YAML between ``---`` lines, or TOML between ``+++`` lines."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from keben.errors import Finding, Place
from keben.model import ChapterKind
from keben.schema import nearest

KINDS: tuple[ChapterKind, ...] = ("preface", "chapter", "appendix", "afterword")
_KEYS = ["title", "label", "number", "kind", "id"]
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself; None where it says nothing."""

    title: str | None = None
    title_line: int = 0
    label: str | None = None
    number: str | None = None
    kind: ChapterKind = "chapter"
    id: str = ""


def split_front_matter(text: str, path: str) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    """The front matter of a chapter, and its text with that blanked out, so that lines keep their numbers."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return FrontMatter(), text, ()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        if fence == "---":
            return FrontMatter(), text, ()
        message = "The front matter is never closed."
        return (
            FrontMatter(),
            "",
            (Finding(Place(path, 1), "front-matter", message, "Close it with a line of +++."),),
        )
    inside = lines[1:end]
    rest = "\n".join([""] * (end + 1) + lines[end + 1 :])
    values, findings = (_yaml if fence == "---" else _toml)("\n".join(inside), path)
    matter, problems = _checked(values, inside, path)
    return matter, rest, (*findings, *problems)


def _yaml(text: str, path: str) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    try:
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 1)
        message = f"The front matter is not valid YAML: {error.problem}."
        return {}, (
            Finding(place, "front-matter", message, "Quote values that hold a colon or begin with a mark."),
        )
    except (yaml.YAMLError, ValueError) as error:
        message = f"The front matter is not valid YAML: {' '.join(str(error).split())}."
        return {}, (Finding(Place(path, 1), "front-matter", message),)
    if values is None:
        return {}, ()
    if not isinstance(values, dict):
        message = "The front matter is no list of keys and values."
        return {}, (Finding(Place(path, 2), "front-matter", message, "Write `title: …`."),)
    return values, ()


def _toml(text: str, path: str) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as error:
        match = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        place = Place(path, int(match[1]) + 1, int(match[2])) if match else Place(path, 1)
        message = f"The front matter is not valid TOML: {str(error)[: match.start()] if match else error}."
        return {}, (Finding(place, "front-matter", message),)


def _checked(values: Mapping[str, Any], lines: list[str], path: str) -> tuple[FrontMatter, list[Finding]]:
    findings: list[Finding] = []

    def place(key: object) -> Place:
        for number, line in enumerate(lines, 2):
            if re.match(rf"""["']?{re.escape(str(key))}["']?\s*[:=]""", line):
                return Place(path, number, 1)
        return Place(path, 1)

    def text(key: str) -> str | None:
        value = values.get(key)
        if value is None:
            return None
        if value is False:
            return ""
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value).strip()
        findings.append(
            Finding(place(key), "front-matter", f"`{key}` is not a text.", "Put it in quotation marks.")
        )
        return None

    for key in values:
        if key not in _KEYS:
            message = f"Unknown key `{key}` in the front matter."
            findings.append(Finding(place(key), "unknown-key", message, nearest(str(key), _KEYS)))
    kind = text("kind") or "chapter"
    if kind not in KINDS:
        advice = f"Use one of {', '.join(KINDS)}."
        findings.append(Finding(place("kind"), "front-matter", f"`kind` cannot be “{kind}”.", advice))
    name = text("id") or ""
    if name and not _ID.fullmatch(name):
        advice = "Begin with an ASCII letter; go on with letters, digits, “-”, “_” and “.”."
        findings.append(Finding(place("id"), "bad-id", f"“{name}” cannot be an id.", advice))
        name = ""
    matter = FrontMatter(
        title=text("title") or None,
        title_line=place("title").line,
        label=text("label"),
        number=text("number"),
        kind=next((known for known in KINDS if known == kind), "chapter"),
        id=name,
    )
    return matter, findings
