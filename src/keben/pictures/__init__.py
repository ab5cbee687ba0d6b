"""Pictures for a book: examined once, converted where no visible loss results, otherwise reported.

Comes in: a `Composition` with its pictures as supplied.
Goes out: the same with pictures that pages and e-readers can show, and findings.
Touches: the store, if it is given one; otherwise bytes in, bytes out.

1. `kinds` identifies a file by its first bytes, whatever its name.
2. `raster` decodes bitmaps and re-encodes those that not every page or reader can show; `motion` looks at
   animations.
3. `svg` keeps only the parts of an SVG that draw.
4. `studio` does this for the pictures that an edition shows, each content once; a store keeps the results
   (`keeping`).

The code that decodes and draws is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from keben.core.loading import loaded_later
from keben.pictures.kinds import MEDIA_TYPES, SUFFIXES, font_type, media_type, sniff

if TYPE_CHECKING:
    from keben.pictures.damaged import is_openable
    from keben.pictures.dataurls import embedded_in_style, fetch_data
    from keben.pictures.raster import pixel_size
    from keben.pictures.studio import Studio, prepare

__all__ = [
    "MEDIA_TYPES",
    "SUFFIXES",
    "Studio",
    "embedded_in_style",
    "fetch_data",
    "font_type",
    "is_openable",
    "media_type",
    "pixel_size",
    "prepare",
    "sniff",
]

_HOMES = {
    "Studio": "studio",
    "embedded_in_style": "dataurls",
    "fetch_data": "dataurls",
    "is_openable": "damaged",
    "pixel_size": "raster",
    "prepare": "studio",
}

__getattr__ = loaded_later(__name__, _HOMES)
