"""What is said in a finished file, and with which fonts it is set.

Private here are the link annotations, the pages and the metadata stream of the file, and the fonts that WeasyPrint used
with their files.
"""

from typing import Any

import weasyprint  # type: ignore[import-untyped]

from keben.typeset.folios import Folios
from keben.typeset.fonts import OWN, Face, face_of
from keben.typeset.metadata import creators, timestamp, xmp_packet
from keben.typeset.resources import Resources
from keben.typeset.weasy.folios import label_pages
from keben.typeset.weasy.fontbytes import file_mark
from keben.typeset.weasy.jobs import Record
from keben.typeset.weasy.standing import stand_up

PRODUCER = f"WeasyPrint {weasyprint.__version__}"


def describe(data: Any, record: Record) -> None:
    """Put what a record says into a document's metadata."""
    book, when = record.metadata, timestamp(record.epoch)
    data.title = book.title
    data.authors = creators(book)
    data.description = book.description or None
    data.keywords = list(book.subjects)
    data.generator = record.creator
    data.created = data.modified = when
    data.lang = record.language


def finish(document: Any, pdf: Any, record: Record, folios: Folios, *, vertical: bool) -> None:
    """Say in words where links lead (ISO 14289-1, 7.18.5), and put our XMP in place of WeasyPrint's."""
    for page in document.pages:
        for kind, _target, _rectangle, box in page.links:
            text = text_of_box(box).strip()
            if kind == "internal" and text and box.link_annotation:
                box.link_annotation["Contents"] = weasyprint.pdf.pydyf.String(text)
    label_pages(document.pages, pdf.catalog, folios)
    if vertical:
        _turn_pages(pdf)
    else:
        stand_up(pdf)
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    stream.compress = False
    stream.stream = [xmp_packet(record.metadata, record.language, record.epoch, record.creator, PRODUCER)]


def _turn_pages(pdf: Any) -> None:
    """Stand the pages up, and bind them on the right (ISO 32000-1, 7.7.3.3 and 12.2)."""
    for thing in pdf.objects:
        if isinstance(thing, weasyprint.pdf.pydyf.Dictionary) and thing.get("Type") == "/Page":
            thing["Rotate"] = 90
    preferences = pdf.catalog.setdefault("ViewerPreferences", weasyprint.pdf.pydyf.Dictionary())
    preferences["Direction"] = "/R2L"
    # The first page stands alone, and then two face each other.
    pdf.catalog["PageLayout"] = "/TwoPageRight"


def text_of_box(box: Any) -> str:
    """The text that stands in a box, without what a style generates."""
    text = getattr(box, "text", None)
    if isinstance(text, str):
        return text
    children = getattr(box, "children", ())
    return "".join(text_of_box(child) for child in children if "::" not in (child.element_tag or ""))


def faces_of(rendering: Any, resources: Resources) -> tuple[Face, ...]:
    """The faces that a document's text is set in."""
    faces = set()
    for font in rendering.fonts.values():
        face = None
        if font.family.endswith(OWN) or resources.own:
            # What a family lacks is set in another of its faces: only the file says in which.
            face = resources.face_of(file_mark(font.hb_face))
        face = face or face_of(font.family, int(font.weight))
        if face is not None:
            faces.add(face)
    return tuple(sorted(faces, key=lambda face: (face.families[0], face.weight, face.style)))
