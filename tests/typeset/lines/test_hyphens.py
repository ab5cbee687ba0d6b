"""Hyphenation: where a word may be divided, and when a line ends with a hyphen."""

from itertools import pairwise

import pytest

from keben.typeset.lines.breaking import break_lines, slack
from keben.typeset.lines.hyphens import hyphen_points, language_of
from keben.typeset.lines.marks import marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph
from keben.typeset.lines.spacing import space
from keben.typeset.lines.words import WordKind

EM = 10.0
MARKS = marks_of("zh-Hans-CN")


def width(text):
    """Every Latin character is half an em wide; f and a hyphen stand nearer."""
    return len(text) * EM / 2 - text.count("f-") * 2.0


def lines(text, measure, language="en", *, marked=False):
    words = WordKind(language=language, is_marked=marked)
    whole = paragraph([LinePiece(text, EM, width, words=words)], MARKS, measure * EM)
    found = break_lines(whole, measure * EM, measure * EM)
    return whole, found, [text[line.first : line.last] + ("-" if line.hyphen else "") for line in found]


def points(word, language="en", *, marked=True):
    at = [0, *hyphen_points(word, language, marked=marked), len(word)]
    return "-".join(word[begin:end] for begin, end in pairwise(at))


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("internationalization", "en", "in-ter-na-tion-al-iz-a-tion"),
        ("(typesetting),", "en", "(type-set-ting),"),
        ("Bundesverfassungsgericht", "de", "Bun-des-ver-fas-sungs-ge-richt"),
        ("représentation", "fr", "re-pré-sen-ta-tion"),
        # Too short, an abbreviation, a name of a program, a language without patterns.
        ("table", "en", "table"),
        ("INTERNATIONAL", "en", "INTERNATIONAL"),
        ("JavaScript", "en", "JavaScript"),
        ("internationalization", "tlh", "internationalization"),
    ],
)
def test_words_are_parted_by_the_patterns_of_their_language(word, language, expected):
    assert points(word, language) == expected


def test_a_word_with_a_capital_is_a_name_where_nothing_says_its_language():
    assert points("Washington", marked=False) == "Washington"
    assert points("Washington") != "Washington"


@pytest.mark.parametrize(
    ("tag", "expected"), [("zh-Hans-CN", "en"), ("", "en"), ("ja", "en"), ("de", "de"), ("en-GB", "en-GB")]
)
def test_latin_words_of_a_chinese_text_are_taken_for_english(tag, expected):
    assert language_of(tag) == expected


def test_a_word_is_hyphenated_where_its_line_would_be_stretched_too_far():
    text = "在自然语言处理里internationalization一词"
    whole, found, printed = lines(text, 12)
    assert printed[0].endswith("-")
    assert "".join(printed).replace("-", "") == text
    spacing = space(whole, found[0], 12 * EM, justify=True)
    assert max(spacing.after) <= 500
    # With room for it the word stays whole, and so it does where the gaps that it leaves are small.
    assert "internationalization" in lines(text, 20)[2][0]
    assert not any(
        line.hyphen for line in lines("这里是很长很长很长的一段中文所以没有人看得出representation来", 26)[1]
    )


def test_a_line_with_its_hyphen_is_as_long_as_the_measure():
    whole, found, _ = lines("在自然语言处理里internationalization一词又在自然语言处理里classification", 12)
    for line in found[:-1]:
        left, given, _ = slack(whole, line, 12 * EM)
        assert left >= -given - 0.1
        if line.hyphen:
            assert line.hyphen == EM / 2


def test_what_stands_nearer_to_a_letter_than_to_a_hyphen_counts():
    whole, _, _ = lines("一二三四五六七八九十staffing", 8)
    for at, hyphen in whole.hyphens.items():
        assert hyphen == (EM / 2 - 2.0 if whole.text[at] == "f" else EM / 2)


def test_a_word_that_is_wider_than_the_measure_is_hyphenated():
    printed = lines("representation", 4)[2]
    assert printed == ["repres-", "entation"]
    assert lines("representation", 3)[2] == ["rep-", "res-", "enta-", "tion"]


def test_no_hyphen_where_none_is_asked_for_and_none_in_code():
    text = "在自然语言处理里internationalization一词"
    assert not any(line.hyphen for line in lines(text, 12, "")[1])
    words = WordKind(is_code=True, language="en")
    whole = paragraph([LinePiece("internationalization", EM, width, words=words)], MARKS, 5 * EM)
    assert not whole.hyphens
