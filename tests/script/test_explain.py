import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.script.explain import explain, look_up
from keben.script.explanations import explain_text, in_every_language
from keben.script.passages import converter_for


def pieces(text, name="s2tw", mode="context", everyday=False):
    found = explain(converter_for((name,), mode, everyday=everyday), text)
    return [(each.source, each.output, each.reasons) for each in found if each.reasons]


def test_each_piece_names_what_decides_it():
    assert pieces("换发头发") == [
        ("换发", "換發", ("counts: Taiwan's own text has: 換髮 0, 換發 37.",)),
        ("头发", "頭髮", ("STPhrases: 头发 → 頭髮",)),
    ]
    assert pieces("其词云：") == [
        ("词", "詞", ("STCharacters: 词 → 詞",)),
        ("云", "云", ("surrounding text: Before a colon or a quotation 云 is to say.",)),
    ]
    assert pieces("江干区") == [("江干区", "江干區", ("own list: Keben's own list has 江干區.",))]


def test_a_regional_word_is_one_piece():
    assert pieces("用软件写", "s2twp")[0] == (
        "软件",
        "軟體",
        ("STCharacters: 软 → 軟", "TWPhrases: 軟件 → 軟體"),
    )
    assert pieces("内存条", "s2twp")[0][:2] == ("内存条", "記憶體模組")


def test_what_taiwan_says_too_stays_in_everyday_vocabulary():
    ((source, output, (reason,)),) = pieces("程序", "s2twp", everyday=True)
    assert (source, output) == ("程序", "程序")
    assert reason == "counts: Taiwan says both: 程序 876, 程式 1551."


TEXT = st.text("被发明软件程序换诗云：，三只喂猫里面著著a里內存", max_size=12)


@given(TEXT, st.sampled_from(["s2tw", "s2twp", "tw2s", "tw2sp", "s2hk"]), st.booleans())
def test_the_pieces_together_are_the_text_and_its_conversion(text, name, everyday):
    using = converter_for((name,), "context", everyday=everyday)
    found = explain(using, text)
    assert "".join(each.source for each in found) == text
    assert "".join(each.output for each in found) == using.convert(text) == using.trace(text).output


def test_a_chain_is_explained_by_its_first_configuration():
    reported = explain_text("裡面", "zh-HK", "zh-TW", "characters", "context")
    assert reported.output == "裏面"
    assert "".join(each.output for each in reported.pieces) == "裏面"
    assert explain_text("里面", "zh-Hans", "zh-CN", "characters", "context").output == "里面"


def test_doubts_are_told_too():
    reported = explain_text("他读余华", "zh-TW", "zh-Hans", "characters", "context")
    assert [each[:3] for each in reported.doubts] == [("name", "余华", ("餘華", "余華"))]


def test_every_source_says_what_it_knows_of_a_word():
    assert [(each.source, each.said) for each in look_up("换发")] == [
        ("Taiwan's counts", "換髮 0, 換發 37"),
        ("OpenCC's STPhrases", "換髮"),
        ("jieba's counts", "26"),
    ]
    assert look_up("没有这个词的") == ()
    assert ("own list", "left to OpenCC") in [(each.source, each.said) for each in look_up("干了")]


def test_a_word_is_shown_in_every_language_that_changes_it():
    assert in_every_language("程序") == {
        "zh-Hans → zh-Hant-TW, technical": "程式",
        "zh-Hant-TW → zh-Hans, technical": "进程",
    }


@pytest.mark.parametrize(
    ("text", "everyday", "technical"),
    [
        ("病人血液循环正常", "病人血液循環正常", "病人血液迴圈正常"),
        ("他上高级中学", "他上高級中學", "他上高階中學"),
        ("请填证明文件", "請填證明文件", "請填證明檔案"),
        ("程序员用软件", "程式設計師用軟體", "程式設計師用軟體"),
    ],
)
def test_everyday_vocabulary_leaves_out_what_the_region_says_itself(text, everyday, technical):
    assert converter_for(("s2twp",), "context", everyday=True).convert(text) == everyday
    assert converter_for(("s2twp",), "context").convert(text) == technical


def test_everyday_vocabulary_works_the_other_way_too():
    using = converter_for(("tw2sp",), "context", everyday=True)
    assert using.convert("法院執行判決，軟體與滑鼠") == "法院执行判决，软件与鼠标"
    assert using.trace("看著資料").output == "看着资料"
