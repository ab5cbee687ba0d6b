"""Blocks of code as documents show them: words in the colours of a language, lines marked and numbered."""

from collections.abc import Iterable, Iterator

from keben.compose.highlighting import Words, words_of
from keben.core.code import FIRST, LANGUAGE, MARKED, NUMBER
from keben.core.markup import Element, Node

LINE, LINES, NUMBERED = "code-line", "code-lines", "code-numbered"
"""The classes of a line, of a block in which lines are elements, and of one that numbers them."""

MARK = "code-marked"


def set_code(block: Element, *, highlight: bool) -> Element:
    """A ``pre`` with its words in spans where their language is known, and with its lines as it says itself.

    One that holds more than the text of one ``code`` stays as it is.
    """
    marked, first = block.get(MARKED), block.get(FIRST)
    plain = block.with_mapping({MARKED: None, FIRST: None})
    code = block.children[0] if len(block.children) == 1 else None
    if (
        not isinstance(code, Element)
        or code.tag != "code"
        or any(not isinstance(n, str) for n in code.children)
    ):
        return plain
    text = "".join(child for child in code.children if isinstance(child, str))
    words = words_of(text, _language(block, code)) if highlight else ((("", text),) if text else ())
    if not marked and not first:
        return plain.with_children((code.with_children(_spans(words)),))
    runs = [(int(begin), int(end)) for begin, _, end in (run.partition("-") for run in marked.split())]
    lines = [
        Element("span", _line(number, runs, first), tuple(_spans(line)))
        for number, line in enumerate(_lines(words), 1)
    ]
    names = [*plain.get("class").split(), LINES, *([NUMBERED] if first else ())]
    return plain.with_attributes(**{"class": " ".join(names)}).with_children((code.with_children(lines),))


def _language(block: Element, code: Element) -> str:
    """What the classes of a block name: ``language-js``, as Markdown and HTML have it, or ``js`` alone."""
    names = [*code.get("class").split(), *block.get("class").split()]
    for name in names:
        if name.startswith((LANGUAGE, "lang-")):
            return name.partition("-")[2]
    return names[0] if names else ""


def _spans(words: Iterable[tuple[str, str]]) -> Iterator[Node]:
    for kind, word in words:
        yield Element("span", {"class": f"code-{kind}"}, (word,)) if kind else word


def _lines(words: Words) -> Iterator[list[tuple[str, str]]]:
    """Words line by line, each line with its end."""
    line: list[tuple[str, str]] = []
    for kind, word in words:
        for part in _parts(word):
            line.append((kind, part))
            if part.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _parts(word: str) -> Iterator[str]:
    *full, last = word.split("\n")
    yield from (f"{part}\n" for part in full)
    if last:
        yield last


def _line(number: int, marked: Iterable[tuple[int, int]], first: str) -> dict[str, str]:
    """The attributes of a line: its classes, and the number that styles print before it."""
    is_marked = any(begin <= number <= end for begin, end in marked)
    said = {"class": f"{LINE} {MARK}" if is_marked else LINE}
    return {**said, NUMBER: str(int(first) + number - 1)} if first else said
