r"""Chemical formulas in LaTeX as mhchem writes them (``\ce{2H2 + O2 -> 2H2O}``) → LaTeX of mathematics.

The parts of mhchem 4 that textbooks use: elements with their numbers and charges, isotopes, coefficients, arrows with
text on them, states, bonds, water of crystallization, and mathematics between ``$`` signs.
"""

import re
from collections.abc import Iterator

from keben.core.patterns import later

_COMMAND = later(r"\\(?:ce|cf)\s*\{")
_ARROW = later(r"(<=>>|<<=>|<=>|<-->|<->|->|<-|→|⇌|=)(?:\[([^\[\]]*)\](?:\[([^\[\]]*)\])?)?")
_ARROWS = {
    "->": ("xrightarrow", "longrightarrow"),
    "→": ("xrightarrow", "longrightarrow"),
    "<-": ("xleftarrow", "longleftarrow"),
    "<->": ("xleftrightarrow", "longleftrightarrow"),
    "<-->": ("xrightleftarrows", "rightleftarrows"),
    "<=>": ("xrightleftharpoons", "rightleftharpoons"),
    "<=>>": ("xrightleftharpoons", "rightleftharpoons"),
    "<<=>": ("xrightleftharpoons", "rightleftharpoons"),
    "⇌": ("xrightleftharpoons", "rightleftharpoons"),
    "=": ("xlongequal", "="),
}
_ALONE = {"+": "+", "v": r"\downarrow", "↓": r"\downarrow", "^": r"\uparrow", "↑": r"\uparrow", "-": "-"}
_SPECIES = later(
    r"(?P<maths>\$[^$]*\$)"
    r"|(?P<above>\^)(?:\{(?P<over>[^{}]*)\}|(?P<charge>[0-9]*[+-]+|[0-9]+|[A-Za-z.*]))"
    r"|(?P<below>_)(?:\{(?P<under>[^{}]*)\}|(?P<low>[0-9]+|[A-Za-z]))"
    r"|(?P<fraction>[0-9]+/[0-9]+)|(?P<decimal>(?<![A-Za-z0-9)\]])[0-9]+\.[0-9]+)|(?P<number>[0-9]+)"
    r"|(?P<letters>[A-Za-z]+)|(?P<command>\\[A-Za-z]+(?:\{[^{}]*\})*|\\.)"
    r"|(?P<dot>[.*·•])|(?P<sign>[+-]+)|(?P<bond>[=#])|(?P<other>.)",
    re.DOTALL,
)


def with_chemistry(latex: str) -> str:
    r"""LaTeX with what stands in ``\ce{…}`` as mathematics. Braces that nothing closes stay as they are."""
    made, at = [], 0
    while match := _COMMAND.search(latex, at):
        end = _closing(latex, match.end())
        if end < 0:
            break
        made += [latex[at : match.start()], "{", _equation(latex[match.end() : end]), "}"]
        at = end + 1
    return "".join((*made, latex[at:]))


def _closing(text: str, at: int) -> int:
    """Where the brace closes that is open at a place; −1: nowhere."""
    depth = 1
    for index in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0) if text[index - 1] != "\\" else 0
        if not depth:
            return index
    return -1


def _equation(text: str) -> str:
    """An equation. What lines it up with others in a table of lines (``&``) stands outside of braces."""
    columns: list[list[str]] = [[]]
    for word in _words(text):
        if word == "&":
            columns.append(["{}"])
        else:
            columns[-1].append(_side(word))
    return "} & {".join(" ".join(column) for column in columns)


def _words(text: str) -> Iterator[str]:
    """What white space parts, and arrows wherever they stand; brackets behind an arrow and ``$…$`` hold white space."""
    pattern = re.compile(
        r"(?:<=>>|<<=>|<=>|<-->|<->|->|<-|→|⇌)(?:\[[^\[\]]*\]){0,2}|=(?:\[[^\[\]]*\]){1,2}"
        r"|&|(?:\$[^$]*\$|\{[^{}]*\}|(?!<=>|<-|->|&)\S)+"
    )
    yield from (match[0] for match in pattern.finditer(text))


def _side(word: str) -> str:
    arrow = _ARROW.fullmatch(word)
    if arrow:
        labelled, plain = _ARROWS[arrow[1]]
        if arrow[2] is None:
            return rf"\{plain}" if plain != "=" else "="
        below = f"[{_label(arrow[3])}]" if arrow[3] else ""
        return rf"\{labelled}{below}{{{_label(arrow[2])}}}"
    return _ALONE.get(word) or _species(word)


def _label(text: str) -> str:
    """What stands on an arrow: words, or a formula."""
    if re.fullmatch(r"[\w\s,.，、°℃%-]*[^\x00-\x7f][\w\s,.，、°℃%-]*", text) and "\\" not in text:
        return rf"\text{{{text}}}"
    return _equation(text)


def _species(word: str) -> str:
    made: list[str] = []
    is_after_atom = False
    for match in _SPECIES.finditer(word):
        kind, text = match.lastgroup or "other", match[0]
        if match["above"]:
            value = match["over"] if match["over"] is not None else match["charge"]
            made.append(("" if made else "{}") + f"^{{{_script(value)}}}")
        elif match["below"]:
            value = match["under"] if match["under"] is not None else match["low"]
            made.append(("" if made else "{}") + f"_{{{_script(value)}}}")
        elif kind == "sign" and is_after_atom and match.end() == len(word):
            made.append(f"^{{{text}}}")
        elif kind == "number" and is_after_atom:
            made.append(f"_{{{text}}}")
        else:
            made.append(_plain(kind, text))
            is_after_atom = kind in ("letters", "command") or text in ")]}"
            continue
        # A charge may follow a number, and a number a charge: both belong to the same atom.
        is_after_atom = is_after_atom and not match["above"]
    return "".join(made)


def _plain(kind: str, text: str) -> str:
    match kind:
        case "maths":
            return f"{{{text[1:-1]}}}"
        case "letters":
            return rf"\mathrm{{{text}}}"
        case "fraction":
            above, _, below = text.partition("/")
            return rf"\tfrac{{{above}}}{{{below}}}\,"
        case "number" | "decimal":
            return rf"{text}\,"
        case "dot":
            return r"\cdot "
        case "bond":
            return "{=}" if text == "=" else r"{\equiv}"
        case "sign":
            return f"{{{text}}}"
        case _:
            return text


def _script(text: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda match: rf"\mathrm{{{match[0]}}}", text)
