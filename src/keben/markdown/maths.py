r"""LaTeX mathematics: kept as it is written, so that nothing in it is taken for Markdown.

Inline it stands between ``$`` signs by Pandoc's rule (no space inside the signs, no digit behind the closing one), or
between ``$$``, ``\(`` and ``\)``, ``\[`` and ``\]``; as a block between lines of these, or in an environment of
LaTeX's. Prices ($5 and $6) and names of variables ($HOME) are text.
"""

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from keben.core.patterns import later
from keben.markdown.braces import looks_like_attributes, read_braces, set_attributes

_SIGNS = later(r"\\[()\[\]]|\\.|`+|\$\$|\$", re.DOTALL)
_TEXT = later(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uffee\u3001-\u303f]")
_LOOKS_SO = later(r"(?<!\\)(?:\\[A-Za-z]|[_^=])")
"""A command, or an operator that is not escaped as Markdown has it."""
_ENVIRONMENT = later(r"\\begin\{([A-Za-z]+\*?)\}")
_PAIRS = {"\\(": "\\)", "\\[": "\\]"}
_FENCES = {"$$": "$$", "\\[": "\\]"}
_BRACES = later(r"(?<=[$\])}])[ \t]*(\{[^{}\n]*\})[ \t]*\n*\Z")
"""What a formula's last line says behind its sign: ``{#eq-a}``."""

REFERENCE = later(r"\\(?:eq)?ref\{([^{}\s]{1,80})\}")
"""LaTeX's reference to a formula by its label."""

_UNCLOSED = "unclosed_maths"
"""Where the parser's environment keeps the block's signs that nothing closes in the rest of the text."""


def maths_in(source: str) -> dict[int, int]:
    """Where formulas begin in an inline text, and where each ends. Takes time in proportion to the text's length."""
    if "$" not in source and "\\" not in source:
        return {}
    signs = _written(source)
    texts = [match.start() for match in _TEXT.finditer(source)]
    slashes = [match.start() for match in re.finditer(r"\\", source)]
    operators = [match.start() for match in re.finditer(r"[_^=+*/<>]", source)]
    stops = [match.start() for match in re.finditer("[，。；：！？、]", source)]

    def is_prose(start: int, end: int) -> bool:
        """Chinese is text between two signs of money, unless it is divided by operators and not by punctuation."""
        if not _between(texts, start, end) or _between(slashes, start, end):
            return False
        return _between(stops, start, end) or not _between(operators, start, end)

    spans: dict[int, int] = {}
    closers = _closers(source, signs)
    reached = 0
    for index, (start, sign) in enumerate(signs):
        end = closers[index]
        if start < reached or end < 0:
            continue
        inner = source[start + len(sign) : end - len(_PAIRS.get(sign, sign))] if end - start < 4000 else "x"
        if not inner.strip() or is_prose(start + len(sign), end - len(sign)):
            continue
        if sign in _PAIRS and not _LOOKS_SO.search(inner):
            continue
        spans[start] = reached = end
    return spans


def without_signs(written: str) -> str:
    """The LaTeX of a formula that is written with its signs; that of an environment, which has none, as it is."""
    for opening, closing in (("$$", "$$"), ("$", "$"), *_PAIRS.items()):
        if written.startswith(opening) and written.endswith(closing) and len(written) >= 2 * len(opening):
            return written[len(opening) : -len(closing)].strip()
    return written


def maths(state: StateInline, silent: bool) -> bool:
    """Inline rule: a formula with its signs."""
    if state.src[state.pos] not in "$\\":
        return False
    if reference := REFERENCE.match(state.src, state.pos, state.posMax):
        if not silent:
            state.push("maths", "", 0).content = reference[0]
        state.pos = reference.end()
        return True
    spans = getattr(state, "maths", None)
    if spans is None:
        spans = state.maths = maths_in(state.src)  # type: ignore[attr-defined]
    end = spans.get(state.pos, -1)
    if end < 0 or end > state.posMax:
        return False
    if not silent:
        token = state.push("maths", "", 0)
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def maths_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a formula in lines of its own, or an environment."""
    first = state.bMarks[start] + state.tShift[start]
    line = state.src[first : state.eMarks[start]].rstrip()
    if not line or line[0] not in "$\\" or state.is_code_block(start):
        return False
    last = _last_line(state, line, start, end)
    if last < 0:
        return False
    if not silent:
        token = state.push("maths_block", "", 0)
        content = state.getLines(start, last + 1, state.sCount[start], True)
        if braces := _BRACES.search(content):
            set_attributes(token, read_braces(braces[1][1:-1]))
        token.content = content[: braces.start()] + "\n" if braces else content
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _last_line(state: StateBlock, line: str, start: int, end: int) -> int:
    """The line that closes a block of mathematics which a line may begin; -1 if it begins none."""
    opening = next((sign for sign in _FENCES if line.startswith(sign)), "")
    environment = _ENVIRONMENT.match(line)
    if environment:
        closing, skipped = f"\\end{{{environment[1]}}}", environment.end()
    elif opening:
        closing, skipped = _FENCES[opening], len(opening)
    else:
        return -1
    unclosed: set[str] = state.env.setdefault(_UNCLOSED, set())
    if closing in unclosed:
        return -1
    for number in range(start, end):
        if number > start and state.sCount[number] < state.blkIndent:
            return -1
        text = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        at = text.find(closing, skipped if number == start else 0)
        if at >= 0:
            # What stands behind a formula makes it a part of a paragraph.
            rest = text[at + len(closing) :].strip()
            return number if not rest or looks_like_attributes(rest) else -1
        if not text and not environment:
            return -1
    unclosed.add(closing)
    return -1


def _written(source: str) -> list[tuple[int, str]]:
    """The signs of an inline text that may begin or end a formula, outside of code: where, and which."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer(r"`+", source):
        runs.setdefault(len(run[0]), []).append(run.start())
    signs: list[tuple[int, str]] = []
    position = 0
    while match := _SIGNS.search(source, position):
        position = match.end()
        sign = match[0]
        if sign[0] == "`":
            same = runs.get(len(sign), [])
            after = bisect_left(same, position)
            if after < len(same):
                position = same[after] + len(sign)
        elif sign[0] == "$" or sign in ("\\(", "\\)", "\\[", "\\]"):
            signs.append((match.start(), sign))
    return signs


def _closers(source: str, signs: list[tuple[int, str]]) -> list[int]:
    """For each sign the end of the formula that it would begin; -1: it begins none."""
    nearest: dict[str, int] = {}
    ends = [-1] * len(signs)
    for index in range(len(signs) - 1, -1, -1):
        start, sign = signs[index]
        after = start + len(sign)
        wanted = _PAIRS.get(sign, sign)
        if sign not in _PAIRS.values() and (sign != "$" or _can_open(source, start)):
            ends[index] = nearest.get(wanted, -1)
        if sign != "$" or _can_close(source, start):
            nearest[sign] = after
    return ends


def _can_open(source: str, at: int) -> bool:
    before, after = source[at - 1 : at], source[at + 1 : at + 2]
    return bool(after) and not after.isspace() and not (before.isascii() and before.isalpha())


def _can_close(source: str, at: int) -> bool:
    before, after = source[at - 1 : at], source[at + 1 : at + 2]
    return bool(before) and not before.isspace() and not (after.isascii() and after.isalnum())


def _between(positions: list[int], start: int, end: int) -> bool:
    index = bisect_left(positions, start)
    return index < len(positions) and positions[index] < end
