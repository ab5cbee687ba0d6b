import pytest

from keben.project.importers.headings import headings_in


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("第二章  旧信", "第二章 旧信"),
        ("第三章 　尾声", "第三章　尾声"),
        ("第四章\t\t雨", "第四章 雨"),
        ("第五章　归来", "第五章　归来"),
    ],
)
def test_several_spaces_behind_a_chapter_s_number_become_one(line, text):
    ((heading,), _) = headings_in(["", line, "文。"])
    assert (heading.line, heading.text) == (2, text)
