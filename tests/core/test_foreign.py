"""What libraries say when they fail: word for word in English, and translated."""

import io
import zipfile

import pytest
from jinja2 import Environment, TemplateError

from keben.core.catalogues import translated
from keben.core.foreign import foreign
from keben.core.markup import MarkupError, parse
from keben.core.saying import Wording, wording


def raised(function, *arguments):
    with pytest.raises((TemplateError, zipfile.BadZipFile, UnicodeDecodeError, MarkupError)) as caught:
        function(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (lambda: raised(zipfile.ZipFile, io.BytesIO(b"no")), "不是 zip 文件"),
        (
            lambda: raised(b"a\xff".decode),
            "按 'utf-8' 无法解码位置 1 处的字节 0xff：起始字节无效",
        ),
        (lambda: raised(b"a\xe4".decode), "按 'utf-8' 无法解码位置 1 处的字节 0xe4：数据不完整"),
        (lambda: raised(Environment().from_string, "{% no %}"), "未知标签 'no'。"),
        (lambda: raised(Environment().from_string, "{{ a"), "模板没有写完，还缺 'end of print statement'。"),
        (lambda: raised(Environment().from_string, "{{ a | no }}"), "没有名为 'no' 的过滤器。"),
        (lambda: raised(parse, "<p>"), "没有元素"),
        (lambda: raised(parse, "<p>&no;</p>"), "实体没有定义"),
        (lambda: raised(parse, "<p><b></p>"), "首尾标签不配对"),
    ],
)
def test_what_libraries_say_is_translated(error, chinese):
    said = error()
    assert foreign(said) == str(said)
    assert translated(foreign(said), "zh-Hans") == chinese


def test_what_is_not_known_stays_as_it_is():
    assert foreign("nobody knows this") == "nobody knows this"
    assert not isinstance(foreign("nobody knows this"), Wording)
    own = wording("It is damaged.")
    assert foreign(ValueError(own)) is own
