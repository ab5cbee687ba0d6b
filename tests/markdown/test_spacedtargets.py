import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize


def body(text):
    book, findings = generous(f"# 题\n\n{text}\n\n## 第 一 节")
    return serialize(book.chapters[0].body).partition("<h2")[0], findings


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("见[节](#第 一 节)", '<p>见<a href="#a-s1">节</a></p>'),
        ("[注](见 第三章)", "<p>[注](见 第三章)</p>"),
        ("[甲](乙 丙.md 丁)", "<p>[甲](乙 丙.md 丁)</p>"),
        (
            "![图](../images/dot.png =300x200)字",
            '<p><img src="images/dot.png" alt="图" style="width: 300px"/>字</p>',
        ),
        ("字![图](<../images/dot.png>)", '<p>字<img src="images/dot.png" alt="图"/></p>'),
    ],
)
def test_targets_with_spaces(text, made):
    assert body(text)[0] == made


def test_a_picture_with_spaces_in_its_name_is_looked_for():
    _, findings = body("字![图](../images/no 1.png)")
    assert "There is no picture “../images/no%201.png”" in findings[0]


def test_a_link_to_a_file_with_spaces():
    book, _ = generous("# 题\n\n见[甲](b c.md)。")
    assert "<p>见<" in serialize(book.chapters[0].body)


def test_a_strict_reader_takes_none():
    book, _ = parse_texts("# 题\n\n见[节](#第 一 节)", reader="strict")
    assert "[节](#第 一 节)" in serialize(book.chapters[0].body)
