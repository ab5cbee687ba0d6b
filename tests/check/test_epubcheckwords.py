"""What EPUBCheck says: word for word in English, and translated where it is frequent."""

import pytest

from keben.check.epubcheckwords import said_by_epubcheck
from keben.core.catalogues import translated


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            'Error while parsing file: element "foo" not allowed here; expected the element end-tag or text',
            "解析文件时出错：这里不能有元素“foo”；应为 the element end-tag or text",
        ),
        (
            'Referenced resource "EPUB/a.png" could not be found in the EPUB.',
            "EPUB 中找不到所引用的资源“EPUB/a.png”。",
        ),
        ("Fragment identifier is not defined.", "链接“#”后面的标识没有定义。"),
        ("Something that is new.", "Something that is new."),
    ],
)
def test_a_frequent_message_is_translated(english, chinese):
    said = said_by_epubcheck(english)
    assert said == english
    assert translated(said, "zh-Hans") == chinese
