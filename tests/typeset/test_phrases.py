"""Right-to-left phrases that markup cuts up, and blocks of nothing else."""

from keben.core.markup import Element, parse, text_of, walk
from keben.typeset.phrases import LEFTWARD, TURNED, with_parted_phrases


def parted(body: str) -> tuple[Element, list[str]]:
    root = with_parted_phrases(parse(f"<div>{body}</div>"))
    return root, [text_of(node) for node in walk(root) if TURNED in node.classes]


def test_only_what_markup_cuts_up_is_parted() -> None:
    assert parted("<p>甲אב גד乙</p>")[1] == []
    assert parted("<p>甲<em>אב</em>乙</p>")[1] == []
    assert parted("<p>甲<em>אב</em> גד乙</p>")[1] == ["אב", " גד"]
    assert parted("<p>甲<a href='#a'>א<em>ב</em></a>乙，גד</p>")[1] == ["א", "ב"]
    assert parted("<p>甲אב</p><p>גד乙</p>")[1] == []
    root, _ = parted("<p>甲<em>אב</em> גד乙</p>")
    assert text_of(root) == "甲אב גד乙"


def test_a_block_of_nothing_else_runs_leftward() -> None:
    root, _ = parted("<p>אבג 12.</p><p>甲אבג</p><p>汉字</p><table><tr><td>שלום</td><td>a</td></tr></table>")
    assert [text_of(node) for node in walk(root) if LEFTWARD in node.classes] == ["אבג 12.", "שלום"]
