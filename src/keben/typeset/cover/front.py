"""A cover's drawing as the picture that book stores and shelves show."""

from keben.core.composition import Composition, Document
from keben.core.errors import Finding
from keben.typeset.cover.painting import paint
from keben.typeset.cover.picture import HEIGHT, WIDTH, jpeg
from keben.typeset.cover.plan import planned
from keben.typeset.fonts import choose
from keben.typeset.fonts.latin import find_latin


def draw(composition: Composition, cover: Document) -> tuple[bytes, tuple[Finding, ...]]:
    """A JPEG of the cover's drawing; with warnings of how it looks.

    ``composition`` has no other documents that count. The engine is loaded where the drawing is not plain.

    Raises:
        BuildError: the drawing is at fault.
        MachineError: this machine lacks fontconfig or a Chinese font, or what the engine needs.
    """
    edition = composition.edition
    parts = planned(cover.root, WIDTH, HEIGHT)
    if parts is not None:
        profile = choose(edition.language, find_latin(edition.area.latin)[0])
        picture = paint(parts, profile, edition.language, WIDTH, HEIGHT)
        if picture is not None:
            return jpeg(picture), ()
    from keben.typeset.cover.printed import print_cover

    printed, findings = print_cover(composition, cover)
    return jpeg(printed), findings
