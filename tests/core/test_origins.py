import pytest

from keben.core.book import Manuscript, Source, Span
from keben.core.edition import Settings
from keben.core.errors import Finding, Place, SourceError
from keben.core.origins import joined, origins_of

CHAPTER = Source("book/a.md", "# 甲\n\n文。\n")
SECTION = Source(
    "book/b.md", "# 乙\n\n长。\n", depth=1, spans=(Span(1, "book/b.md", 1), Span(3, "book/b.md", 9))
)
OTHER = Source("book/c.md", "# 丙\n")


def origins(*sources, **more):
    return origins_of(Manuscript(Settings((), ()), sources, {}, 0, **more))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (0, ("book/a.md", 0)),
        (1, ("book/a.md", 1)),
        (4, ("book/a.md", 4)),
        (5, ("book/b.md", 1)),
        (7, ("book/b.md", 9)),
        (8, ("book/b.md", 10)),
    ],
)
def test_a_line_of_a_chapter_is_one_of_the_file_that_it_comes_from(line, wanted):
    place = origins(CHAPTER, SECTION, OTHER).place(Place("book/a.md", line, 2))
    assert (place.path, place.line, place.column) == (*wanted, 2)


def test_a_section_is_named_by_itself_too_and_other_chapters_stay():
    led = origins(CHAPTER, SECTION, OTHER)
    assert led.place(Place("book/b.md", 4)) == Place("book/b.md", 10)
    assert led.place(Place("book/c.md", 7)) == Place("book/c.md", 7)


def test_stages_count_the_lines_of_a_chapter_as_its_files_follow_one_another():
    both, other = joined((CHAPTER, SECTION, OTHER))
    assert (both.path, both.text.split("\n")[4]) == ("book/a.md", "# 乙")
    assert other == OTHER


def test_what_is_no_project_is_named_as_it_lies():
    led = origins(CHAPTER, settings_path="book/mkdocs.yml", is_project=False)
    assert led.place(Place("book/a.md", 3)) == Place("a.md", 3)
    assert led.place(Place("book/book.toml")) == Place("mkdocs.yml")
    with pytest.raises(SourceError) as caught, led.in_errors():
        raise SourceError(Finding(Place("book/a.md", 1), "x", "Wrong."))
    assert caught.value.findings[0].place == Place("a.md", 1)
