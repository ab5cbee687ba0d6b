"""Lines that are one text: the file has the bytes that it has where WeasyPrint makes the line around the text."""

import pytest
from books import STYLES, book, chapter

from keben.typeset import typeset
from keben.typeset.weasy import textlines

BODY = (
    "<p>" + "他说：“我的头发长了，‘后来’才剪。”" * 9 + "</p>"
    "<blockquote><p>" + "千里之行，始于足下。" * 7 + "</p></blockquote>"
    '<p class="far">' + "远处有人。" * 12 + "</p>"
    "<ul><li>" + "项目之一，" * 14 + "</li></ul>"
    "<p>前<em>中</em>后" + "混排文字，" * 12 + "</p>"
    "<table><tr><td>" + "格子里的文字。" * 6 + "</td><td>乙</td></tr></table>"
    "<p>An internationalization of "
    + "extraordinary circumstances and understanding " * 6
    + "</p>"
    + ("<p>" + "下一页的文字，还有很多。" * 20 + "</p>") * 8
)
RULES = """
.far { position: relative; top: 1pt; box-decoration-break: clone; line-height: 2 }
li { line-height: normal; padding: 2pt }
td { font-size: 8pt }
"""


def test_the_bytes_are_those_of_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    composition = book(chapter(BODY), styles=STYLES | {"print.css": STYLES["print.css"] + RULES})
    made: list[object] = []
    line = textlines.TextLines.line
    with monkeypatch.context() as patched:
        patched.setattr(textlines.TextLines, "line", lambda *given: made.append(line(*given)) or made[-1])
        at_once = typeset(composition)
    assert len(made) > 60
    monkeypatch.setattr(textlines.TextLines, "only", lambda *_: None)
    assert typeset(composition).data == at_once.data
