import io
import tomllib

import pytest
from folders import write
from PIL import Image
from samples import PNG

from keben.core.catalogues import translated
from keben.core.errors import SourceError
from keben.project import load
from keben.project.asis import load_as_it_stands
from keben.project.importers import import_book


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    return out.getvalue()


JPEG = jpeg()


def made(tmp_path, files, name="book1"):
    root = tmp_path / name
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    return import_book(root)


def chapters(draft):
    return {
        path.removeprefix("book/chapters/"): data.decode()
        for path, data in draft.files.items()
        if path.startswith("book/chapters/")
    }


def settings(draft):
    return tomllib.loads(draft.files["book/book.toml"].decode())["book"]


def test_an_mdbook_keeps_its_parts_its_nesting_and_its_prefaces(tmp_path):
    draft = made(
        tmp_path,
        {
            "book.toml": '[book]\ntitle = "试"\nauthors = ["甲", "乙"]\ndescription = "说"\n[output.html]\n',
            "src/SUMMARY.md": (
                "# 目录\n[前言](pre.md)\n# 第一部\n- [甲](a/README.md)\n  - [乙](a/b.md)\n- [草]()\n"
                "- [无](none.md)\n- [官网](https://example.org/x.md)\n---\n[后记](post.md)\n"
            ),
            "src/pre.md": "前言的话。\n",
            "src/a/README.md": "# 第一章 甲\n\n见[乙](b.md)、[节](./b.md#节-一)、[无](x.md)、[前](../pre.md)。\n\n#### 深\n\n文。\n",
            "src/a/b.md": "# 乙\n\n回[甲](README.md)。\n\n## 节 一\n\n```sh\n# 不是题\n```\n",
            "src/post.md": "# 后记\n\n完。\n",
            "src/left.md": "# 余\n",
        },
    )
    assert chapters(draft) == {
        "01.md": "---\nkind: preface\n---\n\n# 前言\n\n前言的话。\n",
        "02.md": "---\nkind: part\n---\n\n# 第一部\n",
        "03.md": (
            "# 第一章 甲\n\n见[乙](#c03-1)、[节](#c03-1-2)、无、[前](01.md)。\n\n## 深\n\n文。\n\n"
            "## 乙 {#c03-1}\n\n回[甲](03.md)。\n\n### 节 一 {#c03-1-2}\n\n```sh\n# 不是题\n```\n"
        ),
        "04.md": "---\nkind: afterword\n---\n\n# 后记\n\n完。\n",
    }
    said = settings(draft)
    assert (said["title"], said["authors"], said["description"]) == ("试", ["甲", "乙"], "说")
    assert said["chapters"] == [f"chapters/0{n}.md" for n in (1, 2, 3, 4)]
    assert draft.remarks[1:] == (
        "It is a book of mdBook: 4 files in 4 chapters.",
        "Settings that a book has no use for: [output.html].",
        "In the list, but not there (1): none.md.",
        "Not written yet, left out (1): 草.",
        "Addresses in the list, left out (1): https://example.org/x.md.",
        "Not in the list, left out (1): src/left.md.",
        "Links that lead nowhere in the book; their text stays (1): x.md.",
    )
    assert translated(draft.remarks[3], "zh-Hans") == "列表中有，但不存在（1）：none.md。"
    assert [each for each in draft.remarks if translated(each, "zh-Hans") == each] == []


def test_inclusions_are_read_inside_the_folder_only(tmp_path):
    (tmp_path / "secret.txt").write_text("密")
    root = tmp_path / "book1"
    root.mkdir()
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    rows = "".join(f"{n}\n" for n in range(1, 5)) + "// ANCHOR: x\nxx\n// ANCHOR_END: x\n"
    calls = "a.rs:2 a.rs:2:3 a.rs::2 a.rs:4: a.rs:x a.rs:no ../secret.txt link.txt /etc/hostname".split()
    text = "# 甲{{#title 乙}}\n\n" + "".join(f"```\n{{{{#include {call}}}}}\n```\n\n" for call in calls)
    draft = made(
        tmp_path,
        {"book.toml": "[book]\n", "src/SUMMARY.md": "- [甲](a.md)\n", "src/a.md": text, "src/a.rs": rows},
    )
    body = chapters(draft)["01.md"]
    assert body.startswith(
        "# 甲\n\n```\n2\n```\n\n```\n2\n3\n```\n\n```\n1\n2\n```\n\n```\n4\n// ANCHOR: x\nxx\n"
    )
    assert "```\nxx\n```" in body
    assert "密" not in body
    assert "{{#include link.txt}}" in body
    assert "5 inclusions read into the text." in draft.remarks
    assert (
        "Inclusions that name no file of the folder, left as they are (4): a.rs:no, ../secret.txt, link.txt, "
        "/etc/hostname." in draft.remarks
    )


def test_pictures_come_along_under_safe_names(tmp_path):
    text = (
        '![图](<图 1.png> "题") ![](img/a%20b.png){width=50%} ![无](no.png) ![网](https://e.org/x.png)\n\n'
        '<img src="/img/a b.png" alt="又"> `![码](no.png)` [大图](图%201.png)\n\n![坏](bad.png)\n'
    )
    draft = made(
        tmp_path,
        {"a.md": f"# 甲\n\n{text}", "图 1.png": JPEG, "img/a b.png": PNG, "bad.png": b"x"},
    )
    assert chapters(draft)["01.md"] == (
        '# 甲\n\n![图](../images/1.jpg "题") ![](../images/a-b.png){width=50%} 无 ![网](https://e.org/x.png)\n\n'
        '<img src="../images/a-b.png" alt="又"> `![码](no.png)` 大图\n\n坏\n'
    )
    assert draft.files["book/images/1.jpg"] == JPEG
    assert "2 pictures brought along; 1 had a wrong suffix." in draft.remarks


def test_notes_and_labels_of_joined_files_stay_apart(tmp_path):
    part = "# {0}\n\n文[^1]，[见][x]。\n\n[^1]: 注{0}\n\n[x]: https://e.org/{0}\n"
    draft = made(
        tmp_path,
        {"SUMMARY.md": "* [甲](a.md)\n  * [乙](b.md)\n", "a.md": part.format("a"), "b.md": part.format("b")},
    )
    assert chapters(draft)["01.md"] == (
        "# a\n\n文[^1]，[见](https://e.org/a)。\n\n[^1]: 注a\n\n\n\n## b\n\n文[^1-1]，[见](https://e.org/b)。\n\n"
        "[^1-1]: 注b\n"
    ).replace("\n\n\n\n", "\n\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("文。\n", "# 条\n\n文。\n"),
        ("## 一\n\n文。\n\n## 二\n", "# 条\n\n## 一\n\n文。\n\n## 二\n"),
        ("## 独\n\n文。\n\n### 二\n", "# 独\n\n文。\n\n## 二\n"),
        ("# 甲\n\n# 乙\n\n## 丙\n\n#### 丁\n", "# 甲\n\n## 乙\n\n### 丙\n\n#### 丁\n"),
        ("甲\n===\n\n乙\n---\n\n文\n", "# 甲\n\n## 乙\n\n文\n"),
        ("---\ntitle: 题\ntags: [a]\n---\n\n文。\n", "# 题\n\n文。\n"),
        ("---\ntitle: '题*'\n---\n# 一\n\n# 二\n", "# 题\\*\n\n## 一\n\n## 二\n"),
        ("[图](x)\n\n# 甲\n", "# 甲\n\n图\n"),
        ("##\n\n文。\n", "# 条\n\n文。\n"),
        ("# [甲](b.md) {#x .y}\n\n> ## 引\n", "# 甲\n\n> **引**\n"),
    ],
)
def test_titles_and_levels_are_put_in_order(tmp_path, text, wanted):
    draft = made(tmp_path, {"SUMMARY.md": "* [条](a.md)\n", "a.md": text})
    assert "\n".join(line for line in chapters(draft)["01.md"].split("\n")) == wanted


def test_an_mkdocs_book_has_its_nav(tmp_path):
    draft = made(
        tmp_path,
        {
            "mkdocs.yml": "site_name: 站\nmarkdown_extensions:\n  - x: !!python/name:a.b\nnav:\n  - 前言: index.md\n"
            "  - 第 1 章:\n    - one/index.md\n    - 1.1 甲: one/a.md\n  - 上部 &nbsp; 甲&amp;乙:\n    - 乙: b.md\n",
            "docs/index.md": "# 前言\n",
            "docs/one/index.md": "# 一\n",
            "docs/one/a.md": "# 甲\n",
            "docs/b.md": "乙文。\n",
        },
    )
    assert draft.title == "站"
    assert chapters(draft) == {
        "01.md": "# 前言\n",
        "02.md": "# 一\n\n## 甲\n",
        "03.md": "---\nkind: part\n---\n\n# 上部 甲&乙\n",
        "04.md": "# 乙\n\n乙文。\n",
    }


def test_an_obsidian_vault_has_its_links_and_embeds(tmp_path):
    draft = made(
        tmp_path,
        {
            ".obsidian/app.json": "{}",
            "甲.md": "见[[乙]]、[[乙|别名]]、[[乙#节]]、[[无]]。%%藏%%\n\n![[p.png|300]] `[[码]]`\n",
            "夹/乙.md": "## 节\n\n文。\n\n## 二\n",
            "附件/p.png": PNG,
        },
    )
    assert chapters(draft) == {
        "01.md": "# 乙\n\n## 节 {#c01-0-1}\n\n文。\n\n## 二\n",
        "02.md": "# 甲\n\n见[乙](01.md)、[别名](01.md)、[乙 › 节](#c01-0-1)、无。\n\n"
        "![](../images/p.png){width=300px} `[[码]]`\n",
    }


VAULT = {
    "第一章.md": "---\naliases: [开头]\n---\n见[[人物/林一]]与[[第二章#夜里]]、[[尾]]。 ^abc123\n\n![[人物/林一#生平]]\n\n$x ^2$\n",
    "第二章.md": "---\nalias: 尾\n---\n## 夜里\n\n回[[开头]]。\n",
    "人物/林一.md": "# 林一\n\n## 生平\n\n文。\n",
    "图.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n# Text Elements\n",
    "模板/每日.md": "# {{date}}\n",
}


def test_a_vault_is_known_by_its_links(tmp_path):
    draft = made(tmp_path, VAULT)
    assert draft.chapters == ("林一", "第一章", "第二章")
    assert chapters(draft)["02.md"] == (
        "# 第一章\n\n见[林一](01.md)与[第二章 › 夜里](#c03-0-1)、[尾](03.md)。\n\n[林一 › 生平](#c01-0-2)\n\n$x ^2$\n"
    )
    assert chapters(draft)["03.md"] == "# 第二章\n\n## 夜里 {#c03-0-1}\n\n回[开头](02.md)。\n"
    assert "Not in the list, left out (2): 图.excalidraw.md, 模板/每日.md." in draft.remarks
    manuscript = load(tmp_path / "book1", {})[0]
    assert [source.title for source in manuscript.sources] == ["", "第一章", "第二章"]


def test_brackets_that_lead_nowhere_make_no_vault(tmp_path):
    draft = made(tmp_path, {"a.md": "# 甲\n\n[[注]]和[[1]]。\n", "b.md": "# 乙\n"})
    assert "It is a folder of Markdown files: 2 files in 2 chapters." in draft.remarks
    assert chapters(draft)["01.md"] == "# 甲\n\n[[注]]和[[1]]。\n"


def test_tags_of_hackmd_are_no_heading_and_quotations_name_who_said_them(tmp_path):
    text = (
        "# 書\n\n###### tags: `教學` `書`\n\n> 引用\n> [name=張三] [time=Sun, Jun 28] [color=red]\n\n"
        "`[name=甲]` [color=red]\n\n## tags\n"
    )
    assert chapters(made(tmp_path, {"a.md": text}))["01.md"] == (
        "# 書\n\n\n> 引用\n> ——張三 Sun, Jun 28\n\n`[name=甲]` [color=red]\n\n## tags\n"
    ).replace("\n\n\n", "\n\n")


LATEX = {
    r"\mainmatter": "",
    r"\bigskip\noindent": "",
    r"刻本\index{刻本}排\vspace*{1em}书。": "刻本排书。",
    r"\noindent 段落。": "段落。",
    r"\setcounter{page}{1}文": "文",
    # What prints something, and what is code or a formula, stays.
    r"\textbf{粗}": r"\textbf{粗}",
    r"`\index{词}`": r"`\index{词}`",
    r"$a\hspace{1em}b$": r"$a\hspace{1em}b$",
    r"\indexes": r"\indexes",
    r"\newpage": r"\newpage",
}


@pytest.mark.parametrize("line", LATEX)
def test_commands_of_latex_that_print_nothing_are_left_out(tmp_path, line):
    made_text = chapters(made(tmp_path, {"a.md": f"# 题\n\n{line}\n\n末。\n"}))["01.md"]
    assert made_text.removeprefix("# 题").removesuffix("末。\n").strip() == LATEX[line]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("书名 ![构建](https://img.shields.io/a.svg)", "书名"),
        ("书名 [![构建](https://img.shields.io/a.svg)](https://a.org)", "书名"),
        ("![书名](p.png)", "![书名](../images/p.png)"),
    ],
)
def test_badges_are_no_part_of_a_title(tmp_path, line, title):
    draft = made(tmp_path, {"README.md": f"# {line}\n\n文。\n", "a.md": "# 甲\n", "p.png": PNG})
    assert chapters(draft)["01.md"].split("\n")[4] == f"# {title}"


def test_names_count_with_and_without_spaces(tmp_path):
    names = ("Day 1.md", "Day2.md", "Day_3.md", "Day-10.md", "day11.md")
    draft = made(tmp_path, {name: f"# {name[:-3]}\n" for name in reversed(names)})
    assert draft.chapters == ("Day 1", "Day2", "Day_3", "Day-10", "day11")


def test_other_kinds_are_known(tmp_path):
    quarto = made(
        tmp_path,
        {
            "_quarto.yml": "book:\n  title: 书\n  chapters:\n    - index.qmd\n    - part: '**上** {.unnumbered}'\n      chapters: [a.qmd]\n"
            "  appendices: [b.qmd]\n",
            "index.qmd": "# 序 {.unnumbered}\n",
            "a.qmd": "# 甲\n",
            "b.qmd": "# 表\n",
        },
        "q",
    )
    assert quarto.chapters == ("序", "上", "甲", "表")
    assert [text.split("\n")[1] for text in chapters(quarto).values()] == [
        "kind: preface",
        "kind: part",
        "",
        "kind: appendix",
    ]
    docsify = made(
        tmp_path,
        {
            "docs/_sidebar.md": "- [首页](/)\n- 上\n  - [甲](a)\n    - [节](a?id=节)\n  - [乙](/b/)\n",
            "docs/index.html": "<script>window.$docsify = { name: '书名' }</script>",
            "docs/README.md": "# 首页\n",
            "docs/a.md": "# 甲\n\n见[乙](/b/)。\n",
            "docs/b/README.md": "# 乙\n",
        },
        "d",
    )
    assert (docsify.title, docsify.chapters) == ("书名", ("首页", "上", "甲", "乙"))
    assert chapters(docsify)["03.md"] == "# 甲\n\n见[乙](04.md)。\n"
    press = made(
        tmp_path,
        {".vitepress/config.ts": "boom()", "index.md": "# 书\n", "2.md": "# 二\n", "10.md": "# 十\n"},
        "v",
    )
    assert (press.title, press.chapters) == ("书", ("书", "二", "十"))
    gitbook = made(
        tmp_path,
        {
            "book.json": '{"title": "册", "author": "甲", "root": "./z", "plugins": ["p"]}',
            "z/SUMMARY.md": "* [甲](a.md)\n",
            "z/README.md": "# 引\n",
            "z/a.md": "# 甲\n",
            "z/GLOSSARY.md": "# 词\n",
            "z/.bookignore": "draft\n",
            "z/draft/x.md": "x",
        },
        "g",
    )
    assert (gitbook.title, gitbook.chapters) == ("册", ("引", "甲", "词"))
    assert not any("draft" in remark for remark in gitbook.remarks)


def test_a_plain_folder_is_in_natural_order_with_its_folders_as_parts(tmp_path):
    names = ["README.md", "第十章.md", "第二章.md", "上部/README.md", "上部/2.md", "上部/10.md", "LICENSE.md"]
    draft = made(tmp_path, {name: f"# {name}\n" for name in names})
    assert (
        "Left out, because their names show that they are not part of the book: LICENSE.md." in draft.remarks
    )
    assert draft.chapters == (
        "README.md",
        "上部/README.md",
        "上部/2.md",
        "上部/10.md",
        "第二章.md",
        "第十章.md",
    )


def test_files_that_stand_before_or_behind_by_their_names_do_so(tmp_path):
    names = ["appb.md", "appa.md", "ch10.md", "ch2.md", "references.md", "preface.md", "附录一.md", "前言.md"]
    assert made(tmp_path, {name: f"# {name}\n" for name in names}).chapters == (
        "preface.md",
        "前言.md",
        "ch2.md",
        "ch10.md",
        "appa.md",
        "appb.md",
        "references.md",
        "附录一.md",
    )


def test_a_file_in_another_encoding_is_read(tmp_path):
    text = "# 甲\n\n他们说这是一个人的时候，我们不在这里，也没有去。\n"
    draft = made(tmp_path, {"a.md": text.encode("gb18030"), "b.md": b"\xef\xbb\xbf" + text.encode()})
    assert set(chapters(draft).values()) == {text}
    assert "1 file in GB 18030, now in UTF-8." in draft.remarks


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"mkdocs.yml": "a: [", "docs/a.md": "a"}, "settings-syntax"),
        ({"book.json": "{", "SUMMARY.md": "* [a](a.md)"}, "settings-syntax"),
        ({"book.toml": "[", "src/SUMMARY.md": ""}, "settings-syntax"),
        ({"a.rs": "a"}, "no-text"),
        ({"a.txt": "\n", "b.txt": ""}, "no-text"),
        ({"book/book.toml": "[book]"}, "unsupported-source"),
    ],
)
def test_a_folder_that_cannot_be_imported_is_refused(tmp_path, files, code):
    with pytest.raises(SourceError) as caught:
        made(tmp_path, files)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_a_definition_may_have_its_address_in_the_line_below(tmp_path):
    draft = made(
        tmp_path, {"a.md": "# 甲\n\n见[乙][x]、[丙][]。\n\n[x]:\nb.md\n[丙]: none.md\n", "b.md": "# 乙\n"}
    )
    assert chapters(draft)["01.md"] == "# 甲\n\n见[乙](02.md)、丙。\n"


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("# 甲 {" + "a" * 5000, "# 甲 {" + "a" * 5000),
        ("# 甲 {#" + "a-" * 5000 + " \\*", "# 甲 {#" + "a-" * 5000 + " \\*"),
        ("# 甲 {#x .y k=v}", "# 甲"),
        ("# 甲 {-}", "# 甲"),
        ("# 甲 {docsify-ignore}", "# 甲"),
        ("# 甲 {乙|丙}", "# 甲 {乙|丙}"),
    ],
)
def test_attributes_of_headings_go(tmp_path, heading, wanted):
    assert chapters(made(tmp_path, {"a.md": f"{heading}\n"}))["01.md"] == f"{wanted}\n"


def test_scripts_and_styles_of_a_site_are_left_out(tmp_path):
    text = "<script setup>\nimport a\n</script>\n\n# 甲\n\n文。\n\n```html\n<script>\n</script>\n```\n\n<style>a{}</style>\n"
    draft = made(tmp_path, {"a.md": text})
    assert chapters(draft)["01.md"] == "# 甲\n\n文。\n\n```html\n<script>\n</script>\n```\n"
    assert "Left out: 2 scripts or styles of a site." in draft.remarks


def test_a_docs_folder_is_found_where_another_is_made_by_a_program(tmp_path):
    files = {"mkdocs.yml": "docs_dir: build\nnav: [a.md]\n", "docs/a.md": "# 甲\n"}
    assert made(tmp_path, files).chapters == ("甲",)


def test_the_title_of_a_book_is_plain_text(tmp_path):
    (tmp_path / "README.md").write_text("# *试* __`x`__ [书](https://example.org) a_b\\*\n\n文。\n")
    (tmp_path / "a.md").write_text("# 甲\n\n文。\n")
    assert settings(import_book(tmp_path))["title"] == "试 x 书 a_b*"


def test_settings_in_json_may_have_comments_and_commas_behind_last_items(tmp_path):
    said = '{\n  // "x": 1,\n  "title": "甲 // 乙, ]", /* 丙 */\n  "plugins": ["-a", ],\n}\n'
    draft = made(tmp_path, {"book.json": said, "SUMMARY.md": "* [a](a.md)", "a.md": "# a\n\n文。\n"})
    assert draft.title == "甲 // 乙, ]"


def test_pictures_and_links_in_boxes_of_myst_come_along(tmp_path):
    text = "# 甲\n\n```{note} 题\n![图](pic.png) [乙](b.md)\n```\n\n```{tip}\n~~~\n[乙](b.md)\n~~~\n```\n\n[乙](b.md)\n"
    draft = made(tmp_path, {"a.md": text, "b.md": "# 乙\n\n文。\n", "pic.png": PNG})
    assert draft.files["book/chapters/01.md"].decode() == text.replace(
        "pic.png", "../images/pic.png"
    ).replace("b.md", "02.md").replace("~~~\n[乙](02.md)", "~~~\n[乙](b.md)")


def test_pictures_whose_texts_have_signs_of_tags_come_along(tmp_path):
    text = "# 甲\n\n<div>\n<img src='pic.png' alt=\"<code>a</code> 的图\">\n</div>\n\n<T's> 文。\n"
    draft = made(tmp_path, {"a.mdx": text, "pic.png": PNG})
    assert 'src="../images/pic.png"' in draft.files["book/chapters/01.md"].decode()


def test_no_picture_has_the_name_of_a_device_of_windows(tmp_path):
    draft = made(
        tmp_path, {"a.md": "# 甲\n\n![一](CON.png) ![二](icon.png)\n", "CON.png": PNG, "icon.png": PNG}
    )
    assert sorted(path for path in draft.files if "images" in path) == [
        "book/images/icon.png",
        "book/images/picture-con.png",
    ]


def test_of_a_file_and_its_translation_the_chinese_one_is_a_chapter(tmp_path):
    files = dict.fromkeys(
        ("a.md", "a_en.md", "b.md", "b.zh-CN.md", "b.zh-TW.md", "c_en.md", "token.md", "d.cn.md"),
        "# 题\n\n文。\n",
    )
    draft = made(tmp_path, {name: text.replace("题", name) for name, text in files.items()})
    titles = [text.partition("\n")[0] for _, text in sorted(chapters(draft).items())]
    assert titles == ["# a.md", "# b.zh-CN.md", "# c_en.md", "# d.cn.md", "# token.md"]


LANGUAGES = {
    # Folders beside one another, with a README of each script, or none.
    "README.md zh-tw/README.md zh-tw/a.md zh-cn/README.md zh-cn/a.md en/README.md en/a.md": "zh-tw/README.md zh-tw/a.md",
    "zh-tw/a.md zh-cn/a.md en/a.md": "zh-cn/a.md",
    "docs/en/a.md docs/zh_TW/a.md docs/zh_TW/b.md": "docs/zh_TW/a.md docs/zh_TW/b.md",
    # A translation below the book.
    "a.md b.md en/a.md en/b.md": "a.md b.md",
    # Folders that are called as languages are, and hold other texts.
    "a.md b.md de/c.md it/d.md": "a.md b.md de/c.md it/d.md",
    "a.md zh/b.md": "a.md zh/b.md",
}


@pytest.mark.parametrize("names", LANGUAGES)
def test_of_a_book_in_several_languages_one_is_taken(tmp_path, names):
    files = {name: f"# {name} 這裡\n\n文。\n" for name in names.split()}
    draft = made(tmp_path, files)
    texts = "".join(text for _, text in sorted(chapters(draft).items()))
    taken = " ".join(line.split()[1] for line in texts.split("\n") if line.endswith("這裡"))
    assert taken == LANGUAGES[names]
    left = [name for name in sorted(names.split()) if name not in taken.split() and name != "README.md"]
    said = [remark for remark in draft.remarks if remark.startswith("The same in another language")]
    assert [f"({len(left)}): {', '.join(left[:5])}" in each for each in said] == [True] * bool(left)
    manuscript, findings = load(tmp_path / "book1", {})
    assert sorted(source.path.removeprefix("book/") for source in manuscript.sources) == sorted(taken.split())
    noticed = [finding.place.path for finding in findings if finding.code == "translated-chapter"]
    assert sorted(noticed) == left


FORMULA = "$$\na\n=\n\\begin{x}\n# b\n---\n$$\n"


def test_lines_of_a_formula_are_no_headings(tmp_path):
    draft = made(tmp_path, {"a.md": f"# 题\n\n{FORMULA}\n末。\n\n$$ 不闭\n\n## 节\n"})
    assert chapters(draft)["01.md"] == f"# 题\n\n{FORMULA}\n末。\n\n$$ 不闭\n\n## 节\n"


def test_braces_of_a_picture_that_is_not_there_go_with_it(tmp_path):
    text = '# 题\n\n![图](a.png){#fig-a width=50%}，[见](b.md){target=_blank}、![](c.png "题"){.x}{字|zì}。\n'
    assert chapters(made(tmp_path, {"a.md": text}))["01.md"] == "# 题\n\n图，见、{字|zì}。\n"


def test_what_a_page_of_quarto_or_mdx_includes_is_read_as_such_a_page(tmp_path):
    draft = made(
        tmp_path,
        {
            "docusaurus.config.js": "module.exports = {title: '试'};\n",
            "docs/a.mdx": "# 甲\n\nimport Part from './_part.mdx';\n\n<Part />\n",
            "docs/_part.mdx": "import Tabs from '@theme/Tabs';\n\n部分的话。\n",
        },
    )
    assert chapters(draft)["01.md"] == "# 甲\n\n部分的话。\n"
    quarto = made(
        tmp_path,
        {
            "_quarto.yml": "book:\n  chapters: [index.qmd]\n",
            "index.qmd": "# 序\n\n{{< include _p.qmd >}}\n\n{{< include no.qmd >}}\n\n{{< pagebreak >}}\n",
            "_p.qmd": "```{r, echo=FALSE}\nx\n```\n\n部分的话。\n",
        },
        "book2",
    )
    text = chapters(quarto)["01.md"]
    assert "# 序\n\n部分的话。\n\n{{< include no.qmd >}}\n\n{{< pagebreak >}}\n" in text
    assert "Tags of other tools, left as they are (1): include." in quarto.remarks


def test_shortcodes_of_hugo_are_read_outside_of_its_sites_too(tmp_path):
    text = '# 甲\n\n{{< figure src="p.png" caption="图题" >}}\n\n见[乙]({{< ref "b.md" >}})，{{< katex >}}x{{< /katex >}}。\n'
    draft = made(tmp_path, {"a.md": text, "b.md": "# 乙\n", "p.png": PNG})
    assert chapters(draft)["01.md"] == "# 甲\n\n![图题](../images/p.png)\n\n见[乙](02.md)，$x$。\n"


def test_addresses_are_listed_as_people_read_them(tmp_path):
    text = "# 题\n\n![图](%E5%9B%BE%201.png)[见](%E7%AC%AC%E4%B8%80.md)![](https://example.org/%E5%9B%BE.png)%FF\n"
    draft = made(tmp_path, {"a.md": text})
    assert "Links that lead nowhere in the book; their text stays (1): 第一.md." in draft.remarks
    assert "Pictures that are not there; their alternative text stays (1): 图%201.png." in draft.remarks
    assert "Pictures on the web, not fetched (1): https://example.org/图.png." in draft.remarks


def test_pages_that_a_theme_fills_are_no_chapters(tmp_path):
    root = write(
        tmp_path / "mine",
        {"a.md": "# 甲\n\n文。\n", "b.md": "---\ntitle: 归档\narchivesPage: true\n---\n"},
    )
    assert [source.path for source in load(root, {})[0].sources] == ["book/a.md"]


def test_a_file_that_says_the_same_as_another_is_taken_once(tmp_path):
    text = "# 甲\n\n" + "这一篇有两个名字。" * 30 + "\n"
    files = {"Day 01.md": text, "Day01.md": text + "\n", "Day02.md": "# 乙\n\n见[甲](Day01.md)。\n"}
    for name, each in files.items():
        (tmp_path / name).write_text(each)
    draft = import_book(tmp_path)
    assert draft.chapters == ("甲", "乙")
    assert "见[甲](01.md)。" in draft.files["book/chapters/02.md"].decode()
    assert "The same text as another file, taken once (1): Day01.md." in draft.remarks
    manuscript, findings = load_as_it_stands(tmp_path, 0)
    assert len(manuscript.sources) == 2
    assert [str(each.place) for each in findings if each.code == "twin-chapter"] == ["Day01.md"]


def test_files_that_a_list_names_are_all_taken(tmp_path):
    text = "# 甲\n\n" + "这一篇有两个名字。" * 30 + "\n"
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.md").write_text(text)
    (tmp_path / "SUMMARY.md").write_text("- [甲](a.md)\n- [乙](b.md)\n")
    assert len(import_book(tmp_path).chapters) == 2
