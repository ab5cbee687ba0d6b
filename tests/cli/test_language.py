"""The command line in the three languages: by option, by environment, and with no English left."""

import re

import pytest
from click.testing import CliRunner

from keben.cli import main
from keben.cli.language import speak

COMMANDS = (
    "new",
    "import",
    "lint",
    "build",
    "review",
    "explain",
    "lookup",
    "check",
    "impose",
    "doctor",
    "clean",
)
_NAMES = re.compile(
    r"`[^`]*`|--?[a-z][a-z-]*|\[[^\]]*\]|[A-Z][A-Z:_]+\b|[\w.*/-]*[./_|-][\w.*/-]*|\b(?:keben|main|click)\b"
    r"|\b(?:Markdown|Dask|Keben|OpenCC|Ctrl|Word|epub|pdf|booklet|press|docx|sample|onix|git|warning|novel|textbook"
    r"|poetry|report|classic|mm|en|Hans|Hant|tcp|IN|OUT|DIRECTORY|JIS|right|left|error|notice|python|text|json)\b"
)


@pytest.fixture(autouse=True)
def _english_again():
    yield
    speak("en")


def said(*arguments, language="zh-Hans", **environment):
    runner = CliRunner(env={"KEBEN_LANG": language, **environment})
    return runner.invoke(main, [str(each) for each in arguments])


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_english_but_names(command, language):
    text = said(*([command] if command else []), "--help", language=language).output
    assert not re.findall(r"[A-Za-z]{3,} [a-z]{2,}", _NAMES.sub("", text)), text
    assert re.search("[\u4e00-\u9fff]{4}", text)


def test_the_languages_differ_in_script():
    assert "构建书的各个版本，写入输出文件夹。" in said("build", "--help").output
    assert "建置書的各個版本，寫入輸出資料夾。" in said("build", "--help", language="zh-Hant").output
    assert "Build the editions of a book" in said("build", "--help", language="en").output


def test_the_option_goes_before_the_environment_and_stands_anywhere():
    for arguments in (("--lang", "zh_TW", "build", "/none"), ("build", "--lang=zh-Hant", "/none")):
        result = said(*arguments, language="en")
        assert (result.exit_code, "沒有這個檔案。" in result.output) == (2, True)
    assert said("--lang", "xx", "build").output.startswith("--lang: 刻本不支持语言“xx”。")


def test_wrong_usage_is_said_by_click_in_chinese():
    assert "错误：没有选项“--nosuch”。" in said("check", "--nosuch").output
    assert "错误：没有命令“frob”。" in said("frob").output
    assert "錯誤：沒有指令「frob」。" in said("frob", language="zh-Hant").output
    assert "错误：“-j” / “--jobs”的值无效：“x”不是有效的整数。" in said("build", "-j", "x").output
    assert "“pfd”不在“epub”、“pdf”、" in said("build", "-f", "pfd").output
    assert "错误：缺少参数“SOURCE”。" in said("import").output
    assert "用法：" in said("frob").output
    assert "Error: No such option" in said("check", "--nosuch", language="en").output


def test_an_unknown_command_is_answered_with_the_one_that_is_meant():
    assert "错误：没有命令“buid”。是不是想写 `keben build`？" in said("buid").output
    assert "No such command 'buid'. Did you mean `keben build`?" in said("buid", language="en").output


def test_a_folder_in_place_of_a_file_is_said_in_whole_words(tmp_path):
    assert f"文件“{tmp_path}”是文件夹。" in said("impose", tmp_path, "out.pdf").output.replace("\n", "")


def test_json_stays_english():
    result = said("build", "/none", "--json")
    assert '"message": "There is no such file."' in result.output
