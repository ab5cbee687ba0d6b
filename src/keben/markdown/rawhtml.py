"""Raw HTML in Markdown: taken apart, and each tag judged. What nh3 would take away is an error, not a loss."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import nh3

from keben.core.patterns import later
from keben.markdown import rawcomponents, rawnames
from keben.markdown.braces import is_language
from keben.markdown.notation import NOTATION
from keben.markdown.rawcomponents import given_in
from keben.markdown.rawdrawing import drawing_end
from keben.markdown.rawevents import End, Event, RawDrawing, RawMaths, RawText, Refused, Start, Taken
from keben.markdown.rawmath import MATHS
from keben.markdown.sizes import NAMES, size_of, size_style, style_sizes

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption "
    "figure footer h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "sup table tbody td tfoot th thead tr u ul var wbr".split()
)
"""Elements that a chapter may bring as raw HTML."""

_RENAMED = {"center": "div"}
_COMPONENT = later(r"[A-Z]\w*[a-z]\w*")
"""The name of a component of a site: ``<DocCardList/>``."""

_NO_MARKUP = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Refused elements whose content is no HTML (HTML, 13.1.2): it goes with them."""

_GONE = frozenset(("script", "style", "iframe", "noembed", "noframes"))
"""Those of them whose content goes for a generous reader too."""

_EVERYWHERE = frozenset({"id", "class", "lang", "dir"})
_ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_ALIGNED = frozenset("div figure h2 h3 h4 h5 h6 p table td th tr".split())
"""Elements whose ``align``, of the web's early years, becomes a class."""

_SIDES = frozenset(("left", "center", "right"))

_PASSED = {"img": frozenset(("align", "border", "decoding", "hspace", "loading", "sizes", "vspace"))}
"""Attributes that say nothing in a book, and go without a word."""

_VALUES: dict[str, Callable[[str], object]] = {
    "lang": is_language,
    "dir": {"ltr", "rtl", "auto"}.__contains__,
    "value": later(r"-?\d{1,6}", re.ASCII).fullmatch,
    "start": later(r"-?\d{1,6}", re.ASCII).fullmatch,
    "reversed": {"", "reversed"}.__contains__,
    "type": frozenset("1aAiI").__contains__,
    "colspan": later(r"[1-9]\d{0,2}", re.ASCII).fullmatch,
    "rowspan": later(r"[1-9]\d{0,2}", re.ASCII).fullmatch,
    "scope": {"row", "col", "rowgroup", "colgroup"}.__contains__,
}
"""What the values of an attribute must be (HTML, attributes of global elements, lists and tables)."""

# The grammar of CommonMark 0.31, 6.6.
_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_PIECE = later(
    r"<!--(?:>|->|.*?-->)"
    rf"|<(?P<open>{_NAME})(?P<attributes>(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
    rf"|</(?P<close>{_NAME})\s*>"
    r"|(?P<other><\?.*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[.*?\]\]>)"
    rf"|(?P<text>(?:\\-\{{|{NOTATION}|[^<])+)"
    r"|(?P<broken><)",
    re.DOTALL,
)


def tokenize(html: str, *, is_generous: bool = False, draws: bool = False) -> Iterator[Event]:
    """The tags and texts of a piece of HTML, each tag judged; with ``draws`` an SVG is one event. Comments vanish."""
    line = position = 0
    while match := _PIECE.match(html, position):
        piece = match[0]
        if maths := MATHS.match(html, position):
            piece = maths[0]
            yield RawMaths(piece, line)
        elif draws and match["open"] and (over := drawing_end(html, position)):
            piece = html[position:over]
            yield RawDrawing(piece, line)
        elif match["open"]:
            yield from _opened(match, line, is_generous)
            if match["open"].lower() in (_GONE if is_generous else _NO_MARKUP):
                end = re.compile(f"</{match['open']}", re.IGNORECASE).search(html, match.end())
                piece = html[position : end.start() if end else len(html)]
        elif match["close"]:
            yield from _closed(match, line, is_generous)
        elif match["text"]:
            yield RawText(piece, line)
        elif match["other"]:
            yield Taken("declaration", piece, line) if is_generous else Refused(_beginning(piece), line)
        elif match["broken"]:
            what = _beginning(html[position:])
            yield Taken("broken", what, line) if is_generous else Refused(what, line, is_broken=True)
        line += piece.count("\n")
        position += len(piece)


def _beginning(html: str) -> str:
    """As much of a tag or declaration as tells what it is."""
    match = re.match(r"<[!?/]?(?:--)?\[?[A-Za-z0-9]{0,20}", html)
    return match[0] if match else ""


def _opened(match: re.Match[str], line: int, is_generous: bool) -> Iterator[Event]:
    """What an opening tag is."""
    name, tag = match["open"], match["open"].lower()
    if is_generous and rawcomponents.is_box(name):
        yield from rawcomponents.box(match, line)
    elif tag in TAGS:
        yield _judge(tag, given_in(match["attributes"]), line, is_generous)
    elif not is_generous or tag in rawnames.REFUSED:
        yield Refused(f"<{name}>", line)
    elif tag in rawnames.RENAMED or tag == "h1":
        yield _renamed(tag, given_in(match["attributes"]), line)
    elif tag in rawnames.LABELS:
        yield from rawcomponents.component(match, line)
    else:
        yield from _taken(match, line)


def _renamed(tag: str, given: dict[str, str], line: int) -> Start:
    """An element that a book has under another name."""
    if tag != "h1":
        given = {**given, "class": rawnames.CLASSES.get(tag, "")}
        given = {key: value for key, value in given.items() if key != "class" or value}
    return _judge(rawnames.RENAMED.get(tag, tag), given, line, is_generous=True)


def _taken(match: re.Match[str], line: int) -> Iterator[Event]:
    """What a generous reader passes over, or prints as it is written."""
    name, tag = match["open"], match["open"].lower()
    if tag in rawnames.MEDIA:
        given = given_in(match["attributes"])
        address = given.get("src") or given.get("data") or ""
        # Of a <picture> the sources are other forms of its <img>.
        if address or tag not in ("source", "track"):
            yield Taken("media", f"<{name}", line, address)
    elif tag in rawnames.DROPPED:
        yield Taken("dropped", f"<{name}", line)
    elif tag in rawnames.LOOKS:
        yield Taken("look", f"<{name}", line)
        if tag == "input" and (value := given_in(match["attributes"]).get("value")):
            yield RawText(value, line)
    elif _COMPONENT.fullmatch(name) and match[0].endswith("/>"):
        yield Taken("component", f"<{name}", line)
    elif not _is_silent(match, tag):
        yield Taken("tag", match[0], line)


def _is_silent(match: re.Match[str], tag: str) -> bool:
    """Whether a tag says nothing in a book: of drawings, those that are written as such."""
    is_drawn = tag in rawnames.DRAWN and bool(
        match["attributes"] or match[0].endswith("/>") or tag in ("g", "defs")
    )
    return is_drawn or tag in rawnames.SILENT


def _closed(match: re.Match[str], line: int, is_generous: bool) -> Iterator[Event]:
    """What a closing tag is."""
    tag = match["close"].lower()
    if is_generous and rawcomponents.is_box(match["close"]):
        yield End("aside", line)
    elif is_generous and tag == "br":
        yield Start("br", {}, line)
    elif tag in TAGS or (is_generous and tag == "h1"):
        yield End(_RENAMED.get(tag, tag), line)
    elif is_generous and tag in rawnames.RENAMED:
        yield End(rawnames.RENAMED[tag], line)
    elif is_generous and tag in rawnames.COMPONENTS:
        yield End("div", line)
    elif is_generous and tag not in _KNOWN:
        yield Taken("tag", match[0], line)


_KNOWN = frozenset(
    (
        *rawnames.MEDIA,
        *rawnames.SILENT,
        *rawnames.LOOKS,
        *rawnames.REFUSED,
        *rawnames.DRAWN,
        *rawnames.DROPPED,
        *rawnames.LABELS,
    )
)


def _judge(tag: str, given: dict[str, str], line: int, is_generous: bool) -> Start:
    """An opening tag with what may stay of it."""
    if is_generous:
        given = _loosely(tag, given)
    kept = _kept(tag, given)
    if is_generous:
        # `paths` says where these lead, and what is wrong with them.
        kept |= {"a": {"href"}, "img": {"src"}}.get(tag, set()) & set(given)
    own, settled, wrong = _look(tag, given)
    refused = tuple(
        f"{key}=“{value}”" if key in _VALUES or key in ("href", "src", *NAMES) else key
        for key, value in given.items()
        if key not in kept and key not in settled
    )
    kept_attributes = {key: given[key] for key in given if key in kept}
    if "class" in own and "class" in kept_attributes:
        own["class"] = f"{kept_attributes['class']} {own['class']}"
    start = Start(_RENAMED.get(tag, tag), {**kept_attributes, **own}, line, refused, wrong)
    return _forgiven(start, tag) if is_generous else start


def _loosely(tag: str, given: dict[str, str]) -> dict[str, str]:
    """Attributes of the web's early years, and of its styles, as a book says them."""
    loose = dict(given)
    if tag == "a" and "name" in loose:
        loose.setdefault("id", loose.pop("name"))
    side = rawnames.alignment(loose.get("style", ""))
    if side is not None and tag in _ALIGNED:
        del loose["style"]
        if side:
            loose["class"] = f"{loose.get('class', '')} {side}".strip()
    return {name: value for name, value in loose.items() if name != "class" or value}


def _forgiven(start: Start, tag: str) -> Start:
    """A tag whose attributes that look or act are passed over."""
    names = [text.partition("=")[0] for text in start.refused]
    return replace(
        start, refused=(), dropped=tuple(name for name in names if not rawnames.is_passed(tag, name))
    )


def _look(tag: str, given: dict[str, str]) -> tuple[dict[str, str], set[str], tuple[str, ...]]:
    """How something looks, as a book says it; which of the attributes that settles; and what a book does not follow."""
    if tag == "img":
        sizes, wrong = style_sizes(given.get("style", ""))
        named = {name: given[name] for name in NAMES if size_of(given.get(name, ""), name)}
        blank = {name for name in NAMES if given.get(name, "-").strip().lower() in ("", "auto")}
        settled = {"style", *named, *blank, *_PASSED["img"]}
        # A style goes over an attribute (HTML, 15.2).
        return size_style({**named, **sizes}), settled, wrong
    if tag == "center":
        return {"class": "center"}, set(), ()
    side = given.get("align", "").strip().lower()
    if tag in _ALIGNED and side in {*_SIDES, "justify", "middle"}:
        side = "center" if side == "middle" else side
        return ({"class": side} if side in _SIDES else {}), {"align"}, ()
    return {}, set(), ()


def _kept(tag: str, attributes: dict[str, str]) -> set[str]:
    """The names of the attributes that nh3 keeps and whose values can be used.

    They are judged on a probe element, because nh3 repairs what it cleans: a lone ``td`` would vanish.
    """
    probe = tag if tag in ("a", "img") else "span"
    kept: set[str] = set()

    def keep(_tag: str, name: str, value: str) -> str:
        kept.add(name)
        return value

    text = "".join(
        f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"'
        for name, value in attributes.items()
    )
    if text:
        nh3.clean(
            f"<{probe}{text}></{probe}>",
            tags={probe},
            attributes={probe: _allowed(tag)},
            attribute_filter=keep,
            # Pictures from the network are refused with a message of their own, by `paths`.
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    return {name for name in kept if name not in _VALUES or _VALUES[name](attributes[name])}


@cache
def _allowed(tag: str) -> set[str]:
    return {*_EVERYWHERE, *_ATTRIBUTES.get(tag, ())}
