"""What an input method or a word processor leaves in a manuscript: Markdown's signs in full width, marks in half width.

Reported once a chapter each, and printed as it is written: what was meant is the author's to say.
"""

import re

from keben.core.patterns import later
from keben.core.saying import marked, wording
from keben.markdown.dialects import Dialect, Pattern

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WIDE = r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e“”‘’…—\U00020000-\U0003ffff]"

_BEFORE = rf"(?:{_HAN}|[”’』」）》])"
_LABEL = r"[^\[\]［］【】\n]{1,40}"
_BASE = r"[^{}｛｝|｜\n]{1,20}"
_READING = r"[^{}｛｝\n]{1,40}"

HEADING = Dialect(
    "wide-heading",
    marked("“{text}” begins no heading, and is printed as it is written"),
    wording("Write “## ” in half width, with a space."),
)
QUOTATION = Dialect(
    "wide-quotation",
    marked("“{text}” begins no quotation, and is printed as it is written"),
    wording("Write “> ” in half width."),
)
NOTE = Dialect(
    "wide-note",
    marked("“{text}” calls no note, and is printed as it is written"),
    wording("Write [^1] in half width."),
)
EMPHASIS = Dialect(
    "wide-emphasis",
    marked("“{text}” is not emphasis, and is printed as it is written"),
    wording("Write **…** in half width."),
)
RUBY = Dialect(
    "wide-ruby",
    marked("“{text}” is not a reading, and is printed as it is written"),
    wording("Write {字|zì} in half width."),
)
CODE = Dialect(
    "wide-code",
    marked("“{text}” is not code, and is printed as it is written"),
    wording("Write `…` in half width."),
)
LINK = Dialect(
    "wide-link",
    marked("“{text}” is neither a link nor a picture, and is printed as it is written"),
    wording("Write [text](address) in half width."),
)
TABLE = Dialect(
    "wide-table",
    marked("“{text}” is not a row of a table, and is printed as it is written"),
    wording("Write | in half width."),
)
QUOTES = Dialect(
    "straight-quotes",
    marked("The quotation mark {text} is straight, and is printed as it is written in every edition"),
    wording("Write “ and ”, or 「 and 」."),
)
MIXED_QUOTES = Dialect(
    "mixed-quotes",
    marked("The quotation mark {text} is straight, and is taken for the other one of a curly pair"),
    wording("Write “ and ” for both."),
)
HALF_WIDTH = Dialect(
    "half-width-mark",
    marked("“{text}” has a mark in half width beside Chinese, and is printed as it is written"),
    wording("Write it in full width: ， 。 ： ； ！ ？."),
)
DOTS = Dialect(
    "ascii-dots",
    marked("“{text}” is not an ellipsis, and is printed as it is written"),
    wording("Write “……”."),
)
DASH = Dialect(
    "ascii-dash",
    marked("“{text}” is not a dash, and is printed as it is written"),
    wording("Write “——”."),
)
INDENT = Dialect(
    "indented-prose",
    marked("“{text}” is code, as four spaces begin its line"),
    wording("Take the spaces out: paragraphs are indented by the theme."),
)
GAP = Dialect(
    "skipped-space",
    marked("“{text}” begins no heading, and is printed as it is written"),
    wording("Put a space behind the “#”."),
)

LIST = Dialect(
    "wide-space",
    marked("“{text}” begins no item of a list, and is printed as it is written"),
    wording("Put a space in half width behind the mark."),
)
DEFINITION = Dialect(
    "wide-colon", marked("“{text}” defines no note"), wording("Write “:” in half width behind the bracket.")
)

SLIPS = (
    Pattern(
        LIST,
        ("-\u3000", "*\u3000", "+\u3000", "－", ".\u3000", ")\u3000"),
        later(r"^(?:[-*+]\u3000|－[ \u3000]|[0-9]{1,3}[.)]\u3000)[^\n]{0,20}", re.MULTILINE),
    ),
    Pattern(QUOTES, "'", later(rf"(?<![A-Za-z0-9'])'(?={_HAN}[^'\n‘’]{{0,80}}')")),
    Pattern(HEADING, "＃", later(r"^[＃#]{0,5}＃[＃#]{0,5}[ \t\u3000]*[^\n]{0,20}", re.MULTILINE)),
    Pattern(GAP, "#", later(rf"^#{{1,6}}(?:\u3000|{_WIDE})[^\n]{{0,20}}", re.MULTILINE)),
    Pattern(QUOTATION, "＞", later(r"^＞[^\n]{0,20}", re.MULTILINE)),
    Pattern(
        NOTE,
        "^＾",
        later(
            rf"[［【][\^＾]{_LABEL}[\]］】]|\[(?:\^{_LABEL}[］】]|＾{_LABEL}[\]］】])",
        ),
    ),
    Pattern(EMPHASIS, "＊", later(r"[＊*]{0,2}＊[＊*]{0,2}(?![＊*\s])[^＊*\n]{1,60}(?<!\s)[＊*]{1,3}")),
    Pattern(
        RUBY,
        "｛｝｜",
        later(
            rf"｛{_BASE}[|｜]{_READING}[}}｝]|\{{{_BASE}[|｜]{_READING}｝|\{{{_BASE}｜{_READING}\}}",
        ),
    ),
    Pattern(CODE, "｀", later(r"[`｀]{0,2}｀[^`｀\n]{1,60}[`｀]")),
    Pattern(
        LINK,
        "］（",
        later(
            r"[!！]?(?:［[^\[\]［］\n]{1,60}[］\]]|\[[^\[\]［］\n]{1,60}］)[(（][^()（）\n]{1,100}[)）]"
            r"|[!！]?\[[^\[\]\n]{1,60}\]（(?=[#./A-Za-z])[!-~]{1,100}）"
        ),
    ),
    Pattern(TABLE, "｜", later(r"^｜[^\n｜]{0,40}｜[^\n]{0,20}", re.MULTILINE)),
    Pattern(
        HALF_WIDTH,
        ",.;:!?",
        later(
            rf"{_BEFORE}[,;:!?](?![!#-&(-~])|{_BEFORE}\.(?![!#-&(-~])|(?<={_WIDE})[,.;:!?]{_HAN}",
        ),
    ),
    Pattern(
        DOTS,
        ("...", "。。", "···", "・・・", "．．"),
        later(
            rf"(?<={_WIDE})\.{{3,}}|(?<![.\w])\.{{3,}}(?={_WIDE})|。{{2,}}|·{{3,}}|・{{3,}}|．{{2,}}",
        ),
    ),
    Pattern(
        DASH, ("--", "－－"), later(rf"(?<={_WIDE})-{{2,}}|(?<![-A-Za-z0-9])-{{2,}}(?={_WIDE})|－{{2,}}")
    ),
)
"""Kinds that are seen in the text of a paragraph. Each form looks a bounded way."""

_PROSE = later(rf"{_HAN}")
_CODE_SIGNS = later(r"[A-Za-z0-9_$(){}\[\]<>=+*/\\|#;&%@~^`]")
_SENTENCE = later(r"[，。！？；：“”、…]|——")


def reads_like_prose(code: str) -> bool:
    """Whether an indented block is a paragraph of Chinese rather than code: sentences, and hardly a sign of code."""
    letters = len(_PROSE.findall(code))
    return (
        letters >= 4
        and letters > 4 * len(_CODE_SIGNS.findall(code))
        and bool(_SENTENCE.search(code) or letters >= 12)
    )


def straight_quotes(text: str, meant: dict[int, str]) -> list[int]:
    """Where straight double marks stand among Chinese that pair with none that is curly, in a paragraph's text."""
    if '"' not in text:
        return []
    wide = re.compile(_WIDE)
    found: list[int] = []
    inside = False
    last = 0
    for match in re.finditer('"', text):
        at = match.start()
        if at in meant:
            continue
        near = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        if wide.search(near) or (inside and wide.search(text, last, at)):
            found.append(at)
        inside, last = not inside, at
    return found
