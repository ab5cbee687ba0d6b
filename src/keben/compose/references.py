"""Cross-references spelled out: number and title of what each one names."""

from collections.abc import Mapping

from keben.compose.numbering import Target
from keben.core.book import Source
from keben.core.errors import Finding, Place
from keben.core.formulas import BARE
from keben.core.markup import Element, Node, text_of, transform
from keben.core.saying import wording


def resolve_references(
    root: Element, targets: Mapping[str, Target], words: Mapping[str, str], source: Source
) -> tuple[Element, tuple[Finding, ...]]:
    """The tree with every ``a.xref`` filled in, and a finding for each link inside the book that leads nowhere."""
    findings: list[Finding] = []

    def spell(node: Element) -> Node:
        href = node.get("href")
        if node.tag != "a" or not href.startswith("#") or node.classes & {"noteref", "backlink"}:
            return node
        target = targets.get(href[1:])
        if target is None:
            findings.append(_missing(href[1:], source, node.line))
            return node
        if "xref" not in node.classes or text_of(node):
            return node
        spelled = _spelled(target, node.classes, words)
        if not spelled:
            message = wording("“{href}” has neither a number nor a title to print.", href=href)
            findings.append(
                Finding(
                    _place_of(href, source, node.line),
                    "empty-reference",
                    message,
                    wording("Write the link's text."),
                )
            )
        return Element("a", {"class": "xref", "href": href}, spelled, node.line)

    resolved = transform(root, spell)
    return resolved, tuple(findings)


def _spelled(target: Target, form: frozenset[str], words: Mapping[str, str]) -> tuple[Node, ...]:
    said = target.bare if BARE in form and target.bare else target.number
    number = (Element("span", {"class": "ref-number"}, (said,)),) if said else ()
    if "number" in form and number:
        return number
    if "title" in form and target.title:
        return (target.title,)
    return (*number, words["quoted"].format(title=target.title)) if target.title else number


def _missing(name: str, source: Source, line: int) -> Finding:
    message = wording("Nothing in the book has the id “{name}”.", name=name)
    return Finding(
        _place_of(f"#{name}", source, line),
        "missing-reference",
        message,
        wording("Give the chapter, heading, figure or table `{{#{name}}}`, or fix the link.", name=name),
    )


def _place_of(href: str, source: Source, line: int) -> Place:
    """Where the source writes a link: the tree knows its block's line only, or none."""
    lines = source.text.split("\n")
    for number in range(max(line, 1), len(lines) + 1):
        column = lines[number - 1].find(f"({href}")
        if column >= 0:
            return Place(source.path, number, column + 2)
    return Place(source.path, line)
