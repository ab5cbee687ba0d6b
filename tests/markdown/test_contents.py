"""Raw HTML whose elements hold too much, too little, or the right things out of order."""

import pytest
from manuscripts import html, wrong

ROW = "<tr><td>甲</td></tr>"


@pytest.mark.parametrize(
    ("parts", "ordered"),
    [
        (f"<tfoot>{ROW}</tfoot><tbody>{ROW}</tbody>", f"<tbody>{ROW}</tbody><tfoot>{ROW}</tfoot>"),
        (f"{ROW}<caption>题</caption>", f"<caption>题</caption>{ROW}"),
        (f"{ROW}\n<thead>{ROW}</thead>\n", f"<thead>{ROW}</thead>{ROW}"),
        (f"{ROW}<colgroup><col/></colgroup>", f"<colgroup><col/></colgroup>{ROW}"),
        (
            f"{ROW}<tbody>{ROW}{ROW}</tbody>{ROW}{ROW}",
            f"<tbody>{ROW}</tbody><tbody>{ROW}{ROW}</tbody><tbody>{ROW}{ROW}</tbody>",
        ),
    ],
)
def test_the_parts_of_a_table_are_put_in_their_order(parts, ordered):
    assert html(f"<table>{parts}</table>") == f"<table>{ordered}</table>"


@pytest.mark.parametrize(
    "text",
    [
        "<figure>\n<p>甲</p>\n<figcaption>题</figcaption>\n</figure>",
        "<figure><figcaption>题</figcaption><p>甲</p></figure>",
        "<figure><p>甲</p></figure>",
        f"<table><caption>题</caption><thead>{ROW}</thead><tbody>{ROW}</tbody><tbody>{ROW}</tbody></table>",
        "<dl>\n<dt>甲</dt><dt>乙</dt>\n<dd>丙</dd><dd>丁</dd><dt>戊</dt><dd>己</dd></dl>",
        "字<ruby>明<rt>míng</rt>日<rt>rì</rt></ruby>",
        "字<ruby>明<rp>(</rp><rt>míng</rt><rp>)</rp>日<rp>(</rp><rt>rì</rt><rp>)</rp></ruby>",
        '字<bdo dir="rtl">甲</bdo><dfn>乙</dfn>',
    ],
)
def test_what_is_complete_and_in_order_is_taken(text):
    assert wrong(text) == []


CAPTION = "A <figure> has one <figcaption>, at its beginning or at its end. Put it there."
TABLE = (
    "A <table> has one <caption>, one <thead> and one <tfoot>. "
    "Take the others out, or put their rows into <tbody>."
)
LIST = "A <dl> has first a <dt>, and after the last <dt> a <dd>. Write what is missing."
RUBY = (
    "In a <ruby> each <rt> follows its characters, and nothing follows the last one. "
    "Put other text outside of <ruby>."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<figure><p>甲</p><figcaption>题</figcaption><p>乙</p></figure>", CAPTION),
        ("<figure><figcaption>题</figcaption><p>甲</p><figcaption>题</figcaption></figure>", CAPTION),
        (f"<table><caption>题</caption><caption>题</caption>{ROW}</table>", TABLE),
        (f"<table><thead>{ROW}</thead><thead>{ROW}</thead>{ROW}</table>", TABLE),
        (f"<table>{ROW}<tfoot>{ROW}</tfoot><tfoot>{ROW}</tfoot></table>", TABLE),
        ("<dl><dt>甲</dt></dl>", LIST),
        ("<dl><dd>甲</dd></dl>", LIST),
        ("<dl><dt>甲</dt><dd>乙</dd><dt>丙</dt></dl>", LIST),
        ("字<ruby>明</ruby>", RUBY),
        ("字<ruby><rt>míng</rt>明</ruby>", RUBY),
        ("字<ruby>明<rt>míng</rt>日</ruby>", RUBY),
        ("字<ruby>明<rp>(</rp></ruby>", RUBY),
        (
            "字<ruby>明<rp><b>(</b></rp><rt>míng</rt><rp>)</rp></ruby>",
            "An <rp> holds a bracket alone. Take the markup in it out.",
        ),
        ("<dfn>甲<em><dfn>乙</dfn></em></dfn>", "<dfn> cannot stand in <dfn>. Take one of them out."),
        (
            f"<table><caption><table>{ROW}</table></caption>{ROW}</table>",
            "<table> cannot stand in <caption>. Take one of them out.",
        ),
        ("字<bdo>甲</bdo>", '<bdo> says no direction. Write dir="rtl" in it.'),
        (
            '<ul><li value="3">甲</li></ul>',
            "An item of a list without numbers has no value. Take it out, or write <ol> for <ul>.",
        ),
    ],
)
def test_what_no_reader_could_be_sure_of_is_named(text, message):
    (finding,) = wrong(text)
    assert message in finding
