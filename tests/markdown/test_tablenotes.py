"""parse at its door: notes below tables and figures."""

import pytest
from manuscripts import parse_texts

from keben.core.markup import serialize

TABLE = "| 年 | 数 |\n|---|---|\n| 1 | 2 |\n"
CAPTION = "\n: 户数\n"


def body(text):
    book, findings = parse_texts(f"# 题\n\n{text}", reader="generous")
    assert [str(finding) for finding in findings] == []
    return serialize(book.chapters[0].body)


@pytest.mark.parametrize(
    "note",
    [
        "资料来源：县志。",
        "數據來源：縣志",
        "注：不含客户。",
        "表註：缺一年。",
        "说明：见前。",
        "Source: county records.",
    ],
)
def test_a_source_or_a_note_below_a_table_is_the_table_s(note):
    assert body(f"{TABLE}{CAPTION}\n{note}\n\n正文。").endswith(
        f'</table><p class="table-note">{note}</p></figure><p>正文。</p>'
    )


def test_several_notes_and_one_that_its_class_names_are_the_table_s():
    text = body(f"{TABLE}{CAPTION}\n注：一。\n\n资料来源：二。\n\n{{.table-note}}\n三。\n\n注意：正文。")
    assert text.endswith(
        '<p class="table-note">注：一。</p><p class="table-note">资料来源：二。</p><p class="table-note">三。</p>'
        "</figure><p>注意：正文。</p>"
    )


def test_a_table_in_html_has_notes_too():
    text = body(
        '<figure class="table">\n<figcaption>\n\n户数\n\n</figcaption>\n<table>\n<tr><td>1</td></tr>\n</table>\n</figure>'
        "\n\n资料来源：县志。"
    )
    assert '<p class="table-note">资料来源：县志。</p>' in text and text.endswith("</figure>")


@pytest.mark.parametrize(
    "text",
    [
        # Neither without a caption, nor behind other text, nor what is long, nor what only begins alike.
        f"{TABLE}\n资料来源：县志。",
        f"{TABLE}{CAPTION}\n正文。\n\n资料来源：县志。",
        f"{TABLE}{CAPTION}\n说明：{'很长。' * 150}",
        f"{TABLE}{CAPTION}\n来源很多。",
        "资料来源：县志。",
    ],
)
def test_what_else_stands_below_a_table_is_text(text):
    assert "table-note" not in body(text)


FIGURE = '![人口](../images/dot.png "人口")\n'


def test_a_source_below_a_figure_stays_with_it():
    text = body(f"{FIGURE}\n资料来源：县志。\n\n注：不含客户。\n\n正文。")
    assert text.startswith('<figure class="noted"><figure class="figure"><img ')
    assert text.endswith(
        '</figure><p class="figure-note">资料来源：县志。</p><p class="figure-note">注：不含客户。</p></figure><p>正文。</p>'
    )


def test_a_figure_that_is_to_move_moves():
    assert '<figure class="noted float"><figure class="figure"><img' in body(
        '![人口](../images/dot.png "人口"){.float}\n\n资料来源：县志。'
    )


@pytest.mark.parametrize(
    "text",
    [
        "![人口](../images/dot.png)\n\n资料来源：县志。",
        f"{FIGURE}\n正文。\n\n资料来源：县志。",
        f"{FIGURE}\n来源很多。",
    ],
)
def test_what_else_stands_below_a_figure_is_text(text):
    assert "note" not in body(text)
