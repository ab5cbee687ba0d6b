import io
import json
import sys

import pytest

from keben.cli.output import print_json
from keben.cli.streams import open_streams, say


@pytest.fixture
def console(monkeypatch):
    """Standard output as a program on Windows gets it where it is not a console: in the system's code page."""

    def console(encoding):
        data = io.BytesIO()
        stream = io.TextIOWrapper(data, encoding=encoding, errors="strict", newline="\n", write_through=True)
        monkeypatch.setattr(sys, "stdout", stream)
        open_streams()
        return data

    return console


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp936", "《红楼梦》：餘華 \\U00030729 〓 é"),
        ("gb18030", "《红楼梦》：餘華 \U00030729 〓 é"),
        ("cp950", "《\\u7ea2\\u697c\\u68a6》：餘華 \\U00030729 \\u3013 \\xe9"),
        ("big5hkscs", "《\\u7ea2\\u697c梦》：餘華 \\U00030729 \\u3013 é"),
        ("utf-8", "《红楼梦》：餘華 \U00030729 〓 é"),
    ],
)
def test_a_chinese_console_keeps_its_encoding_and_shows_what_it_lacks(console, encoding, shown):
    data = console(encoding)
    say("《红楼梦》：餘華 \U00030729 〓 é")
    assert data.getvalue().decode(encoding) == shown.replace("\n", "") + "\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_console_without_chinese_gets_utf_8(console, encoding):
    data = console(encoding)
    say("刻本 \udc80")
    assert data.getvalue() == "刻本 \\udc80\n".encode()


@pytest.mark.parametrize("encoding", ["cp936", "cp950", "utf-8"])
def test_json_is_json_in_every_encoding(console, encoding):
    data = console(encoding)
    value = {"title": "红楼梦 \U00030729 é 〓"}
    print_json(value)
    assert json.loads(data.getvalue().decode(encoding)) == value
