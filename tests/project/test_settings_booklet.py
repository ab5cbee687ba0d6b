"""[booklet] in book.toml."""

import pytest

from keben.core.binding import Booklet
from keben.project.settings import read_settings

BOOK = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'


def read(text):
    settings, findings = read_settings(text, "book.toml")
    return settings, [str(finding) for finding in findings]


def booklet(lines):
    """What ``[booklet]`` of these lines says."""
    settings, found = read(f"{BOOK}[booklet]\n{lines}\n")
    assert found == []
    return settings.editions[0].booklet


def test_left_out_it_is_as_usual():
    settings, found = read(BOOK)
    assert found == []
    assert settings.editions[0].booklet == Booklet()
    # A table changes what it says, and nothing else: the binding is the PDF's own unless it is named.
    assert booklet("") == Booklet(binding=None)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('sheet = "A4"', Booklet(210, 297)),
        ('sheet = "b5"', Booklet(176, 250)),
        ('sheet = "210mm 30cm"', Booklet(210, 300)),
        ("up = 4", Booklet(up=4)),
        ("signature = 8", Booklet(signature=8)),
        ("signature = 0", Booklet(signature=0)),
        ('binding = "left"', Booklet(binding="left")),
        ('duplex = "long-edge"', Booklet(duplex="long-edge")),
        ('blanks = "before-last"', Booklet(blanks="before-last")),
        ("cover = true", Booklet(cover=True)),
        ('creep = "0.05mm"', Booklet(creep=0.05)),
        ('gutter = "1cm"', Booklet(gutter=10.0)),
        ("marks = false", Booklet(marks=False)),
    ],
)
def test_each_key_is_said(lines, said):
    assert booklet(lines) == said


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        ("up = 3", ["book.toml:5:1: `booklet.up` cannot be 3. Use 0, 2, 4 or 8."]),
        ("signature = -4", ["book.toml:5:1: `booklet.signature` "]),
        (
            'sheet = "0mm 10mm"\ncreep = "-1mm"\ngutter = "wide"',
            [
                "book.toml:5:1: “0mm 10mm” is not a sheet's size.",
                "book.toml:6:1: “-1mm” is not a length. Write it in millimetres: “0.1mm”.",
                "book.toml:7:1: “wide” is not a length.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(lines, messages):
    _, found = read(f"{BOOK}[booklet]\n{lines}\n")
    assert len(found) == len(messages)
    for one, message in zip(sorted(found), messages, strict=True):
        assert one.startswith(message)


BOOKLET = """[booklet]
sheet = "320mm 450mm"
signature = 16
creep = "0.1mm"
[editions.zh-Hant-TW]
[editions.zh-Hant-TW.booklet]
sheet = "a3"
binding = "right"
cover = true
[book]
title = "书"
language = "zh-Hans"
[editions.zh-Hans]
formats = ["booklet"]
"""


def test_an_edition_says_anew_what_its_booklet_has_otherwise():
    settings, found = read(BOOKLET)
    assert found == []
    taiwan, hans = settings.editions
    assert hans.formats == ("booklet",)
    assert hans.booklet == Booklet(width=320, height=450, signature=16, creep=0.1)
    assert taiwan.booklet == Booklet(297, 420, signature=16, creep=0.1, binding="right", cover=True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"320mm 450mm"', '"huge"', "2:1: “huge” is not a sheet's size. Use one of A3, A4, A5, A6, "),
        ("16", "10", "3:1: A signature cannot have 10 pages: a folded sheet has 4, 8 or 16. Use a multiple of 4, or 0 "),
        ('"0.1mm"', '"thin"', "4:1: “thin” is not a length. Write it in millimetres: “0.1mm”."),
        ('"a3"', '"a0"', "7:1: “a0” is not a sheet's size. "),
        ('"right"', '"top"', "8:1: `editions.zh-Hant-TW.booklet.binding` cannot be 'top'. Use 'left' or 'right'."),
        ("cover", "covers", "9:1: Unknown key `covers` in [editions.zh-Hant-TW.booklet]. Did you mean `cover`?"),
    ],
)  # fmt: skip
def test_mistakes_in_a_booklet_are_told_once_with_their_place(old, new, message):
    _, found = read(BOOKLET.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(f"book.toml:{message}")
