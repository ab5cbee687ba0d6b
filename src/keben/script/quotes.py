"""Quotation marks by edition, with a stack (CLREQ 5.2; GB/T 15834—2011, 4.8; Taiwan MOE 2008).

“ ” and ‘ ’ are outer and inner in Simplified, 「 」 and 『 』 in Traditional. A mark's depth decides what it becomes,
and not which one it was. An apostrophe, straight marks and the marks of Latin text (`keben.core.latinmarks`) stay; a ’
between two Latin letters is taken for an apostrophe. A straight mark that pairs with a curly one is taken for its
partner (`keben.core.straight`). Each mark is one character before and after.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from itertools import accumulate

from keben.core.edition import Quotes
from keben.core.latinmarks import latin_marks
from keben.core.straight import meant_marks
from keben.core.values import dataclass
from keben.script.runs import Block, with_texts

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_FORMS = {"corner": ("「」", "『』"), "curly": ("“”", "‘’")}
_INNER = "‘『"
_MARK = re.compile(f"[{''.join([*_PAIRS, *_CLOSERS])}]")


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A mark that is not paired: which text it is in, and where."""

    leaf: int
    offset: int
    line: int


@dataclass(slots=True)
class QuotationMarks:
    """Sets the quotation marks of texts that follow one another, and notes which do not balance."""

    form: Quotes
    open: list[tuple[str, int, int]] = field(default_factory=list)
    """Openers that wait for their closers, outermost first: mark, text and offset."""
    stray: list[tuple[int, int]] = field(default_factory=list)
    """Closers that nothing had opened: text and offset."""
    restarts: bool = False
    """Whether an opener inside of the same one begins again, because the first was never closed."""
    unclosed: list[tuple[str, int, int]] = field(default_factory=list)
    """Openers that such an opener followed."""

    def text(
        self,
        text: str,
        before: str = "",
        after: str = "",
        leaf: int = 0,
        latin: Collection[int] = (),
    ) -> str:
        """A text with its marks set; ``before`` and ``after`` are the characters around it, or empty.

        ``latin``: the places of marks of Latin text, which stay.
        """

        def placed(match: re.Match[str]) -> str:
            index = match.start()
            if index in latin:
                return match[0]
            left = text[index - 1] if index else before
            right = text[index + 1] if index + 1 < len(text) else after
            return self._mark(match[0], left, right, (leaf, index))

        return _MARK.sub(placed, text)

    def _mark(self, character: str, left: str, right: str, at: tuple[int, int]) -> str:
        if character in _PAIRS:
            if self.restarts and self.open and self.open[-1][0] == character:
                self.unclosed.append(self.open.pop())
            self.open.append((character, *at))
            return self._form(len(self.open) - 1, 0, character)
        if character not in _CLOSERS or (character == "’" and self._is_apostrophe(left, right)):
            return character
        if not self.open or self.open[-1][0] != _CLOSERS[character]:
            self.stray.append(at)
            return self._form(1 if _CLOSERS[character] in _INNER else 0, 1, character)
        self.open.pop()
        return self._form(len(self.open), 1, character)

    def _is_apostrophe(self, left: str, right: str) -> bool:
        if not (left.isascii() and left.isalnum()):
            return False
        return (right.isascii() and right.isalpha()) or not self.open or self.open[-1][0] != "‘"

    def _form(self, depth: int, side: int, as_it_was: str) -> str:
        return as_it_was if self.form == "keep" else _FORMS[self.form][depth % 2][side]


def set_quotes(
    leaves: Sequence[str], blocks: Iterable[Block], form: Quotes
) -> tuple[list[str], tuple[Imbalance, ...]]:
    """A document's texts with their marks set, and an unpaired mark for each block that has one.

    A quotation may go over several paragraphs of one element: each reopens it, and the last closes it.
    """
    waiting: dict[int, tuple[str, Imbalance]] = {}
    changes: list[tuple[Sequence[int], Sequence[str]]] = []
    imbalances: list[Imbalance] = []
    for block in blocks:
        given = [leaves[index] for index in block.leaves]
        texts = _with_meant(given)
        if block.tag == "p" and block.parent in waiting and any(text.strip() for text in texts):
            mark, opened = waiting.pop(block.parent)
            if "".join(texts).lstrip()[:1] != mark:
                imbalances.append(opened)
        marks, made = _set_block(texts, block, form)
        changes.append((block.leaves, given if form == "keep" else made))
        if marks.stray:
            imbalances.append(Imbalance(*marks.stray[0], block.line))
        elif marks.unclosed:
            imbalances.append(Imbalance(*marks.unclosed[0][1:], block.line))
        elif marks.open:
            mark, leaf, offset = marks.open[0]
            if block.tag == "p":
                waiting[block.parent] = (mark, Imbalance(leaf, offset, block.line))
            else:
                imbalances.append(Imbalance(leaf, offset, block.line))
    return with_texts(leaves, changes), (*imbalances, *(opened for _, opened in waiting.values()))


def _set_block(texts: Sequence[str], block: Block, form: Quotes) -> tuple[QuotationMarks, list[str]]:
    """A block's texts with their marks set.

    An opener that is never closed would make inner marks of all that follow. So where a block does not balance, an
    opener inside of the same one is taken for the next quotation, and not for one in the first.
    """
    latin = _latin_of(texts)
    if not any(latin) and _are_simple(texts):
        outer = _FORMS["curly" if form == "keep" else form][0]
        return QuotationMarks(form), [text.replace("“", outer[0]).replace("”", outer[1]) for text in texts]
    for restarts in (False, True):
        marks = QuotationMarks(form, restarts=restarts)
        made = [
            marks.text(text, _last(texts[:position]), _first(texts[position + 1 :]), index, latin[position])
            for position, (index, text) in enumerate(zip(block.leaves, texts, strict=True))
        ]
        if not marks.open and not marks.stray:
            break
    return marks, made


def _are_simple(texts: Sequence[str]) -> bool:
    """Whether a block has no marks but outer ones that are closed before the next one is opened, as most have."""
    marks = "".join(_MARK.findall("".join(texts)))
    return marks == "“”" * (len(marks) // 2)


def _latin_of(texts: Sequence[str]) -> list[frozenset[int]]:
    """The places of Latin text's marks in each text of a block."""
    found = latin_marks("".join(texts), alone=False)
    if not found:
        return [found] * len(texts)
    starts = accumulate((len(text) for text in texts), initial=0)
    return [
        frozenset(at - start for at in found if start <= at < start + len(text))
        for text, start in zip(texts, starts, strict=False)
    ]


def _with_meant(texts: Sequence[str]) -> list[str]:
    """A block's texts with the curly mark for each straight one that pairs with a curly one."""
    meant = meant_marks("".join(texts))
    if not meant:
        return [*texts]
    characters = [meant.get(offset, character) for offset, character in enumerate("".join(texts))]
    ends = list(accumulate(len(text) for text in texts))
    return ["".join(characters[end - len(text) : end]) for text, end in zip(texts, ends, strict=True)]


def partners(mark: str, form: Quotes) -> tuple[str, ...]:
    """What a mark may come out as, where nothing tells which: the form's marks of the same side, the outer first."""
    side = 0 if mark in _PAIRS else 1
    return (mark,) if form == "keep" else (_FORMS[form][0][side], _FORMS[form][1][side])


def set_quotes_alone(text: str, form: Quotes) -> str:
    """Set the marks of a text that stands by itself: a title, an attribute."""
    if form == "keep":
        return text
    meant = _with_meant([text])
    return QuotationMarks(form).text(meant[0], latin=_latin_of(meant)[0])


def _last(texts: Sequence[str]) -> str:
    return next((text[-1] for text in reversed(texts) if text), "")


def _first(texts: Sequence[str]) -> str:
    return next((text[0] for text in texts if text), "")
