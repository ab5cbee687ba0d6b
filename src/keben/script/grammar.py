"""What stands around a character of several forms, and tells which of them is meant.

A mark (云： is to say), a number before a measure word (三只), a title beside a surname (作家余秋雨). Each rule is for
a character that no phrase of a dictionary decides, and says why it chose.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keben.core.patterns import later
from keben.script.names import LAST_BEFORE, SURNAMES, TITLE, surname_form


@dataclass(frozen=True, slots=True)
class Around:
    """A clause, parted, and the characters that stand around it; these are empty at a text's edges."""

    clause: str
    segments: Sequence[tuple[int, int]]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DecidedForm:
    """A form in OpenCC's standard, and why."""

    target: str
    reason: str
    is_certain: bool = True
    """Whether an editor need not look."""


_NUMERAL = later(r"(?:[零〇一二三四五六七八九十百千万亿两几数0-9０-９]|多少|若干|[这那哪每])[余来多]?$")
_ROWED = later("[船桨艇舟舸筏水河湖江溪海]")
_DAY = later("(?:周|期|拜|初)[一二三四五六七八九十0-9]+$")
_COUNT = later("(?:[零〇一二三四五六七八九十百千万亿两几数半0-9０-９]|若干)[余来多]?$")
_ONLY = frozenset("是能有要会好不可在用需得为想怕见听说管顾剩看让把给差够许因求愿做当认应如见靠占限供准爱")
"""What often follows 只 (only) and seldom 隻."""
_EXACT = later("[得很太真最更瞄看听说算猜拿认对校找踩]不?$")
_SURELY = frozenset("实确如即乃皆均亦若")
_SAYING = frozenset("：:「『“‘")
_CALLED = frozenset("，！？。,!?…—～~、：:")
_EATEN = later("[吃煮碗馆揉擀食饭]")
_EATEN_AFTER = frozenset("最很好真太都也和跟与、的了吧吗呢")
_FLOOD = later("[雨水洪浪潮茶咖]")
_RINSED = later("[了过一个杯壶次完下]*(?:澡|凉|马桶|厕所|茶|咖啡|奶|豆浆|照片|胶卷|账|喜)")
_TIED = later("[上好着了紧住]*(?:领带|领结|鞋带|围巾|围裙|腰带|皮带|安全带|丝带|绳|得住|不住)")
_DRIED = frozenset("后了透掉")
_DRYING = later("[水井河湖池塘泪衣裤血汗墨漆唇喉舌土泥晒晾烘露]")


def told_form(around: Around, index: int) -> DecidedForm | None:
    """What tells the form of a segment of a clause; None: nothing."""
    start, end = around.segments[index]
    word = around.clause[start:end]
    rule = _RULES.get(word)
    if rule is not None and (told := rule(around, start, end)) is not None:
        return told
    if (
        word[-1] in SURNAMES
        and end - start <= 2
        and (form := surname_form(around.clause, around.segments, index))
    ):
        return DecidedForm(form, f"A title or a familiar form of address tells that {word[-1]} is a surname.")
    return None


def _say(around: Around, _start: int, end: int) -> DecidedForm | None:
    if end == len(around.clause) and around.after in _SAYING:
        return DecidedForm("云", "Before a colon or a quotation 云 is to say.")
    return None


def _counted(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if not _NUMERAL.search(around.clause, 0, start) or following in _ONLY:
        return None
    if _DAY.search(around.clause, 0, start) or (around.clause[start - 1] in "这那哪每" and not following):
        return None
    return DecidedForm("隻", "After a number 只 is a measure word.")


def _feed(around: Around, start: int, end: int) -> DecidedForm | None:
    if (end == len(around.clause) and start == 0) or around.clause[start - 1 : start] == "喂":
        return DecidedForm("喂", "Standing by itself 喂 is a call.")
    if end == len(around.clause):
        return None
    return DecidedForm("餵", "Inside a clause 喂 is to feed.", is_certain=False)


def _noodles(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if _EATEN.search(around.clause, 0, start) and (not following or following in _EATEN_AFTER):
        return DecidedForm("麪", "Where one eats, 面 by itself is what is made of flour.", is_certain=False)
    return None


def _wash(around: Around, start: int, end: int) -> DecidedForm | None:
    if _FLOOD.search(around.clause, 0, start) or _RINSED.match(around.clause, start + 1):
        return DecidedForm(f"沖{around.clause[start + 1 : end]}", "Of water 冲 is to wash.", is_certain=False)
    return None


def _dry(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if (not following or following in _DRIED) and _DRYING.search(around.clause, 0, start):
        return DecidedForm(
            f"乾{around.clause[start + 1 : end]}", "Of what can be wet 干 is to dry.", is_certain=False
        )
    return None


def _miles(around: Around, start: int, _end: int) -> DecidedForm | None:
    if _NUMERAL.search(around.clause, 0, start):
        return DecidedForm("海里", "After a number 海里 is a nautical mile.")
    return None


def _allow(around: Around, start: int, _end: int) -> DecidedForm | None:
    if _EXACT.search(around.clause, 0, start):
        return DecidedForm("準", "After 得, 很, 瞄 and the like 准 is exact.", is_certain=False)
    return DecidedForm("准", "Standing by itself 准 is to allow.", is_certain=False)


def _is(around: Around, start: int, end: int) -> DecidedForm | None:
    if _TIED.match(around.clause, end):
        return DecidedForm("繫", "Of a belt or a rope 系 is to tie.")
    if around.clause[start - 1 : start] in _SURELY and start and end < len(around.clause):
        return DecidedForm("係", "After such an adverb 系 is to be.", is_certain=False)
    return None


def _mile(around: Around, start: int, end: int) -> DecidedForm | None:
    if _COUNT.search(around.clause, 0, start):
        return DecidedForm("里" + around.clause[start + 1 : end], "After a number 里 is a mile.")
    return None


def _row(around: Around, start: int, end: int) -> DecidedForm | None:
    if _ROWED.search(around.clause):
        return DecidedForm(
            f"划{around.clause[start + 1 : end]}", "Beside boats and water 划 is to row.", is_certain=False
        )
    return None


_RULES: Mapping[str, Callable[[Around, int, int], DecidedForm | None]] = {
    "云": _say,
    "准": _allow,
    "系": _is,
    "只": _counted,
    "喂": _feed,
    "里": _mile,
    "里地": _mile,
    **dict.fromkeys(("划", *(f"划{each}" for each in "了开过到着去来向出进动回")), _row),
    "面": _noodles,
    **dict.fromkeys(("冲", *(f"冲{each}" for each in "去了过着上下进开个")), _wash),
    "干": _dry,
    "干了": _dry,
    "海里": _miles,
}
_END = r"(?=[\s，。！？；：、…—“”‘’「」『』（）《》〈〉【】]|$)"
_INSIDE = "[里方表上下外后前对全见当场反正书地封层脸]面"
WATCHED = later(
    # Each way begins with its character, so that a search passes over most of a text quickly.
    f"云(?=[：:「『“‘])|只(?<=[零〇一二三四五六七八九十百千万亿两几数0-9０-９多少干这那哪每余来]只)(?![{''.join(sorted(_ONLY))}])"
    f"|喂|冲|划|里(?<=[0-9０-９余来多干]里)|准|系(?=[上好着了紧住领鞋围腰皮安丝绳得不])|系(?<=[{''.join(sorted(_SURELY))}]系)|干(?:了{_END}|[后透掉]|{_END})|面(?<!{_INSIDE})(?:(?=[{''.join(sorted(_EATEN_AFTER))}])|{_END})"
    "|钟(?<!分钟)|硷|岩|岳|仑|雇|签|"
    + "|".join(f"{each}(?:(?<=[{LAST_BEFORE}]{each})|(?={TITLE.pattern}))" for each in SURNAMES)
)
"""Where a rule may have something to say."""
