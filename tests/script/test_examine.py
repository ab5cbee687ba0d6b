from pathlib import Path

import pytest

from keben.script.examine import Examiner
from keben.script.passages import Lock, converter_for
from keben.script.suspicions import RANKS, Suspicion, distinct

HARD = [
    line.split("\t")[:3]
    for line in (Path(__file__).parents[1] / "data" / "hard_cases.tsv").read_text("utf-8").splitlines()[1:]
]


def examiner(name, mode="context"):
    return Examiner(converter_for((name,), mode), "regional" if name.endswith("p") else "characters")


def doubts(name, text, mode="context"):
    examining = examiner(name, mode)
    found = examining.suspicions(examining.converter.trace(text), text)
    return [(each.kind, text[each.start : each.end], each.candidates) for each in found]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # Parted otherwise it would be something else.
        ("s2tw", "显明了", ("overlap", "显明了", ("顯明了", "顯明瞭"))),
        ("s2tw", "能干得很", ("phrase", "能干得很", ("能乾得很", "能幹得很", "能干得很"))),
        # A phrase that no list of words has; one that was not taken; two of a character that part ways.
        ("s2tw", "矮几公分", ("phrase", "矮几", ("矮几", "矮幾"))),
        ("s2tw", "一只只小羊", ("phrase", "只只", ("隻只", "隻隻", "只只"))),
        # A phrase's last character begins another phrase.
        ("s2tw", "这一只读特性", ("phrase", "一只", ("一隻", "一只"))),
        # The dictionary has two forms.
        ("s2tw", "中国自制的", ("several", "自制", ("自製", "自制"))),
        # A surname.
        ("s2tw", "他读余华", ("name", "余华", ("餘華", "余華"))),
        # No phrase decides.
        ("s2tw", "等面板干后", ("likely", "干", ("幹", "干", "乾", "榦"))),
        # A technical term's word that is a common word too, or part of another.
        ("s2twp", "列车运行很稳", ("regional", "运行", ("執行", "運行"))),
        ("s2twp", "丘比特", ("regional", "比特", ("位元", "比特"))),
        # The other way.
        ("tw2s", "覆議", ("default", "覆", ("覆", "复"))),
        ("t2s", "徐乾學", ("default", "乾", ("干", "乾"))),
        ("tw2sp", "法院執行判決", ("regional", "執行", ("运行", "执行"))),
    ],
)
def test_a_doubtful_place_is_found_with_what_it_could_be(name, text, expected):
    assert doubts(name, text) == [expected]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s2tw", "发明"),
        ("s2tw", "三只小羊"),
        ("s2tw", "余下的钱"),
        ("s2tw", "我们在中国学习"),
        ("s2tw", "列车运行很稳"),
        ("s2twp", "我们学习"),
        ("tw2s", "這是小說"),
        ("tw2sp", "記憶體"),
        ("s2tw", ""),
    ],
)
def test_what_is_sure_is_not_asked_about(name, text):
    assert doubts(name, text) == []


def test_greedy_matching_is_examined_by_context():
    assert doubts("s2tw", "被发明", "opencc") == [("likely", "被发明", ("被髮明", "被發明"))]


def test_offsets_are_those_of_the_whole_text():
    examining = examiner("s2twp")
    text = "内存，显明了"
    found = examining.suspicions(examining.converter.trace(text), text)
    assert [(each.start, each.end, each.kind) for each in found] == [
        (0, 2, "regional"),
        (3, 6, "overlap"),
    ]


def test_what_is_settled_is_not_asked_about():
    examining = examiner("s2tw")
    text = "作家余华先生"
    passage = examining.converter.trace(text, [Lock(2, 4, "余華")])
    assert passage.output == "作家余華先生"
    assert examining.suspicions(passage, "作家\ufdd0\ufdd0先生") == []
    back = examiner("t2s")
    assert back.suspicions(back.converter.trace("徐乾學", [Lock(1, 2, "乾")]), "徐\ufdd0學") == []


def test_words_whose_conversion_is_open_are_listed_with_what_they_became():
    examining = examiner("s2tw")
    assert list(examining.words(examining.converter.trace("发明头发"), "发明头发")) == [
        (0, 2, "發明"),
        (2, 4, "頭髮"),
    ]
    back = examiner("tw2s")
    assert list(back.words(back.converter.trace("頭髮"), "頭髮")) == []


def test_one_place_is_asked_about_once_by_the_better_rank():
    low, high = (
        Suspicion(0, 3, "default", ("甲", "乙"), ""),
        Suspicion(2, 4, "overlap", ("甲", "乙"), ""),
    )
    apart = Suspicion(4, 5, "default", ("甲", "乙"), "")
    assert RANKS["overlap"] < RANKS["default"]
    assert distinct([low, high, apart]) == [high, apart]


def test_four_of_five_hard_cases_that_come_out_wrong_are_flagged():
    wrong = flagged = 0
    for name, source, expected in HARD:
        examining = examiner(name)
        passage = examining.converter.trace(source)
        if passage.output != expected:
            wrong += 1
            places = [
                at
                for at, (one, other) in enumerate(zip(expected, passage.output, strict=False))
                if one != other
            ]
            spans = [
                (passage.offsets[each.start], passage.offsets[each.end])
                for each in examining.suspicions(passage, source)
            ]
            same = len(expected) == len(passage.output)
            flagged += any(not same or start <= at < end for start, end in spans for at in places)
    assert 0 < wrong <= 78
    assert flagged >= 0.8 * wrong


@pytest.mark.parametrize(
    "text",
    [
        # Words that Taiwan writes in one way, whatever stands around them.
        "资源管理机制",
        "两国的关系",
        # Characters that grammar leaves one use.
        "建立两个版本后",
        "那几个人",
        "放在工作目录里",
        # Foreign names.
        "希拉里向来如此",
        "马克·里奇",
    ],
)
def test_what_is_sure_is_no_question(text):
    assert doubts("s2tw", text) == []


def test_a_spelling_by_taste_need_not_be_decided():
    assert {kind for kind, *_ in doubts("s2tw", "家贫，织席为业")} <= {"phrase", "default"}
