import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.markup import Element, MarkupError, element, parse, serialize, text_of, transform, walk

XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"), max_size=12
)
NAMES = st.sampled_from(["p", "em", "section", "svg", "a"])
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "class", "epub:type", "viewBox"]), XML_TEXT, max_size=3)
TREES = st.recursive(
    st.builds(element, NAMES, ATTRIBUTES),
    lambda inner: st.builds(
        lambda tag, attributes, children: Element(tag, attributes, tuple(children)),
        NAMES,
        ATTRIBUTES,
        st.lists(inner | XML_TEXT, max_size=4),
    ),
    max_leaves=8,
)


@given(TREES)
def test_what_is_written_reads_back(tree):
    text = serialize(tree)
    again = parse(f'<r xmlns:epub="x">{text}</r>').children[0]
    assert serialize(again) == text
    assert text_of(again) == text_of(tree)
    assert pickle.loads(pickle.dumps(tree)) == tree


def test_source_lines_travel_only_when_asked():
    tree = element("p", {}, "字", line=7)
    assert serialize(tree) == "<p>字</p>"
    assert serialize(tree, lines=True) == '<p data-line="7">字</p>'
    assert parse(serialize(tree, lines=True)).line == 7
    assert parse(serialize(tree, lines=True)).attributes == {}


def test_void_elements_and_empty_ones():
    assert serialize(parse("<p><br/><em></em><i/></p>")) == "<p><br/><em></em><i></i></p>"


def test_text_leaves_readings_out():
    tree = parse("<p>雾<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby>天</p>")
    assert text_of(tree) == "雾霾天"
    assert text_of(tree.children) == "雾霾天"


def test_transform_replaces_removes_and_multiplies():
    tree = parse("<p>a<b>1</b><i>2</i><u>3</u></p>")
    change = {"b": None, "i": ("x", element("em", {}, "y")), "u": "z"}
    assert serialize(transform(tree, lambda node: change[node.tag])) == "<p>ax<em>y</em>z</p>"


def test_attributes_are_set_and_removed():
    node = element("p", {"id": "a", "class": "x y"})
    assert node.classes == {"x", "y"}
    assert node.with_attributes(id=None, aria_label="b").attributes == {"class": "x y", "aria-label": "b"}
    assert [found.tag for found in walk(parse("<a><b/><c><d/></c></a>"))] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("<a>\n<b></a>", 2), ("<a>&nbsp;</a>", 1), ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1), ("", 1)],
)
def test_what_is_not_well_formed_is_told_with_its_line(text, line):
    with pytest.raises(MarkupError) as caught:
        parse(text)
    assert caught.value.line == line
