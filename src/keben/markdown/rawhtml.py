"""Raw HTML in Markdown, through an allow-list that nh3 judges by. What it would take away is an error, not a loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import nh3

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub sup "
    "table tbody td tfoot th thead tr u ul var wbr".split()
)
"""Elements that a chapter may bring as raw HTML."""

_EVERYWHERE = frozenset({"id", "class", "lang", "dir"})
_ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


@dataclass(frozen=True, slots=True)
class Start:
    """An opening tag with the attributes that may stay."""

    tag: str
    attributes: dict[str, str]
    refused: tuple[str, ...] = ()
    """What was taken away: ``<script>``, ``onclick``."""


@dataclass(frozen=True, slots=True)
class End:
    """A closing tag."""

    tag: str


Event = Start | End | str


def tokenize(html: str) -> list[Event]:
    """The tags and texts of a piece of HTML, each opening tag judged. Comments vanish."""
    parser = _Tokenizer()
    parser.feed(html)
    parser.close()
    return parser.events


class _Tokenizer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(judge(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(End(tag))

    def handle_data(self, data: str) -> None:
        self.events.append(data)

    def handle_decl(self, decl: str) -> None:
        self.events.append(Start("", {}, (f"<!{decl}>",)))

    def handle_pi(self, data: str) -> None:
        self.events.append(Start("", {}, (f"<?{data}>",)))

    def unknown_decl(self, data: str) -> None:
        self.events.append(Start("", {}, (f"<![{data}]>",)))


def judge(tag: str, attributes: dict[str, str]) -> Start:
    """An opening tag with what may stay of it.

    The attributes are judged on a probe element, because nh3 repairs what it cleans: a lone ``td`` would vanish.
    """
    if tag not in TAGS:
        return Start("", {}, (f"<{tag}>",))
    probe = tag if tag in ("a", "img") else "span"
    text = "".join(
        f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"'
        for name, value in attributes.items()
    )
    kept = next(_attributes_of(_cleaner(tag, probe).clean(f"<{probe}{text}></{probe}>")), {})
    refused = tuple(
        name if name not in ("href", "src") else f"{name}=“{value}”"
        for name, value in attributes.items()
        if name not in kept
    )
    return Start(tag, {name: attributes[name] for name in attributes if name in kept}, refused)


@cache
def _cleaner(tag: str, probe: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={probe},
        attributes={probe: _EVERYWHERE | _ATTRIBUTES.get(tag, set())},
        # Pictures from the network are refused with a message of their own, by `links`.
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attributes_of(html: str) -> Iterator[dict[str, str]]:
    found: list[dict[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            found.append({name: value or "" for name, value in attrs})

    reader = Reader()
    reader.feed(html)
    reader.close()
    yield from found
