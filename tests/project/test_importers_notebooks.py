"""Jupyter notebooks are read as Markdown, wherever a chapter may stand; Rspress and its lists of files."""

import json

import pytest
from folders import write
from hypothesis import given
from hypothesis import strategies as st

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.notebooks import notebook_text


def cell(kind, source, **more):
    return {"cell_type": kind, "source": source, "metadata": {}, **more}


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


NOTEBOOK = {
    "nbformat": 4,
    "metadata": {"language_info": {"name": "python"}},
    "cells": [
        cell("markdown", ["# 第一章 试\n", "\n", "由 $x^2$ 得。"]),
        cell("code", ["x = 1\n", "print(x)"], outputs=[printed(["1\n"])]),
        cell(
            "code",
            "plot(x)",
            outputs=[
                {"output_type": "display_data", "data": {"image/png": "AAAA", "text/plain": "<Figure>"}}
            ],
        ),
        cell("code", "秘", metadata={"tags": ["remove-cell"]}, outputs=[]),
        cell(
            "code",
            "1/0",
            outputs=[{"output_type": "error", "traceback": ["\x1b[31mZeroDivisionError\x1b[0m"]}],
        ),
        cell("raw", "生"),
    ],
}

MARKDOWN = """# 第一章 试

由 $x^2$ 得。

```python
x = 1
print(x)
```

```text
1
```

```python
plot(x)
```

![输出](data:image/png)

```python
1/0
```

```text
ZeroDivisionError
```

生
"""


def test_a_notebook_is_its_texts_its_code_and_what_that_printed():
    assert notebook_text(json.dumps(NOTEBOOK)) == MARKDOWN


def test_an_old_notebook_has_sheets_and_headings():
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["节"]},
        {"cell_type": "code", "input": ["x"], "outputs": [], "language": "python"},
    ]
    text = notebook_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}))
    assert text == "## 节\n\n```python\nx\n```\n"


@pytest.mark.parametrize("text", ["{", "[1]", '{"cells": 3}', '{"a": 1}'])
def test_what_is_no_notebook_is_shown_as_it_is(text):
    assert notebook_text(text) == f"```json\n{text}\n```"


def test_code_with_marks_of_code_in_it_stays_whole_and_long_output_is_cut():
    cells = [cell("code", "a = '''```'''", outputs=[printed("9" * 20_000)])]
    text = notebook_text(json.dumps({"cells": cells}))
    assert text.startswith("````python\na = '''```'''\n````\n")
    assert text.count("9") == 8_000
    assert text.endswith("\n…\n```\n")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "cells source outputs metadata tags data cell_type text worksheets level".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read(said):
    assert isinstance(notebook_text(json.dumps(said)), str)


def test_notebooks_of_a_folder_are_chapters(tmp_path):
    files = {"intro.md": "# 序\n\n话。\n", "b.ipynb": json.dumps(NOTEBOOK)}
    manuscript, _ = load(write(tmp_path / "mine", files), {})
    assert {source.path: "x^2" in source.text for source in manuscript.sources} == {
        "book/b.ipynb": True,
        "book/intro.md": False,
    }
    made = import_book(tmp_path / "mine")
    assert any("print(x)" in data.decode() for path, data in made.files.items() if path.endswith(".md"))


def test_one_notebook_is_a_book(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(NOTEBOOK), "utf-8")
    made = import_book(path)
    texts = [data.decode() for name, data in made.files.items() if name.startswith("book/chapters/")]
    assert ["由 $x^2$ 得。" in text for text in texts] == [True]


RSPRESS = {
    "rspress.config.ts": "export default defineConfig({ root: path.join(__dirname, 'pages'), title: '试' });\n",
    "pages/_meta.json": '["index", {"type": "dir", "name": "guide", "label": "指南"}, "about"]',
    "pages/index.md": "# 首页\n\n话。\n",
    "pages/about.md": "# 关于\n\n话。\n",
    "pages/guide/_meta.json": '[{"type": "file", "name": "b", "label": "乙"}, "a"]',
    "pages/guide/a.md": "# 甲\n\n文。\n",
    "pages/guide/b.md": "# 乙章\n\n文。\n",
    "pages/guide/c.md": "# 没列\n\n文。\n",
    "README.md": "# 项目\n",
}


def test_rspress_lists_what_is_in_each_folder(tmp_path):
    manuscript, findings = load(write(tmp_path / "mine", RSPRESS), {})
    rows = [(source.path.removeprefix("book/"), source.kind) for source in manuscript.sources]
    assert [path for path, _ in rows if path.endswith(".md")] == [
        "pages/index.md",
        "pages/guide/b.md",
        "pages/guide/a.md",
        "pages/about.md",
    ]
    assert "Rspress" in findings[0].message
    assert "unlisted-chapter" in [finding.code for finding in findings]


@pytest.mark.parametrize("meta", ["{", '{"a": 1}', "[1, null, {}, [2]]"])
def test_a_list_that_cannot_be_read_is_passed_over(tmp_path, meta):
    manuscript, _ = load(write(tmp_path / "mine", {**RSPRESS, "pages/_meta.json": meta}), {})
    assert len(manuscript.sources) >= 4


def test_link_definitions_that_nothing_uses_are_reported(tmp_path):
    text = (
        "# 题\n\n见[甲][a]、[b]。\n\n[a]: https://example.org/a\n[b]: https://example.org/b\n[注]: 据初版\n"
    )
    made = import_book(write(tmp_path / "mine", {"a.md": text}))
    (said,) = [each for each in made.remarks if "definitions" in each]
    assert said == "Link definitions that nothing uses, dropped (1): [注]:7."
