"""More characters whose form the text around them tells: 里, 制, 复, 出, 卷, 舍, 占, 签, 后.

Each rule is for words that mean one thing beside some words and another beside others. `keben.script.grammar` asks
them.
"""

from collections.abc import Callable, Mapping

from keben.core.patterns import later
from keben.core.saying import wording
from keben.script.foreign import WATCHED_NAMES, is_in_name
from keben.script.telling import COUNT, NUMERAL, Around, DecidedForm

_WRITTEN = later(
    "[预概决]算|报[告表]|目录|[名表]册|[名清凭]单|图表|财务|统计|年报|公报|教材|手册|字典|词典|计划书"
)
_STAFF = later("编制(?:[表内外]|员额|人数)")
_BACK = later(
    "到|至|成|为|原|常|正|平|旧|往日|昔日|以前|从前|秩序|名誉|健康|体力|元气|精神|权利|自由|身[分份]|国籍|户籍|青春|生机"
    "|记忆|理智|意识|神智|知觉|状态|系统|版本|设定|本来|安定|民国|[上前]一|台湾|资格|职权|占有|所有"
)
_RESTORED = later("(?:系统|版本|操作|备份|资料|档案|权利|资格|身分|国籍|名誉|全部)$")
_PERFORMED = later("[^，]{0,4}(?:戏(?![弄言谑])|剧(?![烈毒增痛])|曲子)")
_ROLLED = later(
    "[^，]{0,2}(?:胶[带卷]|底片|铁丝|[布纸棉绳线]|卫生纸|电线|录[音影]带|地毯|保鲜膜|绷带|行李|草席|画布|皮尺|钞票)"
)
_GIVEN_UP = frozenset("了舟身命生己近本财钱此他我你您她它其车")
_WILLING = later("[愿肯难割甘敢]$")
_DIVINED = later("(?:了)?[一二两三数这]?[课卦卜星梦筮]")
_SIGNED = frozenset("了名字署下着过")
_DRAWN = later("[求抽得支灵上掷摇]$")
_STARS = later("[冲射贯凌干光气映][^，]?$")
_HOUSEHOLD = later("[家屋店城村寨镇乡庄院府宫山厂园市房舱船庙帐]$")
_DIGITS = "一二三四五六七八九十百千两几数"
_CITIES = frozenset("都市城港国州亚")
_QUEENS = "何董窦邓阎梁伏曹甄毛郭羊贾武韦吕薄卫霍傅章萧"
_COURT = frozenset("曰怒泣谓乃遂之崩问与及闻惊临不懿宫族兄弟父见大从既在")
_TRAPPED = later("[被围受所遭]")
_TIRED = later("[很好太真又也想爱犯发不累点更]$")
_EFFECT = later("会[让使令助造加增更变越导]|[能会要]是|是|有|好")
_DEPARTMENTS = frozenset("科所毕")
_DRIED_FOOD = later("[菇菌鱼虾贝萝卜薯菜肉梅豆笋柿枣莓桃葡萄果]$")
_COOKED = frozenset("切炒煎泡配拌扣蒸炖、和与或的下放")
_SWIMMING = later(
    "[得不来到过上出进回向近着去]|了?[一二两三四五六七八九十几数百千0-9]+[多余来]?(?:米|公里|趟|个来回)"
)
_IN_WATER = later("[水河江湖海池塘溪鱼鸭鹅蛙鲸鲨龟虾泳岸]")
_SIGHTS = later("(?:了|过|遍|尽)?[^，]{0,4}(?:山|园|城|宫|寺|庙|湖|州|京|国|市|镇|古迹|名胜)")
_FARTHER = later("(?:越|[往向朝][前后上下外里左右东西南北])$")
_DRIED_AFTER = later("干(?:香菇|辣椒|花椒|贝|虾|木耳|海带|干|毛巾|衣服|草|柴|粮|冰|洗|点心|嫂|俸|修|血)")


def is_dried(clause: str, start: int) -> bool:
    """Whether 干 stands beside food that is dried: 干香菇, 鱿鱼干炒芹菜; or beside another quality: 又干又硬."""
    before, following = clause[:start], clause[start + 1 : start + 2]
    if _DRIED_AFTER.match(clause, start):
        return True
    if before.endswith("又") and (following == "又" or (not following and before.count("又") > 1)):
        return True
    return bool(_DRIED_FOOD.search(before)) and (not following or following in _COOKED)


def _inside(around: Around, start: int, _end: int) -> DecidedForm | None:
    if COUNT.search(around.clause, 0, start):
        return DecidedForm("里", wording("After a number 里 is a mile."))
    if around.clause == "里" and around.before in tuple("（(") and around.after in tuple("）)"):
        return DecidedForm("里", wording("Beside a village 里 is a ward."))
    if is_in_name(around.clause, around.segments, start, around.after):
        return DecidedForm(
            "里", wording("Among characters that spell a foreign name 里 is a sound."), is_certain=True
        )
    return None


def _into(around: Around, start: int, _end: int) -> DecidedForm | None:
    noun = next((first for first, last in around.segments if last == start), start)
    if start - noun < 2 or around.clause[start - 1] in _CITIES:
        return None
    return DecidedForm(
        f"裏{around.clause[start + 1]}", wording("After a noun 里 is inside."), is_certain=False
    )


def _villager(around: Around, start: int, _end: int) -> DecidedForm | None:
    if _HOUSEHOLD.search(around.clause, 0, start):
        return DecidedForm("裏人", wording("After a place 里 is inside."))
    return None


def _compile(around: Around, start: int, end: int) -> DecidedForm | None:
    near = around.clause[max(0, start - 7) : end + 7]
    if _STAFF.match(around.clause, start) or not _WRITTEN.search(near):
        return None
    return DecidedForm("編製", wording("Of a budget or a list 编制 is to draw up."), is_certain=False)


def _restore(around: Around, start: int, end: int) -> DecidedForm | None:
    if _BACK.match(around.clause, end) or _RESTORED.search(around.clause, 0, start):
        return DecidedForm(
            "回復", wording("Beside a state or a right 回复 is to return to it."), is_certain=False
        )
    return None


def _play(around: Around, start: int, end: int) -> DecidedForm | None:
    performed = around.clause[start + 1 : end]
    if NUMERAL.search(around.clause, 0, start) and (performed or _PERFORMED.match(around.clause, end)):
        return DecidedForm(f"齣{performed.replace('戏', '戲')}", wording("Of a play 出 is a measure word."))
    return None


def _roll(around: Around, start: int, end: int) -> DecidedForm | None:
    number = around.clause[start : end - 1]
    if (number or COUNT.search(around.clause, 0, start)) and _ROLLED.match(around.clause, end):
        return DecidedForm(f"{number}捲", wording("Of what is rolled up 卷 is a roll."))
    return None


def _give_up(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if (following and following in _GIVEN_UP) or (following and _WILLING.search(around.clause, 0, start)):
        return DecidedForm("捨", wording("Before what is given up 舍 is to give up."), is_certain=False)
    return None


def _divine(around: Around, _start: int, end: int) -> DecidedForm | None:
    if _DIVINED.match(around.clause, end):
        return DecidedForm("占", wording("Of a lot or a sign 占 is to tell fortunes."))
    return None


def _sign(around: Around, start: int, end: int) -> DecidedForm | None:
    if around.clause[end : end + 1] in tuple(_SIGNED) and not _DRAWN.search(around.clause, 0, start):
        return DecidedForm("上簽", wording("Of a name 签 is to sign."))
    return None


def _lot(around: Around, start: int, _end: int) -> DecidedForm | None:
    if around.clause[start - 1 : start] in ("支", "根", "枝"):
        return DecidedForm("籤", wording("Counted in sticks 签 is a lot or a skewer."))
    return None


def _stars(around: Around, start: int, _end: int) -> DecidedForm | None:
    if _STARS.search(around.clause, 0, start):
        return DecidedForm("斗牛", wording("Of the sky 斗牛 are stars."), is_certain=False)
    return None


def _queen(around: Around, start: int, end: int) -> DecidedForm | None:
    before, following = around.clause[start - 1 : start], around.clause[end : end + 1]
    alone = start == 1 or around.clause[start - 2 : start - 1] in tuple("之与及立废杀奏是问见请入，")
    if before and before in _QUEENS and alone and (not following or following in _COURT):
        return DecidedForm("后", wording("After a surname 后 is a queen."), is_certain=False)
    return None


def _department(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1] or around.after
    if around.clause[start - 1 : start] == "相" and (following == "、" or following in _DEPARTMENTS):
        return DecidedForm("關系", wording("Beside institutes 系 is a department."))
    return None


def _only(around: Around, start: int, end: int) -> DecidedForm | None:
    # 那隻會飛的鳥 goes on to what has the quality; 那只會讓他難過 does not.
    if _EFFECT.match(around.clause, end) and "的" not in around.clause[end:]:
        return DecidedForm(
            "這只" if around.clause[start] == "这" else around.clause[start:end],
            wording("Before such a verb 只 is only."),
            is_certain=False,
        )
    return None


def _sleepy(around: Around, start: int, end: int) -> DecidedForm | None:
    rest = around.clause[start + 1 : end]
    before = around.clause[:start]
    ends = rest or around.clause[end : end + 1] in ("", *"了得的吗又")
    if ends and not _TRAPPED.search(before) and (len(before) < 3 or _TIRED.search(before)):
        return DecidedForm(f"睏{rest}", wording("Of somebody who is tired 困 is sleepy."), is_certain=False)
    return None


def _belong(around: Around, start: int, end: int) -> DecidedForm | None:
    following = around.clause[end : end + 1]
    if around.clause[max(0, start - 2) : start] in ("是否", "决定") and following not in tuple("于中"):
        return DecidedForm("係屬", wording("After such an adverb 系 is to be."), is_certain=False)
    return DecidedForm(
        "繫屬",
        wording("Of a court 系 is to be pending."),
        is_certain=bool(following) and following in "于中法",
    )


def _pole(around: Around, start: int, end: int) -> DecidedForm | None:
    number = around.clause[start : end - 1]
    if number or COUNT.search(around.clause, 0, start):
        return DecidedForm(f"{number}桿", wording("After a number 杆 is a measure word."))
    return None


def _swim(around: Around, start: int, end: int) -> DecidedForm | None:
    """游 is to swim or to travel: 游到对岸 and 鱼在水里游, but 游黄山."""
    rest = around.clause[start + 1 : end]
    if _SIGHTS.match(around.clause, end):
        return DecidedForm(f"遊{rest}", wording("Before a place 游 is to travel."), is_certain=False)
    if (
        _SWIMMING.match(around.clause, end)
        or _IN_WATER.search(around.clause)
        or _FARTHER.search(around.clause, 0, start)
    ):
        return DecidedForm(
            f"游{rest}", wording("Near water or with a direction 游 is to swim."), is_certain=False
        )
    return None


def _swim_back(around: Around, start: int, _end: int) -> DecidedForm | None:
    if around.clause[start - 1 : start] in ("往", "向"):
        return DecidedForm("回游", wording("After 往 or 向 it is to swim back."))
    return None


MEANINGS: Mapping[str, Callable[[Around, int, int], DecidedForm | None]] = {
    "里": _inside,
    "里人": _villager,
    "编制": _compile,
    "回复": _restore,
    **dict.fromkeys(("出", "出戏"), _play),
    **dict.fromkeys(("里加", "里拉", "里布"), _into),
    **dict.fromkeys(("卷", *(f"{each}卷" for each in _DIGITS)), _roll),
    **dict.fromkeys(("杆", *(f"{each}杆" for each in _DIGITS)), _pole),
    **dict.fromkeys(("那只", "这只"), _only),
    **dict.fromkeys(("困", "困了"), _sleepy),
    "舍": _give_up,
    "占": _divine,
    "上签": _sign,
    "签": _lot,
    "斗牛": _stars,
    "后": _queen,
    "关系": _department,
    "系属": _belong,
    **dict.fromkeys(("游", "游了", "游过"), _swim),
    "回游": _swim_back,
}
_NUMBER = "[零〇一二三四五六七八九十百千万亿两几数半0-9０-９余来多]"
WATCHED_MEANINGS = (
    f"{WATCHED_NAMES}|里(?<=[（(]里)(?=[）)])|里人|编制|回复|出(?<=[零〇一二三四五六七八九十百两几数0-9这那哪每]出)"
    f"|卷(?<={_NUMBER}卷)|杆(?<={_NUMBER}杆)|舍(?=[{''.join(sorted(_GIVEN_UP))}])|舍(?<=[愿肯难割甘敢]舍)"
    f"|占(?=了?[一二两三数这]?[课卦卜星梦筮])|困(?=[了得的吗又])|困(?<=[很好太真又也想爱犯发不累]困)|那只(?=[会能要是有好])|这只(?=[会能要是有好])|上签|斗牛|干(?<=又干)|干(?<=[菇菌鱼虾贝卜薯菜肉梅豆笋柿枣莓桃萄果]干)|{_DRIED_AFTER.pattern}|后(?<=[{_QUEENS}]后)|关系(?<=相关系)|系属"
    "|游(?![泳戏客览玩行乐艺侠记说学荡移离牧击标人园船走艇轮])|回游"
)
"""Where a rule of these may have something to say, as a pattern; each way begins with its character."""
