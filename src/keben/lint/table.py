"""The one table of rules: every rule that looks at a manuscript, in the order of their numbers."""

from keben.core.saying import wording
from keben.lint import (
    brackets,
    dots,
    garbled,
    letters,
    numerals,
    quotes,
    scripts,
    signs,
    spaces,
    stops,
    variants,
    words,
)
from keben.lint.values import Rule

FAMILIES = (
    (wording("Markdown syntax"), signs),
    (wording("Stops"), stops),
    (wording("Quotation marks"), quotes),
    (wording("Brackets and titles"), brackets),
    (wording("Ellipses and dashes"), dots),
    (wording("White space"), spaces),
    (wording("Characters"), letters),
    (wording("Lost text"), garbled),
    (wording("Scripts"), scripts),
    (wording("Variants"), variants),
    (wording("Numbers"), numerals),
    (wording("Words and structure"), words),
)
"""The modules that define rules, with what documentation calls them."""

RULES: tuple[Rule, ...] = tuple(rule for _, module in FAMILIES for rule in module.RULES)
