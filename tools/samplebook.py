"""A small project made of plain paragraphs, and the same book as WeasyPrint sets it by itself.

For pictures (tools/typography.py) and measures (benchmarks/typesetting.py): what is compared has one HTML and one CSS.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from keben.build.editions import prepare, read_project
from keben.build.request import Request, plan
from keben.core.composition import Composition
from keben.core.markup import serialize
from keben.formats.ready import only
from keben.formats.table import FORMATS
from keben.typeset.assemble import assemble
from keben.typeset.fonts import choose
from keben.typeset.page import lay_out, page_css
from keben.typeset.resources import BASE, Resources
from keben.typeset.weasy import VARIANT
from keben.typeset.weasy.document import Fetcher

EPOCH = "1767225600"

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~^&$:=-])")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of paragraphs."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    markdown: bool = False
    """Whether the paragraphs are Markdown, not text."""


def write_project(
    root: Path, chapters: Iterable[Chapter], area: Mapping[str, object], style: str = "", editions: str = ""
) -> None:
    """A project in a folder: ``area`` is [print], ``style`` comes after the default print.css."""
    folder = root / "book" / "chapters"
    folder.mkdir(parents=True)
    names = []
    for chapter in chapters:
        texts = chapter.paragraphs
        body = "\n\n".join(texts if chapter.markdown else (_MARKDOWN.sub(r"\\\1", each) for each in texts))
        front = f'---\ntitle: "{chapter.title}"\nlabel: ""\n---\n'
        (folder / f"{chapter.name}.md").write_text(f"{front}\n{body}\n", "utf-8")
        names.append(f'"chapters/{chapter.name}.md"')
    table = "\n".join(
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in area.items()
    )
    (root / "book" / "book.toml").write_text(
        f'[book]\ntitle = "样张"\nlanguage = "zh-Hans"\nslug = "sample"\nchapters = [{", ".join(names)}]\n\n'
        f"{editions or '[editions.zh-Hans]'}\n\n[print]\n{table}\n",
        "utf-8",
    )
    if style:
        (root / "styles").mkdir()
        (root / "styles" / "print.css").write_text(f'@import "default:print.css";\n{style}\n', "utf-8")


def composition_of(root: Path, edition: str) -> Composition:
    """A project's edition, ready to be typeset."""
    project = read_project(root, {"SOURCE_DATE_EPOCH": EPOCH})
    jobs = plan(Request(root, root / "build", (edition,), ("pdf",)), project.manuscript)
    return only(prepare(project, jobs).compositions[edition], FORMATS["pdf"])


def plain_html(composition: Composition) -> tuple[Any, dict[str, Any]]:
    """A book as a ``weasyprint.HTML``, and the options for its ``render``: Keben's HTML and CSS, and none of its code.

    Not for books with notes: HTML's parser takes a note's paragraphs out of the one that calls it.
    """
    profile = choose(composition.edition.language)
    fetcher = Fetcher(Resources(composition.assets, composition.drawings, profile))
    fonts = FontConfiguration()
    texts = (
        composition.styles["base.css"],
        page_css(lay_out(composition.edition.area), profile),
        composition.styles["print.css"],
    )
    sheets = [
        weasyprint.CSS(string=text, base_url=BASE, url_fetcher=fetcher, font_config=fonts) for text in texts
    ]
    html = weasyprint.HTML(
        string=f"<!DOCTYPE html>{serialize(assemble(composition, profile))}",
        base_url=BASE,
        url_fetcher=fetcher,
    )
    return html, {"stylesheets": sheets, "font_config": fonts, "pdf_variant": VARIANT}
