"""Which family sets each character of a book, worked out before typesetting, and which characters none has."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from keben.core.characters import is_ignorable
from keben.core.composition import Composition
from keben.core.errors import Finding, Place
from keben.core.packing import packed, unpacked
from keben.core.printed import character_set, characters
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.typeset.fonts import (
    LATIN,
    LENT,
    LETTERS,
    MARK,
    MISSING,
    Face,
    FontProfile,
    coverage,
    covered,
    face_of,
    installed_name,
    spans,
)
from keben.typeset.fonts.charts import charts, pictures
from keben.typeset.fonts.columnfonts import GENERATED
from keben.typeset.fonts.fallback import fall_back, script_of
from keben.typeset.fonts.latin import RANGES, is_latin, latin_faces
from keben.typeset.fonts.lent import lent_faces
from keben.typeset.fonts.packages import advice_for
from keben.typeset.fonts.tables import ROLES, Role
from keben.typeset.fonts.unseen import findings_of, more_places, without_unseen

MOST_PLACES = 5
"""How many places are named of one character; after the last it is said how many more there are."""


@dataclass(frozen=True, slots=True)
class FittedBook:
    """A book as it is set, and the fonts for all of it."""

    composition: Composition
    """Without the invisible characters that nothing uses."""
    profile: FontProfile
    findings: tuple[Finding, ...]
    """Warnings ``missing-glyph``, ``variation-selector``, ``format-character`` and ``emoji-sequence``; notices
    ``plain-emoji`` and ``invisible-character``."""


def fit(
    composition: Composition,
    profile: FontProfile,
    own: frozenset[int] = frozenset(),
    store: Store = NO_STORE,
    marks: object = (),
) -> FittedBook:
    """Settle which family sets each character of a book.

    ``own``: the code points that fonts of the book's own have, which its styles use as they like.
    ``store`` keeps which families these are for its characters and for the fonts that ``marks`` stands for.

    Raises:
        MachineError: fontconfig is not there.
    """
    asked = tuple(font.family for font in composition.edition.area.fallback)

    def widened(used: frozenset[str]) -> FontProfile:
        if store.folder is None:
            return with_fallbacks(profile, used, asked, own)
        # How many results of steps came from the store is reported; this is none of them.
        keep = replace(store, lookups=None)
        key = keep.key("fallbacks", profile, "".join(sorted(used)), asked, own, marks)
        kept = unpacked(entry) if (entry := keep.get(key)) is not None else None
        if isinstance(kept, FontProfile):
            return kept
        made = with_fallbacks(profile, used, asked, own)
        keep.put(key, packed(made) or b"")
        return made

    wider = widened(_printed(composition))
    settled, passed = without_unseen(composition, _forms(wider))
    if passed or settled != composition:
        wider = widened(_printed(settled))
    findings = (*_missing(settled, wider), *findings_of(passed, MOST_PLACES))
    return FittedBook(settled, wider, findings)


def with_fallbacks(
    profile: FontProfile,
    used: frozenset[str],
    asked: tuple[str, ...] = (),
    own: frozenset[int] = frozenset(),
) -> FontProfile:
    """A profile with families for those of these characters that its own lack; ``asked`` come first.

    Characters of ``own``, code points, are never missing.

    Raises:
        MachineError: fontconfig is not there.
    """
    wanted = frozenset(character for character in used if not _is_invisible(character))
    setter = setter_of(profile)
    fallbacks, missing = fall_back(wanted, setter, charts, asked)
    lacking = frozenset(character for character in missing if ord(character) not in own)
    partial = frozenset(_partial(profile, wanted))
    # Those that another of the profile's families sets in the serif's place.
    serif = coverage(profile.families["serif"])
    beside = frozenset(each for each in wanted | GENERATED if ord(each) not in serif and setter(each))
    return replace(profile, fallbacks=fallbacks, missing=lacking, partial=partial, beside=beside)


def _partial(profile: FontProfile, used: frozenset[str]) -> Iterator[str]:
    """The characters that a font is named for by their ranges, and that one of its faces has not."""
    loaded = ((profile.lent, lent_faces(profile)), (RANGES, latin_faces(profile)))
    for ranges, faces in loaded:
        named = spans(ranges) if faces else ()
        asked = {code for code in map(ord, used) if any(first <= code <= last for first, last in named)}
        for face in faces.values():
            yield from map(chr, asked - covered(face))


def setter_of(profile: FontProfile, role: Role = "serif") -> Callable[[str], str]:
    """Gives the family that sets a character in a role; empty where none does."""
    families = _setters(profile, role)
    return lambda character: next((family for family, codes in families if ord(character) in codes), "")


def _setters(profile: FontProfile, role: Role) -> tuple[tuple[str, frozenset[int]], ...]:
    """The families that text of a role is looked up in, in order, each with the code points that it may set."""
    fallbacks = {each.family + LETTERS: each.characters for each in profile.fallbacks}
    found = []
    for name in profile.stack(role):
        family = installed_name(name)
        if name in fallbacks:
            codes = frozenset(map(ord, fallbacks[name]))
        elif name.endswith(MISSING):
            continue
        elif name.endswith(LATIN):
            codes = frozenset(code for code in coverage(family) if is_latin(chr(code)))
        elif name.endswith(LENT):
            ranges = spans(profile.lent)
            codes = frozenset(
                code for code in coverage(family) if any(first <= code <= last for first, last in ranges)
            )
        else:
            codes = coverage(family)
        found.append((family, codes))
    return tuple(found)


def _printed(composition: Composition) -> frozenset[str]:
    data = composition.metadata
    cover = "".join((data.description, data.publisher, *(author.name for author in data.authors)))
    return character_set(composition).union(cover)


def _forms(profile: FontProfile) -> Callable[[str, str], str]:
    """Gives which text has the form that a selector asks for: ``all``, ``serif`` (body text only), or empty."""
    asked: dict[tuple[str, str], str] = {}

    def has(role: Role, base: str, selector: str) -> bool:
        face = face_of(setter_of(profile, role)(base))
        return face is not None and ord(base) in forms_in(face).get(ord(selector), ())

    def form(base: str, selector: str) -> str:
        if len(base) != 1:
            return ""
        if (base, selector) not in asked:
            in_serif = has("serif", base, selector)
            in_all = in_serif and all(has(role, base, selector) for role in ROLES if role in profile.families)
            # A Mongolian letter is chosen by the font's own rules, not by its table of characters.
            is_letter = script_of(base) == "Mong" and bool(setter_of(profile)(base))
            asked[base, selector] = "all" if in_all or is_letter else "serif" if in_serif else ""
        return asked[base, selector]

    return form


@cache
def forms_in(face: Face) -> Mapping[int, frozenset[int]]:
    """The variation sequences of a face: selector → code points (OpenType, cmap, format 14)."""
    with TTFont(face.file, fontNumber=face.index, lazy=True) as font:
        tables = [table for table in font["cmap"].tables if table.format == 14]
        return {
            selector: frozenset(base for base, _ in pairs)
            for table in tables
            for selector, pairs in table.uvsDict.items()
        }


def _missing(composition: Composition, profile: FontProfile) -> Iterator[Finding]:
    if not profile.missing:
        return
    places: dict[str, dict[Place, None]] = {}
    for character, place in characters(composition):
        if character in profile.missing:
            places.setdefault(character, {})[place] = None
    for character in sorted(places):
        # A contents list repeats what a chapter says.
        found = sorted(places[character], key=lambda place: place.path.startswith("default:"))
        name = unicodedata.name(character, "")
        shown = f"“{character}” (U+{ord(character):04X}{' ' + name if name else ''})"
        message = wording(
            "{lack}: the PDF prints {mark} in its place{more_places}.",
            lack=_lack(character, shown),
            mark=MARK,
            more_places=more_places(found, len(found), MOST_PLACES),
        )
        yield Finding(found[0], "missing-glyph", message, advice_for(character), "warning")


def _lack(character: str, shown: str) -> str:
    coloured = next((family for family, codes in pictures().items() if ord(character) in codes), "")
    if coloured:
        return wording(
            "Only {coloured} has {shown} here, in colour, and a PDF is set in fonts of one colour",
            coloured=coloured,
            shown=shown,
        )
    return wording("No font here has {shown}", shown=shown)


def _is_invisible(character: str) -> bool:
    """Whether no font need have a character. Some format characters (Cf) are drawn, such as U+06DD."""
    return character.isspace() or unicodedata.category(character) in ("Zs", "Cc") or is_ignorable(character)
