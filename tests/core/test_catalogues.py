"""The catalogues: whole, with the names of the templates, and read by locale."""

import subprocess
import sys
from pathlib import Path

import pytest

from keben.core.catalogues import language_from, language_of, read_entries, translated
from keben.core.errors import Finding, Place
from keben.core.saying import joined, series, wording

ROOT = Path(__file__).parents[2]


def test_each_sentence_is_translated_with_the_same_names():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "catalogues.py"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh_SG.GB2312", "zh-Hans"),
        ("C.UTF-8", "en"),
        ("en_GB", "en"),
        ("de_DE.UTF-8", None),
        ("", None),
    ],
)
def test_a_locale_names_a_language(name, language):
    assert language_of(name) == language


def test_the_environment_asks_in_its_order():
    assert language_from({}) == "en"
    assert language_from({"LANG": "zh_CN.UTF-8"}) == "zh-Hans"
    assert language_from({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW"}) == "zh-Hant"
    assert language_from({"LC_MESSAGES": "zh_TW", "LC_ALL": "C"}) == "en"
    assert language_from({"LC_ALL": "C", "KEBEN_LANG": "zh-Hant"}) == "zh-Hant"
    assert language_from({"LANG": "de_DE.UTF-8"}) == "en"


def test_a_finding_is_said_in_chinese():
    found = Finding(
        Place("a.md", 3), "x", wording("This file is not UTF-8."), wording("Save it as UTF-8."), "warning"
    )
    assert str(found) == "a.md:3: warning: This file is not UTF-8. Save it as UTF-8."
    assert translated(str(found), "zh-Hans") == "a.md:3: 警告：此文件不是 UTF-8。请存为 UTF-8。"
    assert translated(str(found), "zh-Hant") == "a.md:3: 警告：此檔案不是 UTF-8。請存為 UTF-8。"


def test_values_stay_and_sentences_in_sentences_are_translated():
    said = wording("This picture cannot be read as {name}: {one_line}.", name="PNG", one_line="{x} is broken")
    assert translated(said, "zh-Hans") == "不能把图片作为 PNG 读取：{x} is broken。"
    rows = wording("Use one of {known}.", known=series(("Build it again.", "b")))
    assert translated(rows, "zh-Hans") == "请用：Build it again.、b。"
    assert translated(joined("  ", wording("It is empty.")), "zh-Hans") == "  文件是空的。"
    inner = wording("This template fails: {message}.", message=wording("It is empty.").rstrip("."))
    assert inner == "This template fails: It is empty."
    assert translated(inner, "zh-Hans") == "这个模板出错：文件是空的。"
    assert translated("no sentence of Keben's", "zh-Hans") == "no sentence of Keben's"


def test_entries_are_read_with_their_escapes_and_lines():
    text = 'msgid ""\nmsgstr "Language: x\\n"\n\nmsgid "a"\n"\\"b\\"\\n"\nmsgstr "c\\\\"\n\nmsgid "d"\nmsgstr ""\n'
    assert read_entries(text) == {'a"b"\n': "c\\"}
