"""parse at its door: what each form of Keben's Markdown becomes."""

import pickle

import pytest
from manuscripts import html, parse_body, parse_texts, wrong

from keben.core.markup import Element, serialize, text_of, walk


def test_plain_blocks_and_inlines():
    text = (
        "一*二***三**`四`~~五~~\\\n六\n\n- 甲\n- 乙\n\n3. 丙\n\n---\n\n    码\n\n```py\nx = 1\n```\n\n> 引\n"
    )
    assert html(text) == (
        "<p>一<em>二</em><strong>三</strong><code>四</code><del>五</del><br/>六</p>"
        '<ul><li>甲</li><li>乙</li></ul><ol start="3"><li>丙</li></ol><hr/>'
        '<pre><code>码\n</code></pre><pre><code class="language-py">x = 1\n</code></pre><blockquote><p>引</p></blockquote>'
    )


def test_definition_lists():
    assert html("刻本\n:   雕版印刷的书。\n\n    又一段。\n") == (
        "<dl><dt>刻本</dt><dd><p>雕版印刷的书。</p><p>又一段。</p></dd></dl>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("字\n字", "字字"),
        ("字，\n字", "字，字"),
        ("他说：“好。”\n“行。”", "他说：“好。”“行。”"),
        ("——\n字", "——字"),
        ("*字\n字*字", "<em>字字</em>字"),
        ("字*字*\n字", "字<em>字</em>字"),
        ("*字*\n**字**", "<em>字</em><strong>字</strong>"),
        ("`字`\n字", "<code>字</code>字"),
        ("字\n{霾|mái}", "字<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby>"),
        ("{霾|mái}\nx", "<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby> x"),
        ("字[](#x)\n字", '字<a href="#x" class="xref"></a>字'),
        ("字\n![点](../images/dot.png)", '字<img src="images/dot.png" alt="点"/>'),
        ("字\nword", "字 word"),
        ("word\nword", "word word"),
        ("“Yes.”\n“No.”", "“Yes.” “No.”"),
        ("한국\n한국", "한국 한국"),
        ("②\n②字", "②②字"),
        ("字<b>\n字</b>", "字<b>字</b>"),
    ],
)
def test_soft_line_breaks_vanish_between_full_width_characters(text, expected):
    assert html(text) == f"<p>{expected}</p>"


def test_soft_line_breaks_vanish_in_every_block():
    assert html("<div>\n字\n字\nword\n</div>") == "<div>字字 word</div>"
    assert (
        html("> 字\n> 字\n\n- 字\n  word") == "<blockquote><p>字字</p></blockquote><ul><li>字 word</li></ul>"
    )
    assert html("```\n字\n字\n```") == "<pre><code>字\n字\n</code></pre>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("说**“好”**了", "说<strong>“好”</strong>了"),
        ("**注意：**下文", "<strong>注意：</strong>下文"),
        ("他*（甲）*说", "他<em>（甲）</em>说"),
        ("旧~~《书》~~新", "旧<del>《书》</del>新"),
        ("a * b * c", "a * b * c"),
        ("snake_case_name", "snake_case_name"),
        ('a*"b"*c', 'a*"b"*c'),
    ],
)
def test_emphasis_beside_chinese_marks(text, expected):
    assert html(text) == f"<p>{expected}</p>"


RUBY = "<rp>（</rp><rt>{}</rt><rp>）</rp>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{漢字|hàn zì}", f"漢{RUBY.format('hàn')}字{RUBY.format('zì')}"),
        ("{漢字|hàn|zì}", f"漢{RUBY.format('hàn')}字{RUBY.format('zì')}"),
        ("{上昌宏|かみ まさひろ}", f"上昌宏{RUBY.format('かみ まさひろ')}"),
        ("{上昌宏|かみ|まさひろ}", f"上昌宏{RUBY.format('かみ まさひろ')}"),
        ("{霾|mái}", f"霾{RUBY.format('mái')}"),
        ("{霾|mái lǐ}", f"霾{RUBY.format('mái lǐ')}"),
    ],
)
def test_ruby(text, expected):
    assert html(text) == f"<p><ruby>{expected}</ruby></p>"


@pytest.mark.parametrize("text", ["{霾}", "{|x}", "{", "{a|b", "\\{霾|mái}", "{a b}"])
def test_other_braces_are_text(text):
    assert html(text) == f"<p>{text.removeprefix(chr(92))}</p>"


@pytest.mark.parametrize(
    ("text", "is_zhuyin"),
    [
        ("{國語|ㄍㄨㄛˊ ㄩˇ}", True),
        ("{了|˙ㄌㄜ}", True),
        ("{國語|ㄍㄨㄛˊ yǔ}", False),
        ("{國|guó}", False),
    ],
)
def test_zhuyin_has_a_class(text, is_zhuyin):
    assert ('<ruby class="zhuyin">' in html(text)) is is_zhuyin


def test_ruby_in_a_table_needs_its_bar_escaped():
    assert "<td><ruby>漢<rp>" in html("| 甲 |\n|---|\n| {漢\\|hàn} |")


FIGURE = '<figure class="figure{}"{}><img src="{}" alt="一点"/>{}</figure>'


def test_a_picture_alone_in_its_paragraph_is_a_figure():
    assert html('![一*点*](../images/dot.png "题*字*"){#fig-dot .wide}') == FIGURE.format(
        " wide", ' id="fig-dot"', "images/dot.png", "<figcaption>题<em>字</em></figcaption>"
    )
    assert html("![一点](images/dot.png)") == FIGURE.format("", "", "images/dot.png", "")
    assert html("![一\n点](images/dot.png)") == FIGURE.format("", "", "images/dot.png", "")
    assert html("{#f}\n![一点](../data/bars.toml)") == FIGURE.format("", ' id="f"', "data/bars.toml", "")
    assert html("![一点](<../images/图 一.png>)") == FIGURE.format("", "", "images/图 一.png", "")
    assert html("![一点][p]\n\n[p]: ../images/dot.png '题 {#f}'") == FIGURE.format(
        "", ' id="f"', "images/dot.png", "<figcaption>题</figcaption>"
    )


def test_a_picture_in_a_line_stays_in_it():
    assert html("见![一点](../images/dot.png){.small}。") == (
        '<p>见<img src="images/dot.png" alt="一点" class="small"/>。</p>'
    )


def test_a_caption_calls_notes():
    chapter, findings = parse_body(
        '![点](../images/dot.png "题[^a]与^[乙]\\*")\n\n后[^c]\n\n[^a]: 甲\n[^c]: 丙'
    )
    assert findings == []
    assert serialize(chapter.body) == (
        '<figure class="figure"><img src="images/dot.png" alt="点"/><figcaption>题'
        '<a class="noteref" href="#a-n1" id="a-r1"></a>与<a class="noteref" href="#a-n2" id="a-r2"></a>*</figcaption>'
        '</figure><p>后<a class="noteref" href="#a-n3" id="a-r3"></a></p>'
    )
    assert [serialize(note.body) for note in chapter.notes] == ["<p>甲</p>", "<p>乙</p>", "<p>丙</p>"]


TABLE = (
    '<table><thead><tr><th scope="col">项</th><th class="right" scope="col">数</th></tr></thead>'
    '<tbody><tr><td>面</td><td class="right">3</td></tr><tr><td>米</td><td class="right"></td></tr></tbody></table>'
)


def test_tables():
    source = "| 项 | 数 |\n|---|--:|\n| 面 | 3 |\n| 米 |\n"
    assert html(source) == TABLE
    caption = "<figcaption>题<em>字</em></figcaption>"
    assert html(f"{source}\n: 题*字* {{#tab-a .wide}}") == (
        f'<figure class="table wide" id="tab-a">{caption}{TABLE}</figure>'
    )
    assert html(f"{{.small}}\n{source}\n{{#tab-b}}\n: 题*字*") == (
        f'<figure class="table small" id="tab-b">{caption}{TABLE}</figure>'
    )
    assert html(f"> {source.strip().replace(chr(10), chr(10) + '> ')}\n>\n> : 题") == (
        f'<blockquote><figure class="table"><figcaption>题</figcaption>{TABLE}</figure></blockquote>'
    )
    assert html("| 甲 | 乙 |\n|:-:|:--|\n| 1 | 2 |").count('class="center"') == 2


def test_a_tables_caption_is_read_before_its_cells():
    chapter, _ = parse_body("| 甲^[一] |\n|---|\n| 乙^[二] |\n\n: 题^[三]")
    assert [serialize(note.body) for note in chapter.notes] == ["<p>三</p>", "<p>一</p>", "<p>二</p>"]


def test_quotations():
    assert html("{.epigraph}\n> 千里之行。\n>\n> ——《老子》") == (
        '<blockquote class="epigraph"><p>千里之行。</p><footer>——《老子》</footer></blockquote>'
    )
    assert html("{.pull}\n\n> 引\n>\n> ——*某人*") == (
        '<blockquote class="pull"><p>引</p><footer>——<em>某人</em></footer></blockquote>'
    )
    assert html("> ——先说。\n>\n> 后说") == "<blockquote><p>——先说。</p><p>后说</p></blockquote>"
    assert html("> 甲\n>\n> > ——乙\n") == (
        "<blockquote><p>甲</p><blockquote><footer>——乙</footer></blockquote></blockquote>"
    )


def test_attributes_in_braces():
    assert html("## 甲 {#s .x .y}\n\n## 乙{#t lang=ja}\n\n{.z}\n## *丙*{#u}") == (
        '<h2 id="s" class="x y">甲</h2><h2 id="t" lang="ja">乙</h2><h2 class="z" id="u"><em>丙</em></h2>'
    )
    assert html('[文字]{.x lang="en"}与[链接](https://example.org/){.y}与`码`{#c}') == (
        '<p><span class="x" lang="en">文字</span>与<a href="https://example.org/" class="y">链接</a>'
        '与<code id="c">码</code></p>'
    )
    assert html("{.a}\n{.b #l}\n- 甲") == '<ul class="a b" id="l"><li>甲</li></ul>'
    assert html("- {.a}\n  甲") == '<ul><li><p class="a">甲</p></li></ul>'
    assert html("字\n\n    {.x}") == "<p>字</p><pre><code>{.x}\n</code></pre>"
    assert html("## 甲 \\{#s}") == '<h2 id="a-s1">甲 {#s}</h2>'
    assert html("字\n\n{.a}\n***") == '<p>字</p><hr class="a"/>'
    assert html("{.a}\n```\nx\n```") == '<pre class="a"><code>x\n</code></pre>'


def test_a_span_needs_attributes_right_behind():
    assert html("[文字] {a} [文字]{霾|mái} [文字]") == (
        "<p>[文字] {a} [文字]<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby> [文字]</p>"
    )


def test_headings_get_ids_in_order():
    assert html("## 甲\n\n### 乙 {#b}\n\n> ### 丙\n\n## 丁") == (
        '<h2 id="a-s1">甲</h2><h3 id="b">乙</h3><blockquote><h3 id="a-s3">丙</h3></blockquote><h2 id="a-s4">丁</h2>'
    )


NOTEREF = '<a class="noteref" href="#a-n{}" id="a-r{}"></a>'


def test_notes_are_numbered_by_their_first_calls():
    chapter, findings = parse_body(
        "甲[^x]乙^[内*注*]丙[^y]丁[^x]\n\n[^y]: 后写的。\n[^x]: 先叫的。\n\n    > 两段[^z]\n\n[^z]: 注中注。"
    )
    assert findings == []
    assert serialize(chapter.body) == (
        f"<p>甲{NOTEREF.format(1, 1)}乙{NOTEREF.format(2, 2)}丙{NOTEREF.format(3, 3)}丁{NOTEREF.format(1, '1-2')}</p>"
    )
    assert [(note.id, note.line, serialize(note.body)) for note in chapter.notes] == [
        ("a-n1", 6, f"<p>先叫的。</p><blockquote><p>两段{NOTEREF.format(4, 4)}</p></blockquote>"),
        ("a-n4", 10, "<p>注中注。</p>"),
        ("a-n2", 3, "<p>内<em>注</em></p>"),
        ("a-n3", 5, "<p>后写的。</p>"),
    ]


def test_a_note_that_a_note_calls_comes_right_behind_it():
    chapter, findings = parse_body(
        "一[^a]二[^b]三[^d]\n\n[^a]: 甲[^c]\n\n[^b]: 乙^[又^[再]]\n\n[^c]: 丙，见[^a]\n\n[^d]: 丁"
    )
    assert findings == []
    assert [text_of(note.body) for note in chapter.notes] == ["甲", "丙，见", "乙", "又", "再", "丁"]


def test_links():
    assert html(
        "[](#fig) [](#fig){.number} [](#ch){.title} [文字](#fig) [*外*](https://example.org/a?b=c#d) "
        "<https://example.org> [信](mailto:a@example.org) [](#fn-x) [见注](#fn-x)[^x]\n\n[^x]: 注"
    ) == (
        '<p><a href="#fig" class="xref"></a> <a href="#fig" class="xref number"></a> '
        '<a href="#ch" class="xref title"></a> <a href="#fig">文字</a> '
        '<a href="https://example.org/a?b=c#d"><em>外</em></a> <a href="https://example.org">https://example.org</a> '
        '<a href="mailto:a@example.org">信</a> <a href="#a-n1" class="xref"></a> <a href="#a-n1">见注</a>'
        f"{NOTEREF.format(1, 1)}</p>"
    )


def test_links_to_chapters_by_file_and_by_stem():
    book, findings = parse_texts(
        "# 甲\n\n[](02-b.md) [丙](./c.md#s) [](../chapters/c.md) [](#02-b) [](#c) [](#丁)",
        "# 乙\n\n字",
        "---\nid: own\n---\n# 丙\n\n字",
        "# 丁\n\n字",
        paths=[f"book/chapters/{name}.md" for name in ("01-a", "02-b", "c", "丁")],
    )
    assert findings == ()
    hrefs = [node.get("href") for block in book.chapters[0].body for node in walk(block) if node.tag == "a"]
    assert hrefs == ["#ch-02-b", "#s", "#own", "#ch-02-b", "#c", "#chapter-4"]
    assert [(chapter.name, chapter.id) for chapter in book.chapters] == [
        ("01-a", "ch-01-a"),
        ("02-b", "ch-02-b"),
        ("c", "own"),
        ("chapter-4", "chapter-4"),
    ]


def test_file_names_are_ascii_and_unique():
    book, _ = parse_texts(
        *["# 题\n\n字"] * 6,
        paths=[f"book/{name}.md" for name in ("cover", "x/One", "y/one", "z/chapter-3", "chapter-6", "六")],
    )
    names = [chapter.name for chapter in book.chapters]
    assert names == ["chapter-1", "One", "chapter-3", "chapter-4", "chapter-6", "chapter-6-2"]


def test_front_matter_in_yaml_and_toml():
    yaml = "---\ntitle: 题*目*\nlabel: 第一专题\nnumber: 7\nkind: appendix\nid: own\n---\n字"
    toml = '+++\ntitle = "题*目*"\nlabel = "第一专题"\nnumber = "7"\nkind = "appendix"\nid = "own"\n+++\n字'
    for text in (yaml, toml):
        book, findings = parse_texts(text)
        (chapter,) = book.chapters
        assert findings == ()
        assert serialize(chapter.title) == "题<em>目</em>"
        assert (chapter.label, chapter.number, chapter.kind, chapter.id) == (
            "第一专题",
            "7",
            "appendix",
            "own",
        )
        assert chapter.body == (Element("p", {}, ("字",), 8),)


def test_front_matter_says_none_and_nothing():
    (none,) = parse_texts('---\ntitle: 题\nlabel: ""\nnumber: false\n---\n字')[0].chapters
    assert (none.label, none.number, none.kind) == ("", "", "chapter")
    (nothing,) = parse_texts("# 题\n\n字")[0].chapters
    assert (nothing.label, nothing.number, nothing.kind, nothing.id) == (None, None, "chapter", "a")
    (empty,) = parse_texts("---\n---\n# 题\n\n字")[0].chapters
    assert serialize(empty.title) == "题"


@pytest.mark.parametrize("title", ["C# 与 #", "- 一", "# 二", "1. 三", "`四`", "五 ## #"])
def test_a_title_is_inline_markdown(title):
    book, findings = parse_texts(f"---\ntitle: '{title}'\n---\n字")
    assert findings == ()
    assert serialize(book.chapters[0].title) == title.replace("`四`", "<code>四</code>")


def test_a_title_of_several_lines_is_folded():
    book, _ = parse_texts("---\ntitle: |\n  上　卷\n  下卷\n  part\n---\n字")
    assert serialize(book.chapters[0].title) == "上　卷下卷 part"


def test_a_rule_at_the_top_is_no_front_matter():
    book, _ = parse_texts("---\n\n# 题\n\n字")
    assert serialize(book.chapters[0].body) == '<hr/><h1 id="a-s1">题</h1><p>字</p>'


def test_every_block_knows_its_line():
    text = (
        "---\ntitle: 题\n---\n\n段\n\n- 甲\n- 乙\n\n> 引\n\n## 节\n\n"
        "![点](../images/dot.png)\n\n| 甲 |\n|---|\n| 乙 |\n\n: 题\n\n术\n:   语\n\n<div>\n<p>字</p>\n</div>\n\n    码\n\n***"
    )
    book, findings = parse_texts(text)
    assert findings == ()
    lines = [(part.tag, part.line) for node in book.chapters[0].body for part in walk(node)]
    assert lines == [
        ("p", 5), ("ul", 7), ("li", 7), ("li", 8), ("blockquote", 10), ("p", 10), ("h2", 12),
        ("figure", 14), ("img", 14), ("figure", 16), ("figcaption", 20), ("table", 16), ("thead", 16), ("tr", 16),
        ("th", 16), ("tbody", 18), ("tr", 18), ("td", 18), ("dl", 22), ("dt", 22), ("dd", 23),
        ("div", 25), ("p", 26), ("pre", 29), ("code", 0), ("hr", 31),
    ]  # fmt: skip


def test_links_know_their_line_within_a_paragraph():
    chapter, _ = parse_body("甲\n乙[](#x)\n丙[^n]\n\n[^n]: 注")
    assert [(node.tag, node.line) for node in walk(chapter.body[0])] == [("p", 3), ("a", 4), ("a", 5)]


def test_a_book_can_cross_processes():
    book, _ = parse_texts("# 题\n\n字^[注]")
    assert pickle.loads(pickle.dumps(book)) == book


def test_full_width_indents_are_taken_off_and_told_where_they_split_nothing():
    assert html("　　段一。\n\n　　段二。") == "<p>段一。</p><p>段二。</p>"
    assert html("段一。\n　　段二。") == "<p>段一。</p><p>段二。</p>"
    assert wrong("段一。\n　段二。") == [
        "4:1: warning: This line starts with an indent, but no blank line is above it: it joins the paragraph before. Put an empty line before it."
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("前言", "preface"), ("自序", "preface"), ("序：写在前面", "preface"), ("譯者序", "preface"), ("后记", "afterword"),
     ("跋", "afterword"), ("编后记 二十年后", "afterword"), ("附录A 词表", "appendix"), ("附錄一：詞表", "appendix"), ("Appendix B", "appendix"),
     ("序章", "chapter"), ("序幕 雪", "chapter"), ("楔子", "chapter"), ("跋山涉水", "chapter"), ("前言不搭后语", "chapter"), ("后记者", "chapter")],
)  # fmt: skip
def test_a_title_tells_the_kind_of_a_chapter_that_does_not_say_it(title, kind):
    book, findings = parse_texts(f"# {title}\n\n字", f"---\nkind: chapter\n---\n# {title}\n\n字")
    assert findings == ()
    assert [chapter.kind for chapter in book.chapters] == [kind, "chapter"]
