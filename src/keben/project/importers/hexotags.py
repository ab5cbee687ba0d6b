"""Tags of Hexo, of its common themes and of Jekyll → Markdown: pictures and files of a post, links to posts, labels.

Hexo, “Tag Plugins” and “Asset Folders”; NexT, “Tag Plugins”; Jekyll, “Tags Filters”. Lines keep their numbers.
"""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence

from keben.project.importers.markup import escape_anywhere
from keben.project.importers.matter import without_matter
from keben.project.importers.prose import prose_lines
from keben.project.importers.readtags import is_read
from keben.project.importers.rewriting import outside_code
from keben.project.importers.sources import SourceFolder

_TAG = re.compile(r"\{%-?[ \t]*([A-Za-z]\w*)((?:[^%\n]|%(?!\}))*?)-?%\}")
_TAB = re.compile(r"<!--[ \t]*tab(?:[ \t]+(.*?))?[ \t]*-->[ \t]*")
_TABS = re.compile(r"\{%-?[ \t]*tabs\b")
_END_TABS = re.compile(r"\{%-?[ \t]*endtabs\b")
_END_TAB = re.compile(r"<!--[ \t]*endtab[ \t]*-->[ \t]*")
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_FILE = re.compile(r".*\.\w{2,5}|https?://\S+|/\S+")
_SIZE = re.compile(r"\d+%?|auto")
_ROOT = re.compile(
    r"""\{\{-?[ \t]*(?:site\.(?:baseurl|url)|["']([^"'{}\n]*)["'][ \t]*\|[ \t]*(?:relative_url|absolute_url"""
    r"""|prepend:[ \t]*site\.baseurl))[ \t]*-?\}\}"""
)
"""How Jekyll writes where a site begins."""
_BLANK = frozenset("gp endgp grouppicture endgrouppicture subtabs".split())
_FENCE = re.compile(r"[ \t]*\{%-?[ \t]*(end)?(mermaid|math)\b([^%\n]*?)-?%\}[ \t]*(.*)")
_TEXT_BEHIND = re.compile(r"([ \t]*\{%-?[ \t]*(end\w+)[ \t]*-?%\})[ \t]+(\S.*)")
_END_BEHIND = re.compile(r"(.*\S)[ \t]*(\{%-?[ \t]*end(?:mermaid|math)[ \t]*-?%\})[ \t]*")
_GRAPH = re.compile(r"(?:graph|flowchart)\b")
_FOLDS = frozenset(("hideToggle", "hideBlock", "hideInline", "folding"))

_Place = tuple[str, SourceFolder]
"""The path of a page, and its folder."""


def with_tags_read(lines: list[str], path: str, folder: SourceFolder) -> list[str]:
    """The lines of a page with what its tags stand for; those that are not known stay."""
    if not any("{%" in line or "{{" in line for line in lines):
        return lines
    lines = _with_ends_alone(lines)
    made: list[str] = []
    fence = ""
    carried = ""
    tabs = 0
    for line, is_prose in zip(lines, prose_lines(lines), strict=True):
        match = _FENCE.fullmatch(line) if is_prose or fence else None
        if match and bool(match[1]) == bool(fence):
            fence = "" if fence else match[2]
            made.append("$$" if match[2] == "math" else "```" if match[1] else f"```{match[2]}")
            carried = _carried(match)
            continue
        if fence or not is_prose:
            made.append(f"{carried}{line}")
            carried = ""
            continue
        tabs += len(_TABS.findall(line)) - len(_END_TABS.findall(line))
        made.append(_line(line, (path, folder), in_tabs=tabs > 0))
    return made


def _with_ends_alone(lines: Sequence[str]) -> list[str]:
    """Lines in which text does not stand behind a tag that ends something, where a blank line below has room for it."""
    made = list(lines)
    for at, line in enumerate(made[:-1]):
        if made[at + 1].strip() or "{%" not in line:
            continue
        if (match := _TEXT_BEHIND.fullmatch(line)) and is_read(match[2]):
            made[at : at + 2] = [match[1], match[3]]
        elif match := _END_BEHIND.fullmatch(line):
            made[at : at + 2] = [match[1], match[2]]
    return made


def _carried(match: re.Match[str]) -> str:
    """What stands in the line that opens a drawing, for the line below: ``{% mermaid graph LR %} A --> B``."""
    if match[1]:
        return ""
    parts = [part.strip() for part in match.groups()[2:] if part.strip()]
    mark = "; " if parts and _GRAPH.match(parts[0]) else "\n"
    return "".join(f"{part}{mark}" for part in parts)


def _line(line: str, place: _Place, *, in_tabs: bool) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if in_tabs and (tab := _TAB.fullmatch(line.strip())):
        label = re.sub(r"[ \t]*@[\w -]*\Z", "", tab[1] or "").replace('"', "”")
        return indent + (f'{{% tab title="{label}" %}}' if label else "{% tab %}")
    if in_tabs and _END_TAB.fullmatch(line.strip()):
        return f"{indent}{{% endtab %}}"
    return outside_code(line, lambda text: _read(text, place))


def _read(text: str, place: _Place) -> str:
    text = _ROOT.sub(lambda match: match[1] or "", text)
    return _TAG.sub(lambda match: _meaning(match, place), text)


def _meaning(match: re.Match[str], place: _Place) -> str:
    """What a tag stands for; itself where it is not known."""
    name, text = match[1], match[2].strip()
    if name in _BLANK:
        return ""
    if name.removeprefix("end") in _FOLDS:
        return (
            "{% enddetails %}" if name.startswith("end") else f'{{% details title="{text.split(",")[0]}" %}}'
        )
    write = _WRITERS.get(name)
    words = [one or two or three for one, two, three in _WORD.findall(text)]
    return (write(words, text, place) if write and words else "") or match[0]


def _asset(slug: str, place: _Place) -> str:
    """The path of a file of a post, from the post: Hexo gives each post a folder of its own."""
    path, folder = place
    stem = posixpath.splitext(posixpath.basename(path))[0]
    inner = posixpath.join(stem, slug)
    return inner if folder.find(posixpath.join(posixpath.dirname(path), inner)) else slug


def _address(path: str) -> str:
    return f"<{path}>" if re.search(r"[\s()]", path) else path


def _picture(words: Sequence[str], place: _Place, *, is_asset: bool) -> str:
    """``[classes] file [width] [height] [title [alt]]``."""
    at = next((at for at, word in enumerate(words) if _FILE.fullmatch(word)), None)
    if at is None:
        return ""
    rest = [word for word in words[at + 1 :] if not _SIZE.fullmatch(word)]
    # The title and the alternative text may stand in one pair of marks: '"title" "alt"'.
    inner = [one or two or three for word in rest for one, two, three in _WORD.findall(word)] or rest
    alt = inner[-1] if len(rest) == 1 and len(inner) == 2 else " ".join(rest)
    path = _asset(words[at], place) if is_asset else words[at]
    return f"![{escape_anywhere(alt)}]({_address(path)})"


def _post(slug: str, place: _Place) -> tuple[str, str]:
    """The path of a post from a page, and its title; empty: there is none."""
    path, folder = place
    bases = ("source/_posts", "_posts", "source", "")
    ways = (posixpath.join(base, slug) for base in bases)
    found = next((page for way in ways if (page := folder.find_page(way))), "")
    if not found:
        return "", ""
    decoded = folder.text(found)
    title = without_matter(decoded.text).title if decoded else ""
    return posixpath.relpath(found, posixpath.dirname(path) or "."), title


def _post_link(words: Sequence[str], _: str, place: _Place) -> str:
    target, title = _post(words[0].partition("#")[0], place)
    shown = " ".join(word for word in words[1:] if word not in ("true", "false")) or title or words[0]
    return f"[{escape_anywhere(shown)}]({_address(target)})" if target else escape_anywhere(shown)


def _post_path(words: Sequence[str], _: str, place: _Place) -> str:
    return _post(words[0], place)[0]


def _asset_link(words: Sequence[str], _: str, place: _Place) -> str:
    shown = " ".join(word for word in words[1:] if word not in ("true", "false")) or words[0]
    return f"[{escape_anywhere(shown)}]({_address(_asset(words[0], place))})"


def _link(words: Sequence[str], text: str, _: _Place) -> str:
    """Hexo's ``text url``; themes' ``text, url`` and ``url, text``."""
    parts = [part.strip() for part in text.split(",")] if "," in text else list(words)
    address = next((part for part in parts if re.match(r"https?://|/|#|\.", part)), "")
    shown = next((part for part in parts if part != address and not re.match(r"\[|true$|false$", part)), "")
    return f"[{escape_anywhere(shown)}]({_address(address)})" if address and shown else ""


def _label(_words: Sequence[str], text: str, _: _Place) -> str:
    """NexT's ``class@text``, Butterfly's ``text class``."""
    _kind, at, shown = text.partition("@")
    return f"=={shown.strip() if at else text.split()[0]}=="


_WRITERS: Mapping[str, Callable[[Sequence[str], str, _Place], str]] = {
    "asset_img": lambda words, _, place: _picture(words, place, is_asset=True),
    "asset_path": lambda words, _, place: _asset(words[0], place),
    "asset_link": _asset_link,
    "img": lambda words, _, place: _picture(words, place, is_asset=False),
    "image": lambda words, _, place: _picture(words, place, is_asset=False),
    "post_link": _post_link,
    "post_path": _post_path,
    "post_url": _post_path,
    "link": _link,
    "button": _link,
    "btn": _link,
    "label": _label,
}
