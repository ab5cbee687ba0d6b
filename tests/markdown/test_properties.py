"""parse at its door: what holds for any text."""

import re
from collections import Counter
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from manuscripts import manuscript, parse_body, parse_texts, wrong
from markdown_it import MarkdownIt

from keben.core.markup import Element, serialize, text_of, walk
from keben.core.markup import parse as parse_markup
from keben.markdown import parse

BLOCK_MARKS = [
    "\n",
    "\n\n",
    "  ",
    "    ",
    "> ",
    "- ",
    "1. ",
    "# ",
    "### ",
    "```",
    "~~~",
    "---",
    "===",
    "|",
    "|---|",
    ": ",
]
INLINE_MARKS = [
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[^",
    "]:",
    "^[",
    "[^x]",
    "[^x]: ",
    "\\",
    "\t",
]
BRACES = ["{", "}", "{#a}", "{.b}", "{lang=en}", "{x}", "{字|zì}"]
HTML = [
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<script>",
    "<td",
    '="',
    "'",
    "/>",
    "<?",
    "<![CDATA[",
]
VARIANTS = [
    "-{",
    "}-",
    "-{余华}-",
    "-{zh-hans:软件;zh-tw:軟體}-",
    "-{H|软件=>zh-tw:軟體}-",
    "zh-tw:",
    "zh-x:",
    ";",
    "H|",
]
ENTITIES = ["&", "&#1;", "&#xE000;", "&lt;"]
TEXT = [
    "字",
    "，",
    "“",
    "”",
    "——",
    "a",
    "B c",
    "。\n字",
    "../images/dot.png",
    "b.md",
    "#a",
    "http://e.org/",
    "\u3000",
]
FRONT_MATTER = ["---\n", "+++\n", "title: ", "title = ", "kind: x\n"]
ODD = ["\x00", "\ue000", chr(0xD800), "é", "👩\u200d👩\u200d👧"]
PIECES = st.sampled_from(
    [*BLOCK_MARKS, *INLINE_MARKS, *BRACES, *VARIANTS, *HTML, *ENTITIES, *TEXT, *FRONT_MATTER, *ODD],
)
MARKDOWN = st.lists(PIECES, max_size=60).map("".join)
ANY = st.one_of(MARKDOWN, st.text(max_size=200))


def elements(nodes):
    return [part for node in nodes if isinstance(node, Element) for part in walk(node)]


@given(st.lists(ANY, min_size=1, max_size=2))
@settings(max_examples=400, deadline=None)
@example(["<![foo"])
@example(["---\n? [a]\n: b\n---\n"])
@example(["[^a]: [^a]"])
@example(["^[^[^[a]]]"])
@example(["| a |\n|---|\n{.x}\n: "])
@example(["> {.x}\n\n: a"])
@example(["- > ```\n"])
def test_no_text_raises_and_every_tree_is_sound(texts):
    book, findings = parse_texts(*texts)
    assert len(book.chapters) == len(texts)
    lines = {
        f"book/chapters/{name}.md": text.count("\n") + 1 for name, text in zip("ab", texts, strict=False)
    }
    for finding in findings:
        assert 1 <= finding.place.line <= lines[finding.place.path], finding
        assert finding.message.endswith(".") and "\n" not in finding.message, finding
    ids = Counter[str]()
    for chapter in book.chapters:
        ids[chapter.id] += 1
        notes = [note.id for note in chapter.notes]
        for nodes in (chapter.title, chapter.body, *(note.body for note in chapter.notes)):
            # What XML cannot hold would raise here.
            assert parse_markup(f"<div>{serialize(nodes)}</div>").tag == "div"
            for node in elements(nodes):
                ids.update([node.get("id")] if node.get("id") else [])
                assert node.tag not in ("script", "style", "soft-break")
                assert not any(name.startswith("on") or name == "style" for name in node.attributes)
                assert "noteref" not in node.classes or node.get("href")[1:] in notes
        ids.update(notes)
    assert max(ids.values(), default=1) == 1


PLAIN = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("，。！？：；“”‘’（）《》、…—·abcXYZ019 .,?!'\"é가①"),
    ),
    min_size=1,
    max_size=80,
)


def characters(text):
    return Counter("".join(text.split()))


@given(st.lists(st.lists(PLAIN, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_character_of_plain_paragraphs_is_lost(paragraphs):
    text = "\n\n".join("\n".join(f"字{line}" for line in lines) for lines in paragraphs)
    chapter, findings = parse_body(text)
    assert [found for found in findings if ": warning: " not in found] == []
    assert len(chapter.body) == len(paragraphs)
    assert characters(text_of(chapter.body)) == characters(text)


INLINES = [
    "*{}*", "**{}**", "~~{}~~", "`{}`", "[{}](#x)", "[{}]{{.x}}", "<b>{}</b>", "^[{}]", "{{{}|字}}", "[^n]{}",
    "![{}](../images/dot.png)", "-{{{}}}-", "*-{{zh-hans:{};zh-tw:b}}-*", "-{{{}|x", "-{{zh-tw:{}}}-", "-{{H|{}=>zh-tw:b}}-",
]  # fmt: skip
WRAPPERS = [
    "{}",
    "> {}",
    "- {}",
    "## {}",
    "术\n:   {}",
    "<div>\n\n{}\n\n</div>",
    "| 甲 |\n|---|\n| {} |",
    "[^n]: {}",
]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@given(
    st.lists(st.tuples(st.sampled_from(WRAPPERS), st.sampled_from(INLINES), HAN, HAN), min_size=1, max_size=8)
)
@settings(max_examples=300, deadline=None)
def test_no_text_in_markup_is_lost_without_a_finding(parts):
    blocks = []
    for wrapper, inline, inside, after in parts:
        inner = inline.format(inside).replace("|", "\\|" if wrapper.startswith("|") else "|")
        blocks.append(wrapper.format(inner + after))
    chapter, findings = parse_body("\n\n".join(blocks) + "\n\n[^n]: 注\n")
    if findings:
        return
    assert not any(sign in "".join(blocks) for sign in ("|x", "-{zh-tw:"))
    nodes = (*chapter.body, *(node for note in chapter.notes for node in note.body))
    found = text_of(nodes) + "".join(node.get("alt") for node in elements(nodes))
    for _, _, inside, after in parts:
        assert inside in found
        assert after in found


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_tree(text):
    assert parse(manuscript(text)) == parse(manuscript(text))


MANY = 10_000
LONG = {
    "variants": "-{乙}-" * MANY,
    "variants never closed": "-{" * 2 * MANY,
    "emphasis and variants": "*-{字" * MANY,
    "readings never closed": "{字|" * MANY,
    "notes never closed": "^[" * MANY,
    "notes in notes": "^[" * MANY + "]" * MANY,
    "pictures never closed": "![" * MANY,
    "spans in spans": "[" * MANY + "文" + "]{.work}" * MANY,
    "braces": "字。{#x}" * MANY,
    "runs of backticks": " ".join("`" * length for length in range(1, 1000)),
    "dollars": "$a " * MANY,
    "dollars in Chinese": "$a与$" * MANY,
    "environments": "\\begin{a}\n\n" * 3000,
    "straight marks": '"字' * 5 * MANY,
    "mixed marks": '“字"\n' * MANY,
    "marks in full width": "＊｛［＃" * MANY,
    "links": "[a](b c" * MANY,
    "html": "<b>" + "-{" * MANY,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_text_takes_long(text):
    """Time in proportion to a text's length: many of these took more than 15 seconds, or gigabytes."""
    start = process_time()
    parse_body(text)
    assert process_time() - start < 10


def test_a_block_that_opens_too_many_brackets_is_named():
    assert wrong(f"字\n\n{'[' * 101}甲{']' * 101}") == [
        "5:1: More than 100 brackets are open at once here. "
        "Close them; put a backslash before those that are text."
    ]
    assert wrong("[甲] " * 500) == []


LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))
"""Each piece of text in a source gets letters of its own, so that one that is missing can be told."""

PLACES = st.sampled_from(
    [
        "{}", "{}", "{}", "# {}", "### {}", "- {}", "1. {}", "> {}", "`{}`", "*{}*", "**{}", "~~{}~~", "[{}](b.md)",
        "[{}](#{})", "[{}]()", "[{}](tel:1)", '[{}](https://e.org "{}")', "![{}](https://e.org/a.png)",
        '![{}](../images/dot.png "{}")', "![](../images/dot.png)", "{}[^x]", "\n\n[^x]: {}", "^[{}]", "{}[^y]",
        "<div>{}", "</div>", "<p align='center'>{}", "<font color=red>{}</font>", "<details><summary>{}</summary>{}",
        "</details>", "<T>{}</T>", "<b>{}", "</b>", "<li>{}", "<td>{}", "<table><tr><td>{}", "</table>",
        "<span style='x'>{}</span>", "<video src='a.mp4'>{}</video>", "<h1>{}</h1>", "<dt>{}", "<h2>", "<a name='{}'>{}",
        "<center>{}</center>", "<script>{}</script>", "<!-- {} -->", "| {} | {} |\n|---|---|\n| {} | {} |",
        "| {} |\n|---|\n| {} | {} |", ": {}", "{} {{#a}}", "{{.b}}\n{}", "{{{{ {} }}}}", "```\n{}", "    {}", "${}$",
        "{}\n===", "{}\n---", "---", "---\n{}\n---", "---\ntitle: {}\n---", "[{}]: b.md", "\n\n[{}]: c.md\n\n", "<{}>",
        "[a[^x]{}](#b)", "<{}", "<ruby>{}<rt>{}</rt></ruby>", "<caption>{}", "<figcaption>{}", "##", "<?{}?>", "&lt;{}",
    ]
)  # fmt: skip
JOINS = st.sampled_from(["\n", "\n\n", "\n\n", " ", "\n\n> ", "\n  "])


def numbered(parts):
    """A source of places for text, each of which has letters of its own."""
    letters = iter(LETTERS)
    text = ""
    for place, join in parts:
        text += place.format(*(next(letters) + next(letters) for _ in range(place.count("{}")))) + join
    return text


def texts_of(tokens):
    """What plain CommonMark with tables takes for text, by itself: no rule of Keben's is asked."""
    for token in tokens:
        if token.type in ("text", "code_inline", "fence", "code_block"):
            yield token.content
        yield from texts_of(token.children or ())


@given(st.lists(st.tuples(PLACES, JOINS), min_size=1, max_size=14).map(numbered))
@settings(max_examples=600, deadline=None)
@example("<table>\n\n一<tr><td>二")
@example("---\n一丁 ---\ntitle: 丂七\n---\n丄丅\n")
def test_a_generous_reader_loses_no_letter_in_silence(text):
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    book, findings = parse_texts(text, reader="generous")
    chapter = book.chapters[0]
    kept = serialize((*chapter.title, *chapter.body, *(part for note in chapter.notes for part in note.body)))
    wanted = {letter for piece in texts_of(plain.parse(text)) for letter in piece if letter in LETTERS}
    missing = wanted - set(kept)
    for letter in missing:
        line = text[: text.index(letter)].count("\n") + 1
        before = text.split("\n")[: line - 1]
        first = next((number + 1 for number in range(line - 1, 0, -1) if not before[number - 1].strip()), 1)
        assert any(
            first <= found.place.line <= line
            or letter in found.message
            or re.search(rf"\b{line}\b|, …", found.message)
            # It names the note, which may have several paragraphs.
            or (found.code in ("unused-note", "duplicate-note") and found.place.line <= line)
            # It names one line of front matter that is not YAML; the build stops for all of it.
            or (found.code == "front-matter" and text[: text.index(letter)].count("\n---\n") == 0)
            for found in findings
        ), (letter, line, [str(found) for found in findings])
