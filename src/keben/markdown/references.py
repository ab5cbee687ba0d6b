"""Links inside a chapter: to its notes, and those that wait for a number and a title; link definitions."""

import re
from dataclasses import replace

from keben.core.book import Note
from keben.core.markup import Element, Node, transform
from keben.core.saying import wording
from keben.markdown.context import Context
from keben.markdown.grammar import Parsed
from keben.markdown.paths import shown
from keben.markdown.tolerances import UNUSED_DEFINITION

_LABEL = re.compile(r"\[([^\[\]]*)\]:")


def settle_references(
    body: tuple[Node, ...], notes: tuple[Note, ...], parsed: Parsed, context: Context
) -> tuple[tuple[Node, ...], tuple[Note, ...]]:
    """Body and notes with links to ``#fn-label`` led to that note, and class ``xref`` on links that have no text."""
    calls = context.calls
    by_label = {
        f"#fn-{label}": f"#{calls.note_id(number)}"
        for label, number in parsed.labels.items()
        if number in calls.numbers
    }

    def settle(node: Element) -> Node:
        href = node.get("href")
        if node.tag != "a" or not href.startswith("#") or "noteref" in node.classes:
            return node
        if href in by_label:
            node = node.with_attributes(href=by_label[href])
        if node.children:
            return node
        return node.with_mapping({"class": f"xref {node.get('class')}".strip()})

    def settled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return transform(Element("div", {}, nodes), settle).children

    return settled(body), tuple(replace(note, body=settled(note.body)) for note in notes)


def check_definitions(parsed: Parsed, context: Context) -> None:
    """Report link definitions that nothing uses: they print nothing, and a line of text may have become one.

    ``[注]: 据初版。`` is one for CommonMark.
    """
    used = {
        str(part.attrGet("href") or part.attrGet("src") or "")
        for token in parsed.tokens
        for part in (
            *(token.children or ()),
            *(one for child in token.children or () for one in child.meta.get("caption", ())),
        )
    }
    for target, line in parsed.references:
        if target not in used:
            match = _LABEL.search(context.lines[line - 1])
            label = match[1] if match else ""
            if context.takes(UNUSED_DEFINITION, line, f"[{label}]:"):
                continue
            message = wording(
                "The link definition “[{label}]: …” is never used, and prints nothing.", label=shown(label)
            )
            advice = wording("Take it out; if it is text, write \\[ for its bracket.")
            is_address = isinstance(context.link(target), str)
            context.report(line, "unused-definition", message, advice, "[", warning=is_address)
