import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize
from keben.markdown.loosestars import loose_pairs
from keben.markdown.passages import prose_of

CASES = {
    "** 粗 **": "<strong>粗</strong>",
    "**标题： **说明": "<strong>标题：</strong>说明",
    "** 甲**乙**丙 **丁": "<strong>甲</strong>乙<strong>丙</strong>丁",
    "**　粗**": "<strong>粗</strong>",
    "**粗**与** 又粗 **": "<strong>粗</strong>与<strong>又粗</strong>",
    "** *斜*粗 **": "<strong><em>斜</em>粗</strong>",
    # What is no Chinese, or does not pair up, stays.
    "2 ** 3 ** 4": "2 ** 3 ** 4",
    "** 粗": "** 粗",
    "`** 粗 **`": "<code>** 粗 **</code>",
    r"\** 粗 **": "** 粗 **",
    "*** 粗 ***": "*** 粗 ***",
    "**a ** 与 **粗 **": "**a ** 与 **粗 **",
}


@pytest.mark.parametrize("text", CASES)
def test_strong_text_with_spaces_inside_its_stars(text):
    book, _ = generous(f"# 题\n\n字{text}字")
    assert serialize(book.chapters[0].body) == f"<p>字{CASES[text]}字</p>"


def test_such_text_in_items_cells_and_headings():
    book, findings = generous("# 题\n\n## ** 一 **\n\n- **标题： **说明\n\n| ** 甲 ** |\n|---|\n| 乙 |\n")
    text = serialize(book.chapters[0].body)
    assert "><strong>一</strong></h2>" in text
    assert "<strong>标题：</strong>说明" in text
    assert "<strong>甲</strong>" in text
    assert findings == []


def test_where_the_pairs_stand():
    assert loose_pairs("甲** 乙 **") == {1: True, 6: False}
    assert loose_pairs("甲**乙**") == {}


def test_a_strict_reader_prints_the_stars():
    book, _ = parse_texts("# 题\n\n** 粗 **", reader="strict")
    assert serialize(book.chapters[0].body) == "<p>** 粗 **</p>"


def test_what_corrects_a_manuscript_knows_where_such_text_stands():
    source = "# 题\n\n- ** 标题, **说\n"
    (block,) = [each for each in prose_of(source).passages if each.kind == "item"]
    at = block.text.index(",")
    assert source[block.offset(at)] == ","
