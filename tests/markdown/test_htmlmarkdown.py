"""Markdown in raw HTML that asks for it by ``markdown``."""

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize

PICTURE = '<img src="images/dot.png" alt="图"/>'
CASES = {
    "<figure markdown>\n  ![图](../images/dot.png)\n  <figcaption>注</figcaption>\n</figure>\n\n文": (
        f'<figure class="figure">{PICTURE}<figcaption>注</figcaption></figure><p>文</p>'
    ),
    '<figure markdown="span">\n    ![图](../images/dot.png)\n</figure>': f'<figure class="figure">{PICTURE}</figure>',
    '<div class="x" markdown="1">**粗**文</div>\n\n后': '<div class="x"><p><strong>粗</strong>文</p></div><p>后</p>',
    "<div markdown>\n\n- 甲\n\n- 乙\n\n</div>": "<div><ul><li><p>甲</p></li><li><p>乙</p></li></ul></div>",
    "<details markdown='block'>\n<summary>题</summary>\n\n- 一\n</details>": (
        '<div class="details"><div class="summary">题</div><ul><li>一</li></ul></div>'
    ),
    "- 项\n  <div markdown=span>\n  **粗**\n  </div>": ("<ul><li>项<div><strong>粗</strong></div></li></ul>"),
    "```\n<div markdown>\n```": "<pre><code>&lt;div markdown&gt;\n</code></pre>",
}


def body(text):
    book, findings = generous(f"# 题\n\n{text}")
    return serialize(book.chapters[0].body), findings


@pytest.mark.parametrize("text", CASES)
def test_what_stands_in_such_an_element_is_markdown(text):
    assert body(text) == (CASES[text], [])


@pytest.mark.parametrize("text", ["<div markdown>\n不闭", "<div markdown>\n甲</div> 后"])
def test_an_element_that_is_not_closed_in_time_is_read_as_html_is(text):
    made, findings = body(text)
    assert "甲" in made or "不闭" in made
    assert any("markdown says nothing" in each for each in findings)


def test_a_strict_reader_knows_no_such_attribute():
    _, found = parse_texts("# 题\n\n<div markdown>\n\n文\n\n</div>", reader="strict")
    assert "markdown is not allowed in <div>." in [each.message for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<center>\n**粗**文\n</center>", '<div class="center"><p><strong>粗</strong>文</p></div>'),
        ("<center>**图1**　题</center>", '<div class="center"><p><strong>图1</strong>　题</p></div>'),
        (
            '<div align="center">\n  ![图](../images/dot.png)\n  <br>\n  文\n</div>',
            f'<div class="center"><p>{PICTURE}<br/>文</p></div>',
        ),
        (
            "前\n\n<br>\n见[链接](https://example.org)。",
            '<p>前</p><p><br/></p><p>见<a href="https://example.org">链接</a>。</p>',
        ),
        # Nothing in Markdown, or what is shown as it is written.
        ("<center>\n2**3 和 [1]\n</center>", '<div class="center">2**3 和 [1]</div>'),
        ("<div>\n<pre>**甲**</pre>\n</div>", "<div><pre>**甲**</pre></div>"),
    ],
)
def test_markdown_that_html_stands_around_is_markdown(text, expected):
    assert body(text) == (expected, [])


def test_a_strict_reader_takes_it_as_html():
    book, _ = parse_texts("# 题\n\n<div>\n**粗**\n</div>", reader="strict")
    assert serialize(book.chapters[0].body) == "<div>**粗**</div>"


@pytest.mark.parametrize(
    "text",
    [
        "<div>**a**\n" * 1000 + "</div>\n" * 1000,
        "<div markdown>\n" * 1000 + "a\n" + "</div>\n" * 1000,
        "<div markdown>\n\n" * 1000,
        "<center>**a**</center>\n" * 1000,
    ],
    ids=["nested", "asking", "open", "many"],
)
def test_many_elements_within_one_another_are_read_to_the_end(text):
    assert "a" in body(f"{text}\n\na")[0]
