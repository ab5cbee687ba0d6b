"""ISBNs: which are right, what is said of the others, and the 13 digits of old ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.isbn import Isbns, check_isbn, isbn_of, read_isbn, urn_of


@pytest.mark.parametrize(
    "text", ["978-7-115-44802-6", "9787115448026", "979-10-90636-07-1", "0-306-40615-2", "080442957X"]
)
def test_right_ones(text):
    assert check_isbn(text) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("978-7-115-44802-7", "The ISBN “978-7-115-44802-7” is mistyped: its check digit would be 6, not 7"),
        ("0-306-40615-X", "The ISBN “0-306-40615-X” is mistyped: its check digit would be 2, not X"),
        (
            "9777115448026",
            "The ISBN “9777115448026” begins with 977: an ISBN of 13 digits begins with 978 or 979",
        ),
        ("978711544802", "“978711544802” is not an ISBN: it has 13 digits (or, before 2007, 10)"),
        ("97871154480X6", "“97871154480X6” is not an ISBN: it has 13 digits (or, before 2007, 10)"),
    ],
)
def test_wrong_ones(text, problem):
    assert check_isbn(text) == problem


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(digits, place, step):
    right = next(f"978{digits}{last}" for last in range(10) if not check_isbn(f"978{digits}{last}"))
    wrong = list(right)
    wrong[3 + place] = str((int(wrong[3 + place]) + step) % 10)
    assert "mistyped" in check_isbn("".join(wrong))


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("urn:isbn:978-7-115-44802-6", "978-7-115-44802-6"),
        ("ISBN 978-7-115-44802-6", "978-7-115-44802-6"),
        ("９７８－７－１１５－４４８０２－６", "978-7-115-44802-6"),
        ("978 7 115 44802 6", "978-7-115-44802-6"),
        ("978–7–115–44802–6", "978-7-115-44802-6"),
        ("0-306-40615-2", "978-0-306-40615-7"),
        ("080442957X", "978-0804429573"),
        ("7115448027", "978-7-115-44802-6"),
    ],
)
def test_an_isbn_is_read_as_13_digits(text, isbn):
    assert read_isbn(text) == (isbn, "")


@pytest.mark.parametrize(
    "isbn",
    ["978-7-02-000220-7", "978-7-302-51147-2", "978-7-5133-4821-8", "978-957-13-5837-9", "978-986-5824-50-1",
     "978-626-95487-0-3", "978-962-07-4479-2", "978-988-8573-42-9", "978-99937-58-10-6"],
)  # fmt: skip
def test_a_bare_number_is_parted_as_its_agency_does(isbn):
    digits = isbn.replace("-", "")[:12]
    whole = next(f"{digits}{last}" for last in range(10) if not check_isbn(f"{digits}{last}"))
    assert read_isbn(whole)[0] == isbn[:-1] + whole[-1]
    assert urn_of(isbn) == "urn:isbn:" + isbn.replace("-", "")


@pytest.mark.parametrize(
    ("identifier", "isbn"),
    [
        ("urn:isbn:978-7-115-44802-6", "978-7-115-44802-6"),
        ("urn:isbn:0-306-40615-2", "978-0-306-40615-7"),
        ("urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11", ""),
    ],
)
def test_the_isbn_of_an_identifier(identifier, isbn):
    assert isbn_of(identifier) == isbn


def test_each_format_has_its_own_number_and_paper_falls_back_on_the_pdf_s():
    three = Isbns("e", "p", "b")
    assert [three.of(each) for each in ("epub", "pdf", "print")] == list("epb")
    assert (Isbns(pdf="p").of("print"), Isbns(epub="e").of("print")) == ("p", "")


@given(st.text("0123456789-Xx isbn:９", max_size=20))
def test_any_text_is_read_or_reported(text):
    isbn, problem = read_isbn(text)
    assert bool(isbn) != bool(problem)
    assert not isbn or check_isbn(isbn) == ""
