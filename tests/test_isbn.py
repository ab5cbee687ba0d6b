"""ISBNs: which are right, what is said of the others, and the 13 digits of old ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.isbn import check_isbn, isbn_of


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
        ("978711544802", "“978711544802” is no ISBN: it has 13 digits (or, before 2007, 10)"),
        ("97871154480X6", "“97871154480X6” is no ISBN: it has 13 digits (or, before 2007, 10)"),
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
    ("identifier", "isbn"),
    [
        ("urn:isbn:978-7-115-44802-6", "978-7-115-44802-6"),
        ("urn:isbn:0-306-40615-2", "978-0-306-40615-7"),
        ("urn:isbn:080442957X", "978-0804429573"),
        ("urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11", ""),
    ],
)
def test_the_isbn_of_an_identifier(identifier, isbn):
    assert isbn_of(identifier) == isbn
    assert check_isbn(isbn) == "" or not isbn
