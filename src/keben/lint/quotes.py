"""Quotation marks: straight, unpaired, turned round, nested in their own kind, or of another region."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from keben.core.saying import marked, wording
from keben.core.straight import meant_marks
from keben.lint.patterns import HAN, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock
from keben.markdown.slips import straight_quotes

GB = "GB/T 15834—2011"

_STYLES = {"curly": ("“”", "‘’"), "corner": ("「」", "『』")}
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_MARKS = re.compile("[“”‘’「」『』]")
_INNER = {"“": "‘’", "‘": "“”", "「": "『』", "『": "「」"}


def marks_of(page: LintPage) -> tuple[str, str]:
    """The outer and the inner pair of quotation marks of a page, by its settings, else by its region."""
    style = page.settings.quotes
    if style == "auto":
        style = "curly" if page.is_simplified else "corner"
    return _STYLES[style]


def _straight(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    text = passage.text.replace("＂", '"')
    if '"' not in text:
        return
    meant = meant_marks(text)
    found = set(straight_quotes(text, meant))
    marks = [match.start() for match in re.finditer('"', text) if match.start() not in meant]
    outer, inner = marks_of(page)
    is_even = len(marks) % 2 == 0
    depths = _depths(text)
    for opener, closer in zip(marks[::2], marks[1::2], strict=False):
        if not found & {opener, closer}:
            continue
        depth = depths[opener]
        pair = (outer, inner)[depth % 2]
        sure = is_even and depth == 0 and _is_pair(text, opener, closer)
        for at, mark in ((opener, pair[0]), (closer, pair[1])):
            yield Slip(at, at + 1, mark if is_even else None, sure)
    if not is_even and marks[-1] in found and not text[marks[-1] - 1 : marks[-1]].isdigit():
        yield Slip(marks[-1], marks[-1] + 1)


def _depths(text: str) -> list[int]:
    """How many outer quotations are open before each character."""
    changes = ((mark in "“「") - (mark in "”」") for mark in text)
    return [max(depth, 0) for depth in accumulate(changes, initial=0)]


def _is_pair(text: str, opener: int, closer: int) -> bool:
    """Whether two straight marks stand as the marks of a quotation do."""
    inside = text[opener + 1 : closer]
    before, after = text[opener - 1 : opener], text[closer + 1 : closer + 2]
    return (
        inside.strip() != ""
        and re.search(HAN, text[max(opener - 1, 0) : closer + 2]) is not None
        and "\n" not in inside
        and inside[0] not in " ，。！？；、：,.!?;"
        and inside[-1] not in " ：（“「"
        and not before.isdigit()
        and not re.search(
            r"(?:^|\s)--?[A-Za-z][A-Za-z-]*[ =]$|[A-Za-z_]=$", text[max(opener - 24, 0) : opener]
        )
        and after not in ("“", "「")
    )


def _mixed(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    for at, mark in meant_marks(passage.text).items():
        yield Slip(at, at + 1, mark)


def _turned(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    """Curly marks of which some point the wrong way: the pairs are clear where their number is even."""
    text = passage.text
    marks = [match.start() for match in re.finditer("[“”]", text)]
    wanted = ["“”"[number % 2] for number in range(len(marks))]
    if len(marks) % 2 or all(text[at] == mark for at, mark in zip(marks, wanted, strict=True)):
        return
    if _is_balanced(text, marks):
        return
    for at, mark in zip(marks, wanted, strict=True):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if (mark == "“" and after in "，。！？；、）") or (mark == "”" and before in "：（，"):
            return
    yield from (Slip(at, at + 1, mark) for at, mark in zip(marks, wanted, strict=True) if text[at] != mark)


def _is_balanced(text: str, marks: Sequence[int]) -> bool:
    depth = 0
    for at in marks:
        depth += 1 if text[at] == "“" else -1
        if depth < 0:
            return False
    return depth == 0


def _unpaired(page: LintPage) -> Iterator[Slip]:
    passages = page.prose.passages
    for passage, following in pairwise((*passages, None)):
        if passage is None or not _MARKS.search(passage.text) or any(_turned(passage, page)):
            continue
        following_mark = following.text.lstrip(" \u3000")[:1] if following else ""
        for at in _lonely(passage.text, following_mark):
            span = passage.span(at, at + 1)
            if span:
                yield Slip(*span)


def _lonely(text: str, following: str) -> Iterator[int]:
    """Unpaired marks. A quotation goes on where the next paragraph opens it again (GB/T 15834, 4.8)."""
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in _PAIRS:
            opened.append(at)
            continue
        if mark == "’" and not any(text[each] == "‘" for each in opened):
            if not _is_apostrophe(text, at):
                yield at
            continue
        partner = next((each for each in reversed(opened) if text[each] == _CLOSERS[mark]), None)
        if partner is None:
            yield at
            continue
        yield from (each for each in opened if each > partner and not _is_elided(text, each))
        opened = [each for each in opened if each < partner]
    yield from (at for at in opened if text[at] != following)


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at - 1 : at].isascii() and text[at - 1 : at].isalnum()


def _is_elided(text: str, at: int) -> bool:
    return text[at] == "‘" and text[at + 1 : at + 2].isascii()


def _nested(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    text = passage.text
    if any(True for _ in _lonely(text, "")):
        return
    opened: list[int] = []
    for match in _MARKS.finditer(text):
        if match[0] in _PAIRS:
            opened.append(match.start())
        elif opened and text[opened[-1]] == _CLOSERS[match[0]]:
            start = opened.pop()
            if opened and text[opened[-1]] == text[start]:
                pair = _INNER[text[start]]
                yield Slip(start, start + 1, pair[0])
                yield Slip(match.start(), match.end(), pair[1])


def _regional(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    outer, inner = marks_of(page)
    others = _STYLES["corner" if outer == "“”" else "curly"]
    better = dict(zip("".join(others), outer + inner, strict=True))
    if others[0][0] == "“" and not re.search(HAN, passage.text):
        return
    for match in re.finditer(f"[{''.join(others)}]", passage.text):
        if match[0] != "’" or not _is_apostrophe(passage.text, match.start()):
            yield Slip(match.start(), match.end(), better[match[0]])


def _single_outer(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    text = passage.text
    depths = _depths(text)
    for match in re.finditer(rf"(?<![A-Za-z0-9])‘(?P<in>[^‘’\n“”]*{HAN}[^‘’\n“”]*)’", text):
        if depths[match.start()] == 0:
            yield Slip(match.start(), match.start() + 1, "“")
            yield Slip(match.end() - 1, match.end(), "”")


RULES = (
    Rule(
        "K301",
        "straight-quote",
        marked("The quotation mark {text} is straight"),
        wording(
            "A straight mark does not say whether it opens or closes, has no full-width "
            "form, and stays as it is in every edition."
        ),
        wording("{gb}, 4.8 and 5.1.3; CLREQ, Quotation marks", gb=GB),
        fix="certain",
        wrong=(('他说："走吧。"', "他说：“走吧。”"), ('他说："走吧。', None)),
        right=('屏幕是15"的。', "“走吧。”", 'print("a")'),
        check=_straight,
        triggers='"＂',
    ),
    Rule(
        "K302",
        "mixed-quote",
        marked("The quotation mark {text} is straight, and the one that it pairs with is not"),
        wording("A slip of the keyboard."),
        f"{GB}, 4.8",
        fix="certain",
        wrong=(('“你去哪里？"她问。', "“你去哪里？”她问。"),),
        right=("“你去哪里？”她问。",),
        check=_mixed,
        triggers="\"'",
    ),
    Rule(
        "K303",
        "unpaired-quote",
        marked("The quotation mark {text} is not paired"),
        wording(
            "A reader does not see where the quotation ends. A quotation of several "
            "paragraphs opens in each of them, and closes once."
        ),
        f"{GB}, 4.8",
        wrong=(("他说：“走吧。", None), ("走吧。”他说。", None)),
        right=("“第一段。\n\n“第二段。”", "他说：“走‘正道’。”", "It’s 好。"),
        page_check=_unpaired,
    ),
    Rule(
        "K304",
        "turned-quote",
        marked("The quotation mark {text} points the wrong way. Write “{better}”"),
        wording("A word processor chooses by the space before it, and Chinese text has no such space."),
        f"{GB}, 4.8",
        fix="offered",
        wrong=(("他说：”走吧。”", "他说：“走吧。”"), ("他说：“走吧。“", "他说：“走吧。”")),
        right=("他说：“走吧。”",),
        check=_turned,
        triggers="“”",
    ),
    Rule(
        "K305",
        "nested-quote",
        marked("The quotation mark {text} stands in a quotation of the same marks. Write “{better}”"),
        wording("A quotation in a quotation has the other marks."),
        wording("{gb}, 4.8; MOE Taiwan, Revised Handbook of Punctuation (2008), 引號", gb=GB),
        fix="offered",
        wrong=(("他说：“她说过“走吧”两个字。”", "他说：“她说过‘走吧’两个字。”"),),
        right=("他说：“她说过‘走吧’两个字。”",),
        check=_nested,
        triggers="“”‘’「」『』",
    ),
    Rule(
        "K306",
        "foreign-quote",
        marked("The quotation mark {text} is not of the kind that this book has. Write “{better}”"),
        wording(
            "One book has one kind: “ ” on the mainland, 「 」 in Taiwan and Hong Kong. An "
            "edition for another region gets its own from Keben."
        ),
        wording("{gb}, 4.8 and 5.1.3; MOE Taiwan (2008), 引號; CLREQ, Quotation marks", gb=GB),
        severity="notice",
        fix="offered",
        wrong=(("他说：「走吧。」", "他说：“走吧。”"),),
        right=("他说：“走吧。”",),
        check=_regional,
        triggers="“”‘’「」『』",
    ),
    Rule(
        "K307",
        "single-outer-quote",
        marked("The quotation mark {text} stands outside of any quotation. Write “{better}”"),
        wording("In text on the mainland double marks stand outside, single ones inside."),
        f"{GB}, 4.8",
        severity="notice",
        fix="offered",
        wrong=(("所谓‘自由’是什么？", "所谓“自由”是什么？"),),
        right=("他说：“所谓‘自由’是什么？”", "所谓“自由”是什么？"),
        check=_single_outer,
        triggers="‘",
        languages=("Hans",),
    ),
    Rule(
        "K308",
        "odd-quote",
        marked("“{text}” is not a quotation mark of Chinese. Write “{better}”"),
        wording("Fonts have these as half-width or as marks of other scripts."),
        f"{GB}, 4.8; Unicode 16, chapter 6.2",
        fix="certain",
        wrong=(("他说｢走吧｣。", "他说「走吧」。"), ("他说〝走吧〞。", "他说“走吧”。")),
        right=("他说「走吧」。",),
        check=pattern(
            r"[｢｣〝〞〟]", lambda found: {"｢": "「", "｣": "」", "〝": "“", "〞": "”", "〟": "”"}[found[0]]
        ),
        triggers="｢｣〝〞〟",
    ),
)
