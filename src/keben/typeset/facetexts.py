"""What each face of a vertical edition sets, worked out from the styles before any font is made.

A font for columns is made glyph by glyph, so a face is made only of what can be set in it, and only if there is
something. Too much is harmless and too little is not (`keben.typeset.fontrules`): what elements inherit is found in all
text below them, and what the serif lacks may be set in every face.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from keben.core.markup import Element
from keben.core.values import dataclass
from keben.typeset.fontrules import ANY, Compound, FontRule, Selector, font_rules
from keben.typeset.fonts.columnfonts import FaceTexts

_ELSEWHERE = re.compile(r"target-text|element\s*\(|running\s*\(", re.IGNORECASE)
"""In a sheet with one of these, text is set elsewhere than where it stands."""
_ATTRIBUTE = re.compile(r"attr\(\s*([\w:-]+)", re.IGNORECASE)


def face_texts(
    root: Element,
    sheets: Sequence[str],
    families: Sequence[str],
    always: frozenset[str],
    beside: frozenset[str] = frozenset(),
) -> FaceTexts:
    """The characters that each face of some families may have to set; a face that sets nothing is left out.

    Args:
        root: the book's document.
        sheets: its style sheets.
        families: by the names that the styles have for them; the first one, the serif, sets what others lack.
        always: what may be printed in every face that is used.
        beside: characters that the serif lacks.
    """
    names = tuple(dict.fromkeys(family.casefold() for family in families))
    rules = font_rules(sheets, root, frozenset(names))
    texts = _texts_of(root, rules, frozenset(chain.from_iterable(map(_ATTRIBUTE.findall, sheets))))
    elsewhere = any(map(_ELSEWHERE.search, sheets))
    always |= texts.attributes

    def printed(is_chosen: Callable[[FontRule], bool]) -> frozenset[str] | None:
        """What the chosen rules have set; None where they are for nothing in the book."""
        found = [text for rule in rules if is_chosen(rule) and (text := texts.of(rule)) is not None]
        if not found:
            return None
        return texts.whole if elsewhere else frozenset[str]().union(*found)

    def own(family: str) -> frozenset[str] | None:
        return texts.whole if family == names[0] else printed(lambda rule: family in rule.families)

    bold, lent = printed(lambda rule: rule.is_bold), beside & (texts.whole | always)
    made = {}
    for family in names:
        text = own(family)
        if text is not None or lent:
            made[family, 400] = lent if text is None else text | lent | always
    if bold is not None:
        made |= {(family, 700): text & (bold | always) for (family, _), text in made.items()}
    return made


@dataclass(frozen=True, slots=True)
class _PrintedTexts:
    """The characters of a document."""

    whole: frozenset[str]
    below: Mapping[Selector, frozenset[str]]
    """Those of the elements that match, and of all that is in them."""
    in_margins: frozenset[str]
    attributes: frozenset[str]
    """Those of the attributes that styles print."""

    def of(self, rule: FontRule) -> frozenset[str] | None:
        """What is set as a rule says; None where it is for nothing in the document."""
        if not rule.selectors:
            return self.in_margins
        found = [self.below[each] for each in rule.selectors if each in self.below]
        return frozenset[str]().union(*found) if found else None


def _texts_of(root: Element, rules: Iterable[FontRule], attributes: frozenset[str]) -> _PrintedTexts:
    rules = tuple(rules)
    asked = tuple({each for rule in rules for each in rule.selectors} - {ANY})
    around = tuple({each for selector in asked for each in selector.within})
    kinds: dict[tuple[str, str], tuple[list[Selector], frozenset[Compound]]] = {}
    found: dict[Selector, set[str]] = {}
    values: set[str] = set()

    def known(node: Element) -> tuple[list[Selector], frozenset[Compound]]:
        """The selectors that may match, and what of the elements around others it is: by tag and classes alone."""
        kind = node.tag, node.get("class")
        if kind not in kinds:
            matching = [each for each in asked if each.compound.matches(node)]
            kinds[kind] = matching, frozenset(each for each in around if each.matches(node))
        return kinds[kind]

    def read(node: Element, outside: frozenset[Compound]) -> set[str]:
        below: set[str] = set()
        matching, own = known(node)
        inside = outside | own if own else outside
        for child in node.children:
            below.update(child if isinstance(child, str) else read(child, inside))
        for name in attributes & node.attributes.keys():
            values.update(node.get(name))
        for each in matching:
            if each.within <= outside:
                found.setdefault(each, set()).update(below)
        return below

    whole = frozenset(read(root, frozenset()))
    below = {selector: frozenset(text) for selector, text in found.items()} | {ANY: whole}
    strings = (each for rule in rules if rule.names_string for each in rule.selectors)
    in_margins = frozenset[str]().union(*(below.get(each, frozenset()) for each in strings))
    return _PrintedTexts(whole, below, in_margins, frozenset(values))
