"""Damaged pictures: whether a file is one at all, and as much of it as can be read."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile


@contextmanager
def reading(*, damaged: bool = False) -> Iterator[None]:
    """Let Pillow read whole pictures alone, or ``damaged`` ones too; without its warnings."""
    # WeasyPrint sets this for the whole process when it is imported: then half a picture would pass without a word.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, damaged
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures, of odd metadata, of palettes with transparency in bytes.
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def is_openable(data: bytes) -> bool:
    """Whether a file is a picture of pixels by more than its first bytes: whether it says a size."""
    try:
        with reading(), Image.open(io.BytesIO(data)) as picture:
            return min(picture.size) > 0
    except Image.DecompressionBombError:
        return True
    except Exception:  # noqa: BLE001 - decoders raise anything on broken files
        return False


def rescued(data: bytes, name: str) -> bytes | None:
    """What can be read of a damaged picture of a format of Pillow's, as a PNG; None where that is nothing."""
    out = io.BytesIO()
    try:
        with reading(damaged=True), Image.open(io.BytesIO(data), formats=[name]) as picture:
            picture.load()
            has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            picture.convert("RGBA" if has_alpha else "RGB").save(out, "PNG")
    except Exception:  # noqa: BLE001 - as above
        return None
    return out.getvalue()
