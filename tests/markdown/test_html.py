"""parse at its door: raw HTML, judged tag by tag."""

import pytest
from manuscripts import html, parse_body, wrong

from keben.core.markup import serialize


@pytest.mark.parametrize(
    "text",
    [
        '<p>字<b class="x" lang="ja" dir="ltr">粗</b><br/>字</p>',
        '<table><caption>题</caption><tr><th scope="row" colspan="2">甲</th><td rowspan="3">乙</td></tr></table>',
        '<ol start="3"><li value="7">甲</li></ol>',
        '<ol start="-3" reversed="" type="a"><li value="0">甲</li></ol>',
        '<ol reversed="reversed"><li>甲</li></ol>',
        "<dl><dt>甲</dt><dd>乙</dd></dl>",
        '<blockquote class="pull"><p>引</p><footer>——某</footer></blockquote>',
        '<a href="https://example.org/?a=b&amp;c=d">外</a>',
        "<del><p>字</p></del>",
        "<div><ins>字</ins><sub>1</sub><sup>2</sup><abbr title='x'>y</abbr></div>".replace("'", '"'),
        "<ruby>漢<rp>（</rp><rt>hàn</rt><rp>）</rp></ruby>",
        "<hr/><p>字</p>",
    ],
)
def test_what_is_allowed_passes_through(text):
    assert html(f"<div>\n{text}\n</div>") == f"<div>{text}</div>"


def test_html_and_markdown_stand_in_one_another():
    assert html('<div class="box">\n\n*字*<span id="x">甲*乙*</span>\n\n- 丙\n\n</div>\n\n丁') == (
        '<div class="box"><p><em>字</em><span id="x">甲<em>乙</em></span></p><ul><li>丙</li></ul></div><p>丁</p>'
    )
    assert (
        html("- <div>\n\n  字\n\n  </div>\n- 乙")
        == "<ul><li><div><p>字</p></div></li><li><p>乙</p></li></ul>"
    )


def test_links_and_pictures_are_led_like_markdowns():
    assert html(
        '<a href="#x"></a><a href="a.md">甲</a><a id="k">乙</a><img src="../images/dot.png" alt="点">'
    ) == (
        '<p><a href="#x" class="xref"></a><a href="#a">甲</a><a id="k">乙</a><img src="images/dot.png" alt="点"/></p>'
    )
    assert html(
        '<figure class="wide"><img src="images/dot.png" alt="点"><figcaption>题</figcaption></figure>'
    ) == (
        '<figure class="figure wide"><img src="images/dot.png" alt="点"/><figcaption>题</figcaption></figure>'
    )
    assert html('<figure class="table"><p>字</p></figure>') == '<figure class="table"><p>字</p></figure>'


def test_comments_vanish_and_references_resolve():
    assert html(
        "甲<!-- 注 -->乙&lt;&amp;&nbsp;<b>&quot;&#23383;</b>\n\n<!-- <script> -->\n\n<div>&hellip;</div>"
    ) == ('<p>甲乙&lt;&amp;\u00a0<b>"字</b></p><div>…</div>')


def test_line_breaks_stay_in_preformatted_text():
    assert html("<pre>\n 甲\n\n  乙</pre>") == "<pre>\n 甲\n\n  乙</pre>"


def test_loose_text_becomes_a_paragraph():
    assert html("<div>甲</div>\n乙 <b>丙</b>\n\n丁") == "<div>甲</div><p>乙 <b>丙</b></p><p>丁</p>"


def test_elements_know_their_line():
    chapter, findings = parse_body("<div\n class='x'\n><p>甲</p>\n<p>乙<a href='#x'>\n丙</a></p></div>")
    assert findings == []
    assert serialize(chapter.body, lines=True) == (
        '<div class="x" data-line="3"><p data-line="5">甲</p><p data-line="6">乙'
        '<a href="#x" data-line="6">丙</a></p></div>'
    )


def refused(what):
    return f"{what} is not allowed in a book. Take it out."


def bad(what, tag):
    return f"{what} is not allowed in <{tag}>. Take it out."


OUTSIDE = "is outside the project. A project reads its own files only."

MISTAKES = {
    "字<script>alert(1)</script>": [f"3:2: {refused('<script>')}"],
    '字\n\n<script>\nalert("<b>")\n</script>': [f"5:1: {refused('<script>')}"],
    "字\n<SCRIPT src=x></SCRIPT>": [f"4:1: {refused('<SCRIPT>')}"],
    '字<iframe src="https://example.org"></iframe>': [f"3:2: {refused('<iframe>')}"],
    "<style>p { color: red }</style>\n\n字": [f"3:1: {refused('<style>')}"],
    "字<svg onload=x></svg><object></object><input>": [
        f"3:2: {refused('<svg>')}",
        f"3:22: {refused('<object>')}",
        f"3:39: {refused('<input>')}",
    ],
    "字<h1>题</h1>": [f"3:2: {refused('<h1>')}"],
    "字<!DOCTYPE html><?php x ?><![CDATA[x]]>": [
        f"3:2: {refused('<!DOCTYPE')}",
        f"3:17: {refused('<?php')}",
        f"3:27: {refused('<![CDATA')}",
    ],
    '<b onclick="x()" STYLE="color:red" data-x="y">字</b>': [
        f"3:4: {bad('onclick', 'b')}",
        f"3:18: {bad('style', 'b')}",
        f"3:36: {bad('data-x', 'b')}",
    ],
    '<div>\n<p\n  onclick="x()">字</p>\n</div>': [f"5:3: {bad('onclick', 'p')}"],
    '<a href="javascript:x">字</a>': [f"3:4: {bad('href=“javascript:x”', 'a')}"],
    '<a href="&#106;avascript:x">字</a>': [f"3:4: {bad('href=“javascript:x”', 'a')}"],
    '<a href="data:x" href="#ok">字</a>': [f"3:4: {bad('href=“data:x”', 'a')}"],
    '<a href="/x">字</a>': [
        "3:10: The link “/x” leads out of the book. Link to an id, a chapter, or http(s)."
    ],
    '字<img src="http://example.org/a.png" alt="点">': [
        f"3:12: The picture “http://example.org/a.png” {OUTSIDE}"
    ],
    '字<img src="//example.org/a.png" alt="点">': [f"3:12: The picture “//example.org/a.png” {OUTSIDE}"],
    '字<img src="data:x" alt="点">': [f"3:7: {bad('src=“data:x”', 'img')}"],
    '字<img src="../images/dot.png">': [
        "3:12: The picture “../images/dot.png” has no alternative text. Say in it what the picture shows."
    ],
    '<b lang="?">字</b><span dir="x">字</span>': [
        f"3:4: {bad('lang=“?”', 'b')}",
        f"3:24: {bad('dir=“x”', 'span')}",
    ],
    '<ol start="x" type="b" reversed="no"><li value="1.5">字</li></ol>': [
        f"3:5: {bad('start=“x”', 'ol')}",
        f"3:15: {bad('type=“b”', 'ol')}",
        f"3:24: {bad('reversed=“no”', 'ol')}",
        f"3:42: {bad('value=“1.5”', 'li')}",
    ],
    '<table><tr><td colspan="0">字</td><th scope="x">字</th></tr></table>': [
        f"3:16: {bad('colspan=“0”', 'td')}",
        f"3:38: {bad('scope=“x”', 'th')}",
    ],
    '<div class="&#xE000;">字</div>': [
        "3:13: U+E000 is a private-use character. Take it out, or write what it stands for."
    ],
    # Never opened, never closed, crossed
    "<div>\n\n字": ["3:1: <div> is never closed. Close it with </div>."],
    "> <div>\n\n字</div>": [
        "3:3: <div> is never closed. Close it with </div>.",
    ],
    "字<b>\n\n字": ["3:2: <b> is never closed. Close it with </b>."],
    "字</b>": ["3:2: </b> closes nothing here. Open <b> before it, inside the same element."],
    "字</br>字": ["3:2: </br> closes nothing here. Take it out."],
    "<div>\n\n字</div>": [
        "3:1: <div> is never closed. Close it with </div>.",
        "5:2: </div> closes nothing here. Open <div> before it, inside the same element.",
    ],
    "字<b><i>字</b></i>": ["3:5: <i> is not closed before </b>. Close it there with </i>."],
    "*字<b>字*字</b>": ["3:3: <b> is never closed. Close it with </b>."],
    "字<b>*字</b>字*": [
        "3:2: <b> is never closed. Close it with </b>.",
        "3:7: </b> closes nothing here. Open <b> before it, inside the same element.",
    ],
    '<div class="x\n\n字': [
        "3:1: “<div” begins a tag that is never finished. Finish it, or write &lt; for the sign itself."
    ],
    "字\n\n<!-- 字\n\n字": [
        "5:1: “<!--” begins a tag that is never finished. Finish it, or write &lt; for the sign itself."
    ],
    # HTML's content model
    "字<div>字</div>": ["3:2: <div> cannot stand in <p>. Take one of them out."],
    "<p><em><ul><li>字</li></ul></em></p>": ["3:8: <ul> cannot stand in <em>. Take one of them out."],
    "<span>\n\n字\n\n</span>": ["5: <p> cannot stand in <span>. Take one of them out."],
    "<ul>字<p>字</p></ul>": [
        "3: Text cannot stand in <ul> by itself. Put it in <li>.",
        "3:6: <p> cannot stand in <ul>. Take one of them out.",
    ],
    "<table><tr>字</tr></table>": ["3: Text cannot stand in <tr> by itself. Put it in <td> or <th>."],
    "<li>字</li>": ["3:1: <li> cannot stand here. Put it in <ol> or <ul>."],
    "<td>字</td>": ["3:1: <td> cannot stand here. Put it in <tr>."],
    "<figcaption>字</figcaption>": ["3:1: <figcaption> cannot stand here. Put it in <figure>."],
    '<a href="#x">字<a href="#y">字</a></a>': ["3: A link cannot hold another link. Move it behind the link."],
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_what_is_not_allowed_is_told_with_its_place(text):
    assert wrong(text) == MISTAKES[text]


def test_what_is_not_allowed_does_not_stay_in_the_tree():
    chapter, _ = parse_body(
        '<p onclick="x()" class="k"><a href="javascript:x">甲</a></p>\n\n<style>p {}</style>\n\n乙'
    )
    assert serialize(chapter.body) == '<p class="k"><a>甲</a></p><p>乙</p>'
