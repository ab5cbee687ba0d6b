"""A PDF is held against its text element by element: whatever is changed in either is found."""

import random
from dataclasses import replace

import pikepdf
import pytest
from books import STYLES, book, chapter
from samples import sample_composition

from keben.core.composition import Artifact
from keben.core.errors import errors_in
from keben.core.markup import Element, walk
from keben.formats import check_completeness
from keben.formats.press import press_ready
from keben.impose import impose_artifact
from keben.typeset import typeset

WORDS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
TIMES = 5


def paragraph(maker, number):
    text = "".join(maker.choice(WORDS) for _ in range(maker.randrange(30, 90)))
    middle = len(text) // 2
    date = maker.randrange(1000, 2100)
    return f'<p data-line="{number}">{text[:middle]}，{date}年（<em>{text[middle : middle + 3]}</em>）：{text[middle:]}。</p>'


def chapters():
    maker = random.Random(7)
    for name in ("one", "two", "three"):
        text = "".join(paragraph(maker, line) for line in range(10, 22))
        rows = "".join(f"<tr><td>第{row}行</td><td>{row * 37}</td></tr>" for row in range(30))
        head = "<thead><tr><th>名</th><th>数</th></tr></thead>"
        foot = f"<tfoot><tr><td>共</td><td>{name}</td></tr></tfoot>"
        note = (
            f'<section class="notes"><aside epub:type="footnote" class="footnote" id="{name}-n1">'
            f'<p data-line="90"><a class="backlink" href="#{name}-r1">①</a>注文出自{name}卷3页7。</p></aside></section>'
        )
        call = f'<p data-line="30">有注<a class="noteref" href="#{name}-n1" id="{name}-r1">①</a>，又见<a class="noteref" href="#{name}-n1">①</a>。</p>'
        items = "<ol><li>甲<ul><li>内</li></ul>后</li><li><p>乙</p><p>丙</p></li><li><ol><li>丁</li></ol></li></ol>"
        yield chapter(
            f"{text}<table>{head}{foot}<tbody>{rows}</tbody></table>{items}{call}{note}", name, f"第{name}"
        )


@pytest.fixture(scope="module")
def composition():
    return book(*chapters())


@pytest.fixture(scope="module")
def pdf(composition):
    return typeset(composition)


def test_what_is_whole_has_nothing_to_report(composition, pdf):
    assert check_completeness(composition, pdf) == ()


def texts(root):
    """Each text node of paragraphs: its element and its place in it."""
    for node in walk(root):
        if node.tag in ("p", "td", "li"):
            for at, child in enumerate(node.children):
                if isinstance(child, str) and len(child) > 6:
                    yield node, at


def exchanged(root, old, new):
    children = [
        new if child is old else child if isinstance(child, str) else exchanged(child, old, new)
        for child in root.children
    ]
    return root.with_children(child for child in children if child is not None)


def with_root(composition, index, root):
    documents = list(composition.documents)
    documents[index] = replace(documents[index], root=root)
    return replace(composition, documents=tuple(documents))


def changed_text(change):
    def mutate(composition, maker):
        index = maker.randrange(len(composition.documents))
        root = composition.documents[index].root
        node, at = maker.choice(list(texts(root)))
        children = list(node.children)
        children[at] = change(children[at], maker)
        return with_root(composition, index, exchanged(root, node, node.with_children(children)))

    return mutate


def swap_characters(text, maker):
    at = maker.choice([at for at in range(len(text) - 1) if text[at] != text[at + 1]])
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def put_number(text, maker):
    at = maker.randrange(len(text))
    return f"{text[:at]}{maker.randrange(1, 1000)}{text[at:]}"


def change_number(text, maker):
    at = next((at for at, sign in enumerate(text) if sign.isdigit()), 0)
    return f"{text[:at]}{(int(text[at]) + maker.randrange(1, 10)) % 10 if text[at].isdigit() else 7}{text[at + 1 :]}"


def lose_characters(text, maker):
    at = maker.randrange(len(text) - 3)
    return text[:at] + text[at + maker.randrange(1, 4) :]


def replace_character(text, maker):
    at = maker.randrange(len(text))
    return f"{text[:at]}{'龍' if maker.random() < 0.5 else '〇'}{text[at + 1 :]}"


def narrow_mark(text, maker):
    marks = [at for at, sign in enumerate(text) if sign in "，。（）："]
    at = maker.choice(marks) if marks else 0
    return f"{text[:at]}{'.' if text[at] == '。' else ','}{text[at + 1 :]}"


def double_text(text, maker):
    at = maker.randrange(len(text) - 4)
    return text[: at + 4] + text[at : at + 4] + text[at + 4 :]


def paragraphs(root):
    return [child for child in root.children if isinstance(child, Element) and child.tag == "p"]


def swap_paragraphs(composition, maker):
    index = maker.randrange(len(composition.documents))
    root = composition.documents[index].root
    one, other = maker.sample(paragraphs(root), 2)
    marker = Element("p", {})
    return with_root(
        composition, index, exchanged(exchanged(exchanged(root, one, marker), other, one), marker, other)
    )


def lose_paragraph(composition, maker):
    index = maker.randrange(len(composition.documents))
    root = composition.documents[index].root
    return with_root(composition, index, exchanged(root, maker.choice(paragraphs(root)), None))


def double_paragraph(composition, maker):
    index = maker.randrange(len(composition.documents))
    root = composition.documents[index].root
    one = maker.choice(paragraphs(root))
    return with_root(composition, index, exchanged(root, one, Element("div", {}, (one, one))))


def swap_chapters(composition, maker):
    documents = list(composition.documents)
    at = maker.randrange(len(documents) - 1)
    documents[at], documents[at + 1] = documents[at + 1], documents[at]
    return replace(composition, documents=tuple(documents))


def lose_chapter(composition, maker):
    documents = list(composition.documents)
    del documents[maker.randrange(len(documents))]
    return replace(composition, documents=tuple(documents))


def change_note(composition, maker):
    index = maker.randrange(len(composition.documents))
    root = composition.documents[index].root
    note = next(node for node in walk(root) if node.tag == "aside")
    link = next(node for node in walk(note) if node.tag == "p")
    other = link.with_children((link.children[0], str(link.children[1]).replace("3页7", "7页3")))
    return with_root(composition, index, exchanged(root, link, other))


KINDS = {
    "a number lost": changed_text(put_number),
    "a number replaced": changed_text(change_number),
    "two characters swapped": changed_text(swap_characters),
    "characters more": changed_text(lose_characters),
    "a character replaced": changed_text(replace_character),
    "a half-width mark": changed_text(narrow_mark),
    "text doubled": changed_text(double_text),
    "paragraphs swapped": swap_paragraphs,
    "a paragraph more": lose_paragraph,
    "a paragraph lost": double_paragraph,
    "chapters swapped": swap_chapters,
    "a chapter more": lose_chapter,
    "a note changed": change_note,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_mutation_is_found(composition, pdf, kind):
    for seed in range(TIMES):
        other = KINDS[kind](composition, random.Random(f"{kind} {seed}"))
        assert other != composition
        findings = check_completeness(other, pdf)
        assert errors_in(findings), f"{kind}, seed {seed}"
        assert all(found.advice == "This is a fault of Keben's; please report it." for found in findings)


def test_the_message_says_what_is_there_and_on_which_page(composition, pdf):
    root = composition.documents[0].root
    first = paragraphs(root)[0]
    other = first.with_children((str(first.children[0])[:-4] + "9年（", *first.children[1:]))
    (finding,) = check_completeness(with_root(composition, 0, exchanged(root, first, other)), pdf)
    assert (str(finding.place), finding.code) == ("book/chapters/one.md:10", "lost-text")
    assert " Page 1 has “" in finding.message


@pytest.mark.parametrize("change", ["swapped", "doubled", "reversed", "without", "untagged"])
def test_a_pdf_that_was_changed_is_found(composition, pdf, change, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf.data)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        pages = document.pages
        if change == "swapped":
            pages.insert(0, pages[2])
            del pages[3]
        elif change == "doubled":
            pages.insert(1, pages[0])
        elif change == "reversed":
            pages.reverse()
        elif change == "without":
            del pages[2]
        else:
            del document.Root.StructTreeRoot
        document.save(path)
    findings = check_completeness(composition, replace(pdf, data=path.read_bytes()))
    assert errors_in(findings)
    if change == "untagged":
        assert [finding.code for finding in findings] == ["untagged-pdf"]


def test_numbers_of_lists_are_held_against_what_is_printed():
    body = '<ol data-line="{}" start="{}"><li data-line="5">甲</li><li data-line="6" value="{}">乙</li></ol>'
    good = book(chapter(body.format(5, 1, 2)))
    pdf = typeset(good)
    assert check_completeness(good, pdf) == ()
    (finding,) = check_completeness(book(chapter(body.format(5, 7, 8))), pdf)
    assert str(finding) == (
        "book/chapters/one.md:5: This item has the number 7; sample-zh-Hans-CN.pdf prints “1.”. "
        "This is a fault of Keben's; please report it."
    )
    (finding,) = check_completeness(book(chapter(body.format(5, 1, 20))), pdf)
    assert (str(finding.place), finding.code) == ("book/chapters/one.md:6", "list-number")


def themed(css, *documents):
    styles = {**STYLES, "print.css": f"{STYLES['print.css']}\n{css}"}
    made = book(*documents) if documents else replace(sample_composition(), styles=STYLES)
    return replace(made, styles={**made.styles, **styles}, theme=("styles/print.css",))


@pytest.mark.parametrize(
    ("css", "element"),
    [
        ("h1 .label { display: none }", "span.label"),
        (".caption { visibility: hidden }", "span.caption"),
        (".epigraph { font-size: 0 }", "blockquote.epigraph"),
        (".footnote { display: none }", "aside.footnote"),
        (".epigraph { transform: rotate(9deg) scaleX(0) }", "blockquote.epigraph"),
    ],
)
def test_what_a_style_hides_is_told_and_is_no_loss(css, element):
    composition = themed(css)
    findings = check_completeness(composition, typeset(composition))
    line = STYLES["print.css"].count("\n") + 2
    assert {(str(found.place), found.code, found.severity) for found in findings} == {
        (f"styles/print.css:{line}", "hidden-text", "notice")
    }
    assert f"`{element}`" in findings[0].message


def test_a_chapter_that_a_style_hides_is_warned_of():
    composition = themed("p { display: none }", chapter("<p>" + "字" * 300 + "</p>"))
    findings = check_completeness(composition, typeset(composition))
    assert [(found.code, found.severity) for found in findings] == [
        ("hidden-text", "notice"),
        ("hidden-chapter", "warning"),
    ]


def test_what_a_style_adds_is_no_text_of_the_book():
    css = 'h1 .title::before { content: "※甲" } p::after { content: "完" } p::first-letter { font-size: 2em }'
    composition = themed(css, chapter("<p>一段话。</p><p>又一段话。</p>"))
    assert check_completeness(composition, typeset(composition)) == ()


def test_a_loss_under_a_theme_names_the_theme(composition, pdf):
    other = replace(
        lose_chapter(composition, random.Random(1)), theme=("styles/print.css", "templates/chapter.html")
    )
    advice = "A style or a template of the theme may be the cause: styles/print.css, templates/chapter.html."
    assert {finding.advice for finding in check_completeness(other, pdf)} == {advice}


def test_what_sticks_out_of_the_type_area_is_warned_of_and_what_leaves_the_page_is_an_error():
    long = "<p data-line='5'>字</p><pre data-line='9'><code>" + "x" * 60 + "</code></pre>"
    longer = "<p data-line='5'>字</p><pre data-line='9'><code>" + "x" * 300 + "</code></pre>"
    css = "pre { white-space: pre; font-size: 10.5pt }"
    composition = themed(css, chapter(long))
    (finding,) = check_completeness(composition, typeset(composition))
    assert (str(finding.place), finding.code, finding.severity) == (
        "book/chapters/one.md:9",
        "outside-area",
        "warning",
    )
    composition = themed(css, chapter(longer))
    (finding,) = check_completeness(composition, typeset(composition))
    assert (str(finding.place), finding.code, finding.severity) == (
        "book/chapters/one.md:9",
        "off-page",
        "error",
    )


def test_a_booklet_and_an_interior_have_the_pages_of_the_pdf(composition, pdf):
    booklet = impose_artifact(pdf, composition.edition)
    assert check_completeness(composition, booklet, pdf) == ()
    assert check_completeness(composition, booklet) == ()
    press = replace(press_ready(pdf, composition.edition.press, composition.epoch), format="press")
    assert check_completeness(composition, press, pdf) == ()
    other = typeset(swap_characters_of(composition))
    for made in (booklet, press):
        findings = check_completeness(swap_characters_of(composition), made, other)
        assert [finding.code for finding in errors_in(findings)]


def swap_characters_of(composition):
    return changed_text(swap_characters)(composition, random.Random(3))


def test_pages_of_an_interior_are_in_their_order(composition, pdf, tmp_path):
    press = replace(press_ready(pdf, composition.edition.press, composition.epoch), format="press")
    path = tmp_path / "a.pdf"
    path.write_bytes(press.data)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages.reverse()
        document.save(path)
    findings = check_completeness(composition, replace(press, data=path.read_bytes()), pdf)
    assert "Page 1 does not say what the book says there" in findings[0].message


def test_a_vertical_book_is_held_against_its_text():
    edition = {"writing": "vertical"}
    area = replace(sample_composition().edition.area, lines=16)
    made = book(*chapters())
    vertical = replace(made, edition=replace(made.edition, **edition, area=area))
    pdf = typeset(vertical)
    assert isinstance(pdf, Artifact)
    assert check_completeness(vertical, pdf) == ()
    for kind, mutate in KINDS.items():
        assert errors_in(check_completeness(mutate(vertical, random.Random(kind)), pdf)), kind


def test_a_row_that_is_parted_between_pages_is_read_cell_by_cell():
    cell = "".join(WORDS[number % len(WORDS)] + str(number) for number in range(160))
    row = f"<tr><td>前</td><td>{cell}</td><td>{cell[::-1]}</td></tr>"
    body = (
        f"<table><thead><tr><th>一</th><th>二</th><th>三</th></tr></thead><tbody>{row}{row}</tbody></table>"
    )
    composition = themed("tr, table { break-inside: auto !important }", chapter(body))
    pdf = typeset(composition)
    assert pdf.facts["pages"] > 1
    assert check_completeness(composition, pdf) == ()
    other = themed("", chapter(body.replace("天0地1玄2", "天0玄1地2", 1)))
    assert errors_in(check_completeness(other, pdf))


@pytest.mark.parametrize("between", [("<tr>", "</tr>"), ("", "")], ids=["rows", "a row"])
def test_tables_that_stand_beside_each_other_in_a_row_that_is_parted_are_read_one_after_the_other(between):
    def inner(sign):
        rows = "".join(f"<tr><td>{sign}{at}</td><td>{at}{sign}</td></tr>" for at in range(70))
        return f"<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>{rows}</tbody></table>"

    cells = [f"<td>{inner(sign)}</td>" for sign in "天地"]
    begin, end = between
    row = f"<tr><td>前</td>{cells[0]}{end}{begin}{cells[1]}<td>后</td></tr>"
    composition = themed("", chapter(f"<table><tbody>{row}</tbody></table>"))
    pdf = typeset(composition)
    assert pdf.facts["pages"] > 3
    assert check_completeness(composition, pdf) == ()
    other = themed("", chapter(f"<table><tbody>{row}</tbody></table>".replace("天5<", "天6<", 1)))
    assert errors_in(check_completeness(other, pdf))


def test_a_first_cell_may_have_nothing_on_the_page_that_its_row_begins_on():
    whole = f"<table><tr><td>{'一段文字。' * 40}</td><td>{'一段话。' * 40}</td></tr></table>"
    row = f"<tr><td>{whole}</td><td>{'另一段文字。' * 90}</td></tr>"
    style = "tr, table { break-inside: auto !important } td tr { break-inside: avoid !important }"
    composition = themed(style, chapter("<p>前文。</p>" * 12 + f"<table>{row}</table>"))
    pdf = typeset(composition)
    assert pdf.facts["pages"] > 1
    assert check_completeness(composition, pdf) == ()


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_reported(composition, pdf, data):
    for made in (replace(pdf, data=data), replace(pdf, data=data, format="press")):
        (finding,) = check_completeness(composition, made)
        assert finding.code == "broken-pdf"
