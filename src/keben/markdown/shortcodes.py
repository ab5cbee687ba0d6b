"""What tools put in the place of a tag: ``{% youtube id %}``, ``{{< bilibili id >}}``, ``{% embed url="…" %}``."""

import re
from urllib.parse import quote

from keben.core.patterns import later
from keben.core.values import dataclass

_TAG = later(r"\{%-?\s*(.*?)\s*-?%\}|\{\{[<%]\s*(.*?)\s*/?\s*[>%]\}\}", re.DOTALL)
_NAME = later(r"([A-Za-z][\w-]*)\s*(.*)", re.DOTALL)
_WORD = later(r"""(?:([A-Za-z][\w-]*)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"'=]+))""")
_ID = later(r"[\w-]{3,64}")

SERVICES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "bilibili": "https://www.bilibili.com/video/{}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "youku": "https://v.youku.com/v_show/id_{}.html",
    "asciinema": "https://asciinema.org/a/{}",
    "codepen": "https://codepen.io/pen/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "tweet": "https://twitter.com/i/status/{}",
}
"""Where what a tag shows is found on the web, by the tag's name."""

_EMBEDS = frozenset(
    ("embed", "iframe", "video", "content-ref", "link", "linkgrid", "raw-video", "dplayer", "audio")
)
_AROUND_A_LINK = frozenset(("content-ref",))
"""Tags around a link to a page of the same book, which stands by itself."""
_SILENT = frozenset(
    ("raw", "endraw", "comment", "endcomment", "more", "unsafe", *(f"end{name}" for name in _EMBEDS))
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands in the place of a tag."""

    address: str = ""
    """Of what it shows; empty: nothing stands there."""


def meaning(tag: str) -> Meaning | None:
    """What a tag means in a book; None if that is not known, so that it is printed."""
    match = _TAG.fullmatch(tag)
    named = _NAME.fullmatch(match[1] or match[2] or "") if match else None
    if named is None:
        return None
    name = named[1].lower()
    if name in _SILENT:
        return Meaning()
    words = [(one[1], one[2] or one[3] or one[4] or "") for one in _WORD.finditer(named[2])]
    if name in SERVICES:
        value = next((text for key, text in words if key in (None, "id", "bvid") and _ID.fullmatch(text)), "")
        owner = next((text for key, text in words[1:2] if key is None and name == "gist"), "")
        value = f"{value}/{owner}" if owner and _ID.fullmatch(owner) else value
        return Meaning(SERVICES[name].format(quote(value))) if value else None
    if name in _EMBEDS:
        address = next((text for _, text in words if re.match(r"https?://[^\s<>\"']+\Z", text)), "")
        if not address and name in _AROUND_A_LINK and words:
            return Meaning()
        return Meaning(address) if address else None
    return None
