from dataclasses import replace

import pytest
from projects import BARS
from samples import PNG, sample_edition
from themes import THEME, nodes

from keben.compose import compose
from keben.compose.charts import lay_out, read_chart
from keben.compose.render import title_lines
from keben.core.book import Asset, Book, Chapter, Manuscript, Note, Source, Theme
from keben.core.composition import Imprint
from keben.core.edition import Settings
from keben.core.errors import SourceError
from keben.core.isbn import Isbns
from keben.core.markup import serialize, text_of, walk
from keben.core.metadata import Person
from keben.core.numerals import chinese_numeral, note_mark
from keben.core.publication import EditionRecord
from keben.core.variants import plain
from keben.formats import FORMATS, only

FIGURE = '<figure class="figure"{}><img src="{}" alt="图"/><figcaption>{}</figcaption></figure>'
TABLE = '<figure class="table"{}><figcaption>{}</figcaption><table><tr><td>1</td></tr></table></figure>'


def chapter(name, body, **fields):
    return Chapter(
        name,
        f"book/chapters/{name}.md",
        fields.pop("kind", "chapter"),
        nodes(fields.pop("title", name)),
        nodes(body),
        **fields,
    )


def composed(*chapters, edition=None, theme=THEME, sources=(), assets=(), imprint=None):
    given = [
        Asset("images/dot.png", "image/png", PNG),
        Asset("data/bars.toml", "application/toml", BARS.encode()),
    ]
    manuscript = Manuscript(
        Settings((), ()), tuple(sources), {asset.path: asset for asset in (*given, *assets)}, 1767225600
    )
    edition = edition or sample_edition()
    return compose(Book(tuple(chapters)), manuscript, theme, edition, imprint or Imprint())


def documents(composition):
    return {document.name: document for document in composition.documents}


def text(composition, name):
    """A document's text as its edition's own script has it: what is kept from conversion, and the source."""
    return " ".join(plain(text_of(documents(composition)[name].root), composition.edition.language).split())


def find(composition, name, tag):
    return [serialize(node) for node in walk(documents(composition)[name].root) if node.tag == tag]


@pytest.mark.parametrize(
    ("number", "spelled"),
    [(0, "〇"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百〇五"),
     (110, "一百一十"), (120, "一百二十"), (1001, "一千〇一"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_numbers_are_spelled_as_chinese_reads_them(number, spelled):
    assert chinese_numeral(number) == spelled


def test_marks_of_notes():
    assert [note_mark(number) for number in (1, 20, 21, 35, 36, 50, 51)] == [
        "①",
        "⑳",
        "㉑",
        "㉟",
        "㊱",
        "㊿",
        "[51]",
    ]
    assert note_mark(51, writing="vertical") == "〔五十一〕"
    assert note_mark(10_000, "figures", "vertical") == "10000"
    with pytest.raises(ValueError, match="10000 is not between"):
        chinese_numeral(10000)


def test_documents_come_in_reading_order():
    composition, findings = composed(chapter("a", "<p>甲</p>"), chapter("b", "<p>乙</p>"))
    assert findings == ()
    assert [(document.name, document.kind) for document in composition.documents] == [
        ("cover", "cover"),
        ("titlepage", "titlepage"),
        ("colophon", "colophon"),
        ("contents", "contents"),
        ("a", "chapter"),
        ("b", "chapter"),
    ]


def test_chapters_are_labelled_by_kind_number_and_front_matter():
    composition, _ = composed(
        chapter("p", "<p>x</p>", kind="preface", title="前言"),
        chapter("a", "<p>x</p>", title="甲"),
        chapter("b", "<p>x</p>", title="乙", label="第二专题"),
        chapter("c", "<p>x</p>", title="丙", number="12"),
        chapter("d", "<p>x</p>", title="丁", number="", label=None),
        chapter("e", "<p>x</p>", title="戊", kind="appendix"),
        chapter("f", "<p>x</p>", title="己", kind="appendix"),
        chapter("g", "<p>x</p>", title="跋", kind="afterword"),
    )
    assert [document.title for document in composition.documents[4:]] == [
        "前言",
        "第一章　甲",
        "第二专题　乙",
        "第十二章　丙",
        "丁",
        "附录A　戊",
        "附录B　己",
        "跋",
    ]
    roots = [document.root for document in composition.documents[4:]]
    assert roots[0].attributes == {
        "epub:type": "preface",
        "role": "doc-preface",
        "class": "chapter preface",
        "id": "p",
        "aria-labelledby": "p-title",
        "data-title": "前言",
    }
    assert (roots[1].get("class"), roots[5].get("role")) == ("chapter", "doc-appendix")
    assert text(composition, "contents").startswith("目录 前言 第一章 甲 第二专题 乙")


def test_a_single_appendix_has_no_letter():
    composition, _ = composed(chapter("e", "<p>x</p>", title="戊", kind="appendix"))
    assert composition.documents[-1].title == "附录　戊"


def test_contents_list_sections_below_their_chapter():
    composition, _ = composed(
        chapter("a", '<h2 id="s">节<a class="noteref" href="#n" id="r"></a></h2><h3 id="t">目</h3>')
    )
    assert find(composition, "contents", "a") == [
        '<a href="#a"><span class="label">第一章</span> <span class="title">a</span></a>',
        '<a href="#s"><span class="title">节</span></a>',
    ]


def test_figures_and_tables_are_numbered_by_chapter():
    body = (
        FIGURE.format("", "images/dot.png", "点")
        + TABLE.format(' id="t"', "表")
        + FIGURE.format(' id="f"', "images/dot.png", "又")
    )
    composition, _ = composed(chapter("a", body), chapter("b", FIGURE.format("", "images/dot.png", "三")))
    assert [node.split("</span>")[0] for node in find(composition, "a", "figcaption")] == [
        '<figcaption><span class="number">图1-1',
        '<figcaption><span class="number">表1-1',
        '<figcaption><span class="number">图1-2',
    ]
    assert '<span class="caption">三</span>' in find(composition, "b", "figcaption")[0]
    assert [node.get("id") for node in walk(documents(composition)["a"].root) if node.tag == "figure"] == [
        "a-f1",
        "t",
        "f",
    ]


def test_a_figure_without_caption_takes_no_number():
    bare = '<figure class="figure"><img src="images/dot.png" alt="a"/></figure>'
    composition, _ = composed(chapter("a", bare + FIGURE.format("", "images/dot.png", "点")))
    assert find(composition, "a", "figcaption")[0].startswith('<figcaption><span class="number">图1-1<')


def test_references_print_number_and_title_across_chapters():
    xref = '<a class="xref{}" href="#{}"></a>'
    body = "；".join(
        xref.format(form, name)
        for form, name in [
            ("", "b"), (" number", "b"), (" title", "b"), ("", "f"), (" number", "f"), ("", "s"), ("", "b-n1"),
        ]
    )  # fmt: skip
    other = (
        FIGURE.format(' id="f"', "images/dot.png", "一<em>点</em>")
        + '<h2 id="s">节</h2><p><a class="noteref" href="#b-n1" id="b-r1"></a></p>'
    )
    composition, findings = composed(
        chapter("a", f"<p>{body}</p>"),
        chapter("b", other, title="后来", notes=(Note("b-n1", nodes("<p>注</p>")),)),
    )
    assert findings == ()
    assert (
        text(composition, "a").removeprefix("第一章 a ")
        == "第二章“后来”；第二章；后来；图2-1“一点”；图2-1；“节”；注①"
    )


def test_a_traditional_source_speaks_traditional():
    edition = sample_edition("zh-Hant-TW", source_language="zh-Hant-TW")
    composition, _ = composed(
        chapter("a", '<p><a class="xref" href="#b"></a></p>'), chapter("b", "<p>乙</p>"), edition=edition
    )
    assert text(composition, "a").endswith("第二章「b」")
    assert text(composition, "contents").startswith("目錄")


def test_broken_references_are_told_where_the_source_writes_them():
    source = Source("book/chapters/a.md", "字\n\n见[](#no)\n和[那里](#gone)。")
    body = '<p data-line="3">见<a class="xref" href="#no"></a>和<a href="#gone">那里</a></p>'
    _, findings = composed(chapter("a", body), sources=[source])
    assert [str(finding).split(" Give")[0] for finding in findings] == [
        "book/chapters/a.md:3:5: Nothing in the book has the id “no”.",
        "book/chapters/a.md:4:7: Nothing in the book has the id “gone”.",
    ]


def test_a_reference_to_what_has_no_name_is_reported():
    body = '<p id="x"></p><p><a class="xref" href="#x"></a></p>'
    _, findings = composed(chapter("a", body))
    assert [finding.code for finding in findings] == ["empty-reference"]


def test_notes_stand_at_the_chapters_end_with_marks_and_ways_back():
    call = '<a class="noteref" href="#a-n{}" id="a-r{}"></a>'
    notes = (
        Note("a-n1", nodes('<p>一见<a class="xref" href="#b"></a></p><p>又</p>')),
        Note("a-n2", nodes("<ul><li>二</li></ul>")),
    )
    composition, findings = composed(
        chapter("a", f"<p>甲{call.format(1, 1)}乙{call.format(2, 2)}</p>", notes=notes),
        chapter("b", "<p>x</p>"),
    )
    assert findings == ()
    first, second = find(composition, "a", "aside")
    assert first == (
        '<aside epub:type="footnote" role="doc-footnote" class="footnote" id="a-n1"><p><a class="backlink" '
        'role="doc-backlink" href="#a-r1">①</a>一见<a class="xref" href="#b"><span class="ref-number">第二章</span>“b”</a></p><p>又</p></aside>'
    )
    assert '<p><a class="backlink" role="doc-backlink" href="#a-r2">②</a></p><ul>' in second
    assert (
        '<a epub:type="noteref" role="doc-noteref" class="noteref" href="#a-n2" id="a-r2">②</a>'
        in find(composition, "a", "p")[0]
    )


def test_a_note_called_in_a_note_has_its_mark_and_its_way_back():
    call = '<a class="noteref" href="#a-n{}" id="a-r{}"></a>'
    notes = (
        Note("a-n1", nodes(f'<p>见{call.format(2, 2)}所引，<a class="xref" href="#a-n2"></a></p>')),
        Note("a-n2", nodes(f"<p>乙</p><p>见{call.format(1, '1-2')}</p>")),
    )
    composition, findings = composed(chapter("a", f"<p>甲{call.format(1, 1)}</p>", notes=notes))
    assert findings == ()
    first, second = find(composition, "a", "aside")
    ref = '<a epub:type="noteref" role="doc-noteref" class="noteref" href="#a-n{}" id="a-r{}">{}</a>'
    assert f"见{ref.format(2, 2, '②')}所引" in first
    assert '<a class="xref" href="#a-n2"><span class="ref-number">注②</span></a>' in first
    assert '<a class="backlink" role="doc-backlink" href="#a-r2">②</a>乙' in second
    assert f"见{ref.format(1, '1-2', '①')}" in second


@pytest.mark.parametrize(("writing", "mark"), [("horizontal", "2"), ("vertical", "〔二〕")])
def test_an_edition_can_call_notes_by_figures(writing, mark):
    call = '<a class="noteref" href="#a-n{}" id="a-r{}"></a>'
    notes = (Note("a-n1", nodes("<p>一</p>")), Note("a-n2", nodes("<p>二</p>")))
    composition, findings = composed(
        chapter(
            "a",
            f'<p>{call.format(1, 1)}{call.format(2, 2)}见<a class="xref" href="#a-n2"></a></p>',
            notes=notes,
        ),
        edition=sample_edition("zh-Hant-TW", notes="figures", writing=writing),
    )
    assert findings == ()
    second = find(composition, "a", "aside")[1]
    assert f'href="#a-r2">{mark}</a>二</p>' in second
    assert text(composition, "a").split(" ")[2].endswith(f"{mark}见註{mark}")


def test_notes_count_by_chapter_or_through_the_book_and_stand_where_the_edition_says():
    call = '<p>字<a class="noteref" href="#{0}" id="r-{0}"/></p>'
    chapters = [
        chapter(name, call.format(f"n-{name}"), notes=(Note(f"n-{name}", nodes("<p>注</p>"), 1),))
        for name in ("one", "two")
    ]
    plain_edition = sample_edition()

    def called(made, name):
        return next(text_of(node) for node in walk(documents(made)[name].root) if "noteref" in node.classes)

    made, _ = composed(*chapters, edition=plain_edition)
    assert [called(made, name) for name in ("one", "two")] == ["①", "①"]
    made, _ = composed(*chapters, edition=replace(plain_edition, notes_number="book", notes_at="book"))
    assert [called(made, name) for name in ("one", "two")] == ["①", "②"]
    notes = documents(made)["endnotes"]
    assert (notes.kind, notes.title, text_of(notes.root).split()) == ("afterword", "注释", ["注释"])
    assert '<a href="#endnotes">' in serialize(documents(made)["contents"].root)
    # A book without notes has no document of them.
    made, _ = composed(chapter("one", "<p>字</p>"), edition=replace(plain_edition, notes_at="book"))
    assert "endnotes" not in documents(made)


def test_charts_are_drawn_from_their_data_once():
    figure = FIGURE.format("", "data/bars.toml", "柱")
    composition, findings = composed(chapter("a", figure), chapter("b", figure))
    assert findings == ()
    drawing, screen = composition.documents[-2:]
    assert (drawing.name, drawing.kind, drawing.title) == ("images/chart-bars.svg", "drawing", "两根柱子")
    assert (screen.name, screen.kind, screen.title) == ("images/chart-bars-screen.svg", "screen", "两根柱子")
    assert [text_of(node) for node in walk(drawing.root) if node.tag == "text"] == [
        "发往欧洲",
        "2国",
        "亚洲",
        "1.5国",
    ]
    assert find(composition, "a", "img") == ['<img src="images/chart-bars.svg" alt="图"/>']
    assert composition.assets == {}


def test_a_part_is_not_counted_and_stands_in_the_contents():
    composition, findings = composed(
        chapter("p", "", kind="part", title="江上", label="第一部"),
        chapter("a", "<p>文</p>"),
        chapter("b", "<p>文</p>"),
    )
    assert findings == ()
    part, first, second = composition.documents[-3:]
    assert [document.title for document in (part, first, second)] == [
        "第一部　江上",
        "第一章　a",
        "第二章　b",
    ]
    assert (part.kind, part.root.get("epub:type"), part.root.get("role")) == ("part", "part", "doc-part")
    contents = next(document for document in composition.documents if document.kind == "contents")
    assert "第一部" in text_of(contents.root)


def test_bars_are_as_long_as_their_values():
    chart = read_chart(Asset("data/b.toml", "application/toml", BARS.encode()))[0]
    drawing = lay_out(chart, 283.5, {"source_before": "来源："})
    first, second = drawing.bars
    assert second.width == pytest.approx(first.width * 0.75, abs=0.01)
    assert drawing.left + first.width + 4 + 2 * drawing.size <= 283.5


@pytest.mark.parametrize(("length", "middle"), [(5, True), (38, True), (60, False)])
def test_the_source_of_a_chart_stays_in_it(length, middle):
    data = BARS.replace("unit", f'source = "{"据" * length}"\nunit', 1).encode()
    chart = read_chart(Asset("data/b.toml", "application/toml", data))[0]
    drawing = lay_out(chart, 283.5, {"source_before": ""})
    assert drawing.source == "据" * length
    assert (drawing.source_left > 0) is middle
    assert "".join(line for _, line in drawing.source_rows) == drawing.source
    assert all(
        drawing.source_left + len(line) * drawing.source_size <= 283.5 for _, line in drawing.source_rows
    )
    assert (len(drawing.source_rows) == 1) is (length < 60)
    assert drawing.source_rows[-1][0] + 2 <= drawing.height


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"bar"', '"pie"', "book/data/bars.toml:1:1: `kind` cannot be 'pie'. Use 'bar'."),
        ("value = 2\n", "", "book/data/bars.toml:4:1: `bars.1.value` is missing. It is required."),
        ("value = 2\n", "value = -2\n", "book/data/bars.toml:6:1: `bars.1.value` has a wrong value: -2. "),
        ("value = 2\n", "value = nan\n", "book/data/bars.toml:6:1: `bars.1.value` has a wrong value: nan. "),
        ("unit", "units", "book/data/bars.toml:3:1: Unknown key `units`. Did you mean `unit`?"),
        ('kind = "bar"', "kind = ", "book/data/bars.toml:1:8: This is not valid TOML: "),
    ],
)
def test_mistakes_in_a_charts_data_are_told_with_their_line(old, new, message):
    data = Asset("data/bars.toml", "application/toml", BARS.replace(old, new, 1).encode())
    _, findings = composed(chapter("a", FIGURE.format("", "data/bars.toml", "柱")), assets=[data])
    assert [str(finding) for finding in findings if str(finding).startswith(message)], findings


def test_only_pictures_that_the_book_shows_go_along():
    more = Asset("images/unused.png", "image/png", PNG)
    styled = Asset("images/line.png", "image/png", PNG)
    theme = Theme(
        THEME.templates,
        {**THEME.styles, "epub.css": 'hr { background: url("images/line.png") }'},
        THEME.defaults,
        THEME.origins,
    )
    composition, _ = composed(
        chapter("a", '<p><img src="images/dot.png" alt="点"/></p>'), assets=[more, styled], theme=theme
    )
    assert sorted(composition.assets) == ["images/dot.png", "images/line.png"]


def test_the_accessibility_summary_speaks_of_pictures_only_where_there_are_some():
    plain, _ = composed(chapter("a", "<p>字</p>"))
    pictured, _ = composed(chapter("a", '<p><img src="images/dot.png" alt="点"/></p>'))
    assert "插图" not in plain.words["accessibility_summary"]
    assert pictured.words["accessibility_summary"].endswith("插图附有替代文字。")


def test_ids_are_unique_in_the_whole_book():
    _, findings = composed(chapter("a", '<p id="contents" data-line="4">x</p>'))
    assert [str(finding) for finding in findings] == [
        "book/chapters/a.md:4: The id “contents” is used twice; templates/contents.html has it too. Give one of them another id."
    ]


def test_the_colophon_tells_fonts_and_tools_where_it_is_asked_to():
    imprint = Imprint(("Noto Serif CJK HK", "LXGW WenKai"), (("Keben", "1.2"), ("OpenCC", "3")))
    edition = sample_edition("zh-Hant-HK")
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=edition, imprint=imprint)
    said = text(composition, "colophon")
    assert "版本繁體版（香港） 1.0.0" in said
    assert "OpenCC" not in said
    edition = replace(edition, publication=EditionRecord(typeset_with=True))
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=edition, imprint=imprint)
    said = text(composition, "colophon")
    assert "字體Noto Serif CJK HK、LXGW WenKai" in said
    assert "製作Keben 1.2、OpenCC 3" in said


@pytest.mark.parametrize(
    ("date", "said"), [("2026-01-09", "2026年1月9日"), ("2026-11", "2026年11月"), ("2026", "2026年")]
)
def test_the_colophon_says_the_date_as_chinese_does(date, said):
    metadata = replace(sample_edition().metadata, date=date)
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=metadata))
    assert find(composition, "colophon", "dd").count(f"<dd>{said}</dd>") == 1


def test_what_an_edition_says_anew_is_kept_from_conversion():
    edition = sample_edition()
    said = type(edition.metadata)(title="頭髮的書", slug="s", own=frozenset({"title"}))
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=said))
    assert find(composition, "titlepage", "h1") == ['<h1 class="title" translate="no">頭髮的書</h1>']


def test_a_cover_of_the_books_own_takes_the_place_of_the_drawn_one():
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(cover="images/dot.png"))
    assert composition.documents[0].kind == "titlepage"
    assert list(composition.assets) == ["images/dot.png"]


def test_titles_break_after_a_colon_then_evenly_and_never_before_a_mark():
    assert title_lines("同舟：二〇二〇年春国际合作导读", 8) == ["同舟：", "二〇二〇年春", "国际合作导读"]
    assert title_lines("一二三四，五六", 4) == ["一二三四，", "五六"]
    assert title_lines("短", 8) == ["短"]


def with_template(name, text):
    return Theme(
        {**THEME.templates, name: text},
        THEME.styles,
        THEME.defaults,
        {**THEME.origins, name: f"templates/{name}"},
    )


def test_a_template_can_extend_the_default():
    theme = with_template(
        "chapter.html", '{% extends "default:chapter.html" %}{% block body %}<hr/>{{ super() }}{% endblock %}'
    )
    composition, _ = composed(chapter("a", "<p>字</p>"), theme=theme)
    assert "<hr/><p>字</p>" in serialize(documents(composition)["a"].root)
    assert text(composition, "a") == "第一章 a 字"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<p>\n{{ chapter.nothing }}</p>", "templates/chapter.html:2: This template fails: "),
        ("<p>\n{{ unknown }}</p>", "templates/chapter.html:2: This template fails: 'unknown' is undefined."),
        ("<p>\n{% if %}</p>", "templates/chapter.html:2: This template fails: "),
        (
            '{% extends "chapter.html" %}',
            "templates/chapter.html: This template extends or includes itself. "
            'Write {% extends "default:chapter.html" %} to extend the default of its name.',
        ),
        ("<p>{{ 1 // 0 }}</p>", "templates/chapter.html:1: This template fails: ZeroDivisionError: "),
        ("{{ chapter.__class__.__mro__ }}", "templates/chapter.html:1: This template fails: "),
        ('{% include "none.html" %}', "templates/chapter.html:1: This template fails: "),
        ("<p>a<br></p>", "templates/chapter.html: This template makes markup that is not well-formed (mismatched tag), near “<p>a<br></p>”."),
        ("<p/><p/>", "templates/chapter.html: This template makes markup that is not well-formed (junk after document element)"),
    ],
)  # fmt: skip
def test_a_template_that_fails_is_told_by_name_and_line(template, message):
    with pytest.raises(SourceError) as caught:
        composed(chapter("a", "<p>x</p>"), theme=with_template("chapter.html", template))
    assert str(caught.value).startswith(message)


def test_markup_in_metadata_is_only_text():
    said = type(sample_edition().metadata)(title="<script>&", slug="s")
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=said))
    assert find(composition, "titlepage", "h1") == ['<h1 class="title">&lt;script&gt;&amp;</h1>']


W = "templates/words.toml:"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[zh-Hans", f"{W}1:9: This is not valid TOML: the heading of this table is never closed. "),
        ("[zh-Hans]\ncontents = 1", f"{W}2:1: `contents` in [zh-Hans] is not a text. "),
        ("zh-Hans = 5", f"{W}1:1: `zh-Hans` is not a table. "),
        ("[zh-Hanz]", f"{W}1:1: There is no table [zh-Hanz] of words. Use one of zh-Hans, zh-Hant, "),
        ('[zh-Hans]\nchaptre = "x"', f"{W}2:1: Nothing uses the word `chaptre`. Did you mean `chapter`?"),
        ('[zh-Hans]\nrole_xxx = "x"', f"{W}2:1: Nothing uses the word `role_xxx`. "),
        ('[zh-Hans]\nchapter = "第{num}回"', f"{W}2:1: `chapter` has {{num}}. It can have {{number}}; "),
        ('[zh-Hans]\nchapter = "第{number"', f"{W}2:1: `chapter` has a brace that is never closed or opened. "),
        ('[zh-Hans]\nchapter = "第}"', f"{W}2:1: `chapter` has a brace that is never closed or opened. "),
        ('[zh-Hans]\nchapter = "{0}"', f"{W}2:1: `chapter` has {{0}}. "),
        ('[zh-Hans]\nchapter = "{}"', f"{W}2:1: `chapter` has {{}}. "),
        ('[zh-Hans]\nquoted = "{titel}"', f"{W}2:1: `quoted` has {{titel}}. It can have {{title}}; "),
        ('[zh-Hans]\nby = "{names.__class__}"', f"{W}2:1: `by` has {{names.__class__}}. "),
        ('[zh-Hans]\nby = "{names[0]}"', f"{W}2:1: `by` has {{names[0]}}. "),
        ('[zh-Hans]\nby = "{names!r:>9}"', f"{W}2:1: `by` has {{names!r:>9}}. "),
        ('[zh-Hans]\ncontents = "{number}"', f"{W}2:1: `contents` has {{number}}. It can have none."),
        ("[zh-Hans]\ncontents = 1" + "0" * 5000, f"{W}2:12: This is not valid TOML: this number has too many digits. "),
        ("a = " + "[" * 3000, f"{W}1:1: This is not valid TOML: lists or tables stand in one another too many times."),
    ],
)  # fmt: skip
def test_mistakes_in_the_words_are_reported(text, message):
    composition, findings = composed(chapter("a", "<p>x</p>"), theme=with_template("words.toml", text))
    assert [str(finding) for finding in findings if str(finding).startswith(message)], findings
    # The default theme's word stands in its place.
    assert composition.documents[-1].title == "第一章　a"


def test_a_theme_may_have_words_of_its_own_where_its_templates_use_them():
    theme = with_template("words.toml", '[zh-Hans]\nmotto = "开卷{x}"\nrole_vac = "配音"\n')
    theme = replace(theme, templates={**theme.templates, "contents.html": "<nav>{{ words.motto }}</nav>"})
    composition, findings = composed(chapter("a", "<p>x</p>"), theme=theme)
    assert findings == ()
    assert text(composition, "contents") == "开卷{x}"


def test_a_theme_may_say_some_words_anew():
    theme = with_template("words.toml", '[zh-Hans]\nchapter = "卷{number}"\n')
    composition, _ = composed(chapter("a", "<p>x</p>"), theme=theme)
    assert composition.documents[-1].title == "卷一　a"
    assert text(composition, "contents").startswith("目录")


def colophon(isbns, format_):
    metadata = replace(sample_edition().metadata, isbns=isbns)
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=metadata))
    rows = text(only(composition, FORMATS[format_]), "colophon")
    return rows.partition("书号")[2].split("主题")[0].split("授权")[0].strip() or "none"


def test_the_colophon_of_each_format_names_its_own_isbn():
    isbns = Isbns("978-7-5133-4821-8", "978-7-115-44802-6", "978-7-302-51147-2")
    assert [colophon(isbns, each) for each in ("epub", "pdf", "booklet", "press")] == [
        "ISBN 978-7-5133-4821-8",
        "ISBN 978-7-115-44802-6",
        "ISBN 978-7-115-44802-6",
        "ISBN 978-7-302-51147-2",
    ]
    alone = Isbns(epub="978-7-5133-4821-8")
    assert [colophon(alone, each) for each in ("epub", "pdf")] == ["ISBN 978-7-5133-4821-8", "none"]


def test_the_title_page_and_the_colophon_say_what_each_person_did():
    persons = (Person("甲"), Person("乙", "trl"), Person("丙"), Person("丁", "ill"))
    metadata = replace(sample_edition().metadata, authors=persons)
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=metadata))
    assert find(composition, "titlepage", "p")[1] == '<p class="authors">甲、丙　著<br/>乙　译<br/>丁　绘</p>'
    assert "著者甲、丙 译者乙 绘者丁" in text(composition, "colophon").replace("</dd>", "")


def test_a_book_of_editors_alone_has_no_author():
    metadata = replace(sample_edition().metadata, authors=(Person("甲", "edt"),))
    composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=metadata))
    for name in ("titlepage", "colophon", "cover"):
        assert "著" not in text(composition, name)
    assert "甲　编" in serialize(documents(composition)["titlepage"].root)


def test_a_title_page_with_more_than_a_page_has_room_for_is_crowded():
    many = replace(sample_edition().metadata, authors=tuple(Person(f"某人{n}") for n in range(90)))
    for metadata, is_crowded in ((sample_edition().metadata, False), (many, True)):
        composition, _ = composed(chapter("a", "<p>x</p>"), edition=sample_edition(metadata=metadata))
        assert ("crowded" in documents(composition)["titlepage"].root.classes) is is_crowded


@pytest.mark.parametrize(
    ("box", "made"),
    [
        (
            '<aside class="box tip"><p>甲</p></aside>',
            '<aside class="box tip" role="note"><p class="box-title box-label">提示</p><p>甲</p></aside>',
        ),
        (
            '<aside class="box danger"/>',
            '<aside class="box danger" role="note"><p class="box-title box-label">危险</p></aside>',
        ),
        (
            '<aside class="box tip"><p class="box-title">题</p></aside>',
            '<aside class="box tip" role="note"><p class="box-title">题</p></aside>',
        ),
        ('<aside class="box"><p>甲</p></aside>', '<aside class="box" role="note"><p>甲</p></aside>'),
    ],
)
def test_a_box_without_a_title_is_labelled_by_its_kind(box, made):
    composition, _ = composed(chapter("a", box, notes=(Note("a-n1", nodes(box), 1),)))
    assert serialize((documents(composition)["a"].root,)).count(made) == 2


def test_a_caption_of_one_paragraph_is_no_block():
    body = TABLE.format(' id="t"', "<p>表的<em>题</em></p>")
    composition, _ = composed(chapter("one", body))
    (caption,) = find(composition, "one", "figcaption")
    assert '<span class="caption">表的<em>题</em></span>' in caption
