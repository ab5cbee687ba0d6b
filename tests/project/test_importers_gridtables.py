import pytest
from folders import write
from manuscripts import generous

from keben.core.markup import serialize
from keben.project.importers import import_book
from keben.project.importers.gridtables import with_grid_tables

TABLES = {
    """\
+------+--------+
| 名   | 值     |
+======+:======:+
| 甲   | 一段   |
|      | 话。   |
+------+--------+
| a|b  | x      |
|      |        |
|      | y      |
+------+--------+
""": "| 名 | 值 |\n| --- | :---: |\n| 甲 | 一段话。 |\n| a\\|b | x<br>y |",
    """\
+-----+-----+
| 甲  | 乙  |
+-----+-----+
""": "|  |  |\n| --- | --- |\n| 甲 | 乙 |",
    """\
+-----------+
| 题        |
+===========+
| - 一      |
|   续      |
| - 二      |
|           |
| 1. 三     |
+-----------+
""": "| 题 |\n| --- |\n| • 一续<br>• 二<br>1. 三 |",
    # Letters that a font shows wider than they count.
    """\
+-------+-------+
| “甲”  | ……乙 |
+-------+-------+
""": "|  |  |\n| --- | --- |\n| “甲” | ……乙 |",
}
LEFT = [
    "+-----+-----+\n| a         |\n+-----+-----+\n| b   | c   |\n+-----+-----+",
    "+-----+\n| ``` |\n| x   |\n| ``` |\n+-----+",
    "+-----+-----+\n| a   | b   |",
    "```\n+-----+\n| a   |\n+-----+\n```",
    "a\n+-----+\n| a   |\n+-----+",
    "1 +-2\n",
]


@pytest.mark.parametrize("text", TABLES)
def test_tables_that_are_drawn_have_pipes(text):
    lines = text.rstrip("\n").split("\n")
    made = with_grid_tables(lines)
    assert len(made) == len(lines)
    assert "\n".join(made).rstrip("\n") == TABLES[text]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_more_than_such_a_table_stays(text):
    assert with_grid_tables(text.split("\n")) == text.split("\n")


def test_it_is_a_table_of_the_book(tmp_path):
    text = "# 甲\n\n" + next(iter(TABLES)) + "\n: 题 {#tbl-a}\n"
    draft = import_book(write(tmp_path / "book1", {"a.md": text}))
    book, findings = generous(draft.files["book/chapters/01.md"].decode())
    assert findings == []
    assert '<td class="center">x<br/>y</td>' in serialize(book.chapters[0].body)
