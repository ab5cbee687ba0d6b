"""The EPUB of a book with everything, on screens: at night, in sepia, in large type on a telephone, in columns.

`nox -s readers` opens the same book in readers themselves.
"""

import re
from dataclasses import replace

import pytest
from commands import run
from everything import write_everything
from screens import LARGE, LOOKS, NIGHT, SEPIA, WHITE, faults, measured, screen, shown, unpack

from keben.project.designs import default_designs
from keben.project.theme import default_folder, load_theme

EDITIONS = ("zh-Hans", "zh-Hant-TW")
DESIGNS = default_designs()


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The unpacked EPUB of each edition."""
    root = write_everything(tmp_path_factory.mktemp("everything"))
    result = run("build", root)
    assert result.exit_code == 0, result.output
    return {name: unpack(root / "build" / f"all-{name}.epub", root / name) for name in EDITIONS}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("edition", EDITIONS)
def test_text_has_contrast_and_nothing_is_cut_or_torn(books, chromium, edition, look):
    with screen(chromium, look) as page:
        assert [fault for path in books[edition].pages for fault in faults(page, path, look)] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_type_of_a_chart_is_nearly_the_text_s_even_in_large_type_on_a_telephone(books, chromium, edition):
    with screen(chromium, LARGE) as page:
        shown(page, books[edition].page("pictures.xhtml"), LARGE)
        drawn, units, text = page.evaluate(
            "() => { const chart = document.querySelector('img[src*=chart]');"
            " const size = parseFloat(getComputedStyle(chart.closest('figure')).fontSize);"
            " return [chart.getBoundingClientRect().width, chart.naturalWidth, size] }"
        )
    svg = (books[edition].root / "EPUB" / "images" / "chart-bars.svg").read_text(encoding="utf-8")
    sizes = {float(each) for each in re.findall(r'font-size="([\d.]+)"', svg)}
    assert len(sizes) == 2
    assert min(sizes) * drawn / units > 0.74 * text
    assert max(sizes) * drawn / units > 0.79 * text


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_so_it_is_in_every_design(books, tmp_path, chromium, design):
    sheets = load_theme(default_folder(), is_own=False, design=design)[0].styles
    found = []
    for look in (replace(NIGHT, size=200, width=360), SEPIA):
        with screen(chromium, look) as page:
            for edition in EDITIONS:
                book = books[edition].copied(tmp_path / edition, sheets)
                for name in ("pictures.xhtml", "text.xhtml", "tables.xhtml", "code.xhtml"):
                    found += [f"{edition}: {fault}" for fault in faults(page, book.page(name), look)]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_colours_follow_a_reader_that_turns_to_night(books, chromium, edition):
    with screen(chromium, WHITE) as page:
        reported = shown(page, books[edition].page("code.xhtml"), WHITE)
        page.evaluate(
            "([text, ground]) => { for (const node of [document.documentElement, document.body]) {"
            " node.style.setProperty('color', text, 'important');"
            " node.style.setProperty('background', ground, 'important') } }",
            [NIGHT.text, NIGHT.ground],
        )
        assert measured(page, {**reported, "ground": NIGHT.ground}) == []
