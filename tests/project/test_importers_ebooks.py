import zipfile

import pytest
from ebooks import page, write_epub, write_odt

from keben.core.errors import SourceError
from keben.project.importers import import_book

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`"
    b"\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def is_whole(draft):
    return any(remark.startswith("Checked: all of its text") for remark in draft.remarks)


def chapter(draft, number):
    return draft.files[f"book/chapters/{number:02}.md"].decode()


def test_titles_and_levels_are_those_of_the_table_of_contents(tmp_path):
    pages = {
        "a.xhtml": page("<p class='t'>第一章 起风</p><p>甲。</p><p id='s'>小节</p><p>乙。</p>"),
        "b.xhtml": page("<p>接着。</p>"),
        "c.xhtml": page("<h3>第二章</h3><h4>落雨</h4><p>丙。</p>"),
        "d.xhtml": page("<p>没有标题。</p>"),
    }
    nav = (
        '<ol><li><a href="a.xhtml">第一章 起风</a><ol><li><a href="a.xhtml#s">小节</a></li></ol></li>'
        '<li><a href="c.xhtml">第二章 落雨</a></li><li><a href="d.xhtml">后记</a></li></ol>'
    )
    draft = import_book(write_epub(tmp_path / "a.epub", pages, nav=nav))
    assert draft.chapters == ("第一章 起风", "第二章 落雨", "后记")
    assert chapter(draft, 1) == "# 第一章 起风\n\n甲。\n\n## 小节\n\n乙。\n\n接着。\n"
    assert chapter(draft, 2) == "# 第二章 落雨\n\n丙。\n"
    assert chapter(draft, 3) == "---\nkind: afterword\n---\n\n# 后记\n\n没有标题。\n"
    assert is_whole(draft)


def test_an_ncx_serves_for_an_older_book(tmp_path):
    ncx = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{file}"/></navPoint>'
        for title, file in (("甲", "a.xhtml"), ("乙", "b.xhtml"))
    )
    pages = {"a.xhtml": page("<p>一。</p>"), "b.xhtml": page("<h1>乙</h1><p>二。</p>")}
    draft = import_book(write_epub(tmp_path / "a.epub", pages, ncx=ncx))
    assert draft.chapters == ("甲", "乙")


def test_notes_in_a_file_of_their_own_go_to_their_chapters(tmp_path):
    pages = {
        "a.xhtml": page('<h1>甲</h1><p>文<a epub:type="noteref" href="n.xhtml#n1">1</a></p>'),
        "b.xhtml": page('<h1>乙</h1><p>文<a id="r2" href="n.xhtml#n2"><sup>②</sup></a></p>'),
        "n.xhtml": page(
            '<h2>注释</h2><aside epub:type="footnote" id="n1"><p>1. 注甲</p></aside><p id="n2"><a href="b.xhtml#r2">②</a>注乙</p>'
        ),
    }
    draft = import_book(write_epub(tmp_path / "a.epub", pages))
    assert chapter(draft, 1) == "# 甲\n\n文[^1]\n\n[^1]: 注甲\n"
    assert chapter(draft, 2).startswith("# 乙\n\n文[^1]")
    assert "[^1]: 注乙" in chapter(draft, 2)
    assert is_whole(draft)


def test_what_the_package_says_goes_into_book_toml(tmp_path):
    metadata = (
        "<dc:title>风</dc:title><dc:creator opf:role='aut'>林一</dc:creator><dc:creator id='t'>余华</dc:creator>"
        "<meta refines='#t' property='role'>trl</meta><dc:contributor opf:role='bkp'>calibre</dc:contributor>"
        "<dc:identifier>urn:uuid:914aac3f-f5c3-5ffb-b926-7d602ce99684</dc:identifier><dc:identifier>978-7-302-51147-2</dc:identifier>"
        "<dc:date>2020-05-01T00:00:00Z</dc:date><dc:publisher>社</dc:publisher><dc:language>zh-TW</dc:language>"
        "<dc:description>&lt;p&gt;一部&lt;b&gt;小说&lt;/b&gt;。&lt;/p&gt;&lt;p&gt;A &amp;amp; B&lt;/p&gt;</dc:description><dc:subject>小说</dc:subject><meta name='cover' content='f0'/>"
    )
    body = page("<h1>一</h1><p>文</p>")
    path = write_epub(
        tmp_path / "a.epub",
        {"cover.xhtml": page('<img src="c.png" alt=""/>'), "a.xhtml": body},
        metadata,
        files={"c.png": PNG},
        spine=' page-progression-direction="rtl"',
    )
    draft = import_book(path)
    toml = draft.files["book/book.toml"].decode()
    for line in (
        'title = "风"',
        'authors = ["林一", { name = "余华", role = "trl" }]',
        'identifier = "urn:uuid:914aac3f-f5c3-5ffb-b926-7d602ce99684"',
        'isbn = { epub = "978-7-302-51147-2" }',
        'date = "2020-05-01"',
        'publisher = "社"',
        'description = "一部小说。 A & B"',
        'subjects = ["小说"]',
        'cover = "images/c.png"',
        'writing = "vertical"',
    ):
        assert line in toml
    assert draft.chapters == ("一",)
    assert draft.files["book/images/c.png"] == PNG


@pytest.mark.parametrize(
    ("algorithm", "is_locked"),
    [("http://www.idpf.org/2008/embedding", False), ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True)],
)
def test_an_encrypted_book_is_refused_and_hidden_fonts_are_not(tmp_path, algorithm, is_locked):
    encryption = (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
    )
    path = write_epub(tmp_path / "a.epub", {"a.xhtml": page("<h1>一</h1><p>文</p>")}, encryption=encryption)
    if not is_locked:
        assert import_book(path).chapters == ("一",)
        return
    with pytest.raises(SourceError, match="DRM"):
        import_book(path)


ODT_STYLES = (
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="Title" style:family="paragraph"/>'
)
ODT_AUTOMATIC = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="E" style:family="text"><style:text-properties style:text-emphasize="dot below"/></style:style>'
    '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def test_an_opendocument_text_comes_over_with_all_that_it_has(tmp_path):
    body = (
        "<text:p text:style-name='Title'>书名</text:p><text:h text:outline-level='1'>第一章 起风</text:h>"
        "<text:p>正文<text:span text:style-name='B'>粗</text:span>和<text:span text:style-name='E'>点</text:span>"
        "<text:ruby><text:ruby-base>霾</text:ruby-base><text:ruby-text>mái</text:ruby-text></text:ruby>"
        "<text:note text:id='n'><text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body></text:note>"
        "<office:annotation><dc:creator>编</dc:creator><text:p>批</text:p></office:annotation></text:p>"
        "<text:list text:style-name='L'><text:list-item><text:p>甲</text:p><text:list><text:list-item><text:p>子</text:p></text:list-item>"
        "</text:list></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>"
        "<text:p text:style-name='Quotations'>引文</text:p><text:p text:style-name='R'>落款</text:p>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>名</text:p></table:table-cell>"
        "<table:table-cell><text:p>数</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:image xlink:href='Pictures/a.png'/><svg:desc>山</svg:desc></draw:frame></text:p>"
        "<text:h text:outline-level='1'>第二章</text:h><text:p>完。</text:p>"
    )
    draft = import_book(write_odt(tmp_path / "a.odt", body, ODT_AUTOMATIC, ODT_STYLES, a=PNG))
    assert (draft.title, draft.chapters) == ("书名", ("第一章 起风", "第二章"))
    assert chapter(draft, 1) == (
        "# 第一章 起风\n\n正文**粗**和*点*{霾|mái}[^1]\n\n1. 甲\n   - 子\n2. 乙\n\n> 引文\n\n{.right}\n落款\n\n"
        "| 名 | 数 |\n| --- | --- |\n| 甲 | 1 |\n\n![山](../images/a.png)\n\n[^1]: 注文\n"
    )
    assert any("1 comment: 编: “批”" in remark for remark in draft.remarks)
    assert is_whole(draft)


def test_deleted_text_of_an_opendocument_text_is_reported_and_stays_out(tmp_path):
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧话</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:h text:outline-level='1'>一</text:h><text:p>新话</text:p>"
    )
    draft = import_book(write_odt(tmp_path / "a.odt", body))
    assert chapter(draft, 1) == "# 一\n\n新话\n"
    assert any("1 deletion: −“旧话”" in remark for remark in draft.remarks)


@pytest.mark.parametrize(
    ("call", "note"),
    [
        (
            '<a class="duokan-footnote" href="#n"><img alt="" src="note.png"/></a>',
            '<ol class="duokan-footnote-content"><li class="duokan-footnote-item" id="n"><p>注文</p></li></ol>',
        ),
        ('<sup><a href="#n">1</a></sup>', '<p id="n">1 注文</p>'),
        ('<a href="#n">[1]</a>', '<p class="footnote" id="n">[1]注文</p>'),
    ],
)
def test_notes_of_many_makers_are_known(tmp_path, call, note):
    pages = {"a.xhtml": page(f"<h1>甲</h1><p>文{call}后</p>{note}")}
    draft = import_book(write_epub(tmp_path / "a.epub", pages))
    assert chapter(draft, 1) == "# 甲\n\n文[^1]后\n\n[^1]: 注文\n"
    assert is_whole(draft)


def test_a_page_that_shows_the_cover_is_no_chapter(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><image xmlns:x="http://www.w3.org/1999/xlink" x:href="c.png"/></svg>'
    pages = {"t.xhtml": page(svg), "a.xhtml": page("<h1>甲</h1><p>文</p>")}
    draft = import_book(
        write_epub(tmp_path / "a.epub", pages, '<meta name="cover" content="f0"/>', files={"c.png": PNG})
    )
    assert draft.chapters == ("甲",)
    assert 'cover = "images/c.png"' in draft.files["book/book.toml"].decode()


HEADING_LIST = (
    '<text:list-style style:name="H">'
    '<text:list-level-style-number text:level="1" style:num-format="一" style:num-prefix="第" style:num-suffix="章"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="1" style:num-suffix="."/>'
    "</text:list-style>"
)


def headed(level, text, goes_on=True):
    inner = f"<text:h text:outline-level='{level}'>{text}</text:h>"
    for _ in range(level - 1):
        inner = f"<text:list-item><text:list>{f'<text:list-item>{inner}</text:list-item>'}</text:list></text:list-item>"
    shell = inner if level > 1 else f"<text:list-item>{inner}</text:list-item>"
    more = ' text:continue-numbering="true"' if goes_on else ""
    return f'<text:list text:style-name="H"{more}>{shell}</text:list>'


def test_headings_that_a_list_style_counts_keep_their_numbers(tmp_path):
    body = "".join(
        (
            headed(1, "起", goes_on=False),
            "<text:p>文。</text:p>",
            headed(2, "甲"),
            "<text:p>文。</text:p>",
            headed(2, "乙"),
            "<text:p>文。</text:p>",
            headed(1, "承"),
            "<text:p>文。</text:p>",
            headed(2, "丙"),
            "<text:p>文。</text:p>",
        )
    )
    draft = import_book(write_odt(tmp_path / "a.odt", body, HEADING_LIST))
    texts = [data.decode() for name, data in sorted(draft.files.items()) if name.startswith("book/chapters/")]
    heads = [line for text in texts for line in text.split("\n") if line.startswith("#")]
    assert heads == ["# 第一章 起", "## 1. 甲", "## 2. 乙", "# 第二章 承", "## 1. 丙"]


def test_signs_of_symbol_fonts_and_displayed_formulas_of_an_opendocument_text_are_read(tmp_path):
    font = '<style:style style:name="W" style:family="text"><style:text-properties style:font-name="{}"/></style:style>'
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    body = (
        "<text:h text:outline-level='1'>一</text:h>"
        "<text:p>好<text:span text:style-name='W'>\uf0fc</text:span></text:p>"
        f"<text:p>{frame}</text:p><text:p>甲{frame}</text:p>"
    )
    path = write_odt(tmp_path / "a.odt", body, font.format("Wingdings"))
    with zipfile.ZipFile(path, "a") as archive:
        maths = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
        archive.writestr("Object 1/content.xml", maths)
    draft = import_book(path)
    assert chapter(draft, 1) == "# 一\n\n好✔\n\n$$\nx\n$$\n\n甲$x$\n"
    assert is_whole(draft)
