"""Code of R Markdown and Quarto (``{r, echo=FALSE}``, ``#| label: fig-a``) → what a book shows of it. Nothing is run.

Code that the book hides is left out, and options are. A picture that code only shows (`include_graphics`) is a picture;
one that it draws is that which the tool kept (``a_files/figure-html/fig-a-1.png``), else one that is not there, whose
caption stays. Lines keep their numbers where options leave room; `chunk_parts` says where they do not.
(knitr, “Chunk options”; Quarto, “Execution options”.)
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from keben.core.values import dataclass
from keben.project.importers.markup import escape_anywhere
from keben.project.importers.saidfiles import read_yaml
from keben.project.importers.sources import SourceFolder

SUFFIXES = (".rmd", ".qmd")

_OPEN = re.compile(r"([ \t>]*)(`{3,}|~{3,})[ \t]*\{[ \t]*([A-Za-z][\w-]*)[ \t]*,?[ \t]*([^{}]*)\}[ \t]*")
_OPTION = re.compile(r"[ \t>]*(?:#|//|--|%%|%)\|[ \t]?(.*)")
_NAMED = re.compile(r"""([\w.-]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|c\([^()]*\)|[^,]*)""")
_SHOWS = re.compile(r"include_graphics\(\s*(?:path\s*=\s*)?(c\([^()]*\)|\"[^\"]+\"|'[^']+')")
_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'")
_DRAWN = ("png", "svg", "jpg", "jpeg", "webp", "gif", "pdf")
_DRAWINGS = frozenset(("mermaid", "dot", "graphviz"))
_HIDDEN = re.compile(r"(:{3,})[ \t]*(?:hidden|\{[ \t]*\.(?:hidden|content-hidden)[ \t]*\})[ \t]*")
_BLOCKS = frozenset(("block", "block2"))
_BOXES = ("warning", "caution", "important", "tip", "note", "info", "danger")
_FALSE = ("false", "f", "no")


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A piece of code with its options."""

    indent: str
    fence: str
    language: str
    options: Mapping[str, Any]
    """By names as Quarto writes them: ``fig-cap``."""
    body: tuple[str, ...]

    def text(self, *names: str) -> str:
        """What an option says, the first of these that says something."""
        for name in names:
            value = self.options.get(name)
            if isinstance(value, list):
                value = "；".join(str(each) for each in value)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                return " ".join(str(value).split())
        return ""

    def is_off(self, name: str) -> bool:
        """Whether an option is false."""
        return str(self.options.get(name)).lower() in _FALSE


def with_chunks(lines: Sequence[str], path: str, folder: SourceFolder) -> list[str]:
    """The lines of a page with what its code shows."""
    return [line for _, part in chunk_parts(lines, path, folder) for line in part]


def chunk_parts(lines: Sequence[str], path: str, folder: SourceFolder) -> Iterator[tuple[int, Sequence[str]]]:
    """The same in parts, each with the line of the page, from 1, that it begins on.

    A part has more lines than the page where code shows a picture and has no options to leave room for it.
    """
    at = 0
    while at < len(lines):
        match = _OPEN.fullmatch(lines[at])
        end = _end(lines, at, match[2]) if match else at
        if match and end > at:
            chunk = _chunk(match, lines[at + 1 : end])
            shown = list(_shown(chunk, path, folder))
            yield at + 1, shown + [""] * (end + 1 - at - len(shown))
            at = end + 1
            continue
        if fence := re.match(r"[ \t>]*(`{3,}|~{3,})", lines[at]):
            # Other code is shown as it is, whatever stands in it.
            end = max(_end(lines, at, fence[1]), at)
            yield at + 1, lines[at : end + 1]
            at = end + 1
            continue
        yield at + 1, [lines[at]]
        at += 1


def _end(lines: Sequence[str], start: int, fence: str) -> int:
    """The line that closes a fence; ``start``: none does."""
    close = re.compile(rf"[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    return next((at for at in range(start + 1, len(lines)) if close.fullmatch(lines[at])), start)


def _chunk(match: re.Match[str], body: Sequence[str]) -> _Chunk:
    indent, fence, language, head = match.groups()
    options: dict[str, Any] = {}
    label = re.match(r"([^\s,='\"]+)[ \t]*(?:,|\Z)", head)
    if label:
        options["label"] = label[1]
    for name, value in _NAMED.findall(head):
        words = [one or two for one, two in _QUOTED.findall(value)]
        options[name.replace(".", "-")] = (
            words if value.startswith("c(") else words[0] if words else value.strip()
        )
    given = [found[1] for line in body if (found := _OPTION.fullmatch(line))]
    with suppress(ValueError):
        options |= {str(name).replace(".", "-"): value for name, value in read_yaml("\n".join(given)).items()}
    code = tuple(line for line in body if not _OPTION.fullmatch(line))
    return _Chunk(indent, fence, language.lower(), options, code)


def _shown(chunk: _Chunk, path: str, folder: SourceFolder) -> Iterator[str]:
    """The lines that stand for a chunk; no more than it has."""
    if chunk.language in _BLOCKS:
        kind = next((box for box in _BOXES if box[:4] in chunk.text("type").lower()), "note")
        yield f"{chunk.indent}::: {kind}"
        yield from chunk.body
        yield f"{chunk.indent}:::"
        return
    is_hidden = chunk.is_off("include") or (chunk.is_off("echo") and chunk.language not in _DRAWINGS)
    pictures = () if chunk.is_off("include") else tuple(_pictures(chunk, path, folder))
    code = [line for line in chunk.body if not (pictures and _SHOWS.search(line))]
    if not is_hidden and any(line.strip() for line in code):
        yield f"{chunk.indent}{chunk.fence}{chunk.language}"
        yield from chunk.body
        yield f"{chunk.indent}{chunk.fence}"
        # Options have left room for them.
        yield from ("", " ".join(pictures)) if pictures else ()
    elif pictures:
        yield ""
        yield " ".join(pictures)


def _pictures(chunk: _Chunk, path: str, folder: SourceFolder) -> Iterator[str]:
    """The pictures of a chunk, as Markdown."""
    caption, label = chunk.text("fig-cap", "tbl-cap", "lst-cap", "fig-subcap"), chunk.text("label")
    alt = escape_anywhere(chunk.text("fig-alt") or caption)
    named = [
        one or two for found in _SHOWS.findall("\n".join(chunk.body)) for one, two in _QUOTED.findall(found)
    ]
    drawn = named or list(_drawn(label, folder, path))
    if not drawn and caption and chunk.language not in _DRAWINGS:
        drawn = [f"{label or 'output'}"]
    ids = f"{{#{label.replace(':', '-')}}}" if re.fullmatch(r"[A-Za-z][\w:.-]*", label) else ""
    for number, address in enumerate(drawn):
        where = f"<{address}>" if re.search(r"[\s()]", address) else address
        title = ' "' + caption.replace('"', "”") + '"' if caption and not number else ""
        yield f"![{alt}]({where}{title}){ids if not number else ''}"


def _drawn(label: str, folder: SourceFolder, path: str) -> Iterator[str]:
    """The pictures that the tool kept of a chunk, from the page."""
    if not label:
        return
    names = {f"{label}-{number}.{suffix}" for number in range(1, 10) for suffix in _DRAWN[:-1]}
    found: dict[str, str] = {}
    for each in folder.files:
        name = posixpath.basename(each)
        if name in names and re.search(r"(?:_files|figure-\w+|figures?)/", each):
            found.setdefault(posixpath.splitext(name)[0], each)
    for each in sorted(found):
        yield posixpath.relpath(found[each], posixpath.dirname(path) or ".")


def without_hidden(lines: Sequence[str]) -> list[str]:
    """The lines of a page without what Quarto never shows: ``::: hidden``, ``::: {.content-hidden}``."""
    made = list(lines)
    at = 0
    while at < len(made):
        match = _HIDDEN.fullmatch(made[at])
        close = re.compile(rf":{{{len(match[1])}}}[ \t]*") if match else None
        end = next((n for n in range(at + 1, len(made)) if close and close.fullmatch(made[n])), at)
        if end > at:
            made[at : end + 1] = [""] * (end + 1 - at)
        at = end + 1
    return made
