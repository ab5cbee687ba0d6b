"""Word's formulas (OMML, ECMA-376 part 1, 22.1) → LaTeX."""

import re

from keben.project.importers.office.archives import Node, attribute, child, local

_SIGNS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    "×": "times", "÷": "div", "±": "pm", "∓": "mp", "·": "cdot", "⋅": "cdot", "≤": "le", "≥": "ge", "≠": "ne",
    "≈": "approx", "≡": "equiv", "∼": "sim", "∝": "propto", "∞": "infty", "∂": "partial", "∇": "nabla", "∈": "in",
    "∉": "notin", "⊂": "subset", "⊆": "subseteq", "∪": "cup", "∩": "cap", "∅": "emptyset", "∀": "forall",
    "∃": "exists", "→": "to", "←": "leftarrow", "⇒": "Rightarrow", "⇔": "Leftrightarrow", "↔": "leftrightarrow",
    "…": "ldots", "⋯": "cdots", "∑": "sum", "∏": "prod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint",
    "⋃": "bigcup", "⋂": "bigcap", "∧": "land", "∨": "lor", "¬": "neg", "⊥": "perp", "∥": "parallel", "∠": "angle",
    "°": "circ", "′": "prime", "⟨": "langle", "⟩": "rangle", "√": "surd", "⊕": "oplus", "⊗": "otimes", "∘": "circ",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0307": "dot", "\u0308": "ddot",
    "\u20d7": "vec", "\u030c": "check", "\u0306": "breve", "\u20d6": "overleftarrow",
    "\u0301": "acute", "\u0300": "grave",
}  # fmt: skip
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp "
    "lim max min sup inf det gcd arg dim ker".split()
)


def latex(node: Node) -> str:
    """A formula as LaTeX, in one line. What it has no sign for stays as its text."""
    return re.sub(r"\s+", " ", _all(node)).strip()


def _all(node: Node | None) -> str:
    return "".join(map(_one, node)) if node is not None else ""


def _one(node: Node) -> str:
    name = local(node)
    if name in _WRITERS:
        return _WRITERS[name](node)
    if name.endswith("Pr"):
        return ""
    return _all(node)


def _run(node: Node) -> str:
    text = "".join(each.text or "" for each in node if local(each) == "t")
    if attribute(child(node, "rPr", "sty"), "val") == "p" and re.fullmatch(r"[A-Za-z]{2,}", text):
        return f"\\{text} " if text in _FUNCTIONS else f"\\mathrm{{{text}}}"
    if child(node, "rPr", "nor") is not None or re.search(r"[\u3400-\u9fff]", text):
        return f"\\text{{{_SPECIAL.sub(lambda m: chr(92) + m[0], text)}}}" if text.strip() else " "
    return "".join(map(sign, text))


def sign(letter: str) -> str:
    """A character as LaTeX writes it in a formula."""
    if letter in _SIGNS:
        return f"\\{_SIGNS[letter]} "
    if letter == "\\":
        return "\\backslash "
    return f"\\{letter}" if _SPECIAL.match(letter) else {"−": "-", "∗": "*"}.get(letter, letter)


def _part(node: Node, name: str) -> str:
    return _all(child(node, name)).strip()


def _property(node: Node, group: str, name: str, default: str) -> str:
    found = child(node, group, name)
    return default if found is None else attribute(found, "val")


def _fraction(node: Node) -> str:
    over, under = _part(node, "num"), _part(node, "den")
    form = _property(node, "fPr", "type", "bar")
    if form == "noBar":
        return f"\\genfrac{{}}{{}}{{0pt}}{{}}{{{over}}}{{{under}}}"
    return f"{{{over}}}/{{{under}}}" if form in ("lin", "skw") else f"\\frac{{{over}}}{{{under}}}"


def _based(base: str) -> str:
    return base if len(base) == 1 or re.fullmatch(r"\\[A-Za-z]+", base) else f"{{{base}}}"


def _sub(node: Node) -> str:
    return f"{_based(_part(node, 'e'))}_{{{_part(node, 'sub')}}}"


def _sup(node: Node) -> str:
    return f"{_based(_part(node, 'e'))}^{{{_part(node, 'sup')}}}"


def _both(node: Node) -> str:
    return f"{_based(_part(node, 'e'))}_{{{_part(node, 'sub')}}}^{{{_part(node, 'sup')}}}"


def _before(node: Node) -> str:
    return f"{{}}_{{{_part(node, 'sub')}}}^{{{_part(node, 'sup')}}}{_based(_part(node, 'e'))}"


def _root(node: Node) -> str:
    degree = _part(node, "deg")
    return f"\\sqrt[{degree}]{{{_part(node, 'e')}}}" if degree else f"\\sqrt{{{_part(node, 'e')}}}"


def _large(node: Node) -> str:
    operator = sign(_property(node, "naryPr", "chr", "∫")).strip()
    low, high = _part(node, "sub"), _part(node, "sup")
    return f"{operator}{f'_{{{low}}}' if low else ''}{f'^{{{high}}}' if high else ''} {_part(node, 'e')}"


def _fenced(node: Node) -> str:
    opening = _property(node, "dPr", "begChr", "(")
    closing = _property(node, "dPr", "endChr", ")")
    between = _property(node, "dPr", "sepChr", "|")
    inner = between.join(_all(each).strip() for each in node if local(each) == "e")
    return f"\\left{_fence(opening)} {inner} \\right{_fence(closing)}"


def _fence(letter: str) -> str:
    return sign(letter).strip() if letter else "."


def _accent(node: Node) -> str:
    mark = _property(node, "accPr", "chr", "\u0302")
    return f"\\{_ACCENTS.get(mark, 'hat')}{{{_part(node, 'e')}}}"


def _bar(node: Node) -> str:
    return f"\\{'overline' if _property(node, 'barPr', 'pos', 'bot') == 'top' else 'underline'}{{{_part(node, 'e')}}}"


def _grouped(node: Node) -> str:
    name = "overbrace" if _property(node, "groupChrPr", "pos", "bot") == "top" else "underbrace"
    return f"\\{name}{{{_part(node, 'e')}}}"


def _named(node: Node) -> str:
    return f"{_part(node, 'fName')} {_based(_part(node, 'e'))}"


def _low(node: Node) -> str:
    base = _part(node, "e")
    return (
        f"{base}_{{{_part(node, 'lim')}}}"
        if base.startswith("\\")
        else f"\\underset{{{_part(node, 'lim')}}}{{{base}}}"
    )


def _high(node: Node) -> str:
    return f"\\overset{{{_part(node, 'lim')}}}{{{_part(node, 'e')}}}"


def _matrix(node: Node) -> str:
    rows = [
        " & ".join(_all(cell).strip() for cell in row if local(cell) == "e")
        for row in node
        if local(row) == "mr"
    ]
    return _framed("matrix", rows)


def _lines(node: Node) -> str:
    return _framed("aligned", [_all(each).strip() for each in node if local(each) == "e"])


def _framed(name: str, rows: list[str]) -> str:
    inner = " \\\\ ".join(rows)
    return f"\\begin{{{name}}} {inner} \\end{{{name}}}"


_WRITERS = {
    "r": _run, "f": _fraction, "sSub": _sub, "sSup": _sup, "sSubSup": _both, "sPre": _before, "rad": _root,
    "nary": _large, "d": _fenced, "acc": _accent, "bar": _bar, "groupChr": _grouped, "func": _named, "limLow": _low,
    "limUpp": _high, "m": _matrix, "eqArr": _lines,
}  # fmt: skip
