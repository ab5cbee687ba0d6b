"""Blocks of code, at the door of the module that sets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.compose import languages
from keben.compose.code import set_code
from keben.compose.highlighting import KINDS, LONGEST, words_of
from keben.core.markup import parse, serialize, text_of

LANGUAGES = (
    "python", "rust", "c++", "sh", "console", "html", "json", "yaml", "sql", "diff", "js", "vue", "php", "tex", "make",
    "docker", "pycon", "http", "lisp", "toml", "markdown", "java", "go", "ini", "xml", "kotlin", "haskell", "svelte",
)  # fmt: skip
PIECES = (
    "def f(x):\n", "\t", "\r\n", "  \n", "\n\n", "# 注释\n", '"文', "'", "`", "<a href='x'>", "</script>", "$ ls\n", ">>> 1\n",
    "{", "}", "/* 文 */", "//", "0x1F", "&amp;", "\\", "甲乙", "　", "𠀀", "-x\n", "+y\n", "@@ -1 +1 @@\n", "<?php ", "%", "#!", "\x0b", " ",
)  # fmt: skip


def made(html, *, highlight=True):
    return serialize(set_code(parse(html), highlight=highlight))


@pytest.mark.no_cover
@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_letter_stays(language, text):
    words = words_of(text, language)
    assert "".join(word for _, word in words) == text
    assert {kind for kind, _ in words} <= {"", *KINDS}


@given(st.sampled_from(("", "rust", "js")), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_every_letter_stays_in_lines(language, text):
    text = text.replace("\r", "")  # No source has one left.
    code = serialize(
        parse(f'<pre data-first="9" data-marked="1-2"><code class="language-{language}"/></pre>')
    )
    block = parse(code)
    block = block.with_children((block.children[0].with_children((text,) if text else ()),))
    lined = set_code(block, highlight=True)
    assert text_of(lined) == text
    lines = lined.children[0].children
    assert [text_of(line) for line in lines] == _kept_lines(text)


def _kept_lines(text):
    *full, last = text.split("\n")
    return [*(f"{part}\n" for part in full), *([last] if last else [])]


def test_words_have_a_few_kinds():
    text = 'def f(x: int):\n    # 注\n    return "文" + 1.5\n'
    assert words_of(text, "python") == (
        ("keyword", "def"),
        ("", " "),
        ("function", "f"),
        ("", "(x: "),
        ("function", "int"),
        ("", "):\n    "),
        ("comment", "# 注"),
        ("", "\n    "),
        ("keyword", "return"),
        ("", " "),
        ("string", '"文"'),
        ("", " + "),
        ("number", "1.5"),
        ("", "\n"),
    )
    assert words_of("-a\n+b\n c\n", "diff") == (
        ("deleted", "-a"),
        ("", "\n"),
        ("inserted", "+b"),
        ("", "\n c\n"),
    )


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("py", "import a", ("keyword", "import")),
        ("python3", "import a", ("keyword", "import")),
        ("language-js", "let a", ("keyword", "let")),
        ("lang-ts", "let a", ("keyword", "let")),
        ("C#", "class A", ("keyword", "class")),
        ("objective-c", "@interface A", ("keyword", "@interface")),
        ("golang", "package a", ("keyword", "package")),
        ("h", "int a;", ("type", "int")),
        ("jsonc", "// 注", ("comment", "// 注")),
        ("cmd", "rem 注", ("comment", "rem 注")),
        ("diff-js", "-a", ("deleted", "-a")),
        ("patch", "+a", ("inserted", "+a")),
        ("main.rs", "fn a", ("keyword", "fn")),
        ("svelte", "<!-- 注 -->", ("comment", "<!-- 注 -->")),
        ("terminal", "$ ls", ("prompt", "$")),
        ("bash", "$ ls\n输出", ("output", "输出")),
        ("shell", "root@host:~# ls", ("prompt", "root@host:~#")),
        ("sh", "if true", ("keyword", "if")),
        ("python", ">>> 1\n1", ("prompt", ">>>")),
    ],
)
def test_languages_have_many_names(language, text, word):
    assert word in words_of(text, language)


def test_every_other_name_leads_to_a_lexer():
    for name, meant in languages.SAME.items():
        assert bool(languages.language_of(name, "x")) == bool(meant), name


@pytest.mark.parametrize(
    "language", ["", "text", "plaintext", "txt", "没有", "nonesuch", "mermaid-2", "output", "."]
)
def test_what_is_no_known_language_stays_plain(language):
    assert words_of("if x\n", language) == (("", "if x\n"),)


def test_a_very_long_block_stays_plain():
    text = "x = 1\n" * (LONGEST // 5)
    assert words_of(text, "python") == (("", text),)


def test_a_block_is_coloured_by_its_language():
    assert made('<pre><code class="language-js">let a\n</code></pre>') == (
        '<pre><code class="language-js"><span class="code-keyword">let</span> a\n</code></pre>'
    )
    assert made('<pre class="js"><code>let</code></pre>') == (
        '<pre class="js"><code><span class="code-keyword">let</span></code></pre>'
    )
    for plain in (
        "<pre><code>let a\n</code></pre>",
        '<pre class="math"><code>\\frac{1}{2}</code></pre>',
        '<pre class="language-js"><code>let <b>a</b></code></pre>',
        "<pre>let</pre>",
        "<pre><code></code></pre>",
    ):
        assert made(plain) == plain
    off = '<pre><code class="language-js">let a\n</code></pre>'
    assert made(off, highlight=False) == off


def test_lines_are_marked_and_numbered():
    block = '<pre class="a" data-marked="2-2" data-first="9"><code>甲\n乙\n</code></pre>'
    assert made(block, highlight=False) == (
        '<pre class="a code-lines code-numbered"><code><span class="code-line" data-number="9">甲\n</span>'
        '<span class="code-line code-marked" data-number="10">乙\n</span></code></pre>'
    )
    assert made('<pre data-marked="1-1"><code class="language-js">let\n/* 一\n二 */</code></pre>') == (
        '<pre class="code-lines"><code class="language-js"><span class="code-line code-marked">'
        '<span class="code-keyword">let</span>\n</span><span class="code-line"><span class="code-comment">/* 一\n</span>'
        '</span><span class="code-line"><span class="code-comment">二 */</span></span></code></pre>'
    )
