from hypothesis import given
from hypothesis import strategies as st

from keben.check.matching import align
from keben.check.numbers import item_numbers, says
from keben.check.reading import MARKED, Reading
from keben.core.markup import parse

TEXT = st.text("天地玄黄12ab，。", min_size=1, max_size=12)
TEXTS = st.lists(TEXT, min_size=1, max_size=30)


@given(TEXTS)
def test_equal_texts_have_no_differences_and_known_places(texts):
    alignment = align(texts, [False] * len(texts), "".join(texts))
    assert alignment.differences == ()
    assert alignment.places == tuple(len("".join(texts[:at])) for at in range(len(texts)))


@given(TEXTS, TEXTS)
def test_two_texts_that_are_not_equal_have_a_difference(one, other):
    differences = align(one, [False] * len(one), "".join(other)).differences
    assert bool(differences) == ("".join(one) != "".join(other))


@given(st.lists(TEXT, min_size=1, max_size=30, unique=True), st.data())
def test_optional_texts_may_be_missing(texts, data):
    missing = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    marked = [f"〔{at}〕{text}" for at, text in enumerate(texts)]
    found = "".join(text for at, text in enumerate(marked) if at not in missing)
    assert align(marked, [at in missing for at in range(len(texts))], found).differences == ()


def kinds(expected, found):
    return [(each.kind, each.piece, each.expected, each.found) for each in
            align(expected, [False] * len(expected), found).differences]  # fmt: skip


LONG = [
    "一二三四五六七八九十甲乙丙丁戊己",
    "子丑寅卯辰巳午未申酉戌亥金木水火",
    "东南西北上下左右前后春夏秋冬日月",
]


def test_differences_are_named_by_kind_and_text():
    assert kinds(LONG, LONG[0] + LONG[2]) == [("lost", 1, LONG[1], "")]
    assert kinds(LONG, LONG[0] + LONG[2] + LONG[1]) == [("moved", 1, LONG[1], ""), ("added", 3, "", LONG[1])]
    assert kinds(LONG, "".join(LONG) + "完") == [("added", 3, "", "完")]
    assert kinds(LONG, "".join(LONG).replace("丙", "两")) == [("changed", 0, "丙", "两")]


def test_what_is_missing_of_several_texts_is_told_of_each():
    assert kinds(LONG, "") == [("lost", at, text, "") for at, text in enumerate(LONG)]
    assert kinds(LONG, LONG[0][:8] + LONG[2][8:]) == [
        ("lost", 0, LONG[0][8:], ""),
        ("lost", 1, LONG[1], ""),
        ("lost", 2, LONG[2][:8], ""),
    ]


PARAGRAPHS = [f"第{number}段：{LONG[number % 3]}{number * 7}，完了。" for number in range(4000)]


def test_in_a_long_book_each_place_is_found_however_much_is_missing_before_it():
    kept = [text for number, text in enumerate(PARAGRAPHS) if not 50 <= number < 3950]
    found = "".join(kept).replace("第3977段", "第三段")
    differences = align(PARAGRAPHS, [False] * len(PARAGRAPHS), found).differences
    assert [each.piece for each in differences][:200] == list(range(50, 250))
    found = "".join(PARAGRAPHS[:50] + PARAGRAPHS[149:]).replace("第3977段", "第三段")
    alignment = align(PARAGRAPHS, [False] * len(PARAGRAPHS), found)
    assert [each.piece for each in alignment.differences] == [*range(50, 149), 3977]
    assert alignment.places[-1] == len(found) - len(PARAGRAPHS[-1])


def test_each_of_many_changes_is_found_in_its_text():
    changed = [
        "".join("错" if at % 9 == 4 else each for at, each in enumerate(text)) for text in PARAGRAPHS[:100]
    ]
    differences = align(PARAGRAPHS[:100], [False] * 100, "".join(changed)).differences
    assert {each.piece for each in differences} <= set(range(100))
    assert len({each.piece for each in differences}) > 20
    assert all(each.kind == "changed" for each in differences)


def test_two_books_that_have_nothing_in_common_are_told_in_few_words():
    one = [f"第{number}段的话说得很长很长很长很长" for number in range(3000)]
    assert 0 < len(align(one, [False] * len(one), "完" * 5000).differences) <= 200


def test_texts_are_read_without_white_space_and_what_is_never_seen():
    reading = Reading()
    assert reading("注\u3000ＡＢ\u00ad\u200d c\x02d\ufffee\ufe0f\U000e0101") == "注ＡＢc-d-e"
    assert reading("…⋯-‑") == "…⋯-‑"
    assert reading("甲שלום乙") == reading("甲םולש乙")
    assert Reading.of(["p { text-transform: uppercase }"])("Ab") == "ab"
    assert Reading.of(["p { hyphens: auto }"])("a\u2010b-c") == "abc"
    assert Reading.of([], "🈳")("甲🈳") == f"甲{MARKED}"


def test_letters_with_marks_are_read_alike_however_they_are_written():
    reading = Reading()
    for one, other in (
        ("é", "e\u0301"),
        ("a\u0327\u0301", "a\u0301\u0327"),
        ("\u0f78", "\u0fb3\u0f80"),
        ("ﬁ", "fi"),
    ):
        assert reading(one) == reading(other)
    # Read part by part and then as a whole, it is the same.
    for text in ("要\u309c\u309a", "a\u0301", "\u0e33", "½", "한"):
        assert reading("".join(map(reading, text))) == reading(text)
    for one, other in (
        ("\uf900", "\u8c48"),
        ("a\u0301\u0301", "a\u0301"),
        ("\u0e33", "\u0e4d\u0e32"),
        ("①", "1"),
    ):
        assert reading(one) != reading(other)


def test_numbers_of_items_are_those_of_html():
    def numbers(markup):
        return [number for _, number in item_numbers(parse(markup))]

    assert numbers("<ol><li/><li/></ol>") == [1, 2]
    assert numbers('<ol start="7"><li/><li value="20"/><li/></ol>') == [7, 20, 21]
    assert numbers('<ol start="-1"><li/><li/></ol>') == [-1, 0]
    assert numbers('<ol reversed="reversed"><li/><li/><li/></ol>') == [3, 2, 1]
    assert numbers('<ol reversed="" start="9"><li/><li value="x"/></ol>') == [9, 8]
    assert numbers("<ol><p/><li><ol><li/></ol></li></ol>") == [1]


def test_labels_say_numbers_in_figures_numerals_and_letters():
    for label, number in (
        ("7.", 7), ("（12）", 12), ("七、", 7), ("十、", 10), ("一〇、", 10), ("二十一、", 21), ("一百零三", 103),
        ("一千二百", 1200), ("iv.", 4), ("XIV)", 14), ("c.", 3), ("aa.", 27), ("-1.", -1), ("１．", 1), ("貳拾", 20),
    ):  # fmt: skip
        assert says(label, number) is True, label
        assert says(label, number + 1000) is False, label
    assert says("•", 1) is None
    assert says("甲、", 1) is None
