"""A small project on disk, for tests that begin where a user does."""

from pathlib import Path

from PIL import Image
from samples import PNG

TOML = """[book]
title = "头发的书"
authors = ["林一"]
language = "zh-Hans"
identifier = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11"
slug = "hair"
version = "1.0.0"
date = 2026-01-01
description = "一本用来试验的书。"
chapters = ["chapters/one.md", "chapters/two.md"]

[editions.zh-Hans]
[editions.zh-Hant-TW]
vocabulary = "regional"
"""

ONE = """---
title: 里程
---

他说：“我的头*发*长了，‘后来’才剪。”[^a]

![一个红点](../images/dot.png "一点"){#fig-dot}

## 发展 {#grow}

软件在`内存`里，见[](#two)。

[^a]: 这是注文。
"""

TWO = """---
title: 后来
---

皇后走在后面，见[](#fig-dot)、[](#grow)。

![两根柱子](../data/bars.toml "两根"){#fig-bars}
"""

BARS = """kind = "bar"
title = "两根柱子"
unit = "国"
[[bars]]
label = "发往欧洲"
value = 2
[[bars]]
label = "亚洲"
value = 1.5
"""


def write_project(root: Path) -> Path:
    """Write the project and give its root."""
    files = {
        "book/book.toml": TOML,
        "book/chapters/one.md": ONE,
        "book/chapters/two.md": TWO,
        "book/data/bars.toml": BARS,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "book" / "images").mkdir()
    (root / "book" / "images" / "dot.png").write_bytes(PNG)
    return root


def bring_cover(root: Path) -> None:
    """Give both editions a picture as their cover: drawing one takes longer than all else of a small EPUB."""
    Image.new("RGB", (640, 960), "#7a1f1f").save(root / "book" / "images" / "front.png")
    for name in ("zh-Hans", "zh-Hant-TW"):
        table = f"[editions.{name}]\n"
        change(root, "book/book.toml", table, f'{table}cover = "images/front.png"\n')


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
