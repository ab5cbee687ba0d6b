"""Runs → Markdown of one paragraph."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape as as_html
from itertools import groupby
from urllib.parse import quote

from keben.core.values import dataclass
from keben.project.importers.markup import escape_anywhere, escape_start
from keben.project.importers.office.captions import is_label
from keben.project.importers.office.rich import RichRun, Runs, said

_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_TAGS = {"strong": "strong", "em": "em", "u": "u", "s": "s", "sub": "sub", "sup": "sup"}
_ORDER = ("gloss", "strong", "em", "u", "s", "sub", "sup", "code")
_ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_CLOSING = "，。、；：！？”’」』）》〉…—"


@dataclass(frozen=True, slots=True)
class Writing:
    """What a paragraph's names become in its chapter."""

    notes: Callable[[str], str]
    """A note's label by its name."""
    pictures: Mapping[str, str]
    """Paths by name."""
    links: Mapping[str, str]
    """Where anchors lead: ``#id``, ``02.md``. Those that are not in it lead nowhere."""
    anchors: Mapping[str, str]
    """Ids of anchors that something leads to."""
    numbered: frozenset[str] = frozenset()
    """Anchors of figures, which the book counts."""


def written(runs: Runs, writing: Writing, *, begins: bool = True) -> str:
    """A paragraph as Markdown, its lines held apart by backslashes. ``begins``: it stands at a line's beginning."""
    text = _linked(runs, writing)
    lines = [line.strip(" \t") for line in text.split("\n")]
    return "\\\n".join(escape_start(line) if begins else line for line in lines if line)


def _linked(runs: Sequence[RichRun], writing: Writing) -> str:
    parts: list[str] = []
    for href, group in groupby(runs, key=lambda run: run.href):
        members = list(group)
        if href[1:] in writing.numbered and is_label(said(tuple(members))):
            parts.append(f"[]({goal_of(href, writing)}){{.number}}")
            continue
        inner = _styled(members, _ORDER, writing, "".join(parts))
        goal = goal_of(href, writing)
        if goal and inner.strip() and "](" not in re.sub(r"!\[[^\]]*\]\([^)]*\)", "", inner):
            lead, core, tail = _edges(inner)
            parts += [lead, f"[{core}]({goal})", tail]
        else:
            parts.append(inner)
    return "".join(parts)


def goal_of(href: str, writing: Writing) -> str:
    """Where a link leads in the book; empty: nowhere."""
    if href.startswith("#"):
        return writing.links.get(href[1:], "")
    if not _ADDRESS.match(href):
        return ""
    return address(href)


def address(href: str) -> str:
    """An address of the web as Markdown takes it: without spaces, brackets and letters beyond ASCII."""
    return quote(href, safe="%/:?#@!$&'*+,;=~[]-._")


def _styled(runs: Sequence[RichRun], order: Sequence[str], writing: Writing, before: str = "") -> str:
    """Runs with their styles, those first in ``order`` outside; ``before`` is what is written already."""
    if not order:
        return "".join(_leaf(run, writing) for run in runs)
    style, rest = order[0], order[1:]
    out = ""
    for is_on, group in groupby(runs, key=lambda run: style in run.styles):
        members = list(group)
        if style == "code" and is_on:
            out += _code(members, writing)
        elif is_on:
            out += _marked(_styled(members, rest, writing), style, before + out)
        else:
            out += _styled(members, rest, writing, before + out)
    return out


def _marked(inner: str, style: str, before: str) -> str:
    """A text in marks where Markdown surely knows them, else in tags."""
    lead, core, tail = _edges(inner)
    if not core or not re.search(r"\w|[^\x00-\x7f]", core):
        return inner
    if style == "gloss":
        return f"{lead}[{core}]{{.gloss}}{tail}"
    mark = _MARKS.get(style)
    is_sure = mark and core[0].isalnum() and _closes(core[-1]) and (before + lead)[-1:] not in ("*", "~", "_")
    if mark and is_sure and "\n" not in core:
        return f"{lead}{mark}{core}{mark}{tail}"
    tag = _TAGS[style]
    return f"{lead}<{tag}>{core}</{tag}>{tail}"


def _closes(sign: str) -> bool:
    """Whether marks of emphasis behind a sign surely close: an opening mark or one of ASCII may keep them open."""
    return sign.isalnum() or sign in _CLOSING


def _edges(text: str) -> tuple[str, str, str]:
    core = text.strip()
    start = text.find(core) if core else len(text)
    return text[:start], core, text[start + len(core) :]


def _code(runs: Iterable[RichRun], writing: Writing) -> str:
    members = list(runs)
    if any(run.kind != "text" for run in members):
        return "".join(_leaf(run, writing) for run in members)
    text = "".join(run.text for run in members)
    lead, core, tail = _edges(" ".join(text.split("\n")))
    if not core:
        return text
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", core)), default=0) + 1)
    pad = " " if core[0] == "`" or core[-1] == "`" else ""
    return f"{lead}{ticks}{pad}{core}{pad}{ticks}{tail}"


def _leaf(run: RichRun, writing: Writing) -> str:
    if run.kind == "text":
        return escape_anywhere(re.sub(r"[ \t\r\n\f\v]+", " ", run.text))
    if run.kind == "ruby":
        return _ruby(run)
    if run.kind == "note":
        return f"[^{writing.notes(run.text)}]"
    if run.kind == "picture":
        path = writing.pictures.get(run.text)
        return picture(run, path) if path else escape_anywhere(run.more)
    if run.kind == "break":
        return "\n"
    if run.kind == "anchor":
        name = writing.anchors.get(run.text)
        return f"[]{{#{name}}}" if name else ""
    return f"${run.text}$"


def picture(run: RichRun, path: str, caption: str = "") -> str:
    """A picture, with its caption as Markdown."""
    alt = escape_anywhere(" ".join(run.more.split()))
    title = ' "' + caption.replace('"', '\\"').replace("\n", " ") + '"' if caption else ""
    where = path if path.startswith("http") else f"../{path}"
    return f"![{alt}]({where}{title})" + (f"{{width={run.size}}}" if run.size else "")


def _ruby(run: RichRun) -> str:
    if re.search(r"[{}|\\\n<>]", run.text + run.more) or not run.text.strip() or not run.more.strip():
        return (
            f"<ruby>{as_html(run.text)}<rt>{as_html(run.more)}</rt></ruby>"
            if run.more.strip()
            else escape_anywhere(run.text)
        )
    return f"{{{run.text.strip()}|{run.more.strip()}}}"
