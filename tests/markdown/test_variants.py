"""parse at its door: inline variants, wherever Markdown has text."""

import pytest
from manuscripts import html, parse_body, parse_texts, wrong

from keben.core.markup import serialize
from keben.core.variants import Variant, enclose, own, plain, split

KEEP = enclose(Variant("keep", {}, "余华"))
CHOOSE = enclose(Variant("choose", {"zh-Hans": "软件", "zh-Hant-TW": "軟體"}, "软件"))
RULE = enclose(Variant("rule", {"zh-Hant-TW": "軟體"}, "软件"))
RUBY = "<rp>（</rp><rt>{}</rt><rp>）</rp>"


def body(text):
    """The body of a text without mistakes, its variants written K, C and R."""
    return html(
        text.replace("K", "-{余华}-")
        .replace("C", "-{zh-hans:软件;zh-tw:軟體;}-")
        .replace("R", "-{H|软件=>zh-tw:軟體}-")
    )


def shown(text):
    return text.replace(KEEP, "K").replace(CHOOSE, "C").replace(RULE, "R")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K说C", "<p>K说C</p>"),
        ("## 题K {#i}", '<h2 id="i">题K</h2>'),
        ("## 题C{#i}", '<h2 id="i">题C</h2>'),
        ("[K](#x)", '<p><a href="#x">K</a></p>'),
        ("[K]{.x}", '<p><span class="x">K</span></p>'),
        ("K\n:   C", "<dl><dt>K</dt><dd>C</dd></dl>"),
        ("> K\n>\n> ——K", "<blockquote><p>K</p><footer>——K</footer></blockquote>"),
        ("> 字\n>\n> R——K", "<blockquote><p>字</p><footer>R——K</footer></blockquote>"),
        ("字<b>K</b>", "<p>字<b>K</b></p>"),
        ("<div>\n字\nK\n</div>", "<div>字K</div>"),
        ('<abbr title="K">x</abbr>', '<p><abbr title="K">x</abbr></p>'),
        ("{K|Yú Huá}", f"<p><ruby>K{RUBY.format('Yú Huá')}</ruby></p>"),
        ("{作K|a b c}", f"<p><ruby>作K{RUBY.format('a b c')}</ruby></p>"),
        ("{霾|C}", f"<p><ruby>霾{RUBY.format('C')}</ruby></p>"),
        ("{雾霾|C|C}", f"<p><ruby>雾{RUBY.format('C')}霾{RUBY.format('C')}</ruby></p>"),
        ("字^[K]", '<p>字<a class="noteref" href="#a-n1" id="a-r1"></a></p>'),
        (
            '![K\n点](../images/dot.png "题C")',
            '<figure class="figure"><img src="images/dot.png" alt="K点"/><figcaption>题C</figcaption></figure>',
        ),
        (
            "| K | 乙 |\n|--|--:|\n| C | K |\n\n: 题K",
            '<figure class="table"><figcaption>题K</figcaption><table><thead><tr><th scope="col">K</th>'
            '<th class="right" scope="col">乙</th></tr></thead><tbody><tr><td>C</td><td class="right">K</td></tr>'
            "</tbody></table></figure>",
        ),
    ],
)
def test_variants_stand_where_text_stands(text, expected):
    assert shown(body(text)) == expected


def test_variants_in_notes():
    chapter, findings = parse_body("字[^n]\n\n[^n]: -{余华}-\n\n    -{H|软件=>zh-tw:軟體}-\n\n    字")
    assert findings == []
    assert shown(serialize(chapter.notes[0].body)) == "<p>K</p>R<p>字</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("字\nK\n字", "字K字"),
        ("字\n-{Word}-\n字", f"字 {enclose(Variant('keep', {}, 'Word'))} 字"),
        ("字\nR\n字", "字R字"),
        ("a\nR\nb", "a R b"),
        ("-{zh-hans:软\n件;\nzh-tw:軟體}-字", "C字"),
        ("说**K**了", "说<strong>K</strong>了"),
        ("a**K**b", "a<strong>K</strong>b"),
        ("a**字K**b", "a<strong>字K</strong>b"),
        ("*KC*", "<em>KC</em>"),
        ("*-{a*b_}-*", f"<em>{enclose(Variant('keep', {}, 'a*b_'))}</em>"),
        (
            "-{a&lt;<b>]`}-",
            enclose(Variant("keep", {}, "a&lt;<b>]`"))
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;"),
        ),
    ],
)
def test_variants_beside_breaks_and_emphasis(text, expected):
    assert shown(body(text)) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\-{x}- 字", "<p>-{x}- 字</p>"),
        ("-&#123;x}-", "<p>-{x}-</p>"),
        ("- {x}", "<ul><li>{x}</li></ul>"),
        ("`-{x}-`", "<p><code>-{x}-</code></p>"),
        ("    -{x}-", "<pre><code>-{x}-\n</code></pre>"),
        ("```\n-{x}-\n```", "<pre><code>-{x}-\n</code></pre>"),
        ("<code>-{x}-</code>", "<p><code>-{x}-</code></p>"),
        ("<pre>-{x}-</pre>", "<pre>-{x}-</pre>"),
        ("<div>\\-{x&#125;- -&#123;</div>", "<div>-{x}- -{</div>"),
        ('![x](../images/dot.png "\\-{x}- \\*")', None),
    ],
)
def test_what_is_no_variant(text, expected):
    assert html(text) == (
        expected
        or '<figure class="figure"><img src="images/dot.png" alt="x"/><figcaption>-{x}- *</figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R\n\n字", "R<p>字</p>"),
        ("字\n\nR\nR\n\n字", "<p>字</p>RR<p>字</p>"),
        ("> R\n>\n> 字", "<blockquote>R<p>字</p></blockquote>"),
        ("- R\n\n  字\n- 字", "<ul><li>R<p>字</p></li><li><p>字</p></li></ul>"),
        ("R字", "<p>R字</p>"),
        ("**R**字", "<p><strong>R</strong>字</p>"),
    ],
)
def test_a_paragraph_of_rules_alone_leaves_them_between_the_blocks(text, expected):
    assert shown(body(text)) == expected


def test_front_matter_carries_variants():
    book, findings = parse_texts(
        "---\ntitle: -{余华}-*传*\nlabel: -{zh-hans:甲;zh-tw:乙}-\nnumber: -{1}-\n---\n字\n"
    )
    assert findings == ()
    (chapter,) = book.chapters
    assert shown(serialize(chapter.title)) == "K<em>传</em>"
    assert [plain(chapter.label or "", tag) for tag in ("zh-Hans-CN", "zh-Hant-HK")] == ["甲", "乙"]
    assert own(chapter.number or "") == "1"


def test_rules_before_the_title_hold_in_it():
    book, findings = parse_texts("-{H|软件=>zh-tw:軟體}-\n\n# 软件\n\n字")
    assert findings == ()
    term = enclose(Variant("choose", {"zh-Hant-TW": "軟體"}, "软件"))
    assert [shown(serialize(part)) for part in (book.chapters[0].title, book.chapters[0].body)] == [
        f"R{term}",
        "<p>字</p>",
    ]


def test_rules_are_written_into_what_is_repeated_elsewhere():
    term = enclose(Variant("choose", {"zh-Hant-TW": "軟體"}, "软件"))
    assert shown(body("## 软件 {#x}\n\nR软件\n\n## 软件*软件*`软件` {#y}\n\n| 软件 |\n|--|\n\n: 软件")) == (
        f'<h2 id="x">软件</h2><p>R软件</p><h2 id="y">{term}<em>{term}</em><code>软件</code></h2><figure class="table">'
        f'<figcaption>{term}</figcaption><table><thead><tr><th scope="col">软件</th></tr></thead></table></figure>'
    )


OPEN_ENDED = "This variant is never closed. Close it with “}-”; write “\\-{” for the signs themselves."
NONE = (
    "“-{” begins no variant, as none is closed here: it is printed as it is written. Close it with “}-”; write “\\-{” for "
    "the signs themselves."
)
NO_TAG = "“zh-x” is not a tag of a variant. Did you mean “zh-tw”?"
EMPTY = "This variant is empty. Write its text, or take it out."
NO_RULE = "A rule cannot stand here. Write it in the text of a chapter."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲 -{R|a", [f"3:3: {OPEN_ENDED}"]),
        ("甲 -{a", [f"3:3: warning: {NONE}"]),
        ("-{a}- \\-{ `-{` -{", [f"3:16: warning: {NONE}"]),
        ("甲\n乙-{}-丙-{}-", [f"4:4: {EMPTY}", f"4:9: {EMPTY}"]),
        ("`-{zh-x:}-` -{zh-x:}-", [f"3:15: {NO_TAG}"]),
        ("> 甲-{zh-x:a}-", [f"3:6: {NO_TAG}"]),
        ("甲-{zh-hans:a;\nzh-x:a}-", [f"3:2: {NO_TAG}"]),
        ("| 甲 |\n|--|\n| -{H\\|zh-x:a}- |", [f"5:8: {NO_TAG}"]),
        ("| 甲 | 乙 |\n|--|--|\n| -{}- | -{}- |", [f"5:5: {EMPTY}", f"5:12: {EMPTY}"]),
        ("字[^n]\n\n[^n]: 注-{}-", [f"5:10: {EMPTY}"]),
        ('![点-{}-](../images/dot.png "题-{zh-x:}-")', [f"3:6: {EMPTY}", f"3:32: {NO_TAG}"]),
        ("<div>\n字-{}-\n</div>", [f"4:4: {EMPTY}"]),
        ("{-{}-|x}", [f"3:4: {EMPTY}"]),
        ("![-{H|a=>zh-tw:b}-](../images/dot.png)", [f"3:3: {NO_RULE}"]),
        ("{-{H|a=>zh-tw:b}-|x}", [f"3:2: {NO_RULE}"]),
        ("-{zh-tw:a}-", ["3:3: This variant gives no form for the book's own script. Add “zh-hans:…”."]),
        ("## -{H|a=>zh-tw:b}-", ["3:1: This heading has no text. Write it, or take it out."]),
        ("字^[-{H|a=>zh-tw:b}-]", ["3:2: This note has no text. Write it."]),
        (
            "字[-{H|a=>zh-tw:b}-](http://a.b)",
            ["3:21: The link to “http://a.b” has no text. Write what it should say."],
        ),
        (
            "字\n\n{.x}\n-{H|a=>zh-tw:b}-",
            [
                "6: This paragraph holds nothing that is printed, and takes no attributes. Take the braces out."
            ],
        ),
    ],
)
def test_mistakes_in_variants(text, expected):
    found = [problem for problem in wrong(text) if "This chapter has no text" not in problem]
    assert found == expected


def test_a_chapter_of_rules_alone_is_empty():
    assert wrong("-{H|a=>zh-tw:b}-") == [
        "1: This chapter has no text. Write some, or take it out of the list."
    ]


def test_mistakes_in_front_matter():
    _, findings = parse_texts("---\ntitle: 甲-{}-\nlabel: 乙-{zh-x:a}-\nnumber: -{H|a=>zh-tw:b}-\n---\n字\n")
    assert [str(finding).removeprefix("book/chapters/a.md:") for finding in findings] == [
        f"2:11: {EMPTY}",
        f"3:11: {NO_TAG}",
        f"4:9: {NO_RULE}",
    ]


def test_what_cannot_be_read_stays_as_it_is_written():
    chapter, _ = parse_body("甲-{zh-x:a}-乙 -{ 丙")
    assert serialize(chapter.body) == "<p>甲-{zh-x:a}-乙 -{ 丙</p>"


def test_no_source_can_forge_a_variant():
    chapter, findings = parse_body("甲\ufdd2keep\ufdd4乙\ufdd3")
    assert serialize(chapter.body) == "<p>甲keep乙</p>"
    assert [finding.partition(" is ")[0] for finding in findings] == [
        "3:2: U+FDD2",
        "3:7: U+FDD4",
        "3:9: U+FDD3",
    ]
    assert list(split("甲keep乙")) == ["甲keep乙"]
