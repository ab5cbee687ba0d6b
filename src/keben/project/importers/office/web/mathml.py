"""MathML → LaTeX, as far as books need it (MathML Core)."""

import re

from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.docx.maths import sign

_PASSED = frozenset(("annotation", "annotation-xml"))


def latex_of(node: Node) -> str:
    """A formula as LaTeX, in one line: as its author wrote it where that is in it, else from its elements."""
    for each in node.iter():
        if local(each) == "annotation" and "tex" in (each.get("encoding") or "").lower() and each.text:
            return " ".join(each.text.split())
    return re.sub(r"\s+", " ", _all(node)).strip()


def _all(node: Node) -> str:
    return "".join(_one(each) for each in node if local(each) not in _PASSED)


def _parts(node: Node) -> list[str]:
    return [_one(each).strip() for each in node if local(each) not in _PASSED]


def _one(node: Node) -> str:
    name = local(node)
    text = (node.text or "").strip()
    if name in ("mi", "mn", "mo"):
        is_word = len(text) > 1 and name == "mi"
        return f"\\mathrm{{{text}}}" if is_word else "".join(map(sign, text))
    if name in ("mtext", "ms"):
        return f"\\text{{{text}}}" if text else " "
    if name == "mspace":
        return " "
    if name == "mtable":
        rows = (" & ".join(_parts(row)) for row in node)
        return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"
    if name == "mfenced":
        return f"{node.get('open', '(')}{', '.join(_parts(node))}{node.get('close', ')')}"
    return _built(name, node)


def _built(name: str, node: Node) -> str:
    parts = _parts(node)
    if name == "mfrac" and len(parts) == 2:
        return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "mroot" and len(parts) == 2:
        return f"\\sqrt[{parts[1]}]{{{parts[0]}}}"
    if name == "msqrt":
        return f"\\sqrt{{{''.join(parts)}}}"
    if name in ("msub", "munder") and len(parts) == 2:
        return f"{_based(parts[0])}_{{{parts[1]}}}"
    if name in ("msup", "mover") and len(parts) == 2:
        return f"{_based(parts[0])}^{{{parts[1]}}}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{_based(parts[0])}_{{{parts[1]}}}^{{{parts[2]}}}"
    return _all(node)


def _based(base: str) -> str:
    return base if len(base) == 1 or re.fullmatch(r"\\[A-Za-z]+", base) else f"{{{base}}}"
