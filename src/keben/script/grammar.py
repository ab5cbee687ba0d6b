"""The text around a character of several forms, and which of them it tells.

A mark (云： is to say), a number before a measure word (三只), a title beside a surname (作家余秋雨). Each rule is for
a character that no phrase of a dictionary decides, and says why it chose.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from keben.core.patterns import later
from keben.core.saying import wording
from keben.script.meanings import MEANINGS, WATCHED_MEANINGS, is_dried
from keben.script.names import LAST_BEFORE, SURNAMES, TITLE, surname_form
from keben.script.telling import COUNT, NUMERAL, Around, DecidedForm

_ROWED = later("[船桨艇舟舸筏水河湖江溪海]")
_DAY = later("(?:周|期|拜|初)[一二三四五六七八九十0-9]+$")
_ONLY = frozenset("是能有要会好不可在用需得为想怕见听说管顾剩看让把给差够许因求愿做当认应如见靠占限供准爱")
"""What often follows 只 (only) and seldom 隻."""
_EXACT = later("[得很太真最更瞄看听说算猜拿认对校找踩]不?$")
_ALMOST = later(
    "准(?:现行犯|社员|会员|妈妈|爸爸|父母|新[郎娘人]|[女儿]婿|媳妇|岳[父母]|[大研中]?[学究]?生|考生|太太|丈夫|公婆|信[，。]|头)"
)
_SURELY = frozenset("实确如即乃皆均亦若原果虽既俱纯否")
_SAYING = frozenset("：:「『“‘")
_CALLED = frozenset("，！？。,!?…—～~、：:")
_EATEN = later("[吃煮碗馆揉擀食饭]")
_EATEN_AFTER = frozenset("最很好真太都也和跟与、的了吧吗呢")
_FLOOD = later("[雨水洪浪潮茶咖](?![中里])")
_RINSED = later("[了过一个杯壶次完下]*(?:澡|凉|马桶|厕所|茶|咖啡|奶|豆浆|照片|胶卷|账|喜)")
_TIED = later("[上好着了紧住]*(?:领带|领结|鞋带|围巾|围裙|腰带|皮带|安全带|丝带|绳|得住|不住)")
_ROPE = later("[绳索缆][^，]{0,2}$")
_WORN = later("[在于上][^，]{0,4}[腰脖颈头手腿脚树柱桩身胸马船窗门]")
_PENDING = later("属于[^，]{0,4}(?:法院|级审|[一二三]审|[本该]院)")
_BECAUSE = frozenset("因依指经按")
_FACULTY = later("[学理文工史法医商化数电机语外资管育艺哲河星体谱水山派]$")
_DRIED = frozenset("后了透掉")
_DRUNK = later("[了下]?(?:[一二两三四五六七八九十几数半0-9]+[大小满巨]?|这|那|门面)[杯盏碗盅瓶壶觥]")
_CONCERNED = later("干(?:(?<=不干)[^，]{1,4}[之等的]事|[我你他她它您咱俺汝吾尔谁]们?[何甚啥底屁什])")
_LEVIED = later("[税赋捐费粮租款课兵役丁地调募免减]")
_SALTY = frozenset("的了得淡甜味菜鱼肉蛋盐水汤酸辣香腥湿涩粥豆鸭鲜苦滋口点些度死吗呢吧啊")
_TASTED = later("[太很又最真更点些偏较不得过酸甜腌吃尝味么够挺好怪]$")
_WIDE = frozenset("的是为约等长和与及比大小高不零〇一二三四五六七八九十百千0123456789０１２３４５６７８９")
_PATH = later("[直半口路小田门蹊行途捷曲山石幽内外孔粒管胸树茎球轴弧蹄]$")
_ADDRESSEE = later("[该本其原各]|主管|有关|所[在属]")
_PLAY = later("[^，]{0,4}[戏剧曲]")
_PLAYED = later("[唱演看听排编点扮][了过完]?$")
_WANTED = frozenset("横之的与和、")
_PLACES = frozenset("中上下前后里内外头脚阴门路林边畔间侧顶腰口")
_DRYING = later("[水井河湖海溪池塘泪衣裤血汗墨漆油唇喉舌土泥晒晾烘露皮肤嘴]")


def told_form(around: Around, index: int) -> DecidedForm | None:
    """What tells the form of a segment of a clause; None: nothing."""
    start, end = around.segments[index]
    word = around.clause[start:end]
    rule = _RULES.get(word)
    if rule is not None and (decided := rule(around, start, end)) is not None:
        return decided
    if end - start == 2 and (decided := _form_in_pair(around, start)) is not None:
        return decided
    if (
        word[-1] in SURNAMES
        and end - start <= 2
        and (form := surname_form(around.clause, around.segments, index))
    ):
        return DecidedForm(
            form,
            wording("A title or a familiar form of address tells that {word} is a surname.", word=word[-1]),
        )
    return None


def _form_in_pair(around: Around, start: int) -> DecidedForm | None:
    """What tells the form of a character in a pair that a dictionary or a list has for something else."""
    first, last = around.clause[start], around.clause[start + 1]
    if first == "于" and around.clause[start + 2 : start + 3] in _PLACES:
        return DecidedForm(
            f"於{last}", wording("Before a word for a place 于 is at or in."), is_certain=False
        )
    if first in _LED.get(last, ""):
        decided = _RULES[last](around, start + 1, start + 2)
        return decided and replace(decided, target=first + decided.target)
    if last in _FOLLOWED.get(first, ""):
        decided = _RULES[first](around, start, start + 1)
        return decided and replace(decided, target=decided.target + last)
    return None


def _say(around: Around, _start: int, end: int) -> DecidedForm | None:
    if end == len(around.clause) and around.after in _SAYING:
        return DecidedForm("云", wording("Before a colon or a quotation 云 is to say."))
    return None


def _counted(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if not NUMERAL.search(around.clause, 0, start) or following in _ONLY:
        return None
    if _DAY.search(around.clause, 0, start) or (around.clause[start - 1] in "这那哪每" and not following):
        return None
    return DecidedForm("隻", wording("After a number 只 is a measure word."))


def _feed(around: Around, start: int, end: int) -> DecidedForm | None:
    if (end == len(around.clause) and start == 0) or around.clause[start - 1 : start] == "喂":
        return DecidedForm("喂", wording("Standing by itself 喂 is a call."))
    if end == len(around.clause):
        return None
    return DecidedForm("餵", wording("Inside a clause 喂 is to feed."), is_certain=False)


def _noodles(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if _EATEN.search(around.clause, 0, start) and (not following or following in _EATEN_AFTER):
        return DecidedForm(
            "麪", wording("Where one eats, 面 by itself is what is made of flour."), is_certain=False
        )
    return None


def _wash(around: Around, start: int, end: int) -> DecidedForm | None:
    if _FLOOD.search(around.clause, 0, start) or _RINSED.match(around.clause, start + 1):
        return DecidedForm(
            f"沖{around.clause[start + 1 : end]}", wording("Of water 冲 is to wash."), is_certain=False
        )
    return None


def _dry(around: Around, start: int, end: int) -> DecidedForm | None:
    if _CONCERNED.match(around.clause, start):
        return DecidedForm(
            around.clause[start:end],
            wording("Before what is somebody's affair 干 is to concern."),
            is_certain=False,
        )
    if _DRUNK.match(around.clause, start + 1):
        return DecidedForm(
            f"乾{around.clause[start + 1 : end]}",
            wording("Of a cup 干 is to empty it."),
            is_certain=False,
        )
    if is_dried(around.clause, start):
        return DecidedForm(
            f"乾{around.clause[start + 1 : end]}",
            wording("Of food and of what dries 干 is dry."),
            is_certain=False,
        )
    following = around.clause[end : end + 1]
    if (not following or following in _DRIED) and _DRYING.search(around.clause, 0, start):
        return DecidedForm(
            f"乾{around.clause[start + 1 : end]}",
            wording("Of what can be wet 干 is to dry."),
            is_certain=False,
        )
    return None


def _miles(around: Around, start: int, _end: int) -> DecidedForm | None:
    if NUMERAL.search(around.clause, 0, start):
        return DecidedForm("海里", wording("After a number 海里 is a nautical mile."))
    return None


def _allow(around: Around, start: int, _end: int) -> DecidedForm | None:
    if _ALMOST.match(around.clause, start):
        return DecidedForm("準", wording("Before a role 准 is to be."))
    if _EXACT.search(around.clause, 0, start):
        return DecidedForm("準", wording("After 得, 很, 瞄 and the like 准 is exact."), is_certain=False)
    return DecidedForm("准", wording("Standing by itself 准 is to allow."), is_certain=False)


def _is(around: Around, start: int, end: int) -> DecidedForm | None:
    if _TIED.match(around.clause, end) or _WORN.match(around.clause, end):
        return DecidedForm("繫", wording("Of a belt or a rope 系 is to tie."))
    if _PENDING.match(around.clause, end):
        return DecidedForm("繫", wording("Of a court 系 is to be pending."))
    if (
        end < len(around.clause)
        and around.clause[end] in _BECAUSE
        and not _FACULTY.search(around.clause, 0, start)
    ):
        return DecidedForm("係", wording("Before such a word 系 is to be."), is_certain=False)
    if _ROPE.search(around.clause, 0, start):
        return DecidedForm("繫", wording("Of a belt or a rope 系 is to tie."), is_certain=False)
    if around.clause[start - 1 : start] in _SURELY and start and end < len(around.clause):
        return DecidedForm("係", wording("After such an adverb 系 is to be."), is_certain=False)
    return None


def _mile(around: Around, start: int, end: int) -> DecidedForm | None:
    if COUNT.search(around.clause, 0, start):
        return DecidedForm("里" + around.clause[start + 1 : end], wording("After a number 里 is a mile."))
    return None


def _row(around: Around, start: int, end: int) -> DecidedForm | None:
    if _ROWED.search(around.clause):
        return DecidedForm(
            f"划{around.clause[start + 1 : end]}",
            wording("Beside boats and water 划 is to row."),
            is_certain=False,
        )
    return None


def _march(around: Around, _start: int, _end: int) -> DecidedForm | None:
    if _LEVIED.search(around.clause):
        return None
    return DecidedForm("征", wording("Away from taxes and duties 征 is to go to war."), is_certain=False)


def _all(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if not following or following in _SALTY or _TASTED.search(around.clause, 0, start):
        return None
    return DecidedForm("咸", wording("Away from what is tasted 咸 is all."), is_certain=False)


def _straight(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if not following or following in _WIDE or _PATH.search(around.clause, 0, start):
        return None
    return DecidedForm("逕", wording("Before a verb 径 is straight away."), is_certain=False)


def _straight_to(around: Around, _start: int, end: int) -> DecidedForm | None:
    if not _ADDRESSEE.match(around.clause, end):
        return None
    return DecidedForm("逕向", wording("Before a verb 径 is straight away."), is_certain=False)


def _once(around: Around, start: int, end: int) -> DecidedForm | None:
    if _PLAY.match(around.clause, end) or _PLAYED.search(around.clause, 0, start):
        return DecidedForm("一齣", wording("Of a play 出 is a measure word."))
    return DecidedForm("一出", wording("Away from plays 一出 is to come out."), is_certain=False)


def _wants(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if not start or not following or following in _WANTED:
        return None
    return DecidedForm("人欲", wording("Before a verb 欲 is to be about to."), is_certain=False)


def _surname(_around: Around, _start: int, _end: int) -> DecidedForm | None:
    return DecidedForm("范", wording("Standing by itself 范 is a surname."))


def _peck(around: Around, start: int, _end: int) -> DecidedForm | None:
    if COUNT.search(around.clause, 0, start):
        return DecidedForm("斗", wording("After a number 斗 is a measure."))
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
    **dict.fromkeys(("冲", *(f"冲{each}" for each in "去了过着上下进开个来走垮倒毁散断向")), _wash),
    "干": _dry,
    "干了": _dry,
    "海里": _miles,
    "征": _march,
    "咸": _all,
    "径": _straight,
    "径向": _straight_to,
    "一出": _once,
    "人欲": _wants,
    "斗": _peck,
    "范": _surname,
    **MEANINGS,
}
_LED: Mapping[str, str] = {"干": "不又再先连也就都才", "斗": "数几两半", "只": "数", "征": "起往进来去再又远"}
"""Characters with a rule, and what may stand before them in a phrase that means something else elsewhere."""
_FOLLOWED: Mapping[str, str] = {"干": "我你他她它您咱俺汝吾尔谁众"}

_END = r"(?=[\s，。！？；：、…—“”‘’「」『』（）《》〈〉【】]|$)"
_INSIDE = "[里方表上下外后前对全见当场反正书地封层脸]面"
WATCHED = later(
    # Each way begins with its character, so that a search passes over most of a text quickly.
    f"云(?=[：:「『“‘])|只(?<=[零〇一二三四五六七八九十百千万亿两几数0-9０-９多少干这那哪每余来]只)(?![{''.join(sorted(_ONLY))}])"
    f"|喂|冲|划|里(?<=[0-9０-９余来多干]里)|准|系(?=[上好着了紧住领鞋围腰皮安丝绳得不在于因依指经按属])|系(?<=[{''.join(sorted(_SURELY))}]系)|干(?:了{_END}|[后透掉]|{_END})|面(?<!{_INSIDE})(?:(?=[{''.join(sorted(_EATEN_AFTER))}])|{_END})"
    f"|干(?={_DRUNK.pattern})|{_CONCERNED.pattern}|系(?<=[绳索缆]系)|系(?<=[绳索缆].系)"
    "|征(?![求收集税兆询用兵信象召服途战程伐])(?<![特象远出长]征)|咸(?![阳宁丰菜鱼肉蛋盐水味淡])|径(?<![路直半口途田]径)|一出|人欲"
    f"|斗(?<=[零〇一二三四五六七八九十百千万亿两几数半0-9０-９]斗)|于(?=.[{''.join(sorted(_PLACES))}])"
    f"|{WATCHED_MEANINGS}"
    "|范(?<![规模示典师防风]范)(?![围例畴本文式])|钟(?<!分钟)|硷|岩|岳|仑|雇|签|"
    + "|".join(f"{each}(?:(?<=[{LAST_BEFORE}]{each})|(?={TITLE.pattern}))" for each in SURNAMES)
)
"""Where a rule may have something to say."""
