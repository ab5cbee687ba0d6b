"""Signatures at the right edge of a plain text."""

import pytest

from keben.project.importers.markup import block_markdown
from keben.project.importers.paragraphs import blocks_of
from keben.project.importers.signatures import signature_lines

DEEP = "\u3000" * 12
TEXT = "\u3000\u3000信就写到这里。"


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        ((TEXT, f"{DEEP}林一"), {1}),
        ((TEXT, f"{DEEP}林一", "", f"{DEEP}一九三五年三月", "", TEXT), {1, 2, 3}),
        ((TEXT, " " * 30 + "Lin Yi, 1935-3-2"), {1}),
        ((TEXT, f"{DEEP}林一", "***", TEXT), {1}),
        (("\u3000\u3000此致", "敬礼", f"{DEEP}林一", "", TEXT), {2}),
        # A title in the middle, a motto at the start, a paragraph, verse, and a sentence are none.
        ((TEXT, "", f"{DEEP}赤壁赋", "", TEXT), set()),
        ((f"{DEEP}林一", TEXT), set()),
        ((TEXT, "\u3000\u3000林一"), set()),
        ((TEXT, *(f"{DEEP}床前明月光",) * 4), set()),
        ((TEXT, f"{DEEP}他走了。"), set()),
        ((TEXT, f"{DEEP}（一）"), set()),
    ],
)
def test_a_signature_is_short_far_to_the_right_and_where_signatures_stand(lines, signed):
    assert signature_lines(lines) == signed


def test_a_signature_is_a_block_with_its_lines():
    blocks = blocks_of((TEXT, f"{DEEP}林一", f"{DEEP}于*北平*", TEXT, f"{DEEP}林二"), "lines")
    assert [block.kind for block in blocks] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "paragraph",
        "signature",
    ]
    blocks = blocks_of((TEXT, f"{DEEP}林一", f"{DEEP}于*北平*"), "lines")
    assert block_markdown(blocks[1]) == "{.signature}\n林一\\\n于\\*北平\\*"
