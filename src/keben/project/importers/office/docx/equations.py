r"""Word's EQ fields, its formulas before 2007: ``EQ \f(1,2)`` → text or LaTeX (ECMA-376 part 1, 17.16.5.17).

Chinese manuscripts have them for signs in circles (带圈字符) and for characters put together (合并字符), which Word
still writes so.
"""

import re
import unicodedata

from keben.core.values import dataclass
from keben.project.importers.office.docx.maths import sign

_START = re.compile(r"\s*EQ\b(?:\s*\\\*\s*(?:\"[^\"]*\"|\S+))*", re.IGNORECASE)
_SWITCH = re.compile(r"\\([a-z]+)\s*(-?\d+(?:\.\d+)?)?", re.IGNORECASE)
_ELEMENTS = frozenset("abdfilorsx")
_CIRCLES = "○〇◯⭕"
_ENCLOSED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for first, last in ((0x2460, 0x2473), (0x24B6, 0x24E9), (0x3251, 0x325F), (0x3280, 0x32B0), (0x32B1, 0x32BF))
    for code in range(first, last + 1)
}  # fmt: skip
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_INTEGRALS = {"su": r"\sum", "pr": r"\prod"}


@dataclass(frozen=True, slots=True)
class Equation:
    """What a field shows."""

    text: str = ""
    """Plain text; empty: it is a formula."""
    latex: str = ""
    unsure: bool = False
    """Whether Unicode has no character for a sign in a circle, whose text is in brackets instead."""


class _UnknownError(Exception):
    """The field has a switch that is not known."""


@dataclass(frozen=True, slots=True)
class _Switch:
    """A switch with its options and arguments."""

    name: str
    options: tuple[tuple[str, str], ...]
    """Names with what follows them: a number, or a bracket."""
    arguments: tuple["_Parts", ...]


_Parts = tuple["_Switch | str", ...]


def equation(code: str) -> Equation | None:
    """What the code of a field shows; None: it is not known."""
    match = _START.match(code)
    if match is None:
        return None
    try:
        parts, _ = _parts(code[match.end() :].strip(), 0)
        if not parts:
            return None
        return _as_text(parts) or Equation(latex=re.sub(r"\s+", " ", _latex(parts)).strip())
    except (_UnknownError, RecursionError):
        return None


def _parts(code: str, at: int, ends: str = "") -> tuple[_Parts, int]:
    """Texts and elements up to one of ``ends``, and where they end."""
    found: list[_Switch | str] = []
    while at < len(code) and code[at] not in ends:
        match = _SWITCH.match(code, at)
        if match is None:
            # A backslash before a sign means the sign itself: \( \, \\.
            step = 2 if code[at] == "\\" and at + 1 < len(code) else 1
            found.append(code[at : at + step][-1])
            at += step
            continue
        element, at = _element(code, match)
        found.append(element)
    return tuple(found), at


def _element(code: str, match: re.Match[str]) -> tuple[_Switch, int]:
    name, at = match[1].lower(), match.end()
    if name not in _ELEMENTS:
        raise _UnknownError
    options: list[tuple[str, str]] = []
    while at < len(code) and code[at] != "(":
        option = _SWITCH.match(code, at)
        if option is None and not code[at].isspace():
            raise _UnknownError
        if option is None:
            at += 1
            continue
        at = option.end()
        value = option[2] or ""
        if option[1].lower() in ("lc", "rc", "bc") and code[at : at + 1] == "\\":
            value, at = code[at + 1 : at + 2], at + 2
        options.append((option[1].lower(), value))
    if at >= len(code):
        raise _UnknownError
    arguments, at = _arguments(code, at + 1)
    return _Switch(name, tuple(options), arguments), at


def _arguments(code: str, at: int) -> tuple[tuple[_Parts, ...], int]:
    found: list[_Parts] = []
    while True:
        parts, at = _argument(code, at)
        found.append(parts)
        if at >= len(code):
            raise _UnknownError
        if code[at] == ")":
            return tuple(found), at + 1
        at += 1


def _argument(code: str, at: int) -> tuple[_Parts, int]:
    """An argument; brackets in it that pair up are its text."""
    parts, at = _parts(code, at, ",;，；()")
    while at < len(code) and code[at] == "(":
        inner, at = _argument(code, at + 1)
        parts = (*parts, "(", *inner)
        while at < len(code) and code[at] in ",;，；":
            more, end = _argument(code, at + 1)
            parts, at = (*parts, code[at], *more), end
        if at >= len(code):
            raise _UnknownError
        rest, at = _parts(code, at + 1, ",;，；()")
        parts = (*parts, ")", *rest)
    return parts, at


def _plain(parts: _Parts) -> str:
    return "".join(
        part if isinstance(part, str) else "".join(map(_plain, part.arguments)) for part in parts
    ).strip()


def _as_text(parts: _Parts) -> Equation | None:
    """A sign in a circle, or characters put together; None: it is a formula."""
    element = parts[0]
    if len(parts) != 1 or isinstance(element, str) or element.name != "o":
        return None
    texts = [_plain(each) for each in element.arguments]
    inner = [text for text in texts if text not in _CIRCLES]
    if len(inner) < len(texts):
        text = "".join(inner)
        known = _ENCLOSED.get(unicodedata.normalize("NFKC", text))
        return Equation(known) if known else Equation(f"（{text}）", unsure=True)
    names = [name for name, _ in element.options]
    return Equation("".join(texts)) if "ad" in names else None


def _latex(parts: _Parts) -> str:
    out = ""
    for part in parts:
        if isinstance(part, _Switch):
            out += _WRITERS[part.name](part)
        elif re.match(r"[\u3400-\u9fff]", part):
            out += f"\\text{{{part}}}"
        else:
            out += sign(part)
    return out.strip()


def _has(element: _Switch, option: str) -> bool:
    return any(name == option for name, _ in element.options)


def _fraction(element: _Switch) -> str:
    over, under = (*map(_latex, element.arguments), "", "")[:2]
    return f"\\frac{{{over}}}{{{under}}}"


def _root(element: _Switch) -> str:
    degree, *rest = map(_latex, element.arguments)
    if not rest:
        return f"\\sqrt{{{degree}}}"
    return f"\\sqrt[{degree}]{{{rest[0]}}}" if degree else f"\\sqrt{{{rest[0]}}}"


def _shifted(element: _Switch) -> str:
    texts = [_latex(each) for each in element.arguments]
    if len(texts) > 1:
        return f"^{{{texts[0]}}}_{{{texts[1]}}}"
    return f"{'_' if _has(element, 'do') else '^'}{{{texts[0]}}}"


def _bracketed(element: _Switch) -> str:
    signs = dict(element.options)
    both = signs.get("bc", "")
    left = signs.get("lc", both or ("" if "rc" in signs else "("))
    right = signs.get("rc", _CLOSERS.get(both, both) if both else ("" if "lc" in signs else ")"))
    inner = ",".join(map(_latex, element.arguments))
    return f"\\left{_bracket(left)} {inner} \\right{_bracket(right)}"


def _bracket(text: str) -> str:
    return {"": ".", "{": "\\{", "}": "\\}", "<": "\\langle", ">": "\\rangle"}.get(text, text)


def _integral(element: _Switch) -> str:
    low, high, inner = (*map(_latex, element.arguments), "", "", "")[:3]
    mark = next((_INTEGRALS[name] for name, _ in element.options if name in _INTEGRALS), r"\int")
    return f"{mark}_{{{low}}}^{{{high}}} {inner}"


def _array(element: _Switch) -> str:
    width = (
        next((int(value) for name, value in element.options if name == "co" and value.isdecimal()), 1) or 1
    )
    cells = [_latex(each) for each in element.arguments]
    side = "l" if _has(element, "al") else "r" if _has(element, "ar") else "c"
    rows = (" & ".join(cells[at : at + width]) for at in range(0, len(cells), width))
    inner = r" \\ ".join(rows)
    return f"\\begin{{array}}{{{side * width}}} {inner} \\end{{array}}"


def _over(element: _Switch) -> str:
    """One thing over another: an arrow, a bar or a dot over letters, as far as they are known."""
    base, *marks = element.arguments
    out = _latex(base)
    for mark in marks:
        out = f"\\overset{{{_latex(_unshifted(mark))}}}{{{out}}}"
    return out


def _unshifted(parts: _Parts) -> _Parts:
    if len(parts) == 1 and isinstance(parts[0], _Switch) and parts[0].name == "s":
        return parts[0].arguments[0]
    return parts


def _boxed(element: _Switch) -> str:
    inner = _latex(element.arguments[0])
    if _has(element, "to"):
        return f"\\overline{{{inner}}}"
    return f"\\underline{{{inner}}}" if _has(element, "bo") else f"\\boxed{{{inner}}}"


def _listed(element: _Switch) -> str:
    return ",".join(map(_latex, element.arguments))


def _moved(element: _Switch) -> str:
    return "" if not any(element.arguments) else _listed(element)


_WRITERS = {
    "a": _array, "b": _bracketed, "d": _moved, "f": _fraction, "i": _integral, "l": _listed, "o": _over, "r": _root,
    "s": _shifted, "x": _boxed,
}  # fmt: skip
