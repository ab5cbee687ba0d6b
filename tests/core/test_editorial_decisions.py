"""What editors decided: read, written, and put into a file that stands."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keben.core.editorial.cells import FORBIDDEN
from keben.core.editorial.decisions import (
    key,
    leading_comments,
    merge_decisions,
    read_decisions,
    update_decisions,
    write_decisions,
)
from keben.core.editorial.seen import Seen, fingerprint, is_new, read_seen, write_seen
from keben.core.editorial.values import Decision, Doubt
from keben.core.errors import Place

HEADER = "language\tphrase\ttarget\tbefore\tafter\tnote\n"
WHOLE_HEADER = HEADER.replace("note", "note\teditor\tdate")
PATH = "book/decisions.tsv"


def decision(language="zh-Hant-TW", phrase="发", target="髮", before="", after="", note="", line=2):
    return Decision(language, phrase, target, before, after, note, Place(PATH, line, 1))


def messages(text):
    return [str(finding) for finding in read_decisions(text, PATH)[1]]


def test_a_row_is_a_decision_and_its_language_becomes_canonical():
    text = (
        HEADER
        + "zh-TW\t发\t髮\t理\t店\t一家店\nzh-hant\t里\t裡\n\n# a remark\r\nzh-Hant-HK\ta\\tb\\nc\\\\\tx\t\t\t\r\n"
    )
    assert read_decisions(text, PATH) == (
        (
            decision(before="理", after="店", note="一家店"),
            decision("zh-Hant", "里", "裡", line=3),
            decision("zh-Hant-HK", "a\tb\nc\\", "x", line=6),
        ),
        (),
    )


def test_a_missing_or_empty_file_decides_nothing():
    assert read_decisions("", PATH) == ((), ())
    assert read_decisions("\ufeff" + HEADER, PATH) == ((), ())
    assert read_decisions("# only a remark\n\n", PATH) == ((), ())


def test_every_error_is_told_in_one_run_with_line_and_column():
    text = HEADER + (
        "zh-Hant-TW\t发\n"
        "zh-Hant-TW\t发\t髮\t\t\t\tmore\n"
        "en\t发\t髮\n"
        "zh-Hant-TW\t \t\n"
        "zh-Hant-TW\ta\ue000b\tc\n"
        "zh-Hant-TW\t发\t髮\\x\n"
        "zh-Hant-TW\t里\t裡\n"
        "zh-TW\t里\t裡\n"
        "zh-TW\t里\t里\n"
    )
    languages = "zh-Hans, zh-Hant, zh-Hans-CN, zh-Hant-TW, zh-Hant-HK"
    names = "language, phrase, target, before, after, note"
    assert sorted(messages(text)) == sorted(
        [
            f"{PATH}:2:1: This row has 2 cells. Give it 3 to 6, with a tab between each two: {names}.",
            f"{PATH}:3:19: This row has 7 cells. Give it 3 to 6, with a tab between each two: {names}.",
            f"{PATH}:4:1: Unknown language `en`. Use one of {languages}.",
            f"{PATH}:5:12: The phrase is empty. Write the source's text that is decided.",
            f"{PATH}:5:14: The target is empty: this decides nothing. Write what the phrase is to be, or take the row out.",
            f"{PATH}:6:13: U+E000 is a private-use character. Take it out, or write what it stands for.",
            f"{PATH}:7:15: `\\x` means nothing in a table. Write \\\\ for a backslash, \\t for a tab, \\n for a line break.",
            f"{PATH}:9:1: `里` was decided so in line 8 already. Take one of the two out.",
            f"{PATH}:10:1: `里` is `里` here and `裡` in line 8. Take one of the two out, or tell them apart by what stands before or after.",
        ]
    )


def test_a_wrong_header_is_one_error():
    assert messages("# remark\nlanguage\tphrase\nzh\tb\n") == [
        f"{PATH}:2:1: The first line does not name the columns of this table. "
        "Write these, with a tab between each two: language, phrase, target, before, after, note, editor, date."
    ]


def test_the_file_is_sorted_and_has_no_spaces_at_line_ends():
    written = write_decisions(
        [
            decision(phrase="里", target="裡"),
            decision(note="why"),
            decision("zh-Hant", before="理", after="\t"),
        ],
        comments=("# ours",),
    )
    assert written == (
        "# ours\n"
        + WHOLE_HEADER
        + "zh-Hant\t发\t髮\t理\t\\t\nzh-Hant-TW\t发\t髮\t\t\twhy\nzh-Hant-TW\t里\t裡\n"
    )
    assert leading_comments(written) == ("# ours",)
    assert leading_comments(HEADER + "# below") == ()


def test_a_new_decision_takes_the_place_of_one_about_the_same():
    old = (decision(), decision(before="理"))
    new = (decision(target="發"), decision("zh-Hant-HK"))
    assert set(merge_decisions(old, new)) == {
        decision(target="發"),
        decision(before="理"),
        decision("zh-Hant-HK"),
    }


cells = st.text(st.characters(codec="utf-8")).map(lambda text: FORBIDDEN.sub("", text))
filled = cells.filter(str.strip)
languages = st.sampled_from(["zh-Hans", "zh-Hant", "zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"])
many = st.lists(st.builds(decision, languages, filled, filled, cells, cells, cells))


@settings(deadline=None)
@given(many)
def test_what_is_written_is_read(made):
    made = merge_decisions((), made)
    text = write_decisions(made)
    read, findings = read_decisions(text, PATH)
    assert findings == ()
    plain = {(d.language, d.phrase, d.target, d.before, d.after, d.note) for d in made}
    assert {(d.language, d.phrase, d.target, d.before, d.after, d.note) for d in read} == plain
    assert write_decisions(reversed(read)) == text


@settings(deadline=None)
@given(st.text())
def test_no_text_is_too_bad_to_be_read(text):
    read_decisions(HEADER + text, PATH)
    read_seen("language\tphrase\thashes\n" + text, "book/seen.tsv")


def doubt(phrase="发", kind="default", anchor=("理", "店")):
    return Doubt(kind, 3, Place("book/a.md", 1), phrase, "髮", ("髮", "發"), "", anchor=anchor)


def test_a_doubt_is_new_until_it_was_on_the_page():
    text = write_seen([("zh-Hant-TW", [doubt()]), ("zh-Hant-TW", [doubt(anchor=("头", ""))])])
    seen, findings = read_seen(text, "book/seen.tsv")
    assert findings == ()
    assert not is_new(seen, "zh-Hant-TW", doubt())
    assert not is_new(seen, "zh-Hant-TW", doubt(anchor=("头", "")))
    assert is_new(seen, "zh-Hant-HK", doubt())
    assert is_new(seen, "zh-Hant-TW", doubt(kind="overlap"))
    assert is_new(seen, "zh-Hant-TW", doubt("发型"))
    assert is_new(seen, "zh-Hant-TW", doubt(anchor=("理", "型")))
    assert is_new(Seen(), "zh-Hant-TW", doubt())


def test_the_file_of_what_was_seen_has_a_row_for_each_phrase():
    two = [doubt(anchor=("头", "")), doubt()]
    text = write_seen([("zh-Hant-TW", [*two, doubt("里")])])
    comment, header, *rows = text.splitlines()
    assert comment.startswith("# ")
    assert header == "language\tphrase\thashes"
    assert rows == [
        f"zh-Hant-TW\t发\t{' '.join(sorted(map(fingerprint, two)))}",
        f"zh-Hant-TW\t里\t{fingerprint(doubt('里'))}",
    ]


def test_languages_that_were_not_reviewed_keep_their_rows():
    earlier, _ = read_seen(write_seen([("zh-Hant-HK", [doubt()]), ("zh-Hant-TW", [doubt("里")])]), "s")
    later, _ = read_seen(write_seen([("zh-Hant-TW", [doubt()])], earlier), "s")
    assert later.hashes.keys() == {("zh-Hant-HK", "发"), ("zh-Hant-TW", "发")}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("zh-Hant\t发\t12345678", "2:1: Unknown language `zh-Hant`."),
        ("zh-Hant-TW\t发\t123", "2:14: These are not hashes of eight hexadecimal digits."),
    ],
)
def test_a_wrong_row_of_what_was_seen_is_reported(row, said):
    seen, findings = read_seen(f"language\tphrase\thashes\n{row}\n", "book/seen.tsv")
    assert seen == Seen({})
    assert [str(each) for each in findings] == [
        f"book/seen.tsv:{said} Take the row out: its places then count as new."
    ]


FILE = f"""# On top.
{HEADER.strip()}
# Hair.
zh-Hant\t发\t髮\t头

# The rest.
zh-Hant\t里\t裡
zh-Hant-TW\t干\t乾\t\t\tdry
# Below.
"""


def made(phrase, target, language="zh-Hant", before="", note=""):
    return Decision(language, phrase, target, before, "", note, Place("page"))


def test_saving_keeps_comments_and_empty_lines_where_they_are():
    assert update_decisions(FILE, [made("里", "里", note="no")]) == FILE.replace("里\t裡", "里\t里\t\t\tno")
    # U+540E sorts between 发 (U+53D1) and 里 (U+91CC), and what stands above 里 stays above it.
    assert update_decisions(FILE, [made("后", "後")]) == FILE.replace("头\n", "头\nzh-Hant\t后\t後\n")
    assert update_decisions(FILE, [made("一", "壹")]) == FILE.replace("# Hair", "zh-Hant\t一\t壹\n# Hair")
    assert update_decisions(FILE, [made("面", "麵", "zh-Hant-TW")]) == FILE.replace(
        "dry\n", "dry\nzh-Hant-TW\t面\t麵\n"
    )
    assert update_decisions(FILE, []) == FILE


def test_an_order_of_the_editors_own_is_kept_and_new_ones_go_to_the_end():
    own = f"{HEADER}zh-Hant\t里\t裡\n# Later.\nzh-Hant\t发\t髮\n"
    assert (
        update_decisions(own, [made("后", "後"), made("一", "壹")])
        == f"{own}zh-Hant\t一\t壹\nzh-Hant\t后\t後\n"
    )


def test_a_file_that_is_not_there_is_written_whole():
    assert update_decisions("", [made("里", "裡")]) == write_decisions([made("里", "裡")])
    assert update_decisions("# ours\n", [made("里", "裡")]) == write_decisions(
        [made("里", "裡")], ("# ours",)
    )


def test_who_decided_and_when_is_kept_and_the_header_says_so():
    signed = replace(made("里", "里"), editor="林默", date="2026-11-26")
    saved = update_decisions(FILE, [signed])
    assert saved == FILE.replace("里\t裡", "里\t里\t\t\t\t林默\t2026-11-26").replace(HEADER, WHOLE_HEADER)
    read, findings = read_decisions(saved, PATH)
    assert findings == ()
    assert [(each.phrase, each.editor, each.date) for each in read if each.editor] == [
        ("里", "林默", "2026-11-26")
    ]


def test_a_decision_that_is_withdrawn_goes_and_its_comment_stays():
    assert update_decisions(FILE, [], [key(made("里", ""))]) == FILE.replace("zh-Hant\t里\t裡\n", "")
    assert update_decisions(FILE, [], [key(made("無", ""))]) == FILE


CELLS = st.text(alphabet="一二三里\t\\\nx", min_size=1, max_size=3).filter(str.strip)
DECISIONS = st.lists(
    st.builds(made, CELLS, CELLS, st.sampled_from(["zh-Hant", "zh-Hant-TW"]), st.sampled_from(["", "前"])),
    max_size=6,
)


@given(DECISIONS, DECISIONS, st.lists(st.integers(0, 30), max_size=5))
def test_what_is_read_after_saving_is_both_together(old, new, places):
    old = merge_decisions((), old)
    lines = write_decisions(old).splitlines(keepends=True)
    for number, place in enumerate(places):
        lines.insert(place % (len(lines) + 1), f"# {number}\n" if number % 2 else "\n")
    text = "".join(lines) if old else ""
    saved = update_decisions(text, new)
    decisions, findings = read_decisions(saved, "d")
    assert findings == ()
    reported = {(each.language, each.phrase, each.before, each.target) for each in decisions}
    wanted = merge_decisions(old, new)
    assert reported == {(each.language, each.phrase, each.before, each.target) for each in wanted}
    kept = [line for line in text.splitlines() if not line or line.startswith("#")]
    assert [line for line in saved.splitlines() if not line or line.startswith("#")] == kept
