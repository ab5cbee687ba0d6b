"""What another converter says of doubtful places."""

import pytest
from reviews import doubt

from keben.script import opinion
from keben.script.opinion import with_opinions


def said(language="zh-Hant-TW", **changes):
    return [each.reason for each in with_opinions([doubt(reason="Why.", **changes)], language)]


def test_its_form_is_said_where_it_is_one_of_the_candidates():
    around = {"before": "他的头", "after": "白了"}
    assert said(**around, output="發", candidates=("發", "髮")) == ["Why. zhconv writes 髮."]
    assert said(**around, output="髮", candidates=("髮", "發")) == ["Why. zhconv writes it so too."]
    assert said(**around, output="发", candidates=("发", "發")) == ["Why."]


def test_words_of_the_region_around_a_place_do_not_move_it():
    changes = {"phrase": "面", "output": "面", "candidates": ("面", "麵")}
    assert said("zh-Hant-TW", before="出租车上吃着一碗汤", after="条", **changes) == [
        "Why. zhconv writes 麵."
    ]


@pytest.mark.parametrize(
    ("language", "output", "reason"),
    [
        ("zh-Hant-HK", "裏", "zhconv writes it so too."),
        ("zh-Hant-TW", "里", "zhconv writes 裡."),
        ("en", "里", ""),
    ],
)
def test_each_region_is_asked_for_its_own(language, output, reason):
    changes = {"phrase": "里", "before": "房间", "after": "有人", "candidates": (output, "裡", "裏")}
    assert said(language, output=output, **changes) == [f"Why. {reason}".rstrip()]


def test_traditional_is_asked_too():
    changes = {"phrase": "著", "before": "他看", "after": "我", "output": "著", "candidates": ("著", "着")}
    assert said("zh-Hans-CN", **changes) == ["Why. zhconv writes 着."]


def test_without_it_nothing_is_said(monkeypatch):
    monkeypatch.setattr(opinion, "_converter", lambda: None)
    assert said(before="他的头", after="白了") == ["Why."]
