"""Small questions about HTML's elements."""

import re
from collections.abc import Iterator

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.rich import (
    DISPLAYED,
    Block,
    Blocks,
    RichHeading,
    RichList,
    RichRun,
    Runs,
    Side,
    TextLook,
)
from keben.project.importers.office.web.markup import kinds_of


def space(match: re.Match[str]) -> str:
    """One space; nothing for a line's end between Chinese characters (CSS Text 3, 4.1.3)."""
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    is_wide = "\n" in match[0] and before and after and min(before, after) >= "\u2e80"
    return "" if is_wide else " "


def look(runs: Runs, side: Side) -> TextLook:
    """What a paragraph looks like; HTML says no sizes."""
    texts = [run for run in runs if run.kind == "text" and run.text.strip()]
    return TextLook(bool(texts) and all("strong" in run.styles for run in texts), 0.0, side == "center")


def table_of(node: Node) -> Node | None:
    """The table that an element stands in."""
    return next((each for each in node.iterancestors() if local(each).lower() == "table"), None)


def span(node: Node, name: str) -> int:
    """How many columns or rows a cell spans."""
    value = node.get(name) or "1"
    return min(max(int(value), 1), 64) if re.fullmatch(r"[0-9]{1,4}", value) else 1


def is_contents(node: Node) -> bool:
    """Whether an element is a table of contents or the links of a site."""
    name = local(node).lower()
    if name == "nav" or "toc" in kinds_of(node):
        return True
    ids = {(node.get("id") or "").lower(), *(node.get("class") or "").lower().split()}
    return name in ("div", "ul", "ol") and bool(ids & {"toc", "table-of-contents"})


def is_in_title_block(node: Node) -> bool:
    """Whether an element is of a page's title block, as Pandoc and Quarto write it."""
    return any((each.get("id") or "") == "title-block-header" for each in node.iterancestors())


def is_title(node: Node) -> bool:
    """Whether a heading is the page's title."""
    return is_in_title_block(node) and "title" in (node.get("class") or "").split()


@dataclass(frozen=True, slots=True)
class WebFormula:
    """TeX in a page, and whether it stands in lines of its own."""

    latex: str
    is_displayed: bool = False


def formula_run(formula: WebFormula) -> RichRun:
    """A formula of a page as a run."""
    return RichRun("math", formula.latex, more=DISPLAYED if formula.is_displayed else "")


def tex_in(node: Node) -> WebFormula | None:
    """The TeX of an element of class ``math``, or of a script that MathJax reads; None: it has none."""
    text = "".join(node.itertext()).strip()
    kind = (node.get("type") or "").lower()
    if local(node).lower() == "script" and kind.startswith("math/tex"):
        return WebFormula(" ".join(text.split()), "display" in kind) if text else None
    if "math" not in (node.get("class") or "").split():
        return None
    match = re.fullmatch(r"\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$", text, re.DOTALL)
    said = " ".join(next(filter(None, match.groups()), "").split()) if match else ""
    return WebFormula(said, bool(match and (match[2] or match[3]))) if said else None


def is_drawn_again(node: Node) -> bool:
    """Whether an element shows a formula once more, as KaTeX and MathJax draw one beside its source."""
    names = set((node.get("class") or "").split())
    return bool(
        names
        & {"katex-html", "MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML"}
    )


_IN_TEXT = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\\\[(?P<square>.+?)\\\]|\$\$(?P<dollars>[^$]+?)\$\$", re.DOTALL
)


def formulas_in(text: str) -> Iterator[str | WebFormula]:
    """A text and the formulas in it, as MathJax finds them by their signs."""
    at = 0
    for match in _IN_TEXT.finditer(text) if "\\" in text or "$$" in text else ():
        latex = " ".join((match["inline"] or match["square"] or match["dollars"]).split())
        if not re.search(r"[\\^_=+<>]|^[A-Za-z0-9]$", latex):
            continue
        yield text[at : match.start()]
        yield WebFormula(latex, match["inline"] is None)
        at = match.end()
    yield text[at:]


def headings_alone(block: Block) -> Blocks:
    """The headings of a list that has nothing else, as LibreOffice saves headings that are counted; else nothing."""
    if isinstance(block, RichHeading):
        return (block,)
    if not isinstance(block, RichList):
        return ()
    found: list[Block] = []
    for inner in (each for item in block.items for each in item):
        headings = headings_alone(inner)
        if not headings:
            return ()
        found += headings
    return tuple(found) if len(block.items) == 1 else ()
