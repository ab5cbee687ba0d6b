"""Sizes of pictures, held to a page."""

import pytest

from keben.core.markup import parse
from keben.core.screensizes import beside_caption, chart_size, natural_size, said_size, size_said, svg_size


def test_a_picture_without_a_size_says_its_own_along_the_line_and_its_shape():
    assert natural_size(3000, 750, vertical=False) == "--size: 3000px; --shape: 4"
    assert natural_size(3000, 750, vertical=True) == "--size: 750px; --shape: 4"
    assert natural_size(200, 199.5, vertical=False) == ""


@pytest.mark.parametrize(
    ("style", "lines", "columns"),
    [
        (
            "width: 40%",
            "width: 40%; width: min(40%, calc(var(--room, 80vh) * 0.25))",
            "width: 40%; width: min(40%, var(--room, 80vw))",
        ),
        (
            "height: 20cm",
            "height: 20cm; height: min(20cm, var(--room, 80vh))",
            "height: 20cm; height: min(20cm, calc(var(--room, 80vw) / 0.25))",
        ),
        ("width: 1em", "width: 1em", "width: 1em"),
        ("height: 120px", "height: 120px", "height: 120px"),
        ("float: left", "float: left", "float: left"),
        ("", "", ""),
    ],
)
def test_a_size_that_the_book_gives_is_held_to_the_page(style, lines, columns):
    assert said_size(style, 0.25, vertical=False) == lines
    assert said_size(style, 0.25, vertical=True) == columns
    assert size_said(lines) == size_said(columns) == style


def test_of_an_unknown_shape_only_what_has_an_end_is_held():
    assert said_size("width: 40%", None, vertical=False) == "width: 40%"
    assert said_size("height: 900px", None, vertical=False).endswith("min(900px, var(--room, 80vh))")


def test_a_long_caption_gets_more_room():
    assert [beside_caption(count) for count in (0, 18, 19, 40, 400)] == [
        "",
        "",
        "--more: 1.3em",
        "--more: 2.6em",
        "--more: 5.2em",
    ]


def test_what_is_said_for_readers_alone_is_no_size():
    assert size_said(natural_size(900, 900, vertical=False)) == ""
    assert size_said(beside_caption(40)) == ""


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30pt" height="15px"', (40, 15)),
        ('width="30" viewBox="0 0 2 1"', (30, 15)),
        ('height="30" viewBox="0,0,2,1"', (60, 30)),
        ('viewBox="0 0 2 1"', (3000, 1500)),
        ('width="100%" height="100%" viewBox="0 0 2 1"', (3000, 1500)),
        ('width="1.2.3" height="4"', None),
        ('viewBox="0 0 2 0"', None),
        ("", None),
    ],
)
def test_the_size_of_a_drawing(attributes, size):
    assert svg_size(parse(f"<svg {attributes}/>")) == size


def test_a_chart_may_be_as_high_as_a_page_takes():
    assert chart_size("9em", (30, 20), vertical=False) == "width: 9em; width: min(9em, 80vh * 1.5)"
    assert chart_size("9em", None, vertical=True) == "width: 9em; width: min(9em, 90vw - 3em)"
    assert chart_size("9em", None, vertical=False) == "width: 9em"
    assert size_said(chart_size("9em", (30, 20), vertical=False)) == "width: 9em"
