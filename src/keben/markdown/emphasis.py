"""Emphasis beside Chinese marks: ``说**“好”**了`` is strong, which CommonMark by itself would print with its stars.

CommonMark lets a run of ``*`` open or close by the white space and punctuation around it, which fits text with
spaces between words. The amendment is that of https://github.com/tats-u/markdown-cjk-friendly (rules 2a to 2c):
full-width punctuation counts as a letter, and a full-width character beside the run counts as a space. A variant
counts as a Chinese character.
"""

import unicodedata
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from keben.markdown.loosestars import LOOSE_STARS, loose_pairs
from keben.markdown.notation import begins_variant, ends_variant

_CHARACTER = "字"
"""What a variant counts as."""


class ChineseInline(ParserInline):
    """markdown-it's inline parser with `ChineseState` in place of its own."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse ``src`` into ``tokens``."""
        state = ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class ChineseState(StateInline):
    """markdown-it's inline state with flanking rules for Chinese."""

    loose: Mapping[int, bool] | None = None
    """Stars that begin and end strong text although a space stands inside of them, once they have been looked for."""

    maths: dict[int, int] | None = None
    """Where formulas begin and end, once they have been looked for: see `keben.markdown.maths`."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's names
        """Whether the run of markers at ``start`` can open or close emphasis, and its length."""
        if self.src.startswith("**", start) and (begins := self._is_loose(start)) is not None:
            return Scanned(begins, not begins, 2)
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if before == "-" and ends_variant(self.src, start):
            before = _CHARACTER
        if after == "-" and begins_variant(self.src, end, self.posMax):
            after = _CHARACTER
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        wide_before, wide_after = _is_wide(before), _is_wide(after)
        mark_before, mark_after = isPunctChar(before), isPunctChar(after)
        left = not space_after and (
            not mark_after or wide_after or space_before or mark_before or wide_before
        )
        right = not space_before and (
            not mark_before or wide_before or space_after or mark_after or wide_after
        )
        return Scanned(
            left and (canSplitWord or not right or mark_before),
            right and (canSplitWord or not left or mark_after),
            end - start,
        )

    def _is_loose(self, start: int) -> bool | None:
        """Whether the stars here begin such a text, or end one; None: neither."""
        if self.loose is None:
            self.loose = loose_pairs(self.src) if self.md.options.get(LOOSE_STARS) else {}
        return self.loose.get(start)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
