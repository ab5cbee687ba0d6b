"""Tables of TOML files: what their fields take, and all that is wrong with what they do not."""

from typing import Annotated, Literal

import pytest

from keben.core.toml.checks import Before, Invalid, Limits
from keben.core.toml.schema import Text, checked, read_toml, refused
from keben.core.toml.tables import Table, fields_of, made


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _no_dash(value: object) -> object:
    if value == "-":
        raise refused("this is a dash", "Write a word.")
    return value


class Person(Table):
    name: Text
    file_as: str = ""


class Common(Table):
    title: Text | None = None
    people: Annotated[list[Person], Limits(shortest=1, longest=2)] | None = None


class Book(Common):
    title: Text
    lines: Annotated[int, Limits(least=5, most=80)] = 26
    leading: Annotated[float, Limits(least=1, most=4, loose=True)] = 1.7
    share: Annotated[float, Limits(finite=True)] = 0
    kind: Literal["novel", "poems"] = "novel"
    up: Literal[0, 2, 4] = 0
    is_new: bool = False
    chapters: Text | list[Text] | None = None
    prices: dict[Literal["epub", "pdf"], Annotated[str, Before(_no_dash)]] = made(dict)
    words: Annotated[list[str], Before(_one_or_several)] = made(list)
    code: Annotated[str, checked(str.isupper, "Write capitals.")] | None = None
    self: str = ""


def said(text: str) -> list[str]:
    _, _, findings = read_toml(text, "a.toml", Book)
    return [f"{each.place.line}:{each.place.column} {each.message} {each.advice}" for each in findings]


def test_a_table_has_what_its_keys_say_and_defaults() -> None:
    text = """
title = "书"
leading = "1.5"
share = 2
up = 2.0
chapters = ["a"]
prices = { epub = "3" }
words = "one"
self = "x"
people = [{ name = "甲", file-as = "jia" }]
"""
    book, _, findings = read_toml(text, "a.toml", Book)
    assert findings == ()
    assert book is not None
    assert (book.title, book.leading, book.share, book.up, book.chapters) == ("书", 1.5, 2.0, 2, ["a"])
    assert (book.prices, book.words, book.self, book.lines, book.kind) == (
        {"epub": "3"}, ["one"], "x", 26, "novel",
    )  # fmt: skip
    assert book.people is not None
    assert book.people[0].file_as == "jia"
    assert book.fields_given == {
        "title", "leading", "share", "up", "chapters", "prices", "words", "self", "people",
    }  # fmt: skip


def test_what_is_made_for_one_table_is_not_in_another() -> None:
    first, second = Book(title="a"), Book(title="b")
    first.words.append("x")
    assert second.words == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lines = 4", "`lines` has a wrong value: 4. It must be 5 at least."),
        ("lines = 81", "`lines` has a wrong value: 81. It can be 80 at most."),
        ("lines = 5.0", "`lines` is not a whole number: 5.0. Write digits alone, without quotes."),
        ("lines = true", "`lines` is not a whole number: true. Write digits alone, without quotes."),
        ("leading = 5", "`leading` has a wrong value: 5. It can be 4.0 at most."),
        ("leading = nan", "`leading` has a wrong value: nan. It can be 4.0 at most."),
        ('leading = "x"', "`leading` is not a number: 'x'. Write digits alone, without quotes."),
        ("share = inf", "`share` has a wrong value: inf. It must be a finite number."),
        ('share = "1"', "`share` is not a number: '1'. Write digits alone, without quotes."),
        ('kind = "song"', "`kind` cannot be 'song'. Use 'novel' or 'poems'."),
        ("up = 3", "`up` cannot be 3. Use 0, 2 or 4."),
        ("is-new = 1", "`is-new` is not true or false: 1. Write true or false, without quotes."),
        ("people = []", "`people` is empty. Give it a value, or take the line out."),
        ('people = [{name="a"},{name="b"},{name="c"}]', "`people` has 3 entries. It can have 2."),
        ('people = ["a"]', "`people.1` is not a table: 'a'. Write it as one: { key = … }, or below a"),
        ('people = [{name=""}]', "`people.1.name` is empty. Give it a value, or take the line out."),
        ("people = [{}]", "`people.1.name` is missing. It is required."),
        ('code = "ab"', "`code` has a form that cannot be used: 'ab'. Write capitals."),
        ('prices = {epub = "-"}', "`prices.epub`: this is a dash. Write a word."),
        ("words = [1]", "`words.1` is not a text: 1. Put it between straight quotes."),
        ('file_as = "x"', "Unknown key `file_as`."),
    ],
)
def test_each_fault_is_said(line: str, expected: str) -> None:
    (one,) = said(f'title = "书"\n{line}\n')
    assert one.partition(" ")[2].startswith(expected)
    assert one.startswith("2:")


def test_all_faults_are_said_at_once_those_of_fields_in_their_order() -> None:
    text = 'zz = 1\nchapters = 3\nlines = "x"\nprices = { docx = "-" }\n'
    assert [each.partition(" ")[2].partition(".")[0] for each in said(text)] == [
        "`title` is missing",
        "`lines` is not a whole number: 'x'",
        "`chapters` is not a text: 3",
        "`chapters` is not a list: 3",
        "`prices",
        "`prices",
        "Unknown key `zz`",
    ]


def test_a_changed_table_says_so_and_leaves_the_first_as_it_was() -> None:
    first = Book(title="a")
    second = first.changed({"lines": 30})
    assert (first.lines, second.lines, second.title) == (26, 30, "a")
    assert second.fields_given == {"title", "lines"}
    assert first.fields_given == {"title"}


def test_what_a_table_must_have_is_asked_for_also_where_one_above_it_had_a_default() -> None:
    assert Common().title is None
    with pytest.raises(Invalid):
        Book()
    assert [*fields_of(Book)][:3] == ["title", "people", "lines"]
    assert fields_of(Book)["title"].is_required
    assert fields_of(Book)["words"].default == []
