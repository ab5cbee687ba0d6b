"""Stops: in half width beside Chinese, doubled, clashing, missing, or at the head of a paragraph."""

import re
from collections.abc import Iterator

from keben.core.saying import marked, wording
from keben.lint.patterns import (
    CLOSING_CLASS,
    HAN,
    HAN_CLASS,
    NUMERAL_CLASS,
    OPENING_CLASS,
    both,
    in_kinds,
    is_mostly_latin,
    pattern,
)
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

_FULL = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！"}
_BEFORE = f"[{HAN_CLASS}{CLOSING_CLASS}？！]"
_NO_LOST_SIGN = rf"(?<![。！？][{CLOSING_CLASS}](?=[?!]))"
"""Behind a quotation that has its stop a “?” is a character that was lost."""
_NEXT_CLASS = f'{HAN_CLASS}{OPENING_CLASS}{CLOSING_CLASS}…—"'


def _widened(match: re.Match[str]) -> str:
    return "".join(_FULL.get(character, character) for character in match["x"].rstrip(" "))


def _has_han_before(match: re.Match[str]) -> bool:
    """Whether Chinese stands before in the same line."""
    return (
        re.search(HAN, match.string[max(match.start() - 200, 0) : match.start()].rpartition("\n")[2])
        is not None
    )


def _in_chinese(match: re.Match[str], _passage: ProseBlock) -> bool:
    """Whether a text has more Chinese than Latin: an entry of a bibliography may have Latin stops."""
    return not is_mostly_latin(match)


def _missing_stop(page: LintPage) -> Iterator[Slip]:
    passages = page.prose.passages
    for number, passage in enumerate(passages):
        text = passage.text.rstrip()
        is_paragraph = passage.kind == "paragraph" and "\n" not in text and len(text) >= 30
        if not is_paragraph or not re.search("[。！？]", text):
            continue
        if not re.search(f"{HAN}$", text) or re.search(r"[ \u3000]\S{1,8}$", text):
            continue
        following = passages[number + 1] if number + 1 < len(passages) else None
        if following is not None and following.kind in ("item", "quotation", "cell"):
            continue
        at = passage.offset(len(text) - 1)
        if page.text[at : at + 1] == text[-1:]:
            yield Slip(at, at + 1)


_DOUBLED = both(
    pattern(r"([，、；：])\1+", r"\1", lambda found, _: len(found[0]) == 2),
    pattern(r"(?<!。)。。(?!。)", "。", lambda _found, _passage: False),
)

_CLASH = both(
    pattern(r"(?<=[？！])。(?![。”’」』）])", "", lambda found, _: found.start() > 1),
    pattern(r"[，、；：]。(?=\s*\Z)", "。"),
    pattern(
        r"[，、；：]。(?!。|\s*\Z)|。[，、；：]|，、|、，|，；|；，|：，|，：|。[？！]",
        None,
    ),
)


def _enumerator(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    match = re.match(r"(?P<number>[一二三四五六七八九十]{1,3})(?P<mark>[.．]\s?|，)(?=\S)", passage.text)
    if match:
        yield Slip(match.start("mark"), match.end("mark"), "、", match["mark"] != "，")


GB = "GB/T 15834—2011"

RULES = (
    Rule(
        "K201",
        "half-width-stop",
        marked("“{text}” is in half width beside Chinese. Write “{better}”"),
        wording(
            "Stops of Chinese text take the place of one character. In half width they stand "
            "too close, and lines break beside them in the wrong way."
        ),
        wording("{gb}, 5.1.1 and 5.1.2; CLREQ, Punctuation marks", gb=GB),
        fix="certain",
        wrong=(
            ("你好,世界!", "你好，世界！"),
            ("他问:“去吗?”", "他问：“去吗？”"),
            ("我用Python,他用Rust;", "我用Python，他用Rust；"),
            ("先看, 再想。", "先看，再想。"),
        ),
        right=("下午3:30,1,000人", "见 a.b:c", wording("“Hello, world!” 说完走了。"), "比分是3:2。"),
        check=both(
            pattern(
                rf"(?<={_BEFORE}){_NO_LOST_SIGN}(?P<x>[,;:!?]+)(?=[{_NEXT_CLASS}]|\s*\Z|\n)",
                _widened,
                _in_chinese,
            ),
            pattern(rf"(?<={_BEFORE})(?P<x>[,;!?] +)(?={HAN})", _widened, _in_chinese),
            pattern(
                rf"(?<=[A-Za-z])(?P<x>[,;!?])(?={HAN}|\s*\Z)",
                _widened,
                lambda found, _: _has_han_before(found),
            ),
            pattern(rf"(?<=[0-9%℃])(?P<x>[,;!?])(?={HAN})", _widened, lambda _found, _passage: False),
            pattern(rf"(?<={HAN})(?P<x>[,;])(?=[A-Za-z0-9])", _widened, lambda _found, _passage: False),
        ),
        triggers=",;:!?",
        doubts_garbled=True,
    ),
    Rule(
        "K202",
        "half-width-period",
        marked("“{text}” is a point in half width behind Chinese. Write “。”"),
        wording("The full stop of Chinese is a small circle."),
        f"{GB}, 4.1.2 and 5.1.1",
        fix="certain",
        wrong=(("他走了.", "他走了。"), ("他走了.她没走．", "他走了。她没走。")),
        right=("文件.txt", "一.绪论", "第3.2节", "他说..."),
        check=pattern(
            rf"(?<=[{HAN_CLASS}{CLOSING_CLASS}])(?<!\A[一二三四五六七八九十])(?<!\A[一二三四五六七八九十]{{2}})"
            rf"(?P<x>[.．])(?=[{_NEXT_CLASS}]|\s*\Z|\n)(?!…)",
            "。",
            _in_chinese,
        ),
        triggers=".．",
    ),
    Rule(
        "K203",
        "half-width-brackets",
        marked("“{text}” stands around Chinese in half width"),
        wording("Brackets around Chinese take the place of one character each."),
        f"{GB}, 4.9 and 5.1.3",
        fix="certain",
        wrong=(
            ("刻本(一种书)很好。", "刻本（一种书）很好。"),
            ("刻本（一种书)很好。", "刻本（一种书）很好。"),
        ),
        right=("刻本（一种书）很好。", "f(x)=0", "世界卫生组织(WHO)"),
        check=pattern(
            rf"(?<![A-Za-z0-9_])(?!（[^()（）\n]*）)[(（](?P<in>[^()（）\n]*{HAN}[^()（）\n]*)[)）]",
            r"（\g<in>）",
            lambda found, _: (
                len(re.findall(HAN, found["in"])) * 2 >= len(re.findall(r"[A-Za-z]", found["in"]))
            ),
        ),
        triggers="()",
    ),
    Rule(
        "K204",
        "half-width-brackets-latin",
        marked("“{text}” stands in Chinese in half width"),
        wording("Some houses write full-width brackets around Latin words in Chinese text as well."),
        f"{GB}, 5.1.3",
        severity="notice",
        fix="offered",
        wrong=(("世界卫生组织(WHO)宣布", "世界卫生组织（WHO）宣布"),),
        right=("f(x)是函数",),
        check=pattern(rf"(?<={HAN})\((?P<in>[A-Za-z0-9][A-Za-z0-9 .,/–-]*)\)", r"（\g<in>）"),
        triggers="(",
        by_default=False,
    ),
    Rule(
        "K205",
        "doubled-stop",
        marked("The stop is written twice: “{text}”"),
        wording("A slip of the keyboard."),
        f"{GB}, 4.4 to 4.7",
        fix="certain",
        wrong=(("他来了，，又走了。", "他来了，又走了。"), ("他走了。。", "他走了。")),
        right=("他走了……", "好！！！"),
        check=_DOUBLED,
        triggers="，、；：。",
    ),
    Rule(
        "K206",
        "clashing-stops",
        marked("Two stops stand together: “{text}”"),
        wording("A pause has one stop. Which of the two was meant, the sentence says."),
        f"{GB}, 4.1 to 4.7",
        fix="certain",
        wrong=(("你去吗？。", "你去吗？"), ("他走了，。", "他走了。"), ("他走了。，又回来。", None)),
        right=("“你去吗？”。", "怎么？！"),
        check=_CLASH,
        triggers="。，、；：",
    ),
    Rule(
        "K207",
        "too-many-marks",
        marked("“{text}” has more than three marks"),
        wording(
            "Marks of exclamation and question are repeated up to three times, where a feeling is very strong."
        ),
        wording("{gb}, 4.3 and appendix A", gb=GB),
        severity="notice",
        fix="offered",
        wrong=(("快跑！！！！！", "快跑！！！"),),
        right=("快跑！！！",),
        check=pattern(r"([！？])\1{3,}", r"\1\1\1"),
        triggers="！？",
    ),
    Rule(
        "K208",
        "stop-at-head",
        marked("“{text}” begins a paragraph"),
        wording(
            "Stops and closing marks never begin a line: what stood before it may be lost, "
            "or stands in the paragraph before."
        ),
        wording("{gb}, 5.1.1 to 5.1.3; CLREQ, Prohibition rules for line start and line end", gb=GB),
        wrong=(("，他走了。", None), ("”她说。", None)),
        right=("“好。”", "……他走了。", "——他走了。"),
        check=in_kinds(
            pattern(r"\A[，。、；：！？”’）》」』】〉〕]"), "paragraph", "quotation", "item", "line"
        ),
        triggers="，。、；：！？”’）》」』】〉〕",
    ),
    Rule(
        "K209",
        "missing-stop",
        marked("The paragraph ends with “{text}” and without a stop"),
        wording("A sentence ends with a stop. Text may be missing."),
        f"{GB}, 4.1 to 4.3",
        severity="notice",
        wrong=(("他说了很多话，我一句也没有听进去。后来他站起来，推开门，走进了外面的大雨里", None),),
        right=("他说了很多话，我一句也没有听进去。后来他站起来，推开门，走进了外面的大雨里。", "短句"),
        page_check=_missing_stop,
    ),
    Rule(
        "K210",
        "stop-behind-quotation",
        marked("“{text}” has a stop in the quotation and one behind it"),
        wording("A quotation that is a whole sentence keeps its own stop inside, and gets none behind."),
        wording("{gb}, 4.8 and appendix A", gb=GB),
        fix="certain",
        wrong=(("他说：“走吧。”。", "他说：“走吧。”"),),
        right=("他说“走吧”。", "他问“走吗？”，又说：“走吧。”"),
        check=both(
            pattern(r"(?<=。[”」])。(?!。)", ""),
            pattern(r"(?<=[！？…][”」])。(?!。)", "", lambda _found, _passage: False),
        ),
        triggers="。",
    ),
    Rule(
        "K211",
        "enumerator",
        marked("“{text}” behind a Chinese number that counts. Write “、”"),
        wording("Behind a Chinese number without brackets, which counts items, stands 、."),
        f"{GB}, 4.5",
        fix="certain",
        wrong=(("一.绪论", "一、绪论"), ("十二．结语", "十二、结语")),
        right=("一、绪论", "一定", "1.绪论"),
        check=in_kinds(_enumerator, "paragraph", "heading", "item", "line"),
        triggers=".．，",
        languages=("Hans",),
    ),
    Rule(
        "K212",
        "enumerator-in-brackets",
        marked("“{text}” stands behind a number in brackets"),
        wording("A number in brackets, which counts items, has no stop behind it."),
        wording("{gb}, appendix A", gb=GB),
        severity="notice",
        fix="offered",
        wrong=(("（一）、绪论", "（一）绪论"),),
        right=("（一）绪论", "见（一）、（二）两节"),
        check=in_kinds(
            pattern(rf"\A（[{NUMERAL_CLASS}0-9]{{1,3}}）(?P<x>[、.．])(?!（)", ""),
            "paragraph",
            "heading",
            "item",
        ),
        triggers="、.．",
    ),
)
