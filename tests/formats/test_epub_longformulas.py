import pytest

from keben.core.markup import Element, parse
from keben.formats.epub.longformulas import with_frame


def formula(inside, display=""):
    return parse(f"<math{display}>{inside}</math>")


LONG = "<mi>a</mi><mo>+</mo>" * 8
WORDS = "<mtext>" + "字" * 9 + "</mtext>"
"""Nine ems."""


@pytest.mark.parametrize(
    ("inside", "is_framed"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", False),
        (LONG, True),
        (WORDS, True),
        (f"<msqrt>{LONG}</msqrt>", True),
        # What stands over one another is as wide as the widest of it.
        (f"<mfrac><mrow>{LONG}</mrow><mi>b</mi></mfrac>", True),
        ("<mfrac><mtext>五个字的分</mtext><mtext>五个字的母</mtext></mfrac>", False),
        ("<mrow><mtext>五个字的前</mtext><mtext>五个字的后</mtext></mrow>", True),
        ("<msup><mtext>五个字的底</mtext><mtext>四个字数</mtext></msup>", False),
    ],
)
def test_a_long_formula_in_a_line_has_a_frame_that_the_keyboard_reaches(inside, is_framed):
    node = formula(inside)
    found = with_frame(node)
    assert found == (
        Element("span", {"class": "long-formula", "tabindex": "0"}, (node,)) if is_framed else node
    )


def test_a_displayed_formula_has_its_frame_already():
    node = formula(LONG, ' display="block"')
    assert with_frame(node) == node
