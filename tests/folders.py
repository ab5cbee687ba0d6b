"""Folders of other tools on disk, for tests that build them as they are."""

from pathlib import Path

from samples import PNG


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder, which is made, and give it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


MDBOOK: dict[str, str | bytes] = {
    "book.toml": '[book]\ntitle = "试"\nauthors = ["甲"]\n\n[output.html]\ntheme = "t"\n',
    "src/SUMMARY.md": (
        "# Summary\n\n[前言](pre.md)\n\n# 第一部 起\n\n- [第一章 甲](a/README.md)\n  - [1.1 乙](./a/b.md)\n"
        "- [草稿]()\n- [第二章 丙](c.md)\n\n---\n\n[后记](post.md)\n"
    ),
    "src/pre.md": "前言的话。\n",
    "src/a/README.md": "# 甲\n\n见[乙](b.md#节)。[^1]\n\n[^1]: 注一。\n",
    "src/a/b.md": "## 乙\n\n![图](../p.png)\n\n### 节\n\n文。[^1]\n\n[^1]: 注二。\n",
    "src/c.md": "# 第二章 丙\n\n{{#include ../code.rs}}\n\n`$x`的头发。\n",
    "src/post.md": "# 后记\n\n完。\n",
    "src/p.png": PNG,
    "code.rs": "行一\n行二\n",
}
