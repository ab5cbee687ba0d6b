import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.editorial.values import Converted
from keben.core.errors import Place
from keben.script.record import changes, read_record, sentences, split, write_record


def record(*pairs):
    return [Converted(Place("book/a.md", line), *pair) for line, pair in enumerate(pairs, 1)]


def test_a_record_has_each_sentence_in_both_scripts():
    text = write_record(
        record(("他说：“头发！”走了。还\n有", "他說：「頭髮！」走了。還\n有"), ("mái", "mái"))
    )
    assert text == (
        "place\tsource\toutput\n"
        "book/a.md:1\t他说：“头发！”\t他說：「頭髮！」\n"
        "book/a.md:1\t走了。\t走了。\n"
        "book/a.md:1\t还\t還\n"
        "book/a.md:1\t有\t有\n"
    )
    assert read_record(text) == tuple(
        sentences(record(("他说：“头发！”走了。还\n有", "他說：「頭髮！」走了。還\n有")))
    )


def test_a_term_that_brings_a_full_stop_keeps_its_paragraph_whole():
    assert [
        (each.source, each.output) for each in sentences(record(("见甲。见乙", "見「甲。子」。見乙")))
    ] == [("见甲。见乙", "見「甲。子」。見乙")]


@given(st.text("字。！”a\n ？…", max_size=30))
def test_sentences_are_the_text(text):
    assert "".join(split(text)) == text


def test_changes_are_the_sentences_that_came_out_otherwise():
    before = sentences(record(("头发。发展。", "頭髮。發展。"), ("旧句。", "舊句。")))
    now = list(sentences(record(("新句。头发。", "新句。頭發。"), ("发展。", "發展。"))))
    assert [(each.place, each.source, each.before, each.now) for each in changes(before, now)] == [
        ("book/a.md:1", "头发。", "頭髮。", "頭發。")
    ]


def test_another_file_is_no_record():
    with pytest.raises(ValueError, match="not a record"):
        read_record("a\tb\n")
