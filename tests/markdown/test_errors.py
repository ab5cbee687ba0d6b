"""parse at its door: every mistake is reported, with its place, and what to do."""

import pytest
from manuscripts import parse_body, parse_texts, wrong

from keben.core.markup import serialize, text_of

OUTSIDE = "is outside the project. A project reads its own files only."
LEADS_OUT = "leads out of the book. Link to an id, a chapter, or http(s)."
NO_CHAPTER = "is not a chapter of the book. Link to a chapter's file or to an id."
NOT_IN_BRACES = "cannot be set in braces. Use #id, .class or lang=…; of a picture, width=… (50%, 8cm, 300)."
SETS_NOTHING = (
    "sets nothing here, and is printed. Put it on a line of its own before a block, or right behind a link or a "
    "picture; put a backslash before the brace to print it."
)
NO_LINK = "This is not a link: a link's text cannot hold a note or another link. Move that behind the link."

READING = (
    "is not a reading, and is printed. Write {漢字|hàn zì}; put a backslash before the brace to print it."
)

MISTAKES = {
    # Meant to be something else
    "字{漢|}与": [f"3:2: warning: “{{漢|}}” {READING}"],
    "字{漢 字| 好": [f"3:2: warning: “{{漢 字|” {READING}"],
    "::: note\n好\n:::": [
        "3:1: warning: “::: note” begins nothing here, and is printed. "
        "Write a class in braces on the line before a block; begin the line with a backslash to print it."
    ],
    "\\{漢|} `{漢|` {漢|hàn} {a|b": [],
    "\\::: note": [],
    # Pictures
    "![一](../images/no.png)": [
        "3:6: There is no picture “../images/no.png”. Put it at book/images/no.png, or fix its path."
    ],
    "字![一](x.png)![二](x.png)": [
        "3:7: There is no picture “x.png”. Put it at book/chapters/x.png, or fix its path.",
        "3:18: There is no picture “x.png”. Put it at book/chapters/x.png, or fix its path.",
    ],
    "![一](../images/dot.psd)": [
        "3:6: “../images/dot.psd” is not a picture that Keben reads. "
        "Use PNG, JPEG, GIF, WebP or SVG, or a chart's TOML."
    ],
    "![一](../../etc/passwd)": [f"3:6: The picture “../../etc/passwd” {OUTSIDE}"],
    "![一](/etc/passwd)": [f"3:6: The picture “/etc/passwd” {OUTSIDE}"],
    "![一](file:///etc/passwd)": [f"3:6: The picture “file:///etc/passwd” {OUTSIDE}"],
    "![一](http://example.org/a.png)": [f"3:6: The picture “http://example.org/a.png” {OUTSIDE}"],
    "![一](//example.org/a.png)": [f"3:6: The picture “//example.org/a.png” {OUTSIDE}"],
    "![一](%2e%2e/%2e%2e/a.png)": [f"3:6: The picture “%2e%2e/%2e%2e/a.png” {OUTSIDE}"],
    "![一](C:%5Ca.png)": [f"3:6: The picture “C:%5Ca.png” {OUTSIDE}"],
    "![](../images/dot.png)": [
        "3:5: The picture “../images/dot.png” has no alternative text. Say in it what the picture shows."
    ],
    "![一]()": ["3: This picture has no path. Write it in the parentheses."],
    "![一<b>](../images/dot.png)": ["3:4: An alternative text cannot hold HTML. Write it as plain text."],
    "![一^[二]](../images/dot.png)": ["3: An alternative text cannot hold a note. Write it as plain text."],
    '字![一](../images/dot.png "题")': [
        "3:26: The title “题” of a picture in a line of text would not be printed. "
        "Let it stand alone, or take the title out."
    ],
    # Links
    "[一](javascript:alert)": [f"3:5: The link “javascript:alert” {LEADS_OUT}"],
    "[一](data:text/html,x)": [f"3:5: The link “data:text/html,x” {LEADS_OUT}"],
    "[一](file:///etc/passwd)": [f"3:5: The link “file:///etc/passwd” {LEADS_OUT}"],
    "[一](/b.md)": [f"3:5: The link “/b.md” {LEADS_OUT}"],
    "[一](../../b.md)": [f"3:5: The link “../../b.md” {LEADS_OUT}"],
    "[一](https://)": [f"3:5: The link “https://” {LEADS_OUT}"],
    "字\n[一](b.md)": [f"4:5: “b.md” {NO_CHAPTER}"],
    "[一]()": ["3: This link leads nowhere. Write where it leads: an id such as #fig-a, or an address."],
    "[一](#)": ["3:5: This link leads nowhere. Write where it leads: an id such as #fig-a, or an address."],
    "字[](https://example.org)": [
        "3:5: The link to “https://example.org” has no text. Write what it should say."
    ],
    '[一](#x "题")': [
        "3:9: The title “题” of a link would not be printed. Write it into the text, or take it out."
    ],
    "[一<https://example.org>](#x)": ["3: A link cannot hold another link. Move it behind the link."],
    "[一^[二]](#x)": ["3: A link cannot call a note. Move it behind the link."],
    "[一[^n]](#x)\n\n[^n]: 注": [f"3:7: {NO_LINK}"],
    "[注]: 据初版。\n\n字": [
        "3:1: The link definition “[注]: …” is never used, and prints nothing. "
        "Take it out; if it is text, write \\[ for its bracket."
    ],
    "字[u]\n\n[u]: #x\n[u]: https://example.org": [
        "6:1: warning: The link definition “[u]: …” is never used, and prints nothing. "
        "Take it out; if it is text, write \\[ for its bracket."
    ],
    # Notes
    "甲\n乙[^x]": ["4:2: The note “x” is not defined. Write “[^x]: …” after the paragraph."],
    "字\n\n[^x]: 注": ["5:1: warning: The note “x” is never called. Call it with [^x], or take it out."],
    "字[^x]\n\n[^x]: 一\n[^x]: 二": [
        "6:1: The note “x” is defined twice; the first time in line 5. Give one of them another name."
    ],
    "字[^x]\n\n[^x]:": ["5:1: This note has no text. Write it."],
    "字^[ ]": ["3:2: This note has no text. Write it."],
    "字[^x]\n\n[^x]: 注\n\n    ## 题": ["7: A note cannot hold a heading. Use strong text."],
    '字[^x]\n\n[^x]: ![一](../images/dot.png "题")': [
        "5: A note cannot hold a figure or table that is numbered. Take its caption out, or move it to the text."
    ],
    # Headings
    "# 又\n\n字": ["3:1: A chapter has one title; this is a second one. Use “##” for a section."],
    "字\n\n### 节": ["5:1: This heading skips a level: level 3 follows level 1. Use “##”."],
    "## 节\n\n#### 目": ["5:1: This heading skips a level: level 4 follows level 2. Use “###”."],
    "## 节\n\n> #### 目": ["5:3: This heading skips a level: level 4 follows level 2. Use “###”."],
    "字\n\n##": ["5:1: This heading has no text. Write it, or take it out."],
    # Attributes
    "## 节 {#s onclick=x}": [f"3:10: warning: “onclick=x” {NOT_IN_BRACES}"],
    "## 节 {目}": [],
    "![一](../images/dot.png){width=wide}": [f"3:25: warning: “width=wide” {NOT_IN_BRACES}"],
    "![一](../images/dot.png){height=50%}": [f"3:25: warning: “height=50%” {NOT_IN_BRACES}"],
    "[字]{.a width=50%}": [f"3:8: warning: “width=50%” {NOT_IN_BRACES}"],
    "[字](#x){lang=中文}": [f"3:9: warning: “lang=中文” {NOT_IN_BRACES}"],
    "| 甲 |\n|---|\n| 乙 |\n\n: 题 {style=x}": [f"7:6: warning: “style=x” {NOT_IN_BRACES}"],
    "*字*{.x}": [f"3:4: warning: “{{.x}}” {SETS_NOTHING}"],
    "字。{#x}": [f"3:3: warning: “{{#x}}” {SETS_NOTHING}"],
    "字\n{.pull}\n> 引": [f"4:1: warning: “{{.pull}}” {SETS_NOTHING}"],
    "字\n\n{.pull}": [
        "5:1: warning: These braces have no block after them. Put them on the line before one, or take them out."
    ],
    "{.x}\n<div>字</div>": [
        "3:1: warning: These braces have no block after them. Put them on the line before one, or take them out."
    ],
    # Tables
    "| 甲 |\n|---|\n| 乙 | 丙 |": [
        "5: This row has 2 cells, and the table's head 1: the rest would be lost. "
        "Make them the same; write a bar inside a cell as \\|."
    ],
    "> | 甲 | 乙 |\n> |---|---|\n> | {乙|yǐ} | 丙 |": [
        "5: This row has 3 cells, and the table's head 2: the rest would be lost. "
        "Make them the same; write a bar inside a cell as \\|."
    ],
    "| 甲 | 乙 |\n|---|\n| 丙 | 丁 |": [
        "3: This is not a table: its head and the line below it differ in their number of cells. Make them the same."
    ],
    "| 甲 |\n|---|\n| 乙 |\n: 题": [
        "6:1: This caption would become a row of the table. Put an empty line before it."
    ],
    ": 题": [
        "3:1: This caption follows no table. "
        "Put it right after one, with an empty line between; or take the colon out."
    ],
    # Others
    "```\n字": ["3:1: This code block is never closed, and takes all that follows. Close it with a line of ```."],
    "字&#xE000;字": [
        "3:2: U+E000 is a private-use character. Take it out, or write what it stands for."
    ],
    "![&#x202E;字](../images/dot.png)": [
        "3:3: U+202E is a bidirectional override. Take it out, or write what it stands for."
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_with_its_place(text):
    assert wrong(text) == MISTAKES[text]


def test_a_chapter_with_mistakes_still_yields_its_tree():
    chapter, findings = parse_body("甲![一](no.png)[二](b.md)[^x]<script>x</script>乙\n\n丙")
    assert len(findings) == 4
    assert serialize(chapter.body) == (
        '<p>甲<img src="" alt="一"/><a>二</a><a class="noteref" href="#a-n1" id="a-r1"></a>x乙</p><p>丙</p>'
    )
    assert serialize(chapter.notes[0].body) == ""


NOTHING = "1: This chapter has no text. Write some, or take it out of the list."


@pytest.mark.parametrize("text", ["", "<!-- 字 -->", "---", "[^x]: 注", "<br/>", "&#32;"])
def test_an_empty_chapter_is_an_error(text):
    assert NOTHING in wrong(text)
    assert NOTHING not in wrong(f"{text}\n\n![一](../images/dot.png)")


FRONT_MATTER = {
    "---\ntitel: 题\n---\n字": ["2:1: Unknown key `titel` in the front matter. Did you mean `title`?"],
    "---\ntitle: 题\nauthor: 我\n---\n字": [
        "3:1: Unknown key `author` in the front matter. Known keys are title, label, number, short, kind, id."
    ],
    "+++\ntitle = '题'\nx.y = 1\n+++\n字": [
        "3:1: Unknown key `x` in the front matter. Known keys are title, label, number, short, kind, id."
    ],
    "---\ntitle: 题: 二\n---\n字": [
        "2:9: The front matter is not valid YAML: mapping values are not allowed here. "
        "Quote values that hold a colon or begin with a mark."
    ],
    "---\ntitle: !!python/object:os.system x\n---\n字": [
        "2:8: The front matter is not valid YAML: could not determine a constructor for the tag "
        "'tag:yaml.org,2002:python/object:os.system'. Quote values that hold a colon or begin with a mark."
    ],
    f"---\ntitle: 题\nnumber: {'1' * 4301}\n---\n字": [
        "1: A value in the front matter cannot be read. Put it in quotation marks."
    ],
    "+++\ntitle = 题\n+++\n字": [
        "2:9: The front matter is not valid TOML: the text “题” has no quotation marks. Put it between straight quotes: \"题\"."
    ],
    f"+++\ntitle = '题'\nnumber = {'1' * 4301}\n+++\n字": [
        "3:10: The front matter is not valid TOML: this number has too many digits. Shorten it."
    ],
    "---\ntitle: 题\x00\n---\n字": [
        "2:9: U+0000 is a control character. Take it out, or write what it stands for."
    ],
    "---\ntitle: 题\nnumber: 2026-13-01\n---\n字": [
        "1: A value in the front matter cannot be read. Put it in quotation marks."
    ],
    "---\ntitle: 题\nnumber: !!bool x\n---\n字": [
        "1: A value in the front matter cannot be read. Put it in quotation marks."
    ],
    "---\ntitle: 题\nnumber: !!timestamp x\n---\n字": [
        "1: A value in the front matter cannot be read. Put it in quotation marks."
    ],
    "---\ntitle: 题\nnumber: !!int ''\n---\n字": [
        "1: A value in the front matter cannot be read. Put it in quotation marks."
    ],
    "---\n- 题\n---\n字": ["2: The front matter is not a list of keys and values. Write `title: …`."],
    "---\ntitle: 题\n\n字": ["1: The front matter is never closed. Close it with a line of ---."],
    "+++\nnumber = 1\n\n字": ["1: The front matter is never closed. Close it with a line of +++."],
    "---\ntitle: 一\ntitle: 二\n---\n字": ["3:1: `title` is given twice. Take one out."],
    "---\ntitle: 2020-01-01\n---\n字": ["2:1: `title` is not a text. Put it in quotation marks."],
    "---\ntitle: 题\nnumber: true\nlabel: 1.5\n---\n字": [
        "3:1: `number` is not a text. Put it in quotation marks.",
        "4:1: `label` is not a text. Put it in quotation marks.",
    ],
    "---\ntitle: 题\nkind: volume\n---\n字": [
        "3:1: `kind` cannot be “volume”. Use one of frontispiece, dedication, foreword, preface, part, chapter, appendix, afterword."
    ],
    "---\ntitle: 题\nid: 01-x\n---\n字": [
        "3:1: “01-x” cannot be an id. "
        "Begin with an ASCII letter; go on with letters, digits, “-”, “_” and “.”."
    ],
    "---\ntitle: 题\nlabel: \"\\uE000\"\n---\n字": [
        "3:1: U+E000 is a private-use character. Take it out, or write what it stands for."
    ],
    f"---\ntitle: 题\nlabel: {'[' * 3000}\n---\n字": ["1: The front matter is nested too deep. Write it flat."],
    "字": ["1: This chapter has no title. Write `title: …` in its front matter, or begin it with “# …”."],
    "字\n\n# 题": [
        "1: This chapter has no title. Write `title: …` in its front matter, or begin it with “# …”.",
        "3:1: A chapter has one title; this is a second one. Use “##” for a section.",
    ],
    "#\n\n字": ["1: This chapter has no title. Write `title: …` in its front matter, or begin it with “# …”."],
    "---\ntitle: 题\n---\n# 又\n\n字": [
        "4:1: A chapter has one title; this is a second one. Use “##” for a section."
    ],
    "# 题 {#x}\n\n字": ["1:5: The chapter's id is given in its front matter. Write `id: x` there."],
    "---\ntitle: 题^[注]\n---\n字": ["2:9: A title cannot call a note. Call it in the first paragraph."],
    "# 题[](#x)\n\n字": ["1:5: A title cannot hold a cross-reference. Write its text."],
}  # fmt: skip


@pytest.mark.parametrize("text", FRONT_MATTER)
def test_mistakes_in_front_matter_and_title(text):
    _, findings = parse_texts(text)
    assert [str(found).removeprefix("book/chapters/a.md:") for found in findings] == FRONT_MATTER[text]


FORBIDDEN = {
    "\x00": "U+0000 is a control character.",
    "\x0c": "U+000C is a control character.",
    "\x7f": "U+007F is a control character.",
    "\u0085": "U+0085 is a control character.",
    "\u2028": "U+2028 is a line separator.",
    "\u202e": "U+202E is a bidirectional override.",
    "\u2067": "U+2067 is a bidirectional override.",
    chr(0xD800): "U+D800 is half of a character.",
    "\ue000": "U+E000 is a private-use character.",
    "\ufdd0": "U+FDD0 is a noncharacter.",
    "\ufffa": "U+FFFA is a special character.",
    "\ufffd": "U+FFFD is a replacement character: something was lost when this text was converted.",
    "\uffff": "U+FFFF is a noncharacter.",
    "\U0004fffe": "U+4FFFE is a noncharacter.",
    "\U000e0041": "U+E0041 is a tag character.",
    "\U000f0000": "U+F0000 is a private-use character.",
    "\U0010ffff": "U+10FFFF is a noncharacter.",
}


@pytest.mark.parametrize("character", FORBIDDEN)
def test_forbidden_characters_are_found_everywhere_and_go(character):
    text = f"---\ntitle: 题{character}\n---\n字{character}字\n\n    码{character}"
    book, findings = parse_texts(text)
    assert [(found.code, found.place.line, found.place.column) for found in findings] == [
        ("forbidden-character", 2, 9),
        ("forbidden-character", 4, 2),
        ("forbidden-character", 6, 6),
    ]
    assert {found.message for found in findings} == {FORBIDDEN[character]}
    assert text_of(book.chapters[0].title) + text_of(book.chapters[0].body) == "题字字码\n"


@pytest.mark.parametrize("character", ["\t", "\u3000", "\u200d", "\U000e0100", "𠮷", "😀", "\u00ad"])
def test_other_characters_stay(character):
    assert wrong(f"字{character}字") == []


BAD_ID = "cannot be an id. Begin with an ASCII letter; go on with letters, digits, “-”, “_” and “.”."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 节 {#节}", [f"3:7: “节” {BAD_ID}"]),
        ("## 节 {#1a}", [f"3:7: “1a” {BAD_ID}"]),
        ('<b id="x y">字</b>', [f"3:4: “x y” {BAD_ID}"]),
        (
            "## 甲 {#x}\n\n![一](../images/dot.png){#x}",
            ["5:25: The id “x” is used twice; book/chapters/a.md:3 has it too. Give one of them another id."],
        ),
        (
            "字^[注]\n\n[甲]{#a} [乙]{#a-n1} [丙]{#a-r1}",
            [
                "5:5: The id “a” is used twice; book/chapters/a.md:1 has it too. Give one of them another id.",
                "5:24: The id “a-r1” is used twice; book/chapters/a.md:3 has it too. Give one of them another id.",
                "3: The id “a-n1” is used twice; book/chapters/a.md:5 has it too. Give one of them another id.",
            ],
        ),
        (
            "[甲]{#a-s1}\n\n## 节",
            ["5: The id “a-s1” is used twice; book/chapters/a.md:3 has it too. Give one of them another id."],
        ),
    ],
)
def test_ids_of_a_chapter(text, expected):
    assert sorted(wrong(text)) == sorted(expected)


def test_ids_are_unique_in_the_whole_book():
    book, findings = parse_texts(
        "# 甲\n\n## 节 {#k}\n\n<b id='c'>字</b>",
        "---\nid: a\n---\n# 乙\n\n## 节 {#k}",
        "# 丙\n\n字^[注 [x]{#k}]",
    )
    assert [str(found) for found in findings] == [
        "book/chapters/a.md:5:8: The id “c” is used twice; book/chapters/c.md:1 has it too. Give one of them another id.",
        "book/chapters/b.md:2: The id “a” is used twice; book/chapters/a.md:1 has it too. Give one of them another id.",
        "book/chapters/b.md:6:7: The id “k” is used twice; book/chapters/a.md:3 has it too. Give one of them another id.",
        "book/chapters/c.md:3:10: The id “k” is used twice; book/chapters/a.md:3 has it too. Give one of them another id.",
    ]
    assert [chapter.id for chapter in book.chapters] == ["a", "b", "c"]
    assert serialize(book.chapters[1].body) == "<h2>节</h2>"
    assert serialize(book.chapters[2].notes[0].body) == "<p>注 <span>x</span></p>"


def test_three_chapters_that_want_one_id_get_three():
    texts = ["---\nid: x\n---\n# 题\n\n字"] * 2 + ["# 题\n\n字"]
    book, findings = parse_texts(*texts, paths=["book/a.md", "book/x.md", "book/x/x.md"])
    assert [found.code for found in findings] == ["duplicate-id"]
    assert len({chapter.id for chapter in book.chapters}) == 3


def test_a_link_to_another_chapters_note_is_an_error():
    _, findings = parse_texts("# 甲\n\n字[](b.md#fn-x)", "# 乙\n\n字[^x]\n\n[^x]: 注")
    assert [str(found) for found in findings] == [
        "book/chapters/a.md:3:5: “b.md#fn-x” is a note of another chapter, which has no name there. "
        "Link to the chapter or to a heading in it."
    ]


def test_all_mistakes_of_all_chapters_come_in_order():
    _, findings = parse_texts("字<u\n\n![](no.png)\x01", "---\ntitel: 题\n---\n\x02", "# 题\n\n字")
    assert [(found.place.path[-4:], found.place.line, found.code) for found in findings] == [
        ("a.md", 1, "missing-title"),
        ("a.md", 3, "missing-alt"),
        ("a.md", 3, "missing-picture"),
        ("a.md", 3, "forbidden-character"),
        ("b.md", 1, "empty-chapter"),
        ("b.md", 2, "unknown-key"),
        ("b.md", 4, "forbidden-character"),
    ]


TOO_DEEP = "Too many elements stand in one another here. Take some of them apart."


@pytest.mark.parametrize(
    "text",
    [
        "> " * 60 + "字",
        "\n".join("  " * depth + "- 字" for depth in range(40)),
        "*a _b " * 100 + "c* d_ " * 100,
        "<b>" * 100 + "字" + "</b>" * 100,
    ],
)
def test_what_stands_too_deep_is_an_error(text):
    (message,) = (line for line in wrong(text) if TOO_DEEP in line)
    assert message.startswith(("3:", "2"))


def test_an_empty_file_is_told_once():
    assert [finding.code for finding in parse_texts("")[1]] == ["empty-chapter"]
    assert parse_texts("---\ntitle: 江上\nkind: part\n---\n")[1] == ()
