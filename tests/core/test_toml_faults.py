"""Slips in TOML texts, as `load_toml` tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.characters import ADVICE
from keben.core.toml.loading import load_toml


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("title = 我的小说\n", '1:9 the text “我的小说” has no quotation marks. Put it between straight quotes: "我的小说".'),
        ("title = “我的”\n", '1:9 “ is not a straight quotation mark. Put it between straight quotes: "我的".'),
        ("title = 「我」\n", '1:9 「 is not a straight quotation mark. Put it between straight quotes: "我".'),
        ("title = ‘我’\n", '1:9 ‘ is not a straight quotation mark. Put it between straight quotes: "我".'),
        ("a = ['x', ＂我＂]\n", '1:11 ＂ is not a straight quotation mark. Put it between straight quotes: "我".'),
        ('title ＝ "x"\n', "1:7 “＝” is not a sign of TOML. Write the sign “=” in its place."),
        ('title："x"\n', "1:6 “：” is not a sign of TOML. Write the sign “=” in its place."),
        ("［book］\n", "1:1 “［” is not a sign of TOML. Write the sign “[” in its place."),
        ("\n【book】\n", "2:1 “【” is not a sign of TOML. Write the sign “[” in its place."),
        ('a = ["甲"，"乙"]\n', "1:9 “，” is not a sign of TOML. Write the sign “,” in its place."),
        ('a = ["甲" "乙"]\n', "1:10 a comma is missing in this list. Put one before what begins here."),
        ("＃ 注\n", "1:1 “＃” is not a sign of TOML. Write the sign “#” in its place."),
        ("\u3000a = 1\n", "1:1 this is not an ordinary space (U+3000). Put a space of the keyboard, or nothing."),
        ("a = 1\u00a0\n", "1:6 this is not an ordinary space (U+00A0). Put a space of the keyboard, or nothing."),
        ('title = "我\nb = 1\n', '1:9 the quotation mark here is never closed. Put a straight " at the end of the text.'),
        ('title = "我”\n', '1:9 this text begins with " and is closed by ”. Close it with a straight ".'),
        ('a = """x\nb = 1\n', '1:5 this text is never closed. Close it with """.'),
        ("a = 'x\nb = 1\n", "1:5 the quotation mark here is never closed. Put a straight ' at the end of the text."),
        ("a = [\n'x'\n\n[b]\n", "1:5 this list is never closed. Close it with “]”."),
        ("[book\n", "1:6 the heading of this table is never closed. Close it with “]”."),
        ("书名 = 'x'\n", "1:1 “书名” cannot be a key. Keys are English words, as docs/book-toml.md lists them."),
        ("a = 1\na = 2\n", "2:1 `a` is given twice. Take one of the two out."),
        ("[a]\n[a]\n", "2:1 [a] stands here a second time. Put the keys of both under one heading."),
        ("d = 2026-02-30\n", "1:5 “2026-02-30” is not a day of the calendar. Write 2026-01-01, or “2026-01” or “2026” in quotes."),
        ("d = 2026-1-1 # x\n", '1:5 the text “2026-1-1” has no quotation marks. Put it between straight quotes: "2026-1-1".'),
        ("d = 2026-13-27\n", "1:5 “2026-13-27” is not a day of the calendar. Write 2026-01-01, or “2026-01” or “2026” in quotes."),
        ('a = ["x"] b = 1\n', "1:11 there is more after the end of this list. Each key stands in a line of its own."),
        ("d = 32开\n", '1:5 the text “32开” has no quotation marks. Put it between straight quotes: "32开".'),
        ("x = True\n", "1:5 “True” is not a value. Write true, in small letters."),
        ("a =\n", "1:4 a value is missing here. Write it after the sign “=”."),
        ('p = "C:\\书"\n', "1:10 a backslash begins an escape, and this is not one. Write two backslashes, or a slash in a path."),
        ('a = "说"好""\n', "1:8 there is more after the end of this text. Inside a text write “…” for quotation marks; each key stands in a line of its own."),
        ("a = 1\x00\n", "1:6 U+0000 is a control character. Take it out, or write what it stands for."),
        ("a = \u00ad1\n", "1:5 an invisible character stands here (U+00AD). Take it out."),
        ("\na = 1" + "0" * 5000, "2:5 this number has too many digits. Shorten it."),
        ("a = " + "[" * 3000, "1:1 lists or tables stand in one another too many times. Write them flat."),
        ("a = " + "{b=" * 3000, "1:1 lists or tables stand in one another too many times. Write them flat."),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place_and_its_cure(text, reported):
    values, _, (finding,) = load_toml(text, "b")
    assert values is None
    place = f"{finding.place.line}:{finding.place.column}"
    assert f"{place} {finding.message.removeprefix('This is not valid TOML: ')} {finding.advice}" == reported


def test_places_count_from_where_the_text_stands_in_its_file():
    assert load_toml("a = “x”\n", "b", 3)[2][0].place.line == 3
    values, locate, _ = load_toml("a = 1\n", "b", 3)
    assert (values, locate(("a",)).line) == ({"a": 1}, 3)


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("\\u0001", "U+0001 is a control character."),
        ("\\u202e", "U+202E is a bidirectional override."),
        ("\\ufdd0", "U+FDD0 is a noncharacter."),
    ],
)
def test_what_no_book_can_hold_is_told_wherever_it_stands(value, reported):
    for text in (f'a = "x{value}"', f'[t]\na = ["", "{value}"]', f'a = {{ "{value}" = 1 }}'):
        values, _, findings = load_toml(text, "b")
        assert values is None
        (finding,) = findings
        assert (finding.message, finding.advice) == (reported, ADVICE)


_SIGNS = st.text("ab=\"'[]{}.,#\n\t 1-“”＝［］，：我\\\0", max_size=30)


@given(_SIGNS)
def test_any_text_is_read_or_told_with_a_place_in_it(text):
    values, _, findings = load_toml(text, "b")
    assert (values is None) == bool(findings)
    for finding in findings:
        assert 1 <= finding.place.line <= text.count("\n") + 1
        assert finding.place.column >= 1
        assert len(str(finding)) < 400


@pytest.mark.parametrize("depth", [450, 3000])
@pytest.mark.parametrize("form", ["x = {}1{}", "x = {{a={}1{}}}", "{}x{} = 1", "[{}x{}]"])
def test_tables_in_tables_without_end_are_read_or_reported(depth, form):
    opened, closed = ("a." * depth, "") if "x = " not in form else ("[" * depth, "]" * depth)
    if "{{" in form:
        opened, closed = "{a=" * depth, "}" * depth
    values, locate, findings = load_toml(form.format(opened, closed), "b")
    assert (values is None) == bool(findings)
    assert locate(("x", 0)).path == "b"
    if depth == 3000:
        assert [finding.code for finding in findings] == ["toml-syntax"]
