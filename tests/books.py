"""Compositions in the default theme, for tests of what they come out as."""

from dataclasses import replace
from pathlib import Path

from samples import sample_composition

from keben.core.composition import Composition, Document
from keben.core.markup import parse

ROOT = Path(__file__).parents[1]
STYLES = {name: (ROOT / "styles" / name).read_text("utf-8") for name in ("base.css", "print.css")}

PARAGRAPH = "<p>" + "字" * 100 + "</p>"


def chapter(body: str, name: str = "one", title: str = "里程") -> Document:
    """A chapter of the default theme."""
    root = parse(
        f'<section epub:type="chapter" class="chapter" id="{name}" aria-labelledby="{name}-title" '
        f'data-title="第一章　{title}"><header class="chapter-head"><h1 id="{name}-title"><span class="label">第一章</span> '
        f'<span class="title">{title}</span></h1></header>{body}</section>'
    )
    return Document(name, "chapter", f"第一章　{title}", root, f"book/chapters/{name}.md")


def book(*documents: Document, language: str = "zh-Hans-CN", **changes: object) -> Composition:
    """A composition of some documents with the default theme's styles."""
    composition = replace(sample_composition(language), styles=STYLES)
    return replace(composition, documents=documents or composition.documents, **changes)  # type: ignore[arg-type]
