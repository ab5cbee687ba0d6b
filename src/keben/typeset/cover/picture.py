"""The picture that a cover's drawing becomes: its size, and its file."""

import io

from PIL import Image

WIDTH, HEIGHT = 1500, 2400
"""Pixels: 3.6 megapixels, under Apple's limit of 4."""


def jpeg(picture: Image.Image) -> bytes:
    """A picture's file."""
    out = io.BytesIO()
    # No subsampling: it frays the edges of type on a coloured ground. Not progressive: old readers do not show it.
    picture.save(out, "JPEG", quality=85, optimize=True, subsampling=0, dpi=(300, 300))
    return out.getvalue()
