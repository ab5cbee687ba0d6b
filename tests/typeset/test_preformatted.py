"""Blocks of code: their lines are broken by what they say, not by how it is coloured."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.compose.code import set_code
from keben.core.markup import element, serialize
from keben.core.paper import TypeArea
from keben.typeset import typeset

CODE = {
    "python": 'raise ConfigurationError(f"the value of {option_name!r} excludes {other_option_name!r}")\n'
    "def titration_curve(acid: Concentration, base: Concentration, volumes: Sequence[float]) -> list[Point]:\n"
    "    return [transform_measurement(measurement, calibration=calibration) for measurement in measured]\n",
    "javascript": "const fetched = await window.applicationServices.configurationLoader.loadConfiguration(true);\n",
    "bash": 'docker run --rm --volume "$(pwd)/configuration:/etc/application/configuration:ro" --env MODE=fast x\n',
    "sql": "SELECT customer_identifier, SUM(position_amount) AS total_amount FROM positions WHERE total > 100\n",
}


def lines(language, *, highlight, measure, vertical=False, **marks):
    """The lines of a block as they stand on the page, without spaces."""
    code = element("code", {"class": f"language-{language}"}, CODE[language])
    body = serialize(set_code(element("pre", marks, code), highlight=highlight))
    composition = book(chapter(body))
    area = TypeArea(measure=measure, lines=20)
    edition = replace(composition.edition, area=area, writing="vertical" if vertical else "horizontal")
    styles = STYLES
    if vertical:
        styles = {**STYLES, "print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    pdf = Pdf(typeset(replace(composition, edition=edition, styles=styles)).data)
    rows = [line for page in range(1, pdf.pages + 1) for line in pdf.lines(page)]
    return ["".join(line.text.split()) for line in rows if re.search("[a-z]{2}", line.text)]


@pytest.mark.parametrize("language", CODE)
def test_coloured_code_is_broken_as_plain_code_is(language):
    assert lines(language, highlight=True, measure=22) == lines(language, highlight=False, measure=22)


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("language", CODE)
def test_no_name_is_broken_where_a_sign_or_a_space_is_near(language, vertical):
    made = lines(language, highlight=True, measure=26, vertical=vertical)
    assert "".join(made) == "".join(CODE[language].split())
    assert len(made) > CODE[language].count("\n")
    # Two letters at each side of a line's end stood together, but for the sign between two names.
    torn = [first[-2:] + second[:2] for first, second in pairwise(made)]
    assert [each for each in torn if each.isalnum() and each in CODE[language]] == []


WRAPPED = {"two": 60, "three": 92}
"""How many letters a line of code has that is broken into so many lines."""


@pytest.mark.parametrize("highlight", [False, True], ids=["plain", "coloured"])
@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("size", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("above", range(4))
def test_a_line_of_code_is_on_one_page(above, size, vertical, highlight):
    names = [f"{chr(97 + at) * 2}" for at in range(24)]
    source = "".join(f"{name}" + " = x" * ((size - 2) // 4) + "\n" for name in names)
    code = element("code", {"class": "language-python"}, source)
    body = (
        "<p>"
        + "字" * (22 * above)
        + "</p>"
        + serialize(set_code(element("pre", {}, code), highlight=highlight))
    )
    composition = book(chapter(body))
    area = TypeArea(measure=22, lines=20)
    edition = replace(composition.edition, area=area, writing="vertical" if vertical else "horizontal")
    styles = STYLES
    if vertical:
        styles = {**STYLES, "print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    pdf = Pdf(typeset(replace(composition, edition=edition, styles=styles)).data)
    pages = [pdf.text(page).replace("字", "") for page in range(1, pdf.pages + 1)]
    assert len(pages) > 2
    signs = (size - 2) // 4
    assert sum(page.count("=") for page in pages) == 24 * signs
    for page in pages:
        for line in re.findall("([a-w])\\1((?:=x)+)", "".join(page.split())):
            assert line[1].count("=") == signs
    assert sum(len(re.findall("([a-w])\\1=", page)) for page in pages) >= 23


def test_a_long_line_of_code_may_go_on_overleaf():
    code = element("code", {}, "x = 1\n" + "word " * 400)
    pdf = Pdf(typeset(book(chapter(serialize(set_code(element("pre", {}, code), highlight=False))))).data)
    # It begins below the title, and fills the page.
    assert pdf.text(1).count("word") > 100
