"""The CSS inside an SVG: what draws stays, what reaches out, moves or runs goes."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from keben.core.css import CSSError, Reference, quoted, references, replace
from keben.core.markup import Element
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.pictures.svgnames import DROPPED_PROPERTIES, PAINT

_SIMPLE = re.compile(r"(?P<tag>[A-Za-z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+)*)")

Settle = Callable[[str], str | None]
"""Gives the URL that stands in another's place; None where what names it must go."""


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule that names other elements of the drawing, and which elements it is for."""

    selectors: tuple[str, ...]
    targets: tuple[str, ...]
    """Ids."""

    def fits(self, element: Element) -> bool:
        """Whether the rule may be for an element: yes where its selector is more than names."""
        return any(_fits(selector, element) for selector in self.selectors)


@dataclass(frozen=True, slots=True)
class Styled:
    """CSS that may stay, and what it lost."""

    text: str
    rules: tuple[StyleRule, ...] = ()
    left_out: tuple[str, ...] = ()


def clean_declarations(text: str, settle: Settle) -> Styled:
    """A ``style`` attribute."""
    kept, lost, _ = _declarations(tinycss2.parse_blocks_contents(text), settle)
    return Styled(kept, (), lost)


def clean_sheet(text: str, settle: Settle) -> Styled:
    """The text of a ``style`` element.

    Raises:
        CSSError: it cannot be read.
    """
    references(text)
    rules: list[StyleRule] = []
    left_out: list[str] = []
    parts = _rules(
        tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), settle, rules, left_out
    )
    return Styled("\n".join(parts), tuple(rules), tuple(left_out))


def clean_value(name: str, value: str, settle: Settle) -> str | None:
    """A presentation attribute's value; None where it cannot stay.

    A paint that names what is not there falls back to what is written behind it, else to ``none`` (SVG 2, 13.2).
    """
    try:
        named = references(value)
    except CSSError:
        return None
    settled = _settled(value, named, settle)
    if settled is not None or not named:
        return settled
    if name not in PAINT:
        return None
    first = named[0]
    is_paint = len(named) == 1 and not first.bare and not value[: first.start].strip()
    return (value[first.end :].strip() if is_paint else "") or "none"


def _settled(value: str, named: tuple[Reference, ...], settle: Settle) -> str | None:
    changes: list[tuple[Reference, str]] = []
    for reference in named:
        target = settle(reference.target)
        if target is None or reference.kind == "import":
            return None
        # What takes “url(#a)” apart in e-readers and in WeasyPrint knows it without quotation marks best.
        bare = f"url({target})" if re.fullmatch(r"[#\w.:-]+", target) else quoted(target)
        changes.append((reference, bare))
    return replace(value, changes)


def _rules(nodes: list[Any], settle: Settle, rules: list[StyleRule], left_out: list[str]) -> Iterator[str]:
    for node in nodes:
        if node.type == "qualified-rule":
            kept, lost, targets = _declarations(tinycss2.parse_blocks_contents(node.content), settle)
            left_out += lost
            selector = tinycss2.serialize(node.prelude).strip()
            if not _is_selector(node.prelude):
                left_out.append(wording("a rule whose selector is broken"))
                continue
            if kept:
                yield f"{selector} {{ {kept} }}"
            if targets:
                rules.append(StyleRule(tuple(part.strip() for part in selector.split(",")), targets))
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            kept_rules = "\n".join(_rules(inner, settle, rules, left_out))
            yield f"@media {tinycss2.serialize(node.prelude).strip()} {{\n{kept_rules}\n}}"
        elif node.type == "at-rule" and node.lower_at_keyword not in ("charset", "namespace"):
            left_out.append(wording("@{keyword} in <style>", keyword=node.at_keyword))


def _declarations(nodes: list[Any], settle: Settle) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What stays, what was lost, and the ids that are named."""
    kept: list[str] = []
    lost: list[str] = []
    targets: list[str] = []
    for node in nodes:
        if node.type != "declaration":
            continue
        if node.lower_name.startswith(DROPPED_PROPERTIES) or "expression" in node.lower_name:
            lost.append(wording("the property {lower_name}", lower_name=node.lower_name))
            continue
        if _has_error(node.value):
            lost.append(wording("the broken property {lower_name}", lower_name=node.lower_name))
            continue
        value = tinycss2.serialize(node.value).strip()
        clean = clean_value(node.lower_name, value, settle)
        if clean is None:
            # What it names was noted by `settle`.
            continue
        targets += [each.target[1:] for each in references(clean) if each.target.startswith("#")]
        kept.append(f"{node.name}: {clean}{' !important' if node.important else ''}")
    return "; ".join(kept), tuple(lost), tuple(targets)


def _has_error(nodes: list[Any]) -> bool:
    return any(
        node.type == "error"
        or _has_error(getattr(node, "content", None) or getattr(node, "arguments", None) or [])
        for node in nodes
    )


def _is_selector(nodes: list[Any]) -> bool:
    return not _has_error(nodes) and all(
        node.type in ("ident", "whitespace", "comment", "hash", "function", "[] block")
        or (node.type == "literal" and node.value in ".:,>+~*|")
        for node in nodes
    )


def _fits(selector: str, element: Element) -> bool:
    match = _SIMPLE.fullmatch(selector)
    if match is None:
        return True
    if match["tag"] not in (None, "*", element.tag):
        return False
    names = re.findall(r"([.#])([\w-]+)", match["rest"])
    return all(name in element.classes if mark == "." else name == element.get("id") for mark, name in names)
