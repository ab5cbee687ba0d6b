"""[press] in book.toml."""

import pytest

from keben.core.pressing import Press
from keben.project.settings import read_settings

BOOK = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'


def read(text):
    settings, findings = read_settings(BOOK + text, "book.toml")
    return settings, [str(finding) for finding in findings]


def test_left_out_it_is_as_usual():
    settings, findings = read("")
    assert not findings
    assert settings.editions[0].press == Press(
        bleed=3.0, marks=True, paper=0.1, glue=0.5, inks="all", profile=""
    )


def test_an_edition_says_anew_what_it_has_otherwise():
    settings, findings = read(
        """[press]
bleed = "5mm"
paper = "offset-80"
marks = false
spine-text = false
[editions.zh-Hans]
[editions.zh-Hant-TW]
formats = ["press"]
[editions.zh-Hant-TW.press]
paper = "0.12mm"
inks = "black"
"""
    )
    assert not findings
    first, second = (edition.press for edition in settings.editions)
    assert first == Press(bleed=5.0, marks=False, paper=0.104, spine_text=False)
    assert second == Press(bleed=5.0, marks=False, paper=0.12, inks="black", spine_text=False)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('paper = "newsprint"', "“newsprint” is not a paper's thickness. Write it in millimetres, “0.1mm”"),
        ('paper = "0mm"', "“0mm” is not a paper's thickness."),
        ('bleed = "wide"', "“wide” is not a length. Write it in millimetres: “3mm”."),
        ('bleed = "26mm"', "A bleed of 26 mm is more than any printer asks for. Usual are 3 to 5 mm."),
        ('inks = "gold"', "inks"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(line, message):
    _, findings = read(f"[press]\n{line}\n")
    assert len(findings) == 1
    assert findings[0].startswith("book.toml:5:")
    assert message in findings[0]


def test_the_cover_is_not_asked_for_by_name():
    _, findings = read('[editions.zh-Hans]\nformats = ["cover"]\n')
    assert len(findings) == 1
    assert "formats" in findings[0]


@pytest.mark.parametrize(("pages", "spine"), [(1, 0.6), (2, 0.6), (37, 2.4), (200, 10.5)])
def test_the_spine_is_as_thick_as_the_leaves_and_the_glue(pages, spine):
    assert Press().spine(pages) == spine


@pytest.mark.parametrize("where", ['identifier = "{}"\n', '[editions.zh-Hans]\nidentifier = "{}"\n'])
def test_a_mistyped_isbn_is_told_with_its_place(where):
    _, findings = read(where.format("urn:isbn:978-7-115-44802-6"))
    # It is right, but serves two formats.
    assert [": warning: One ISBN serves EPUB and PDF" in str(each) for each in findings] == [True]
    _, findings = read(where.format("urn:isbn:978-7-115-44803-6"))
    line = 4 if where.startswith("id") else 5
    assert len(findings) == 1
    assert findings[0].startswith(f"book.toml:{line}:")
    assert "is mistyped: its check digit would be 3, not 6. Copy it again" in findings[0]
