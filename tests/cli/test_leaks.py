"""What commands say of a book in Chinese: no English but names, keys, code and what the book itself has."""

import re

import pytest
from click.testing import CliRunner

from keben.cli import main
from keben.cli.language import speak

LANGUAGES = ("zh-Hans", "zh-Hant")

CHAPTER = """---
title: 坏章
foo: 1
pagebreak: maybe
---

# 坏章 {#a}

## 重复 {#a}

见[那里](#nowhere)、[文件](missing.md)、![图](images/none.png)。

注[^1]和[^2]。

[^1]: 一个注。
[^3]: 没有人引用。

| 甲 | 乙 |
|---|---|
| 1 | 2 | 3 |

::: unknown-box
没有结束

<script>1</script> <blink>闪</blink> <div>

他说"你好",然后走了...  ，，“没有闭合。 \ufffd\ufffd 锟斤拷

```{.python caption=x foo=bar}
1
"""

SETTINGS = (
    "[print]\ntrim = 'A55'",
    "[print]\nlines = 'x'\nfoo = 1",
    "[print]\nleading = 99\nmeasure = 1\nbody = '10xx'",
    "[print]\ndesign = 'frob'",
    "[onix]\nprices = { epub = 'x' }\ncurrency = 'yuan'\navailability = 'maybe'",
    "[convert]\nsegmentation = 'opencc'\n[editions.zh-Hant-XX]",
    "[press]\nbleed = 'x'\npaper = 3",
    "[booklet]\nsheet = 'A0x'\nup = 3",
    "[epub]\nlists = 3\nsample = 0",
    "[lint]\nselect = ['K999']",
    "[editions.zh-Hant-TW]\nvocabulary = 'frob'",
    "[colophon]",
    "title = “x”",
    "[print]\nlines = [1, 2",
    "[print]\nlines = 1\nlines = 2",
)

_NAMES = re.compile(
    r"`[^`]*`|“[^”]*”|「[^」]*」|'[^']*'|\[[^\]]*\]|--?[a-z][a-z-]*|\b[KU][\w+]+ [a-z-]+|[\w.*/-]*[./_|-][\w.*/-]*"
    r"|\bNoto \w+ CJK \w+|\bLXGW WenKai\b|^ *apt-get .*|\bkeben \w+|\bisbn\b|\bepubcheck\b|\bpdf\b",
    re.MULTILINE,
)


@pytest.fixture(autouse=True)
def _english_again():
    yield
    speak("en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leaks") / "b"
    assert CliRunner().invoke(main, ["new", str(folder), "--yes"]).exit_code == 0
    return folder


def project(folder, tmp_path, *, chapter="", settings="", tables=False):
    """A new project like that of ``folder``, with what is wrong."""
    made = tmp_path / "b"
    for path in folder.rglob("*"):
        if path.is_file():
            at = made / path.relative_to(folder)
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(path.read_bytes())
    toml = made / "book" / "book.toml"
    text = toml.read_text("utf-8")
    if chapter:
        (made / "book/chapters/03-bad.md").write_text(chapter, encoding="utf-8")
        text = re.sub(
            r"^chapters = .*",
            'chapters = ["chapters/03-bad.md", "chapters/gone.md"]',
            text,
            flags=re.MULTILINE,
        )
    if settings:
        text = f"{text[: text.index('[print]')]}{settings}\n"
    toml.write_text(text, encoding="utf-8")
    if tables:
        (made / "book/glossary.tsv").write_text(
            "source\tzh-Hant-TW\n软件\t軟體\nx\ty\tz\n干\n", encoding="utf-8"
        )
        (made / "book/decisions.tsv").write_text("language\tphrase\nxx\t头发\n", encoding="utf-8")
    return made


def said(language, *arguments):
    runner = CliRunner(env={"KEBEN_LANG": language, "LANG": "C.UTF-8"})
    result = runner.invoke(main, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result.output


def english(text):
    """Words of English that are left in a text."""
    left = _NAMES.sub("·", text)
    return re.findall(
        r"[A-Za-z]{2,}[,:;]? [a-z]{2,}.*|\b(?:error|warning|notice|is|the|of|not|none|ok|no)\b.*", left
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_book_is_reported_in_chinese(language, folder, tmp_path):
    made = project(folder, tmp_path, chapter=CHAPTER, tables=True)
    for command in ("build", "check", "review", "lint"):
        text = said(language, command, made)
        assert english(text) == []
        assert len(re.findall("[\u4e00-\u9fff]{2}", text)) > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_settings_are_reported_in_chinese(language, folder, tmp_path):
    for number, settings in enumerate(SETTINGS):
        made = project(folder, tmp_path / str(number), settings=settings)
        text = said(language, "lint", made)
        assert english(text) == [], settings
        assert re.search("[\u4e00-\u9fff]{2}", text), settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_libraries_say_of_broken_files_is_said_in_chinese(language, folder, tmp_path):
    made = project(folder, tmp_path)
    template = made / "templates/chapter.html"
    template.parent.mkdir()
    for text in ("{% frob %}", "{{ x", "{{ book.frob }}", "{{ 1/0 }}", "<p>", "<p>&nbsp;</p>"):
        template.write_text(text, encoding="utf-8")
        assert english(said(language, "build", made, "-f", "epub")) == [], text
    template.write_bytes(b"\xff")
    assert english(said(language, "build", made, "-f", "epub")) == []
    for name in ("a.docx", "a.epub", "a.odt"):
        (tmp_path / name).write_bytes(b"no zip")
        assert english(said(language, "import", tmp_path / name, tmp_path / "x")) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_remarks_and_rules_are_said_in_chinese(language, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        '# 章\n\n他说"你好",然后走了...  ，，“没有闭合。锟斤拷\n\n二０二四年，唯一的惟一。\n',
        encoding="utf-8",
    )
    for arguments in (("lint", path), ("lint", path, "--all"), ("lint", path, "--diff"), ("lint", "--rules")):
        assert english(said(language, *arguments)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor",),
        ("explain", "头发后面的干部里程，发展中国家的乾隆"),
        ("lookup", "软件"),
        ("build", "/none"),
        ("import", "/none"),
        ("impose", "none.pdf", "out.pdf"),
        ("new", "/proc/none"),
        ("clean", "/none"),
        ("lint", "/none.md"),
        ("explain", ""),
        ("build", "--scheduler"),
        ("doctor", "--yes"),
    ],
)
def test_other_commands_speak_chinese(language, arguments):
    text = said(language, *arguments)
    assert english(text) == []
    assert re.search("[\u4e00-\u9fff]{2}", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_review_page_speaks_chinese(language, folder, tmp_path):
    made = project(folder, tmp_path)
    assert english(said(language, "review", made)) == []
    pages = sorted((made / "build/review").glob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        body = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
        shown = re.sub(r"<[^>]+>", "\n", body) + "\n".join(
            re.findall(r'(?:title|aria-label|placeholder)="([^"]*)"', body)
        )
        assert english(shown) == []
        assert re.search("[\u4e00-\u9fff]{2}", shown)


def test_a_fault_of_english_would_be_found():
    assert english("b.md:3: 警告：This file is not UTF-8.")
    assert english("没有  Pango: not there")
    assert not english("b.md:3: 警告：此文件不是 UTF-8。请用 `print.lines is`。")
