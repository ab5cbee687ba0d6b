"""A book that has all that Word is given, its documents, and edits of them."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lxml import etree

from keben.build.editions import Project, convert_editions, read_project
from keben.core.composition import Composition
from keben.core.edition import Edition
from keben.formats import FORMATS
from keben.formats.docx import write_docx
from keben.formats.ready import read_as

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"

BOOK = """[book]
title = "样书"
authors = ["某人"]
language = "zh-Hans"
slug = "rich"
[editions.zh-Hans]
names = "lined"
works = "wavy"
[editions.zh-Hant-TW]
[editions.zh-Hant-HK]
[editions.vertical]
language = "zh-Hans"
writing = "vertical"
"""
PART = "---\nkind: part\nlabel: 第一部\n---\n# 山水之间\n\n部的话。\n"
FIRST = """# 第一章 起头

{.epigraph}
> 千里之行，始于足下。
>
> ——《老子》

正文有**加重**和*强调*，也有~~删去~~、`代码`与[链接](https://example.org/a?b=1&c=2)。注在此[^a]，再来一个^[随文的注，*着重*]，又叫一次[^a]。
第二行接着写，H<sub>2</sub>O 与 x<sup>2</sup>，
{饕餮|tāo tiè}，{國語|ㄍㄨㄛˊ ㄩˇ}，[屈原]{.name}作[离骚]{.work}。

[^a]: 第一个注。

    注的第二段，叫[^b]。

[^b]: 注中之注。

## 列表 {#lists}

1. 甲
2. 乙
   - 乙一
   - 乙二

     乙二的第二段。
3. 丙

中间。

5. 五
6. 六

- 松散一

- 松散二

<ol reversed start="3"><li>倒三</li><li>倒二</li></ol>

## 表与图

| 名 | 数 |
|---|---:|
| 甲 | 10 |
| 乙 | 10 |

: 表的题 {#tab-a}

<table><thead><tr><th colspan="2">合并</th><th>单</th></tr></thead><tbody><tr><td rowspan="2">竖</td><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></tbody></table>

![红块](../images/a.png "图的题，有*强调*"){#fig-a}

![三根横条](../data/days.toml "天数"){#fig-days}

行内图![小](../images/a.png){width=20%}在此。见[](#tab-a)、[](#fig-a)、[](#lists)、[那里](#two)。

```python
def f(x):
    return x  # 注释
```

***

术语
:   它的解释。

    第二段解释。

> 引文一段。
>
> 引文二段，有**重点**。
"""
SECOND = """# 第二章 续篇 {#two}

两个字\\*星号\\*与 &amp; 号，a_b_c，1. 不是列表。

{.pull}
> 放大的话。

只有一段English words and more
second line of it，换行硬的\\
下一行。

<p class="center">居中</p>

<details><summary>摘要</summary>

内容在此。

</details>

最后一段，2020年 12 月。
"""
CHART = """kind = "bar"
title = "天数"
unit = "天"
[[bars]]
label = "一"
value = 3
[[bars]]
label = "二"
value = 5
"""


def write_rich(root: Path) -> Path:
    """A project with all that Word is given."""
    files = {
        "book.toml": BOOK.encode(),
        "chapters/00-part.md": PART.encode(),
        "chapters/01.md": FIRST.encode(),
        "chapters/02.md": SECOND.encode(),
        "data/days.toml": CHART.encode(),
        "images/a.png": _png(60, 40),
    }
    for name, data in files.items():
        path = root / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def write_small(root: Path, text: str) -> Path:
    """A project of one chapter."""
    write_rich(root)
    for name in ("00-part.md", "02.md"):
        (root / "book" / "chapters" / name).unlink()
    (root / "book" / "chapters" / "01.md").write_text(text, "utf-8")
    return root


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def read(root: Path) -> Project:
    """A project."""
    return read_project(root, os.environ)


def edition_of(project: Project, name: str = "zh-Hans") -> Edition:
    """An edition of it."""
    return next(each for each in project.manuscript.settings.editions if each.name == name)


def composed(project: Project, name: str = "zh-Hans") -> Composition:
    """An edition as Word reads it."""
    conversions, _ = convert_editions(project, {name: ["docx"]})
    return read_as(conversions[name].composition, FORMATS["docx"])


def written(project: Project, name: str = "zh-Hans") -> bytes:
    """An edition's document; its drawings are not drawn."""
    return write_docx(composed(project, name), {}).data


def parts(data: bytes) -> dict[str, bytes]:
    """The files of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _parsed(data: bytes, name: str) -> bytes:
    return parts(data)[name]


def tree(data: bytes, name: str = DOCUMENT) -> "etree._Element":
    """A part's tree."""
    return etree.fromstring(_parsed(data, name))


def edited(data: bytes, change: Callable[["etree._Element"], None], name: str = DOCUMENT) -> bytes:
    """A document with a part changed."""
    root = tree(data, name)
    change(root)
    return packed({**parts(data), name: etree.tostring(root)})


def packed(files: dict[str, bytes]) -> bytes:
    """A document of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(root: "etree._Element", text: str) -> "etree._Element":
    """The first paragraph that begins with a text."""
    return next(
        each
        for each in root.iter(f"{W}p")
        if "".join(t.text or "" for t in each.iter(f"{W}t")).startswith(text)
    )


def replaced(data: bytes, old: str, new: str, name: str = DOCUMENT) -> bytes:
    """A document in which the first run that holds a text, in a chapter, says another."""

    def change(root: "etree._Element") -> None:
        runs = (
            run
            for each in root.iter(f"{W}p")
            if any(str(mark.get(f"{W}name")).startswith("_kb") for mark in each.iter(f"{W}bookmarkStart"))
            for run in each.iter(f"{W}t")
        )
        run = next(each for each in runs if old in (each.text or ""))
        run.text = str(run.text).replace(old, new, 1)

    return edited(data, change, name)
