"""Forms of one word that a book has side by side, and forms that its own list replaces."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from keben.core.saying import marked, wording
from keben.lint.patterns import is_foreign
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

_SIMPLIFIED = (
    "账户/帐户 账号/帐号 账单/帐单 账本/帐本 账目/帐目 结账/结帐 付账/付帐 算账/算帐 欠账/欠帐 "
    "记账/记帐 其他/其它 想象/想像 好像/好象 当作/当做 身份/身分 成分/成份 分量/份量 过分/过份 "
    "缘分/缘份 唯一/惟一 唯独/惟独 唯恐/惟恐 交代/交待 订单/定单 订货/定货 按语/案语 笔画/笔划 "
    "仿佛/彷佛 答复/答覆 反复/反覆 参与/参预 本分/本份 辈分/辈份 部分/部份 倒霉/倒楣 "
    "丰富多彩/丰富多采 精彩/精采 喝彩/喝采 含糊/含胡 糊涂/胡涂 浑水摸鱼/混水摸鱼 计划/计画 家具/傢具 "
    "角色/脚色 狡猾/狡滑 流言蜚语/流言飞语 毛骨悚然/毛骨耸然 模糊/模胡 盘踞/盘据 热衷/热中 日食/日蚀 "
    "月食/月蚀 入座/入坐 思维/思惟 死心塌地/死心踏地 踏实/塌实 推诿/推委 无动于衷/无动于中 "
    "原原本本/源源本本 缘故/原故 月牙/月芽 辗转/展转 佐证/左证 照相/照像 直截了当/直接了当 "
    "指手画脚/指手划脚 装潢/装璜 姿势/姿式 作为/做为 耽搁/担搁 勾画/勾划 服帖/伏帖 掺和/搀和 "
    "掺杂/搀杂 叹息/歎息 "
)
_TRADITIONAL = (
    "裡/裏 台/臺 群/羣 峰/峯 床/牀 著/着 為/爲 眾/衆 線/綫 麵/麪 啟/啓 吃/喫 污/汙 濕/溼 痴/癡 妝/粧 "
    "線/缐 偽/僞 溈/潙 衛/衞 嘆/歎 秘/祕 棱/稜 煙/菸 匯/彙 跡/蹟 污/汚 鄰/隣 鵝/鵞 針/鍼 蹤/踪 踴/踊 "
    "逾/踰 鉤/鈎 鄉/鄊 脈/脉 慾/欲 喂/餵 慚/慙 雞/鷄 盜/盗 說/説 稅/税 脫/脱 悅/悦 閱/閲 銳/鋭 戶/户 "
    "產/産 顏/顔 彥/彦 溫/温 蘊/藴 慍/愠 麼/麽 真/眞 值/値 教/敎 清/淸 青/靑 黃/黄 橫/横 虛/虚 戲/戱 "
    "錄/録 綠/緑 祿/禄 內/内 吳/吴 娛/娱 誤/误 沒/没 換/换 奐/奂 研/硏 既/旣 即/卽 鄉/鄕 絕/絶 別/别 "
    "拐/枴 兌/兑 眾/众 拋/抛 每/毎 "
)
_AMBIGUOUS = frozenset("台臺著着匯彙煙菸嘆歎秘祕棱稜跡蹟慾欲喂餵針鍼踴踊蹤踪逾踰")
"""Characters that are two words in some books; both forms are right there."""


def _table(words: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair.split("/") for pair in words.split())
    return tuple((first, second) for first, second in pairs)


SIMPLIFIED = _table(_SIMPLIFIED)
TRADITIONAL = tuple(
    pair for pair in _table(_TRADITIONAL) if not _AMBIGUOUS & set("".join(pair)) or pair == ("台", "臺")
)


@cache
def _form(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _chinese(page: LintPage) -> Iterator[ProseBlock]:
    """The blocks of a page that are in Chinese."""
    return (passage for passage in page.prose.passages if not is_foreign(passage.text))


def _mixed(pages: Sequence[LintPage]) -> Iterator[tuple[LintPage, ProseBlock, Slip]]:
    for is_simplified, pairs in ((True, SIMPLIFIED), (False, TRADITIONAL)):
        chosen = [page for page in pages if page.is_simplified is is_simplified]
        words = tuple(dict.fromkeys(word for pair in pairs for word in pair))
        counts = Counter(
            match
            for page in chosen
            for passage in _chinese(page)
            for match in _form(words).findall(passage.text)
        )
        rarer = {}
        for usual, other in pairs:
            if counts[usual] and counts[other]:
                less, more = (other, usual) if counts[other] <= counts[usual] else (usual, other)
                rarer[less] = (more, counts[less], counts[more])
        if rarer:
            yield from _places(chosen, words, rarer)


def _places(
    pages: Sequence[LintPage], words: tuple[str, ...], rarer: Mapping[str, tuple[str, int, int]]
) -> Iterator[tuple[LintPage, ProseBlock, Slip]]:
    for page in pages:
        for passage in _chinese(page):
            for match in _form(words).finditer(passage.text):
                if match[0] in rarer:
                    more, few, many = rarer[match[0]]
                    about = wording(
                        "“{match}” stands {few} times, “{more}” {many} times",
                        match=match[0],
                        few=few,
                        more=more,
                        many=many,
                    )
                    yield page, passage, Slip(match.start(), match.end(), more, about=about)


def _terms(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    terms = page.settings.terms
    if not terms:
        return
    meant = {form: term for term, forms in terms.items() for form in forms if form}
    for match in _form((*meant, *terms)).finditer(passage.text):
        if match[0] in meant:
            yield Slip(match.start(), match.end(), meant[match[0]])


RULES = (
    Rule(
        "K611",
        "mixed-variants",
        "{about}",
        wording("One book writes a word in one way."),
        "GF 1001—2001 (第一批异形词整理表); MOE Taiwan, Dictionary of Chinese Character Variants",
        severity="notice",
        fix="offered",
        wrong=(("其他人走了，其它的人和其他书都在。", "其他人走了，其他的人和其他书都在。"),),
        right=("其他人走了。",),
        book_check=_mixed,
    ),
    Rule(
        "K612",
        "term",
        marked("This book writes “{better}”, not “{text}”"),
        wording("The book's own list, `[lint.terms]`, says so."),
        "book.toml",
        fix="certain",
        wrong=(("他读的是红楼夢。", "他读的是红楼梦。"),),
        right=("他读的是红楼梦。",),
        check=_terms,
        options={"terms": "红楼梦=红楼夢"},
    ),
)
