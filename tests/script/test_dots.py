import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.script.dots import set_dots, set_dots_alone


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("约翰·史密斯", "‧", "约翰‧史密斯"),
        ("约翰‧史密斯", "・", "约翰・史密斯"),
        ("约翰・史密斯", "·", "约翰·史密斯"),
        ("约翰·史密斯", "keep", "约翰·史密斯"),
        ("J·R·R", "‧", "J·R·R"),
        ("3·15", "‧", "3·15"),
        ("·项目", "‧", "·项目"),
        ("项目·", "‧", "项目·"),
        ("一二·九", "‧", "一二‧九"),
        ("列夫．托爾斯泰", "·", "列夫·托爾斯泰"),
        ("列夫•托爾斯泰", "·", "列夫·托爾斯泰"),
        ("列夫．尼古拉耶維奇．托爾斯泰", "·", "列夫·尼古拉耶維奇·托爾斯泰"),
        ("一．緒論", "·", "一．緒論"),
        ("第十二．結語", "·", "第十二．結語"),
        ("（二）．五", "·", "（二）．五"),
        ("共三．五萬", "·", "共三·五萬"),
        ("• 項目", "·", "• 項目"),
        ("他走了．", "·", "他走了．"),
    ],
)
def test_the_dot_between_names_follows_the_edition(text, form, expected):
    assert set_dots_alone(text, form) == expected


@given(st.text("约·‧a", max_size=10), st.integers(0, 10))
def test_markup_around_a_dot_makes_no_difference(text, border):
    texts = [text[:border], text[border:]]
    made = set_dots(texts, "・")
    assert "".join(made) == set_dots_alone(text, "・")
    assert [len(each) for each in made] == [len(each) for each in texts]
