"""Other programs on the text that a build is measured on, those that are installed.

WeasyPrint by itself comes with Keben; ``pip install typst pypandoc_binary`` brings the others.
"""

import importlib.util
import re
import shutil
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

Chapters = Sequence[tuple[str, Sequence[str]]]
"""Title and paragraphs of each."""

PLAIN = "WeasyPrint by itself, plain HTML"
TAGGED = "WeasyPrint by itself, with contents and tags"
TYPST = "Typst, with contents"
PANDOC = "pandoc, EPUB with contents"

_CSS = """@page { size: A5; margin: 18mm 15mm; @bottom-center { content: counter(page) } }
body { font: 10.5pt/1.7 "Noto Serif CJK SC", serif; text-align: justify } h1 { break-before: page }
p { margin: 0; text-indent: 2em }
nav a::after { content: " " target-counter(attr(href), page) }"""
_TYPST = """#set page("a5", margin: (x: 15mm, y: 18mm), numbering: "1")
#set text(10.5pt, font: "Noto Serif CJK SC", lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#outline()
"""
_FRONT = '---\ntitle: "样张"\nlang: zh-Hans\n---\n'
_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+.!|~^&$:=@/\"'-])")


def peers(chapters: Chapters, folder: Path) -> dict[str, tuple[list[str], Path]]:
    """The command of each and the file that it makes, by its name; both stand in a folder, with what it reads."""
    marked = [(title, [_SIGNS.sub(r"\\\1", text) for text in texts]) for title, texts in chapters]
    contents = "".join(f'<li><a href="#c{n}">{title}</a></li>' for n, (title, _) in enumerate(chapters))
    body = "".join(
        f'<h1 id="c{number}">{title}</h1>' + "".join(f"<p>{escape(text)}</p>" for text in texts)
        for number, (title, texts) in enumerate(chapters)
    )
    files = {
        "plain.html": _page(body),
        "tagged.html": _page(f"<nav><ol>{contents}</ol></nav>{body}"),
        "plain.typ": _TYPST + _sections(marked, "="),
        "plain.md": _FRONT + _sections(marked, "#"),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    pdf, epub = folder / "peer.pdf", folder / "peer.epub"
    plain, tagged, typst = (str(folder / name) for name in ("plain.html", "tagged.html", "plain.typ"))
    found = {
        PLAIN: (_python(f"weasyprint.HTML({plain!r}).write_pdf({str(pdf)!r})"), pdf),
        TAGGED: (_python(f"weasyprint.HTML({tagged!r}).write_pdf({str(pdf)!r}, pdf_tags=True)"), pdf),
    }
    if importlib.util.find_spec("typst"):
        found[TYPST] = _python(f"typst.compile({typst!r}, output={str(pdf)!r})"), pdf
    pandoc = pandoc_path()
    if pandoc:
        found[PANDOC] = [pandoc, "-t", "epub3", "--toc", str(folder / "plain.md"), "-o", str(epub)], epub
    return found


def pandoc_path() -> str:
    """pandoc, from PyPI or the machine; empty: there is none."""
    if importlib.util.find_spec("pypandoc"):
        import pypandoc  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


def _page(body: str) -> str:
    return f'<html lang="zh-Hans"><title>样张</title><style>{_CSS}</style><body>{body}</body></html>'


def _sections(chapters: Chapters, sign: str) -> str:
    return "".join(f"\n{sign} {title}\n\n" + "\n\n".join(texts) + "\n" for title, texts in chapters)


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", f"import {code.partition('.')[0]}; {code}"]
