"""Archives and XML from anywhere: read with bounds, and nothing in them is followed."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

from lxml import etree

from keben.core.errors import SourceError
from keben.core.foreign import foreign
from keben.core.saying import wording
from keben.core.values import dataclass

MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
"""Of all files together, unpacked."""
MOST_TEXT = 120_000_000
"""Bytes of one file of XML."""
MOST_PICTURE = 100_000_000
"""Bytes of one picture."""

Node = Any
"""lxml's element."""


@dataclass(slots=True)
class Archive:
    """A zip of small things, one of which is read at a time."""

    name: str
    """The file's, for messages."""
    zip: zipfile.ZipFile = field(repr=False)
    infos: dict[str, zipfile.ZipInfo] = field(repr=False)
    huge: list[str] = field(default_factory=list)
    """Pictures that were too large to be read."""

    def __contains__(self, path: str) -> bool:
        return path in self.infos

    def data(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or where it is larger than any picture may be."""
        info = self.infos.get(path)
        if info is None:
            return None
        if info.file_size > MOST_PICTURE:
            self.huge.append(path)
            return None
        return self._read(info)

    def tree(self, path: str) -> Node | None:
        """A file of XML, parsed; None where there is none.

        Raises:
            SourceError: it is too large, damaged or dangerous.
        """
        info = self.infos.get(path)
        if info is None:
            return None
        if info.file_size > MOST_TEXT:
            raise SourceError.at(
                self.name,
                "too-large",
                wording("{path} in it is too large to be a text.", path=path),
                wording("Part the file."),
            )
        return parse(self._read(info), f"{self.name}: {path}")

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self.zip.open(info) as stream:
                # The size that the directory says may be a lie.
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as error:
            raise damaged(self.name, foreign(error)) from None
        if len(data) > info.file_size:
            raise damaged(self.name, wording("{filename} is larger than it says", filename=info.filename))
        return data


def open_archive(source: Path) -> Archive:
    """A zip, with its files by path; those whose path leaves it are not there.

    Raises:
        SourceError: it is no zip, or it would unpack to more than any book has.
    """
    try:
        opened = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged(source.name, foreign(error)) from None
    infos = opened.infolist()
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        message = wording("It would unpack to more than any book has.")
        raise SourceError.at(
            source.name, "too-large", message, wording("Do not trust it; save it again by your own program.")
        )
    return Archive(source.name, opened, {info.filename: info for info in infos if _is_inside(info.filename)})


def _is_inside(path: str) -> bool:
    return (
        not path.startswith("/") and ".." not in path.replace("\\", "/").split("/") and not path.endswith("/")
    )


def damaged(name: str, reason: str) -> SourceError:
    """That a file cannot be read."""
    advice = wording("Open it in the program that made it, and save it again.")
    return SourceError.at(
        name,
        "damaged-source",
        wording("It is damaged, or not what its name says ({reason}).", reason=reason),
        advice,
    )


def parse(data: bytes, where: str) -> Node:
    """XML as a tree. Entities of its own are not expanded, and nothing is fetched.

    Raises:
        SourceError: it is not XML, or it declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(where, str(error)) from None
    doctype = tree.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        message = wording("It declares entities of its own, which no word processor writes.")
        raise SourceError.at(
            where, "dangerous-source", message, wording("Save it again by your own program.")
        )
    return tree


def local(node: Node) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Node | None, name: str) -> str:
    """An attribute by its name without a namespace; empty where there is none."""
    if node is None:
        return ""
    if (plain := node.get(name)) is not None:
        return str(plain)
    return next((str(value) for key, value in node.attrib.items() if key.endswith("}" + name)), "")


def child(node: Node | None, *names: str) -> Node | None:
    """The element below a node by the names on the way, without namespaces."""
    for name in names:
        if node is None:
            return None
        node = next((each for each in node if local(each) == name), None)
    return node


def below(node: Node, name: str) -> Iterator[Node]:
    """All elements of a name below a node, in order."""
    return (each for each in node.iter() if local(each) == name)
