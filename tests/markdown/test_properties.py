"""parse at its door: what holds for any text."""

import re
from collections import Counter
from time import process_time
from unittest.mock import patch

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
OTHERS = [
    "::: tip\n",
    ":::",
    "::: {.x}\n",
    "!!! note\n",
    '=== "a"\n',
    "[!NOTE]",
    "{% hint %}",
    "{% endhint %}",
    "{% tab a %}\n",
    "{% endtab %}\n",
    "{{< hint >}}\n",
    "```admonish\n",
    "!> ",
    "[ ] ",
    "==",
    "++",
    "~",
    "^",
    ":smile:",
    "*[a]: ",
    "[TOC]",
    "{: .x}",
    "\\newpage",
    "&emsp;",
    "<Tabs>",
    "</Tabs>",
    "<!-- tabs:start -->\n",
    "|-|\n",
]
ODD = ["\x00", "\ue000", chr(0xD800), "é", "👩\u200d👩\u200d👧"]
PIECES = st.sampled_from(
    [*BLOCK_MARKS, *INLINE_MARKS, *BRACES, *VARIANTS, *HTML, *ENTITIES, *TEXT, *FRONT_MATTER, *OTHERS, *ODD],
)
MARKDOWN = st.lists(PIECES, max_size=60).map("".join)
ANY = st.one_of(MARKDOWN, st.text(max_size=200))


def elements(nodes):
    return [part for node in nodes if isinstance(node, Element) for part in walk(node)]


@given(st.lists(ANY, min_size=1, max_size=2), st.sampled_from(["strict", "generous"]))
@settings(max_examples=400, deadline=None)
@example(["<![foo"], "strict")
@example(["---\n? [a]\n: b\n---\n"], "strict")
@example(["[^a]: [^a]"], "strict")
@example(["^[^[^[a]]]"], "strict")
@example(["| a |\n|---|\n{.x}\n: "], "strict")
@example(["> {.x}\n\n: a"], "strict")
@example(["- > ```\n"], "strict")
def test_no_text_raises_and_every_tree_is_sound(texts, reader):
    book, findings = parse_texts(*texts, reader=reader)
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
"""Each piece of text in a source gets letters of its own, so that one that is missing can be reported."""

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
        "{}\n===", "{}\n---", "---", "---\n{}\n---", "---\ntitle: {}\n---", "[{}]: d.md", "\n\n[{}]: c.md\n\n", "<{}>",
        "[a[^x]{}](#b)", "<{}", "<ruby>{}<rt>{}</rt></ruby>", "<caption>{}", "<figcaption>{}", "##", "<?{}?>", "&lt;{}",
        # What other tools have
        "> [!NOTE]\n> {}", "> [!tip]- {}\n> {}", "> [!{}] {}", "::: tip {}\n{}\n:::", "::: tip {}\n{}", ":::: note\n{}", "::::",
        ":::", "::: {{.callout-note}}\n## {}\n{}\n:::", ":::{{note}} {}\n{}", ":::note[{}]\n{}\n:::", "::: {}\n{}\n:::", "::: code-group\n{}",
        '!!! note "{}"\n    {}\n\n    {}', "!!! {}\n    {}", "!!! note\n    {}", "??? tip\n    {}\n  {}", '=== "{}"\n    {}',
        "```admonish tip title=\"{}\"\n{}\n```", "~~~ad-note {}\n{}", "```{{note}} {}\n{}\n```", "```admonish\n{}",
        '{{% hint style="info" %}}\n{}\n{{% endhint %}}', "{{% hint %}}{}{{% endhint %}}", "{{% note tip {} %}}\n{}", "{{% endnote %}}",
        '{{% tab title="{}" %}}\n{}\n{{% endtab %}}', "{{< hint tip >}}\n{}\n{{< /hint >}}", "{{{{#tab name=\"{}\"}}}}\n{}\n{{{{#endtab}}}}",
        "{{% quote {} %}}\n{}\n{{% endquote %}}", "{{% raw %}}\n{}\n{{% endraw %}}",
        "!> {}", "?> {}", "<!-- tabs:start -->\n\n#### {}\n\n{}", "<!-- tabs:end -->", "- [ ] {}", "- [x] {}\n- [x]", "=={}==", "++{}++",
        "H~{}~", "x^{}^", ":{}:", ":smile:{}", "[TOC]", "[[toc]]", "* {}\n{{:toc}}", "\\newpage", "{{{{< pagebreak >}}}}", "{}\n{{: .x}}", "## {} {{: #y}}",
        "*[{}]: {}", "*[HTML]: {}\n\nHTML", "| {} | {} |\n|---|\n| {} | {} |", "{} | {}\n-|-\n`{}|{}` | {}", "| {} |\n|:-|\n| {} | {} | {} |",
        "&emsp;&emsp;{}", "<p></p>", "<p>{}<br></p>", "<style>{}</style>", "<textarea>{}</textarea>", "<input value='{}'>{}", "<button>{}</button>",
        '<Badge text="{}"/>', '<Tabs><TabItem label="{}">\n\n{}\n\n</TabItem></Tabs>', "<template>{}</template>", "<iframe src=a>{}</iframe>",
        "[{}](javascript:a)", "![{}](data:a)", '<b onclick="x()">{}</b>', "[^z]: {}\n\n    {}\n\n        {}", "{}[^z]",
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


COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]*>?")


BOX = re.compile(r"(?:```|~~~)(?:admonish|ad-|\{note)|!!!|\?\?\?|===")
"""Where it stands, what plain CommonMark takes for code may be Markdown."""


PLAIN_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def texts_of(tokens, *, boxes=False):
    """What plain CommonMark with tables takes for text, by itself: no rule of Keben's is asked."""
    for token in tokens:
        if boxes and token.type in ("fence", "code_block"):
            yield from texts_of(PLAIN_MARKDOWN.parse(token.content), boxes=boxes)
        elif token.type in ("text", "code_inline", "fence", "code_block"):
            yield token.content
        elif token.type == "html_block":
            yield TAG.sub("", COMMENT.sub("", token.content))
        yield from texts_of(token.children or (), boxes=boxes)


def printed(nodes):
    """All that a reader can get to: text, readings of ruby, alternative texts and explanations."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from (node.get(name) for name in ("alt", "title"))
            yield from printed(node.children)


NOTE = r"[^\n]*(?:\n[^\n]*\S[^\n]*)*(?:\n(?:[ \t>]*\n)*[ \t>]*(?:  |\t)[^\n]*(?:\n[^\n]*\S[^\n]*)*)*"
"""A note: its paragraph, with lazy lines, and what is indented below it."""

LEFT_OUT = {
    # An element that goes with all that it holds
    "left-out": r"<(\w+)[\s\S]*?(?:</\1|\Z)",
    "media": r"<(\w+)[\s\S]*?(?:</\1|\Z)",
    "unused-note": NOTE,
    "duplicate-note": NOTE,
    # The front matter, which is all wrong where a line of it is
    "front-matter": r"[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    "unknown-key": r"[^\n]*",
    "unused-definition": r"[^\n]*",
    "abbreviation": r"[^\n]*",
    "lost-title": r"[^\n]*",
    "alt-markup": r"[^\n]*",
    "fence-info": r"[^\n]*",
}
"""The kinds of findings that say that text is not printed, and how much of it from where each stands."""


def places(found):
    """Every place that a finding names, as line and column."""
    more = re.search(r" more of this kind in this chapter, at ((?:\d+(?::\d+)?(?:, )?)+)", found.message)
    yield found.place.line, found.place.column
    if first := re.search(r"the first time in line (\d+)", found.message):
        yield int(first[1]), 0
    for place in more[1].strip(", ").split(", ") if more else ():
        line, _, column = place.partition(":")
        yield int(line), int(column or 0)


def named(text, findings):
    """The letters of a text that findings say are left out."""
    lines = text.split("\n")
    for found in findings:
        if "cannot be set in braces" in found.message:
            yield from found.message
        for line, column in places(found) if found.code in LEFT_OUT else ():
            start = sum(len(each) + 1 for each in lines[: line - 1]) + max(column - 1, 0)
            match = re.compile(LEFT_OUT[found.code]).match(text, 0 if found.code == "front-matter" else start)
            yield from match[0] if match else ""


@given(st.lists(st.tuples(PLACES, JOINS), min_size=1, max_size=14).map(numbered))
@settings(max_examples=600, deadline=None)
@example("<table>\n\n一<tr><td>二")
@example("---\n一丁 ---\ntitle: 丂七\n---\n丄丅\n")
def test_a_generous_reader_loses_no_letter_in_silence(text):
    with patch("keben.markdown.sightings._PLACES", len(LETTERS)):
        book, findings = parse_texts(text, reader="generous")
    chapter = book.chapters[0]
    kept = set(
        "".join(
            printed((*chapter.title, *chapter.body, *(part for note in chapter.notes for part in note.body)))
        )
    )
    wanted = {
        letter
        for piece in texts_of(PLAIN_MARKDOWN.parse(text), boxes=BOX.search(text) is not None)
        for letter in piece
        if letter in LETTERS
    }
    missing = wanted - kept - set(named(text, findings))
    assert not missing, (missing, [str(found) for found in findings])
