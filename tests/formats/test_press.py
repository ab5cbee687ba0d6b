"""Pages as a printer gets them: boxes, marks, inks, what is taken out; and what the check says of worse ones."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from profiles import profile
from samples import sample_edition

from keben.check import check_press
from keben.core.composition import Artifact
from keben.core.paper import TypeArea
from keben.core.pressing import Press
from keben.formats.press import press_ready
from keben.formats.press.colours import neutral
from keben.formats.press.geometry import TrimmedSheet, crop_marks, fold_marks, targets

MM = 72 / 25.4
BLEED = 3 * MM

INK = "0 0 0 rg 1 1 0 RG 0.101961 0.101961 0.101961 rg 0.5 0.5 0.5 RG 1 1 1 rg 0.49 0.14 0.13 rg 0.2 0.4 0.1 0.3 k 0 0 0 0.6 K"


def printed(content=INK, width=100.0, height=150.0, *, turned=False, pages=2, extra=None):
    """A PDF as `typeset` gives it: pages of 100 × 150 mm with a bleed of 3 mm, when they are read."""
    pdf = pikepdf.new()
    across, up = (height, width) if turned else (width, height)
    for _ in range(pages):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=[-BLEED, -BLEED, across * MM + BLEED, up * MM + BLEED],
            TrimBox=[0, 0, across * MM, up * MM],
            Resources=Dictionary(),
            Annots=[Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])],
            StructParents=0,
            Contents=pdf.make_stream(content.encode()),
            **(extra or {}),
        )
        if turned:
            page.Rotate = 90
        pdf.pages.append(pikepdf.Page(page))
    pdf.Root.Outlines = Dictionary(Type=Name.Outlines)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    pdf.docinfo["/Title"] = "头发的书"
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return Artifact("book-press.pdf", "zh-Hans", "pdf", out.getvalue(), {"pages": pages})


def opened(artifact):
    return pikepdf.open(io.BytesIO(artifact.data))


def box(page, name):
    return [round(float(side) / MM, 2) for side in page.obj[name]]


def edition(press=Press()):  # noqa: B008
    return sample_edition(area=TypeArea(width=100, height=150), press=press)


@pytest.mark.parametrize("turned", [False, True])
def test_the_boxes_lie_in_one_another_and_the_page_stands_upright(turned):
    made = press_ready(printed(turned=turned), Press(), 0)
    with opened(made) as pdf:
        for page in pdf.pages:
            # 3 mm of bleed, and 7 mm for marks.
            assert box(page, "/MediaBox") == [0, 0, 120, 170]
            assert box(page, "/BleedBox") == [7, 7, 113, 163]
            assert box(page, "/TrimBox") == [10, 10, 110, 160]
            assert not {"/Rotate", "/CropBox", "/Annots", "/StructParents"} & set(page.obj.keys())
        assert not {"/Outlines", "/StructTreeRoot", "/OutputIntents"} & set(pdf.Root.keys())
    assert made.facts == {
        "pages": 2,
        "trim": [100, 150],
        "bleed": 3.0,
        "colours": ["CMYK", "RGB"],
        "standard": "",
    }
    assert check_press(made, edition()) == ()


def test_without_marks_the_sheet_ends_with_the_bleed():
    with opened(press_ready(printed(), Press(bleed=5, marks=False), 0)) as pdf:
        assert box(pdf.pages[0], "/MediaBox") == box(pdf.pages[0], "/BleedBox") == [0, 0, 110, 160]
        assert box(pdf.pages[0], "/TrimBox") == [5, 5, 105, 155]
        assert b"KebenAll" not in pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("turned", [False, True])
def test_what_stands_in_a_corner_stays_there_and_nothing_leaves_the_bleed(turned):
    """A square at the upper left corner of the page that is read, and one that runs over every edge."""
    corner = f"0 0 {20 * MM} {20 * MM}" if turned else f"0 {130 * MM} {20 * MM} {20 * MM}"
    content = f"0.8 0.9 1 rg -500 -500 2000 2000 re f 1 0 0 rg {corner} re f"
    made = press_ready(printed(content, turned=turned), Press(marks=False), 0)
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=25.4 / 72).to_pil().convert("RGB")
    assert picture.size == (106, 157), "rounded up"
    assert picture.getpixel((12, 12)) == (255, 0, 0)
    for place in ((94, 12), (12, 144), (94, 144), (1, 1), (104, 154)):
        assert picture.getpixel(place) == (204, 230, 255)
    marked = press_ready(printed(content, turned=turned), Press(), 0)
    picture = pypdfium2.PdfDocument(marked.data)[0].render(scale=25.4 / 72).to_pil().convert("RGB")
    assert picture.getpixel((1, 1)) == (255, 255, 255)
    assert picture.getpixel((20, 20)) == (255, 0, 0)


sides = st.floats(20, 2000)


@given(sides, sides, st.floats(0, 70), st.booleans())
def test_marks_stand_outside_the_bleed_and_inside_the_sheet(width, height, bleed, folded):
    sheet = TrimmedSheet(width, height, bleed, marks=True)
    folds = [width * 0.45, width * 0.55] if folded else []
    left, bottom, right, top = sheet.bleeds
    lines = [*crop_marks(sheet), *fold_marks(sheet, folds)]
    assert len(lines) == 8 + 2 * len(folds)
    for x1, y1, x2, y2 in lines:
        assert all(0 <= x <= sheet.media[2] and 0 <= y <= sheet.media[3] for x, y in ((x1, y1), (x2, y2)))
        for x, y in ((x1, y1), (x2, y2)):
            assert x < left or x > right or y < bottom or y > top
        # On the line of a cut or of a fold.
        cuts = {sheet.trim[0], sheet.trim[2], *(sheet.trim[0] + fold for fold in folds)}
        assert x1 in cuts if x1 == x2 else y1 in {sheet.trim[1], sheet.trim[3]}
    middles = list(targets(sheet, folds))
    assert len(middles) == (6 if folded else 4)
    for x, y in middles:
        assert x < left or x > right or y < bottom or y > top


def test_grey_becomes_black_ink_and_near_black_black():
    with opened(press_ready(printed(), Press(marks=False), 0)) as pdf:
        operators = [
            f"{' '.join(str(part) for part in operands)} {operator}"
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("g", "G", "rg", "RG", "k", "K")
        ]
    assert operators == [
        "0 g", "1 1 0 RG", "0 g", "0.5 G", "1 g", "0.49 0.14 0.13 rg", "0.2 0.4 0.1 0.3 k", "0.4 G",
    ]  # fmt: skip


def test_with_black_ink_alone_colours_become_grey():
    press = Press(marks=False, inks="black")
    made = press_ready(printed(), press, 0, in_black=True)
    with opened(made) as pdf:
        operators = [
            f"{operands[0]} {operator}"
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("g", "G", "rg", "RG", "k", "K")
        ]
    assert operators == ["0 g", "0.89 G", "0 g", "0.5 G", "1 g", "0.2439 g", "0.393 g", "0.4 G"]
    assert made.facts["colours"] == []
    assert press_ready(printed(), press, 0).facts["colours"] == ["CMYK", "RGB"]


def test_colours_named_by_their_space():
    content = "/DeviceCMYK cs 0 0 0 1 scn 0 0 9 9 re f 0.1 0.2 0.3 0.4 scn /DeviceCMYK CS 0 1 0 0 SCN"
    with opened(press_ready(printed(content), Press(marks=False), 0)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert b"0 g\n" in content
    assert b"0.1 0.2 0.3 0.4 k\n" in content
    assert b"0 1 0 0 K\n" in content
    assert b"scn" not in content.lower()


@pytest.mark.parametrize(("transparent", "space"), [(False, None), (True, Name.DeviceCMYK)])
def test_groups_do_not_turn_black_ink_into_colours(transparent, space):
    with pikepdf.open(io.BytesIO(printed("/F Do").data)) as pdf:
        form = pdf.make_stream(
            b"0 0 0 rg 0 0 9 9 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB),
            Resources=Dictionary(ExtGState=Dictionary(A=Dictionary(ca=0.5 if transparent else 1))),
        )
        for page in pdf.pages:
            page.Resources.XObject = Dictionary(F=form)
        out = io.BytesIO()
        pdf.save(out)
    made = press_ready(replace(printed(), data=out.getvalue()), Press(), 0)
    with opened(made) as pdf:
        form = pdf.pages[1].Resources.XObject.F
        assert form.read_bytes() == b"0 g\n0 0 9 9 re\nf"
        assert form.get("/Group", Dictionary()).get("/CS") == space


@pytest.mark.parametrize(
    ("colour", "grey"),
    [
        ((0, 0, 0), 0),
        ((0.2, 0.2, 0.2), 0),
        ((0.21, 0.21, 0.21), 0.21),
        ((0.333, 0.333, 0.336), 0.334),
        ((1, 1, 1), 1),
        ((0.3, 0.3, 0.31), None),
    ],
)
def test_what_counts_as_grey(colour, grey):
    assert neutral(*colour) == grey


def test_with_a_profile_it_is_pdf_x4():
    press = Press(profile="press/offset.icc", profile_data=profile())
    made = press_ready(printed(), press, 1767225600)
    assert made.facts["standard"] == "PDF/X-4"
    assert check_press(made, edition(press)) == ()
    with opened(made) as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "offset"
        assert intent.DestOutputProfile.read_bytes() == press.profile_data
        assert intent.DestOutputProfile.N == 4
        assert pdf.docinfo["/Trapped"] == Name("/False")
        assert str(pdf.docinfo["/ModDate"]) == "D:20260101000000Z"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert metadata["dc:title"] == "头发的书"
            assert metadata["pdf:Trapped"] == "False"
            assert metadata["xmp:CreateDate"] == metadata["xmp:MetadataDate"] == "2026-01-01T00:00:00Z"
            for name in ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
                assert metadata[name]


def test_the_same_bytes_twice():
    press = Press(profile="a.icc", profile_data=profile())
    assert press_ready(printed(), press, 5).data == press_ready(printed(), press, 5).data


def spoiled(change, press=Press()):  # noqa: B008
    made = press_ready(printed(), press, 0)
    with opened(made) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return [str(finding) for finding in check_press(replace(made, data=out.getvalue()), edition(press))]


def no_bleed(pdf):
    del pdf.pages[1].obj["/BleedBox"]


def small_media(pdf):
    pdf.pages[0].MediaBox = Array([0, 0, 100, 100])


def other_trim(pdf):
    pdf.pages[0].TrimBox = Array([10 * MM, 10 * MM, 109 * MM, 160 * MM])


def link(pdf):
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])])


def font(pdf):
    pdf.pages[0].Resources.Font = Dictionary(
        F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Times)
    )


def black(pdf):
    pdf.pages[1].contents_add(b"0 0 0 rg")


def intent(pdf):
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=pdf.make_stream(b"x"))])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (no_bleed, "Page 2 has no BleedBox."),
        (small_media, "The boxes of page 1 do not lie in one another."),
        (other_trim, "Page 1 is 99.0 × 150.0 mm, not 100 × 150 mm."),
        (link, "Page 1 has links or other annotations."),
        (font, "The font Times is not in the file."),
        (black, "Grey or black is printed in several inks."),
        (intent, "Its output intent is not the profile that [press] names."),
    ],
)
def test_the_check_sees_each_fault(change, message):
    found = spoiled(change)
    assert f"book-press.pdf: {message} This is a fault of Keben's; please report it." in found


@pytest.mark.parametrize(("dots", "reported"), [(200, []), (199, ["199"]), (96, ["96"])])
def test_coarse_pictures_are_warned_of(dots, reported):
    """A picture that is an inch wide, in a form that is drawn at twice its size."""
    with pikepdf.open(io.BytesIO(printed("q 2 0 0 2 9 9 cm /F Do Q").data)) as pdf:
        size = {"Width": dots, "Height": dots, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        picture = pdf.make_stream(bytes(dots * dots), Type=Name.XObject, Subtype=Name.Image, **size)
        resources = Dictionary(XObject=Dictionary(P=picture))
        box = {"BBox": [0, 0, 99, 99], "Resources": resources}
        form = pdf.make_stream(b"q 36 0 0 36 0 0 cm /P Do Q", Type=Name.XObject, Subtype=Name.Form, **box)
        pdf.pages[1].Resources.XObject = Dictionary(F=form)
        pdf.pages[0].Contents = pdf.make_stream(b"")
        out = io.BytesIO()
        pdf.save(out)
    made = press_ready(replace(printed(), data=out.getvalue()), Press(), 0)
    found = [str(finding) for finding in check_press(made, edition())]
    assert found == [
        f"book-press.pdf: warning: A picture on page 2 has {number} dots to the inch: its edges will be rough. "
        "Printers ask for 300; use a picture with more pixels, or show it smaller."
        for number in reported
    ]


@pytest.mark.parametrize(("inks", "reported"), [("all", 1), ("black", 0)])
def test_colours_for_a_press_with_black_ink_alone_are_warned_of(inks, reported):
    press = Press(profile="grey.icc", profile_data=profile(b"GRAY"), inks=inks)
    made = press_ready(printed(), press, 0, in_black=inks == "black")
    found = check_press(made, edition(press))
    assert [(finding.code, finding.severity) for finding in found] == [("press-inks", "warning")] * reported


def test_pictures_become_grey_with_black_ink_alone():
    with pikepdf.open(io.BytesIO(printed("q 9 0 0 9 0 0 cm /P Do Q", pages=1).data)) as pdf:
        size = {"Width": 2, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
        pixels = bytes((255, 0, 0, 0, 0, 255))
        pdf.pages[0].Resources.XObject = Dictionary(
            P=pdf.make_stream(pixels, Type=Name.XObject, Subtype=Name.Image, **size)
        )
        out = io.BytesIO()
        pdf.save(out)
    source = replace(printed(), data=out.getvalue())
    made = press_ready(source, Press(inks="black"), 0, in_black=True)
    with opened(made) as pdf:
        picture = pdf.pages[0].Resources.XObject.P
        assert picture.ColorSpace == Name.DeviceGray
        assert list(picture.read_bytes()) == [76, 29]
    assert made.facts["colours"] == []
    assert press_ready(source, Press(), 0).facts["colours"] == ["RGB"]
