"""The fonts of a vertical edition: those of its language, each made ready for columns and cut down to the text.

A book's styles load them as fonts of their own, as `lent` has it for the 楷体. Each face comes twice: what sets text,
and, as its most condensed width, what sets a whole number upright in one em. So a style asks for that by
``font-stretch`` and need not know which family and which weight it stands in.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keben.columns import UPRIGHT
from keben.markup import Element, serialize, text_of, walk
from keben.typeset.fonts import COLUMNS, Face, FontProfile, face_of
from keben.typeset.vertical.faces import Kind, prepared

WEIGHTS = (400, 700)
STRETCH: Mapping[Kind, str] = {"text": "normal", "pairs": "ultra-condensed"}

GENERATED = frozenset(
    (
        *map(chr, range(0x20, 0x7F)),
        *"\u00a0〇一二三四五六七八九十百、·…•◦▪（）",
        *map(chr, range(0x2460, 0x2474)),
    )
)
"""What styles may print of their own accord: numbers of pages and of items, leaders, bullets, marks of notes."""

MEASURED = frozenset("国")
"""What lines are measured with."""


@dataclass(frozen=True, slots=True)
class ColumnFonts:
    """The fonts of one book, made when they are asked for."""

    profile: FontProfile
    language: str
    texts: Mapping[Kind, frozenset[str]]
    cache: Path | None = None
    """A folder that keeps them from one build to the next."""
    _made: dict[str, bytes] = field(default_factory=dict, compare=False)

    def find(self, path: str) -> bytes | None:
        """The font behind a path; None where there is none."""
        for name, kind, face in _faces(self.profile):
            if name == path:
                if path not in self._made:
                    family = face.families[0] + COLUMNS
                    self._made[path] = prepared(
                        face, kind, self.texts[kind], family=family, language=self.language, cache=self.cache
                    )
                return self._made[path]
        return None


def texts_of(root: Element) -> Mapping[Kind, frozenset[str]]:
    """What a book's HTML may print: its characters, and the words that stand upright."""
    words = frozenset(text_of(node) for node in walk(root) if UPRIGHT in node.classes)
    return {"text": frozenset(serialize(root)) | GENERATED | MEASURED, "pairs": words}


def column_rules(profile: FontProfile, base: str, roles: Collection[str] = (), *, pairs: bool = True) -> str:
    """The ``@font-face`` rules; ``base`` comes before the faces' paths.

    Each is a font that is made: ``roles`` (empty: all) and ``pairs`` leave out what nothing is set in.
    """
    return "".join(
        f'@font-face {{ font-family: "{face.families[0]}{COLUMNS}"; src: url({base}{path}); '
        f"font-weight: {path.rpartition('-')[2]}; font-stretch: {STRETCH[kind]} }}\n"
        for path, kind, face in _faces(profile)
        if (pairs or kind != "pairs") and (not roles or path.split("-")[1] in roles)
    )


def _faces(profile: FontProfile) -> Iterator[tuple[str, Kind, Face]]:
    """Each face with the path that styles load it from, ``fonts/text-serif-400``, and what it is made to set."""
    families = {str(role): family for role, family in profile.families.items()}
    if profile.other:
        families["other"] = profile.other
    for role in sorted(families):
        for weight in WEIGHTS:
            face = face_of(families[role], weight)
            if face is not None and (weight == WEIGHTS[0] or face.weight == weight):
                for kind in STRETCH:
                    yield f"fonts/{kind}-{role}-{weight}", kind, face
