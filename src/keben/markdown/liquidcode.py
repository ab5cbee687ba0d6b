"""Code between tags of Jekyll and Hexo: ``{% highlight python %}`` or ``{% codeblock lang:js %}`` up to its end.

Nothing in it is Markdown, as in a fence.
"""

import re

from markdown_it.rules_block import StateBlock

from keben.core.patterns import later

CLOSED = "closed"
"""In the ``meta`` of a block of code whose end was found."""

_OPEN = later(r"\{%-?[ \t]*(highlight|codeblock|prism)\b([^%]*?)-?%\}(.*)")
_RAW = later(r"\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}")
_LANGUAGE = later(r"(?:lang:)?([A-Za-z][\w+#.-]*)")
_WORDS = ("linenos", "linenums")
_SEARCHED = "searched_liquid_code"
"""Where the parser's environment keeps from which line on no end was found, by the tag's name."""


def liquid_code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: what stands between two tags that say that it is code."""
    text = _line(state, start)
    match = _OPEN.fullmatch(text) if text.startswith("{%") and not state.is_code_block(start) else None
    if match is None:
        return False
    close = re.compile(rf"\{{%-?[ \t]*end{match[1]}[ \t]*-?%\}}\Z")
    last = _end(state, match[1], close, match[3], start, end)
    if last < 0:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.markup, token.info = "```", _info(match[2], is_named=match[1] == "codeblock")
        token.content = _content(state, start, last, match[3], close)
        token.map = [start, last + 1]
        token.meta[CLOSED] = True
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _end(state: StateBlock, name: str, close: re.Pattern[str], rest: str, start: int, end: int) -> int:
    """The line that the closing tag ends; -1: there is none."""
    if close.search(rest):
        return start
    searched: dict[tuple[str, int], int] = state.env.setdefault(_SEARCHED, {})
    if searched.get((name, end), end) <= start:
        return -1
    for number in range(start + 1, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return -1
        if close.search(line):
            return number
    searched[name, end] = start
    return -1


def _content(state: StateBlock, start: int, last: int, rest: str, close: re.Pattern[str]) -> str:
    """The code: without the tags, and without those by which Jekyll leaves the code alone."""
    if last == start:
        return f"{_RAW.sub('', close.sub('', rest)).strip()}\n"
    lines = (
        state.getLines(start + 1, last, state.sCount[start], False).split("\n") if last > start + 1 else []
    )
    lines = [rest.strip(), *lines, close.sub("", _line(state, last))]
    if not _RAW.sub("", lines[0]).strip():
        del lines[0]
    if not _RAW.sub("", lines[-1]).strip():
        del lines[-1]
    return "".join(f"{_RAW.sub('', line)}\n" for line in lines if not _RAW.fullmatch(line.strip()))


def _info(words: str, *, is_named: bool) -> str:
    """What a fence would say: the language, and whether lines are numbered.

    The first word of Jekyll's tag is the language; Hexo's names it (``lang:js``), and may say a title.
    """
    parts = words.split()
    language = next((part[5:] for part in parts if part.startswith("lang:")), "")
    if not language and not is_named and parts and _LANGUAGE.fullmatch(parts[0]):
        language = parts[0]
    title = " ".join(part for part in parts if ":" not in part and part not in _WORDS) if is_named else ""
    said = [language.lower(), *(word for word in parts if word in _WORDS)]
    quoted = title.replace('"', "")
    return " ".join((*filter(None, said), *((f'title="{quoted}"',) if quoted else ())))
