r"""LaTeX → MathML, by math-core.

Numbers are the book's, not the formula's: ``\tag`` and ``\label`` are taken out, and environments that number their
lines (``align``) become those that do not (``aligned``).
"""

import re
from dataclasses import field
from typing import Any

from keben.core.foreign import foreign
from keben.core.markup import Element, MarkupError
from keben.core.patterns import later
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.markdown.chemistry import with_chemistry
from keben.markdown.mathml import math_element, read_mathml

_MACROS = {
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "Tr": r"\operatorname{Tr}",
    "ang": r"{#1}^{\circ}",
    "SI": r"#1\,\mathrm{#2}",
    "si": r"\mathrm{#1}",
    "unit": r"\mathrm{#1}",
    "qty": r"#1\,\mathrm{#2}",
    "bold": r"\mathbf{#1}",
}
"""Commands that math-core does not know, and manuscripts have."""

_ENVIRONMENTS = {
    "align": "aligned",
    "flalign": "aligned",
    "alignat": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "smallmatrix": "matrix",
    "eqnarray": "array",
    "equation": "",
    "displaymath": "",
    "math": "",
}
"""Environments, without their star, and those that stand for them."""

_EDGE = later(
    r"\\(begin|end)\s*\{\s*([A-Za-z]+)\*?\s*\}(?:(?<=alignat\})\s*\{\d+\}|(?<=alignat\*\})\s*\{\d+\})?"
)
_TAG = later(r"\\tag\s*(\*?)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LABEL = later(r"\\label\s*\{([^{}]*)\}")
_UNNUMBERED = later(r"\\(?:notag|nonumber)(?![A-Za-z])")
_REQUIRED = later(r"\\require\s*\{[^{}]*\}")
_SIZE = later(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])[ ]*"
)
"""Sizes of text, which say nothing to a formula."""
_ELLIPSIS = later(r"\\(?:mathellipsis|textellipsis)(?![A-Za-z])")
_IN_TEXT = later(r"\\(?:text|mbox)\s*\{([^{}$]*\$[^{}]*)\}")
_REFERENCE = later(r"\\(?:eq)?ref\s*\{[^{}]*\}")
_PLACE = later(r"(\d+): (.*)", re.DOTALL)
_LONGEST = 20_000
"""Characters of a formula that is converted."""


class NoFormulaError(ValueError):
    """LaTeX that is no formula; ``offset`` is where in the source it goes wrong, as far as that is known."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and what its LaTeX asks for beside it."""

    element: Element
    tag: str | None = None
    """The number that is written in it; None: none."""
    labels: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Latex:
    """Converts the formulas of one chapter: a command that one of them defines, those after it know."""

    _made: dict[str, Any] = field(default_factory=dict)

    def formula(self, source: str, *, displayed: bool) -> Formula:
        """The formula that LaTeX (without its signs) stands for.

        Raises:
            NoFormulaError: it holds a command that nobody knows, or is not whole.
        """
        if len(source) > _LONGEST:
            raise NoFormulaError(wording("it has more than {longest:,} characters", longest=_LONGEST))
        if _REFERENCE.search(source):
            raise NoFormulaError(wording("a reference stands in it"))
        tags = [match[2] for match in _TAG.finditer(source)]
        labels = tuple(match[1].strip() for match in _LABEL.finditer(source))
        plain = _prepared(source, keeps_tags=len(tags) > 1)
        children = self._converted(plain, displayed=displayed)
        alt = " ".join(_LABEL.sub("", source).split())
        element = math_element(children, displayed=displayed, latex=alt)
        return Formula(element, tags[0] if len(tags) == 1 else None, labels)

    def _converted(self, source: str, *, displayed: bool) -> tuple[Any, ...]:
        import math_core

        if "converter" not in self._made:
            self._made["converter"] = math_core.LatexToMathML(
                macros=_MACROS,
                fancy_error=False,
                global_group=True,
                allow_unreliable_rendering=True,
                max_expansions=1000,
            )
        try:
            text = self._made["converter"].convert_with_global_state(source, displaystyle=displayed)
            return read_mathml(text)
        except math_core.LatexError as error:
            match = _PLACE.fullmatch(str(error))
            message = match[2] if match else str(error)
            raise NoFormulaError(foreign(message.rstrip(".")), int(match[1]) if match else 0) from None
        except MarkupError as error:
            raise NoFormulaError(str(error)) from None


def _prepared(source: str, *, keeps_tags: bool) -> str:
    """LaTeX as math-core reads it, without what numbers it."""
    text = _LABEL.sub("", source)
    text = _TAG.sub(lambda match: rf"\qquad\text{{（{match[2]}）}}" if keeps_tags else "", text)
    text = _ELLIPSIS.sub(r"\\ldots", _SIZE.sub("", _REQUIRED.sub("", _UNNUMBERED.sub("", text))))
    text = _IN_TEXT.sub(_text_with_maths, text)
    return with_chemistry(_EDGE.sub(_edge, text)).strip()


def _edge(match: re.Match[str]) -> str:
    side, name = match[1], match[2]
    stands = _ENVIRONMENTS.get(name)
    if stands is None:
        return match[0]
    columns = "{rcl}" if name == "eqnarray" and side == "begin" else ""
    return rf"\{side}{{{stands}}}{columns}" if stands else ""


def _text_with_maths(match: re.Match[str]) -> str:
    r"""``\text{a $x$ b}`` as text and mathematics in turn."""
    parts = match[1].split("$")
    return "".join(
        rf"{{{part}}}" if index % 2 else rf"\text{{{part}}}" if part else ""
        for index, part in enumerate(parts)
    )
