import pytest

from keben import UsageError, convert_text
from keben.core.editorial.values import Editorial, GlossaryEntry
from keben.core.errors import Place


@pytest.mark.parametrize(
    ("text", "options", "converted"),
    [
        ("头发与发现", {"language": "zh-Hant-TW"}, "頭髮與發現"),
        ("他说：“软件里的‘字’。”", {"language": "zh-Hant"}, "他說：「軟件裡的『字』。」"),
        ("软件", {"language": "zh-TW", "vocabulary": "regional"}, "軟體"),
        ("他说：“是。”", {"language": "zh-Hant-HK", "quotes": "keep"}, "他説：“是。”"),
        ("頭髮與發現", {"language": "zh-Hans", "source": "zh-Hant-TW"}, "头发与发现"),
        ("*头*\n\n发", {"language": "zh-Hant-TW"}, "*頭*\n\n發"),
        ("", {"language": "zh-Hant-TW"}, ""),
    ],
)
def test_a_text_is_converted_as_a_book_s_is(text, options, converted):
    assert convert_text(text, **options) == converted


def test_what_editors_settled_holds():
    entry = GlossaryEntry("发现", {"zh-Hant-TW": "發見"}, Place("glossary.tsv", 2))
    assert convert_text("头发与发现", "zh-Hant-TW", editorial=Editorial((entry,))) == "頭髮與發見"


@pytest.mark.parametrize("tag", ["en", "ja", "zh-Latn-pinyin"])
def test_a_language_that_keben_makes_no_books_in_is_refused(tag):
    with pytest.raises(UsageError, match=r"zh-Hans-CN, zh-Hant-TW, zh-Hant-HK"):
        convert_text("字", tag)
