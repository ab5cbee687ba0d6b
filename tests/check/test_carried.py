"""Pages on sheets are known to be those of the book by their bytes; whatever else they are, they are not."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from books import book, chapter

from keben.check.carried import are_carried
from keben.core.binding import Booklet
from keben.impose import impose
from keben.typeset import typeset

BODY = "".join(
    f"<p>{text}</p>" * 30 for text in ("一二三四五六七八九十。", "天地玄黄，宇宙洪荒。", "abc 与 def。")
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return typeset(book(chapter(BODY))).data


@pytest.fixture(scope="module")
def sheets(printed: bytes) -> bytes:
    return impose(printed, Booklet(), "book").data


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def forms(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [form for page in pdf.pages for form in page.Resources.XObject.values()]


def rewrite(thing: pikepdf.Object, old: bytes, new: bytes) -> None:
    content = thing.read_bytes()
    assert old in content
    thing.write(content.replace(old, new, 1))


def without_a_page(pdf: pikepdf.Pdf) -> None:
    side = next(page for page in pdf.pages if len(page.Resources.XObject) == 2)
    rewrite(side.Contents, b" Do", b" pop")


def a_page_twice(pdf: pikepdf.Pdf) -> None:
    side = next(page for page in pdf.pages if len(page.Resources.XObject) == 2)
    first, second = side.Resources.XObject.keys()
    side.Resources.XObject[second] = side.Resources.XObject[first]


def another_text(pdf: pikepdf.Pdf) -> None:
    form = next(form for form in forms(pdf) if b" TJ" in form.read_bytes())
    rewrite(form, b" TJ", b" TJ [<0001>] TJ")


def another_meaning(pdf: pikepdf.Pdf) -> None:
    font = next(iter(forms(pdf)[0].Resources.Font.values()))
    rewrite(font.ToUnicode, b"<", b"< ")


def another_font(pdf: pikepdf.Pdf) -> None:
    fonts = forms(pdf)[0].Resources.Font
    first, second, *_ = fonts.keys()
    fonts[first], fonts[second] = fonts[second], fonts[first]


def other_widths(pdf: pikepdf.Pdf) -> None:
    font = next(iter(forms(pdf)[0].Resources.Font.values())).DescendantFonts[0]
    font.W[1][0] = 1 + int(font.W[1][0])


def another_file_of_a_font(pdf: pikepdf.Pdf) -> None:
    font = next(iter(forms(pdf)[0].Resources.Font.values())).DescendantFonts[0]
    font.FontDescriptor.FontFile2 = pdf.make_stream(b"another")


def test_a_booklet_carries_the_pages_as_they_are(printed: bytes, sheets: bytes) -> None:
    assert are_carried(printed, sheets)
    assert are_carried(printed, changed(sheets, lambda _: None))


@pytest.mark.parametrize(
    "change",
    [
        without_a_page,
        a_page_twice,
        another_text,
        another_meaning,
        another_font,
        other_widths,
        another_file_of_a_font,
    ],
    ids=lambda it: it.__name__,
)
def test_what_is_not_as_it_was_is_not_carried(
    change: Callable[[pikepdf.Pdf], None], printed: bytes, sheets: bytes
) -> None:
    assert not are_carried(printed, changed(sheets, change))
