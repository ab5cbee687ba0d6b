"""What a book's documents and styles may load: its own pictures and fonts, by virtual URLs, and nothing else."""

import re
from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import Path
from urllib.parse import quote, unquote

from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.markup import Element, MarkupError, parse, serialize, transform
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts import Face, FontProfile
from keben.typeset.fonts.columnfonts import ColumnFonts
from keben.typeset.fonts.files import mark_of_bytes
from keben.typeset.fonts.latin import latin_font
from keben.typeset.fonts.lent import lent_font
from keben.typeset.fonts.own import OwnFonts
from keben.typeset.fonts.tables import GENERIC, Role
from keben.typeset.shown import ANY, leads_on

BASE = "keben:/"
"""What the URL of everything in a book begins with: no path of this machine gets into a file."""


_FAMILY = re.compile(
    r"(\bfont-family\s*:\s*|\bfont\s*:[^;{}]*?\d(?:px|pt|pc|mm|cm|in|em|rem|ex|%)(?:\s*/\s*[\d.]+\w*)?\s+)([^;{}!]+)",
    re.IGNORECASE,
)
"""What stands before the families in a declaration, and these."""


def address_of(path: str) -> str:
    """The URL of a file of the book, by its path."""
    return BASE + quote(path)


class RefusedError(ValueError):
    """A URL that leads out of the book, or to nothing in it."""


def is_picture(asset: Asset) -> bool:
    """Whether a file of a book is a picture."""
    return asset.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Resources:
    """A book's assets and drawings, by path, and the faces of its profile that styles load."""

    assets: Mapping[str, Asset]
    drawings: Mapping[str, Document]
    profile: FontProfile
    columns: ColumnFonts | None = None
    """Of a vertical book."""
    own: OwnFonts | None = None
    """The fonts of the book's own."""
    cache: Path | None = None
    """A folder that keeps large fonts from one build to the next."""
    _given: dict[str, Face] = field(default_factory=dict, compare=False)

    def find(self, url: str) -> tuple[bytes, str]:
        """The bytes and the media type behind a URL.

        Raises:
            RefusedError: the URL is none of the book's.
        """
        if url[:5].lower() == "data:":
            return self._data(url)
        # A “#” in a name is written %23: what is behind one here is `keben.typeset.fonts.own`'s.
        path, mark, kind = url.removeprefix(BASE).partition("#")
        path = unquote(path)
        drawing = self.drawings.get(path)
        if drawing is not None:
            return self._svg(drawing.root), "image/svg+xml"
        found = self._font(path + mark + kind)
        if found is not None:
            self._given[mark_of_bytes(found[0])] = found[1]
            return found[0], "font/sfnt"
        asset = self.assets.get(path)
        if asset is None:
            raise RefusedError(wording("“{url}” is not a file of this book", url=url))
        if asset.media_type == "image/svg+xml":
            return self._own_svg(asset.data), asset.media_type
        return asset.data, asset.media_type

    def shown(self, addresses: Collection[str]) -> tuple[object, ...]:
        """What pictures stand behind some addresses (`keben.typeset.shown`), for a fingerprint."""
        paths = [unquote(each.removeprefix(BASE).partition("#")[0]) for each in sorted(addresses)]
        found = [each for path in paths if (each := self.drawings.get(path) or self.assets.get(path))]
        if ANY in addresses or any(map(leads_on, found)):
            pictures = {path: each for path, each in self.assets.items() if is_picture(each)}
            return pictures, {path: serialize(each.root) for path, each in self.drawings.items()}
        return tuple(each if isinstance(each, Asset) else serialize(each.root) for each in found)

    def face_of(self, mark: str) -> Face | None:
        """The face behind a font file that was given, by its mark (`mark_of_bytes`); None for another file."""
        return self._given.get(mark)

    def _font(self, path: str) -> tuple[bytes, Face] | None:
        """A font file, and the installed face that it was made from."""
        found = self.columns.find(path) if self.columns else None
        found = found or lent_font(self.profile, path, self.cache) or latin_font(self.profile, path)
        if found is None:
            # Loaded where it is needed, which few horizontal books do.
            from keben.typeset.fonts.letters import USUAL, letter_font

            found = letter_font(self.profile, path, self.columns.language if self.columns else USUAL)
        return found or (self.own.find(path) if self.own else None)

    def _data(self, url: str) -> tuple[bytes, str]:
        from keben.pictures import fetch_data

        file = fetch_data(url)
        if file is None:
            raise RefusedError(wording("a data: URL that is neither a picture nor a font"))
        if file.media_type == "image/svg+xml":
            return self._own_svg(file.data), file.media_type
        return file.data, file.media_type

    def _svg(self, root: Element) -> bytes:
        return serialize(with_fonts(root, self.profile)).encode()

    def _own_svg(self, data: bytes) -> bytes:
        try:
            return self._svg(parse(data.decode("utf-8-sig")))
        except (UnicodeDecodeError, MarkupError):
            return data


def with_fonts(svg: Element, profile: FontProfile) -> Element:
    """A drawing whose text names the book's fonts: WeasyPrint's SVG takes no font from the page around it.

    A generic name gives the family of its role, another name that of the sans: what a drawing program wrote there
    would look different on each machine. Text without a font is set in the serif.
    """

    def name_fonts(node: Element) -> Element:
        if node.tag == "style":
            return node.with_children(
                _styled(child, profile) if isinstance(child, str) else child for child in node.children
            )
        own, style = node.get("font-family"), node.get("style")
        changes = {"font_family": _families(own, profile)} if own else {}
        if "font" in style:
            changes["style"] = _styled(style, profile)
        return node.with_attributes(**changes) if changes else node

    return name_fonts(transform(svg.with_attributes(font_family=svg.get("font-family", "serif")), name_fonts))


def _styled(css: str, profile: FontProfile) -> str:
    """Declarations, or rules of them, whose font families are the book's."""

    def name(match: re.Match[str]) -> str:
        return f"{match[1]}{_families(match[2], profile)}"

    return _FAMILY.sub(name, css)


def _families(asked: str, profile: FontProfile) -> str:
    names = [name.strip().strip("\"'") for name in asked.split(",")]
    own = [name for name in names if name in profile.names]
    role: Role = next((GENERIC[name] for name in names if name in GENERIC), "sans")
    # WeasyPrint's SVG splits at commas and strips quotation marks, not spaces.
    return ",".join(dict.fromkeys([*own, *profile.stack(role)]))
