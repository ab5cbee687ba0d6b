"""Imposition of real PDFs: what stands on the sheets, and what is refused."""

import re
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaflets import leaflet, saved
from pdfs import Pdf
from pikepdf import Array, Dictionary, Name

from keben.core.binding import Booklet
from keben.core.errors import BuildError
from keben.impose import draw_proof, impose

A5 = (419.53, 595.28)


def imposed(pdf, **options):
    return impose(saved(pdf), Booklet(**options), "in.pdf")


def places(data, side):
    """What each page says on a side of a sheet, by where it begins: {"page 1": (x, y from the bottom)}."""
    pdf = Pdf(data)
    height = pdf.size(side)[1]
    words = {}
    text = ""
    for glyph in pdf.glyphs(side):
        if glyph.text == "p":
            text, start = "", (glyph.x, height - glyph.y)
        text += glyph.text
        words[start] = text
    return {text.replace("page", ""): start for start, text in words.items()}


def near(value, expected):
    return all(abs(a - b) < 0.02 for a, b in zip(value, expected, strict=True))


def test_pages_stand_upright_at_their_places():
    made = imposed(leaflet(8))
    assert Pdf(made.data).pages == 4
    assert Pdf(made.data).size(1) == (841.89, 595.28)
    left = 841.89 / 2 - 419.53
    first = places(made.data, 1)
    assert near(first["8"], (left + 419.53 / 2, 595.28 / 2))
    assert near(first["1"], (841.89 / 2 + 419.53 / 2, 595.28 / 2))
    assert [sorted(places(made.data, side)) for side in (1, 2, 3, 4)] == [
        ["1", "8"],
        ["2", "7"],
        ["3", "6"],
        ["4", "5"],
    ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages_are_turned_for_real(rotate):
    upright, turned = (imposed(leaflet(4, rotate=each)).data for each in (0, rotate))
    for side in (1, 2):
        there, here = places(upright, side), places(turned, side)
        assert there.keys() == here.keys()
        assert all(near(here[text], there[text]) for text in there)
    assert all(page.get("/Rotate") is None for page in pikepdf.open(BytesIO(turned)).pages)


def test_rotation_and_size_from_the_page_tree_and_user_units():
    pdf = leaflet(4, size=(A5[0] / 2, A5[1] / 2))
    for page in pdf.pages:
        page.obj.UserUnit = 2
        del page.obj["/MediaBox"]
    pdf.Root.Pages.MediaBox = Array([0, 0, A5[0] / 2, A5[1] / 2])
    data = imposed(pdf).data
    assert Pdf(data).size(1) == (841.89, 595.28)
    assert near(places(data, 1)["1"], (841.89 / 2 + 419.53 / 2, 595.28 / 2))


def test_a_trim_box_is_the_page_and_its_bleed_is_kept():
    bleed, waste = 8.5, 20
    media = [0, 0, A5[0] + 2 * waste, A5[1] + 2 * waste]
    trim = [waste, waste, waste + A5[0], waste + A5[1]]
    bled = [waste - bleed, waste - bleed, waste + A5[0] + bleed, waste + A5[1] + bleed]
    pdf = leaflet(4, size=(media[2], media[3]), TrimBox=trim, BleedBox=bled)
    made = imposed(pdf, width=320, height=250)
    assert (float(made.plan.page_width), float(made.plan.page_height)) == A5
    result = pikepdf.open(BytesIO(made.data))
    form = next(iter(result.pages[0].Resources.XObject.values()))
    assert near([float(side) for side in form.BBox], bled)
    fold = 320 * 72 / 25.4 / 2
    assert near(places(made.data, 1)["1"], (fold + A5[0] / 2, 250 * 72 / 25.4 / 2))


def test_binding_follows_the_pdf_unless_it_is_said():
    assert imposed(leaflet(4)).plan.binding == "left"
    assert imposed(leaflet(4, right_to_left=True)).plan.binding == "right"
    assert imposed(leaflet(4, right_to_left=True), binding="left").plan.binding == "left"
    data = imposed(leaflet(4, right_to_left=True)).data
    assert places(data, 1)["1"][0] < places(data, 1)["4"][0]


def test_the_same_bytes_twice_and_nothing_of_the_clock():
    data = saved(leaflet(30, title="同舟"))
    booklet = Booklet(width=320, height=250, signature=8, creep=0.1)
    first, second = (impose(data, booklet, name) for name in ("a.pdf", "b/c.pdf"))
    assert first.data == second.data
    assert draw_proof(first.plan) == draw_proof(second.plan)
    assert not re.search(rb"/(ModDate|CreationDate)", first.data)


def test_text_fonts_and_title_are_kept_and_shared_things_are_there_once():
    source = leaflet(40, title="同舟")
    data = imposed(source).data
    result = pikepdf.open(BytesIO(data))
    assert result.check_pdf_syntax() == []
    fonts = [obj for obj in result.objects if isinstance(obj, Dictionary) and obj.get("/Type") == Name.Font]
    assert len(fonts) == 1
    assert str(result.docinfo.Title) == "同舟"
    assert result.open_metadata()["dc:title"] == "同舟"
    text = sorted(word for side in range(1, 21) for word in places(data, side))
    assert text == sorted(str(number) for number in range(1, 41))
    assert len(data) < 2 * len(saved(source))


def test_the_file_says_how_it_is_to_be_printed():
    for duplex, name in (("short-edge", "/DuplexFlipShortEdge"), ("long-edge", "/DuplexFlipLongEdge")):
        result = pikepdf.open(BytesIO(imposed(leaflet(4), duplex=duplex).data))
        preferences = result.Root.ViewerPreferences
        assert (str(preferences.Duplex), str(preferences.PrintScaling)) == (name, "/None")


def test_what_is_claimed_of_the_source_is_not_claimed_of_the_sheets():
    pdf = leaflet(4)
    with pdf.open_metadata() as metadata:
        metadata["pdfuaid:part"] = "1"
        metadata["dc:title"] = "同舟"
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    result = pikepdf.open(BytesIO(imposed(pdf).data))
    assert "/MarkInfo" not in result.Root
    assert "pdfuaid:part" not in result.open_metadata()
    assert str(result.docinfo.Title) == "同舟"


def test_layers_and_the_colour_profile_come_along():
    pdf = leaflet(4)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    for page in pdf.pages:
        page.Resources.Properties = Dictionary(L0=layer)
    result = pikepdf.open(BytesIO(imposed(pdf).data))
    off = result.Root.OCProperties.D.OFF[0]
    used = [form.Resources.Properties.L0 for page in result.pages for form in page.Resources.XObject.values()]
    assert {each.objgen for each in used} == {off.objgen}


def test_stamps_print_and_links_are_gone():
    pdf = leaflet(4)
    look = pdf.make_stream(b"BT /F0 9 Tf 0 0 Td (pink) Tj ET", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 50, 20])
    look.Resources = pdf.pages[0].Resources
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([50, 50, 100, 70]), F=4)
    stamp.AP = Dictionary(N=look)
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), Border=Array([0, 0, 9])
    )
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(stamp), pdf.make_indirect(link)]))
    data = imposed(pdf).data
    assert "pink" in Pdf(data).text(1)
    assert all("/Annots" not in page for page in pikepdf.open(BytesIO(data)).pages)


def broken_content(pdf):
    pdf.pages[1].Contents = pdf.make_stream(b"no zip stream", Filter=Name.FlateDecode)
    return saved(pdf, compress_streams=False)


WHOLE = saved(leaflet(6))
PLAIN = saved(leaflet(6), compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)

REFUSED = {
    "empty file": (lambda: b"", "This file is empty."),
    "no PDF": (lambda: b"<html>", "This is not a PDF, or it is damaged. Fix it first: "),
    "cut off": (lambda: WHOLE[: len(WHOLE) // 2], "This is not a PDF, or it is damaged. Fix it first: "),
    "no pages": (lambda: saved(pikepdf.new()), "It has no pages."),
    "encrypted": (
        lambda: saved(leaflet(4), encryption=pikepdf.Encryption(user="a", owner="b")),
        "It is encrypted. If you may, take its protection off first: ",
    ),
    "protected": (
        lambda: saved(leaflet(4), encryption=pikepdf.Encryption(user="", owner="b")),
        "It is encrypted. If you may, take its protection off first: ",
    ),
    "no size": (
        lambda: saved(leaflet(4, MediaBox=[0, 0, 0, 9])),
        "Page 1 has no size that can be read. Make the PDF again.",
    ),
    "odd rotation": (
        lambda: saved(leaflet(4, Rotate=[7])),
        "Page 1 has no size that can be read. Make the PDF again.",
    ),
    "content": (lambda: broken_content(leaflet(4)), "What is on its pages cannot all be read. "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_whole_is_refused(name):
    data, message = REFUSED[name]
    with pytest.raises(BuildError) as caught:
        impose(data(), Booklet(), "in.pdf")
    assert str(caught.value).startswith(f"in.pdf: {message}")


def test_mixed_sizes_are_refused_with_the_page_and_the_sizes():
    pdf = leaflet(3)
    pdf.pages[2].MediaBox = Array([0, 0, 595.28, 419.53])
    with pytest.raises(BuildError) as caught:
        imposed(pdf)
    assert str(caught.value) == (
        "in.pdf: Its pages are not of one size: page 1 has 148 × 210 mm, page 3 210 × 148 mm. "
        "Make all of them one size first."
    )
    rounded = leaflet(4)
    rounded.pages[2].MediaBox = Array([0, 0, 420, 595])
    assert imposed(rounded).plan.pages == 4


def test_progress_is_told_up_to_the_end():
    reported = []
    impose(saved(leaflet(40)), Booklet(), "in.pdf", reported.append)
    assert reported == sorted(reported)
    assert (reported[0] < 0.1, reported[-1]) == (True, 1.0)


def test_a_proof_shows_every_page_on_its_sheet():
    made = imposed(leaflet(6), binding="right", signature=4, blanks="before-last")
    proof = draw_proof(made.plan)
    numbers = re.findall(r"<text [^>]*font-size=\"(?:24|14\.4)\"[^>]*>([^<]*)</text>", proof)
    assert numbers == ["1", "4", "3", "2", "5", "6", "blank", "blank"]
    leaves = re.findall(r">(\S+ · \S+)</text>", proof)
    assert leaves == ["1 · 2", "3 · 4", "5 · blank", "blank · 6"]
    assert "6 pages, 2 blank, on 2 sheets of 297 × 210 mm; bound on the right" in proof
    turned = draw_proof(imposed(leaflet(8, size=(297.64, 419.53))).plan)
    assert turned.count("rotate(180") == 4
    assert "Fold each sheet crosswise" in turned
    chinese = draw_proof(made.plan, "zh-Hans")
    assert 'xml:lang="zh-Hans"' in chinese
    assert not re.findall(r">[^<]*[A-Za-z]{3}[^<]*</t", chinese)


def empty_page(pdf):
    del pdf.pages[1].obj["/Contents"]


def pieces(pdf):
    parts = [
        pdf.make_stream(part) for part in (b"BT /F0 24 Tf 1 0 0 1 209.765 297.64 ", b"Tm (page 2)", b" Tj ET")
    ]
    pdf.pages[1].obj.Contents = Array(parts)


def turned_back(pdf):
    for page in pdf.pages:
        page.obj.Rotate = -360
        page.obj.MediaBox = Array([419.53, 595.28, 0, 0])


def open_state(pdf):
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"q 0.1 0 0 0.1 0 0 cm q 0 0 1 1 re W n BT /F0 24 Tf 10 0 0 10 2097.65 2976.4 Tm ET Q Q "
        b"BT /F0 24 Tf 1 0 0 1 209.765 297.64 Tm (page 1) Tj ET q 0.1 0 0 0.1 0 0 cm"
    )


def crop_outside(pdf):
    for page in pdf.pages:
        page.obj.CropBox = Array([-10, -10, 900, 900])


@pytest.mark.parametrize("change", [empty_page, pieces, turned_back, open_state, crop_outside])
def test_odd_pages_are_pages(change):
    pdf = leaflet(4)
    change(pdf)
    made = imposed(pdf)
    assert Pdf(made.data).size(1) == (841.89, 595.28)
    said = places(made.data, 1) | places(made.data, 2)
    assert sorted(said) == (["1", "3", "4"] if change is empty_page else ["1", "2", "3", "4"])
    left = places(made.data, 1)
    assert near(left["4"], (841.89 / 2 - 419.53 / 2, 595.28 / 2))
    assert near(left["1"], (841.89 / 2 + 419.53 / 2, 595.28 / 2))


def test_a_filled_field_prints():
    pdf = leaflet(4)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="pink",
            DA="/F0 12 Tf 0 g",
            Rect=Array([50, 50, 150, 70]),
            F=4,
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    fonts = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=fonts, NeedAppearances=True)
    assert "pink" in Pdf(imposed(pdf).data).text(1)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_comes_out_whole(data):
    whole = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(st.binary(max_size=3) | st.sampled_from([b"null", b"<<", b"]", b"-5", b"/Kids"]))
        whole[start : start + data.draw(st.integers(0, 9))] = piece
    try:
        made = impose(bytes(whole), Booklet(), "in.pdf")
    except BuildError:
        return
    assert made.plan.pages == 6


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_and_trimmed_pages_stand_in_the_middle_of_their_places_on_a_sheet_folded_twice(rotate):
    wide, high = 297.64, 419.53
    raw = (high, wide) if rotate % 180 else (wide, high)
    trim = [20, 30, 20 + raw[0], 30 + raw[1]]
    media = (raw[0] + 40, raw[1] + 60)
    pdf = leaflet(8, size=media[::-1] if rotate % 180 else media, rotate=rotate, TrimBox=trim)
    data = imposed(pdf, duplex="long-edge").data
    sheet = Pdf(data).size(1)
    assert sheet == (595.28, 841.89)
    for side, numbers in ((1, "5481"), (2, "3627")):
        here = places(data, side)
        for index, number in enumerate(numbers):
            column, row = index % 2, index // 2
            x = sheet[0] / 2 + (column - 0.5) * wide
            y = sheet[1] / 2 + (0.5 - row) * high
            assert near(here[number], (x, y))
    # Numbers on their heads run to the left.
    glyphs = [glyph for glyph in Pdf(data).glyphs(1) if glyph.text in "pa"]
    runs = [(p.y < sheet[1] / 2, a.x < p.x) for p, a in zip(glyphs[::2], glyphs[1::2], strict=True)]
    assert sorted(runs) == [(False, False), (False, False), (True, True), (True, True)]
