"""A Markdown file of a folder, read: its lines, headings, references, and what its title may be."""

import re
from collections.abc import Iterator

from keben.core.values import dataclass
from keben.project.importers.foreign import as_written, with_markdown
from keben.project.importers.gitbook import with_files
from keben.project.importers.inclusions import with_inclusions
from keben.project.importers.inlines import label_of
from keben.project.importers.matter import without_matter
from keben.project.importers.prose import ANCHOR, PageHeading, headings_of, key_of, prose_lines
from keben.project.importers.sources import SourceFolder
from keben.project.importers.vaults import Names, with_plain_links, without_comments

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\]]+)\]:\s*(?:<([^<>]*)>|(\S+))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*$"
)
_OPEN_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:)[ \t]*\n[ \t]*(\S+)[ \t]*$", re.MULTILINE)
"""A definition whose address stands in the line below."""
_BRACKETS = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_CONTENTS = re.compile(r"\s*(?:\[\[?toc\]?\]|\[\[_TOC_\]\]|\{:toc\})\s*$", re.IGNORECASE)
_SCRIPT = re.compile(r" {0,3}<(script|style)\b", re.IGNORECASE)
_SHORTCODE = re.compile(r"\{%-?\s*(/?\w+)|\{\{[<%]\s*(/?\w+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A file as it was read."""

    path: str
    lines: tuple[str, ...]
    prose: tuple[bool, ...]
    headings: tuple[PageHeading, ...]
    title: str
    """Its front matter's."""
    definitions: dict[str, str]
    notes: frozenset[str]
    anchors: dict[str, int]
    """The heading that each anchor means, by its key; −1 is the file's beginning."""
    dropped: tuple[str, ...] = ()
    scripts: int = 0
    """Scripts and styles of a site that were left out."""
    shortcodes: tuple[str, ...] = ()
    included: int = 0
    failed: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    lost: tuple[int, ...] = ()
    unused: tuple[str, ...] = ()
    """The labels of link definitions that nothing uses, with their lines."""
    is_note: bool = False
    """Whether it is a note of a vault, which is called as its file is."""


def read_page(folder: SourceFolder, path: str, names: Names | None) -> Page | None:
    """The file at a path; with ``names`` it is a note of an Obsidian vault. None where it cannot be read."""
    decoded = folder.text(path)
    if decoded is None:
        return None
    matter = without_matter(decoded.text)
    written = "\n".join(as_written(matter.text.split("\n"), path, folder))
    included = with_inclusions(written, path, folder)
    text = without_comments(included.text) if names is not None else included.text
    lines = with_markdown(_OPEN_DEFINITION.sub(r"\1 \2\n", text).split("\n"), path, folder)
    lines = with_files(lines)
    prose = prose_lines(lines)
    if names is not None:
        lines = [
            with_plain_links(line, names) if flag else line for line, flag in zip(lines, prose, strict=True)
        ]
    lines, scripts = without_scripts(lines, prose)
    lines = ["" if flag and _CONTENTS.match(line) else line for line, flag in zip(lines, prose, strict=True)]
    given = [
        (number, match[1])
        for number, line in enumerate(lines)
        if prose[number]
        for match in ANCHOR.finditer(line)
    ]
    lines = [ANCHOR.sub("", line) if flag else line for line, flag in zip(lines, prose, strict=True)]
    headings = headings_of(lines, prose)
    text_lines = [line for line, flag in zip(lines, prose, strict=True) if flag]
    definitions = {label_of(m[1]): m[2] or m[3] for line in text_lines if (m := _DEFINITION.match(line))}
    unused = tuple(_unused(lines, prose))
    lines = [
        "" if flag and _DEFINITION.match(line) else line for line, flag in zip(lines, prose, strict=True)
    ]
    return Page(
        path,
        tuple(lines),
        prose,
        headings,
        matter.title,
        definitions,
        frozenset(m[1] for line in text_lines if (m := _NOTE.match(line))),
        _anchors(lines, headings, given),
        matter.dropped,
        scripts,
        tuple(m[1] or m[2] for line in text_lines for m in _SHORTCODE.finditer(line)),
        included.count,
        included.failed,
        decoded.encoding,
        decoded.lost,
        unused,
        names is not None,
    )


def _unused(lines: list[str], prose: tuple[bool, ...]) -> Iterator[str]:
    """The labels of the link definitions that nothing in a text names."""
    defined = [
        (number, match)
        for number, line in enumerate(lines)
        if prose[number] and (match := _DEFINITION.match(line))
    ]
    places = {number for number, _ in defined}
    rest = "\n".join(line for number, line in enumerate(lines) if number not in places) if defined else ""
    named = {label_of(match[1]) for match in _BRACKETS.finditer(rest)}
    for number, match in defined:
        if label_of(match[1]) not in named:
            yield f"[{match[1]}]:{number + 1}"


def without_scripts(lines: list[str], prose: tuple[bool, ...]) -> tuple[list[str], int]:
    """Lines without the scripts and styles that begin one, which a site runs and nobody reads; and their number."""
    kept: list[str] = []
    count = 0
    closing = ""
    for number, line in enumerate(lines):
        if not closing and prose[number] and (match := _SCRIPT.match(line)):
            end = f"</{match[1].lower()}>"
            # One that is never closed stays, to be seen.
            is_closed = any(end in each.lower() for each in lines[number:])
            count += is_closed
            closing = end if is_closed else ""
        if not closing:
            kept.append(line)
            continue
        before, mark, _ = line.lower().partition(closing)
        kept.append(line[len(before) + len(mark) :] if mark else "")
        closing = "" if mark else closing
    return kept, count


def _anchors(
    lines: list[str], headings: tuple[PageHeading, ...], given: list[tuple[int, str]]
) -> dict[str, int]:
    """Where anchors lead: those that headings give themselves, those of ``<a id>``, and headings' own words."""
    found = {key_of(heading.name): n for n, heading in enumerate(headings) if heading.name}
    for line, name in given:
        # An anchor stands in a heading, right before one, or somewhere in a section.
        after = next((n for n, each in enumerate(headings) if each.end > line), None)
        is_near = after is not None and not "".join(lines[line : headings[after].line]).strip()
        before = (after if after is not None else len(headings)) - 1
        found.setdefault(key_of(name), after if is_near and after is not None else before)
    counts: dict[str, int] = {}
    for number, heading in enumerate(headings):
        key = key_of(heading.text)
        again = counts.get(key, 0)
        counts[key] = again + 1
        found.setdefault(f"{key}{again}" if again else key, number)
    return {key: number for key, number in found.items() if key}
