"""Tags of GitBook that name files."""

import pytest
from folders import write

from keben.core.book import Source
from keben.project.importers import import_book
from keben.project.importers.gitbook import with_files
from keben.project.importers.inclusions import with_inclusions
from keben.project.importers.sources import open_folder
from keben.project.included import included


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "a.md": "",
        "part/b.md": "---\ntitle: 乙\n---\n\n乙文，见[图](../images/x.png)、[网](https://a.b/)。\n",
        ".gitbook/includes/c.md": '丙。{% include "../../round.md" %}\n',
        "round.md": '{% include "round.md" %}圆',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return open_folder(tmp_path)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ('{% include "part/b.md" %}', "\n乙文，见[图](images/x.png)、[网](https://a.b/)。"),
        ("{%- include './part/b.md' -%}", "\n乙文，见[图](images/x.png)、[网](https://a.b/)。"),
        ("{% include .gitbook/includes/c.md %}", '丙。{% include "round.md" %}圆'),
        ('{% include "none.md" %}', '{% include "none.md" %}'),
        ('{% include "../outside.md" %}', '{% include "../outside.md" %}'),
        ('\\{% include "part/b.md" %}', '\\{% include "part/b.md" %}'),
    ],
)
def test_a_file_of_the_folder_is_read_into_the_text(folder, call, text):
    assert with_inclusions(call, "a.md", folder).text == text


def test_what_is_included_stands_in_the_line_of_its_call(folder):
    source = included(Source("a.md", '# 甲\n\n{% include "part/b.md" %}\n\n尾\n'), "a.md", folder)
    assert source.text == "# 甲\n\n\n乙文，见[图](images/x.png)、[网](https://a.b/)。\n\n尾\n"
    assert [(span.first, span.line) for span in source.spans] == [(1, 1), (4, 3), (5, 4)]


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ('{% file src="files/表.xlsx" %}', "[表.xlsx](files/表.xlsx)"),
        ('{% file src="a b.zip" caption="附件" %}', "[附件](<a b.zip>)"),
        ('{% file src="a.zip" %}说明{% endfile %}', "[a.zip](a.zip) 说明"),
        ("{% endfile %}", ""),
        ("{% file %}", "{% file %}"),
        ('正文 {% file src="a.zip" %}', '正文 {% file src="a.zip" %}'),
    ],
)
def test_a_file_is_a_link_by_its_name(line, made):
    assert with_files([line]) == [made]
    assert with_files(["```", line, "```"]) == ["```", line, "```"]


def test_empty_anchors_of_headings_are_where_links_lead(tmp_path):
    files = {
        "SUMMARY.md": '# 目录\n\n* [序](README.md)\n\n## 第一册 <a href="#one" id="one"></a>\n\n* [甲](a.md)\n',
        "README.md": "# 序\n\n见[这里](a.md#yi-jie)。\n",
        "a.md": '# 甲 <a href="#jia" id="jia"></a>\n\n文。\n\n## 一节 <a href="#yi-jie" id="yi-jie"></a>\n\n文。\n',
    }
    draft = import_book(write(tmp_path / "book", files))
    texts = "\n".join(draft.files[path].decode() for path in sorted(draft.files) if path.endswith(".md"))
    assert "<a" not in texts
    assert "# 第一册\n" in texts and "# 甲\n" in texts and "见[这里](#c03-0-2)" in texts
