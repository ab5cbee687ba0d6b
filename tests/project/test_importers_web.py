import pytest

from keben.core.errors import SourceError
from keben.project.importers import import_book

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`"
    b"\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def taken(tmp_path):
    """What a page becomes: the text of its only chapter below the title, and what is said."""

    def take(body, head="", encoding="utf-8"):
        (tmp_path / "页.html").write_bytes(
            f"<html><head>{head}</head><body><h1>第一章 起山</h1>{body}</body></html>".encode(encoding)
        )
        draft = import_book(tmp_path / "页.html")
        return draft.files["book/chapters/01.md"].decode().removeprefix("# 第一章 起山\n").strip("\n"), draft

    return take


def is_whole(draft):
    return any(remark.startswith("Checked: all of its text") for remark in draft.remarks)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("gb18030", '<meta charset="gb2312">'),
        ("big5", '<meta http-equiv="Content-Type" content="text/html; charset=big5">'),
        ("utf-16", ""),
        ("utf-8-sig", '<meta charset="gbk">'),
        ("utf-8", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_says_or_has(taken, encoding, head):
    text, draft = taken("<p>的一是不了在人我有他", head, encoding)
    assert text == "的一是不了在人我有他"
    assert is_whole(draft)


def test_text_keeps_its_looks_and_loses_what_is_no_text(taken):
    head = "<style>.k { font-style: italic } .h { display: none }</style><script>x()</script>"
    text, draft = taken(
        "<p>　　正文<b>粗</b>和<span class=k>斜</span><span class=h>隐</span>，H<sub>2</sub>O。\n<p align=right>落\n款<script>y()</script>",
        head,
    )
    assert text == "正文**粗**和*斜*，H<sub>2</sub>O。\n\n{.signature}\n落款"
    assert any("隐" in remark for remark in draft.remarks)
    assert is_whole(draft)


def test_lists_tables_and_pictures_come_over(taken, tmp_path):
    (tmp_path / "图 1.png").write_bytes(PNG)
    text, draft = taken(
        "<ol start=3><li>甲<ul><li>子</ul><li>乙</ol><table><caption>表1 数</caption><tr><th>名<th>数<tr><td>甲<td>1</table>"
        '<figure><img src="%E5%9B%BE%201.png" alt="山"><figcaption>图1 远山</figcaption></figure>'
        '<table><tr><td rowspan=2>高<td>一<tr><td>二</table><p><img src="../x.png" alt="外">'
    )
    assert text == (
        '3. 甲\n   - 子\n4. 乙\n\n| 名 | 数 |\n| --- | --- |\n| 甲 | 1 |\n\n: 数\n\n![山](../images/1.png "远山")\n\n'
        '<table>\n<tbody>\n<tr><td rowspan="2">高</td><td>一</td></tr>\n<tr><td>二</td></tr>\n'
        "</tbody>\n</table>\n\n外"
    )
    assert draft.files["book/images/1.png"] == PNG
    assert is_whole(draft)


@pytest.mark.parametrize(
    "note",
    [
        '<div><p id="f1"><a href="#r1">[1]</a> 注文。</p></div>',
        '<h3>注释</h3><ol><li id="f1">注文。<a href="#r1">↩</a></li></ol>',
        '<div><p><a name="f1" href="#r1">[1]</a>注文。</p></div>',
    ],
)
def test_a_note_is_known_by_its_link_back(taken, note):
    text, draft = taken(
        f'<p>正文<sup><a id="r1" href="#f1">[1]</a></sup>，见<a href="#f1">那条注</a>。</p><hr>{note}'
    )
    assert text.split("\n\n")[0] == "正文[^1]，见那条注。"
    assert text.endswith("[^1]: 注文。")
    assert is_whole(draft)


def test_ruby_is_paired(taken):
    text, _ = taken("<p><ruby>霾<rt>mái</rt></ruby>、<ruby>饕<rp>(</rp><rt>tāo</rt>餮<rt>tiè</rt></ruby>")
    assert text == "{霾|mái}、{饕|tāo}{餮|tiè}"


def test_lists_that_word_saved_are_lists(taken):
    label = "<span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;</span></span>"
    item = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'>{}{}</p>"
    text, draft = taken(
        item.format(1, label.format("1."), "甲")
        + item.format(2, label.format("·"), "子")
        + item.format(1, label.format("2."), "乙")
    )
    assert text == "1. 甲\n   - 子\n2. 乙"
    assert is_whole(draft)


def test_scripts_in_links_and_pictures_of_data_and_the_web(taken):
    pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    text, draft = taken(
        f'<p><a href="javascript:x()">点</a><p><img src="{pixel}" alt="点"><p><img src="//e.org/远.png" alt="远">'
        '<iframe src="https://e.org/v">片</iframe>'
    )
    assert text.startswith("点\n\n![点](../images/embedded-1.png)\n\n![远](https://e.org/%E8%BF%9C.png)")
    assert any(remark.startswith("Pictures on the web") for remark in draft.remarks)
    assert "book/images/embedded-1.png" in draft.files


def test_broken_markup_is_read_as_browsers_read_it(taken):
    text, draft = taken("<p>一<b>粗<p>二</b></p></div><div>三 < 四 &nbsp;五&copy;")
    assert "一**粗**" in text
    assert "三 \\< 四" in text
    assert is_whole(draft)


def test_too_deep_a_page_is_refused(tmp_path):
    (tmp_path / "a.html").write_text("<div>" * 5000 + "字" + "</div>" * 5000, "utf-8")
    try:
        draft = import_book(tmp_path / "a.html")
    except SourceError as error:
        assert [finding.code for finding in error.findings] == ["damaged-source"]
    else:
        assert "字" in draft.files["book/chapters/01.md"].decode()


def test_headings_that_stand_in_lists_for_their_numbers_are_headings(tmp_path):
    (tmp_path / "a.html").write_text(
        "<meta charset=utf-8><title>书</title><meta name=author content=python-docx><p>书</p>"
        "<ol><li><h1>绪说</h1></ol><p>甲。</p><ol><ol><li><h2>流传</h2></ol></ol><p>乙。</p>"
        '<ol start="2"><li><h1>坊刻</h1></ol><ol><li><h2>步一</h2><p>丙。</p></li><li><h2>步二</h2></li></ol>',
        encoding="utf-8",
    )
    draft = import_book(tmp_path / "a.html")
    assert (draft.title, draft.chapters) == ("书", ("绪说", "坊刻"))
    assert draft.files["book/chapters/01.md"].decode() == "# 绪说\n\n甲。\n\n## 流传\n\n乙。\n"
    assert "1. **步一**" in draft.files["book/chapters/02.md"].decode()
    assert "python-docx" not in draft.files["book/book.toml"].decode()
    assert is_whole(draft)


KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>q</mi></mrow>'
    '<annotation encoding="application/x-tex">q^{2}</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span>q</span><span>2</span></span></span>'
)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (r"<p>由\(y_1\)得。</p>", "由$y_1$得。"),
        (r"<p>\[ a + b \]</p>", "$$\na + b\n$$"),
        (r"<p>由<span class='math inline'>\(x^2\)</span>得。</p>", "由$x^2$得。"),
        ("<p>由<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>得。</p>", r"由$\frac{a}{b}$得。"),
        ("<p><math display='block'><mi>a</mi><mo>=</mo><mi>b</mi></math></p>", "$$\na=b\n$$"),
        ("<p><script type='math/tex; mode=display'>E=mc^2</script></p>", "$$\nE=mc^2\n$$"),
        (
            "<p>由<span class='MathJax_Preview'>x</span><span class='MathJax'>x</span>"
            "<script type='math/tex'>x</script>得。</p>",
            "由$x$得。",
        ),
        (f"<p>见{KATEX}。</p>", "见$q^{2}$。"),
        (r"<p><code>\(x^2\)</code>与\(注\)。</p>", "`\\(x^2\\)`与\\\\(注\\\\)。"),
    ],
)
def test_formulas_come_over_as_latex_once(taken, page, text):
    body, draft = taken(page)
    assert is_whole(draft)
    assert body == text


def test_only_captions_that_the_book_counts_lose_their_numbers(taken):
    table = "<table><caption>表 1-2　合并</caption><tr><td colspan=2>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>"
    body, draft = taken(f"{table}<p>图 1 说明了一切。</p><p class='caption'>图 3　没有图</p>")
    assert is_whole(draft)
    assert (
        "Captions are counted by the book, and lost the numbers that they had (1): 表 1-2 合并."
        in draft.remarks
    )
    assert '<figure class="table">\n<figcaption>\n\n合并\n\n</figcaption>\n<table>' in body
    assert "图 1 说明了一切。\n\n图 3　没有图" in body
