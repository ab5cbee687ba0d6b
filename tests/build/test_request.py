"""What is to be built: requests, and the jobs that they come to."""

from dataclasses import replace
from pathlib import Path

import pytest
from plainformats import install, plain
from samples import sample_edition

from keben.build.request import Job, Request, choose_editions, plan, possible_names
from keben.core.book import Manuscript
from keben.core.edition import Settings
from keben.core.errors import SourceError, UsageError


def book(**formats):
    """A manuscript of editions with these formats."""
    editions = tuple(
        replace(sample_edition(), name=name.replace("_", "-"), formats=tuple(has))
        for name, has in formats.items()
    )
    return Manuscript(Settings(editions, ()), (), {}, 0)


def request(editions=(), formats=()):
    return Request(Path("demo"), Path("demo/build"), editions, formats)


BOOK = book(zh_Hans=("epub", "pdf", "booklet"), zh_Hant_TW=("press", "epub"))


def test_all_that_the_book_has_is_built_in_its_order():
    assert [job.name for job in plan(request(), BOOK)] == [
        "sample-zh-Hans.epub",
        "sample-zh-Hans.pdf",
        "sample-zh-Hans-booklet.pdf",
        "sample-zh-Hant-TW-press.pdf",
        "sample-zh-Hant-TW-cover.pdf",
        "sample-zh-Hant-TW.epub",
    ]


@pytest.mark.parametrize(
    ("editions", "formats", "names"),
    [
        (("zh-Hant-TW",), ("epub",), ["sample-zh-Hant-TW.epub"]),
        ((), ("epub",), ["sample-zh-Hans.epub", "sample-zh-Hant-TW.epub"]),
        # The book's order, whatever the request's.
        (("zh-Hant-TW", "zh-Hans"), ("booklet", "epub"), ["sample-zh-Hans.epub", "sample-zh-Hans-booklet.pdf", "sample-zh-Hant-TW.epub"]),
        # What a format brings comes along.
        ((), ("press",), ["sample-zh-Hant-TW-press.pdf", "sample-zh-Hant-TW-cover.pdf"]),
    ],
)  # fmt: skip
def test_a_part_of_it_is_built(editions, formats, names):
    assert [job.name for job in plan(request(editions, formats), BOOK)] == names


def test_a_job_knows_what_it_is_made_from():
    first, _, booklet, press, cover, _ = plan(request(), BOOK)
    edition = first.edition
    assert (first.base, booklet.base, press.base) == (None, Job(edition, "pdf"), None)
    assert cover.base == press
    assert cover.form.name == "cover"
    assert hash(Job(edition, "pdf")) == hash(booklet.base)


@pytest.mark.parametrize(
    ("editions", "formats", "reported"),
    [
        (("zh-Hant",), (), "zh-Hant: The book has no such edition. It has zh-Hans, zh-Hant-TW."),
        (("zh-Hans",), ("press",), "press: No edition asked for has this format. The book has epub, pdf, booklet, press: see `formats` in book.toml."),
        # It comes along, and is not asked for.
        ((), ("cover",), "cover: No edition asked for has this format. The book has epub, pdf, booklet, press: see `formats` in book.toml."),
    ],
)  # fmt: skip
def test_what_the_book_does_not_have_is_wrong_usage(editions, formats, reported):
    with pytest.raises(UsageError) as caught:
        plan(request(editions, formats), BOOK)
    assert str(caught.value) == reported


def test_a_book_without_formats_has_nothing_to_build():
    with pytest.raises(UsageError) as caught:
        plan(request(), book(zh_Hans=()))
    assert str(caught.value) == "book/book.toml: No edition has any format. See `formats`."


def test_two_editions_do_not_write_one_file(monkeypatch):
    install(monkeypatch, plain("pdf", ending=".epub"))
    with pytest.raises(SourceError) as caught:
        plan(request(), BOOK)
    assert str(caught.value) == "sample-zh-Hans.epub: Two editions would write this file. Change a slug."


def test_editions_are_chosen_by_name():
    assert [each.name for each in choose_editions((), BOOK)] == ["zh-Hans", "zh-Hant-TW"]
    assert [each.name for each in choose_editions(("zh-Hant-TW",), BOOK)] == ["zh-Hant-TW"]


def test_the_names_of_all_that_the_book_has():
    listed = {job.name for job in plan(request(), BOOK)}
    asked = {
        f"sample-{name}{end}"
        for name in ("zh-Hans", "zh-Hant-TW")
        for end in (".docx", "-sample.epub", "-onix.xml")
    }
    assert possible_names(BOOK) == listed | asked


def test_a_format_for_work_is_made_of_editions_that_do_not_list_it_where_it_is_asked_for():
    jobs = plan(request(formats=("docx",)), BOOK)
    assert [job.name for job in jobs] == ["sample-zh-Hans.docx", "sample-zh-Hant-TW.docx"]
    assert "docx" not in {job.format for job in plan(request(), BOOK)}
    names = {"sample-zh-Hans.docx", "sample-zh-Hans-sample.epub", "sample-zh-Hans-onix.xml"}
    assert possible_names(book(zh_Hans=())) == names
