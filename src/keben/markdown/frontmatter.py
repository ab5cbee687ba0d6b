"""A chapter's front matter: YAML between ``---`` lines, or TOML between ``+++`` lines."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any, get_args

from keben.core.book import ChapterKind
from keben.core.characters import ADVICE, FORBIDDEN, describe, has_forbidden
from keben.core.errors import Finding, Place, Severity, errors_in
from keben.core.foreign import foreign
from keben.core.patterns import later
from keben.core.ranges import consists_of
from keben.core.saying import series, wording
from keben.core.toml.faults import syntax_finding
from keben.core.toml.nearest import nearest
from keben.core.toml.places import places
from keben.core.values import dataclass
from keben.core.variants import carry
from keben.markdown.frontkeys import KEYS, misspelt
from keben.markdown.linebreaks import fold
from keben.markdown.names import ID, ID_ADVICE

KINDS: tuple[ChapterKind, ...] = get_args(ChapterKind)

_NO_VALUE = wording("A value in the front matter cannot be read.")
_INSIDE = re.compile(r"[ \t]*(?:[\w-]+[ \t]*:(?:[ \t]|$)|-[ \t])|[ \t]+\S")
"""A line that a front matter of YAML may have."""
_TITLE_LINE = re.compile(r"title:[ \t]+([\"']?)(\S.*?)\1[ \t]*$")
_PLAIN = r"A-Za-z0-9\u3001-\u3011\u3400-\u9fff\uff01-\uff60 .\-"
_PLAIN_YAML = later(
    rf"(?:[A-Za-z][A-Za-z0-9_-]*: (?:[A-Za-z0-9\u3400-\u9fff][{_PLAIN}]*|\"[{_PLAIN}“”‘’—…·:,;!?()/]*\")\n?)*"
)
"""Keys with plain or quoted values: letters, figures, Chinese, and marks that mean nothing to YAML there."""
_SURE_LINE = re.compile(r'([a-z]+): (?:"([^"\\]*)"|([^"].*))')
"""A key and a value; if that consists of what follows it is surely text, and read without YAML."""
_HAN = "\u3400\u9fff"
_SURE = ("AZ", "az", "09", "\u3001\u3011", _HAN, "\uff01\uff60", " ", ".", "-")
_SURE_QUOTED = (*_SURE, *"“”‘’—…·:,;!?()/")
_KEY_LINE = re.compile(r"[A-Za-z]+[ \t]*:")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself; None where it says nothing."""

    title: str | None = None
    title_line: int = 0
    label: str | None = None
    number: str | None = None
    short: str | None = None
    kind: ChapterKind | None = None
    id: str = ""
    id_line: int = 1
    alias: str = ""
    """What is given for an id and cannot be one: links may name it all the same."""
    is_wrong: bool = False
    """Something in it is wrong: a title may be missing for that reason."""


@dataclass(slots=True)
class _Reading:
    """Keys and values as they were read, where the keys stand, and what is wrong."""

    path: str
    language: str
    """The source's."""
    lines: Sequence[str]
    is_generous: bool = False
    values: Mapping[Any, Any] = field(default_factory=dict)
    places: Mapping[Any, tuple[int, int]] = field(default_factory=dict)
    """Line and column in the file."""
    written: Mapping[Any, str] = field(default_factory=dict)
    """Single values of YAML as they are written."""
    is_text: bool = False
    """It is no front matter, but text between two lines."""
    findings: list[Finding] = field(default_factory=list)

    def place(self, key: object) -> Place:
        return Place(self.path, *self.places.get(key, (1, 0)))

    def report(
        self, place: Place, code: str, message: str, advice: str, severity: Severity = "error"
    ) -> None:
        self.findings.append(Finding(place, code, message, advice, severity))


def split_front_matter(
    text: str, path: str, language: str, *, is_generous: bool = False
) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    """The front matter of a chapter, and its text with that blanked out, so that lines keep their numbers.

    A generous reader passes over keys of other tools, and takes ``...`` for the end of YAML.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return FrontMatter(), text, ()
    closing = {fence, "..."} if is_generous and fence == "---" else {fence}
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in closing), None)
    if end is None:
        if fence == "---" and not any(_KEY_LINE.match(line) for line in lines[1:2]):
            return FrontMatter(), text, ()
        if is_generous and fence == "---" and (loose := _loose_end(lines)) < len(lines):
            return _unclosed(lines, loose, path, language)
        message = wording("The front matter is never closed.")
        finding = Finding(
            Place(path, 1), "front-matter", message, wording("Close it with a line of {fence}.", fence=fence)
        )
        return FrontMatter(is_wrong=True), "\n".join(["", *lines[1:]]), (finding,)
    return _split(lines, end, _Reading(path, language, lines, is_generous))


def _split(lines: list[str], end: int, reading: _Reading) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    """The front matter that a line ends, as `split_front_matter` gives it."""
    fence = lines[0].rstrip()
    try:
        if fence != "---":
            _read_toml("\n".join(lines[1:end]), reading)
        elif not _read_sure(lines[1:end], reading):
            _read_yaml("\n".join(lines[1:end]), reading)
    except RecursionError:
        reading.report(
            Place(reading.path, 1),
            "front-matter",
            wording("The front matter is nested too deep."),
            wording("Write it flat."),
        )
    if reading.is_text:
        return FrontMatter(), "\n".join(lines), ()
    matter = _checked(reading)
    return matter, "\n".join([""] * (end + 1) + lines[end + 1 :]), tuple(reading.findings)


def _loose_end(lines: Sequence[str]) -> int:
    """The first line that no front matter would have: where one that nothing closes ends."""
    return next((n for n, line in enumerate(lines[1:], 1) if not _INSIDE.match(line)), len(lines))


def _unclosed(
    lines: list[str], end: int, path: str, language: str
) -> tuple[FrontMatter, str, tuple[Finding, ...]]:
    """A front matter that nothing closes, or that ends in a line with more behind its mark: that is text."""
    rest = lines[end].removeprefix("---").lstrip()
    reading = _Reading(path, language, lines, is_generous=True)
    matter, text, findings = _split([*lines[:end], ""], end, reading)
    message = wording("The front matter is never closed; it was taken to end above this line.")
    finding = Finding(
        Place(path, end + 1), "front-matter", message, wording("Close it with a line of ---."), "warning"
    )
    return matter, "\n".join([*text.split("\n")[:end], rest, *lines[end + 1 :]]), (finding, *findings)


def _read_sure(lines: Sequence[str], reading: _Reading) -> bool:
    """Read lines of known keys whose values are surely text; False for any others, of which nothing is read."""
    found: dict[str, str] = {}
    for line in lines:
        match = _SURE_LINE.fullmatch(line)
        value = _sure_value(match) if match else None
        if match is None or value is None or match[1] in found or match[1] not in KEYS:
            return False
        found[match[1]] = value
    reading.values, reading.written = dict(found), found
    reading.places = {key: (number, 1) for number, key in enumerate(found, 2)}
    return True


def _sure_value(line: re.Match[str]) -> str | None:
    """The value of a line if it is surely text: Chinese, or in quotation marks."""
    quoted, bare = line[2], line[3]
    if bare is None:
        return quoted if consists_of(quoted, _SURE_QUOTED) else None
    # The last character may be any: behind Chinese none means anything to YAML there.
    is_sure = consists_of(bare[0], (_HAN,)) and not bare.endswith(" ") and consists_of(bare[1:-1], _SURE)
    return bare if is_sure else None


def _loader(text: str) -> Any:
    """What reads a text of YAML: libyaml where that surely says the same, for it is thirty times as fast."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", None)
    return fast(text) if fast and _PLAIN_YAML.fullmatch(text) else yaml.SafeLoader(text)


def _read_yaml(text: str, reading: _Reading) -> None:
    import yaml

    try:
        loader = _loader(text)
        node = loader.get_single_node()
        if node is None:
            return
        values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        if reading.is_generous and not any(_KEY_LINE.match(line) for line in text.split("\n")):
            reading.is_text = True
            return
        mark = error.problem_mark
        place = Place(reading.path, mark.line + 2, mark.column + 1) if mark else Place(reading.path, 1)
        message = wording("The front matter is not valid YAML: {problem}.", problem=foreign(error.problem))
        advice = wording("Quote values that hold a colon or begin with a mark.")
        if reading.is_generous:
            _read_title(text, reading)
            message = wording("{message}; all but its title was passed over.", message=message[:-1])
        reading.report(place, "front-matter", message, advice, "warning" if reading.is_generous else "error")
        return
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        place = Place(reading.path, line + 2, error.position - text.rfind("\n", 0, error.position))
        character = error.character if isinstance(error.character, int) else ord(error.character[:1] or "?")
        reading.report(place, "forbidden-character", describe(chr(character)), ADVICE)
        return
    except (ValueError, LookupError, AttributeError, TypeError):  # a value that its tag does not fit
        reading.report(
            Place(reading.path, 1), "front-matter", _NO_VALUE, wording("Put it in quotation marks.")
        )
        return
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        if reading.is_generous:
            reading.is_text = True
            return
        message = wording("The front matter is not a list of keys and values.")
        reading.report(Place(reading.path, 2), "front-matter", message, wording("Write `title: …`."))
        return
    reading.values = values
    where: dict[Any, tuple[int, int]] = {}
    written: dict[Any, str] = {}
    for key, value in node.value:
        here = (key.start_mark.line + 2, key.start_mark.column + 1)
        if isinstance(value, yaml.ScalarNode):
            written[key.value] = value.value
        if where.setdefault(key.value, here) != here and (key.value in KEYS or not reading.is_generous):
            message = wording("`{value}` is given twice.", value=key.value)
            reading.report(Place(reading.path, *here), "front-matter", message, wording("Take one out."))
    reading.places, reading.written = where, written


def _read_title(text: str, reading: _Reading) -> None:
    """The title of a front matter that cannot be read as YAML."""
    for number, line in enumerate(text.split("\n"), 2):
        if match := _TITLE_LINE.match(line):
            reading.values, reading.written = {"title": match[2]}, {"title": match[2]}
            reading.places = {"title": (number, 1)}
            return


def _read_toml(text: str, reading: _Reading) -> None:
    try:
        reading.values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reading.findings.append(syntax_finding(error, text, reading.path, 2, "front-matter"))
        return
    where: dict[Any, tuple[int, int]] = {}
    for key, (line, column) in places(text).items():
        where.setdefault(key[0], (line + 1, column))
    reading.places = where


def _checked(reading: _Reading) -> FrontMatter:
    _check_keys(reading)
    kind = _text(reading, "kind")
    if kind and kind not in KINDS:
        advice = wording("Use one of {kinds}.", kinds=series(KINDS))
        severity: Severity = "warning" if reading.is_generous else "error"
        reading.report(
            reading.place("kind"),
            "front-matter",
            wording("`kind` cannot be “{kind}”.", kind=kind),
            advice,
            severity,
        )
    name, alias = _text(reading, "id") or "", ""
    if name and not ID.fullmatch(name):
        if not reading.is_generous:
            reading.report(
                reading.place("id"), "bad-id", wording("“{name}” cannot be an id.", name=name), ID_ADVICE
            )
        alias, name = name, ""
    return FrontMatter(
        title=fold(_text(reading, "title") or "") or None,
        title_line=reading.place("title").line,
        label=_carried(reading, "label"),
        number=_carried(reading, "number"),
        short=_carried(reading, "short"),
        kind=next((known for known in KINDS if known == kind), None),
        id=name,
        id_line=reading.place("id").line,
        alias=alias,
        is_wrong=bool(errors_in(reading.findings)),
    )


def _text(reading: _Reading, key: str) -> str | None:
    """A value as text; None if it is not given or cannot be used."""
    value = reading.values.get(key)
    if value is None:
        return None
    if value is False and key in ("label", "number"):
        return ""
    if reading.is_generous and not isinstance(value, str):
        text = _as_written(value, reading.written.get(key))
    else:
        text = value.strip() if isinstance(value, str) else _digits(value)
    if text is None:
        message = wording("`{key}` is not a text.", key=key)
        reading.report(reading.place(key), "front-matter", message, wording("Put it in quotation marks."))
        return None
    if not has_forbidden(text):
        return text
    for character in FORBIDDEN.findall(text):
        reading.report(reading.place(key), "forbidden-character", describe(character), ADVICE)
    return FORBIDDEN.sub("", text)


def _carried(reading: _Reading, key: str) -> str | None:
    """A value as text that carries its variants. A title is Markdown, and carries its own."""
    text = _text(reading, key)
    if text is None:
        return None
    carried, errors = carry(text, reading.language)
    for error in errors:
        place = reading.place(key)
        column = reading.lines[place.line - 1].find(text, max(place.column - 1, 0))
        if column >= 0:
            place = replace(place, column=column + error.offset + 1)
        reading.report(place, "variant", error.message, error.advice)
    return carried


def _check_keys(reading: _Reading) -> None:
    for key in reading.values:
        if key in KEYS:
            continue
        message = wording("Unknown key `{key}` in the front matter.", key=key)
        if not reading.is_generous:
            reading.report(reading.place(key), "unknown-key", message, nearest(str(key), list(KEYS)))
        elif meant := misspelt(key):
            advice = wording("Did you mean `{meant}`?", meant=meant)
            reading.report(reading.place(key), "unknown-key", message, advice, "warning")


def _as_written(value: object, written: str | None) -> str | None:
    """A date, a number or the like as its file has it; None for what is no single value."""
    if isinstance(value, Mapping | list | tuple | set):
        return None
    return str(value) if written is None else written


def _digits(value: object) -> str | None:
    """A whole number as text, if it is one that a book may have."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return str(value) if 0 <= value < 10**6 else None
