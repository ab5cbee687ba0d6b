"""Whether another machine makes the same bytes, and what differs where it does not."""

from dataclasses import replace

import pytest
from samples import sample_edition

from keben.build import likeness as module
from keben.build.likeness import Fonts, Likeness, differences, likeness, require_fonts
from keben.core.errors import MachineError

SERIF = ("Serif.ttc", 0, ("Serif",), 100)
SANS = ("Sans.ttc", 0, ("Sans",), 200)
OURS = Likeness({"keben": ("1.0", "a"), "pango": ("1.50", ""), "lxml": ("6", "b")}, frozenset((SERIF, SANS)))


@pytest.mark.parametrize(
    ("tools", "fonts", "said"),
    [
        ({}, OURS.fonts, ""),
        ({"pango": ("1.52", "")}, OURS.fonts, "pango is 1.52 there and 1.50 here"),
        ({"keben": ("1.0", "z")}, OURS.fonts, "keben 1.0 has other files there"),
        ({"lxml": None}, OURS.fonts, "lxml is only here"),
        ({"zlib": ("1.3", "")}, OURS.fonts, "zlib is only there"),
        ({}, frozenset((SERIF,)), "the font Sans.ttc is only here"),
        ({}, OURS.fonts | {("Other.ttf", 0, ("Other",), 1)}, "the font Other.ttf is only there"),
        ({}, frozenset((SERIF, (*SANS[:3], 201))), "the font Sans.ttc is another one there"),
        (
            {"lxml": ("7", "c"), "keben": ("2.0", "z"), "pango": ("2", "")},
            frozenset(),
            "keben is 2.0 there and 1.0 here, lxml is 7 there and 6 here, pango is 2 there and 1.50 here, and 2 more",
        ),
    ],
)
def test_what_differs_is_named(tools, fonts, said):
    theirs = {name: each for name, each in {**OURS.tools, **tools}.items() if each}
    assert differences(OURS, Likeness(theirs, fonts)) == said


def test_a_machine_is_like_itself_and_is_known_by_its_tools_and_fonts():
    ours = likeness()
    assert differences(ours, likeness()) == ""
    assert {"keben", "weasyprint", "python", "pango"} <= ours.tools.keys()
    assert any(str(face[0]).startswith("NotoSerifCJK") for face in ours.fonts)
    assert differences(ours, replace(ours, fonts=frozenset())) != ""


def test_a_machine_without_fonts_has_none(monkeypatch):
    def none():
        raise MachineError.at("fonts", "no-fontconfig", "There is none.")

    monkeypatch.setattr("keben.typeset.fonts.fontmarks.face_marks", none)
    assert module.likeness().fonts == frozenset()


def test_the_contents_of_an_edition_s_fonts_must_be_the_same(monkeypatch):
    there = ((("Serif.ttc", "b"), ("Same.ttf", "c")), (SERIF,))
    monkeypatch.setattr("keben.typeset.fonts.fontmarks.font_marks", lambda *_: there)
    edition = sample_edition()
    require_fonts(edition, Fonts((), there), None)
    ours = Fonts((), ((("Serif.ttc", "a"), ("Same.ttf", "c")), (SERIF,)))
    with pytest.raises(MachineError) as caught:
        require_fonts(edition, ours, None)
    assert str(caught.value).startswith(
        f"a worker: This worker would not make the same files: the fonts of {edition.name} are not the same: Serif.ttc."
    )
