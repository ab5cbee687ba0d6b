import re

import pytest

from keben.script.choices import chooser
from keben.script.dictionaries import entries
from keben.script.passages import Lock, converter_for
from keben.script.taiwan import taiwan


def converted(text, name="s2tw", mode="context"):
    passage = converter_for((name,), mode).trace(text)
    assert passage.output == converter_for((name,), mode).convert(text)
    return passage.output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Of several forms the one that Taiwan writes.
        ("这里不准停车", "這裡不准停車"),
        ("鱼在海里游来游去", "魚在海裡游來游去"),
        # A word that Taiwan always writes otherwise than the dictionary.
        ("申请换发护照", "申請換發護照"),
        ("猪肉面线", "豬肉麵線"),
        # By hand.
        ("彷佛有人敲门", "彷彿有人敲門"),
        ("他住在江干区", "他住在江干區"),
        # A character that no phrase decides.
        ("远处传来几声钟", "遠處傳來幾聲鐘"),
        ("他的手表准", "他的手錶准"),
        # A longer word keeps its own form.
        ("他的自制力强", "他的自制力強"),
        # 臺 and 台 are one: names that OpenCC knows stay as it has them.
        ("郭台铭", "郭台銘"),
    ],
)
def test_forms_are_those_that_taiwan_writes(text, expected):
    assert converted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其词云：春去也", "其詞云：春去也"),
        ("诗云：『是』", "詩云：『是』"),
        ("云在天上", "雲在天上"),
        ("第二只小羊", "第二隻小羊"),
        ("养了三只", "養了三隻"),
        ("周六只上晚班", "週六只上晚班"),
        ("第一只是个开始", "第一只是個開始"),
        ("喂，你好", "喂，你好"),
        ("喂喂，你好", "喂喂，你好"),
        ("早晚喂两次猫", "早晚餵兩次貓"),
        ("馆子面最好吃", "館子麵最好吃"),
        ("一面镜子", "一面鏡子"),
        ("井水都干了", "井水都乾了"),
        ("他干了三年", "他幹了三年"),
        ("大雨冲去了落叶", "大雨沖去了落葉"),
        ("三百海里外", "三百海里外"),
        ("老师准了他的假", "老師准了他的假"),
        ("他猜得准", "他猜得準"),
        ("证件系伪造，实系误会", "證件系偽造，實係誤會"),
    ],
)
def test_what_stands_around_tells_the_form(text, expected):
    assert converted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("又干了一杯", "又乾了一杯"),
        ("他干了三年", "他幹了三年"),
        ("不干众人之事", "不干眾人之事"),
        ("干我甚事", "干我甚事"),
        ("不干坏事", "不幹壞事"),
        ("大军往征之", "大軍往征之"),
        ("征税之事", "徵稅之事"),
        ("咸使知之", "咸使知之"),
        ("汤太咸了", "湯太鹹了"),
        ("汤咸，饭硬", "湯鹹，飯硬"),
        ("径来见他", "逕來見他"),
        ("径向主管机关提出", "逕向主管機關提出"),
        ("半径为三", "半徑為三"),
        ("曹兵一出，", "曹兵一出，"),
        ("看一出好戏", "看一齣好戲"),
        ("唱了一出", "唱了一齣"),
        ("此人欲往北方", "此人欲往北方"),
        ("灭人欲", "滅人慾"),
        ("于军中讨了一匹马", "於軍中討了一匹馬"),
        ("立马于山上", "立馬於山上"),
        ("驾船数只", "駕船數隻"),
        ("吐血数斗", "吐血數斗"),
        ("果系何人", "果係何人"),
        ("以绳系之", "以繩繫之"),
        ("范疆、张达来了", "范疆、張達來了"),
        ("示范课", "示範課"),
    ],
)
def test_what_stands_around_tells_the_form_in_older_prose(text, expected):
    assert converted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("作家余秋雨谈旅行", "作家余秋雨談旅行"),
        ("老范明天请客", "老范明天請客"),
        ("演员于震来了", "演員于震來了"),
        ("演员于昨晚抵达", "演員於昨晚抵達"),
        ("姜先生来了", "姜先生來了"),
        ("钟小姐来了", "鍾小姐來了"),
        ("小钟响了", "小鐘響了"),
    ],
)
def test_a_title_tells_a_surname(text, expected):
    assert converted(text) == expected


def test_a_form_is_the_edition_s():
    assert converted("海里有鱼", "s2hk") == "海裏有魚"
    assert converted("海里有鱼", "s2t") == "海里有魚"
    assert converted("吃面，馆子面", "s2t") == "喫麪，館子麪"


def test_opencc_s_own_way_is_left_alone():
    assert converted("不准，换发，其词云：", mode="opencc") == "不準，換髮，其詞雲："


def test_what_is_settled_stays_beside_what_is_chosen():
    chosen = converter_for(("s2tw",), "context")
    assert chosen.convert("不准换发，不准", [Lock(2, 4, "XYZ")]) == "不准XYZ，不准"
    passage = chosen.trace("不准换发，不准", [Lock(2, 4, "XYZ")])
    assert passage.output == "不准XYZ，不准"
    assert passage.offsets[5] == 6


def test_every_choice_has_the_length_of_its_word():
    for name in ("s2tw", "s2twp", "s2hk", "s2hkp", "s2t"):
        known = chooser(name)
        for word, chosen in [*known.words.items(), *known.characters.items()]:
            assert len(word) == len(chosen.target), word


def test_the_tables_hold_what_they_should():
    known = taiwan()
    assert known.forms["换发"] == {"換髮": 0, "換發": 37}
    assert known.regional["程序"] == {"程序": 876, "程式": 1551}
    characters = entries("STCharacters.txt").keys()
    for word, form in known.own.items():
        assert form == "=" or len(form) == len(word)
        assert not re.search(r"\s", word)
        assert not characters.isdisjoint(word) or form == "=" or form != word, word
