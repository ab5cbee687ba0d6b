"""The one table of rules: every rule that looks at a manuscript, in the order of their numbers."""

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
    ("Signs of Markdown", signs),
    ("Stops", stops),
    ("Quotation marks", quotes),
    ("Brackets and titles", brackets),
    ("Ellipses and dashes", dots),
    ("White space", spaces),
    ("Characters", letters),
    ("Lost text", garbled),
    ("Scripts", scripts),
    ("Variants", variants),
    ("Numbers", numerals),
    ("Words and structure", words),
)
"""The modules that define rules, with what documentation calls them."""

RULES: tuple[Rule, ...] = tuple(rule for _, module in FAMILIES for rule in module.RULES)
