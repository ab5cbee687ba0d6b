"""MDX as Markdown with raw HTML; its lines keep their numbers."""

import pytest
from folders import write
from hypothesis import given
from hypothesis import strategies as st
from samples import PNG

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.jsx import without_jsx

CASES = {
    "import A from 'a'\nimport {\n  B,\n} from \"b\";\n\n文": "\n\n\n\n\n文",
    "export const x = (\n  <b>{1}</b>\n);\n\n文": "\n\n\n\n文",
    "export default function f() {\n  return 1;\n}\n文": "\n\n\n文",
    "文\nexport const 是程序": "文\nexport const 是程序",
    "甲{/* 注\n释 */}乙": "甲\n乙",
    "甲{' '}乙": "甲 乙",
    "甲<Mark color=\"#fff\">乙</Mark>丙": "甲乙丙",
    "甲<Mark>乙</Mark>丙": "甲乙丙",
    "Vec<T>、Map<String> 与 <5>": "Vec<T>、Map<String> 与 <5>",
    "`<Foo bar={1}>` 与 ``{/* x */}``": "`<Foo bar={1}>` 与 ``{/* x */}``",
    "```jsx\n<Foo bar={1}>\nexport const a = 1\n```": "```jsx\n<Foo bar={1}>\nexport const a = 1\n```",
    "<Tabs\n  values={[\n    {a: 'b'},\n  ]}>\n<TabItem value=\"a\" label={'甲'}>\n文\n</TabItem>\n</Tabs>": (
        "<Tabs markdown>\n\n\n\n<TabItem value=\"a\" label=\"甲\" markdown>\n文\n</TabItem>\n</Tabs>"
    ),
    "<Tabs>\n\n文\n\n</Tabs>": "<Tabs>\n\n文\n\n</Tabs>",
    "<Wrap>\n文\n</Wrap>": "<div markdown>\n文\n</div>",
    "<div className=\"a\" style={{b: 1}} id='c'>\n文\n</div>": '<div id="c" markdown>\n文\n</div>',
    "<div class='a'>\n\n文\n\n</div>": "<div class='a'>\n\n文\n\n</div>",
    "import logo from './a.png'\n\n<img src={logo} alt=\"图\" />": "\n\n![图](<./a.png>)",
    "<Image src={require('./a.png').default} alt='图'/>": "![图](<./a.png>)",
    "<img src='a.png' alt='图'/>": "<img src='a.png' alt='图'/>",
    "import P from './_p.mdx';\n\n<P/>": "\n\n{{#include ./_p.mdx}}",
    "<LinkCard title=\"题\" href=\"/a\" description=\"话\" />": "[题](</a>) 话",
    "<DocCardList />": "<DocCardList />",
    "<>甲</>": "甲",
    "<Foo.Bar a={1}>甲</Foo.Bar>": "甲",
    "<Foo>\n<Foo>甲</Foo>\n</Foo>": "<div markdown>\n甲\n</div>",
    "a < b，<p>文</p>": "a < b，<p>文</p>",
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_what_becomes_of_jsx(text):
    assert "\n".join(without_jsx(text.split("\n"))) == CASES[text]


@given(
    st.lists(
        st.sampled_from(
            [*"<>/{}'\"`=\n ", "import a from 'b'", "export const x = ", "<Foo", "</Foo>", "字", "a=", "```"]
        )
    )
)
def test_no_line_is_lost(pieces):
    lines = "".join(pieces).split("\n")
    assert len(without_jsx(lines)) == len(lines)


FILES = {
    "docusaurus.config.js": "module.exports = { title: '试' };\n",
    "docs/a.md": "# 甲\n\nimport P from './_p.md';\n\n<Note title=\"小心\">\n  文**粗**\n</Note>\n\n<P />\n\n<img src={require('./l.png').default} alt=\"图\" />\n",
    "docs/_p.md": "片**段**。\n",
    "docs/l.png": PNG,
}  # fmt: skip


def test_pages_of_docusaurus_are_mdx(tmp_path):
    manuscript, _ = load(write(tmp_path / "mine", FILES), {})
    assert manuscript.sources[0].text == (
        '# 甲\n\n\n\n<Note title="小心" markdown>\n  文**粗**\n</Note>\n\n片**段**。\n\n![图](<./l.png>)\n'
    )


def test_pages_of_docusaurus_become_chapters(tmp_path):
    files = import_book(write(tmp_path / "mine", FILES)).files
    text = files["book/chapters/01.md"].decode()
    assert "片**段**。" in text
    assert "![图](../images/l.png)" in text
    assert "import" not in text


def test_other_markdown_is_left_alone(tmp_path):
    text = "# 甲\n\n用 <Foo a={1}> 与 {/* x */}。\n"
    manuscript, _ = load(write(tmp_path / "mine", {"a.md": text}), {})
    assert manuscript.sources[0].text == text
