import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import keben
from keben.cli import main
from keben.cli import new as new_command

LANGUAGES = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")


def run(*arguments, text=None):
    return CliRunner().invoke(main, [str(each) for each in arguments], input=text)


def settings(folder):
    return tomllib.loads((folder / "book/book.toml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_book_of_each_language_builds_reviews_and_checks(tmp_path, language):
    made = run("new", "demo", "--language", language, "--edition", f"{language}-vertical", "--vertical")
    assert (made.exit_code, made.stderr) == (0, "")
    built = run("build", "demo", "-f", "epub", "-j", 1)
    assert (built.exit_code, built.stderr) == (0, "")
    assert run("lint", "demo").exit_code == 0
    assert run("review", "demo").exit_code == 0


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]),
        (("--language", "zh_TW"), ["zh-Hant-TW", "zh-Hans", "zh-Hant-HK"]),
        (("--language", "zh-HK", "-e", "zh-hk"), ["zh-Hant-HK"]),
        (("-e", "zh-TW-vertical, zh-Hans"), ["zh-Hant-TW-vertical", "zh-Hans"]),
        (("-e", "zh-Hans", "-e", "zh-Hans", "--vertical"), ["zh-Hans", "zh-Hant-TW-vertical"]),
        (("--vertical", "-e", "zh-Hant-TW-vertical"), ["zh-Hant-TW-vertical"]),
    ],
)
def test_editions_are_those_that_were_asked_for(tmp_path, options, names):
    assert run("new", "demo", *options).exit_code == 0
    assert list(settings(tmp_path / "demo")["editions"]) == names


LOOKS = [
    ("zh-Hans", ("--design", "novel", "--trim", "大32开", "-e", "zh-Hans")),
    ("zh-Hans", ("--design", "textbook", "--trim", "16开", "-e", "zh-Hant-HK-vertical")),
    ("zh-Hant-TW", ("--design", "report", "-e", "zh-Hans-vertical")),
    ("zh-Hant-HK", ("--design", "poetry", "--trim", "A6", "-e", "zh-Hant-HK")),
    ("zh-Hant-HK", ("--trim", "120mm 180mm", "-e", "zh-Hant-TW")),
]


@pytest.mark.parametrize(("language", "options"), LOOKS)
def test_a_new_book_in_each_look_has_nothing_to_report(tmp_path, language, options):
    assert run("new", "demo", "--language", language, *options).exit_code == 0
    checked = run("build", "demo", "-f", "epub", "-j", 1)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert run("lint", "demo").exit_code == 0


def test_a_new_book_is_ready_for_a_release(tmp_path):
    options = ("--design", "classic", "--trim", "25開", "-e", "zh-Hant-TW")
    assert run("new", "demo", "--language", "zh-Hant-TW", *options).exit_code == 0
    said = tmp_path / "demo/book/book.toml"
    text = said.read_text(encoding="utf-8")
    # The test of the wheel makes PDFs.
    said.write_text(text.replace("TW]\n", 'TW]\nformats = ["epub"]\n'), encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *command], cwd=tmp_path / "demo", check=True)
    released = run("build", "demo", "--release", "-j", 1)
    assert (released.exit_code, released.stderr) == (0, "")


def test_the_sample_is_in_the_script_of_the_manuscript(tmp_path):
    for language, words in (("zh-Hans", "从何而来"), ("zh-Hant-TW", "從何而來")):
        assert run("new", language, "--language", language).exit_code == 0
        first = (tmp_path / language / "book/chapters/01-first.md").read_text(encoding="utf-8")
        assert words in first
        assert run("build", language, "-f", "epub", "-e", "zh-Hant-TW", "-j", 1).exit_code == 0
        with zipfile.ZipFile(tmp_path / language / "build/my-book-zh-Hant-TW.epub") as archive:
            page = archive.read("EPUB/text/01-first.xhtml").decode()
        assert "都云作者痴" in page
        assert "從何而來" in page


def test_title_and_author_are_written_as_toml_and_take_the_sample_s_place(tmp_path):
    assert run("new", "demo", "--title", '他说："走\\吧"', "--author", " 林一 ").exit_code == 0
    book = settings(tmp_path / "demo")["book"]
    assert (book["title"], book["authors"], book["rights"]) == ('他说："走\\吧"', ["林一"], "版权所有")
    assert (tmp_path / "demo/README.md").read_text(encoding="utf-8").startswith('# 他说："走\\吧"\n')
    assert run("new", "other", "--title", "无题").exit_code == 0
    assert settings(tmp_path / "other")["book"]["authors"] == ["佚名"]
    assert run("new", "sample").exit_code == 0
    assert settings(tmp_path / "sample")["book"]["authors"] == ["曹雪芹"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--language", "en"), "--language: “en” is not a language that Keben makes books in."),
        (("-e", "zh-Hans,tw"), "--edition: “tw” is not an edition that a new book can begin with."),
        (("--title", "  "), "--title: This is empty"),
        (("--author", "a\nb"), "--author: This is empty, or has a character in it that cannot be printed."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(tmp_path, options, message):
    result = run("new", "demo", *options)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_it_asks_for_what_was_not_said(tmp_path, monkeypatch):
    monkeypatch.setattr(new_command, "_is_terminal", lambda: True)
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    result = run("new", "demo", text="\n我的小說\n\nzh-TW，zh-Hans\n33开\n25開\nnovl\nnovel\n")
    assert result.exit_code == 0, result.output
    assert "Language [zh-Hant-TW]:" in result.stdout
    assert "“33开” is not a page size." in result.output
    assert "“novl” is not a design. Did you mean “novel”?" in result.output
    said = settings(tmp_path / "demo")
    assert (said["book"]["title"], said["book"]["authors"]) == ("我的小說", ["佚名"])
    assert list(said["editions"]) == ["zh-Hant-TW", "zh-Hans"]
    assert said["print"] == {"trim": "25開", "design": "novel"}


def test_its_questions_are_in_the_language_of_the_person(tmp_path, monkeypatch):
    monkeypatch.setattr(new_command, "_is_terminal", lambda: True)
    monkeypatch.setenv("KEBEN_LANG", "zh-Hant")
    result = run("new", "demo", text="1\n\n\n\n33开\nA5\n\n")
    assert result.exit_code == 0, result.output
    questions = re.findall(r"^([^\s0-9]+) \[", result.stdout, re.MULTILINE)
    assert list(dict.fromkeys(questions)) == ["語言", "書名", "作者", "版本", "成品尺寸", "設計"]
    assert "“33开” is not" not in result.output
    assert "「33开」" in result.output


def test_enter_alone_gives_what_it_gives_without_a_terminal(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    assert run("new", "plain").exit_code == 0
    monkeypatch.setattr(new_command, "_is_terminal", lambda: True)
    assert run("new", "asked", text="\n" * 6).exit_code == 0
    assert run("new", "yes", "--yes").exit_code == 0
    texts = {
        (tmp_path / name / "book/book.toml").read_text(encoding="utf-8").partition("slug")[2]
        for name in ("plain", "asked", "yes")
    }
    assert len(texts) == 1


def test_who_gives_up_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(new_command, "_is_terminal", lambda: True)
    result = run("new", "above/demo", text="1\n我的小说\n")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "Stopped.")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_on_a_real_terminal_leaves_nothing(tmp_path):
    program, terminal = pty.fork()
    if program == 0:
        os.execvpe(
            sys.executable,
            [sys.executable, "-m", "keben", "new", "demo"],
            {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(keben.__file__).parents[1])},
        )
    said = b""
    until = time.monotonic() + 30
    while b"Title" not in said and time.monotonic() < until:
        said += os.read(terminal, 1000)
        if b"Language [" in said and b"Title" not in said:
            os.write(terminal, b"\n")
            time.sleep(0.2)
    # A signal that comes just before the program waits for a line is seen with the next one.
    ended, status = 0, 0
    while not ended and time.monotonic() < until:
        os.write(terminal, b"\x03")
        time.sleep(0.2)
        ended, status = os.waitpid(program, os.WNOHANG)
    if not ended:
        os.kill(program, signal.SIGKILL)
        status = os.waitpid(program, 0)[1]
    os.close(terminal)
    # The second Ctrl-C may come when the program has already given the signal back to the system.
    assert os.waitstatus_to_exitcode(status) in (128 + signal.SIGINT, -signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_refused_with_what_to_do(tmp_path):
    assert run("new", "demo").exit_code == 0
    again = run("new", "demo")
    assert again.exit_code == 2
    assert again.stderr == (
        "demo: There is a book in this folder already. Build it with: keben build demo. "
        "For another book, name a new folder.\n"
    )
    (tmp_path / "text").mkdir()
    (tmp_path / "text/novel.TXT").write_bytes(b"")
    assert "keben import text NEWDIR" in run("new", "text").stderr
    (tmp_path / "file").write_bytes(b"")
    assert run("new", "file").stderr == "file: This is a file. Name a new folder.\n"


def test_a_repository_that_was_just_made_can_take_a_book(tmp_path):
    (tmp_path / "demo/.git").mkdir(parents=True)
    (tmp_path / "demo/LICENSE").write_text("mine", encoding="utf-8")
    assert run("new", "demo").exit_code == 0
    assert (tmp_path / "demo/LICENSE").read_text(encoding="utf-8") == "mine"
    assert not [path.name for path in (tmp_path / "demo").iterdir() if path.name.endswith(".part")]
    assert run("build", "demo", "-f", "epub", "-e", "zh-Hans", "-j", 1).exit_code == 0


def test_the_current_folder_can_be_it_where_it_is_empty(tmp_path):
    assert run("new", ".").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [".github", ".gitignore", "README.md", "book"]


def test_a_disk_that_is_full_leaves_nothing(tmp_path, monkeypatch):
    def full(_self, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    result = run("new", "above/demo")
    assert result.exit_code == 1
    assert "The new book cannot be written: No space left on device." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_files_have_one_kind_of_line_end(tmp_path, monkeypatch):
    assert run("new", "demo").exit_code == 0
    files = [path for path in (tmp_path / "demo").rglob("*") if path.is_file()]
    assert len(files) == 7
    assert not [path for path in files if b"\r" in path.read_bytes()]
    shutil.rmtree(tmp_path / "demo")


def test_without_questions_the_manuscript_is_in_the_script_of_the_locale(tmp_path, monkeypatch):
    for number, (locale, language) in enumerate(
        (
            ("zh_TW.UTF-8", "zh-Hant-TW"),
            ("zh_HK", "zh-Hant-HK"),
            ("zh_CN.UTF-8", "zh-Hans"),
            ("fr_FR", "zh-Hans"),
        )
    ):
        monkeypatch.setenv("LC_ALL", locale)
        folder = tmp_path / str(number)
        assert CliRunner().invoke(main, ["new", str(folder), "-y"]).exit_code == 0
        assert f'language = "{language}"' in (folder / "book/book.toml").read_text("utf-8")
