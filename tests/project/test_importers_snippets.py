"""Files that pages of MkDocs, VitePress and VuePress read into themselves, as they stand and as projects."""

import pytest
from folders import write

from keben.core.errors import Place
from keben.core.origins import origins_of
from keben.project import load
from keben.project.importers import import_book

MKDOCS = {
    "mkdocs.yml": "site_name: 试\nmarkdown_extensions:\n  - pymdownx.snippets:\n      base_path: [parts, more]\n",
    "docs/a.md": "",
    "parts/x.md": "片**段**。\n\n二。\n",
    "parts/y.py": "# --8<-- [start:one]\na = 1\n# --8<-- [end:one]\nb = 2\n",
    "docs/z.md": "# 丁\n\n尾。\n",
}
CALLS = {
    '--8<-- "x.md"': "片**段**。\n\n二。",
    '  -8<- "x.md:1:1"': "  片**段**。",
    '--8<-- "parts/x.md:3"': "二。",
    "```py\n--8<-- \"y.py:one\"\n```": "```py\na = 1\n```",
    "```py\n--8<-- \"y.py\"\n```": "```py\na = 1\nb = 2\n```",
    ';--8<-- "x.md"': '--8<-- "x.md"',
    '--8<-- "no.md"': '--8<-- "no.md"',
    '--8<-- "https://example.org/x.md"': '--8<-- "https://example.org/x.md"',
    '--8<-- "../../etc/passwd"': '--8<-- "../../etc/passwd"',
    "--8<--\nx.md:1:1\n; no.md\ny.py:one\n--8<--": "\n片**段**。\n\na = 1\n",
    '> --8<-- "x.md:1:1"': "> 片**段**。",
    '!!! note\n    --8<-- "x.md"': "!!! note\n    片**段**。\n\n    二。",
}  # fmt: skip
PRESS = {
    ".vitepress/config.js": "export default {}\n",
    "docs/a.md": "",
    "docs/part.md": "一。\n二。\n三。\n<!-- #region r -->\n四。\n<!-- #endregion r -->\n",
    "snippets/x.js": "// #region one\n  const a = 1;\n// #endregion one\nb();\n",
    "snippets/t.md": "```\n码\n```\n",
}
PRESS_CALLS = {
    "<!--@include: ./part.md{2,3}-->": "二。\n三。",
    "<!-- @include: @/docs/part.md#r -->": "四。",
    "<<< @/snippets/x.js#one{1 ts:line-numbers} [甲.ts]": '```ts title="甲.ts"\nconst a = 1;\n```',
    "<<< ../snippets/x.js": "```js\n// #region one\n  const a = 1;\n// #endregion one\nb();\n```",
    "<<< @/snippets/t.md": "````markdown\n```\n码\n```\n````",
    "@[code{4-4} js](@/snippets/x.js)": "```js\nb();\n```",
    "<<< @/no.js": "<<< @/no.js",
    "```\n<<< @/snippets/x.js\n```": "```\n<<< @/snippets/x.js\n```",
    "a <<< b": "a <<< b",
}


def text_of(root, name="a.md"):
    manuscript, _ = load(root, {})
    source = next(each for each in manuscript.sources if each.path.endswith(name))
    return manuscript, source.text.removeprefix("# 甲\n\n").removesuffix("\n")


@pytest.mark.parametrize("call", CALLS)
def test_snippets_of_mkdocs_are_read_in(call, tmp_path):
    root = write(tmp_path / "mine", {**MKDOCS, "docs/a.md": f"# 甲\n\n{call}\n"})
    assert text_of(root)[1] == CALLS[call]


@pytest.mark.parametrize("call", PRESS_CALLS)
def test_files_of_vitepress_are_read_in(call, tmp_path):
    root = write(tmp_path / "mine", {**PRESS, "docs/a.md": f"# 甲\n\n{call}\n"})
    assert text_of(root)[1] == PRESS_CALLS[call]


def test_what_is_behind_a_snippet_keeps_its_place(tmp_path):
    root = write(tmp_path / "mine", {**MKDOCS, "docs/a.md": '# 甲\n\n--8<-- "x.md"\n\n后\n'})
    manuscript, _ = text_of(root)
    assert origins_of(manuscript).place(Place("book/docs/a.md", 7)).line == 5


def test_a_snippet_does_not_read_itself(tmp_path):
    root = write(
        tmp_path / "mine",
        {**MKDOCS, "docs/a.md": '# 甲\n\n--8<-- "x.md"\n', "parts/x.md": '甲\n--8<-- "x.md"\n'},
    )
    assert text_of(root)[1].count("甲") == 1


def test_snippets_come_along_into_a_project(tmp_path):
    files = import_book(write(tmp_path / "mine", {**MKDOCS, "docs/a.md": '# 甲\n\n--8<-- "x.md"\n'})).files
    assert "片**段**。" in files["book/chapters/01.md"].decode()
