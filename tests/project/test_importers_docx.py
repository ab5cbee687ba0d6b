import zipfile
from html import escape

import pytest
from docxes import HEADINGS, p, r, style, write_docx
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from keben.core.errors import SourceError, UsageError
from keben.project.importers import import_book
from keben.project.importers.paragraphs import is_break

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`"
    b"\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def taken(tmp_path):
    """What a document becomes: the text of its only chapter below the title, and what is said."""

    def take(body, **more):
        draft = import_book(write_docx(tmp_path / "书.docx", p("第一章 起风", "1") + body, **more))
        text = draft.files["book/chapters/01.md"].decode()
        return text.removeprefix("# 第一章 起风\n").strip("\n"), draft

    return take


def said(draft, words):
    found = [remark for remark in draft.remarks if words in remark]
    assert len(found) == 1, draft.remarks
    return found[0]


def is_whole(draft):
    return any(remark.startswith("Checked: all of its text") for remark in draft.remarks)


def test_headings_part_the_document_and_its_title_names_the_book(tmp_path):
    body = (
        p("起风的日子", "t")
        + p("前言", "1")
        + p("话。")
        + p("第一章 起风", "1")
        + p("甲。")
        + p("小节", "2")
        + p("乙。")
        + p("附录A 表", "1")
        + p("丙。")
    )
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert (draft.title, draft.chapters) == ("起风的日子", ("前言", "第一章 起风", "附录A 表"))
    assert draft.files["book/chapters/01.md"].decode() == "---\nkind: preface\n---\n\n# 前言\n\n话。\n"
    assert draft.files["book/chapters/02.md"].decode() == "# 第一章 起风\n\n甲。\n\n## 小节\n\n乙。\n"
    assert is_whole(draft)


@pytest.mark.parametrize(
    ("styles", "properties"),
    [
        (style("a1", "标题 1"), '<w:pStyle w:val="a1"/>'),
        (style("x", "我的") + style("1", "heading 1", ""), '<w:pStyle w:val="x"/><w:outlineLvl w:val="0"/>'),
        (style("1", "heading 1") + style("y", "新样式", '<w:basedOn w:val="1"/>'), '<w:pStyle w:val="y"/>'),
        (style("z", "章标题"), '<w:pStyle w:val="z"/>'),
        (style("o", "别名", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), '<w:pStyle w:val="o"/>'),
    ],
)
def test_a_heading_is_known_by_its_style_or_outline_level(tmp_path, styles, properties):
    body = p("风起", more=properties) + p("甲。") + p("雨落", more=properties) + p("乙。")
    draft = import_book(write_docx(tmp_path / "a.docx", body, styles))
    assert draft.chapters == ("风起", "雨落")


def test_parts_have_chapters_below_them(tmp_path):
    body = "".join(
        (
            p("第一卷 上", "1"),
            p("第一章 甲", "2"),
            p("文。"),
            p("第二卷 下", "1"),
            p("第二章 乙", "2"),
            p("文。"),
        )
    )
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert draft.chapters == ("第一卷 上", "第一章 甲", "第二卷 下", "第二章 乙")
    assert draft.files["book/chapters/01.md"].startswith(b"---\nkind: part\n---\n")


def test_without_styles_headings_are_known_by_what_they_say_or_look_like(tmp_path):
    said_so = p("第一章 起风") + p("他说：第一章。") + p("第二章 落雨") + p("文。")
    draft = import_book(write_docx(tmp_path / "a.docx", said_so, ""))
    assert draft.chapters == ("第一章 起风", "第二章 落雨")
    large = '<w:b/><w:sz w:val="36"/>'
    looks = p(inner=r("春", large)) + p("文一。") * 3 + p(inner=r("夏", large)) + p("文二。") * 3
    draft = import_book(write_docx(tmp_path / "b.docx", looks, ""))
    assert draft.chapters == ("春", "夏")
    assert "check them" in said(draft, "No heading styles")


def test_looks_of_text_become_marks(taken):
    runs = (
        r("粗", "<w:b/>")
        + r("体", "<w:b/>")
        + r("斜", "<w:i/>")
        + r("点", '<w:em w:val="dot"/>')
        + r("平", '<w:b w:val="0"/>')
        + r("线", '<w:u w:val="single"/>')
        + r("删", "<w:strike/>")
        + r("2", '<w:vertAlign w:val="subscript"/>')
    )
    text, draft = taken(p(inner=runs))
    assert text == "**粗体**<em>斜点</em>平<u>线</u>~~删~~<sub>2</sub>"
    assert is_whole(draft)


def test_signs_of_markdown_are_text(taken):
    text, draft = taken(
        p("*甲* _a_ {a|b} &lt;b&gt; $5 [x] :smile:") + p("1. 甲") + p("- 甲") + p("# 甲") + p("　　甲")
    )
    assert text == (
        r"\*甲\* \_a\_ \{a\|b\} \<b\> \$5 \[x\] \:smile:" + "\n\n1\\. 甲\n\n\\- 甲\n\n\\# 甲\n\n甲"
    )
    assert is_whole(draft)


def test_ruby_is_read_as_word_and_its_older_fields_write_it(taken):
    ruby = "<w:r><w:ruby><w:rt>" + r("mái") + "</w:rt><w:rubyBase>" + r("霾") + "</w:rubyBase></w:ruby></w:r>"
    code = r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(hàn),漢)'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        + code
        + '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    text, draft = taken(p("字", inner=ruby + field))
    assert text == "字{霾|mái}{漢|hàn}"
    assert is_whole(draft)


def test_notes_stand_in_the_chapter_that_calls_them(tmp_path):
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p("一", "1")
        + p("甲", inner=call.format(2))
        + p("二", "1")
        + p("乙", inner=call.format(3) + '<w:r><w:endnoteReference w:id="1"/></w:r>')
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0">' + p("——") + '</w:footnote><w:footnote w:id="2">'
        + p("注甲") + p("又一段") + '</w:footnote><w:footnote w:id="3">' + p("注乙") + "</w:footnote>"
    )  # fmt: skip
    parts = {"footnotes": notes, "endnotes": '<w:endnote w:id="1">' + p("尾注") + "</w:endnote>"}
    draft = import_book(write_docx(tmp_path / "a.docx", body, parts=parts))
    assert draft.files["book/chapters/01.md"].decode() == "# 一\n\n甲[^1]\n\n[^1]: 注甲\n\n    又一段\n"
    assert draft.files["book/chapters/02.md"].decode() == "# 二\n\n乙[^1][^2]\n\n[^1]: 注乙\n\n[^2]: 尾注\n"
    assert is_whole(draft)


def test_tracked_changes_are_taken_as_accepted_and_reported(taken):
    merged = "<w:rPr><w:del/></w:rPr>"
    body = p(
        "甲", inner="<w:ins>" + r("乙") + "</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
    ) + p("前", more=merged)
    text, draft = taken(body + p("后"))
    assert text == "甲乙\n\n前后"
    assert "1 insertion and 1 deletion: +“乙”, −“丙”" in said(draft, "Tracked changes")


def test_comments_hidden_text_and_headers_are_reported(taken):
    parts = {
        "comments": '<w:comment w:id="5" w:author="编辑">' + p("查一下") + "</w:comment>",
        "header": p("页眉"),
    }
    body = p("正文", inner='<w:r><w:commentReference w:id="5"/></w:r>' + r("藏", "<w:vanish/>"))
    text, draft = taken(body, parts=parts)
    assert text == "正文"
    assert "1 comment: 编辑: “查一下” at “正文藏”" in said(draft, "comment")
    assert "藏" in said(draft, "hidden text")
    assert "页眉" in said(draft, "headers")
    assert is_whole(draft)


NUMBERS = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "decimal", "%1."), (1, "lowerLetter", "%2)"))
    )
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(text, number, level=0):
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_lists_nest_count_on_and_begin_again(taken):
    body = (
        item("甲", 1)
        + item("子", 1, 1)
        + item("丑", 1, 1)
        + item("乙", 1)
        + p("文")
        + item("丙", 1)
        + p("文")
        + item("丁", 4)
    )
    text, _ = taken(body, parts={"numbering": NUMBERS})
    assert text == (
        '1. 甲\n\n   <ol type="a">\n   <li>\n\n   子\n\n   </li>\n   <li>\n\n   丑\n\n   </li>\n   </ol>\n2. 乙'
        "\n\n文\n\n3. 丙\n\n文\n\n1. 丁"
    )


def test_numbers_that_no_list_has_are_written_out(taken):
    body = item("甲", 2) + item("乙", 2) + item("点", 3) + item("点", 3)
    text, _ = taken(body, parts={"numbering": NUMBERS})
    assert text == "（一） 甲\n\n（二） 乙\n\n- 点\n- 点"


def test_headings_keep_the_numbers_that_word_counts(tmp_path):
    numbers = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:pStyle w:val="1"/><w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="2"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("1", "heading 1", numbered) + style("2", "heading 2", numbered)
    body = p("风", "1") + p("文") + p("雨", "1") + p("雷", "2") + p("文")
    draft = import_book(write_docx(tmp_path / "a.docx", body, styles, parts={"numbering": numbers}))
    assert draft.chapters == ("第一章 风", "第二章 雨")
    assert "## 2.1 雷" in draft.files["book/chapters/02.md"].decode()


def cell(text, more=""):
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"


def row(*cells, more=""):
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def test_a_simple_table_has_pipes_and_its_caption(taken):
    table = (
        f"<w:tbl>{row(cell('名'), cell('数'), more='<w:tblHeader/>')}{row(cell('甲'), cell('1|2'))}</w:tbl>"
    )
    text, draft = taken(p("表1 数据", "c") + table)
    assert text == "| 名 | 数 |\n| --- | --- |\n| 甲 | 1\\|2 |\n\n: 数据"
    assert "表1 数据" in said(draft, "Captions")
    assert is_whole(draft)


def test_merged_cells_become_spans(taken):
    first = row(cell("宽", '<w:gridSpan w:val="2"/>'), cell("丙"))
    table = f"""<w:tbl>{first}{row(cell("高", '<w:vMerge w:val="restart"/>'), cell("一"), cell("二"))}
        {row(cell("", "<w:vMerge/>"), cell("三"), cell("四"))}</w:tbl>"""
    text, _ = taken(table)
    assert " ".join(text.split()) == (
        '<table> <tbody> <tr><td colspan="2">宽</td><td>丙</td></tr> <tr><td rowspan="2">高</td><td>一</td><td>二</td></tr>'
        " <tr><td>三</td><td>四</td></tr> </tbody> </table>"
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [["甲", "乙"], ["丙", "丁"]],
            "|  |  |\n| --- | --- |\n| 甲 | 乙 |\n| 丙 | 丁 |",
        ),
        ([["甲", "乙"]], "|  |  |\n| --- | --- |\n| 甲 | 乙 |"),
        ([["甲"], ["乙"]], "|  |\n| --- |\n| 甲 |\n| 乙 |"),
        ([["甲", ("乙", "丙")], ["", "1|2"]], "|  |  |\n| --- | --- |\n| 甲 | 乙<br>丙 |\n|  | 1\\|2 |"),
        ([[("框中", "提示")]], "::: {.box}\n框中\n\n提示\n:::"),
    ],
)
def test_a_table_without_a_head_is_no_html(taken, rows, text):
    table = "".join(row(*(several(each) for each in cells)) for cells in rows)
    found, draft = taken(p("前。") + f"<w:tbl>{table}</w:tbl>" + p("后。"))
    assert found == f"前。\n\n{text}\n\n后。"
    assert is_whole(draft)


def several(texts):
    paragraphs = (texts,) if isinstance(texts, str) else texts
    return f"<w:tc>{''.join(map(p, paragraphs))}</w:tc>"


def test_a_cell_of_html_that_has_marks_is_markdown(taken):
    wide = row(cell("宽", '<w:gridSpan w:val="2"/>'))
    marked = row(f"<w:tc>{p(inner=r('重', '<w:b/>') + r('要'))}</w:tc>", cell("a&lt;b"))
    found, draft = taken(f"<w:tbl>{wide}{marked}</w:tbl>")
    assert "<td>\n\n**重**要\n\n</td>" in found
    assert '<tr><td colspan="2">宽</td></tr>' in found
    assert is_whole(draft)


def test_a_frame_around_chapters_is_no_table(tmp_path):
    inner = p("第一章 起风", "1") + p("甲。") + p("第二章 雨", "1") + p("乙。")
    draft = import_book(write_docx(tmp_path / "a.docx", f"<w:tbl>{row(f'<w:tc>{inner}</w:tc>')}</w:tbl>"))
    assert draft.chapters == ("第一章 起风", "第二章 雨")
    assert draft.files["book/chapters/01.md"].decode() == "# 第一章 起风\n\n甲。\n"


def drawing(key, alt="", width=1_000_000):
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="1"/><wp:docPr id="1" name="x" descr="{alt}"/>'
        f'<a:graphic><a:graphicData><a:blip r:embed="{key}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


SECTION = '<w:sectPr><w:pgSz w:w="9600"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'


def test_pictures_come_with_name_size_alternative_text_and_caption(taken):
    text, draft = taken(
        p(inner=drawing("i", "山", 2413000)) + p("图 1-1　远山", "c") + p(inner=drawing("e")) + SECTION,
        relations=(("i", "image", "media/图 1.png"), ("e", "image", "media/a.emf")),
        files={"media/图 1.png": PNG, "media/a.emf": b"\x01\x00\x00\x00"},
    )
    assert text == '![山](../images/1.png "远山"){width=50%}'
    assert draft.files["book/images/1.png"] == PNG
    assert "word/media/a.emf" in said(draft, "EMF or WMF")


def test_links_lead_to_addresses_chapters_and_places(tmp_path):
    mark = '<w:bookmarkStart w:id="1" w:name="{}"/><w:bookmarkEnd w:id="1"/>'
    link = '<w:hyperlink w:anchor="{}">' + r("{}") + "</w:hyperlink>"
    body = (
        p("一", "1", inner=mark.format("_Toc1"))
        + p("见", inner='<w:hyperlink r:id="u">' + r("网") + "</w:hyperlink>" + link.format("_Toc2", "二章") + link.format("x", "处") + link.format("无", "无"))
        + p("二", "1", inner=mark.format("_Toc2"))
        + p("这里", inner=mark.format("x"))
    )  # fmt: skip
    draft = import_book(
        write_docx(tmp_path / "a.docx", body, relations=(("u", "hyperlink", "https://e.org/a b"),))
    )
    assert draft.files["book/chapters/01.md"].decode() == (
        "# 一\n\n见[网](https://e.org/a%20b)[二章](02.md)[处](#c02-1)无\n"
    )
    assert draft.files["book/chapters/02.md"].decode() == "# 二\n\n这里[]{#c02-1}\n"
    assert said(draft, "lead nowhere")


def test_a_table_of_contents_is_left_out(tmp_path):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        p("目录")
        + p(inner=field + r("一 1"))
        + p("二 2", inner=end)
        + p("一", "1")
        + p("甲")
        + p("二", "1")
        + p("乙")
    )
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert draft.chapters == ("一", "二")
    assert "of 2 lines" in said(draft, "table of contents")
    assert is_whole(draft)


def test_boxes_and_formulas_come_over(taken):
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + p("框中") + "</w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" + p("框中") + "</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>α</m:t>"
        "</m:r></m:e></m:rad></m:den></m:f></m:oMath>"
    )
    text, draft = taken(p("外", inner=box) + p("式", inner=formula))
    assert text == "外\n\n框中\n\n式$\\frac{a}{\\sqrt{\\alpha}}$"
    assert "框中" in said(draft, "Text boxes")
    assert is_whole(draft)


def test_what_the_file_says_of_itself_goes_into_book_toml(tmp_path):
    core = "<dc:title>风</dc:title><dc:creator>林一；余华</dc:creator><dcterms:modified>2024-05-06T00:00:00Z</dcterms:modified>"
    body = p("一", "1") + p("甲") + '<w:sectPr><w:textDirection w:val="tbRl"/></w:sectPr>'
    draft = import_book(write_docx(tmp_path / "a.docx", body, core=core))
    toml = draft.files["book/book.toml"].decode()
    assert 'title = "风"\nauthors = ["林一", "余华"]' in toml
    assert '# date = "2024-05-06"' in toml
    assert 'writing = "vertical"' in toml


def test_what_is_lost_is_said(taken):
    _, draft = taken("<w:unheard>" + p("丢了的一段") + "</w:unheard>")
    assert "5 of its" in said(draft, "did not come over")
    assert "“丢了的一段”" in said(draft, "did not come over")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked-source"),
        (b"PK\x03\x04 no zip", "damaged-source"),
        (b"", "damaged-source"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path, data, code):
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        import_book(tmp_path / "a.docx")
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(tmp_path, doctype):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'{doctype}<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>',
        )
    with pytest.raises(SourceError) as caught:
        import_book(tmp_path / "a.docx")
    assert [finding.code for finding in caught.value.findings] == ["dangerous-source"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 130_000_000)
    with pytest.raises(SourceError) as caught:
        import_book(tmp_path / "a.docx")
    assert [finding.code for finding in caught.value.findings] == ["too-large"]


@pytest.mark.parametrize(("name", "cure"), [("a.doc", ".docx"), ("a.rtf", ".docx"), ("a.mobi", "EPUB")])
def test_kinds_that_are_not_read_have_a_cure(tmp_path, name, cure):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UsageError, match=cure):
        import_book(tmp_path / name)


def test_styles_have_defaults(tmp_path):
    assert "heading 1" in HEADINGS
    draft = import_book(write_docx(tmp_path / "a.docx", p("只有一段。"), ""))
    assert draft.files["book/chapters/01.md"].decode() == "# a\n\n只有一段。\n"


def test_lines_of_one_paragraph_are_paragraphs_where_they_look_like_it(taken):
    br = "<w:r><w:br/></w:r>"
    prose = p("　　一段话。", inner=br + r("　　又一段。") + br + br + r("空行之后。"))
    verse = p("床前明月光，", inner=br + r("疑是地上霜。"))
    text, draft = taken(prose + verse)
    assert text == "一段话。\n\n又一段。\n\n空行之后。\n\n床前明月光，\\\n疑是地上霜。"
    assert is_whole(draft)


def test_a_large_initial_and_a_note_s_own_mark_are_no_text_of_their_own(taken):
    notes = '<w:footnote w:id="2">' + p("注文") + "</w:footnote>"
    call = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    text, draft = taken(
        p("天", more='<w:framePr w:dropCap="drop" w:lines="3"/>') + p("色已晚", inner=call),
        parts={"footnotes": notes},
    )
    assert text == "天色已晚[^1]\n\n[^1]: 注文"
    assert is_whole(draft)


def test_the_author_is_read_from_the_title_page(tmp_path):
    large = '<w:b/><w:sz w:val="52"/>'
    body = (
        p(inner=r("山里的日子", large), more='<w:jc w:val="center"/>')
        + p("林一　著", more='<w:jc w:val="center"/>')
        + "".join(
            p(inner=r(title, '<w:b/><w:sz w:val="36"/>')) + p("正文很长。" * 9) * 3 for title in ("风", "雨")
        )
        + p("＊　＊　＊")
        + p("完。")
    )
    draft = import_book(write_docx(tmp_path / "a.docx", body, ""))
    assert (draft.title, draft.chapters) == ("山里的日子", ("风", "雨"))
    assert 'authors = ["林一"]' in draft.files["book/book.toml"].decode()
    assert draft.files["book/chapters/02.md"].decode().endswith("* * *\n\n完。\n")
    assert is_whole(draft)


def test_a_reference_to_a_figure_has_the_number_that_the_book_gives_it(taken):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _Ref1 \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("图 1")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    caption = (
        '<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + r("图 1") + '<w:bookmarkEnd w:id="1"/>' + r("　远山")
    )
    text, draft = taken(
        p("见", inner=field + r("。")) + p(inner=drawing("i", "山")) + p("", "c", inner=caption),
        relations=(("i", "image", "media/a.png"),),
        files={"media/a.png": PNG},
    )
    assert text == '见[](#c01-1){.number}。\n\n![山](../images/a.png "远山"){#c01-1}'
    assert is_whole(draft)


@pytest.mark.parametrize(
    "sign", ["==甲==", "@fig-a", ":smile:", "H~2~O", "x^2^", "{{ x }}", "-{甲}-", "[TOC]", "![a](b)"]
)
def test_signs_of_other_tools_are_text(taken, sign):
    text, draft = taken(p(f"字{sign}"))
    assert "\\" in text
    assert text.replace("\\", "") == f"字{sign}"
    assert is_whole(draft)


def plain_text(markdown):
    """What CommonMark says of Markdown, without blanks."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").parse(markdown)
    inner = (each for token in tokens for each in (token.children or ()))
    return "".join("".join(each.content for each in inner if each.type in ("text", "code_inline")).split())


PIECES = ("甲", "*", "_", "`", "#", "\\", "<", "&", "{", "}", "|", "~", "$", "[", "]", "(", ")", "!", "1.", "-", "+", "=", ":", " ", "“", "。", "a", ">")  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(PIECES), st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:strike/>"])),
        max_size=12,
    )
)
def test_no_text_is_lost_however_it_is_set(tmp_path_factory, pieces):
    path = tmp_path_factory.getbasetemp() / "any.docx"
    runs = "".join(r(escape(text), face) for text, face in pieces)
    draft = import_book(write_docx(path, p("一", "1") + p("首") + p(inner=runs) + p("尾")))
    assert is_whole(draft)
    read = plain_text(draft.files["book/chapters/01.md"].decode())
    wanted = "".join("".join(text for text, _ in pieces).split())
    assert wanted in read or is_break(wanted)


CENTERED = '<w:jc w:val="center"/>'


def test_a_title_without_a_style_is_the_book_s_and_headings_lose_their_bold(tmp_path):
    body = (
        p(inner=r("山城旧事", '<w:b/><w:sz w:val="44"/>'), more=CENTERED)
        + p("作者：陈默", more=CENTERED)
        + p()
        + "".join(
            p(inner=r(title, "<w:b/>"), more=CENTERED) + p() + p("正文。")
            for title in ("第一章 雾", "第二章 雨")
        )
    )
    draft = import_book(write_docx(tmp_path / "a.docx", body, ""))
    assert (draft.title, draft.chapters) == ("山城旧事", ("第一章 雾", "第二章 雨"))
    assert 'authors = ["陈默"]' in draft.files["book/book.toml"].decode()
    assert draft.files["book/chapters/01.md"].decode() == "# 第一章 雾\n\n正文。\n"
    assert said(draft, "empty paragraph").startswith("Left out: 3 empty paragraphs.")
    assert is_whole(draft)


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        (p("起风的日子", more=CENTERED), False),
        (p(inner=r("前言", "<w:b/>"), more=CENTERED), False),
        (p(inner=r("版权页", "<w:b/>"), more=CENTERED), False),
        (p(inner=r("起风的日子", "<w:b/>")), False),
        (p(inner=r("这是一句话。", "<w:b/>"), more=CENTERED), False),
        (p(inner=r("起风的日子", "<w:b/>"), more=CENTERED), True),
    ],
)
def test_only_a_line_that_looks_like_a_title_is_one(tmp_path, first, is_title):
    body = first + p("话。") + p("第一章 甲", "1") + p("甲。" * 20) + p("第二章 乙", "1") + p("乙。" * 20)
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert (draft.title == "起风的日子") == is_title
    assert is_whole(draft)


def test_a_subtitle_that_names_the_author_is_no_subtitle(tmp_path):
    styles = HEADINGS + style("sub", "Subtitle")
    body = p("渡口", "t") + p("李未央 著", "sub") + p("第一章 甲", "1") + p("甲。")
    book = import_book(write_docx(tmp_path / "a.docx", body, styles)).files["book/book.toml"].decode()
    assert 'authors = ["李未央"]' in book
    assert "subtitle" not in book


def test_a_table_of_contents_in_one_paragraph_is_left_out_and_named(taken):
    code = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = code.format("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + code.format("separate")
    text, draft = taken(p(inner=field + r("第一章 起风 1") + code.format("end")) + p("甲"))
    assert text == "甲"
    assert "of 1 lines" in said(draft, "table of contents")
    assert is_whole(draft)


BOLD = "<w:b/>"


def test_headings_of_a_manuscript_without_styles_are_found_at_all_levels(tmp_path):
    lines = ["第一章 甲…………1", "第二章 乙…………5", "第三章 丙…………9"]
    chapter = [
        ("一、起因", 30),
        ("话。", 21),
        ("（一）早晨", 21),
        ("话。", 21),
        ("话。", 21),
        ("二、经过", 30),
        ("话。", 21),
    ]
    body = p("目　录") + "".join(p(line) for line in lines)
    for title in ("第一章 甲", "第二章 乙", "第三章 丙"):
        body += p(inner=r(title, BOLD))
        for text, size in chapter:
            body += p(inner=r(text, (BOLD if text != "话。" else "") + f'<w:sz w:val="{size}"/>'))
        body += (
            p(inner=r("三、不是标题", '<w:sz w:val="21"/>'))
            + p("话。")
            + p(inner=r("四、这是一句话。", BOLD))
        )
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert draft.chapters == ("第一章 甲", "第二章 乙", "第三章 丙")
    assert "of 4 lines" in said(draft, "table of contents")
    assert draft.files["book/chapters/02.md"].decode() == (
        "# 第二章 乙\n\n## 一、起因\n\n话。\n\n### （一）早晨\n\n话。\n\n话。\n\n## 二、经过\n\n话。\n\n"
        "三、不是标题\n\n话。\n\n**四、这是一句话。**\n"
    )
    assert is_whole(draft)


def test_the_line_below_the_title_goes_on_with_it(tmp_path):
    body = p("迁徙", "t") + p("——一部远方的书") + p("林一 著") + p("第一章 起风", "1") + p("——甲。")
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert 'subtitle = "一部远方的书"' in draft.files["book/book.toml"].decode()
    assert draft.chapters == ("第一章 起风",)
    assert draft.files["book/chapters/01.md"].decode() == "# 第一章 起风\n\n——甲。\n"
    assert is_whole(draft)


def a_table(*rows):
    return f"<w:tbl>{''.join(row(*map(cell, each)) for each in rows)}</w:tbl>"


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("表1-1　户数", "户数"),
        ("表 2　一八七〇年的户数", "一八七〇年的户数"),
        ("Table 3. Households", "Households"),
    ],
)
def test_a_label_above_a_table_makes_a_caption_without_a_style(taken, before, caption):
    text, draft = taken(
        p("前。") + p(inner=r(before, "<w:b/>")) + a_table(("甲", "乙"), ("丙", "丁")) + p("后。")
    )
    assert f"| 丙 | 丁 |\n\n: {caption}\n\n后。" in text
    assert before.split()[0] in said(draft, "Captions")
    assert is_whole(draft)


@pytest.mark.parametrize("before", ["表1列出了各镇的户数。", "表1-1各镇户数如下：", "各镇户数", "图1　地图"])
def test_a_sentence_above_a_table_is_no_caption(taken, before):
    text, _ = taken(p(before) + a_table(("甲", "乙"), ("丙", "丁")))
    assert text.startswith(before)


def test_references_that_were_typed_by_hand_have_the_numbers_of_the_book(tmp_path):
    picture = p(inner=drawing("i", "山"))
    wide = row(cell("宽", '<w:gridSpan w:val="2"/>'))
    merged = f"<w:tbl>{wide}{row(cell('一'), cell('二'))}</w:tbl>"
    body = (
        p("第一章 甲", "1")
        + p("如图1－1所示，又见表 1-1（图 1-1）。")
        + picture
        + p("图1-1　远山")
        + p("表1-1　户数")
        + a_table(("甲", "乙"), ("丙", "丁"))
        + p("第二章 乙", "1")
        + p("附图1-1、图1-10和图2都不是；参看图1-1与表2-1，图1也是。")
        + p("表2-1　又一")
        + merged
        + picture
        + p("图1　近山")
        + p("第三章 丙", "1")
        + picture
        + p("图1　河")
        + p("见图1。")
        + p("第四章 丁", "1")
        + p("见图1。")
    )
    draft = import_book(
        write_docx(
            tmp_path / "书.docx",
            body,
            relations=(("i", "image", "media/a.png"),),
            files={"media/a.png": PNG},
        )
    )
    one, two, three, four = (draft.files[f"book/chapters/0{at}.md"].decode() for at in range(1, 5))
    assert "如[](#c01-1){.number}所示，又见[](#c01-2){.number}（[](#c01-1){.number}）。" in one
    assert '![山](../images/a.png "远山"){#c01-1}' in one
    assert ": 户数 {#c01-2}" in one
    assert (
        "附图1-1、图1-10和图2都不是；参看[](#c01-1){.number}与[](#c02-3){.number}，[](#c02-4){.number}也是。"
        in two
    )
    assert '<figure class="table" id="c02-3">' in two
    assert "见[](#c03-5){.number}。" in three
    # Two captions have this label.
    assert "见图1。" in four
    assert is_whole(draft)


def test_a_head_that_is_drawn_by_merging_is_a_head(taken):
    high, covered, wide = (
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
        '<w:gridSpan w:val="2"/>',
    )
    top = row(cell("年", high), cell("进口", wide))
    table = f"<w:tbl>{top}{row(cell('', covered), cell('数'), cell('价'))}{row(*map(cell, '123'))}</w:tbl>"
    text, draft = taken(table)
    assert "<thead>\n<tr>" in text and text.count("<th") == 5
    assert text.index("价</th>") < text.index("</thead>") < text.index("<td>1")
    assert is_whole(draft)
    # A first column that is merged is none.
    side = f"<w:tbl>{row(cell('年', high), cell('一'))}{row(cell('', covered), cell('二'))}{row(*map(cell, '12'))}</w:tbl>"
    assert "<th" not in taken(side)[0]


POEM = ("床前明月光，", "疑是地上霜。")


@pytest.mark.parametrize(
    ("lead", "more"),
    [
        ("　　　　", ""),
        ("", '<w:ind w:firstLineChars="400" w:firstLine="840"/>'),
        ("", '<w:ind w:left="840"/>'),
        ("", '<w:jc w:val="center"/>'),
    ],
)
def test_lines_that_are_set_in_deeper_than_the_text_are_verse(taken, lead, more):
    prose = p("　　这是一段文字，后面是一首诗。")
    text, draft = taken(prose + "".join(p(lead + line, more=more) for line in POEM) + prose)
    assert "\n\n{.verse}\n床前明月光，\\\n疑是地上霜。\n\n" in text
    assert "1 pieces that are set in like verse are marked `{.verse}`." in draft.remarks
    assert is_whole(draft)


@pytest.mark.parametrize(
    "lines",
    [
        ("　　床前明月光，", "　　疑是地上霜。"),
        ("　　　　一个条目", "　　　　另一个不同长的条目"),
        ("　　　　床前明月光，",),
    ],
)
def test_other_lines_are_no_verse(taken, lines):
    text, _ = taken(p("　　这是一段文字。") * 3 + "".join(map(p, lines)) + p("　　完。"))
    assert "verse" not in text


def test_a_name_and_a_date_at_the_right_edge_are_a_signature(taken):
    right = '<w:jc w:val="right"/>'
    signed = p("沈其昌", more=right) + p("二〇二三年冬于塘栖", more=right)
    motto = p("“水是活的。”", more=right) + p("——谚语", more=right)
    text, draft = taken(motto + p("话。") + signed)
    assert text.endswith("话。\n\n{.signature}\n沈其昌\\\n二〇二三年冬于塘栖")
    # A motto at the head of a chapter is none.
    assert text.startswith("{.right}\n“水是活的。”\n\n{.right}\n——谚语\n\n")
    assert is_whole(draft)


def text_box(*texts):
    inner = "".join(map(p, texts))
    return f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("知识窗", "漕折是折成银两。"), "::: {.box}\n知识窗\n\n漕折是折成银两。\n:::"),
        (("漕折是折成银两。",), "漕折是折成银两。"),
        (("出版社", "二〇二四年"), "出版社\n\n二〇二四年"),
    ],
)
def test_a_text_box_with_a_text_of_its_own_is_a_box(taken, texts, expected):
    text, draft = taken(p("前。", inner=text_box(*texts)) + p("后。"))
    assert text == f"前。\n\n{expected}\n\n后。"
    assert texts[0] in said(draft, "Text boxes")
    assert is_whole(draft)
