import pytest

from keben.language import canonical, region, script, usual_quotes


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
    assert (script(full), region(full), usual_quotes(full)) == (of_script, of_region, quotes)


def test_other_languages_are_not_known():
    assert canonical("ja") is None
    assert canonical("zh-Hant-TW-vertical") is None
