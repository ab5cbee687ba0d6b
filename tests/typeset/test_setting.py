"""Chinese lines in a finished PDF, by where its glyphs stand."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from books import ROOT, STYLES, book, chapter
from insides import forget
from pdfs import Line, Pdf

from keben.check import measure_lines
from keben.core.paper import TypeArea
from keben.formats import check_completeness, make
from keben.typeset import typeset
from keben.typeset.weasy import setting

BODY = 10.5
MEASURE = 27 * BODY

CHINESE = (
    "刘名备，字玄德。昔刘胜之子刘贞，汉武时封涿鹿亭侯，后坐酎金失侯，因此遗这一枝在涿县。玄德祖刘雄，父刘弘。弘曾举孝廉，"
    "亦尝作吏，早丧。玄德幼孤，事母至孝；家贫，贩屦织席为业。家住本县楼桑村。其家之东南，有一大桑树，高五丈余，遥望之，"
    "童童如车盖。相者云：“此家必出贵人。”玄德幼时，与乡中小儿戏于树下，曰：“我为天子，当乘此车盖。”叔父刘元起奇其言，"
    "曰：“此儿非常人也！”因见玄德家贫，常资给之。年十五岁，母使游学，尝师事郑玄、卢植，与公孙瓒等为友。"
)
MIXED = (
    '2020年4月，<em>该文</em>称WHO（世界卫生组织）的<a href="#one">网站</a>上有59条论述，占12.5%，见'
    "https://www.example.org/path/to/a/page——“他说：‘<strong>好</strong>。’”他又说，《科学》、《柳叶刀》等期刊（共7种）"
    "都有报道……<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby>字难认；A4纸每张80g，比尔·盖茨用Keben 1.0做书。"
)


def lines(body, language="zh-Hans-CN", **changes):
    """The body's lines in the first chapter's pages: text, left edge, and origin of the last glyph, in points."""
    composition = book(chapter(body), language=language)
    composition = replace(composition, **changes) if changes else composition
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    assert artifact.facts["lines"] == "keben"
    pdf = Pdf(artifact.data)
    rows = [row for page in range(1, pdf.pages + 1) for row in rows_of(pdf, page)]
    return [row for row in rows if row.text != "第一章"], pdf


def rows_of(pdf, page):
    """The lines of the body's size, without the readings over them."""
    rows = {}
    for glyph in pdf.glyphs(page):
        if abs(glyph.size - BODY) < 0.1:
            rows.setdefault(glyph.y, []).append(glyph)
    return [
        Line("".join(glyph.text for glyph in row), row[0].x, y, row[-1].x, BODY) for y, row in rows.items()
    ]


def edge(line):
    """Where a line ends: half an em after the origin of a closing mark, an em after that of another character."""
    return line.end + (BODY / 2 if line.text[-1] in "，。、；：！？”’）》" else BODY)


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"])
def test_full_lines_are_flush_and_the_text_is_all_there(language):
    rows, _ = lines(f"<p>{CHINESE}</p>", language)
    assert "".join(row.text for row in rows) == CHINESE
    centred = language != "zh-Hans-CN"
    left = rows[1].x
    for row in rows[:-1]:
        end = row.end + BODY if centred and row.text[-1] in "，。、；：！？" else edge(row)
        assert end - left == pytest.approx(MEASURE, abs=0.05 * BODY), row.text
    assert all(row.text[0] not in "，。、；：！？”》" and row.text[-1] not in "“《" for row in rows)


def test_a_text_with_everything_in_it_is_flush_and_in_order():
    rows, _ = lines(f"<p>{MIXED * 3}</p>")
    plain = re.sub(r"<[^>]*>|mái", "", re.sub(r"<rp>.</rp>", "", MIXED * 3))
    joined = "".join(row.text for row in rows)
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", plain)
    left = rows[1].x
    full = [
        row
        for row in rows[:-1]
        if row.text[-1] in "，。、；：！？”’》" or "\u4e00" <= row.text[-1] <= "\u9fff"
    ]
    assert len(full) > 5
    for row in full:
        assert edge(row) - left == pytest.approx(MEASURE, abs=0.05 * BODY), row.text


def test_lines_with_addresses_are_flush_and_nothing_is_added():
    addresses = (
        "https://www.example.org/standards_catalogue/a_very_long_name_without_any_slash_in_it.html?a=b&amp;c=ghijklmnopqrstuv",
        "https://zh.example.org/wiki/%E4%B8%AD%E6%96%87%E6%8E%92%E7%89%88",
        "www.example.com/~name/office-affiliation/fine-difference",
    )
    body = "".join(
        f'<p>{CHINESE[:size]}见<a href="#one">{one}</a>，也见{two}。{CHINESE[:60]}</p>'
        for size, one in zip((0, 9, 17), addresses, strict=True)
        for two in addresses
    )
    composition = book(chapter(body))
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    report = measure_lines(artifact.data, composition.edition.area, "zh-Hans-CN")
    assert report.full > 40
    assert (report.share, report.kinsoku) == (1.0, 0)
    assert report.largest_stretch <= 0.5
    # No hyphen but those of the text.
    pdf = Pdf(artifact.data)
    printed = "".join(row.text for page in range(1, pdf.pages + 1) for row in rows_of(pdf, page))
    plain = re.sub(r"<[^>]*>", "", body).replace("&amp;", "&")
    assert "".join(printed.split()).count("-") == plain.count("-")
    assert plain[:400] in "".join(printed.split())


def advances(body):
    """From each glyph of a line to the next, in em."""
    _, pdf = lines(body)
    glyphs = [
        glyph
        for page in range(1, pdf.pages + 1)
        for glyph in pdf.glyphs(page)
        if abs(glyph.size - BODY) < 0.1
    ]
    return [
        (f"{one.text}{two.text}", round((two.x - one.x) / BODY, 2))
        for one, two in pairwise(glyphs)
        if abs(one.y - two.y) < 0.01
    ]


def test_two_marks_take_an_em_and_a_half():
    found = dict(advances("<p>他说：“好。”又说。</p>"))
    assert (found["：“"], found["“好"], found["好。"], found["。”"], found["”又"]) == (0.5, 1, 1, 0.5, 1)


def test_a_gap_stands_between_scripts():
    found = dict(advances("<p>共3条</p>"))
    assert found["共3"] == 1.25


def test_columns_are_as_wide_as_what_is_in_them():
    table = "<table><tbody><tr><td>2020年4月12日</td><td>共3条</td></tr></tbody></table>"
    _, pdf = lines(f'<figure class="table"><figcaption>表</figcaption>{table}</figure><p>字</p>')
    rows = [line for page in range(1, pdf.pages + 1) for line in pdf.lines(page)]
    assert any("2020年4月12日" in row.text and "共3条" in row.text for row in rows)


def test_what_keben_does_not_know_is_left_to_weasyprint():
    picture = '<img src="images/dot.png" alt="点" style="width:5pt"/>'
    rows, _ = lines(f"<p>{picture}{CHINESE}</p>")
    assert "".join(row.text for row in rows) == CHINESE


def test_figures_in_english_are_as_wide_as_its_lines_count_them():
    """A font may have other figures for a language in Latin letters than for Chinese."""
    english = (
        "On 21 June the day is 2 h 13 min longer than in Hong Kong; on 11 May it is 1 h 31 min longer. " * 4
    )
    report = measure_lines(
        typeset(book(chapter(f'<p lang="en">{english}</p>'))).data, TypeArea(), "zh-Hans-CN"
    )
    assert report.full == report.flush > 4


def test_a_line_of_figures_and_chinese_marks_is_set_as_chinese():
    report = measure_lines(
        typeset(book(chapter("<p>（1）1.70；（2）12.30；（3）3.23。</p>"))).data, TypeArea(), "zh-Hans-CN"
    )
    assert (report.pairs, report.loose) == (2, 0)


def test_the_level_of_kinsoku_is_the_edition_s():
    composition = book(chapter(f"<p>{'字' * 24}——{'字' * 9}</p>"))
    found = {}
    for level in ("gb", "strict"):
        area = TypeArea(kinsoku=level)
        pdf = Pdf(typeset(replace(composition, edition=replace(composition.edition, area=area))).data)
        rows = [
            line.text
            for page in range(1, pdf.pages + 1)
            for line in pdf.lines(page)
            if abs(line.size - BODY) < 0.1
        ]
        found[level] = rows
    assert found["gb"] != found["strict"] or found["gb"][0].endswith("——")
    assert not any(row.startswith("—") for row in found["strict"])


def test_another_inside_is_left_alone_and_reported(monkeypatch):
    forget(monkeypatch, "weasyprint.layout.inline.split_inline_box")
    artifact, findings = make(book(chapter(f"<p>{CHINESE}</p>")), "pdf")
    assert artifact.facts["lines"] == "weasyprint"
    assert [finding.code for finding in findings] == ["lines-not-set"]
    assert findings[0].severity == "warning"


def test_nothing_of_weasyprint_stays_replaced():
    before = [getattr(module, name) for module, name, _ in setting.REPLACED]
    lines(f"<p>{CHINESE}</p>")
    assert [getattr(module, name) for module, name, _ in setting.REPLACED] == before


def test_lines_under_and_through_a_text_are_drawn():
    rows, _ = lines(f"<p><u>{CHINESE[:40]}</u><del>{CHINESE[40:80]}</del></p>")
    assert "".join(row.text for row in rows) == CHINESE[:80]


def test_a_reading_stands_over_the_middle_of_its_text():
    body = "<p>字<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp>字<rt>zhuāng</rt></ruby>字</p>"
    _, pdf = lines(body)
    glyphs = [glyph for page in range(1, pdf.pages + 1) for glyph in pdf.glyphs(page)]
    reading = [glyph for glyph in glyphs if abs(glyph.size - BODY / 2) < 0.1]
    assert "".join(glyph.text for glyph in reading) == "máizhuāng"
    bases = {glyph.text: glyph for glyph in glyphs if abs(glyph.size - BODY) < 0.1 and glyph.text == "霾"}
    base = bases["霾"]
    assert "（" not in "".join(glyph.text for glyph in glyphs)
    assert all(0.9 * BODY < base.y - glyph.y < 1.1 * BODY for glyph in reading)
    first, last = reading[0].x, reading[2].x + 0.3 * BODY / 2
    assert (first + last) / 2 == pytest.approx(base.x + BODY / 2, abs=0.08 * BODY)


def test_a_reading_wider_than_its_text_makes_room_and_stays_with_it():
    assert dict(advances("<p>字<ruby>霾<rt>mái</rt></ruby>的</p>"))["霾的"] == pytest.approx(1, abs=0.1)
    found = dict(advances("<p>字<ruby>装<rt>zhuāng</rt></ruby>的</p>"))
    assert found["字装"] == found["装的"] > 1.2
    text = "字" * 25 + "<ruby>霾<rt>mái</rt></ruby>" + "字" * 30
    _, pdf = lines(f"<p>{text}</p>")
    rows = [glyph for page in range(1, pdf.pages + 1) for glyph in pdf.glyphs(page) if glyph.text in "霾m"]
    assert abs(rows[0].y - rows[1].y) < 1.2 * BODY


def test_a_text_with_readings_is_flush():
    body = CHINESE.replace("涿", "<ruby>涿<rt>zhuō</rt></ruby>").replace(
        "玄德", "<ruby>玄德<rt>xuándé</rt></ruby>"
    )
    rows, _ = lines(f"<p>{body}</p>")
    assert "".join(row.text for row in rows) == CHINESE
    for row in rows[:-1]:
        assert edge(row) - rows[1].x == pytest.approx(MEASURE, abs=0.05 * BODY), row.text


def test_a_space_before_a_forced_break_is_none_of_the_line():
    rows, _ = lines("<p>字的话 <em></em><br/>字的话，2026年</p>")
    assert "".join(row.text for row in rows) == "字的话字的话，2026年"


def test_a_dot_between_names_that_ends_a_line_is_no_hyphen():
    artifact = typeset(book(chapter("<p>" + "字" * 24 + "‧蓋茲" + "字" * 9 + "</p>"), language="zh-Hant-TW"))
    document = pypdfium2.PdfDocument(artifact.data)
    picture = document[0].render(scale=8).to_pil().convert("L")
    at = next(glyph for glyph in Pdf(artifact.data).glyphs(1) if glyph.text == "‧")
    left, top = round(at.x * 8), round((at.y - BODY) * 8)
    ink = picture.crop((left, top, left + round(BODY * 8), top + round(1.2 * BODY * 8))).point(lambda value: 255 * (value < 128))  # fmt: skip
    x0, y0, x1, y1 = ink.getbbox()
    document.close()
    assert x1 - x0 == pytest.approx(y1 - y0, rel=0.3)


@pytest.mark.parametrize("word", ["ab 字", "abc到", "字字字"])
def test_a_dot_may_end_a_line_that_is_spaced(word):
    text = "字" * 21 + word + "‧蓋茲" + "字" * 20
    rows, _ = lines(f"<p>{text}</p>")
    assert "".join(row.text for row in rows) == text.replace(" ", "")


def test_an_apostrophe_stands_in_its_word():
    text = "他说don’t panic，见O’Neill与L’Œuvre d’art。" * 6
    rows, pdf = lines(f"<p>{text}</p>")
    assert "".join(row.text for row in rows) == text.replace(" ", "")
    assert not [row.text for row in rows if row.text[-1] == "’" or row.text[0] == "’"]
    glyphs = pdf.glyphs(1)
    steps = [second.x - first.x for first, second in pairwise(glyphs) if first.text == "’"]
    # The narrow form of the font (pwid), not the wide mark of Chinese.
    assert steps == pytest.approx([0.266 * BODY] * 24, abs=0.05)


NARROW = (
    "<p>在自然语言处理里，internationalization 与 localization 常常一起出现，tokenization 也是；representation learning 更是如此。</p>"
    "<p>We can see whether a paragraph of English in a narrow measure is set with even spaces, and whether international "
    "organizations and their representations are hyphenated by the dictionary of the language.</p>"
    '<p lang="de">Das Bundesverfassungsgericht und die Geschwindigkeitsbeschränkung sind deutsche Wörter.</p>'
)


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_long_words_are_hyphenated_in_a_narrow_measure_and_copied_whole(writing):
    sheets = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter(NARROW), styles=sheets)
    edition = replace(composition.edition, writing=writing, area=TypeArea(measure=14, lines=12))
    composition = replace(composition, edition=edition)
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    pdf = Pdf(artifact.data)
    rows = [row for page in range(1, pdf.pages + 1) for row in rows_of(pdf, page) if row.text != "第一章"]
    text = "".join(row.text for row in rows)
    # PDFium gives U+0002 for a soft hyphen that a line ends with.
    assert text.count("\x02") >= 4
    assert all(row.text.index("\x02") == len(row.text) - 1 for row in rows if "\x02" in row.text)
    plain = re.sub(r"<[^>]*>|\s", "", NARROW)
    assert re.sub(r"\s|\x02", "", text) == plain
    report = measure_lines(artifact.data, edition.area, "zh-Hans-CN", vertical=writing == "vertical")
    assert report.full >= 10
    # A line of few words is left short where its gaps would be wider than half an em.
    short = [line for line in report.lines if line.full and not line.flush]
    assert all(line.end - line.right > 0.45 * 10.5 * max(1, line.text.count(" ")) for line in short)
    assert report.flush >= 8


def test_a_hyphen_at_a_line_s_end_is_a_soft_one_in_the_file():
    # ISO 32000-1, 14.8.2.2.3: readers join the parts of the word.
    composition = book(chapter(NARROW))
    edition = replace(composition.edition, area=TypeArea(measure=14, lines=12))
    data = typeset(replace(composition, edition=edition)).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tables = [
            font.ToUnicode.read_bytes().lower() for page in pdf.pages for font in page.Resources.Font.values()
        ]
    assert any(b"<00ad>" in table for table in tables)


@pytest.mark.parametrize("name", ["h1", "h2", "figcaption"])
def test_so_are_the_lines_of_a_title_at_the_edge(name):
    title = {"h1": "", "figcaption": f"<figure><p>图</p><figcaption>{'题' * 37}</figcaption></figure>"}.get(
        name, f"<{name}>{'题' * 37}</{name}>"
    )
    styles = STYLES | {"print.css": STYLES["print.css"] + "figcaption { text-align: left }"}
    made = book(chapter(title + "<p>文</p>", title="题" * 37 if name == "h1" else "章"), styles=styles)
    counts = [line.text.count("题") for line in Pdf(typeset(made).data).lines(1) if "题" in line.text]
    assert sum(counts) == 37
    assert max(counts) - min(counts) <= 3


def test_the_lines_of_a_centred_caption_are_about_as_long_as_one_another():
    pdf = Pdf(typeset(book(chapter(f"<figure><p>图</p><figcaption>{'题' * 37}</figcaption></figure>"))).data)
    assert [line.text.count("题") for line in pdf.lines(1) if "题" in line.text] == [19, 18]
