"""A reading that was kept never stands for a page that says something else: what is changed is found all the same."""

import io
import re
import shutil
from dataclasses import replace

import pikepdf
import pytest
from books import book, chapter

from keben.check import check_tagged, keptreadings, look_ahead
from keben.check.drawntext import read_drawn
from keben.check.pdfproof import check_pdf
from keben.check.structure import read_structure
from keben.core.errors import errors_in
from keben.core.store import Store
from keben.typeset import typeset

LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
CODE = re.compile(rb"<([0-9a-f]{8,})>")


def paragraphs(first):
    texts = (LETTERS[at % len(LETTERS) :] + LETTERS[: at % len(LETTERS)] for at in range(first, first + 12))
    return "".join(f"<p>{text}，<em>{text[:5]}</em>。{text}。</p>" for text in texts)


@pytest.fixture(scope="module")
def composition():
    return book(
        chapter(paragraphs(0), "one", "甲"), chapter(paragraphs(20) + "<ol><li>项</li></ol>", "two", "乙")
    )


@pytest.fixture(scope="module")
def pdf(composition):
    return typeset(composition)


@pytest.fixture(scope="module")
def filled(composition, pdf, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("store"), "mark")
    assert check_tagged(composition, pdf, store) == ()
    return store


@pytest.fixture
def store(filled, tmp_path):
    """It has what was read of the PDF."""
    shutil.copytree(filled.folder, tmp_path / "store")
    return replace(filled, folder=tmp_path / "store")


def content_of(page):
    return page.Contents.read_bytes()


def put(pdf, page, content):
    page.Contents = pdf.make_stream(content)


def changed_content(change, at=1):
    def tamper(pdf):
        page = pdf.pages[at]
        before = content_of(page)
        after = change(before)
        assert after != before
        put(pdf, page, after)

    return tamper


def exchange_letters(content):
    codes = CODE.search(content)
    first, second = codes[1][:4], codes[1][4:8]
    assert first != second
    return content[: codes.start(1)] + second + first + content[codes.start(1) + 8 :]


def change_letter(content):
    codes = CODE.findall(content)
    own, other = codes[0], codes[1]
    return content.replace(own, other[:4] + own[4:], 1)


def lose_letter(content):
    codes = CODE.search(content)
    return content[: codes.start(1)] + content[codes.start(1) + 4 :]


def exchange_pieces(content):
    return (
        content.replace(b"/MCID 1>>", b"/MCID x>>")
        .replace(b"/MCID 2>>", b"/MCID 1>>")
        .replace(b"/MCID x>>", b"/MCID 2>>")
    )


def say_otherwise(content):
    assert b"<</MCID 1>>" in content
    return content.replace(b"<</MCID 1>>", b"<</MCID 1 /ActualText <FEFF9F8D>>>", 1)


def say_otherwise_elsewhere(pdf):
    page = pdf.pages[1]
    said = pikepdf.Dictionary(MCID=1, ActualText="龍")
    page.Resources.Properties = pikepdf.Dictionary(P1=said)
    content = content_of(page)
    put(pdf, page, content.replace(b"<</MCID 1>>", b"/P1", 1))


def fonts_of(pdf):
    return pdf.pages[1].Resources.Font


def body_font(pdf):
    return max(fonts_of(pdf).values(), key=lambda font: len(font.ToUnicode.read_bytes()))


def retold(change):
    def tamper(pdf):
        font = body_font(pdf)
        before = font.ToUnicode.read_bytes()
        lines = re.findall(rb"<[0-9a-f]{4}> <[0-9a-f]{4}>", before)
        after = change(before, {f"{int(line[8:12], 16):c}": line for line in lines})
        assert after != before
        font.ToUnicode = pdf.make_stream(after)

    return tamper


def one_letter_for_another(table, lines):
    return table.replace(lines["玄"], lines["玄"][:8] + b"9f8d>")


def two_letters_exchanged(table, lines):
    first, second = lines["玄"], lines["黄"]
    return (
        table.replace(first, b"?")
        .replace(second, second[:8] + first[8:])
        .replace(b"?", first[:8] + second[8:])
    )


def exchange_fonts(pdf):
    """A face that has other glyphs, or none, for the codes."""
    fonts = fonts_of(pdf)
    names = list(fonts.keys())
    body = next(name for name in names if fonts[name].objgen == body_font(pdf).objgen)
    other = next(name for name in names if name != body)
    fonts[body], fonts[other] = fonts[other], fonts[body]


def widen(pdf):
    body_font(pdf).DescendantFonts[0].W = pikepdf.Array([0, 65535, 9000])


def elements(pdf, tag):
    found = []
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        element = todo.pop()
        if isinstance(element, pikepdf.Dictionary):
            if tag == element.S:
                found.append(element)
            todo += list(element.get("/K", ()))
    return found


def renamed(key, value):
    def tamper(pdf):
        (elements(pdf, "/P")[3])[key] = value

    return tamper


def lose_element(pdf):
    element = elements(pdf, "/P")[3]
    kids = element.P.K
    del kids[next(at for at, kid in enumerate(kids) if kid.objgen == element.objgen)]


def exchange_elements(pdf):
    kids = next(each for each in elements(pdf, "/Sect") if len(each.K) > 3).K
    kids[1], kids[2] = kids[2], kids[1]


def forget_pieces(pdf):
    pdf.Root.StructTreeRoot.ParentTree.Nums[3] = pikepdf.Array()


def exchange_parents(pdf):
    pieces = pdf.Root.StructTreeRoot.ParentTree.Nums[3]
    pieces[1], pieces[2] = pieces[2], pieces[1]


def drop_page(pdf):
    del pdf.pages[1]


def exchange_pages(pdf):
    first, second = pdf.pages[0], pdf.pages[1]
    first.obj.Contents, second.obj.Contents = second.obj.Contents, first.obj.Contents


def reorder_pages(pdf):
    pages = [pdf.pages[1].obj, pdf.pages[0].obj]
    pdf.Root.Pages.Kids = pikepdf.Array([*pages, *list(pdf.Root.Pages.Kids)[2:]])


def repeat_text(pdf):
    """In a form, in the type area."""
    page = pdf.pages[1]
    line = re.search(rb"/[A-Z]+ [0-9.]+ Tf\n\[<[0-9a-f]+", content_of(page))[0] + b">] TJ"
    form = pdf.make_stream(b"BT 1 0 0 1 150 150 Tm " + line + b" ET")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 999, 999]
    form.Resources = page.Resources
    page.Resources.XObject = pikepdf.Dictionary(More=form)
    put(pdf, page, content_of(page) + b"\n/Span <</MCID 1>> BDC /More Do EMC")


def move_away(content):
    return b"1 0 0 1 400 0 cm " + content


TAMPERED = {
    "two letters exchanged": changed_content(exchange_letters),
    "a letter changed": changed_content(change_letter),
    "a letter lost": changed_content(lose_letter),
    "two pieces exchanged": changed_content(exchange_pieces),
    "another text said": changed_content(say_otherwise),
    "another text said elsewhere": say_otherwise_elsewhere,
    "text off the page": changed_content(move_away),
    "a glyph that says another letter": retold(one_letter_for_another),
    "two glyphs that say each other's letter": retold(two_letters_exchanged),
    "fonts exchanged": exchange_fonts,
    "wider glyphs": widen,
    "an element's label": renamed("/T", pikepdf.String("before")),
    "an element of notes": renamed("/T", pikepdf.String("notes")),
    "an element's name": renamed("/S", pikepdf.Name.Lbl),
    "a figure": renamed("/S", pikepdf.Name.Figure),
    "an element lost": lose_element,
    "elements exchanged": exchange_elements,
    "pieces of no element": forget_pieces,
    "pieces of each other's element": exchange_parents,
    "a page dropped": drop_page,
    "two pages' contents exchanged": exchange_pages,
    "pages in another order": reorder_pages,
    "a text once more in a form": repeat_text,
}


def tampered(pdf, how):
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        TAMPERED[how](opened)
        out = io.BytesIO()
        opened.save(out)
    return replace(pdf, data=out.getvalue())


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_in_a_file_is_found_whatever_was_kept(composition, pdf, store, how):
    other = tampered(pdf, how)
    found = check_tagged(composition, other)
    assert errors_in(found)
    assert check_tagged(composition, other, store) == found
    # The reading from the content alone finds it too; PDFium is asked for how it is reported.
    assert errors_in(check_pdf(composition, other))


def test_a_file_is_read_from_what_was_kept(composition, pdf, store, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr("keben.check.pagereading.read_drawn", never)
    monkeypatch.setattr("keben.check.pagereading.read_glyphs", never)
    assert check_tagged(composition, pdf, store) == ()


def test_one_changed_page_is_read_again_and_no_other(composition, pdf, store, monkeypatch):
    read = []

    def counted(content, fonts, rare):
        read.append(content)
        return read_drawn(content, fonts, rare)

    monkeypatch.setattr("keben.check.pagereading.read_drawn", counted)
    other = tampered(pdf, "two letters exchanged")
    kept = keptreadings.KeptReadings(store, composition.edition.metadata.identifier, pdf.name)
    assert read_structure(other.data, kept=kept) == read_structure(other.data, by_pdfium=False)
    with pikepdf.open(io.BytesIO(other.data)) as opened:
        assert read[:1] == [content_of(opened.pages[1])]
        assert len(read) == 1 + len(opened.pages)


@pytest.mark.parametrize("ahead", ["the file", "another file"])
def test_what_was_got_ready_proves_the_same(composition, pdf, store, monkeypatch, ahead):
    name = pdf.name if ahead == "the file" else "other.pdf"
    look_ahead(composition, name, store)
    monkeypatch.setattr("keben.check.pagereading.read_drawn", None)
    assert check_tagged(composition, pdf, store) == ()
    monkeypatch.undo()
    # It is handed out once, and what another file says is found all the same.
    look_ahead(composition, name, store)
    other = book(
        chapter(paragraphs(3), "one", "甲"), chapter(paragraphs(20) + "<ol><li>项</li></ol>", "two", "乙")
    )
    assert errors_in(check_tagged(other, pdf, store))
    assert errors_in(check_tagged(composition, typeset(other), store))
