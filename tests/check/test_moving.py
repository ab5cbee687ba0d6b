"""Of lines that run from right to left the characters are counted, block by block."""

from keben.check.expected import ExpectedBlock, ExpectedPiece, ExpectedText
from keben.check.matching import align
from keben.check.moving import ComparedText, Moved, settle
from keben.check.reading import Reading
from keben.core.errors import Place


def left(wanted: list[str], found: list[str]) -> list[str]:
    """What is still expected of some paragraphs after what only stands in another order is taken out."""
    blocks = [ExpectedBlock(Place("one.md", number), "p") for number in range(len(wanted))]
    text = ExpectedText(
        blocks, [ExpectedPiece(each, number, optional=False) for number, each in enumerate(wanted)]
    )
    there = "".join(found)
    part = ComparedText(text, wanted, align(wanted, [False] * len(wanted), there), there)
    settled = settle([part], Moved(), "", Reading(), "a.pdf")
    return [each.expected for alignment in settled.alignments for each in alignment.differences]


def test_another_order_is_no_loss() -> None:
    assert left(["甲甲甲ב,-丙丙", "乙乙乙א\u2011=丁丁"], ["甲甲甲-,ב丙丙", "乙乙乙=\u2010א丁丁"]) == []


def test_a_block_at_fault_does_not_blame_its_neighbour() -> None:
    assert left(["甲甲甲ב,-乙乙乙", "丙丙丙א+丁丁丁"], ["甲甲甲-,ב乙乙乙", "丙丙丙א丁丁丁"]) == ["+"]
