"""What counts when two texts are compared."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from keben.check.reading import Reading
from keben.core.characters import has_rtl

ALPHABET = "一。 e\u0301\u0323\u0327éǖがデ각ﬁﬃ-\u2010\x02\u200bאב(）A１ｂ\u0f71\u0f72\U0001d15e豈"


def test_marks_of_all_letters_stand_apart():
    letters = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.decomposition(chr(code))[:1] not in ("", "<")
    ]
    read = [
        (letter, Reading()(letter), unicodedata.normalize("NFD", letter))
        for letter in letters
        if not has_rtl(letter) and not letter.isspace()
    ]
    assert len(read) > 2000
    assert [letter for letter, found, apart in read if found != (apart if len(apart) > 1 else letter)] == []


@given(st.text(ALPHABET), st.booleans())
def test_few_letters_with_marks_are_taken_apart_as_many_are(text, folded):
    many = "".join(map(chr, range(0xC0, 0x180)))
    reading = Reading(folded)
    assert reading(f"{many}。{text}").removeprefix(reading(f"{many}。")) == reading(text)


@given(st.lists(st.text(ALPHABET)), st.builds(Reading, st.booleans(), st.booleans(), mirrored=st.booleans()))
def test_texts_that_are_read_are_read_again_as_one(texts, reading):
    read = [reading(text) for text in texts]
    assert reading.again(read) == reading("".join(read))


@given(st.lists(st.text(ALPHABET)), st.builds(Reading, st.booleans(), st.booleans()), st.data())
def test_texts_that_are_known_need_not_be_read(texts, reading, data):
    known = {text: reading(text) for text in texts if data.draw(st.booleans())}
    assert reading.each(texts, known) == reading.each(texts) == list(map(reading, texts))
    assert reading.each(["甲", "乙"], {"乙": "known"}) == ["甲", "known"]
