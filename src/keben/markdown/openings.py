"""The lines by which other tools' Markdown opens something that a later line closes, and what each opens.

``::: tip``, ``{% hint style="info" %}``, ``{{< tabs >}}``, ``{{#tab name="x"}}``, a code block ``admonish``.
"""

import re
from collections.abc import Callable
from dataclasses import field
from typing import Literal

from keben.core.patterns import later
from keben.core.values import dataclass
from keben.markdown.boxkinds import kind_named, unquoted
from keben.markdown.braces import looks_like_attributes

_VALUE = later(
    r"""([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"',{}]+))|"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"'=,]+)"""
)
_COLONS = later(r"(:{3,})[ \t]*(?=[^\s:])(.*?)[ \t]*:*")
_COLON_NAME = later(
    r"(?P<name>[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]*)[ \t]*(?:\[(?P<label>[^\[\]]*)\])?[ \t]*"
    r"(?P<braces>\{[^{}]*\})?[ \t]*(?P<title>.*)"
)
_COLON_BRACES = later(r"(?P<braces>\{[^{}]*\})[ \t]*(?P<title>.*)")
_FENCE = later(r"(`{3,}|~{3,})[ \t]*(\{?)(admonish|ad-[a-z]+|[a-z]+)(\}?)[ \t]*([^`]*)")
_LIQUID = later(r"\{%-?\s*([A-Za-z][\w-]*)\b([^%]*?)-?%\}(.*)")
_HUGO = later(r"\{\{([<%])\s*([A-Za-z][\w/-]*)\b(.*?)[>%]\}\}(.*)")
_HANDLEBARS = later(r"\{\{\s*#(tabs|tab)\b([^{}]*)\}\}(.*)")
_CALLOUT = later(r"\.callout-([a-z]+)|\{\s*([a-z]+)\s*\}")
_DIRECTIVE = later(r"\{\s*[a-z-]+\s*\}")
_TITLES = ("title", "label", "summary", "name", "header", "tab", "tabname", "tabName")

Shape = Literal["box", "tabs", "tab", "division", "plain", "quotation", "comment"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line opens."""

    shape: Shape
    kind: str = ""
    """A box's, as `words.toml` names it, or as the source writes it."""
    title: str = ""
    braces: str = ""
    """Attributes, as they are written between braces."""
    takes_heading: bool = False
    """Whether a heading that begins it is its title, as in Quarto."""
    is_known: bool = True
    """Whether a tool has it that way: then it ends with its surroundings, where no line closes it."""


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A line that opens something, and how its end is found."""

    opening: Opening
    opens: Callable[[str], bool] = field(repr=False)
    """Whether another line opens something that needs an end of its own."""
    closes: Callable[[str], int] = field(repr=False)
    """How much of a line stands before what closes it; -1 if the line does not end so."""
    key: str = ""
    """Openings with one key have the same ends."""
    rest: str = ""
    """What stands behind it in the line."""
    is_fence: bool = False
    """Whether it is closed as a code block is, whatever stands in it."""


def opening_line(text: str) -> OpeningLine | None:
    """What a line opens, its indent taken off; None if nothing."""
    if text.startswith(":::"):
        return _colons(text)
    if text.startswith(("```", "~~~")):
        return _fence(text)
    if text.startswith("{%"):
        return _liquid(text)
    return _hugo(text) or _handlebars(text) if text.startswith("{{") else None


def _colons(text: str) -> OpeningLine | None:
    match = _COLONS.fullmatch(text)
    if match is None:
        return None
    opening = _colon_opening(match[2])
    if opening is None:
        return None
    return OpeningLine(opening, _opens_colons, _closes_colons, "colons")


def _opens_colons(line: str) -> bool:
    return re.match(r":{3,}[ \t]*[^\s:]", line) is not None


def _closes_colons(line: str) -> int:
    return 0 if re.fullmatch(r":{3,}", line) else -1


def _colon_opening(text: str) -> Opening | None:
    if match := _COLON_BRACES.fullmatch(text):
        return _pandoc(match["braces"], match["title"])
    match = _COLON_NAME.fullmatch(text)
    if match is None:
        return None
    name, braces = match["name"], match["braces"] or ""
    title = _title(match["label"] or match["title"] or _value(braces, "title"))
    if callout := re.fullmatch(r"callout-([a-z]+)", name):
        return Opening("box", kind_named(callout[1]) or callout[1], title, "", True)
    if name in ("code-group", "code-tabs", "tabs", "code-group-item", "tabset"):
        return Opening("tabs")
    if name in ("tab", "code-tab"):
        return Opening("tab", title=title)
    if name in ("v-pre", "raw", "slot", "theorem-group", "demo", "code-block"):
        return Opening("plain", title=title)
    if kind_named(name):
        return Opening("box", kind_named(name), title, _without_title(braces))
    if title or not name.isascii():
        return Opening("box", name, title or ("" if name.isascii() else name), is_known=False)
    return Opening("division", braces=f"{{.{name}}}", is_known=False)


def _pandoc(braces: str, title: str) -> Opening | None:
    if not looks_like_attributes(braces) and not _DIRECTIVE.fullmatch(braces):
        return None
    if callout := _CALLOUT.search(braces):
        kind = callout[1] or callout[2]
        return Opening("box", kind_named(kind) or kind, _title(title or _value(braces, "title")), "", True)
    classes = re.findall(r"\.([\w-]+)", braces)
    if "panel-tabset" in classes:
        return Opening("tabs")
    name = next((name for name in classes if kind_named(name)), "")
    if name:
        others = re.sub(rf"\.{name}(?![\w-])", "", _without_title(braces))
        return Opening("box", kind_named(name), _title(_value(braces, "title")), others)
    return Opening("division", title=title, braces=_without_title(braces))


def _fence(text: str) -> OpeningLine | None:
    match = _FENCE.fullmatch(text)
    if match is None or bool(match[2]) != bool(match[4]):
        return None
    marks, name, info = match[1], match[3], match[5]
    if name == "admonish" and not match[2]:
        words, values = _arguments(info)
        kind = words[0] if words else values.get("type", "note")
        quoted = next(iter(words[1:]), "")
        opening = Opening("box", kind_named(kind) or kind, _title(values.get("title", quoted)))
    elif name.startswith("ad-") and not match[2]:
        opening = Opening("box", kind_named(name[3:]) or name[3:], info.strip())
    elif match[2] and kind_named(name):
        opening = Opening("box", kind_named(name), info.strip())
    else:
        return None
    closing = re.compile(rf"{re.escape(marks[0])}{{{len(marks)},}}")
    return OpeningLine(
        opening, lambda _: False, lambda line: 0 if closing.fullmatch(line) else -1, is_fence=True
    )


_LIQUID_SHAPES: dict[str, Shape] = {
    "tabs": "tabs",
    "codetabs": "tabs",
    "tab": "tab",
    "code": "plain",
    "comment": "comment",
    "raw": "plain",
    "stepper": "plain",
    "step": "plain",
    "columns": "plain",
    "column": "plain",
    "blockquote": "quotation",
    "quote": "quotation",
    "centerquote": "quotation",
    "cq": "quotation",
}


def _liquid(text: str) -> OpeningLine | None:
    match = _LIQUID.fullmatch(text)
    if match is None or match[1].startswith("end"):
        return None
    name = match[1]
    opening = _tagged(name, match[2])
    if opening is None:
        return None
    key = rf"\{{%-?\s*{re.escape(name)}\b"
    close = rf"\{{%-?\s*end{re.escape(name)}\s*-?%\}}"
    return _between(opening, key, close, match[3])


def _hugo(text: str) -> OpeningLine | None:
    match = _HUGO.fullmatch(text)
    if match is None or match[2].startswith("/") or match[3].rstrip().endswith("/"):
        return None
    opening = _tagged(match[2], match[3])
    if opening is None:
        return None
    name = re.escape(match[2])
    return _between(opening, rf"\{{\{{[<%]\s*{name}\b", rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}", match[4])


def _handlebars(text: str) -> OpeningLine | None:
    match = _HANDLEBARS.fullmatch(text)
    if match is None:
        return None
    opening = _tagged(match[1], match[2])
    name = match[1]
    if opening is None:
        return None
    close = rf"\{{\{{\s*(?:/|#end){name}\s*\}}\}}"
    return _between(opening, rf"\{{\{{\s*#{name}\b", close, match[3])


def _between(opening: Opening, opens: str, closes: str, rest: str) -> OpeningLine:
    first, last = re.compile(opens), re.compile(rf"(?:{closes})\s*\Z")

    def closed(line: str) -> int:
        match = last.search(line)
        return match.start() if match else -1

    def opened(line: str) -> bool:
        return first.match(line) is not None and last.search(line) is None

    return OpeningLine(opening, opened, closed, opens, rest.strip())


def _tagged(name: str, text: str) -> Opening | None:
    """What a tag with a name opens, of Liquid (GitBook, Hexo, Jekyll), Hugo or mdBook."""
    words, values = _arguments(text)
    title = _title(next((values[key] for key in _TITLES if key in values), ""))
    shape = _LIQUID_SHAPES.get(name)
    if shape == "tab" and not title:
        title = " ".join(words)
    elif shape == "tabs":
        title = ""
    elif shape == "quotation":
        title = " ".join(words)
    if shape is not None:
        return Opening(shape, title=title, is_known=False)
    if not kind_named(name):
        return None
    style = next((values[key] for key in ("style", "type", "class", "icon", "context") if key in values), "")
    named = next((word for word in words if kind_named(word)), "")
    if named and not style:
        style = named
        words = tuple(word for word in words if word != named)
    kind = kind_named(style) or kind_named(name)
    words = tuple(word for word in words if word not in ("no-icon", "icon", "simple", "modern", "flat"))
    return Opening("box", kind, title or " ".join(words), is_known=False)


def _arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The words and the named values behind a tag's name."""
    words: list[str] = []
    values: dict[str, str] = {}
    for match in _VALUE.finditer(text):
        if match[1]:
            value = next((group for group in match.groups()[1:4] if group is not None), "")
            values[match[1]] = value.replace('\\"', '"')
        else:
            words.append(next(group for group in match.groups()[4:] if group is not None))
    return tuple(words), values


def _value(braces: str, key: str) -> str:
    return _arguments(braces[1:-1])[1].get(key, "") if braces else ""


def _without_title(braces: str) -> str:
    """Attributes without a title, and without what says how something unfolds."""
    return re.sub(
        r"""\s*\b(?:title|collapse|icon|appearance|open)=(?:"[^"]*"|'[^']*'|[^\s{}]*)""", "", braces
    )


def _title(text: str) -> str:
    return unquoted(text)
