"""MathML → Word's formulas: Office Math Markup Language (ISO/IEC 29500-1, 22.1)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from keben.core.formulas import ACCENTS, BARS, is_accented
from keben.core.markup import Element

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_FENCES = frozenset("()[]{}|‖⌊⌋⌈⌉⟨⟩⟦⟧/\\")
_STROKES = {
    "updiagonalstrike": ("strikeBLTR",),
    "downdiagonalstrike": ("strikeTLBR",),
    "updiagonalstrike downdiagonalstrike": ("strikeBLTR", "strikeTLBR"),
    "horizontalstrike": ("strikeH",),
    "verticalstrike": ("strikeV",),
}
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")
_EM = re.compile(r"(-?[\d.]+)em")
_FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'


def word_formula(formula: Element, *, displayed: bool) -> str:
    """A formula as a paragraph of Word's holds it; ``displayed``: it is all there is in the paragraph."""
    inner = _tag("oMath", _row(_elements(formula)))
    return _tag("oMathPara", inner) if displayed else inner


def _tag(name: str, *inner: str, **values: str) -> str:
    """An element of ``m:``; its attributes are of ``m:`` too."""
    attributes = "".join(f' m:{key}="{escape(value)}"' for key, value in values.items())
    content = "".join(inner)
    return f"<m:{name}{attributes}>{content}</m:{name}>" if content else f"<m:{name}{attributes}/>"


def _elements(node: Element) -> list[Element]:
    return [child for child in node.children if isinstance(child, Element)]


def _text(node: Element) -> str:
    return _INVISIBLE.sub("", "".join(child for child in node.children if isinstance(child, str)))


def _row(nodes: Sequence[Element]) -> str:
    """Elements one after the other; a sum or an integral takes what follows it."""
    made: list[str] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if _is_nary(node):
            following = nodes[at + 1 : at + 2]
            made.append(_nary(node, _row(following)))
            at += 1 + len(following)
        else:
            made.append(_one(node))
            at += 1
    return "".join(made)


def _one(node: Element) -> str:
    write = _WRITERS.get(node.tag)
    return write(node) if write else _row(_elements(node))


def _part(name: str, node: Element | None) -> str:
    return _tag(name, "" if node is None else _row([node]))


def _token(node: Element) -> str:
    text = _text(node)
    if not text:
        return ""
    variant = node.get("mathvariant")
    is_upright = variant == "normal" or (node.tag == "mi" and len(text) > 1)
    style = {"bold": "b", "italic": "i", "bold-italic": "bi"}.get(variant, "p" if is_upright else "")
    said = _tag("nor") if node.tag == "mtext" else _tag("sty", val=style) if style else ""
    properties = _tag("rPr", said) if said else ""
    return _tag("r", properties, _FONT, f'<m:t xml:space="preserve">{escape(text, quote=False)}</m:t>')


def _space(node: Element) -> str:
    width = _EM.fullmatch(node.get("width"))
    size = float(width[1]) if width else 0.0
    sign = "\u2003" if size >= 0.75 else "\u2002" if size >= 0.4 else "\u2009" if size > 0 else ""
    return _tag("r", _FONT, f'<m:t xml:space="preserve">{sign}</m:t>') if sign else ""


def _fraction(node: Element) -> str:
    above, below = (*_elements(node), None, None)[:2]
    is_bare = node.get("linethickness").startswith("0") and node.get("linethickness") != ""
    kind = _tag("fPr", _tag("type", val="noBar")) if is_bare else ""
    return _tag("f", kind, _part("num", above), _part("den", below))


def _square_root(node: Element) -> str:
    hidden = _tag("radPr", _tag("degHide", val="1"))
    return _tag("rad", hidden, _tag("deg"), _tag("e", _row(_elements(node))))


def _root(node: Element) -> str:
    inner, degree = (*_elements(node), None, None)[:2]
    return _tag("rad", _part("deg", degree), _part("e", inner))


def _script(node: Element) -> str:
    base, *scripts = _elements(node)
    name, parts = {
        "msub": ("sSub", ("sub",)),
        "msup": ("sSup", ("sup",)),
        "msubsup": ("sSubSup", ("sub", "sup")),
    }[node.tag]
    below = "".join(_part(part, script) for part, script in zip(parts, scripts, strict=False))
    return _tag(name, _part("e", base), below)


def _over_or_under(node: Element) -> str:
    parts = _elements(node)
    base, said = parts[0], parts[1]
    if is_accented(node):
        return _accent(base, _text(said), is_over=node.tag == "mover")
    if node.tag == "munderover":
        lower = _tag("limLow", _part("e", base), _part("lim", said))
        return _tag("limUpp", _tag("e", lower), _part("lim", parts[2] if len(parts) > 2 else None))
    return _tag("limUpp" if node.tag == "mover" else "limLow", _part("e", base), _part("lim", said))


def _accent(base: Element, sign: str, *, is_over: bool) -> str:
    place = "top" if is_over else "bot"
    if sign in BARS:
        return _tag("bar", _tag("barPr", _tag("pos", val=place)), _part("e", base))
    if sign in ACCENTS and is_over:
        return _tag("acc", _tag("accPr", _tag("chr", val=ACCENTS[sign])), _part("e", base))
    beside = _tag("pos", val=place) + _tag("vertJc", val="bot" if is_over else "top")
    return _tag("groupChr", _tag("groupChrPr", _tag("chr", val=sign), beside), _part("e", base))


def _is_nary(node: Element) -> bool:
    if node.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover"):
        parts = _elements(node)
        node = parts[0] if parts else node
    return node.tag == "mo" and _text(node) in _NARY


def _nary(node: Element, inner: str) -> str:
    """A large operator, its limits, and what it is taken of."""
    parts = _elements(node) if node.tag != "mo" else [node]
    lower = parts[1] if node.tag in ("msub", "msubsup", "munder", "munderover") else None
    upper = parts[-1] if node.tag in ("msup", "msubsup", "mover", "munderover") else None
    place = "undOvr" if node.tag.startswith("mu") or node.tag == "mover" else "subSup"
    said = (
        _tag("chr", val=_text(parts[0]))
        + _tag("limLoc", val=place)
        + ("" if lower is not None else _tag("subHide", val="1"))
        + ("" if upper is not None else _tag("supHide", val="1"))
    )
    return _tag("nary", _tag("naryPr", said), _part("sub", lower), _part("sup", upper), _tag("e", inner))


def _fenced(node: Element) -> str:
    """A row; with brackets at its edges that grow with it, something in brackets."""
    parts = _elements(node)
    if len(parts) < 2 or not all(_is_fence(part) for part in (parts[0], parts[-1])):
        return _row(parts)
    first, last = _text(parts[0]), _text(parts[-1])
    said = _tag("begChr", val=first) + _tag("endChr", val=last)
    return _tag("d", _tag("dPr", said), _tag("e", _row(parts[1:-1])))


def _is_fence(node: Element) -> bool:
    text = _text(node)
    return node.tag == "mo" and (text in _FENCES or not text) and node.get("stretchy") != "false"


def _table(node: Element) -> str:
    rows = [_elements(row) for row in _elements(node)]
    count = max((len(row) for row in rows), default=1)
    edges = [
        next((row[at].get("columnalign") for row in rows if len(row) > at), "") or "center"
        for at in range(count)
    ]
    columns = "".join(
        _tag("mc", _tag("mcPr", _tag("count", val="1"), _tag("mcJc", val=edge))) for edge in edges
    )
    said = _tag("mPr", _tag("mcs", columns))
    made = [
        _tag("mr", *(_tag("e", _row(_elements(cell))) for cell in row), "<m:e/>" * (count - len(row)))
        for row in rows
    ]
    return _tag("m", said, *made)


def _enclosed(node: Element) -> str:
    strokes = _STROKES.get(node.get("notation"), ())
    hidden = ("hideTop", "hideBot", "hideLeft", "hideRight") if strokes else ()
    said = "".join(_tag(name, val="1") for name in (*hidden, *strokes))
    return _tag("borderBox", _tag("borderBoxPr", said) if said else "", _tag("e", _row(_elements(node))))


def _phantom(node: Element) -> str:
    return _tag("phant", _tag("phantPr", _tag("show", val="0")), _tag("e", _row(_elements(node))))


def _multiple(node: Element) -> str:
    """Scripts on both sides of a base: those before it, then those behind it."""
    parts = _elements(node)
    at = next((at for at, part in enumerate(parts) if part.tag == "mprescripts"), len(parts))
    base, behind, before = parts[0], parts[1:at], parts[at + 1 :]
    inner = _row([base])
    for lower, upper in _pairs(behind):
        inner = _tag("sSubSup", _tag("e", inner), _part("sub", lower), _part("sup", upper))
    for lower, upper in _pairs(before):
        inner = _tag("sPre", _part("sub", lower), _part("sup", upper), _tag("e", inner))
    return inner


def _pairs(parts: Sequence[Element]) -> Iterator[tuple[Element, Element | None]]:
    for at in range(0, len(parts), 2):
        yield parts[at], parts[at + 1] if at + 1 < len(parts) else None


_WRITERS: Mapping[str, Callable[[Element], str]] = {
    **dict.fromkeys(("mi", "mn", "mo", "ms", "mtext"), _token),
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    **dict.fromkeys(("msub", "msup", "msubsup"), _script),
    **dict.fromkeys(("munder", "mover", "munderover"), _over_or_under),
    "mrow": _fenced,
    "mtable": _table,
    "menclose": _enclosed,
    "mphantom": _phantom,
    "mmultiscripts": _multiple,
}
"""By their tags; what is in any other element stands in its place."""
