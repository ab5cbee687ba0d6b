"""Lets rules look at pages: slips become remarks, with places and edits of the source."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from keben.core.errors import Place
from keben.core.linting import QuoteStyle
from keben.core.saying import wording
from keben.lint.comments import exempt_lines, is_exempt
from keben.lint.garbled import ROUND, garbled_spans
from keben.lint.garbled import RULES as OF_ENCODING
from keben.lint.patterns import is_foreign
from keben.lint.selection import chosen, is_ignored_in
from keben.lint.values import Edit, LintPage, Remark, Rule, Slip
from keben.markdown.passages import ProseBlock

(GARBLED,) = OF_ENCODING

_OF_ANY_LANGUAGE = ("K1", "K52")
"""Rules about signs of Markdown and about characters; the others are about Chinese text."""

_MANY = 10
_MOST = 0.75
"""How many quotation marks of a kind, and which part of all, make it a book's own."""

_LONGEST = 24


def look(pages: Sequence[LintPage]) -> tuple[Remark, ...]:
    """What the rules say of a book's pages, in the order of the pages and of places in them."""
    pages = with_quotes(pages)
    found: list[Remark] = []
    by_book: dict[int, list[tuple[Rule, ProseBlock, Slip]]] = defaultdict(list)
    numbers = {id(page): number for number, page in enumerate(pages)}
    if pages:
        for rule in chosen(pages[0].settings):
            if rule.book_check:
                for page, passage, slip in rule.book_check(pages):
                    by_book[numbers[id(page)]].append((rule, passage, slip))
    for number, page in enumerate(pages):
        found += _Looking(page).remarks(by_book[number])
    return tuple(found)


def with_quotes(pages: Sequence[LintPage]) -> list[LintPage]:
    """Pages whose settings name the quotation marks of the book: those that it has most, where it does not say."""
    by_language = {
        page.language: _usual([one for one in pages if one.language == page.language]) for page in pages
    }
    return [
        page
        if page.settings.quotes != "auto"
        else replace(page, settings=replace(page.settings, quotes=by_language[page.language]))
        for page in pages
    ]


def _usual(pages: Sequence[LintPage]) -> QuoteStyle:
    """The marks that pages in one language have most; ``auto`` where they do not show it."""
    curly = sum(page.text.count("“") for page in pages)
    corner = sum(page.text.count("「") for page in pages)
    if max(curly, corner) < _MANY or max(curly, corner) < _MOST * (curly + corner):
        return "auto"
    return "curly" if curly > corner else "corner"


class _Looking:
    """Looks at one page."""

    def __init__(self, page: LintPage) -> None:
        self.page = page
        self.starts = [0, *(match.end() for match in re.finditer("\n", page.text))]
        self.exempt = exempt_lines(page)
        self.garbled = [
            (passage.offset(start) - ROUND, passage.offset(end) + ROUND)
            for passage in page.prose.passages
            for start, end in garbled_spans(passage.text)
        ]
        self.rules = [
            rule
            for rule in chosen(page.settings)
            if not is_ignored_in(rule, page.below or page.path, page.settings)
            and (not rule.languages or any(tag in page.language for tag in rule.languages))
            and not (page.is_plain and rule.shapes)
        ]

    def remarks(self, of_book: Iterable[tuple[Rule, ProseBlock, Slip]]) -> list[Remark]:
        found = [
            remark for rule, passage, slip in of_book for remark in self._of_passage(rule, passage, slip)
        ]
        for rule in self.rules:
            if rule.page_check:
                for slip in rule.page_check(self.page):
                    edits = () if slip.better is None else (Edit(slip.start, slip.end, slip.better),)
                    found += self._remark(rule, slip, slip.start, slip.end, edits)
        for passage in self.page.prose.passages:
            foreign, characters = is_foreign(passage.text), set(passage.text)
            for rule in self.rules:
                if foreign and not rule.number.startswith(_OF_ANY_LANGUAGE):
                    continue
                if rule.check and (not rule.triggers or not characters.isdisjoint(rule.triggers)):
                    for slip in rule.check(passage, self.page):
                        found += self._of_passage(rule, passage, slip)
        unique = {(one.rule.number, one.place, one.end): one for one in reversed(found)}
        return sorted(unique.values(), key=lambda one: (one.place, one.rule.number))

    def _of_passage(self, rule: Rule, passage: ProseBlock, slip: Slip) -> Iterator[Remark]:
        """A remark about a piece of a passage; an edit has to be one of prose alone."""
        start = passage.offset(slip.start)
        end = max(passage.offset(slip.end - 1) + 1 if slip.end > slip.start else start, start)
        yield from self._remark(rule, slip, start, end, _edits(passage, slip))

    def _remark(
        self, rule: Rule, slip: Slip, start: int, end: int, edits: tuple[Edit, ...]
    ) -> Iterator[Remark]:
        line, column = self._place(start)
        if rule is not GARBLED and any(first <= start < last for first, last in self.garbled):
            return
        if is_exempt(rule, line - 1, self.exempt):
            return
        written = self.page.text[start:end]
        message = wording(
            rule.message,
            text=_shown(written),
            better=_shown(slip.better or ""),
            about=slip.about or _shown(written),
        )
        is_certain = rule.fix == "certain" if slip.is_certain is None else slip.is_certain
        yield Remark(
            rule,
            Place(self.page.path, line, column),
            self._place(end),
            written,
            message,
            edits,
            is_certain and bool(edits) and not (bool(self.garbled) and rule.doubts_garbled),
        )

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def _edits(passage: ProseBlock, slip: Slip) -> tuple[Edit, ...]:
    """The edits of the source that make a piece of a passage what it should be; none where it is not all prose."""
    if slip.better is None:
        return ()
    old, new = passage.text[slip.start : slip.end], slip.better
    if len(old) == len(new):
        pieces = [(at, at + 1, new[at]) for at in range(len(old)) if old[at] != new[at]]
    else:
        head = next(
            (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
            min(len(old), len(new)),
        )
        most = min(len(old), len(new)) - head
        tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
        if old and head + tail == len(old):  # What stands beside an insertion says where it belongs.
            head, tail = (head - 1, tail) if head else (head, tail - 1)
        pieces = [(head, len(old) - tail, new[head : len(new) - tail])]
    edits = []
    for start, end, text in pieces:
        span = passage.span(slip.start + start, slip.start + end)
        if span is None:
            return ()
        edits.append(Edit(*span, text))
    return tuple(edits)


def _shown(text: str) -> str:
    """A piece of text as a message shows it: in one line, and not too long; what shows nothing by its code."""
    line = text.replace("\n", "⏎").replace("\t", "⇥")
    line = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad\u00a0\u3000\ufffd\ue000-\uf8ff\x00-\x1f]", _code, line)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _code(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"
