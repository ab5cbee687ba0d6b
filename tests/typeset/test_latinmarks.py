"""Which apostrophes and quotation marks are those of Latin text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.markup import Element, element, text_of
from keben.typeset.latinmarks import LATIN_MARK, with_latin_marks


def marked(*children):
    """The text of a paragraph with what was found between < and >."""

    def shown(node):
        inside = "".join(child if isinstance(child, str) else shown(child) for child in node.children)
        return f"<{inside}>" if LATIN_MARK in node.classes else inside

    return shown(with_latin_marks(element("section", None, element("p", None, *children))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s O’Neil’s.", "It<’>s O<’>Neil<’>s."),
        ("他说It’s好", "他说It<’>s好"),
        ("He said “yes” twice.", "He said <“>yes<”> twice."),
        ("“Hello,” he said, “it’s 3.5 o’clock.”", "<“>Hello,<”> he said, <“>it<’>s 3.5 o<’>clock.<”>"),
        ("the authors’ book", "the authors<’> book"),
        ("a “b ‘c’” d", "a <“>b <‘>c<’”> d"),
        ("such as “How?”, or “Who?” are", "such as <“>How?<”>, or <“>Who?<”> are"),
        # Chinese ones: round Latin words in Chinese text, round Chinese words, and what cannot be reported.
        ("这叫“hello world”程序", "这叫“hello world”程序"),
        ("他说：“It’s fine.”", "他说：“It<’>s fine.”"),
        ("“Hello，”他说", "“Hello，”他说"),
        ("the word “你好” means", "the word “你好” means"),
        ("“3.5”", "“3.5”"),
        ("“", "“"),
        ("”“’‘", "”“’‘"),
        ("字’s", "字’s"),
        ("一’ a", "一’ a"),
    ],
)
def test_marks_of_latin_text_are_told_by_what_surrounds_them(text, expected):
    assert marked(text) == expected


def test_markup_is_no_border_and_a_block_is():
    assert marked("It", element("em", None, "’s")) == "It<’>s"
    assert marked("a ", element("b", None, "“b”"), " c") == "a <“>b<”> c"
    assert marked("see “", element("code", None, "f"), " here”") == "see <“>f here<”>"
    items = element("ul", None, element("li", None, "“yes”"), element("li", None, "是"))
    assert text_of(with_latin_marks(items)) == "“yes”是"
    assert LATIN_MARK in repr(with_latin_marks(items))
    assert marked("code ", element("code", None, "It’s “x”"), " end") == "code It’s “x” end"


def spans(node):
    own = [node] if LATIN_MARK in node.classes else []
    return own + [found for child in node.children if isinstance(child, Element) for found in spans(child)]


@given(st.lists(st.text("ab字。“”‘’ 1\n", max_size=12), max_size=6))
def test_text_stays_and_spans_hold_marks_alone(texts):
    children = [
        text if at % 2 else element("em" if at % 4 else "code", None, text) for at, text in enumerate(texts)
    ]
    root = element("section", None, element("p", None, *children))
    made = with_latin_marks(root)
    assert text_of(made) == text_of(root)
    assert all(set(text_of(span)) <= set("“”‘’") for span in spans(made))
