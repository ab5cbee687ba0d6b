"""How characters stand in a column, by the Vertical_Orientation property of the Unicode Standard, Annex #50."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.typeset.fonts.vertical.orientation import orientation


@pytest.mark.parametrize(
    ("kind", "characters"),
    [
        (
            "U",
            "中𠀀〇々、。，．！？ぁあァア・ㄅ한①㈠⑳❶㎡％＆＋／＼０９Ａｚ￥§©®±×÷¼‖†‡‰※℃№Ⅳ∞∴■○★♪⿰\u3000﹁\ue000",
        ),
        ("Tr", "（）「」『』【】〔〕〈〉《》［］｛｝～〜：；ー＿￣｜〰"),
        ("R", "aZ09 .,:;!?()\"'-/éαж·–—―…‥“”‘’‧°²→←↑↓−≠─│⸺ｱｦ｡｢－＜＝＞ˊˇˋ˙\u00a0\u2010\U0001f800"),
    ],
)
def test_kinds(kind, characters):
    assert {each: orientation(each) for each in characters} == dict.fromkeys(characters, kind)


IDEOGRAPHS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x20000, 0x2A6DF), (0x30000, 0x323AF)]


@given(st.one_of([st.characters(min_codepoint=first, max_codepoint=last) for first, last in IDEOGRAPHS]))
def test_ideographs_stand(character):
    assert orientation(character) == "U"


@given(st.characters(max_codepoint=0x24F, categories=["Ll", "Lu", "Nd", "Zs", "Cc", "Pd", "Ps", "Pe"]))
def test_western_letters_and_digits_lie(character):
    assert orientation(character) == "R"
