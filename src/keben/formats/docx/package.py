"""python-docx as a packager: finished parts in, the bytes of a zip out. With `figures` the only one that imports it.

It writes the content types and the relationships (ISO/IEC 29500-2); the zip's times and modes are set here.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from keben.core.values import dataclass
from keben.formats.docx.figures import PackedFile
from keben.formats.docx.properties import EARLIEST


@dataclass(frozen=True, slots=True)
class Word:
    """A part of the text's own: its name, which is also the kind of its relationship."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartRelation:
    """A relationship that runs refer to: a file of the package, or an address."""

    id: str
    target: str
    is_address: bool = False


_KINDS = {
    "styles": (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "settings": (RELATIONSHIP_TYPE.SETTINGS, CONTENT_TYPE.WML_SETTINGS),
    "fontTable": (RELATIONSHIP_TYPE.FONT_TABLE, CONTENT_TYPE.WML_FONT_TABLE),
    "footnotes": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "footer": (RELATIONSHIP_TYPE.FOOTER, CONTENT_TYPE.WML_FOOTER),
}


def pack(
    document: Word,
    others: Sequence[Word],
    files: Iterable[PackedFile],
    relations: Sequence[tuple[str, PartRelation]],
    properties: tuple[bytes, bytes],
    epoch: int,
) -> bytes:
    """The document's bytes: the same for the same parts. ``relations`` are those of the parts by their names."""
    package = Package()
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, document.data, package)
    package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "rId1")
    core, app = properties
    kinds = (
        ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, core),
        (
            "/docProps/app.xml",
            CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
            app,
        ),
    )
    for number, (name, media_type, kind, data) in enumerate(kinds, 2):
        package.load_rel(kind, Part(PackURI(name), media_type, data, package), f"rId{number}")
    parts = {"document": main}
    for number, word in enumerate(others, 1):
        kind, media_type = _KINDS[word.name]
        parts[word.name] = Part(PackURI(f"/word/{word.name}.xml"), media_type, word.data, package)
        main.load_rel(kind, parts[word.name], "rFooter" if word.name == "footer" else f"rId{number}")
    pictures = {
        file.path: Part(PackURI(f"/word/{file.path}"), file.media_type, file.data, package) for file in files
    }
    for name, relation in relations:
        if relation.is_address:
            parts[name].load_rel(RELATIONSHIP_TYPE.HYPERLINK, relation.target, relation.id, is_external=True)
        else:
            parts[name].load_rel(RELATIONSHIP_TYPE.IMAGE, pictures[relation.target], relation.id)
    stream = io.BytesIO()
    package.save(stream)
    return _settled(stream.getvalue(), epoch)


def _settled(data: bytes, epoch: int) -> bytes:
    """The same zip with one time, one creator and one mode, the content types first as Word writes them."""
    time = datetime.fromtimestamp(max(epoch, EARLIEST), UTC).timetuple()[:6]
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        names = made.namelist()
        for name in sorted(names, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, time)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, made.read(name), compresslevel=9)
    return out.getvalue()
