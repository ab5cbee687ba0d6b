import pytest

from keben.script.passages import converter_for


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她穿著白袍站在門口", "她穿着白袍站在门口"),
        ("他當眾得著稱讚", "他当众得着称赞"),
        ("島上的土著唱歌", "岛上的土著唱歌"),
        ("他是專著的作者，也讀譯著", "他是专著的作者，也读译著"),
        ("原著、編著、合著、論著", "原著、编著、合著、论著"),
        ("看著名單", "看着名单"),
        ("看著著名的畫", "看着著名的画"),
        ("藉著月光", "借着月光"),
        ("著急", "着急"),
    ],
)
@pytest.mark.parametrize("name", ["tw2s", "tw2sp"])
def test_zhu_is_a_particle_or_a_part_of_a_word(name, text, expected):
    chosen = converter_for((name,), "context")
    assert chosen.convert(text) == expected
    assert chosen.trace(text).output == expected


def test_hong_kong_writes_both_and_needs_no_weighing():
    assert converter_for(("hk2s",), "context").convert("穿着白袍，著作") == "穿着白袍，著作"


def test_opencc_s_own_way_is_left_alone():
    assert converter_for(("tw2s",), "opencc").convert("島上的土著") == "岛上的土着"
