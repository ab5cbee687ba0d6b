"""Proof that templates leave nothing out: each chapter's title, blocks and notes are in the document made of it.

This compares what was parsed with what was composed, before conversion. What compose adds (numbers of figures, marks of
notes, labels of boxes, the text of references, brackets round titles of works) does not count, nor does the mark behind
a number that a title begins with: 第三章：归来 is printed as a label and a title. A template that leaves something out
on purpose says so: ``data-omit="notes"`` on any element that it makes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from keben.check.blame import FAULT, cut
from keben.core.book import Book, Chapter
from keben.core.composition import Composition, Document
from keben.core.errors import Finding, Place
from keben.core.formulas import NUMBER, TAG
from keben.core.markup import Element, Node, text_of, walk
from keben.core.patterns import later
from keben.core.saying import series, wording

OMIT = "data-omit"

_PARTS = {
    "chapter.html": ("title", "label", "body", "notes"),
    "titlepage.html": ("title",),
    "contents.html": ("entries",),
}
"""What the templates must not leave out without a word."""

_SAY = {
    "title": wording("the title"),
    "label": wording("the label that the front matter gives"),
    "body": wording("text"),
    "notes": wording("notes"),
    "entries": wording("entries"),
}

_ADDED = {
    "a": frozenset(("noteref", "backlink", "xref")),
    "p": frozenset(("box-label",)),
    "span": frozenset((NUMBER, "section-number")),
}
"""By their tag the classes of elements that compose adds."""
_NOTHING: frozenset[str] = frozenset()

_BRACKETS = "《》〈〉"
_NUMERALS = "0-9０-９〇零○一二三四五六七八九十百千两兩廿卅壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_NUMBER = rf"(?:[{_NUMERALS}]{{1,8}}(?:[.．][{_NUMERALS}]{{1,4}}){{0,3}})"
_NUMBERS = rf"(?:{_NUMBER}(?:(?:[—–-]{{1,2}}|[―~～〜至到、,，/／及和与與]){_NUMBER}){{0,3}})"
_PART = rf"(?:[·・]?[上中下]|[·・之-]{_NUMBER}|[（(](?:[上中下]|{_NUMBER})[）)])"
_DIVISION = (
    "(?:部分|单元|單元|回目|乐章|樂章"
    "|[章回节節卷部篇集册冊幕折齣出话話讲講课課辑輯编編场場封天夜日季期则則品帖弹彈])"
)
_APART = (
    "(?:楔子|引子|[自代]?序[章曲幕言]?|尾[声聲]|[终終][章曲]|番外篇?|外[传傳篇]|[后後余餘][话話]|[题題][记記词詞]|[献獻][词詞]|卷首[语語]|卷末[语語]|"
    "致[读讀]者|前言|[后後][记記]|跋|致[谢謝]|(?i:prologue|epilogue|interlude|acknowledge?ments))"
)
_LABEL = (
    rf"(?:第{_NUMBERS}{_DIVISION}(?:[至到和与與、]第{_NUMBER}{_DIVISION})?{_PART}?|(?:卷之?|其|之)(?:{_NUMBERS}|[上中下])"
    rf"|[上中下]{_DIVISION}|附[录錄件](?:[A-Z](?:[.-]?[0-9]{{1,2}})?|{_NUMBERS})?|{_APART}(?:{_PART}|{_NUMBERS})?"
    r"|(?i:chapters?|parts?|book|sections?|volume|appendix|act|lessons?|units?|(?:vol|chap|ch|no|pt|sec)\.)"
    rf"(?:[0-9]{{1,4}}(?:(?:[-–—~/&]|and|to)[0-9]{{1,4}})?|[A-Za-z]{{1,8}})|{_NUMBER})"
)
_MARK = later(r"[：:.．·・‧、|｜]|[—–―-]+")
_LONGEST_LABEL = 30


@cache
def _labels() -> re.Pattern[str]:
    """What a title, without white space, begins with that is a label of its own: 第三章, 一, 番外二.

    Few books need it, and it is long.
    """
    return re.compile(rf"{_LABEL}(?:(?:{_MARK.pattern})?{_LABEL}){{0,2}}")


_RULE = "\ufdd2"
"""Begins what is carried of a variant (`keben.core.variants`); a rule in a title stands in no contents."""


class _Lost(NamedTuple):
    template: str
    part: str
    place: Place
    text: str


def check_source(book: Book, composition: Composition, origins: Mapping[str, str]) -> tuple[Finding, ...]:
    """An error for each kind of thing that a template leaves out; ``origins`` are the templates' paths, by name."""
    documents = {document.name: document for document in composition.documents}
    lost: dict[tuple[str, str], list[_Lost]] = defaultdict(list)
    for each in _lost(book, composition, documents):
        lost[each.template, each.part].append(each)
    unknown = tuple(_unknown(composition, origins))
    return (*unknown, *(_finding(places, origins) for places in lost.values()))


def _lost(book: Book, composition: Composition, documents: Mapping[str, Document]) -> Iterator[_Lost]:
    for chapter in book.chapters:
        if chapter.name in documents:
            yield from _of_chapter(chapter, documents[chapter.name])
    for document in composition.documents:
        if document.kind not in ("titlepage", "contents"):
            continue
        omitted = _omitted(document)
        text = _text(document.root)
        if document.kind == "titlepage" and "title" not in omitted:
            title = composition.metadata.title
            if _squeezed(title) not in text:
                yield _Lost("titlepage.html", "title", Place("book/book.toml"), title)
        if document.kind == "contents" and "entries" not in omitted:
            at = 0
            places = {each.name: place for place, each in enumerate(composition.documents)}
            titled = (each for each in book.chapters if each.title)
            for chapter in sorted(titled, key=lambda each: places.get(each.name, len(places))):
                title = _text_of(chapter.title)
                # Contents have no readings.
                found = max(
                    _find(chapter, text, at), text.find(_text_of(_without_readings(chapter.title)), at)
                )
                at = max(found, at)
                if found < 0 and _RULE not in title:
                    yield _Lost("contents.html", "entries", Place(chapter.path), title)


def _of_chapter(chapter: Chapter, document: Document) -> Iterator[_Lost]:
    omitted = _omitted(document)
    text = _text(document.root)
    place = Place(chapter.path)
    body, title = _text_of(chapter.body), _text_of(chapter.title)
    notes = [(note, _text_of(note.body)) for note in chapter.notes]
    if "body" not in omitted and body not in text:
        for line, block in _missing(chapter.body, text):
            yield _Lost("chapter.html", "body", Place(chapter.path, line), block)
    for note, said in notes:
        if "notes" not in omitted and said not in text:
            yield _Lost("chapter.html", "notes", Place(chapter.path, note.line), said)
    # What the body says does not stand for a title that is left out. It stands behind the title, which may begin so.
    around = text
    for said in (*(said for _, said in reversed(notes)), body):
        at = around.rfind(said)
        around = around if at < 0 else around[:at] + around[at + len(said) :]
    if "title" not in omitted and _find(chapter, around) < 0:
        yield _Lost("chapter.html", "title", place, title)
    if chapter.label and "label" not in omitted and _squeezed(chapter.label) not in around:
        yield _Lost("chapter.html", "label", place, chapter.label)


def _find(chapter: Chapter, text: str, at: int = 0) -> int:
    """Where a chapter's title stands in a text from an offset on; −1: it does not.

    The label that it begins with, a number or 番外, may stand before it. Then the mark between the two is not printed.
    """
    title = _text_of(chapter.title)
    found = text.find(title, at)
    if found < 0 and chapter.label is None:
        for length in range(1, min(len(title), _LONGEST_LABEL)):
            label = text.find(title[:length], at) if _labels().fullmatch(title, 0, length) else -1
            mark = _MARK.match(title, length)
            for end in (length, mark.end()) if mark and label >= 0 else (length,) if label >= 0 else ():
                found = max(found, text.find(title[end:], label + length) if end < len(title) else -1)
    return found


def _without_readings(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(
        node.with_children(_without_readings(node.children)) if isinstance(node, Element) else node
        for node in nodes
        if not isinstance(node, Element) or node.tag not in ("rt", "rp")
    )


def _missing(nodes: tuple[Node, ...], text: str) -> Iterator[tuple[int, str]]:
    """The blocks that do not stand in a text in their order, each with its line."""
    at = 0
    for node in nodes:
        block = _text_of((node,))
        found = text.find(block, at)
        if found < 0:
            yield node.line if isinstance(node, Element) else 0, block
        else:
            at = found + len(block)


def _text(root: Element) -> str:
    return _text_of((root,))


def _text_of(nodes: tuple[Node, ...]) -> str:
    """The text of nodes without white space and without what compose adds."""
    return _squeezed("".join([text for node in nodes for text in _texts(node)]))


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    if node.tag == TAG:
        yield text_of(node)
        return
    if node.tag in ("rp", "svg") or node.classes & _ADDED.get(node.tag, _NOTHING):
        return
    first = True
    for child in node.children:
        is_number = isinstance(child, Element) and "number" in child.classes
        if not (node.tag == "figcaption" and first and is_number):
            yield from _texts(child)
        first = first and not isinstance(child, Element)


def _squeezed(text: str) -> str:
    squeezed = "".join(text.split())
    # Four times as fast as `str.translate`, which looks each character up.
    for bracket in _BRACKETS:
        squeezed = squeezed.replace(bracket, "")
    return squeezed


def _omitted(document: Document) -> frozenset[str]:
    return frozenset(name for node in walk(document.root) for name in node.get(OMIT).split())


def _unknown(composition: Composition, origins: Mapping[str, str]) -> Iterator[Finding]:
    kinds = {"titlepage": "titlepage.html", "contents": "contents.html", "colophon": "colophon.html"}
    reported: set[tuple[str, str]] = set()
    for document in composition.documents:
        template = kinds.get(document.kind, "chapter.html")
        parts = _PARTS.get(template, ())
        for name in sorted(_omitted(document) - {*parts}):
            if (template, name) in reported:
                continue
            reported.add((template, name))
            message = wording(
                "`{omit}` names “{name}”, which is nothing that this template has to print.",
                omit=OMIT,
                name=name,
            )
            advice = (
                wording("It can name {parts}.", parts=series(parts)) if parts else wording("Take it out.")
            )
            yield Finding(Place(_path(template, origins)), "unknown-omit", message, advice)


def _finding(lost: list[_Lost], origins: Mapping[str, str]) -> Finding:
    first = lost[0]
    path = _path(first.template, origins)
    count = wording("{count} places, the first of them ", count=len(lost)) if len(lost) > 1 else ""
    message = wording(
        "This template leaves out {say} of {count}{place}: “{text}”.",
        say=_SAY[first.part],
        count=count,
        place=first.place,
        text=cut(first.text),
    )
    if path.startswith("default:"):
        return Finding(Place(path), "left-out", message, FAULT)
    wanted = "entries" if first.part == "entries" else f"chapter.{first.part}"
    value = "book.title" if first.template == "titlepage.html" else wanted
    advice = wording(
        "Print `{{{{ {value} }}}}` in it, or `{{{{ super() }}}}` in the block; "
        "if that is meant, put `{omit}` on an element of it.",
        value=value,
        omit=f'{OMIT}="{first.part}"',
    )
    return Finding(Place(path), "left-out", message, advice)


def _path(template: str, origins: Mapping[str, str]) -> str:
    return origins.get(template, f"templates/{template}")
