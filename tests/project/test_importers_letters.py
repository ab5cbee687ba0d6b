"""What is imported says the same letters as what it is from, whatever they are."""

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from manuscripts import generous

from keben.core.markup import text_of
from keben.project.importers import import_book
from keben.project.importers.inlines import References, rewritten
from keben.project.importers.prose import headings_of, prose_lines

SIGNS = [
    "*", "**", "_", "~~", "~", "`", "```", "[", "]", "(", ")", "![", "](", "[^a]", "[^a]: ", "^[", "{", "}", "{.a}", "{a|b}",
    "$", "$$", "\\", "\\(", "<", ">", "<b>", "</b>", "<!--", "-->", "&", "&lt;", "&emsp;", "|", "|---|", "---", "===", "# ",
    "- ", "+ ", "1. ", "> ", ": ", "::: tip", ":::", "!!! note", "??? x", '=== "a"', "[!NOTE]", "{% hint %}", "{% raw %}",
    "{{< a >}}", "{{ a }}", "-{", "}-", "==", "++", "^", ":smile:", "*[a]: ", "[TOC]", "[ ] ", "!> ", "?> ", "\\newpage", "[[a]]",
]  # fmt: skip
WORDS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)
LINE = st.lists(
    st.one_of(WORDS, st.sampled_from(SIGNS), st.sampled_from("aB1，。“”、 ")), min_size=1, max_size=8
).map("".join)


def squeezed(text):
    return "".join(text.split())


@given(st.lists(LINE, min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
@example(["甲==乙==丙"])
@example(["甲++乙++丙", ":smile:"])
def test_a_plain_text_comes_as_it_is(lines):
    text = "\n".join(f"　　字{line}" for line in lines)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "书.txt"
        file.write_text(f"第一章　题\n\n{text}\n", encoding="utf-8")
        draft = import_book(file)
    chapters = [data.decode() for path, data in draft.files.items() if "/chapters/" in path]
    book, findings = generous(*chapters)
    found = "".join(text_of(chapter.body) for chapter in book.chapters)
    assert squeezed(found) == squeezed(text), (chapters, findings)


class Same:
    """Addresses that stay."""

    def link(self, address):
        return address

    def picture(self, address):
        return address


@given(st.lists(LINE, min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_addresses_alone_are_written_again(lines):
    text = "\n".join(lines)
    again = rewritten(text, Same(), References({}, {}))
    assert Counter(re.findall(r"[\u4e00-\u9fff]", again)) == Counter(re.findall(r"[\u4e00-\u9fff]", text))
    assert rewritten(again, Same(), References({}, {})) == again


@given(st.lists(LINE, max_size=12))
@settings(max_examples=300, deadline=None)
def test_each_line_is_text_or_is_not_and_headings_are_text(lines):
    prose = prose_lines(lines)
    assert len(prose) == len(lines)
    for heading in headings_of(lines, prose):
        assert all(prose[heading.line : heading.end])
        assert 0 <= heading.line < heading.end <= len(lines)
        assert 1 <= heading.level <= 6


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{a}`b`-{c}`d`", "{a}`b`\\-{c}`d`"),
        ("$x^{-{n}}$ -{n}-", "$x^{-{n}}$ \\-{n}-"),
        ("$5\n\n-{n}", "$5\n\n\\-{n}"),
        ("`-{n}` \\-{n}", "`-{n}` \\-{n}"),
    ],
)
def test_signs_that_begin_a_variant_are_escaped(text, made):
    assert rewritten(text, Same(), References({}, {})) == made
