"""Fonts of the book's own: files below ``book/`` that a style sheet names in ``@font-face``.

WeasyPrint loads them as it loads any other; a vertical edition has them made ready for columns as its other fonts are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import tinycss2  # type: ignore[import-untyped]

from keben.core.book import Asset
from keben.core.css import quoted, references, replace
from keben.core.ownfonts import FontError, OwnFont, read_font
from keben.core.values import dataclass
from keben.typeset.fonts import Face
from keben.typeset.fonts.columnfonts import STRETCH
from keben.typeset.fonts.files import describe

PAIRS = "#pairs"
"""Behind the URL of a font: the one that sets upright words in columns."""


@dataclass(frozen=True, slots=True)
class OwnFonts:
    """The fonts among a book's files, as its styles load them."""

    assets: Mapping[str, Asset]
    """All files of the book, by path."""
    language: str = ""
    texts: Mapping[Any, frozenset[str]] = field(default_factory=dict)
    """Of a vertical edition: what its fonts must set (`keben.typeset.fonts.columnfonts.texts_of`)."""

    def find(self, path: str) -> tuple[bytes, Face] | None:
        """The font file behind a path, and what it is; None where the book has none there."""
        path, mark, kind = path.partition("#")
        font = self._read(path)
        if font is None:
            return None
        face = face_of_own(path, font)
        if not self.texts:
            return font.data, face
        # A book in lines has no columns' fonts made.
        from keben.typeset.fonts.vertical.pairs import prepare_pairs
        from keben.typeset.fonts.vertical.prepare import prepare

        make = prepare_pairs if mark + kind == PAIRS else prepare
        texts = self.texts["pairs" if mark else "text"]
        data = make(font.data, texts, family=font.families[0], language=self.language)
        return data, face

    def codes(self) -> frozenset[int]:
        """The code points that any of them has a glyph for."""
        fonts = [self._read(path) for path in self.assets]
        return frozenset[int]().union(*(font.codes for font in fonts if font))

    def is_own(self, face: Face) -> bool:
        """Whether a face is one of these."""
        return face.file in self.assets

    def described(self, faces: Sequence[Face], cache: Path | None = None) -> list[dict[str, str]]:
        """What a manifest says of faces, the machine's and the book's own; ``cache`` as `describe` takes it."""
        own_ones = {face.file: font for face in faces if (font := self._read(face.file)) is not None}
        of_machine = iter(describe([face for face in faces if face.file not in own_ones], cache))
        facts: list[dict[str, str]] = []
        for face in faces:
            font = own_ones.get(face.file)
            if font is None:
                facts.append(next(of_machine))
                continue
            digest = sha256(self.assets[face.file].data).hexdigest()
            own = {"name": face.families[0], "style": face.style, "file": f"book/{face.file}"}
            facts.append({**own, "version": font.version, "sha256": digest})
        return facts

    def with_pairs(self, sheet: str) -> str:
        """A style sheet whose ``@font-face`` rules of these fonts stand a second time, for upright words in columns."""
        if "@font-face" not in sheet.lower():
            return sheet
        more: list[str] = []
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "at-rule" or rule.lower_at_keyword != "font-face" or rule.content is None:
                continue
            text = tinycss2.serialize(rule.content)
            named = [each for each in references(text) if unquote(each.target) in self.assets]
            if named:
                text = replace(text, ((each, quoted(each.target + PAIRS)) for each in named))
                more.append(f"@font-face {{ {text.rstrip().rstrip(';')}; font-stretch: {STRETCH['pairs']} }}")
        return "\n".join([sheet, *more])

    def __bool__(self) -> bool:
        return any(asset.media_type.startswith("font/") for asset in self.assets.values())

    def _read(self, path: str) -> OwnFont | None:
        asset = self.assets.get(path)
        if asset is None or not asset.media_type.startswith("font/"):
            return None
        try:
            return read_font(asset.data)
        except FontError:
            return None


def face_of_own(path: str, font: OwnFont) -> Face:
    """A font of the book's own as a face; its file is its path below ``book/``."""
    return Face(font.families, path, 0, font.weight, font.upright, font.style)
