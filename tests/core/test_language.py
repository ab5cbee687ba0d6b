import pytest

from keben.core.language import canonical, region, script
from keben.core.regions import region_of


@pytest.mark.parametrize(
    ("tag", "full", "of_script", "of_region", "quotes"),
    [
        ("zh-Hans", "zh-Hans-CN", "Hans", "CN", "curly"),
        ("zh_TW", "zh-Hant-TW", "Hant", "TW", "corner"),
        ("ZH-HK", "zh-Hant-HK", "Hant", "HK", "corner"),
        ("zh-Hant", "zh-Hant-TW", "Hant", "TW", "corner"),
    ],
)
def test_tags_have_a_script_a_region_and_quotation_marks(tag, full, of_script, of_region, quotes):
    assert canonical(tag) == full
    assert (script(full), region(full), region_of(full).quotes) == (of_script, of_region, quotes)


def test_other_languages_are_not_known():
    assert canonical("ja") is None
    assert canonical("zh-Hant-TW-vertical") is None


@pytest.mark.parametrize(
    ("tag", "centred", "common"),
    [
        ("zh-Hans-CN", False, "GB 2312"),
        ("zh-Hant-TW", True, "Big5"),
        ("zh-HK", True, "Big5-HKSCS"),
        ("zh-Hant-MO", True, "Big5"),
        ("zh-Hant", True, "Big5"),
        ("en", False, "GB 2312"),
        ("", False, "GB 2312"),
    ],
)
def test_any_tag_has_a_region(tag, centred, common):
    assert (region_of(tag).centred_stops, region_of(tag).common.name) == (centred, common)
