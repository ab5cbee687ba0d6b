"""Which ISBN is whose, as `read_settings` gives them."""

import pytest

from keben.project.settings import read_settings

A, B, C = "978-7-5133-4821-8", "978-7-302-51147-2", "978-7-115-44802-6"
UUID = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11"


def read(book="", editions="[editions.zh-Hans]\nformats = ['epub']\n"):
    """The editions' metadata by name, and what is reported without the file's name."""
    text = f"[book]\ntitle = '书'\nlanguage = 'zh-Hans'\n{book}\n{editions}"
    settings, findings = read_settings(text, "b")
    found = {each.name: each.metadata for each in settings.editions} if settings else {}
    return found, [str(each) for each in findings]


def numbers(metadata):
    return [metadata.isbn_of(medium) for medium in ("epub", "pdf", "print")]


@pytest.mark.parametrize(
    "book",
    [f"identifier = 'urn:isbn:{A}'", f"isbn = '{A}'", f"isbn = {A.replace('-', '')}", f"identifier = 'ISBN {A}'",
     f"identifier = 'urn:isbn:{A}'\nisbn = '{A}'", f"isbn = {{ epub = '{A}' }}",
     f"identifier = '{A.replace('-', '－')}'", f"identifier = '{A.replace('-', '—')}'", f"identifier = 'ISBN：{A}'",
     f"identifier = '{A.replace('-', chr(0x2011))}'"],
)  # fmt: skip
def test_a_book_of_one_edition_and_one_format_takes_the_books(book):
    found, reported = read(book)
    assert reported == []
    assert found["zh-Hans"].isbn_of("epub") == A
    assert found["zh-Hans"].identifier_of("epub") == "urn:isbn:9787513348218"


def test_each_format_has_its_own():
    editions = "[editions.zh-Hans]\nformats = ['epub', 'pdf', 'booklet', 'press']\n"
    found, reported = read(f"isbn = {{ epub = '{A}', pdf = '{B}', print = '{C}' }}", editions)
    assert reported == []
    assert numbers(found["zh-Hans"]) == [A, B, C]
    assert found["zh-Hans"].isbn_of("pdf") == B
    assert found["zh-Hans"].identifier.startswith("urn:uuid:")


def test_one_number_for_several_formats_is_used_and_warned_of():
    found, reported = read(f"isbn = '{A}'", "[editions.zh-Hans]\n")
    assert numbers(found["zh-Hans"]) == [A, A, A]
    assert found["zh-Hans"].identifier == "urn:isbn:9787513348218"
    assert reported == [
        "b:4:1: warning: One ISBN serves EPUB and PDF of zh-Hans: each needs its own. "
        'Write isbn = { epub = "…", pdf = "…" } in [editions.zh-Hans], or leave out what has none.'
    ]


def test_the_book_s_number_is_used_by_none_of_several_editions_and_that_is_reported():
    editions = "[editions.zh-Hans]\nformats = ['epub']\n[editions.zh-Hant-TW]\nformats = ['epub']\n"
    found, reported = read(f"identifier = 'urn:isbn:{A}'", editions)
    assert numbers(found["zh-Hans"]) == numbers(found["zh-Hant-TW"]) == ["", "", ""]
    assert len(reported) == 1
    assert reported[0].startswith("b:4:1: warning: The ISBN in [book] is used by none of the 2 editions: ")
    assert "[editions.zh-Hans], [editions.zh-Hant-TW]" in reported[0]


def test_an_edition_s_own_goes_before_the_book_s():
    editions = f"[editions.zh-Hans]\nformats = ['epub', 'pdf']\nisbn = {{ epub = '{B}' }}\n"
    found, reported = read(f"isbn = '{A}'", editions)
    assert (numbers(found["zh-Hans"])[:2], reported) == ([B, A], [])


@pytest.mark.parametrize(
    ("book", "editions", "message"),
    [
        (f"isbn = {{ pdf = '{A}' }}", "[editions.zh-Hans]\nformats = ['epub']", "b:4:10: warning: The ISBN of the PDF serves nothing: zh-Hans makes none. Add its format to `formats` in [editions.zh-Hans]"),
        (f"isbn = {{ epub = '{A}', pdf = '{B}' }}\nidentifier = 'urn:isbn:{C}'", "[editions.zh-Hans]", "b:5:1: warning: This ISBN of zh-Hans serves nothing: each format has one of its own. "),
        (f"isbn = '{A}'\nidentifier = 'urn:isbn:{C}'", "[editions.zh-Hans]\nformats = ['epub']", "b:4:1: `identifier` and `isbn` name different ISBNs. "),
        ("isbn = '978-7-5133-4821-9'", "[editions.zh-Hans]", "b:4:1: The ISBN “978-7-5133-4821-9” is mistyped: its check digit would be 8, not 9. Copy it again from the agency's notice."),
        ("isbn = '123'", "[editions.zh-Hans]", "b:4:1: “123” is not an ISBN: "),
        ("isbn = '7115448027'", "[editions.zh-Hans]\nformats = ['epub']", "b:4:1: notice: This ISBN has 10 digits, as before 2007: 978-7-115-44802-6 is used. "),
        (f"isbn = {{ epub = '{A}' }}", "[editions.zh-Hans]\nformats = ['epub', 'press']", "b:4:1: notice: The printed book of zh-Hans has no ISBN, so its cover has no barcode. "),
        (f"isbn = {{ epub = '{A}', pdf = '{A}' }}", "[editions.zh-Hans]", "b:4:1: notice: Several formats of zh-Hans have the same ISBN. "),
        ("", f"[editions.zh-Hans]\nformats = ['epub']\nisbn = '{A}'\n[editions.zh-Hant]\nformats = ['epub']\nisbn = '{A}'", "b:10:1: warning: The editions zh-Hans and zh-Hant have the same ISBN. "),
        ("isbn = 1.5", "", "b:4:1: `book.isbn` is not a table: 1.5. "),
        ("isbn = { epub = 5 }", "", "b:4:10: `book.isbn.epub` is not a text: 5. "),
        (f"isbn = {{ ebook = '{A}' }}", "", "b:4:10: Unknown key `ebook` in [book.isbn]. "),
        ("identifier = 'doi:10.1'", "", "b:4:1: `book.identifier`: “doi:10.1” is not an identifier that Keben knows. "),
        ("identifier = 'urn:uuid:12'", "", "b:4:1: `book.identifier`: “urn:uuid:12” is not an identifier that Keben knows. "),
        (f'identifier = "{UUID}\\n"', "", None),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_place(book, editions, message):
    _, reported = read(book, editions)
    assert [each for each in reported if message and each.startswith(message)] or (
        not message and not reported
    ), reported


def test_a_printed_number_serves_the_epub_as_its_source():
    found, reported = read(f"isbn = {{ epub = '{A}', print = '{C}' }}")
    assert (found["zh-Hans"].isbns.print, reported) == (C, [])


def test_a_uuid_may_be_written_bare():
    found, reported = read("", f"[editions.zh-Hans]\nidentifier = '{UUID.removeprefix('urn:uuid:').upper()}'")
    assert (found["zh-Hans"].identifier, reported) == (UUID, [])
