"""Sites of Hugo and manuscripts of Leanpub, as they are and as projects."""

import pytest
from folders import write
from samples import PNG

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.hugocodes import without_codes

HUGO = {
    "hugo.toml": "baseURL = 'https://example.org/'\ntitle = '试'\nlanguageCode = 'zh-cn'\n",
    "content/_index.md": "---\ntitle: 首页\n---\n\n# 试书\n\n话。见[一](/docs/b/x)。\n",
    "content/docs/a/_index.md": "---\ntitle: 第二部\nweight: 2\n---\n",
    "content/docs/a/y.md": "---\ntitle: 丙\n---\n文。\n",
    "content/docs/b/_index.md": "+++\ntitle = '第一部'\nweight = 1\n+++\n\n部首。\n",
    "content/docs/b/z.md": '---\ntitle: 乙\nweight: 20\n---\n文。见[丙]({{< ref "../a/y.md" >}})。\n',
    "content/docs/b/x.md": "---\ntitle: 短\nweight: 3\n---\n{{< katex >}}{{< /katex >}}\n\n# 甲的全名\n\n文。\n",
    "content/docs/b/w.md": "---\ntitle: 草\ndraft: true\n---\n文。\n",
}
LEANPUB = {
    "manuscript/Book.txt": "front.txt\npre.md\n\n{mainmatter}\na.md\na/1.md\nb.md\nb/1.md\n\n{backmatter}\napp.md\n",
    "manuscript/front.txt": "\n{frontmatter}\n",
    "manuscript/pre.md": "# 前言\n\n话。\n",
    "manuscript/a.md": "-# 甲部\n\n部首。\n",
    "manuscript/a/1.md": "# 一\n\n文。\n\nT> 小心\nT> 火烛\n\n```\nT> code\n```\n",
    "manuscript/b.md": "-# 乙部\n",
    "manuscript/b/1.md": "# 二\n\n文。\n",
    "manuscript/app.md": "# 附\n\n文。\n",
    "manuscript/old.md": "# 旧\n",
}


def as_it_stands(root):
    manuscript, findings = load(root, {})
    rows = [(source.path.removeprefix("book/"), source.kind, source.depth) for source in manuscript.sources]
    return manuscript, rows, [finding.code for finding in findings]


def chapters(root):
    files = import_book(root).files
    return [files[path].decode() for path in sorted(files) if path.startswith("book/chapters/")]


def test_sections_of_hugo_are_parts_by_their_weights(tmp_path):
    manuscript, rows, codes = as_it_stands(write(tmp_path / "mine", HUGO))
    assert rows == [
        ("content/_index.md", "preface", 0),
        ("content/docs/b/_index.md", "part", 0),
        ("content/docs/b/x.md", None, 0),
        ("content/docs/b/z.md", None, 0),
        ("content/docs/a/_index.md", "part", 0),
        ("content/docs/a/y.md", None, 0),
    ]
    assert manuscript.settings.editions[0].metadata.title == "试"
    assert codes == ["as-it-stands", "draft-chapter", "unlisted-chapter"]
    # A page's own heading is its title, not the label that the site's menu has.
    assert manuscript.sources[2].text == "---\n\nweight: 3\n---\n\n\n# 甲的全名\n\n文。\n"


def test_a_site_of_hugo_becomes_a_project(tmp_path):
    assert chapters(write(tmp_path / "mine", HUGO)) == [
        "---\nkind: preface\n---\n\n# 试书\n\n话。见[一](03.md)。\n",
        "---\nkind: part\n---\n\n# 第一部\n\n部首。\n",
        "# 甲的全名\n\n文。\n",
        "# 乙\n\n文。见[丙](06.md)。\n",
        "---\nkind: part\n---\n\n# 第二部\n",
        "# 丙\n\n文。\n",
    ]


def test_the_chinese_one_of_a_sites_languages_is_taken(tmp_path):
    files = {
        "config.yaml": "baseURL: x\ntitle: Try\nlanguages:\n  en: {title: Try}\n  zh: {title: 试}\n",
        "content/en/a.md": "# A\n\nText.\n",
        "content/zh/a.md": "# 甲\n\n文。\n",
    }
    manuscript, rows, _ = as_it_stands(write(tmp_path / "mine", files))
    assert (rows, manuscript.settings.editions[0].metadata.title) == ([("content/zh/a.md", None, 0)], "试")


def test_another_tools_config_is_not_hugos(tmp_path):
    files = {"config.toml": "title = 'x'\n", "content/a.md": "# 甲\n\n文。\n"}
    assert import_book(write(tmp_path / "mine", files)).remarks[1].startswith("It is a folder of Markdown")


def test_leanpub_lists_its_files_in_book_txt(tmp_path):
    manuscript, rows, codes = as_it_stands(write(tmp_path / "mine", LEANPUB))
    assert rows == [
        ("manuscript/pre.md", "preface", 0),
        ("manuscript/a.md", "part", 0),
        ("manuscript/a/1.md", None, 0),
        ("manuscript/b.md", "part", 0),
        ("manuscript/b/1.md", None, 0),
        ("manuscript/app.md", "appendix", 0),
    ]
    assert manuscript.sources[1].text == "# 甲部\n\n部首。\n"
    assert manuscript.sources[2].text == "# 一\n\n文。\n> [!tip]\n> 小心\n> 火烛\n\n```\nT> code\n```\n"
    assert codes == ["as-it-stands", "unlisted-chapter"]


def test_a_manuscript_of_leanpub_becomes_a_project(tmp_path):
    made = chapters(write(tmp_path / "mine", LEANPUB))
    assert made[1] == "---\nkind: part\n---\n\n# 甲部\n\n部首。\n"
    assert made[3] == "---\nkind: part\n---\n\n# 乙部\n"
    assert made[5] == "---\nkind: appendix\n---\n\n# 附\n\n文。\n"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{{< hint info >}}\n话。\n{{< /hint >}}", "::: info\n话。\n:::"),
        ('{{% notice warning "当心" %}}\n话。\n{{% /notice %}}', "::: warning\n话。\n:::"),
        ('{{< details "多" >}}\n话。\n{{< /details >}}', "::: details 多\n话。\n:::"),
        ('{{< figure src="/a b.png" caption="图" >}}', "![图](</a b.png>)"),
        ("{{< katex display >}}\nx\n{{< /katex >}}", "$$\nx\n$$"),
        ("设{{< katex >}}x{{< /katex >}}。", "设$x$。"),
        (
            '{{< highlight go "x=1" >}}\n# {{< ref "a" >}}\n{{< /highlight >}}',
            '```go\n# {{< ref "a" >}}\n```',
        ),
        ('{{< tabs "a" >}}\n{{< tab "甲" >}}\n话\n{{< /tab >}}\n{{< /tabs >}}', "\n**甲**\n话\n\n"),
        ('[文]({{< relref "a.md#b" >}})', "[文](a.md#b)"),
        ("{{< unknown a >}}", "{{< unknown a >}}"),
        ("```\n{{< hint info >}}\n```", "```\n{{< hint info >}}\n```"),
    ],
)
def test_shortcodes_of_hugo_become_markdown(written, made):
    assert "\n".join(without_codes(written.split("\n"))) == made


def test_an_address_of_the_site_means_the_one_file_that_ends_so(tmp_path):
    files = {
        "rspress.config.ts": "export default {}\n",
        "content/a.md": "# 甲\n\n见[乙](/b)、[丙](/deep/c#节)、[两](/two)。\n",
        "content/b.md": "# 乙\n\n文。\n",
        "content/deep/c.md": "# 丙\n\n## 节\n\n文。\n",
        "x/two.md": "# 丁\n\n文。\n",
        "y/two.md": "# 戊\n\n文。\n",
    }
    first = next(text for text in chapters(write(tmp_path / "mine", files)) if "# 甲" in text)
    assert "见[乙](" in first and "[丙](#c" in first and "、两。" in first


def test_links_to_an_original_lead_to_its_translation(tmp_path):
    files = {
        "book.toml": "[book]\ntitle = '试'\n",
        "src/SUMMARY.md": "- [甲](a.zh.md)\n- [乙](b.zh.md)\n",
        "src/a.zh.md": "# 甲\n\n见[乙](b.md)。\n",
        "src/a.md": "# A\n",
        "src/b.zh.md": "# 乙\n\n文。\n",
        "src/b.md": "# B\n",
    }
    assert chapters(write(tmp_path / "mine", files))[0] == "# 甲\n\n见[乙](02.md)。\n"


def test_tabs_of_mkdocs_are_parts_where_groups_stand_in_them(tmp_path):
    nav = "nav:\n- 一:\n  - 引: a/index.md\n  - 甲: a/1.md\n  - 组:\n    - 引: b/index.md\n    - 乙: b/2.md\n- 二:\n  - 丙: c.md\n"
    files = {"mkdocs.yml": f"site_name: 试\n{nav}"}
    files |= {f"docs/{name}.md": f"# {name}\n\n文。\n" for name in ("a/index", "a/1", "b/index", "b/2", "c")}
    _, rows, _ = as_it_stands(write(tmp_path / "mine", files))
    assert [(path.rpartition("#")[0] or path, *rest) for path, *rest in rows] == [
        ("docs/a/index.md", "part", 0),
        ("docs/a/1.md", None, 0),
        ("docs/b/index.md", None, 0),
        ("docs/b/2.md", None, 1),
        ("mkdocs.yml", "part", 0),
        ("docs/c.md", None, 0),
    ]


@pytest.mark.parametrize(
    ("path", "program"),
    [
        (
            ".vitepress/config.ts",
            "import x from 'y'\nconst guide = [ // '/b'\n { text: '一', items: [{ text: '甲', link: '/z' },\n"
            " { link: '/a#x', text: '乙' }] },\n { text: '二', items: [{ text: '丙', link: '/d/c' }] } ]\n"
            "export default { nav: [{ link: '/a' }], themeConfig: { sidebar: guide, x: f(1) } }\n",
        ),
        (
            ".vitepress/config.mts",
            "export const sidebar: C['sidebar'] = { '/': side() , '/none/': [] }\n"
            "function side(): C[] { return [{ text: `一`, items: ['z', \"a\"] as X,\n}, { text: '二', base: '/d/',"
            " items: [{ text: '丙', link: 'c' }] }] }\n",
        ),
        (
            ".vuepress/config.js",
            "module.exports = { themeConfig: { sidebar: { '/': [{ title: '一', children: ['/z.md', ['/a', '乙']] },"
            " { title: '二', children: ['/d/c'] }] } } }",
        ),
        (
            ".vuepress/sidebar/zh.ts",
            "import { s } from 'h';\nexport const zh = s({ '/': [{ text: '一', children: ['z', 'a'] },\n"
            "{ text: '二', prefix: 'd/', children: ['c'] }, /* 'x' */ ] });\n",
        ),
    ],
)
def test_a_sidebar_is_read_and_not_run(tmp_path, path, program):
    files = {path: program, "index.md": "---\nlayout: home\n---\n"}
    files |= {f"{name}.md": f"# {name}\n\n文。\n" for name in ("z", "a", "d/c")}
    manuscript, rows, _ = as_it_stands(write(tmp_path / "mine", files))
    assert [(kind, name if name.endswith(".md") else "") for name, kind, _ in rows] == [
        ("part", ""),
        (None, "z.md"),
        (None, "a.md"),
        ("part", ""),
        (None, "d/c.md"),
    ]
    assert [source.title or source.text for source in manuscript.sources if source.kind == "part"] == [
        "# 一 #\n",
        "# 二 #\n",
    ]


@pytest.mark.parametrize(
    "program",
    [
        "export default { themeConfig: { sidebar: make() } }",
        "sidebar: [{ text: 'x', link: '/z' }",
        "sidebar = [[[{{{((('/z'",
        "const sidebar = sidebar\n sidebar: sidebar, f(sidebar)",
        "sidebar: " + "[" * 5000,
        "const a = [" + "a, " * 999 + "]\nsidebar: a",
        "'" * 999 + "`sidebar:",
    ],
)
def test_where_a_sidebar_cannot_be_read_names_give_the_order(tmp_path, program):
    files = {".vitepress/config.js": program, **{f"{n}.md": f"# {n}\n\n文。\n" for n in "zab"}}
    _, rows, _ = as_it_stands(write(tmp_path / "mine", files))
    assert [name for name, _, _ in rows] == ["a.md", "b.md", "z.md"]


IDS = [f"{number:032x}" for number in range(0xABC, 0xAC2)]
NOTION = {
    f"我的书 {IDS[0]}.md": f"# 我的书\n\n[第二](%E6%88%91%E7%9A%84%E4%B9%A6%20{IDS[0]}/b%20{IDS[1]}.md)\n\n[第一](我的书%20{IDS[0]}/a%20{IDS[2]}.md)\n",
    f"我的书 {IDS[0]}/b {IDS[1]}.md": f"# 第二\n\n文。![图](b%20{IDS[1]}/p.png)\n\n[内](b%20{IDS[1]}/c%20{IDS[3]}.md)\n",
    f"我的书 {IDS[0]}/b {IDS[1]}/p.png": PNG,
    f"我的书 {IDS[0]}/b {IDS[1]}/c {IDS[3]}.md": "# 内\n\n里。\n",
    f"我的书 {IDS[0]}/a {IDS[2]}.md": f"# 第一\n\n见[第二](b%20{IDS[1]}.md)。\n",
}


def test_pages_of_notion_come_in_the_order_of_the_links_to_them(tmp_path):
    draft = import_book(write(tmp_path / "Export", NOTION))
    assert (draft.title, draft.chapters) == ("我的书", ("第二", "第一"))
    texts = [draft.files[path].decode() for path in sorted(draft.files) if path.endswith(".md")]
    assert texts == [
        "# 第二\n\n文。![图](../images/p.png)\n\n[内](#c01-1)\n\n## 内 {#c01-1}\n\n里。\n",
        "# 第一\n\n见[第二](01.md)。\n",
    ]
    assert draft.remarks[1] == "It is a book of Notion: 3 files in 2 chapters."


def test_a_page_of_notion_that_says_more_than_links_is_a_preface_and_folders_need_no_ids(tmp_path):
    files = {
        f"书 {IDS[0]}.md": "# 书\n\n开头的话。\n",
        f"书/a {IDS[1]}.md": "# 甲\n",
        f"书/b {IDS[2]}.md": "# 乙\n",
    }
    assert import_book(write(tmp_path / "x", files)).chapters == ("书", "甲", "乙")
