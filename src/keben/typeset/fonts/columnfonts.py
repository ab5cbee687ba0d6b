"""The fonts of a vertical edition: those of its language, each made ready for columns and cut down to the text.

A book's styles load them as fonts of their own, as `lent` has it for the 楷体. Each face comes twice: what sets text,
and, as its most condensed width, what sets a whole number upright in one em. So a style asks for that by
``font-stretch`` and need not know which family and which weight it stands in.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from keben.core.columns import UPRIGHT
from keben.core.markup import Element, serialize, text_of, walk
from keben.core.values import dataclass
from keben.typeset.fonts import COLUMNS, LATIN, Face, FontProfile, face_of, narrowed, spans
from keben.typeset.fonts.latin import RANGES, descriptors, is_latin, latin_faces
from keben.typeset.fonts.vertical.faces import Kind, prepared

WEIGHTS = (400, 700)
FaceTexts = Mapping[tuple[str, int], frozenset[str]]
"""Characters by family, as styles name it but in lower case, and weight: 400 or 700."""

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
    faces: FaceTexts | None = None
    """What each face may have to set; None: all of the texts."""
    _made: dict[str, bytes] = field(default_factory=dict, compare=False)

    def find(self, path: str) -> tuple[bytes, Face] | None:
        """The font behind a path and the face that it was made from; None where there is none."""
        for each in _loaded(self.profile):
            if each.path == path:
                if path not in self._made:
                    texts = self._texts_for(each)
                    if each.is_latin:
                        texts = frozenset(text for text in texts if all(map(is_latin, text)))
                    elif ranges := _ranges(each, self.profile):
                        # fontconfig passes over a family that has nothing beside what one before it has in its file.
                        texts = frozenset(text for text in texts if _is_in(ranges, text))
                    self._made[path] = prepared(
                        each.face,
                        each.kind,
                        texts,
                        family=each.family,
                        language=self.language,
                        cache=self.cache,
                    )
                return self._made[path], each.face
        return None

    def _texts_for(self, each: "_Loaded") -> frozenset[str]:
        texts = self.texts[each.kind]
        if each.is_latin or self.faces is None:
            return texts
        characters = self.faces[each.name]
        return frozenset(text for text in texts if characters.issuperset(text))


def texts_of(root: Element, styles: frozenset[str] = frozenset()) -> Mapping[Kind, frozenset[str]]:
    """What a book may print: the characters of its HTML and its styles, and the words that stand upright."""
    words = frozenset(text_of(node) for node in walk(root) if UPRIGHT in node.classes)
    return {"text": frozenset(serialize(root)) | styles | GENERATED | MEASURED, "pairs": words}


def column_families(profile: FontProfile) -> tuple[str, ...]:
    """The families that are made of the profile's Chinese and other faces, as styles name them; the serif first."""
    serif = profile.families["serif"] + COLUMNS
    made = (each.family for each in _loaded(profile) if not each.is_latin)
    return tuple(dict.fromkeys((serif, *made)))


def column_rules(
    profile: FontProfile,
    base: str,
    roles: Collection[str] = (),
    *,
    pairs: bool = True,
    faces: FaceTexts | None = None,
) -> str:
    """The ``@font-face`` rules; ``base`` comes before the faces' paths.

    Each is a font that is made: ``roles`` (empty: all), ``pairs`` and ``faces`` leave out what nothing is set in.
    """
    return "".join(
        f'@font-face {{ font-family: "{each.family}"; src: url({base}{each.path}); '
        f"{descriptors(each.path)}; font-stretch: {STRETCH[each.kind]}"
        f"{_unicode_range(each, profile)} }}\n"
        for each in _loaded(profile)
        if (pairs or each.kind != "pairs")
        and (not roles or each.is_latin or each.path.split("-")[1] in roles)
        and (faces is None or each.is_latin or each.name in faces)
    )


def _unicode_range(each: "_Loaded", profile: FontProfile) -> str:
    ranges = _ranges(each, profile)
    return f"; unicode-range: {narrowed(ranges, each.face, profile.partial)}" if ranges else ""


def _ranges(each: "_Loaded", profile: FontProfile) -> str:
    """The ranges that a face sets, where it does not set all that it has; as CSS writes them.

    A 楷体 lends no more in columns than in lines.
    """
    if each.is_latin:
        return RANGES
    return profile.lent if each.path.startswith("fonts/text-kai-") else ""


def _is_in(ranges: str, character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in spans(ranges))


@dataclass(frozen=True, slots=True)
class _Loaded:
    path: str
    """That styles load it from: ``fonts/text-serif-400``."""
    kind: Kind
    """What it is made to set."""
    face: Face
    family: str
    is_latin: bool = False

    @property
    def name(self) -> tuple[str, int]:
        """Its key among what faces set."""
        return self.family.casefold(), int(self.path.rpartition("-")[2])


def _loaded(profile: FontProfile) -> Iterator[_Loaded]:
    families = {str(role): family for role, family in profile.families.items()}
    if profile.other:
        families["other"] = profile.other
    for role in sorted(families):
        for weight in WEIGHTS:
            face = face_of(families[role], weight)
            if face is not None and (weight == WEIGHTS[0] or face.weight == weight):
                for kind in STRETCH:
                    yield _Loaded(f"fonts/{kind}-{role}-{weight}", kind, face, face.families[0] + COLUMNS)
    for path, face in latin_faces(profile).items():
        for kind in STRETCH:
            family = profile.latin + LATIN + COLUMNS
            yield _Loaded(path.replace("/", f"/{kind}-"), kind, face, family, is_latin=True)
