"""Elements and attributes of HTML that a generous reader takes although a book does not have them."""

import re

from keben.core.patterns import later

RENAMED = {
    "acronym": "abbr",
    "address": "div",
    "article": "div",
    "aside": "div",
    "big": "span",
    "details": "div",
    "dir": "ul",
    "fieldset": "div",
    "form": "div",
    "header": "div",
    "hgroup": "div",
    "legend": "div",
    "main": "div",
    "menu": "ul",
    "nav": "div",
    "strike": "del",
    "summary": "div",
    "tt": "code",
}
"""Elements that a book has under another name."""

CLASSES = {"details": "details", "summary": "summary"}
"""The class of what is renamed, where its look depends on it. What can be folded on a screen is open in a book."""

COMPONENTS = {
    "callout": ("", "box-title"),
    "card": ("", "box-title"),
    "codegroup": ("tabs", ""),
    "code-group": ("tabs", ""),
    "code-block": ("tab", "tab-title"),
    "code-group-item": ("tab", "tab-title"),
    "codegroupitem": ("tab", "tab-title"),
    "codetabs": ("tabs", ""),
    "steps": ("", ""),
    "step": ("", "box-title"),
    "tabs": ("tabs", ""),
    "tab": ("tab", "tab-title"),
    "tabitem": ("tab", "tab-title"),
}
"""Blocks of Vue, Docusaurus and Nextra, each a division: its class, and that of its title."""

BOXES = frozenset(
    "admonition alert aside callout caution danger hint important info note tip warning".split()
)
"""Components of Docusaurus, Starlight, Nextra and Mintlify that are boxes; they begin with a capital letter."""

BOX_KINDS = ("type", "kind", "variant", "status", "severity", "intent")
"""Their attributes that say of which kind a box is."""

LABELS = {"badge": ("text", "title"), **dict.fromkeys(COMPONENTS, ("label", "title"))}
"""The attributes of such elements that hold text of the page."""

MEDIA = frozenset(("applet", "audio", "embed", "frame", "iframe", "object", "source", "track", "video"))
"""What a printed page cannot show, and a book's e-reader may not fetch."""

SILENT = frozenset(
    "body clientonly data head html label nobr picture rb rbc rtc search slot template time".split()
)
"""Elements that say nothing in a book: their text stays, and there is nothing to report."""

LOOKS = frozenset(
    "basefont bgsound blink button canvas datalist dialog font frameset input map area marquee meter noscript optgroup "
    "option output param plaintext progress select spacer svg textarea title xmp".split()
)
"""Elements that only look or act in some way: their text stays."""

DROPPED = frozenset(("base", "link", "meta", "noembed", "noframes", "script", "style"))
"""Elements that act, that load something, or that say how a page looks: they go with what they hold."""

REFUSED = frozenset(("math",))
"""Elements whose content would be lost."""

DRAWN = frozenset(
    "g defs symbol tspan path rect circle ellipse line polyline polygon stop use mask marker pattern text textpath "
    "lineargradient radialgradient clippath filter animate animatetransform foreignobject desc".split()
)
"""Elements of a drawing in the page (SVG 2): their text stays. By themselves, as in “cd <path>”, they are text."""

_PASSED = later(
    r"aria-.*|data-.*|v-.*|item(?:prop|scope|type|id|ref)|rel|rev|target|role|tabindex|hidden|translate|border|"
    r"cellpadding|cellspacing|width|height|valign|bgcolor|nowrap|frame|rules|summary|align|clear|compact|noshade|"
    r"size|loading|open|download|referrerpolicy|hreflang|name|title|xmlns.*|srcset|media|char|charoff|axis|abbr|"
    r"headers|span|crossorigin|fetchpriority|decoding|sizes|usemap|hspace|vspace|contenteditable|spellcheck"
)
_TYPED = {"ul": {"type"}, "li": {"type"}, "col": {"width"}}
_ALIGN = later(r"\s*text-align\s*:\s*(left|center|right|justify|start|end)\s*;?\s*", re.IGNORECASE)


def is_passed(tag: str, name: str) -> bool:
    """Whether an attribute says nothing in a book, and goes without a word."""
    return _PASSED.fullmatch(name) is not None or name in _TYPED.get(tag, ())


def alignment(style: str) -> str | None:
    """The class of an alignment that is all that a style says; empty for the usual one. None if it says more."""
    match = _ALIGN.fullmatch(style)
    if match is None:
        return None
    side = match[1].lower()
    return side if side in ("left", "center", "right") else ""
