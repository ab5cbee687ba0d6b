"""Chinese lines, as numbers: where they end, and what each character gives up or gets."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keben.typeset.lines.addresses import address
from keben.typeset.lines.breaking import STRETCH, Line, break_lines, slack
from keben.typeset.lines.code import code_word, hanging, line_end
from keben.typeset.lines.marks import classes, marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph
from keben.typeset.lines.spacing import space
from keben.typeset.lines.words import WordKind

MAINLAND, TAIWAN = marks_of("zh-Hans-CN"), marks_of("zh-Hant-TW")
EM = 10.0


def width(text):
    """Every Latin character is half an em wide, a dash an em, a dot a third."""
    return sum(EM / 3 if each == "·" else EM if each in "—…" else EM / 2 for each in text)


def numbers(*texts, marks=MAINLAND, measure=100, unbroken=()):
    return paragraph([LinePiece(text, EM, width, text in unbroken) for text in texts], marks, measure * EM)


def lines(text, measure, indent=0, **more):
    whole = numbers(*([text] if isinstance(text, str) else text), measure=measure, **more)
    found = break_lines(whole, (measure - indent) * EM, measure * EM)
    return [whole.text[line.first : line.last] for line in found]


def ends(text, measure, justify=True, marks=MAINLAND):
    """Each line of a text, with where it ends in em."""
    whole = numbers(text, marks=marks)
    found = []
    for line in break_lines(whole, measure * EM, measure * EM):
        spacing = space(whole, line, measure * EM, justify=justify and not line.is_last)
        own = sum(width(each) if kind in "ndm " else EM for each, kind in zip(text[line.first : line.last], classes(text[line.first : line.last]), strict=True))  # fmt: skip
        end = own / EM + (sum(spacing.after) - sum(spacing.before.values())) / 1000
        found.append((text[line.first : line.last], round(end, 2)))
    return found


def gaps(text, measure=100, marks=MAINLAND):
    """What a line of its own gives each character: moved left, and what follows it, in thousandths of an em."""
    whole = numbers(text, marks=marks)
    (line,) = break_lines(whole, measure * EM, measure * EM)
    spacing = space(whole, line, measure * EM, justify=False)
    return {text[at] if spacing.before.get(at, 0) == 0 else f"{text[at]}<{spacing.before[at]}": spacing.after[at] for at in range(len(text)) if spacing.after[at] or spacing.before.get(at)}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        # Two marks take an em and a half; a mark at an edge takes half an em.
        ("他说：“好”字", MAINLAND, {"：": -500}),
        ("好。”字", MAINLAND, {"。": -500}),
        ("好》，字", MAINLAND, {"》": -500}),
        ("好（“好字", MAINLAND, {"“<400": 0}),
        ("好，字。", MAINLAND, {"。": -500}),
        ("“好", MAINLAND, {"“<500": 0}),
        # Centred stops: a quarter beside them, nothing at an edge.
        ("好。」字", TAIWAN, {"。": -250}),
        ("好」，字", TAIWAN, {"」": -500}),
        ("好。「字", TAIWAN, {"。": -250, "「<250": 0}),
        ("好。", TAIWAN, {}),
        # A quarter between scripts, and none beside marks, spaces and dots.
        ("共3条", MAINLAND, {"共": 250, "3": 250}),
        ("用WHO的", MAINLAND, {"用": 250, "O": 250}),
        ("用 WHO，的", MAINLAND, {}),
        ("第八\u2009页", MAINLAND, {}),
        ("第八\u00a0页", MAINLAND, {}),
        ("（3）条", MAINLAND, {"（<500": 0}),
    ],
)
def test_neighbours_share_what_is_between_them(text, marks, expected):
    assert gaps(text, marks=marks) == expected


def test_a_full_line_is_flush_and_the_last_one_is_as_it_comes():
    assert ends("一二三，四五六七八九十一二", 5) == [
        ("一二三，四", 5.0),
        ("五六七八九", 5.0),
        ("十一二", 3.0),
    ]
    # Half an em of the stop at the line's end is given to the gaps.
    assert ends("一二三四。五六七八九十", 5) == [("一二三四。", 5.0), ("五六七八九", 5.0), ("十", 1.0)]


def test_a_line_is_squeezed_rather_than_stretched():
    assert ends("一二，三四五六七八九十", 5)[0] == ("一二，三四", 5.0)
    # The mark that may not begin the next line comes in, for the half em that two marks give.
    assert ends("一二，三四，五六七八九", 5)[0] == ("一二，三四，", 5.0)


@pytest.mark.parametrize(
    ("need", "given"),
    [
        (0.1, {"·": 0.1}),
        (0.9, {"·": 0.5, "（）": 0.4}),
        (1.7, {"·": 0.5, "（）": 0.9, "，": 0.3}),
        (2.0, {"·": 0.5, "（）": 0.9, "，": 0.5, "A": 0.1}),
        (2.4, {"·": 0.5, "（）": 0.9, "，": 0.5, "A": 0.25, "。": 0.25}),
        # The gaps to nothing is Keben's last resort, and none of CLREQ's.
        (2.9, {"·": 0.5, "（）": 0.9, "，": 0.5, "A": 0.5, "。": 0.5}),
    ],
)
def test_marks_give_up_their_blanks_in_clreq_s_order(need, given):
    text = "一·二（三）四，五A六。七"
    whole = paragraph([LinePiece(text, EM, lambda each: EM * len(each))], MAINLAND)
    line = Line(0, len(text), 0, len(text), False)
    natural = 100 * EM - slack(whole, line, 100 * EM)[0]
    plain, tight = (space(whole, line, natural - each * EM, justify=True) for each in (0.0, need))
    found = {
        name: sum(
            plain.after[at] - tight.after[at] + tight.before.get(at, 0) - plain.before.get(at, 0)
            for at in range(len(text))
            if text[at] in name or (name == "A" and text[at] == "五")
        )
        / 1000
        for name in ("·", "（）", "，", "A", "。")
    }
    assert {
        name: pytest.approx(each, abs=0.002) for name, each in found.items() if abs(each) > 0.003
    } == given


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("一二三四五，六七八九十", 5, ["一二三四", "五，六七八", "九十"]),
        ("一二三四《五六七八九十》", 5, ["一二三四", "《五六七八", "九十》"]),
        ("一二三四五％六七八九十", 5, ["一二三四", "五％六七八", "九十"]),
        ("一二三——四五六七", 5, ["一二三——", "四五六七"]),
        ("一二三四——五六七八", 5, ["一二三四", "——五六七", "八"]),
        ("一二三四2026年五六", 5, ["一二三四", "2026年五六"]),
        ("一二三\n四五", 5, ["一二三", "四五"]),
        ("一二三四AT&T五六七八九十", 5, ["一二三四", "AT&T五六七", "八九十"]),
        ("一二三四 五六七八九十", 4, ["一二三四", "五六七八", "九十"]),
    ],
)
def test_lines_end_where_they_may(text, measure, expected):
    assert lines(text, measure) == expected


def parted(text, start=0):
    """Where lines may end in a text, as it stands in any measure: the parts between those places."""
    pieces = [text] if isinstance(text, str) else text
    whole = numbers(*pieces)
    found, begun = [], 0
    for at in range(len(whole.text)):
        if at not in whole.stuck or at + 1 == len(whole.text):
            found.append(whole.text[begun : at + 1])
            begun = at + 1
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What separates stands at neither edge (GB/T 15834, 5.1.9), what connects begins no line (5.1.6).
        ("去他/她家", ["去", "他/她", "家"]),
        ("去他／她家", ["去", "他／她", "家"]),
        ("北京—上海", ["北", "京—", "上", "海"]),
        ("北京－上海", ["北", "京－", "上", "海"]),
        ("北京‐上海", ["北", "京‐", "上", "海"]),
        ("让-雅克", ["让-", "雅", "克"]),
        ("三∶四", ["三∶", "四"]),
        # A dash of two may begin one; so may a sign of minus behind a mark.
        ("他说——好", ["他", "说", "——", "好"]),
        ("温，-5度", ["温，", "-5", "度"]),
        # A unit belongs to its number.
        ("共100㎡大", ["共", "100㎡", "大"]),
        ("长100 km远", ["长", "100 km", "远"]),
        ("重5 kg的", ["重", "5 kg", "的"]),
        ("有100 words", ["有", "100 ", "words"]),
        # A change of style parts no word, and a hyphen does whatever style stands behind it.
        (("氧H", "2", "O好"), ["氧", "H2O", "好"]),
        (("inter", "nation", "al"), ["international"]),
        (("字foo", "bar-", "baz"), ["字", "foobar-", "baz"]),
        (("and/", "or"), ["and/", "or"]),
        # So does a dash between names, however it is typed, also beside letters with accents; not one between figures.
        ("Mantel–Haenszel", ["Mantel–", "Haenszel"]),
        ("Mantel--Haenszel", ["Mantel--", "Haenszel"]),
        ("Café-Élysée", ["Café-", "Élysée"]),
        ("1350–1988", ["1350–1988"]),
        (("a b", "c"), ["a ", "bc"]),
    ],
)
def test_where_lines_may_end(text, expected):
    assert parted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Signs as wide as a character: each by itself, and nothing beside it.
        ("他是××县", ({}, ["他", "是", "×", "×", "县"])),
        ("阙□□□文", ({}, ["阙", "□", "□", "□", "文"])),
        ("评分★☆。", ({"。": -500}, ["评", "分", "★", "☆。"])),
        ("然后→下", ({}, ["然", "后", "→", "下"])),
        # Between two numbers one is a part of what they say.
        ("共3×4个", ({"共": 250, "4": 250}, ["共", "3×4", "个"])),
    ],
)
def test_signs_are_as_wide_as_the_font_has_them(text, expected):
    def measured(run):
        return sum(EM if each in "×□★☆→" else EM / 2 for each in run)

    whole = paragraph([LinePiece(text, EM, measured)], MAINLAND, 100 * EM)
    (line,) = break_lines(whole, 100 * EM, 100 * EM)
    after = space(whole, line, 100 * EM, justify=False).after
    begun = [0, *(at + 1 for at in range(len(text) - 1) if at not in whole.stuck), len(text)]
    found = {text[at]: after[at] for at in range(len(text)) if after[at]}
    assert (found, [text[one:two] for one, two in pairwise(begun)]) == expected


def test_narrow_signs_stay_narrow_and_apart_from_nothing():
    assert gaps("他是×县") == {}
    assert gaps("用C++写") == {"用": 250, "+": 250}


def test_levels_of_kinsoku_are_clreq_s():
    basic, gb, strict = (marks_of("zh-Hans-CN", level) for level in ("basic", "gb", "strict"))
    assert [marks.may_end("字", "，") for marks in (basic, gb, strict)] == [False, False, False]
    assert [marks.may_end("字", "／") for marks in (basic, gb, strict)] == [True, False, False]
    assert [marks.may_end("字", "—") for marks in (basic, gb, strict)] == [True, True, False]
    assert [marks.may_end("（", "字") for marks in (basic, gb, strict)] == [False, False, False]


def test_no_single_character_is_left_for_the_last_line():
    for size in range(11, 60):
        text = "字" * size + "。"
        assert len(lines(text, 10)[-1]) > 2, size


@pytest.mark.parametrize("end", ["……", "——", "…”", "·", "％", "％。"])
def test_dashes_dots_and_signs_are_no_company_for_the_last_character(end):
    *_, last = lines("字" * 9 + "好" + end, 9)
    assert last == "字好" + end


def test_a_latin_mark_is_no_company_for_the_last_character():
    assert all(len(lines("字" * size + "！?", 10)[-1]) > 3 for size in range(11, 40))


@pytest.mark.parametrize("call", ["①", "12"])
def test_the_call_of_a_note_is_no_company_for_the_last_character(call):
    pieces = [LinePiece("字" * 11 + "。", EM, width), LinePiece(call, 0.7 * EM, width, joined=True)]
    whole = paragraph(pieces, MAINLAND, 10 * EM)
    last = break_lines(whole, 10 * EM, 10 * EM)[-1]
    assert whole.text[last.first : last.last] == f"字字。{call}"


def test_what_may_not_be_parted_stays_whole():
    assert "四五" in "|".join(lines(["一二三", "四五", "六七八九"], 4, unbroken=["四五"]))
    assert lines("访问https://example.org/path/to看", 12)[0] == "访问https://example.org/"


def test_an_apostrophe_parts_no_word():
    assert lines("一二三don’t四五", 5) == ["一二三", "don’t四五"]
    whole = paragraph(
        [LinePiece("L’", EM, lambda text: EM * len(text)), LinePiece("Œuvre", EM, width)], MAINLAND
    )
    assert whole.at[2] - whole.at[1] == pytest.approx(0.55 * EM)
    assert {0, 1} <= whole.rigid & whole.stuck


def test_no_line_begins_with_the_call_of_a_note():
    whole = paragraph([LinePiece("一二三四五", EM, width), LinePiece("①", EM, width, joined=True), LinePiece("六七八九", EM, width)], MAINLAND)  # fmt: skip
    found = break_lines(whole, 5 * EM, 5 * EM)
    assert [whole.text[line.first : line.last] for line in found] == ["一二三四", "五①六七八", "九"]


@pytest.mark.parametrize(("han", "stretched"), [(12, 0), (14, 196)])
def test_a_line_that_ends_in_code_is_left_short_rather_than_spaced_out(han, stretched):
    """Stretched, the first line would have gaps of 0.4 em; the second one has smaller ones."""
    code = LinePiece("ABCDE_FGHIJKLMNOPQRSTUV", EM, width, words=WordKind(is_code=True))
    whole = paragraph([LinePiece("字" * han, EM, width), code], MAINLAND, 20 * EM)
    line, _ = break_lines(whole, 20 * EM, 20 * EM)
    assert whole.text[line.first : line.last] == "字" * han + "ABCDE_"
    assert space(whole, line, 20 * EM, justify=True).after[0] == stretched


def test_a_word_that_is_wider_than_the_line_is_parted():
    found = lines("一Supercalifragilisticexpialidocious二", 6)
    assert "".join(found) == "一Supercalifragilisticexpialidocious二"
    assert all(len(line) <= 14 for line in found)


def test_pieces_of_another_size_are_set_in_their_own():
    whole = paragraph(
        [LinePiece("字", 10.0, width), LinePiece("小，", 5.0, width), LinePiece("字。", 10.0, width)],
        MAINLAND,
    )
    (line,) = break_lines(whole, 1000, 1000)
    assert slack(whole, line, 100)[0] == 100 - (10 + 5 + 5 + 10 + 5)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (
            "https://example.org/lines?a=1&b=%E4%B8%AD#top.",
            "https:// example .org/ lines? a= 1& b= %E4 %B8 %AD #top",
        ),
        ("(www.example.com/~me/a_b-c)", "www .example .com/ ~me/ a _b -c"),
        ("doi:10.1000/abc.def-12", "10 .1000/ abc .def -12"),
        ("a.b@mail.example.org,", "a .b@ mail .example .org"),
        ("example.org:8080/x", "example .org: 8080/ x"),
        *(
            (word, None)
            for word in ("and/or/not", "Node.js/Express", "km/h", "e.g.", "3.5%", "foo.com", "x=1", "//")
        ),
    ],
)
def test_an_address_has_parts_and_a_word_has_none(word, parts):
    found = address(word)
    if parts is None:
        assert found is None
    else:
        borders = (found.start, *found.breaks, found.end)
        assert [word[begin:end] for begin, end in pairwise(borders)] == parts.split()


def test_letters_of_an_address_stay_in_twos_and_bytes_whole():
    word = "https://ab.abcd/%E4abc"
    assert [word[at:] for at in address(word).letters] == ["cd/%E4abc", "abc", "bc"]


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        # Between parts, where that makes the line no looser than a quarter of an em a gap.
        ("一二三四五六七八http://e.org/看", 12, ["一二三四五六七八http://", "e.org/看"]),
        ("一二三四五六www.example-site.org/看", 12, ["一二三四五六www.example", "-site.org/看"]),
        ("一二三四五六www.examples-site.org/看", 12, ["一二三四五六www.examples", "-site.org/看"]),
        # Between two letters, where nothing else is left, and without a hyphen.
        ("看https://e.org/abcdefghijklmnopqrstuvwxyz看", 10, ["看https://e.org/abc", "defghijklmnopqrstuvw", "xyz看"]),
        # Not where no gap is wider than half an em: here each gets 0.45 em, 0.4 em and 0.36 em.
        ("一二三四五www.abcdefghijk.org/看", 9, ["一二三四五www", ".abcdefghijk", ".org/看"]),
        ("一二三四五六七somebody@example.org看", 14, ["一二三四五六七somebody@", "example.org看"]),
        ("一二三四五https://e.org/abcdefghijklmnop看", 15, ["一二三四五https://e.org/", "abcdefghijklmnop看"]),
        # A word that is none is never parted: it goes to the next line.
        ("一二三and/or/characteristically四", 10, ["一二三and/or/", "characteristically四"]),
    ],
)  # fmt: skip
def test_an_address_is_parted_so_that_its_lines_are_full(text, measure, expected):
    assert lines(text, measure) == expected


ADDRESSES = st.lists(
    st.sampled_from(["https://", "www.", "example", ".org", "/a", "/long_name", "-b", "?q=", "&x", "%E4%B8", "abcdefghij"]),
    min_size=2,
    max_size=12,
).map(lambda parts: "https://example.org/" + "".join(parts))  # fmt: skip


@settings(max_examples=200)
@given(st.lists(ADDRESSES, min_size=1, max_size=4), st.integers(0, 30), st.integers(12, 30))
def test_lines_of_addresses_are_full_and_their_gaps_small(found, before, measure):
    text = "字" * before + "字字字".join(found) + "字" * 40
    whole = numbers(text, measure=measure)
    for line in break_lines(whole, measure * EM, measure * EM):
        if line.is_last:
            continue
        left, given, gaps = slack(whole, line, measure * EM)
        assert left >= -given - 0.1
        spacing = space(whole, line, measure * EM, justify=True)
        # Of what each gap gets, a quarter beside Chinese is its own.
        assert max(spacing.after[:-1], default=0) <= 751
        own = sum(whole.own[line.first : line.last])
        end = own + (sum(spacing.after) - sum(spacing.before.values())) * EM / 1000
        # A line that half an em in each gap does not fill is left short, and none is left a little short.
        short = measure * EM - end
        assert short > -0.05 * EM
        assert short < 0.05 * EM or short > 0.5 * EM * max(1, gaps)


TEXT = st.text(st.sampled_from("字的一国。，、：；！？“”‘’（）《》—…·aB1 %／"), min_size=1, max_size=120)


@settings(max_examples=300)
@given(TEXT, st.integers(8, 30), st.sampled_from([MAINLAND, TAIWAN]))
@example("字" * 31, 10, MAINLAND)
@example("1／‘11111111", 8, MAINLAND)
@example("—————%11", 8, MAINLAND)
def test_any_text_is_all_there_and_no_mark_is_where_it_may_not_be(text, measure, marks):
    whole = numbers(text, marks=marks)
    found = break_lines(whole, (measure - 2) * EM, measure * EM)
    assert [found[0].start, *(line.end for line in found)] == [
        0,
        *(line.start for line in found[1:]),
        len(text),
    ]
    for line, following in pairwise(found):
        before, after = text[line.end - 1], text[line.end]
        left, given, _ = slack(whole, line, (measure - 2 if line is found[0] else measure) * EM)
        fits = left >= -given - 1e-6
        # Only a run that cannot be parted and is longer than a line is parted all the same.
        none = not any(
            marks.may_end(text[at - 1], text[at]) and text[at - 1 : at + 1] not in ("——", "……", "—…", "…—")
            for at in range(line.start + 1, line.end + 1)
        )
        may = marks.may_end(before, after) and after != " "
        assert not fits or may or none or line.last == line.first, (before, after)
        assert following.start == line.end


CHUNKS = st.lists(
    st.sampled_from(["字的", "，一国", "。字", "（字的）一", "：“国一”的", "字" * 9]),
    min_size=12,
    max_size=60,
)


@settings(max_examples=200)
@given(CHUNKS, st.integers(15, 30))
def test_every_full_line_of_chinese_is_flush_and_no_gap_is_stretched_far(chunks, measure):
    whole = numbers("字" + "字".join(chunks))
    found = break_lines(whole, (measure - 2) * EM, measure * EM)
    for line in found[:-1]:
        room = (measure - 2 if line is found[0] else measure) * EM
        left, given, count = slack(whole, line, room)
        assert -given <= left <= STRETCH * EM * count
        spacing = space(whole, line, room, justify=True)
        kept = room - left + sum(spacing.after) * EM / 1000 - sum(spacing.before.values()) * EM / 1000
        plain = space(whole, line, room if left >= 0 else room - left + 1, justify=False)
        kept -= sum(plain.after) * EM / 1000 - sum(plain.before.values()) * EM / 1000
        assert kept == pytest.approx(room, abs=0.05)
    last = whole.text[found[-1].first : found[-1].last]
    assert len(found) == 1 or sum(each in "字的一国" for each in last) > 1


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("std::chrono::now()", "std:: chrono:: now()"),
        ("MAX_PARAGRAPH_RATIO", "MAX_ PARAGRAPH_ RATIO"),
        ("~/.config/keben", "~/. config/ keben"),
        ("--output=build/", "-- output= build/"),
        ("a->b", "a->b"),
        ("f(x,y)[0]", "f( x, y)[ 0]"),
        ("pow(10.0,-middle)", "pow( 10.0,- middle)"),
    ],
)
def test_code_is_parted_after_its_signs(word, parts):
    found = code_word(word, is_code=True)
    borders = (found.start, *found.breaks, found.end)
    assert [word[begin:end] for begin, end in pairwise(borders)] == parts.split()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("KEBEN_TYPESETTING_MAX", True),
        ("e3b0c44298fc1c149afbf4c8996fb924", True),
        ("numberOfCharactersInALine", True),
        ("/usr/local/share/keben", True),
        ("foo_bar", False),
        ("pneumonoultramicroscopicsilicovolcanoconiosis", False),
        ("state-of-the-art-approach", False),
        ("and/or/characteristically", False),
        ("(characteristically),", False),
    ],
)
def test_what_is_no_word_is_taken_for_code_where_it_is_long(word, expected):
    assert (code_word(word, is_code=False) is not None) is expected


@pytest.mark.parametrize(
    ("text", "fits", "usual", "expected"),
    [
        ("return the_value of", 14, 7, "return the_"),
        ("return value", 9, 7, "return "),
        ("collections.abc.MutableMapping", 20, 30, "collections.abc."),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 20, 30, "a" * 20),
        ("x = [aaaaaaaaaaaaaaaaaaaaaaa]", 20, 4, "x = [aaaaaaaaaaaaaaa"),
        ("connection.get_item(name)", 20, 20, "connection.get_item("),
        ("loadApplicationConfiguration", 20, 20, "loadApplication"),
        ('collect("firststring")', 14, 14, "collect("),
        ("print(a.split(',')[0])", 17, 22, "print(a.split("),
        ("return a_value of", 14, 15, "return a_value "),
    ],
)
def test_a_line_of_code_ends_after_a_sign_or_where_it_is_full(text, fits, usual, expected):
    assert text[: line_end(text, fits, usual)] == expected


def test_a_line_of_code_goes_on_further_in_than_it_begins():
    assert [hanging(line) for line in ("if x:", "    if x:", "\tx")] == [2, 6, 3]


def test_a_run_that_is_wider_than_a_line_begins_where_the_text_before_it_ends():
    assert lines("字字" + "ー" * 20, 10) == ["字字" + "ー" * 8, "ー" * 10, "ー" * 2]
    assert lines("字字" + "a" * 40, 10)[0] == "字字" + "a" * 15
