"""parse at its door: other tools' Markdown and slips of input methods are printed as written, and reported once a chapter."""

import pytest
from manuscripts import html, parse_body, parse_texts, wrong

from keben.core.markup import serialize, text_of


def codes(text):
    _, findings = parse_texts(f"# 题\n\n{text}")
    return {finding.code for finding in findings}


def printed(text):
    return text_of(parse_body(text)[0].body)


def test_formulas_that_cannot_be_set_are_told_once_a_chapter_with_their_number_and_first_places():
    text = "$\\no$，`$x$`，$b$，$\\no$\n$\\no$\n\n$\\no$\n\n- $\\no$\n- $\\no$"
    assert wrong(text) == [
        '3:1: warning: The formula “$\\no$” cannot be set (Unknown command "\\no"): it is printed as it is written; '
        "5 more of this kind in this chapter, at 3:17, 4:1, 6:1, 8:3, …. Write it otherwise in LaTeX "
        "(docs/markdown.md names what is known), or put a backslash before its sign."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "价钱是 $5 和 $6。",
        "花了$5，又花了$6。",
        "US$10与HK$20，A$5到NZ$6",
        "$HOME 与 $PATH:$HOME",
        r"\$x\$",
        "`$x$`",
        "$ x $",
        "甲$乙$丙",
        r"\(注\) 与 \\(x\\)",
        r"\(\*注\*\)、\(\=\)、\[\_\]",
        r"甲\)\=\_\)、乙\]\^\]",
        "1\\. \\[1\\]",
    ],
)
def test_money_and_variables_are_no_formulas(text):
    assert wrong(text) == []


DIALECTS = {
    "水是 H~2~O。": "subscript",
    "x~1~": "subscript",
    "十 m^2^ 大": "superscript",
    "十平方米^2^": "superscript",
    "这是 ==高亮== 的": "highlight",
    "见 [@knuth1984, p. 3]。": "citation",
    "见 [参看 @knuth1984]。": "citation",
    "见 @fig-a。": "citation",
    "> [!NOTE]\n> 提示": "alert",
    "> [!tip]- 题\n> 提示": "alert",
    "字\\newpage": "latex",
    "字\\textbf{粗}": "latex",
    "::: tip 提示\n字\n:::": "no-container",
    "::: {.callout}\n字\n:::": "no-container",
    "!!! note\n\n    字": "admonition",
    '??? tip "题"\n\n    x = 1': "admonition",
    '=== "Python"\n\n    x = 1': "tab",
    "{{#include a.md}}": "include",
    "```rust\n{{#include ../a.rs:1:5}}\n```": "include",
    "```\n<<< @/a.js\n```": "include",
    "{% note info %}": "template",
    "{{< video a.mp4 >}}": "template",
    "叫 {{ name }} 的": "template",
    "见 [[另一篇|别名]]": "wikilink",
    "![[图.png]]": "embed",
    "[TOC]": "toc",
    "[[toc]]": "toc",
    "@[toc]": "toc",
    "开心:smile:了": "emoji-name",
    "开心 :+1:": "emoji-name",
    "- [ ] 没做\n- [x] 做了": "task",
    "```mermaid\nnonsense\n```": "diagram",
    "```plantuml\na -> b\n```": "diagram",
    "```math\n\\no\n```": "maths",
    "![图](a b.png)": "unread-link",
    "![图](a.png =large)": "unread-link",
    "[图](a.png =300x200)": "unread-link",
    "文 {a=1} 字": "attribute",
    "文 {#id} 字": "attribute",
    "{.这里一句}\n文": "class-name",
    "[屈原]{.name打鱼为生}作诗": "class-name",
    "```这里有一句\n码\n```": "fence-info",
    "```js 这里\n码\n```": "fence-info",
    "字{漢|}": "no-ruby",
    "改{++了++}": "edit-mark",
    "改%%注%%": "edit-mark",
    "| 春眠不觉晓": "line-block",
    "+---+---+": "grid-table",
    "字{: .note}": "foreign-attribute",
    "字{=latex}": "foreign-attribute",
    ".. note:: 字": "directive",
    "#+begin_quote": "directive",
    "![图](../images/dot.png “题”)": "unread-link",
    "设 $\\no{速度}$。": "maths",
    "$$ 未完": "maths",
    "<div>$\\no$</div>": "maths",
    "文^[注 $\\no$]": "maths",
    # Slips
    "##　小节": "skipped-space",
    "-　甲": "wide-space",
    "1.　甲": "wide-space",
    "他说'你好'。": "straight-quotes",
    "＃＃ 小节": "wide-heading",
    "##小节": "skipped-space",
    "＞ 引": "wide-quotation",
    "正文［^1］。": "wide-note",
    "正文【^1】。": "wide-note",
    "正文[＾1]。": "wide-note",
    "＊＊粗＊＊": "wide-emphasis",
    "＊粗*": "wide-emphasis",
    "｛霾｜mái｝": "wide-ruby",
    "{霾｜mái}": "wide-ruby",
    "｀码｀": "wide-code",
    "［字］（a.md）": "wide-link",
    "[字]（https://example.org）": "wide-link",
    "｜甲｜乙｜\n｜－｜－｜": "wide-table",
    '"你好"': "straight-quotes",
    '他说"OK"就走': "straight-quotes",
    "“你好\"": "mixed-quotes",
    '"你好”': "mixed-quotes",
    "你好,世界": "half-width-mark",
    "你好.": "half-width-mark",
    "他说:你好": "half-width-mark",
    "走吧...": "ascii-dots",
    "走吧。。。": "ascii-dots",
    "他想了想--算了": "ascii-dash",
    "字\n\n    四个空格缩进的一段。": "indented-prose",
}  # fmt: skip


@pytest.mark.parametrize("text", DIALECTS)
def test_each_kind_is_a_warning_and_stays_as_it_is_written(text):
    _, findings = parse_texts(f"# 题\n\n{text}")
    assert DIALECTS[text] in {finding.code for finding in findings}
    assert {finding.severity for finding in findings} == {"warning"}


@pytest.mark.parametrize(
    "text",
    [
        text
        for text in DIALECTS
        if "\n" not in text and "<" not in text and "[注" not in text and "[说" not in text
    ],
)
def test_each_kind_is_printed_and_can_be_meant(text):
    assert "".join(printed(text).split()) == "".join(text.split())
    assert codes(f"`` {text} ``") == set()
    assert codes(f"```\n{text}\n```") <= {"include"}


@pytest.mark.parametrize(
    "text",
    [
        "他说^_^，哈哈~好的~嗯，1~3~5，5~10天，8~12天",
        "a==b==c，if x == y == z",
        "10:30:45，C:\\Users\\name，\\\\server",
        "见 @某人 与 a@b.c，[a@b.c]，:) (:",
        "数字 1,000 与 3.14，函数f(x, y)，http://a.b/c?d=e",
        "see “x” and it's “English” only... ok -- no",
        'see "x" and "y"',
        "号，#标签",
        "H\\~2\\~O",
        "\\==高亮==",
        "\\[TOC]",
        "## 1.2 节",
        "> 引 [注]",
        "- [注] 字",
        "<https://example.org/a--b?c=d,e>",
        "``` js\nx\n```",
        "```rust,ignore\nx\n```",
        '```{.python #a .numberLines startFrom="3"}\nx\n```',
        "```java:no-line-numbers {1,3-5}\nx\n```",
        "字\n\n    x = 甲  # 注释",
        "\\::: note",
        "\\{.x}",
        "\\[[字]]",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert wrong(text) == []


def test_a_note_with_a_colon_in_full_width_is_reported():
    assert wrong("文[^1]。\n\n[^1]：注文")[0] == (
        "3:2: The note “1” is not defined. Write “[^1]: …” after the paragraph."
    )
    assert wrong("文[^1]。\n\n[^1]：注文")[1] == (
        "5:1: warning: “[^1]：” defines no note. Write “:” in half width behind the bracket."
    )


def test_a_code_block_can_have_a_title():
    assert html('```js title="入口 a.js"\nx\n```') == (
        '<p class="code-title">入口 a.js</p><pre><code class="language-js">x\n</code></pre>'
    )
    assert html("```js [a.js]\nx\n```") == (
        '<p class="code-title">a.js</p><pre><code class="language-js">x\n</code></pre>'
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```\n码\n\n尾行 ``` 完", 3),
        ("> ```\n> 码\n\n字", 3),
        ("~~~\n码\n~~", 3),
        ("```", 3),
        ("- ````\n  ```\n", 3),
    ],
)
def test_a_code_block_that_is_never_closed(text, line):
    assert next(found for found in wrong(text) if "never closed" in found).startswith(f"{line}:")


@pytest.mark.parametrize(
    "text", ["```\n码\n```", "> ```\n> ```", "- ~~~\n  b\n  ~~~~", "> - ```\n>   码\n>\n>   ```", "```\n\n\n```\n\n字", "````\n```\n````"]
)  # fmt: skip
def test_a_code_block_that_is_closed(text):
    assert [found for found in wrong(text) if "never closed" in found] == []


def test_classes_of_kebens_own_cannot_be_set_and_nothing_of_the_text_is_lost():
    chapter, findings = parse_body(
        '文[^a]。[甲]{.footnote .x}\n\n<section class="notes">\n\n字\n\n</section>\n\n[^a]: 注[丑]{.backlink}尾。'
    )
    message = "The class “{}” is one that Keben uses itself, and is left out"
    assert findings == [
        f"3:12: warning: {message.format('footnote')}; 2 more of this kind in this chapter, at 5:17, 11:13. "
        "Choose another name."
    ]
    assert '<span class="x">甲</span>' in serialize(chapter.body)
    assert "<section><p>字</p></section>" in serialize(chapter.body)
    assert serialize(chapter.notes[0].body) == "<p>注<span>丑</span>尾。</p>"
