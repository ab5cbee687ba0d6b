"""Lines that are drawn in one pass: the file has the bytes that it has where each glyph goes through all three."""

from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter

from keben.core.columns import for_columns
from keben.core.composition import Composition
from keben.core.paper import TypeArea
from keben.typeset import typeset
from keben.typeset.weasy import atonce, glyphs

TEXTS = (
    "他说：“我的头发长了，‘后来’才剪。”——《老子》……（见第三章）！？" * 4,
    "前…⋯中～〜又—―末。前⋯…中〜～又―—末。" * 2,
    "，，，，。。。。！！！！？？？？“”“”" * 4,
    "混排 Latin words, 12345 和 <em>斜体</em>，见 https://example.org/a/b 与 <code>code()</code>。" * 3,
    "<ruby>霾<rt>mái</rt></ruby>的天气，<ruby>漢字<rt>ㄏㄢˋ ㄗˋ</rt></ruby>。" * 4,
    "一‧二·三•四 a\u0301e\u0300 葛\U000e0100 ﾊﾝ ｶｸ\u3000全角",
    "A word-hyphenated internationalization of understanding and extraordinary circumstances " * 3,
    "<u>下划线的文字</u>和<s>删除的文字</s>，以及<sup>2</sup>。" * 4,
    "希伯来文 שלום עולם 在中间，阿拉伯文 سلام 也在。" * 2,
    "缺字 \U0001f600 与 \u0b85 之后。",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS) + "<h2>小标题：“引号”</h2>" + f"<p>{TEXTS[0]}</p>"


def composed(language: str, *, vertical: bool) -> Composition:
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter(BODY), language=language, styles=styles)
    if not vertical:
        return composition
    edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16))
    return for_columns(replace(composition, edition=edition))


@pytest.mark.parametrize(("language", "vertical"), [("zh-Hans-CN", False), ("zh-Hant-TW", True)])
def test_the_bytes_are_those_of_the_long_way(
    language: str, vertical: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    draw = atonce.LineDrawer.draw
    composition = composed(language, vertical=vertical)
    with monkeypatch.context() as patched:
        patched.setattr(
            atonce.LineDrawer, "draw", lambda *given: drawn.append(draw(*given)) or drawn[-1], raising=True
        )
        at_once = typeset(composition).data
    assert drawn.count(True) > 20
    assert drawn.count(False) > 3
    monkeypatch.setattr(atonce.LineDrawer, "draw", lambda *_: False)
    monkeypatch.delattr(glyphs.SpacedLayout, "setup")
    assert typeset(composition).data == at_once
