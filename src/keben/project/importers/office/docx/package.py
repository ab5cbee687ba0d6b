"""The parts of a Word document: Office Open XML, ECMA-376 part 2."""

import posixpath
from dataclasses import field
from pathlib import Path
from urllib.parse import unquote

from keben.core.errors import SourceError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import Archive, Node, attribute, local, open_archive

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of OLE begin: Word's of before 2007, and those that a password locks."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part's id leads."""

    kind: str
    """The last part of its type: ``image``."""
    target: str
    """A path in the archive, or an address."""
    external: bool


@dataclass(frozen=True, slots=True)
class WordPackage:
    """An open Word document."""

    archive: Archive
    main: str
    """The path of its text."""
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict, repr=False)
    """By part, by id."""

    def of(self, part: str) -> dict[str, Relation]:
        """The relations of a part."""
        if part not in self.relations:
            self.relations[part] = _relations(self.archive, part)
        return self.relations[part]

    def part(self, kind: str) -> tuple[str, Node | None]:
        """The first part of a kind that the text names: its path and its tree."""
        found = next((each.target for each in self.of(self.main).values() if each.kind == kind), "")
        return found, self.archive.tree(found) if found else None

    def parts(self, kind: str) -> tuple[Node, ...]:
        """All parts of a kind."""
        paths = [
            each.target for each in self.of(self.main).values() if each.kind == kind and not each.external
        ]
        return tuple(tree for path in dict.fromkeys(paths) if (tree := self.archive.tree(path)) is not None)


def open_word(source: Path) -> WordPackage:
    """A Word document.

    Raises:
        SourceError: it is none, or it is locked.
    """
    with source.open("rb") as stream:
        if stream.read(8) == _OLD:
            message = wording("It is locked by a password, or in the format of Word 97.")
            raise SourceError.at(
                source.name, "locked-source", message, wording("Save it as .docx, without a password.")
            )
    archive = open_archive(source)
    roots = _relations(archive, "")
    main = next(
        (each.target for each in roots.values() if each.kind == "officeDocument"), "word/document.xml"
    )
    if main not in archive:
        raise SourceError.at(
            source.name,
            "damaged-source",
            wording("There is no text of Word in it."),
            wording("Save it as .docx."),
        )
    return WordPackage(archive, main)


def _relations(archive: Archive, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    tree = archive.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, Relation] = {}
    for node in tree if tree is not None else ():
        if local(node) != "Relationship":
            continue
        target = attribute(node, "Target")
        external = attribute(node, "TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found[attribute(node, "Id")] = Relation(attribute(node, "Type").rpartition("/")[2], target, external)
    return found
