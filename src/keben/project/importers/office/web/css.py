"""What of a page's CSS a book keeps: bold, italic, marks, alignment, what is hidden, the writing's direction."""

from collections.abc import Iterable, Mapping
from dataclasses import field

import tinycss2  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, local

Wishes = Mapping[str, str]
"""Properties with their values, in lower case."""

_KEPT = frozenset(
    "font-weight font-style text-align display visibility text-emphasis text-emphasis-style -epub-text-emphasis-style "
    "-webkit-text-emphasis-style -epub-text-emphasis -webkit-text-emphasis text-decoration text-decoration-line "
    "vertical-align writing-mode -epub-writing-mode -webkit-writing-mode mso-list mso-outline-level font-family".split()
)
_MOST = 5_000_000
"""Characters of style sheets that are read."""


@dataclass(frozen=True, slots=True)
class PageStyles:
    """Rules by the element and the class that they select: ``p``, ``.note``, ``p.note``."""

    rules: Mapping[str, Wishes] = field(default_factory=dict)

    def of(self, node: Node) -> Wishes:
        """What is wished of an element; classes win over names, its own style over both."""
        tag = local(node).lower()
        found = dict(self.rules.get(tag, {}))
        classes = (node.get("class") or "").split()
        for name in classes:
            found |= self.rules.get(f".{name}", {})
        for name in classes:
            found |= self.rules.get(f"{tag}.{name}", {})
        if own := node.get("style"):
            found |= _wishes(tinycss2.parse_blocks_contents(own[:10_000]))
        return found


def read_styles(sheets: Iterable[str]) -> PageStyles:
    """The rules of style sheets that select by a name or a class alone."""
    rules: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet[:_MOST], skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            wishes = _wishes(tinycss2.parse_blocks_contents(rule.content))
            if not wishes:
                continue
            for selector in tinycss2.serialize(rule.prelude).split(","):
                name = selector.strip()
                if name and not set(name) & set(" >+~:[#*"):
                    head, dot, tail = name.partition(".")
                    rules.setdefault(f"{head.lower()}{dot}{tail}", {}).update(wishes)
    return PageStyles(rules)


def _wishes(nodes: Iterable[object]) -> dict[str, str]:
    found = {}
    for node in nodes:
        name = getattr(node, "lower_name", "")
        if getattr(node, "type", "") == "declaration" and name in _KEPT:
            found[name] = tinycss2.serialize(node.value).strip().lower()  # type: ignore[attr-defined]
    return found


def styled(before: frozenset[str], wishes: Wishes) -> frozenset[str]:
    """Styles of text with those that CSS adds or takes away."""
    found = set(before)
    if weight := wishes.get("font-weight"):
        is_bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)
        (found.add if is_bold else found.discard)("strong")
    if slant := wishes.get("font-style"):
        (found.add if slant.startswith(("italic", "oblique")) else found.discard)("em")
    if any("emphasis" in name and value not in ("none", "") for name, value in wishes.items()):
        found.add("em")
    line = f"{wishes.get('text-decoration', '')} {wishes.get('text-decoration-line', '')}"
    found |= {style for word, style in (("underline", "u"), ("line-through", "s")) if word in line}
    if wishes.get("vertical-align") in ("sub", "super"):
        found.add(wishes["vertical-align"][:3].replace("sup", "sup"))
    return frozenset(found)


def is_hidden(wishes: Wishes) -> bool:
    """Whether an element is not shown."""
    return wishes.get("display") == "none" or wishes.get("visibility") == "hidden"


def is_vertical(styles: PageStyles) -> bool:
    """Whether a style sheet sets the page in columns."""
    return any(
        "writing-mode" in name and value.startswith("vertical")
        for selector in ("html", "body", "*")
        for name, value in styles.rules.get(selector, {}).items()
    )
