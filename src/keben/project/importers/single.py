"""One Markdown file → a project: a chapter for each of its first-level headings, where there are several."""

import posixpath
import re
from dataclasses import field
from pathlib import Path
from urllib.parse import unquote

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.folders import import_folder
from keben.project.importers.inlines import References, rewritten
from keben.project.importers.matter import without_matter
from keben.project.importers.notebooks import read_text
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.prose import headings_of, prose_lines
from keben.project.importers.sources import SourceFolder, fold
from keben.project.importers.summary import titled
from keben.project.importers.values import Draft

_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]{2,}\S)))*\n?", re.MULTILINE
)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*\S.*$", re.MULTILINE)


@dataclass(slots=True)
class NamedPictures:
    """Gathers the pictures that a text names."""

    paths: list[str] = field(default_factory=list)

    def link(self, address: str) -> str | None:
        """Links stay."""
        return address

    def picture(self, address: str) -> str | None:
        """Notes what is shown."""
        self.paths.append(address)
        return address


def import_file(source: Path) -> Draft | None:
    """The project of a Markdown file; None where its encoding is unknown."""
    decoded = read_text(source.name, source.read_bytes())
    if decoded is None:
        return None
    matter = without_matter(decoded.text)
    parts = parted(matter.text)
    made = {f"part-{number:04}.md": text.encode() for number, text in enumerate(parts, 1)}
    named = NamedPictures()
    rewritten(matter.text, named, References({}, {}))
    beside = {
        path
        for address in named.paths
        for path in (posixpath.normpath(address), posixpath.normpath(unquote(address)))
        if ":" not in path[:8] and not path.startswith(("..", "/")) and (source.parent / path).is_file()
    }
    if "@" in matter.text:
        beside |= {path.name for path in source.parent.glob("*.bib") if path.is_file()}
    files = tuple(sorted({*made, *beside}))
    folder = SourceFolder(source.parent, files, {fold(path): path for path in files}, frozenset(files), made)
    has_opening = len(parts) > 1 and not parts[0].lstrip().startswith("# ")
    entries = tuple(
        Entry(
            "卷首" if has_opening and not number else "",
            path,
            "preface" if has_opening and not number else "chapter",
        )
        for number, path in enumerate(made)
    )
    if len(entries) == 1:
        entries = (Entry(titled(matter.title or source.stem), "part-0001.md"),)
    title = matter.title or (_only_title(parts[0]) if len(parts) == 1 else "") or source.stem
    plan = BookPlan(wording("one Markdown file"), "", entries, title, matter.authors)
    return import_folder(folder, source.stem, plan)


def _only_title(text: str) -> str:
    lines = text.split("\n")
    first = next(iter(headings_of(lines, prose_lines(lines))), None)
    return first.text if first and first.level == 1 else ""


def parted(text: str) -> tuple[str, ...]:
    """The text cut before each heading of the first level; whole where there are fewer than two.

    Notes go with the first part that calls them; every part gets the definitions of links.
    """
    lines = text.split("\n")
    tops = [heading.line for heading in headings_of(lines, prose_lines(lines)) if heading.level == 1]
    if len(tops) < 2:
        return (text,)
    starts = [0, *tops] if "".join(lines[: tops[0]]).strip() else tops
    cut = ["\n".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    links = "\n".join(_DEFINITION.findall(text))
    parts = []
    notes = {match[1]: match[0] for match in _NOTE.finditer(text)}
    for part in cut:
        own = {match[1] for match in _NOTE.finditer(part)}
        calls = {name for name in notes if f"[^{name}]" in _NOTE.sub("", part)}
        # A note that only another part calls goes there; one that nobody calls stays.
        others = {name for name in own - calls if _is_called(name, cut, part)}
        kept = _NOTE.sub(lambda match, others=others: "" if match[1] in others else match[0], part)  # type: ignore[misc]
        moved = [notes[name].strip("\n") for name in notes if name in calls - own]
        parts.append("\n\n".join(filter(None, (kept.rstrip("\n"), *moved, links))) + "\n")
    return tuple(parts)


def _is_called(name: str, cut: list[str], part: str) -> bool:
    return any(f"[^{name}]" in _NOTE.sub("", other) for other in cut if other is not part)
