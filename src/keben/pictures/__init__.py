"""Pictures as a book takes them: looked at once, converted where that loses nothing that can be seen, else reported.

Comes in: a `Composition` with its pictures as they were brought.
Goes out: the same with pictures that pages and e-readers show, and findings.
Touches: the store, where it is given one; else bytes in, bytes out.

1. `kinds` knows a file by its first bytes, whatever it is called.
2. `raster` decodes pictures of pixels and encodes again what not every page or reader shows; `motion` looks at
   animations.
3. `svg` keeps of an SVG what draws.
4. `studio` does this for the pictures that an edition shows, each content once; a store keeps what came of it
   (`keeping`).

What decodes and draws is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from keben.core.loading import loaded_later
from keben.pictures.kinds import MEDIA_TYPES, SUFFIXES, font_type, media_type, sniff

if TYPE_CHECKING:
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
    "media_type",
    "pixel_size",
    "prepare",
    "sniff",
]

_HOMES = {
    "Studio": "studio",
    "embedded_in_style": "dataurls",
    "fetch_data": "dataurls",
    "pixel_size": "raster",
    "prepare": "studio",
}

__getattr__ = loaded_later(__name__, _HOMES)
