"""What has no glyph of its own: used where a font of the book uses it, else passed over before the text is set.

Left in, it costs more than it is worth: Pango looks for another font, and a glyph that is nothing takes the place of
one that is a space. Sources: Unicode 16, 23.2 (joiners, fillers) and 23.4 (variation selectors); UTS 51 (emoji); UTS 37
(ideographic variation sequences).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from keben.core.characters import BLANK_BRAILLE, UNSEEN, UNSET, has_rtl, is_selector
from keben.core.composition import Composition, Document
from keben.core.errors import Finding, Place
from keben.core.markup import Element, Node, element, walk
from keben.core.metadata import Metadata
from keben.core.printed import NOT_DRAWN, place_in
from keben.core.saying import joined, series, wording
from keben.core.values import dataclass
from keben.typeset.fonts.fallback import script_of

FORM = "form"
"""The class of a ``span`` whose text is set in the serif, because that has the form which its selector asks for."""

_AS_TEXT = "\ufe0e"
"""Asks for a plain sign instead of a coloured picture: a PDF has no others."""
_AS_PICTURE = "\ufe0f"
"""Asks for a coloured picture."""
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_BREAKS = "\u00ad\u200b\u2060"
"""Where a line may or may not end: soft hyphen, zero width space, word joiner."""
_DIRECTIONS = "\u200e\u200f\u061c"
"""Marks that move the signs beside right-to-left letters to their other side (Unicode Standard Annex 9, 2.6)."""
_PLAIN = frozenset(("Zyyy", "Zinh", "Zzzz", "Hani", "Hira", "Kana", "Bopo", "Hang", "Latn", "Grek", "Cyrl"))
"""Scripts whose letters do not change by what stands beside them."""

_SELECTED = "variation-selector"
_INVISIBLE = "invisible-character"
_SEQUENCE = "emoji-sequence"
_PLAIN_EMOJI = "plain-emoji"
"""An emoji that loses its colour or its skin tone only: a PDF has neither, by design."""
_FORMAT = "format-character"

_IS_UNSET = re.compile(f"[{UNSET}]")

HasForm = Callable[[str, str], str]
"""Which fonts have the form that a character and a selector ask for: ``all``, ``serif``, or empty."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What was passed over at one place."""

    code: str
    text: str
    place: Place


def without_unseen(composition: Composition, has_form: HasForm) -> tuple[Composition, tuple[Passed, ...]]:
    """A composition as it is set, and what of it was passed over, in order."""
    passed: list[Passed] = []
    documents = []
    for document in composition.documents:
        title, over = _settled(document.title, has_form)
        root, found = _document(document, has_form)
        documents.append(replace(document, root=root, title=title))
        own = [Passed(code, text, Place(document.path or document.name)) for code, text in over]
        passed += [*found, *(each for each in own if not any(each.text == other.text for other in found))]
    words = {name: _settled(text, has_form)[0] for name, text in composition.words.items()}
    metadata, found = _metadata(composition.metadata, has_form)
    passed += [each for each in found if not any(each.text == other.text for other in passed)]
    settled = replace(composition, documents=tuple(documents), words=words, metadata=metadata)
    return settled, tuple(passed)


def _metadata(data: Metadata, has_form: HasForm) -> tuple[Metadata, list[Passed]]:
    """What a title page, a running head and a printer's cover say of the book."""
    over: list[tuple[str, str]] = []

    def settled(text: str) -> str:
        made, found = _settled(text, has_form)
        over.extend(found)
        return made

    metadata = replace(
        data,
        title=settled(data.title),
        description=settled(data.description),
        publisher=settled(data.publisher),
        authors=tuple(replace(author, name=settled(author.name)) for author in data.authors),
    )
    return metadata, [Passed(code, text, Place("book/book.toml")) for code, text in over]


def _document(document: Document, has_form: HasForm) -> tuple[Element, list[Passed]]:
    passed: list[Passed] = []
    if not any(map(UNSEEN.search, _texts(document.root))):
        # As in nearly all of them.
        return document.root, passed

    def visit(node: Element, line: int, *, is_drawing: bool) -> Element:
        line = node.line or line
        is_drawing = is_drawing or node.tag == "svg"
        children: list[Node] = []
        for child in node.children:
            if isinstance(child, Element):
                children.append(
                    child if child.tag in NOT_DRAWN else visit(child, line, is_drawing=is_drawing)
                )
            elif UNSEEN.search(child):
                forms = (
                    (lambda one, two: "all" if has_form(one, two) == "all" else "")
                    if is_drawing
                    else has_form
                )
                text, over = _settled(child, forms, spans=True)
                passed.extend(Passed(code, what, place_in(document, line, what[0])) for code, what in over)
                children += _with_spans(text)
            else:
                children.append(child)
        return node.with_children(children)

    return visit(document.root, 0, is_drawing=False), passed


def _texts(root: Element) -> Iterator[str]:
    for node in walk(root):
        yield from (child for child in node.children if isinstance(child, str))


_START, _END = "\ufdd0", "\ufdd1"
"""Noncharacters: no text has them (see `keben.core.characters.FORBIDDEN`)."""


def _with_spans(text: str) -> Iterator[Node]:
    """A text whose forms stand between marks, with a ``span`` in their place."""
    for number, part in enumerate(text.split(_START)):
        form, end, rest = part.partition(_END)
        if number and end:
            yield element("span", {"class": FORM}, form)
            part = rest
        if part:
            yield part


def _settled(text: str, has_form: HasForm, *, spans: bool = False) -> tuple[str, list[tuple[str, str]]]:
    """A text without what is passed over, and that with its code.

    With ``spans``, forms that only the serif has stand between marks; without, they are passed over too.
    """
    if not UNSEEN.search(text):
        return text, []
    out: list[str] = []
    over: list[tuple[str, str]] = []
    for at, character in enumerate(text):
        if not UNSEEN.match(character):
            out.append(character)
            continue
        before, after = (out[-1] if out else ""), _next(text, at)
        if is_selector(character) and before:
            has = has_form(before, character)
            if has == "all" or (has and spans):
                out[-1] = f"{before}{character}" if has == "all" else f"{_START}{before}{character}{_END}"
            elif character != _AS_TEXT:
                code = _PLAIN_EMOJI if character == _AS_PICTURE else _SELECTED
                over.append((code, f"{before}{character}"))
        elif character == BLANK_BRAILLE:
            out.append(character if _is_braille(before) or _is_braille(after) else " ")
        elif _is_used(character, before, after) or (character in _DIRECTIONS and has_rtl(text)):
            out.append(character)
        elif code := _code(character, before, after):
            over.append((code, _shown(code, before, character, after)))
    return "".join(out), over


def _next(text: str, at: int) -> str:
    return next((other for other in text[at + 1 : at + 9] if not UNSEEN.match(other)), "")


def _is_used(character: str, before: str, after: str) -> bool:
    """Whether a character does something to those beside it that a font or the lines of a book know."""
    if character in _BREAKS:
        return bool(before and after) and not _is_wide(before) and not _is_wide(after)
    if character in (_ZWJ, _ZWNJ):
        return any(each and script_of(each[-1]) not in _PLAIN for each in (before, after))
    if unicodedata.category(character) == "Sk":
        # A skin tone by itself is a picture.
        return not _is_emoji(before)
    # Fillers of hangul syllables that are spelled by their letters.
    return character in "\u115f\u1160" and "\u1100" <= (after or before)[:1] <= "\u11ff"


def _code(character: str, before: str, after: str) -> str:
    if character in _BREAKS or character == "\ufeff":
        return ""
    if unicodedata.category(character) == "Sk":
        return _PLAIN_EMOJI
    if character == _ZWJ and _is_emoji(before) and after:
        return _SEQUENCE
    return _FORMAT if _IS_UNSET.match(character) else _INVISIBLE


def _shown(code: str, before: str, character: str, after: str) -> str:
    """What is said of a character: with its neighbours, where it does something to them."""
    if code == _PLAIN_EMOJI:
        return f"{before}{character}"
    return f"{before}{character}{after}" if code == _SEQUENCE else character


def _is_emoji(text: str) -> bool:
    return bool(text) and (unicodedata.category(text[-1]) == "So" or is_selector(text[-1]))


def _is_braille(text: str) -> bool:
    return "\u2801" <= text[:1] <= "\u28ff"


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[-1]) in "WF"


def findings_of(passed: Iterable[Passed], most: int) -> Iterator[Finding]:
    """One finding for each sequence that was passed over, at its first place; ``most`` places are named."""
    places: dict[tuple[str, str], dict[Place, int]] = {}
    for each in passed:
        at = places.setdefault((each.code, each.text), {})
        at[each.place] = at.get(each.place, 0) + 1
    for (code, text), found in places.items():
        first = next(iter(found))
        yield _finding(code, text, first, more_places(list(found), sum(found.values()), most))


def more_places(places: list[Place], count: int, most: int) -> str:
    """What follows a message about the first of several places: empty, or how often, and where else."""
    if count == 1:
        return ""
    others = series(places[1:most])
    rest = len(places) - most
    where = joined(others, wording(" and {rest} more places", rest=rest)) if rest > 0 else others
    return wording(
        " ({count} times{where})",
        count=count,
        where=wording("; also at {where}", where=where) if where else "",
    )


def _finding(code: str, text: str, place: Place, more: str) -> Finding:
    codes = " ".join(f"U+{ord(each):04X}" for each in text)
    name = unicodedata.name(text[-1], "")
    if code == _INVISIBLE:
        shown = f"{codes} {name}".strip()
        message = wording(
            "The invisible character {shown} has no effect in a PDF and is left out{more}.",
            shown=shown,
            more=more,
        )
        return Finding(place, code, message, "", "notice")
    if code == _FORMAT:
        message = wording(
            "The PDF leaves out the format character {codes}{more}.",
            codes=f"{codes} {name}".strip(),
            more=more,
        )
        return Finding(place, code, message, wording("Write it with another character."), "warning")
    plain = text[0]
    if code == _SEQUENCE:
        message = wording(
            "The PDF prints “{text}” ({codes}) as its parts{more}.", text=text, codes=codes, more=more
        )
        return Finding(place, code, message, wording("Write a single emoji to be sure of it."), "warning")
    if code == _PLAIN_EMOJI:
        how = (
            wording("without colour, as a plain sign")
            if text[-1] == _AS_PICTURE
            else wording("without its skin tone")
        )
        message = wording(
            "The PDF prints “{plain}” ({codes}) {how}{more}.", plain=plain, codes=codes, how=how, more=more
        )
        return Finding(place, code, message, "", "notice")
    message = wording(
        "No chosen font has the form “{text}” ({codes}): the PDF prints its usual form “{plain}”{more}.",
        text=text,
        codes=codes,
        plain=plain,
        more=more,
    )
    advice = wording("Leave out the selector, or install a font that has the form and name it in [print].")
    return Finding(place, code, message, advice, "warning")
