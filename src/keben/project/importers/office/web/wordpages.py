"""Lists on pages that Word saved: paragraphs with ``mso-list``, whose label is text."""

import re

from keben.project.importers.office.archives import Node, local

_LEVEL = re.compile(r"l(\d+)\s+level(\d)")
_NUMBER = re.compile(r"(\d{1,6})[.)、．）]?")


def word_item(node: Node, wish: str) -> tuple[int, str, int, str] | None:
    """Level, letters, number and list of an item, whose label is taken out; None where the label stays as text."""
    match = _LEVEL.search(wish)
    label = next((each for each in node.iter() if _is_label(each)), None)
    if match is None or label is None:
        return None
    text = "".join("".join(label.itertext()).split())
    number = _NUMBER.fullmatch(text)
    is_bullet = len(text) == 1 and not number and not re.fullmatch(r"[a-zA-Z]", text)
    is_bullet = is_bullet or "wingdings" in _style(label) or "symbol" in _style(label)
    if not number and not is_bullet:
        return None
    _empty(label)
    return int(match[2]) - 1, "1" if number else "", int(number[1]) if number else 0, match[1]


def _is_label(node: Node) -> bool:
    return "mso-list:ignore" in (node.get("style") or "").lower().replace(" ", "")


def _style(node: Node) -> str:
    around = [node, *node.iterancestors(), *node.iter()]
    return " ".join((each.get("style") or "").lower() for each in around if local(each) == "span")


def _empty(node: Node) -> None:
    for each in list(node):
        node.remove(each)
    node.text = ""
