"""A tree put into another is the tree that a parser would have made of both."""

from hypothesis import given
from hypothesis import strategies as st

from keben.compose.placed import placed
from keben.core.markup import Element, MarkupError, parse, serialize

MARK = "\ufdd0"
TEXTS = st.text(st.sampled_from("文a<&>\"' \n\t\r\x0c"), max_size=4)
NAMES = st.sampled_from(["p", "b", "br", "epub:type", "data-line", "@x"])
ELEMENTS = st.recursive(
    st.builds(Element, NAMES, st.dictionaries(NAMES, TEXTS, max_size=2), st.just(()), st.integers(0, 3)),
    lambda inner: st.builds(
        Element,
        NAMES,
        st.dictionaries(NAMES, TEXTS, max_size=1),
        st.lists(inner | TEXTS, max_size=3).map(tuple),
        st.integers(0, 3),
    ),
    max_leaves=6,
)


@given(st.lists(ELEMENTS | TEXTS, max_size=4))
def test_nodes_stand_in_a_tree_as_they_would_when_written_and_read(nodes):
    around = parse(f"<div>前<p>{MARK}</p>后</div>")
    try:
        expected = parse(f"<div>前<p>{serialize(nodes, lines=True)}</p>后</div>")
    except MarkupError:
        expected = None
    assert placed(around, MARK, nodes) in (expected, None)


def test_nodes_that_can_be_written_are_put_in():
    around = parse(f"<div>前<p>a{MARK}b</p>后</div>")
    made = placed(around, MARK, ("文", Element("b", {"class": "x"}, ("又",), 7), "的"))
    assert made == parse('<div>前<p>a文<b class="x" data-line="7">又</b>的b</p>后</div>')
