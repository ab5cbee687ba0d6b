"""typeset at its door: what a reader of the PDF finds, by the places of characters."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from books import PARAGRAPH, ROOT, book, chapter
from insides import forget
from pdfs import Pdf
from samples import PNG, sample_composition

from keben.core.book import Asset
from keben.core.composition import Artifact, Document
from keben.core.errors import BuildError, SourceError
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.project.theme import load_theme
from keben.typeset import typeset


@pytest.fixture(scope="module")
def artifact() -> Artifact:
    """The sample with more text in its first chapter, so that it takes three pages."""
    sample = sample_composition()
    documents = tuple(
        replace(document, root=document.root.with_children((*document.root.children, *more)))
        if document.name == "one"
        else document
        for document in sample.documents
        for more in [parse(f"<div>{PARAGRAPH * 8}</div>").children]
    )
    return typeset(book(*documents))


@pytest.fixture(scope="module")
def pdf(artifact: Artifact) -> Pdf:
    """The same, opened."""
    return Pdf(artifact.data)


@pytest.fixture(scope="module")
def plain() -> Pdf:
    """A chapter of nothing but text."""
    return Pdf(typeset(book(chapter(PARAGRAPH * 20))).data)


def test_an_artifact_is_named_after_slug_and_edition(artifact: Artifact) -> None:
    assert (artifact.name, artifact.edition, artifact.format) == (
        "sample-zh-Hans-CN.pdf",
        "zh-Hans-CN",
        "pdf",
    )
    assert artifact.facts["pages"] == 9


def test_fonts_are_recorded_with_file_version_and_hash(artifact: Artifact) -> None:
    fonts = {(font["name"], font["style"]): font for font in artifact.facts["fonts"]}
    assert ("Noto Serif CJK SC", "Regular") in fonts
    serif = fonts["Noto Serif CJK SC", "Regular"]
    assert serif["file"] == "NotoSerifCJK-Regular.ttc"
    assert serif["version"][0].isdigit()
    assert len(serif["sha256"]) == 64
    assert all("JP" not in name for name, _ in fonts)


def test_the_type_area_is_counted_in_characters_and_lines(plain: Pdf) -> None:
    assert plain.size(1) == (419.53, 595.28)
    lines = [line for line in plain.lines(2) if line.text.startswith("字")]
    full = [line for line in lines if len(line.text) == 27]
    assert len(lines) == 26
    # A left page: 4/9 of the white beside 27 × 10.5 pt is at the spine, so 5/9 of it is here.
    assert {line.x for line in full} == {75.56}
    assert {line.end for line in full} == {round(75.56 + 26 * 10.5, 2)}
    assert {round(below.y - above.y, 2) for above, below in pairwise(lines)} == {17.85}
    assert {line.x for line in plain.lines(3) if len(line.text) == 27} == {60.45}


def test_lines_of_facing_pages_stand_level(plain: Pdf) -> None:
    left, right = ([line.y for line in plain.lines(page) if line.text.startswith("字")] for page in (2, 3))
    assert right
    assert right == left[: len(right)]


def test_a_paragraph_begins_with_two_characters_of_white(plain: Pdf) -> None:
    first = plain.line(1, "字")
    assert first.x == round(60.45 + 2 * 10.5, 2)
    assert len(first.text) == 25


def test_headings_quotations_and_tables_take_whole_lines() -> None:
    body = (
        '<p>起</p><h2 id="a">节</h2><p>承</p><p>转</p><blockquote><p>引</p></blockquote><p>合</p>'
        '<p>码<code>x</code>强<em>调</em></p><figure class="table" id="t"><figcaption>题</figcaption><table>'
        "<thead><tr><th>甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table></figure><p>尾</p>"
    )
    pdf = Pdf(typeset(book(chapter(body))).data)
    baselines = [pdf.line(1, mark).y for mark in "起承转合尾"]
    steps = [(y - baselines[0]) / 17.85 for y in baselines]
    assert steps == pytest.approx([0, 4, 5, 8, 15], abs=0.01)


@pytest.mark.parametrize(("openings", "page"), [("recto", 3), ("any", 2)])
def test_chapters_open_where_the_book_says(openings, page) -> None:
    composition = book(chapter(PARAGRAPH), chapter(PARAGRAPH, "two", "后来"))
    area = replace(composition.edition.area, openings=openings)
    composition = replace(composition, edition=replace(composition.edition, area=area))
    marks = Pdf(typeset(composition).data).outline()
    assert [mark[2] for mark in marks] == [1, page]


def test_a_part_has_an_odd_page_to_itself() -> None:
    part = chapter("<p>一九三八</p>", "part", "江上")
    part = replace(
        part, kind="part", root=part.root.with_mapping({"class": "chapter part", "epub:type": "part"})
    )
    pdf = Pdf(typeset(book(chapter(PARAGRAPH), part, chapter(PARAGRAPH, "two", "后来"))).data)
    assert [mark[2] for mark in pdf.outline()] == [1, 3, 5]
    assert "".join(pdf.text(3).split()) == "第一章江上一九三八"
    assert pdf.text(4) == ""


def test_opening_pages_have_no_running_head(pdf: Pdf) -> None:
    for page in (3, 5):
        assert min(line.y for line in pdf.lines(page)) > 90


def test_running_heads_name_the_book_left_and_the_chapter_right(pdf: Pdf) -> None:
    left, right = (min(pdf.lines(page), key=lambda line: line.y) for page in (6, 7))
    assert (left.text, left.x, left.y) == ("头发的书", 75.56, 43.75)
    assert (right.text, right.y) == ("第一章里程", 43.75)
    assert right.end > 330


def test_folios_stand_at_the_outer_foot(pdf: Pdf) -> None:
    for page in (3, 5, 6, 7, 9):
        folio = max(pdf.lines(page), key=lambda line: line.y)
        assert folio.text == str(page)
        assert folio.y == 547.09
        assert folio.x == 75.56 if page % 2 == 0 else folio.end > 335


def test_blank_pages_and_front_matter_carry_neither(pdf: Pdf) -> None:
    assert [pdf.text(page) for page in (4, 8)] == ["", ""]
    assert pdf.text(1) == "头发的书刻本编辑部"
    assert pdf.text(2) == "版权页版本1.0.0"


def test_chapters_open_on_a_recto(pdf: Pdf) -> None:
    assert "里程" in pdf.text(5)
    assert "后来" in pdf.text(9)


def test_a_note_stands_at_the_foot_of_its_page(pdf: Pdf) -> None:
    call, note = (line for line in pdf.lines(5) if line.text.startswith("①"))
    assert note.text == "①这是注文。"
    assert note.size == 8.5
    assert note.y == max(line.y for line in pdf.lines(5) if line.text != "5")
    assert call.y < note.y
    assert call.size == pytest.approx(8.5 * 0.85, abs=0.01)
    assert pdf.text(5).count("这是注文") == 1
    assert all("这是注文" not in pdf.text(page) for page in (6, 7, 9))


def test_a_note_that_does_not_fit_takes_its_line_along() -> None:
    note = "长" * 400
    call = '<a class="noteref" href="#n">①</a>'
    notes = f'<section class="notes"><aside class="footnote" id="n"><p>{note}</p></aside></section>'
    pdf = Pdf(typeset(book(chapter(f"<p>{'字' * 400}</p><p>{'文' * 60}{call}</p>{notes}"))).data)
    assert [pdf.text(page).count("长") for page in range(1, pdf.pages + 1)] == [0, 400]
    assert "①" not in pdf.text(1)


def noted(lengths: list[tuple[int, int]]) -> Document:
    """A chapter of paragraphs: the length of each, and that of the note that its last character calls (0: none)."""
    body, notes = "", ""
    for number, (length, note) in enumerate(lengths):
        call = f'<a class="noteref" href="#n{number}">{chr(0x2460 + number % 20)}</a>' if note else ""
        body += f"<p>{'字' * length}{call}</p>"
        notes += f'<aside class="footnote" id="n{number}"><p>{"注" * note}</p></aside>' if note else ""
    return chapter(f'{body}<section class="notes">{notes}</section>')


# A page with room for one line of a paragraph of five: WeasyPrint by itself moves the note to make room for a second.
MOVING = [(30, 60), (304, 0), *[(130, 0)] * 6]


def test_a_note_stays_where_the_next_paragraph_cannot_be_broken() -> None:
    pdf = Pdf(typeset(book(noted(MOVING))).data)
    assert [pdf.text(page).count("①") for page in range(1, pdf.pages + 1)] == [2, 0, 0]


@pytest.mark.parametrize("fill", range(0, 540, 135))
def test_every_note_is_on_the_page_of_its_call(fill: int) -> None:
    lengths = [(20 + fill, 0), *[(40 + 31 * number % 90, 20 + 23 * number % 80) for number in range(20)]]
    pdf = Pdf(typeset(book(noted(lengths))).data)
    for mark in map(chr, range(0x2461, 0x2474)):
        assert [pdf.text(page).count(mark) for page in range(1, pdf.pages + 1) if mark in pdf.text(page)] == [
            2
        ]


def test_a_note_on_another_page_than_its_call_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, "weasyprint.layout.block._linebox_layout")
    apart, *others = typeset(book(noted(MOVING))).findings
    # Lines of code are kept together by the same function.
    code, off = sorted(others, key=lambda finding: finding.code)
    assert (code.code, code.severity) == ("code-lines-parted", "warning")
    assert (apart.code, apart.severity) == ("note-apart", "warning")
    assert apart.message.startswith("The note “注")
    assert apart.message.endswith("…” is on page 2, its call on page 1.")
    assert (off.code, off.severity) == ("notes-not-kept", "warning")


def test_the_contents_lead_to_pages(pdf: Pdf) -> None:
    lines = {line.text.replace("·", ""): line for line in pdf.lines(3)}
    assert {"第一章里程5", "发展5", "第二章后来9"} <= set(lines)
    assert "·" in pdf.line(3, "里程").text
    right_edge = 60.45 + 27 * 10.5
    for line in (lines["第一章里程5"], lines["第二章后来9"]):
        assert line.end + 6 == pytest.approx(right_edge, abs=0.6)


def test_leaders_touch_neither_title_nor_number(pdf: Pdf) -> None:
    y = pdf.line(3, "里程").y
    glyphs = [glyph for glyph in pdf.glyphs(3) if abs(glyph.y - y) < 0.01]
    dots = [index for index, glyph in enumerate(glyphs) if glyph.text == "·"]
    title, number = glyphs[dots[0] - 1], glyphs[dots[-1] + 1]
    assert glyphs[dots[0]].x - (title.x + title.size) > 4
    step = glyphs[dots[1]].x - glyphs[dots[0]].x
    assert number.x - glyphs[dots[-1]].x > step + 2


def test_references_say_the_page(pdf: Pdf) -> None:
    text = pdf.text(5) + pdf.text(6)
    assert "图1-1“一点”（第5页）" in text
    assert "第二章“后来”（第9页）" in text


def test_a_reference_in_parentheses_opens_no_others() -> None:
    link = '<a class="xref" href="#one">甲</a>'
    number = '<a class="xref" href="#one"><span class="ref-number">第一章</span></a>'
    body = (
        f"<p>见{link}，（见{link}、<em>（乙）{link}</em>）又{link}。（{number}）{number}（</p><p>{link}</p>"
    )
    text = Pdf(typeset(book(chapter(body))).data).text(1)
    assert (
        "见甲（第1页），（见甲，第1页、（乙）甲，第1页）又甲（第1页）。（第一章）第一章（第1页）（甲（第1页）"
        in text
    )


@pytest.mark.parametrize("fill", range(12, 24))
def test_the_page_of_a_reference_is_never_parted(fill: int) -> None:
    body = f'<p>{"字" * fill}<a class="xref" href="#one">甲</a>。{"字" * 9}</p>'
    lines = [line.text for line in Pdf(typeset(book(chapter(body))).data).lines(1)]
    assert sum("第1页）。" in line for line in lines) == 1 or sum("（第1页）" in line for line in lines) == 1
    assert not [line for line in lines if line[0] in "。）页"]


def test_the_outline_names_parts_and_sections(pdf: Pdf) -> None:
    assert pdf.outline() == [
        (1, "版权页", 2),
        (1, "目录", 3),
        (1, "第一章　里程", 5),
        (2, "发展", 5),
        (1, "第二章　后来", 9),
    ]


def test_metadata_names_the_book(artifact: Artifact) -> None:
    with pikepdf.open(io.BytesIO(artifact.data)) as file, file.open_metadata() as xmp:
        assert str(file.docinfo["/Title"]) == "头发的书"
        assert str(file.docinfo["/Author"]) == "刻本编辑部"
        assert str(file.docinfo["/CreationDate"]) == "D:20260101000000Z"
        assert str(file.Root.Lang) == "zh-Hans-CN"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.MarkInfo.Marked
        assert xmp["dc:title"] == "头发的书"
        assert xmp["dc:creator"] == ["刻本编辑部"]
        assert xmp["dc:language"] == {"zh-Hans-CN"}
        assert xmp["xmp:ModifyDate"] == "2026-01-01T00:00:00Z"
        assert (xmp.pdfa_status, xmp["pdfuaid:part"]) == ("2A", "1")


def test_each_link_has_one_annotation_that_says_where_it_leads(artifact: Artifact) -> None:
    with pikepdf.open(io.BytesIO(artifact.data)) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        assert {str(parents[int(note.StructParent)].S) for note in notes} == {"/Link"}
        assert [str(note.Contents).strip() for note in file.pages[2].Annots] == [
            "第一章里程",
            "发展",
            "第二章后来",
        ]


def test_readings_follow_their_characters(pdf: Pdf) -> None:
    assert "霾mái" in pdf.text(5) + pdf.text(6)


def test_marks_of_quotations_follow_the_region() -> None:
    body = '<blockquote class="epigraph"><p>千“里”之行，始於足下。</p></blockquote>' + PARAGRAPH
    fonts = {}
    for language in ("zh-Hans-CN", "zh-Hant-TW"):
        glyphs = Pdf(typeset(book(chapter(body), language=language)).data).glyphs(1)
        fonts[language] = [
            next(g.font for g in glyphs if g.text == text).partition("+")[2] for text in "千，“"
        ]
    # LXGW WenKai's quotation marks are as narrow as Latin ones.
    assert fonts["zh-Hans-CN"] == ["LXGW-WenKai-Han", "LXGW-WenKai-Han", "Noto-Serif-CJK-SC"]
    # Stops stand in the middle in Taiwan, and LXGW WenKai draws them in the corner.
    assert fonts["zh-Hant-TW"] == ["LXGW-WenKai-Han", "Noto-Serif-CJK-TC", "Noto-Serif-CJK-TC"]


def test_lines_of_two_faces_are_no_higher_than_others() -> None:
    text = "<p>文<em>千里“之行”</em>文，2020年。</p>"
    body = f"<p>起</p><blockquote>{text}<p>千“里”</p></blockquote>{text}<p>尾</p>"
    for language in ("zh-Hans-CN", "zh-Hant-TW"):
        pdf = Pdf(typeset(book(chapter(body), language=language)).data)
        lines = [line for line in pdf.lines(1) if line.size == 10.5 and line.text != "第一章"]
        steps = [(line.y - lines[0].y) / 17.85 for line in lines]
        assert steps == pytest.approx([0, 1.5, 2.5, 4, 5], abs=0.001)


def test_an_area_that_does_not_fit_is_refused_with_its_numbers() -> None:
    composition = book()
    area = TypeArea(measure=40, lines=40)
    composition = replace(composition, edition=replace(composition.edition, area=area))
    with pytest.raises(SourceError) as caught:
        typeset(composition)
    assert [str(finding) for finding in caught.value.findings] == [
        "book/book.toml: The type area of 40 字 of 10.5 pt is 148.2 mm wide; a page 148 mm wide has room for 130.0 mm "
        "beside its least margins. Set `measure` to at most 35, or a smaller body or a larger trim, in [print].",
        "book/book.toml: The type area of 40 lines of 10.5 pt × 1.7 is 251.9 mm high; a page 210 mm high has room for "
        "186.0 mm beside its least margins. Set `lines` to at most 29, or a smaller body or a larger trim, in [print].",
    ]


@pytest.mark.parametrize(
    "source",
    ["file:///etc/hostname", "http://127.0.0.1/x.png", "/etc/hostname", "../x.png", "images/none.png"],
)
def test_pictures_come_from_the_book_only(source: str) -> None:
    with pytest.raises(BuildError, match="Failed to load image") as caught:
        typeset(book(chapter(f'<p><img src="{source}" alt="图"/></p>')))
    assert caught.value.findings[0].place.path == "sample-zh-Hans-CN.pdf"
    assert "is not a file of this book" in str(caught.value)


def test_styles_load_from_the_book_only() -> None:
    styles = {"print.css": 'p { background: url("file:///etc/hostname") }'}
    with pytest.raises(BuildError, match="file:///etc/hostname"):
        typeset(book(chapter("<p>文</p>"), styles=styles))


def test_what_is_unknown_in_a_style_sheet_is_a_warning_with_its_line() -> None:
    styles = {"print.css": "p { margin: 0 }\n\np { writing-mode: vertical-rl }\n"}
    (finding,) = typeset(book(chapter("<p>文</p>"), styles=styles)).findings
    assert str(finding).startswith("styles/print.css:3:5: warning: WeasyPrint reports: Ignored `writing-mode")


def test_a_fault_beside_an_imported_sheet_has_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "print.css").write_text(
        '@import "default:print.css"; p { zoom: 2 }\n@import "mine.css";\np { margin: 0 }\n  p { writing-mode: vertical-rl }\n'
    )
    (tmp_path / "styles" / "mine.css").write_text("\nb { zoom: 1 }")
    theme, findings = load_theme(tmp_path)
    assert findings == ()
    findings = typeset(book(chapter("<p>文</p>"), styles=theme.styles)).findings
    assert [str(finding).split(",")[0].replace(" `", "`") for finding in findings] == [
        "styles/print.css:1: warning: WeasyPrint reports: Ignored`zoom: 2` at 1",
        "styles/mine.css:2:5: warning: WeasyPrint reports: Ignored`zoom: 1` at 2:5",
        "styles/print.css:4:7: warning: WeasyPrint reports: Ignored`writing-mode: vertical-rl` at 4:7",
    ]


def test_a_picture_without_alternative_text_is_a_figure_with_a_blank_one() -> None:
    # The reader reported it; every figure of a tagged PDF has one (ISO 14289-1, 7.3).
    artifact = typeset(book(chapter('<p>甲<img src="images/dot.png"/></p>')))
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        figures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert [str(each.Alt) for each in figures] == [" "]


def test_a_font_that_no_style_names_is_an_error() -> None:
    styles = {"print.css": "p { font-family: initial }"}
    with pytest.raises(BuildError, match="which no style sheet names"):
        typeset(book(chapter("<p>文</p>"), styles=styles))


@pytest.mark.parametrize("families", ['"DejaVu Serif", serif', '"DejaVu Serif"', 'Nowhere, "DejaVu Serif"'])
def test_what_a_named_font_lacks_is_set_in_the_books_own(families: str) -> None:
    styles = {"print.css": f"p {{ font-family: {families} }}"}
    artifact = typeset(book(chapter("<p>文 abc</p>"), styles=styles))
    assert artifact.findings == ()
    assert {font["name"] for font in artifact.facts["fonts"]} >= {"DejaVu Serif", "Noto Serif CJK SC"}


def test_a_font_that_is_nowhere_is_a_warning_with_its_line() -> None:
    styles = {"print.css": "p { margin: 0 }\np { font-family: Nowhere, serif }"}
    (finding,) = typeset(book(chapter("<p>文</p>"), styles=styles)).findings
    assert str(finding).startswith("styles/print.css:2:5: warning: No font “Nowhere” is installed")


def test_pictures_are_not_smoothed_and_drawings_keep_their_text() -> None:
    body = '<p><img src="images/dot.png" alt="点"/><img src="images/own.svg" alt="自"/></p>'
    own = Asset(
        "images/own.svg",
        "image/svg+xml",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" width="90" height="20">'
        '<text x="0" y="12" font-size="10" font-family="Helvetica">图中字</text></svg>'.encode(),
    )
    dot = Asset("images/dot.png", "image/png", PNG)
    artifact = typeset(book(chapter(body), assets={own.path: own, dot.path: dot}))
    assert "图中字" in Pdf(artifact.data).text(1)
    assert {font["name"] for font in artifact.facts["fonts"]} >= {"Noto Sans CJK SC"}
    with pikepdf.open(io.BytesIO(artifact.data)) as file:
        images = [o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert len(images) == 1
        assert images[0].get("/Interpolate") in (None, False)


def test_blocks_of_a_list_item_are_its_body() -> None:
    body = "<ul><li><p>甲</p><ol><li>乙</li></ol><p>丙</p></li></ul>"
    artifact = typeset(book(chapter(body)))
    assert [mark for mark in Pdf(artifact.data).text(1) if mark in "甲乙丙"] == list("甲乙丙")
    with pikepdf.open(io.BytesIO(artifact.data)) as file:
        items = [o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/LI"]
        assert {str(kid.S) for item in items for kid in item.K} <= {"/Lbl", "/LBody"}


def test_a_long_title_pushes_the_text_down() -> None:
    pdf = Pdf(typeset(book(chapter("<p>正文</p>", title="很长的题目" * 8))).data)
    title = [line for line in pdf.lines(1) if line.size == 20]
    assert len(title) == 3
    assert pdf.line(1, "正文").y > title[-1].y + 17.85


SCRIPT = """
import hashlib, sys
sys.path[:0] = sys.argv[1:3]
from dataclasses import replace
from pathlib import Path
from samples import sample_composition
from keben.typeset import draw_cover, typeset
styles = {name: Path(sys.argv[3], name).read_text("utf-8") for name in ("base.css", "print.css")}
composition = replace(sample_composition("zh-Hant-TW"), styles=styles)
for data in (typeset(composition).data, draw_cover(composition)[0].data):
    sys.stdout.write(hashlib.sha256(data).hexdigest() + " ")
"""


def test_the_same_book_is_the_same_bytes_anywhere(tmp_path: Path) -> None:
    answers = set()
    for zone, seed, folder, locale in (
        ("UTC", "1", ROOT, "C.UTF-8"),
        ("Asia/Taipei", "2", tmp_path, "zh_CN.UTF-8"),
    ):
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "SOURCE_DATE_EPOCH": seed,
        }
        paths = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "styles")]
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, *paths],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        answers.add(run.stdout)
    assert len(answers) == 1
