"""Components of other tools in raw HTML: boxes, tabs, cards and labels of Vue, Docusaurus, Starlight and Nextra."""

import re
from collections.abc import Iterator
from html import escape, unescape

from keben.core.patterns import later
from keben.markdown import rawnames
from keben.markdown.boxkinds import BOX, TITLE, kind_named
from keben.markdown.rawevents import End, Event, RawText, Start, Taken

_ATTRIBUTE = later(
    r"""\s+(?P<name>[A-Za-z_:][A-Za-z0-9_.:-]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)


def is_box(name: str) -> bool:
    """Whether a tag's name, as it is written, is that of a box."""
    return name[0].isupper() and name.lower() in rawnames.BOXES


def box(match: re.Match[str], line: int) -> Iterator[Event]:
    """A component that is a box, with its kind and its title."""
    given = given_in(match["attributes"])
    kinds = (kind_named(given.get(key, "")) for key in rawnames.BOX_KINDS)
    kind = next(filter(None, kinds), "") or kind_named(match["open"]) or "note"
    yield Start("aside", {"class": f"{BOX} {kind}"}, line)
    if title := given.get("title") or given.get("label"):
        yield Start("p", {"class": TITLE}, line)
        yield RawText(escape(title, quote=False), line)
        yield End("p", line)
    if match[0].rstrip().endswith("/>"):
        yield End("aside", line)


def component(match: re.Match[str], line: int) -> Iterator[Event]:
    """A component of another tool: the text that its attributes hold stands in it."""
    name, given = match["open"], given_in(match["attributes"])
    label = next((given[key] for key in rawnames.LABELS[name.lower()] if given.get(key)), "")
    if name.lower() not in rawnames.COMPONENTS:
        yield Taken("look", f"<{name}", line)
        yield RawText(escape(label, quote=False), line)
        return
    kind, title = rawnames.COMPONENTS[name.lower()]
    yield Start("div", {"class": kind} if kind else {}, line)
    if label and title:
        yield Start("p", {"class": title}, line)
        yield RawText(escape(label, quote=False), line)
        yield End("p", line)
    if match[0].rstrip().endswith("/>"):
        yield End("div", line)


def given_in(attributes: str) -> dict[str, str]:
    """The attributes of a tag. Of two with one name the first one counts (HTML, 13.2.5.33)."""
    given: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        value = match["double"] or match["single"] or match["bare"] or ""
        given.setdefault(match["name"].lower(), unescape(value))
    return given
