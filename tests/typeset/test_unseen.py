"""Invisible characters: used where a font uses them, else passed over with a word about it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import fallbackfonts
import pytest
from books import book, chapter
from hypothesis import given
from hypothesis import strategies as st

from keben.core.catalogues import translated
from keben.core.characters import UNSEEN, is_ignorable
from keben.core.errors import Finding
from keben.core.markup import text_of
from keben.formats import check_completeness
from keben.typeset import missing_glyphs, typeset
from keben.typeset.fonts.unseen import findings_of, without_unseen


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with fallbackfonts.bare_machine(tmp_path, monkeypatch) as folder:
        yield folder


def settle(text: str, form: str = "") -> tuple[str, list[Finding]]:
    """A paragraph's text as it is set, and what is reported of it; ``form`` is where its selectors' forms are."""
    composition = book(chapter(f'<p data-line="3">{text}</p>'))
    settled, passed = without_unseen(composition, lambda *_: form)
    (document,) = settled.documents
    return text_of(document.root).removeprefix("第一章 里程"), list(findings_of(passed, 5))


@pytest.mark.parametrize(
    ("text", "as_set", "codes"),
    [
        ("晴☀️天", "晴☀天", ["plain-emoji"]),
        ("晴☀︎天", "晴☀天", []),
        ("葛󠄀城", "葛城", ["variation-selector"]),
        ("文\u200d字\u200c也\u200e是\u034f的\u2063", "文字也是的", ["invisible-character"] * 5),
        ("头\ufeff尾", "头尾", []),
        ("软\u00ad连\u200b字\u2060符", "软连字符", []),
        (
            "soft\u00adhyphen zero\u200bwidth word\u2060join",
            "soft\u00adhyphen zero\u200bwidth word\u2060join",
            [],
        ),
        ("👍🏽", "👍", ["plain-emoji"]),
        ("👨\u200d👩", "👨👩", ["emoji-sequence"]),
        ("数\u0890\U000110bd字\U00013430号", "数字号", ["format-character"] * 3),
        ("甲\u2800乙", "甲 乙", []),
        ("⠁\u2800⠃", "⠁\u2800⠃", []),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष", []),
        ("ᄀ\u1160", "ᄀ\u1160", []),
        ("文“שלום!\u200f”字", "文“שלום!\u200f”字", []),
        ("文\u200f字", "文字", ["invisible-character"]),
    ],
)
def test_what_is_set_and_what_is_reported(text: str, as_set: str, codes: list[str]) -> None:
    found, findings = settle(text)
    assert found == as_set
    assert [each.code for each in findings] == codes


def test_a_form_that_the_fonts_have_is_kept_and_one_of_the_serif_s_stands_by_itself() -> None:
    assert settle("葛\U000e0100城", "all") == ("葛\U000e0100城", [])
    composition = book(chapter("<p>葛\U000e0100城</p>"))
    settled, passed = without_unseen(composition, lambda *_: "serif")
    assert passed == ()
    paragraph = settled.documents[0].root.children[-1]
    assert [
        node if isinstance(node, str) else (node.tag, node.get("class")) for node in paragraph.children
    ] == [  # type: ignore[union-attr]
        ("span", "form"),
        "城",
    ]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("晴☀️天", "notice"),  # Its sign prints.
        ("国\ufe0f", "notice"),
        ("👍🏽", "notice"),
        ("文\u200d字", "notice"),
        ("葛󠄀城", "warning"),  # Another form of a name.
        ("，\ufe00", "warning"),
        ("👨\u200d👩", "warning"),  # Two pictures for one.
    ],
)
def test_what_a_reader_does_not_miss_is_a_notice(text: str, severity: str) -> None:
    _, (finding,) = settle(text)
    assert finding.severity == severity


def test_a_mark_of_direction_moves_a_sign_beside_right_to_left_letters(machine: Path) -> None:
    from pdfs import Pdf

    fallbackfonts.add(machine, "Ezra SIL", fallbackfonts.HEBREW, 0x21)
    sides = []
    for text in ("文אב!文", "文אב!\u200f文"):
        composition = book(chapter(f"<p>{text}</p>"))
        artifact = typeset(composition)
        assert check_completeness(composition, artifact) == ()
        glyphs = {glyph.text: glyph.x for glyph in Pdf(artifact.data).glyphs(1)}
        sides.append(glyphs["!"] > glyphs["א"])
    assert sides == [True, False]


def test_one_warning_for_each_sequence_with_its_places() -> None:
    composition = book(chapter("".join(f'<p data-line="{line}">晴☀️天☀️，葛󠄀。</p>' for line in range(3, 10))))
    _, passed = without_unseen(composition, lambda *_: "")
    sun, kudzu = findings_of(passed, 5)
    assert sun.message == (
        "The PDF prints “☀” (U+2600 U+FE0F) without colour, as a plain sign (14 times; also at "
        + ", ".join(f"book/chapters/one.md:{line}" for line in range(4, 8))
        + " and 2 more places)."
    )
    assert "（14 次；还有 book/chapters/one.md:4、" in translated(sun.message, "zh-Hans")
    assert "one.md:7，另有 2 处）" in translated(sun.message, "zh-Hans")
    assert (str(sun.place), sun.severity) == ("book/chapters/one.md:3", "notice")
    assert kudzu.message.startswith("No chosen font has the form “葛󠄀” (U+845B U+E0100)")


def test_titles_are_settled_as_their_text_is() -> None:
    composition = book(chapter("<p>文</p>", title="晴☀️天"))
    settled, passed = without_unseen(composition, lambda *_: "")
    assert settled.documents[0].title == "第一章　晴☀天"
    assert len(list(findings_of(passed, 5))) == 1


def test_real_text_with_all_of_them_is_whole(machine: Path) -> None:
    fallbackfonts.add(machine, "Symbola", *map(ord, "☀▶©™♥☎⚠👍👨👩❤1\u20e3"), range(0x1F1E6, 0x1F200))
    body = (
        "<p>晴☀️天，点▶️播放，©️ 版权™️，♥️☎️⚠️，葛󠄀城、辻󠄂、天︀。文\u200d字\u200c\u200e\u200f\u034f\u2061\u2062\u2063"
        "\u2800也\ufeff是\u00ad的\u200b。</p><p>👍🏽👨\u200d👩❤️1️⃣🇨🇳。</p><blockquote><p>葛󠄀城☀️。</p></blockquote>"
    )
    composition = book(chapter(body))
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    assert {each.severity for each in missing_glyphs(composition)} == {"warning", "notice"}
    assert "missing-glyph" not in {each.code for each in missing_glyphs(composition)}


def test_accents_on_chinese_characters_take_no_room(machine: Path) -> None:
    from pdfs import Pdf

    composition = book(chapter("<p>国\u0301国\u0301\u0301国\u0302国，文字。</p>"))
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    places = [glyph.x for glyph in Pdf(artifact.data).glyphs(1) if glyph.text == "国"]
    steps = [round(after - before, 1) for before, after in pairwise(places)]
    assert steps == [10.5] * 3


@given(
    st.text(
        st.sampled_from(
            [*"国a☀👍ا\u064eक \u200d\u200c\ufe0f\ufe0e\U000e0100\u200b\u00ad\u2800\U0001f3fd\u034f\u200f"]
        )
    )
)
def test_nothing_but_the_invisible_is_ever_lost(text: str) -> None:
    found, _ = settle(text.replace("\u2800", ""))
    assert UNSEEN.sub("", found) == UNSEEN.sub("", text)
    before = " "
    for character in found:
        # A selector that no font knows is never set.
        assert character not in "\ufe0f\ufe0e\U000e0100"
        before = character
    assert before


def test_default_ignorables_are_unicode_s() -> None:
    ignorable = {code for code in range(0x110000) if is_ignorable(chr(code))}
    # DerivedCoreProperties.txt of Unicode 16: “Total code points: 4174”.
    assert len(ignorable) == 4174
