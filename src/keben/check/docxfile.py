"""A Word document as it is packed: its parts, read with bounds (ISO/IEC 29500-2)."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml import etree

from keben.core.foreign import foreign
from keben.core.saying import wording
from keben.core.values import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "/officeDocument"

LARGEST = 400_000_000
"""Bytes of a whole document when it is unpacked."""
_LARGEST_PART = 150_000_000
"""Bytes of a part of XML when it is unpacked."""
_MOST_FILES = 20_000


class BrokenDocxError(ValueError):
    """A Word document that cannot be read; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class DocxFile:
    """A packed Word document."""

    files: Mapping[str, bytes] = field(repr=False)
    main: str
    """The path of the text."""

    def tree(self, path: str) -> "etree._Element":
        """The tree of a part.

        Raises:
            BrokenDocxError: it is not there, too large or not well-formed.
        """
        data = self.files.get(path)
        if data is None:
            raise BrokenDocxError(wording("It has no {path}.", path=path))
        return _parsed(data, path)

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: kind and target of each, by id. Targets in the package are paths in it."""
        folder, name = posixpath.split(path)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.files:
            return {}
        return {
            each.get("Id", ""): (each.get("Type", ""), _target(each, folder))
            for each in _parsed(self.files[rels], rels).iter(_RELATION)
        }

    def related(self, kind: str) -> str:
        """The path of the part of a kind that the text is related to; empty: there is none."""
        ends = f"/{kind}"
        targets = (target for each, target in self.relations(self.main).values() if each.endswith(ends))
        return next((target for target in targets if target in self.files), "")


def read_package(data: bytes) -> DocxFile:
    """The parts of a Word document.

    Raises:
        BrokenDocxError: it is no zip, too large, or has no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > LARGEST:
                raise BrokenDocxError(wording("It is too large when it is unpacked."))
            files = dict(_unpacked(archive, infos))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        if isinstance(error, BrokenDocxError):
            raise
        raise BrokenDocxError(
            wording("It is not a zip that can be read ({error}).", error=foreign(error))
        ) from None
    package = DocxFile(files, "")
    main = next((target for kind, target in package.relations("").values() if kind.endswith(_MAIN)), "")
    if main not in files:
        raise BrokenDocxError(wording("It is not a Word document: it has no text."))
    return DocxFile(files, main)


def _unpacked(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """The files, each no longer than it says that it is."""
    for info in infos:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
        if len(data) > info.file_size:
            raise BrokenDocxError(wording("{filename} is larger than the zip says.", filename=info.filename))
        yield info.filename.lstrip("/"), data


def _parsed(data: bytes, path: str) -> "etree._Element":
    if len(data) > _LARGEST_PART:
        raise BrokenDocxError(wording("{path} is too large.", path=path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenDocxError(
            wording("{path} is not well-formed ({msg}).", path=path, msg=foreign(error.msg))
        ) from None
    if root.getroottree().docinfo.doctype:
        raise BrokenDocxError(wording("{path} has a document type, which no Word document has.", path=path))
    return root


def _target(relation: "etree._Element", folder: str) -> str:
    target = str(relation.get("Target", ""))
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
