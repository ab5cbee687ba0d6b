"""What stands in braces behind a picture, as other tools write it: kramdown, MkDocs, Quarto, Logseq."""

from keben.core.patterns import later
from keben.markdown.sizes import NAMES, size_of, style_sizes

_WORD = later(
    r"""[\s,;]*(?:#(?P<id>[^\s#.{}="']+)|\.(?P<class>[A-Za-z_][A-Za-z0-9_-]*)"""
    r"""|(?P<key>[A-Za-z][A-Za-z0-9_:-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"',;{}]*))"""
    r"|(?P<other>[^\s,;]+))[\s,;]*"
)
_SILENT = frozenset(
    "align decoding fetchpriority fig-align fig-env fig-pos float loading sizes srcset target".split()
)
"""Options that say nothing in a book."""


def picture_options(text: str) -> tuple[dict[str, str], tuple[str, ...]] | None:
    """Attributes of a picture, and the words that set none; None where the text is no list of options.

    ``text`` is what stands between the braces.
    """
    is_kramdown = text.startswith(":")
    values: dict[str, str] = {}
    sizes: dict[str, str] = {}
    wrong: list[str] = []
    options = 0
    for match in _WORD.finditer(text.removeprefix(":")):
        key = (match["key"] or "").lower()
        value = next((match[name] for name in ("double", "single", "bare") if match[name]), "")
        options += not match["other"]
        if match["id"]:
            values["id"] = match["id"]
        elif match["class"]:
            values["class"] = f"{values.get('class', '')} {match['class']}".strip()
        elif key == "style":
            found, unknown = style_sizes(value)
            sizes |= found
            wrong += [] if found and not unknown else [match[0].strip(" ,;")]
        elif key in NAMES and size_of(value, key):
            sizes.setdefault(key, value)
        elif not (key in NAMES and value.lower() in ("auto", "")) and not _is_silent(key or match["other"]):
            wrong.append(match[0].strip(" ,;"))
    if not options and not is_kramdown:
        return None
    return {**values, **sizes}, tuple(wrong)


def _is_silent(name: str) -> bool:
    return name.lower() in _SILENT or name.startswith("data-")
