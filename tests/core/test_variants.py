"""Inline variants at their door: the notation, what editions print of it, and how a text carries it."""

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keben.compose.chapters import complete_note
from keben.compose.charts import lay_out, read_chart
from keben.compose.numbering import Numbered, targets_of
from keben.compose.render import title_lines
from keben.core.book import Asset, Chapter, Note
from keben.core.language import CANONICAL
from keben.core.markup import Element, parse, serialize
from keben.core.variants import (
    CLOSE,
    OPEN,
    Variant,
    VariantError,
    carry,
    enclose,
    own,
    plain,
    prints,
    read_variant,
    split,
    without_rules,
)
from keben.project.settings import read_settings

HANS, TW, HK = "zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"
BALLPOINT = {"zh-Hant-TW": "原子筆", "zh-Hant-HK": "圓珠筆"}


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("余华", Variant("keep", {}, "余华")),
        (" 余 ", Variant("keep", {}, " 余 ")),
        ("a;b", Variant("keep", {}, "a;b")),
        ("比分：3:2", Variant("keep", {}, "比分：3:2")),
        ("cn:a;tw:b", Variant("keep", {}, "cn:a;tw:b")),
        ("R|zh-tw:a", Variant("keep", {}, "zh-tw:a")),
        ("R|A|b", Variant("keep", {}, "A|b")),
        ("1|2", Variant("keep", {}, "1|2")),
        ("zh-hans:a;zh-tw:b;zh-hk:c", Variant("choose", {"zh-Hans": "a", TW: "b", HK: "c"}, "a")),
        (" ZH_Hans : a ;\nzh-hant-tw: b: c ;", Variant("choose", {"zh-Hans": "a", TW: "b: c"}, "a")),
        ("zh-cn:a;zh-hans:b", Variant("choose", {HANS: "a", "zh-Hans": "b"}, "a")),
        ("zh-hans:;zh-hant:b", Variant("choose", {"zh-Hans": "", "zh-Hant": "b"}, "")),
        ("H|zh-hans:圆珠笔;zh-tw:原子筆", Variant("rule", {"zh-Hans": "圆珠笔", TW: "原子筆"}, "圆珠笔")),
        (" H | 圆珠笔 => zh-tw:原子筆;zh-hk:圓珠筆;", Variant("rule", BALLPOINT, "圆珠笔")),
        ("H|圆珠笔=>zh-tw:原子筆;圆珠笔=>zh-hk:圓珠筆", Variant("rule", BALLPOINT, "圆珠笔")),
        ("H|zh-hans:a=>b;zh-tw:c", Variant("rule", {"zh-Hans": "a=>b", TW: "c"}, "a=>b")),
    ],
)
def test_the_notation(notation, expected):
    assert read_variant(notation, HANS) == expected


EMPTY = "This variant is empty. Write its text, or take it out."
NO_OWN_FORM = "This variant gives no form for the book's own script. Add “zh-hans:…”"


@pytest.mark.parametrize(
    ("notation", "offset", "expected"),
    [
        ("", 0, EMPTY),
        (" ", 0, EMPTY),
        ("R|", 0, EMPTY),
        ("H| ", 0, EMPTY),
        ("a-{b", 1, "A variant cannot hold another one. Close the first one before it."),
        ("a\ufdd3", 1, "U+FDD3 is a noncharacter. Take it out."),
        (
            "A|b",
            0,
            "Keben knows no flag “A” of a variant. "
            "Write H| for a rule, R| for text that stays as it is, and nothing before a text or its tags.",
        ),
        ("H｜a", 0, "A flag ends with “|”, not with “｜”. Write the ASCII sign."),
        ("zh-hans:a;zh-twn:b", 10, "“zh-twn” is not a tag of a variant. Did you mean “zh-tw”?"),
        (
            "zh-hans:a; zh-tw:b;zh-hant-tw:c",
            19,
            "This variant has two forms for zh-Hant-TW. Take one of them out.",
        ),
        (
            "zh-hans:a;b",
            10,
            "“b” stands behind no tag. Write “zh-tw:” or another tag before it; a form cannot hold a “;”.",
        ),
        ("zh-hans：a", 7, "A colon in full width stands behind “zh-hans”. Write “:”."),
        ("zh-hans:a；zh-tw:b", 9, "A semicolon in full width stands between two forms. Write “;”."),
        ("zh-hans:;zh-tw: ", 0, "This variant prints nothing in any edition. Write a form, or take it out."),
        ("zh-tw:b", 0, f"{NO_OWN_FORM}."),
        ("H|zh-tw:b", 0, f"{NO_OWN_FORM}, or begin with the term and “=>”."),
        (
            "H|zh-hans:a;zh-tw:",
            0,
            "This rule has no text for zh-Hant-TW. Write it after the colon, or take the tag out.",
        ),
        (
            "H|余华",
            2,
            "“余华” stands behind no tag. Write “zh-tw:” or another tag before it; a form cannot hold a “;”.",
        ),
        (
            "H|a=>zh-tw:b;c=>zh-hk:d",
            13,
            "“c=>zh-hk:d” stands behind no tag. "
            "Write “zh-tw:” or another tag before it; a form cannot hold a “;”.",
        ),
        ("a=>zh-tw:b", 0, "This rule has no flag. Begin it with “H|”, or keep it as text with “R|”."),
    ],
)
def test_what_cannot_be_read(notation, offset, expected):
    with pytest.raises(VariantError) as caught:
        read_variant(notation, HANS)
    assert f"{caught.value.message} {caught.value.advice}" == expected
    assert caught.value.offset == offset


def test_the_books_own_script_is_found_by_the_fallbacks():
    assert read_variant("zh-hk:a;zh-hans:b", TW).text == "a"
    assert read_variant("zh-hant:a;zh-hk:c", TW).text == "a"
    with pytest.raises(VariantError, match="own script"):
        read_variant("zh-hans:a", TW)


def test_forms_and_what_editions_print():
    found = read_variant("zh-hans:a;zh-tw:b", HANS)
    assert [found.form(tag) for tag in (HANS, TW, HK)] == ["a", "b", "b"]
    assert read_variant("余华", HANS).form(HK) == "余华"
    assert read_variant("zh-hans:a", HANS).form(TW) is None
    rule = read_variant("H|a=>zh-tw:b", HANS)
    assert (rule.form(HANS), rule.form(TW)) == (None, "b")
    text, errors = carry(
        "前-{余华}-、-{zh-hans:a;zh-tw:b}-、-{zh-hans:c}-后-{H|x=>zh-tw:y}-", HANS, rules=True
    )
    assert errors == ()
    assert plain(text, HANS) == own(text) == "前余华、a、c后"
    assert plain(text, TW) == "前余华、b、c后"
    assert plain("字", TW) == "字"
    assert [piece.kind for piece in split(text) if isinstance(piece, Variant)] == [
        "keep",
        "choose",
        "choose",
        "rule",
    ]
    assert own(without_rules(text)) == own(text)
    assert not any(
        isinstance(piece, Variant) and piece.kind == "rule" for piece in split(without_rules(text))
    )


def test_what_prints():
    rule = enclose(Variant("rule", {TW: "b"}, "a"))
    assert [prints(text) for text in ("", " ", rule, f" {rule}\n", "a", f"a{rule}")] == [False] * 4 + [
        True
    ] * 2
    assert prints(enclose(Variant("choose", {"zh-Hans": "", TW: "b"}, "")))


NONE = "“-{” begins no variant, as none is closed here: it is printed as it is written."


@pytest.mark.parametrize(
    ("text", "printed", "wrong"),
    [
        ("a\\-{b}-", "a-{b}-", []),
        ("a-{b}-\\-{", "ab-{", []),
        ("-{a-}-", "a-", []),
        ("-{a}b}-", "a}b", []),
        ("a -{b", "a -{b", [(2, NONE)]),
        ("a-{b -{c}-", "a-{b c", [(1, NONE)]),
        ("a-{zh-tw:b}", "a-{zh-tw:b}", [(1, "This variant is never closed.")]),
        ("a-{H|b", "a-{H|b", [(1, "This variant is never closed.")]),
        ("-{a-{b}-c}-d", "-{a-{b}-c}-d", [(3, "A variant cannot hold another one.")]),
        (
            "-{}--{zh-x:}-",
            "-{}--{zh-x:}-",
            [(2, "This variant is empty."), (6, "“zh-x” is not a tag of a variant.")],
        ),
        ("x-{H|a=>zh-tw:b}-", "x-{H|a=>zh-tw:b}-", [(1, "A rule cannot stand here.")]),
        ("a\ufdd2b", "ab", [(1, "U+FDD2 is a noncharacter.")]),
    ],
)
def test_texts_that_are_no_markdown(text, printed, wrong):
    carried, errors = carry(text, HANS)
    assert own(carried) == printed
    assert [(error.offset, error.message) for error in errors] == wrong


def test_xml_and_pickles_carry_variants():
    found = Variant("choose", {"zh-Hans": '<a> & "b"', TW: "b"}, '<a> & "b"')
    text = f"前{enclose(found)}后"
    root = Element("p", {"title": text}, (text,))
    read = parse(serialize(root))
    assert list(split(read.get("title"))) == list(split(str(read.children[0]))) == ["前", found, "后"]
    assert pickle.loads(pickle.dumps(found)) == found


TEXT = st.text(
    st.characters(exclude_characters=f"{OPEN}{CLOSE}\ufdd4", exclude_categories=["Cs"]), max_size=12
)
TAGS = st.sampled_from(["zh-Hans", "zh-Hant", *sorted(set(CANONICAL.values()))])
VARIANTS = st.one_of(
    TEXT.map(lambda text: Variant("keep", {}, text)),
    st.builds(Variant, st.sampled_from(["choose", "rule"]), st.dictionaries(TAGS, TEXT, max_size=4), TEXT),
)


@given(st.lists(st.one_of(VARIANTS, TEXT.filter(bool)), max_size=6))
def test_split_undoes_enclose(pieces):
    text = "".join(piece if isinstance(piece, str) else enclose(piece) for piece in pieces)
    joined: list[str | Variant] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    assert list(split(text)) == joined


@given(st.text(st.sampled_from(f"{OPEN}{CLOSE}\ufdd4ab"), max_size=30))
@example(f"{OPEN}keep\ufdd4a")
@example(f"{OPEN}keep\ufdd4a\ufdd4b{CLOSE}")
def test_split_takes_any_text(text):
    assert "".join(piece if isinstance(piece, str) else enclose(piece) for piece in split(text)) == text


PIECES = st.lists(
    st.sampled_from(
        [
            "-{",
            "}-",
            "\\",
            ";",
            "|",
            ":",
            "：",
            "=>",
            "H|",
            "R|",
            "A|",
            "zh-hans:",
            "zh-tw:",
            "zh-x:",
            "字",
            "a",
            " ",
            "-",
        ]
    ),
    max_size=16,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=20)), st.sampled_from([HANS, TW]), st.booleans())
def test_no_text_raises_and_none_is_lost_in_silence(text, language, rules):
    carried, errors = carry(text, language, rules=rules)
    assert all(0 <= error.offset <= len(text) for error in errors)
    kept = "".join(
        piece if isinstance(piece, str) else "".join((piece.text, *piece.forms.values()))
        for piece in split(carried)
    )
    if not errors:
        assert set("字a") & set(text.replace("zh-hans", "")) <= set(kept)
    if "-{" not in text and not any(sign in text for sign in f"{OPEN}{CLOSE}\ufdd4"):
        assert (carried, errors) == (text, ())


BOOK = """[book]
title = "-{余华}-传"
subtitle = "论-{zh-hans:软件;zh-tw:軟體}-"
authors = ["-{于}-某", { name = "-{zh-tw:b}-", file-as = "-{Yu}-" }]
publisher = "-{}-"
rights = "-{余}-"
description = '\\-{x}-'
subjects = ["a", "-{H|a=>zh-tw:b}-"]
language = "zh-Hans"

[editions.zh-Hans]
[editions.zh-Hant-TW]
subtitle = "論-{zh-tw:軟體;zh-hans:a}-"
description = ""
[editions.zh-Hant-HK]
title = "-{zh-hans:a}-"
"""


def test_variants_in_the_books_settings():
    settings, findings = read_settings(BOOK, "book/book.toml")
    assert [str(finding) for finding in findings] == [
        "book/book.toml:5:1: This variant is empty. Write its text, or take it out.",
        "book/book.toml:8:18: A rule cannot stand here. Write it in the text of a chapter.",
        "book/book.toml:4:24: This variant gives no form for the book's own script. Add “zh-hans:…”.",
        "book/book.toml:16:1: This variant gives no form for the book's own script. Add “zh-hant:…”.",
    ]
    hans, taiwan, _ = (edition.metadata for edition in settings.editions)
    assert list(split(hans.title)) == [Variant("keep", {}, "余华"), "传"]
    assert [plain(hans.subtitle, tag) for tag in (HANS, HK)] == ["论软件", "论軟體"]
    assert [own(author.name) for author in hans.authors] == ["于某", "-{zh-tw:b}-"]
    assert hans.authors[1].file_as == "Yu"
    assert own(hans.rights) == "余"
    assert hans.description == "-{x}-"
    assert taiwan.subtitle == "論軟體"
    assert taiwan.description == ""


def test_a_kept_title_does_not_change_the_books_identifier():
    with_variant, without = (
        read_settings(f'[book]\ntitle = "{title}"\nlanguage = "zh-Hans"\n', "book/book.toml")[0].editions[0]
        for title in ("-{余华}-传", "余华传")
    )
    assert with_variant.metadata.identifier == without.metadata.identifier


CHART = """kind = "bar"
title = "-{余华}-"
unit = "-{zh-hans:条;zh-tw:條目}-"
source = "-{}-"
[[bars]]
label = "-{zh-hans:软件;zh-tw:軟體軟體軟體}-"
value = 10
note = "-{zh-x:a}-"
"""


def test_variants_in_a_charts_data():
    chart, findings = read_chart(Asset("data/a.toml", "application/toml", CHART.encode()), HANS)
    assert [str(finding) for finding in findings] == [
        "book/data/a.toml:8:1: “zh-x” is not a tag of a variant. Did you mean “zh-tw”?",
        "book/data/a.toml:4:1: This variant is empty. Write its text, or take it out.",
    ]
    assert chart is not None
    assert own(chart.title) == "余华"
    drawings = {tag: lay_out(chart, 283.5, {"source_before": "来源："}, tag) for tag in (HANS, TW)}
    assert plain(drawings[TW].bars[0].figure, TW) == "10-{zh-x:a}-條目"
    assert drawings[TW].left - drawings[HANS].left == pytest.approx(4 * 8.5)


def test_a_title_is_never_broken_inside_a_variant():
    long = enclose(Variant("choose", {"zh-Hans": "三四五六七"}, "三四五六七"))
    assert title_lines(f"一二{long}八九十", 6) == [f"一二{long}", "八九十"]
    assert title_lines(f"一：{enclose(Variant('rule', {TW: 'b'}, 'a'))}二", 6) == ["一：", "二"]


def test_copies_of_a_heading_have_no_rules():
    text = f"甲{enclose(Variant('rule', {TW: 'b'}, 'a'))}乙"
    chapter = Chapter(
        "a", "book/a.md", "chapter", (text,), (Element("h2", {"id": "x"}, (text,)),), id="a", label=""
    )
    numbered = Numbered(chapter, "a", "", "1", chapter.title)
    assert numbered.heading == "甲乙"
    assert [target.title for target in targets_of(numbered, {}, {}).values()] == ["甲乙", "甲乙"]


def test_a_note_that_begins_with_a_rule_has_its_mark_in_its_first_paragraph():
    rule = enclose(Variant("rule", {TW: "b"}, "a"))
    aside = complete_note(Note("n", (rule, Element("p", {}, ("字",)))), {"n": "①"}, "r", highlight=True)
    assert serialize(aside.children) == (
        f'{rule}<p><a class="backlink" role="doc-backlink" href="#r">①</a>字</p>'
    )
