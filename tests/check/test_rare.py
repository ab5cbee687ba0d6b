"""Rare characters: what counts as one, where it is first, and what a screen shows of many."""

from collections import Counter
from dataclasses import replace

import pytest
from books import book, chapter
from hypothesis import given
from hypothesis import strategies as st

from keben.check.rare import MOST_SHOWN, RareCharacter, RareReport, rare_characters
from keben.core.composition import Composition
from keben.core.errors import Place
from keben.core.media import FormatName
from keben.core.regions import region_of
from keben.formats import FORMATS

COMMON = "天地玄黄Abc，。①😀é"
RARE = "䶮龘堃ß𠮷"


def report(composition: Composition, name: FormatName = "pdf") -> RareReport:
    return rare_characters(composition, FORMATS[name].reads, lambda character: f"Font {character}")


@pytest.mark.parametrize(
    ("language", "rare"),
    [
        ("zh-Hans-CN", "說説喆邨"),
        ("zh-Hant-TW", "说説喆邨"),
        ("zh-Hant-HK", "说説"),
    ],
)
def test_each_region_has_its_own_common_set(language: str, rare: str) -> None:
    composition = book(chapter('<p data-line="3">说說説喆邨人</p>', title="一"), language=language)
    found = "".join(each.character for each in report(composition).characters)
    assert set(found) == set(rare), found


@given(st.lists(st.text(COMMON + RARE, max_size=9), max_size=5))
def test_every_use_is_counted_and_the_first_is_named(paragraphs: list[str]) -> None:
    body = "".join(f'<p data-line="{line}">{text}</p>' for line, text in enumerate(paragraphs, 5))
    found = report(book(chapter(body, title="天"))).characters
    counts = Counter(character for character in "".join(paragraphs) if character in RARE)
    assert {each.character: each.count for each in found} == counts
    assert [each.character for each in found] == list(
        dict.fromkeys(filter(RARE.__contains__, "".join(paragraphs)))
    )
    for each in found:
        line = next(line for line, text in enumerate(paragraphs, 5) if each.character in text)
        assert each.first == Place("book/chapters/one.md", line)
        assert each.font == f"Font {each.character}"


def test_a_format_s_own_text_counts_where_it_is_printed() -> None:
    composition = book(
        chapter('<p data-line="3">天<span data-only="pdf">堃</span><span data-only="epub">龘</span></p>')
    )
    assert [each.character for each in report(composition).characters] == ["堃"]
    assert [each.character for each in report(composition, "epub").characters] == ["龘"]


def test_the_contents_do_not_count_again() -> None:
    body = chapter("<p>天</p>", title="堃")
    contents = chapter("<p>堃</p>", name="contents")
    (found,) = report(book(replace(contents, kind="contents"), body)).characters
    assert (found.count, found.first) == (1, Place("book/chapters/one.md"))


def test_a_screen_shows_the_first_ones() -> None:
    common = region_of("zh-Hans-CN").common
    each = RareCharacter("䶮", 3, Place("book/chapters/a.md", 12), "Noto Serif CJK SC")
    other = RareCharacter("龘", 1, Place("book/chapters/b.md", 2), "")
    assert RareReport(common, ()).summary("zh-Hans") == ("zh-Hans: no characters outside GB 2312",)
    assert RareReport(common, (other,)).summary("x") == (
        "x: 1 character outside GB 2312",
        "  龘 U+9F98, once at book/chapters/b.md:2",
    )
    many = RareReport(common, (each,) * (MOST_SHOWN + 4)).summary("x")
    assert len(many) == MOST_SHOWN + 2
    assert many[1] == "  䶮 U+4DAE, 3 times, first at book/chapters/a.md:12, set in Noto Serif CJK SC"
    assert many[-1] == "  and 4 more, which --json lists"
