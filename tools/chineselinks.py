"""Has the Chinese pages of the documentation link to one another: python tools/chineselinks.py [--check].

A link of a Chinese page leads to the Chinese page where there is one, and to its heading: the one that stands there
in the place that it has in the English page. With ``--check`` it fails where a page would change.
"""

import re
import sys
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_LINK = re.compile(r"\]\(((?:\.\./)?[\w-]+)(\.zh)?\.md(?:#([^)\s]+))?\)")


def anchors(page: Path) -> list[str]:
    """The ids that GitHub gives to a page's headings, in order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    heads = [after for token, after in pairwise(tokens) if token.type == "heading_open"]
    texts = ["".join(each.content for each in head.children or ()) for head in heads]
    return [re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts]


_HERE = re.compile(r"\]\(#([^)\s]+)\)")


def relinked(text: str, name: str = "") -> str:
    """A Chinese page, whose name is NAME.zh.md, with its links put right; the first line, of languages, stays."""
    first, _, rest = text.partition("\n")
    if name:
        rest = _HERE.sub(
            lambda match: re.sub(r"\([^#]*", "(", _link(_LINK.match(f"]({name}.md#{match[1]})"))), rest
        )
    return f"{first}\n{_LINK.sub(_link, rest)}"


def _link(match: re.Match[str] | None) -> str:
    assert match
    name, anchor = match[1], match[3]
    english, chinese = DOCS / f"{name}.md", DOCS / f"{name}.zh.md"
    target, other = (chinese, english) if chinese.is_file() else (english, chinese)
    if anchor and anchor not in anchors(target) and other.is_file() and anchor in (heads := anchors(other)):
        anchor = anchors(target)[heads.index(anchor)]
    path = f"{name}{'.zh' if target is chinese else ''}.md"
    return f"]({path}{f'#{anchor}' if anchor else ''})"


def main() -> int:
    """Write the pages, or name those that would change."""
    wrong = 0
    for page in [ROOT / "README.zh.md", *sorted(DOCS.glob("*.zh.md"))]:
        text = page.read_text("utf-8")
        if page.parent == ROOT:
            made = re.sub(r"\]\(docs/([^)]*)\)", lambda match: _shifted(match[1]), text)
        else:
            made = relinked(text, page.name.removesuffix(".zh.md"))
        if made != text and "--check" in sys.argv:
            print(
                f"{page.name}: a link does not lead to the Chinese page: run `python tools/chineselinks.py`."
            )
            wrong = 1
        elif made != text:
            page.write_text(made, encoding="utf-8", newline="\n")
    return wrong


def _shifted(address: str) -> str:
    """A link of the README, which stands above docs/."""
    link = f"]({address})"
    return _LINK.sub(_link, link).replace("](", "](docs/", 1)


if __name__ == "__main__":
    sys.exit(main())
