"""The structure elements of a page, made by themselves, and put into a file.

Elements hold the numbers of other objects in the file. A page that is drawn by itself has places in a table for them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from weasyprint.pdf import pydyf, tags  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.drawn import DrawnStructure
from keben.typeset.weasy.latefiles import WrittenObject

_REFERENCE = re.compile(rb"(\d+) 0 R")
_CELL = re.compile(r"(\d+)(-\d+-\d+)")
"""The identifier of a table's head: the number of the table's element, row and column."""
_NOTE = re.compile(r"note (\d+)")
"""A label of `labels`."""
_END = b"\0"


def structure_of(page_box: Any, links: Sequence[Any], content: dict[Any, Any]) -> DrawnStructure | None:
    """The structure of a page that is drawn already; None where an element cannot be written so.

    ``links`` are the boxes of its links, and ``content`` its pieces of marked content, which are taken out.
    """
    pdf = pydyf.PDF()
    document = pydyf.Dictionary({"S": "/Document"})
    pdf.add_object(document)
    page = pydyf.Dictionary()
    pdf.add_page(page)
    for box in links:
        # WeasyPrint takes an empty one for none.
        box.link_annotation = pydyf.Dictionary({"Type": "/Annot"})
        pdf.add_object(box.link_annotation)
    first = len(pdf.objects)
    nums: dict[int, bytes] = {}
    annotations: list[tuple[bytes, Any]] = []
    kids = list(tags._build_box_tree(page_box, document, pdf, 0, nums, annotations, content))
    places = {document.number: 0, page.number: 1}
    places |= {box.link_annotation.number: 2 + index for index, box in enumerate(links)}
    head = len(places)
    places |= {first + index: head + index for index in range(len(pdf.objects) - first)}
    writing = _Writing(places)
    texts = [writing.text(each) for each in pdf.objects[first:]]
    if content or any(_END in text for text in texts):
        return None
    by_annotation = {id(box.link_annotation): index for index, box in enumerate(links)}
    return DrawnStructure(
        b"".join(text + _END for text in texts),
        tuple(writing.numbers),
        len(texts),
        tuple(writing.notes),
        tuple(places[kid.number] for kid in kids),
        tuple((number, places[_number(reference)]) for number, reference in sorted(nums.items())),
        tuple((places[_number(reference)], by_annotation[id(each)]) for reference, each in annotations),
    )


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


@dataclass(slots=True)
class _Writing:
    """Objects as they are written to a file, with ``%d`` for each number of an object."""

    places: Mapping[int, int]
    numbers: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    """Numbers of notes that stand on several pages, in the order of their labels."""

    def text(self, value: Any, name: str = "") -> bytes:
        """A value, the one of a name in a dictionary."""
        match value:
            case pydyf.Dictionary():
                parts = (b"/" + pydyf._to_bytes(key) + b" " + self.text(value[key], key) for key in value)
                return b"<<" + b"".join(parts) + b">>"
            case pydyf.Array():
                return b"[" + b" ".join(self.text(each, name) for each in value) + b"]"
            case pydyf.String():
                return self.string(value, name)
            case bytes() if match := _REFERENCE.fullmatch(value):
                self.numbers.append(self.places[int(match[1])])
                return b"%d 0 R"
            case _:
                return _escaped(pydyf._to_bytes(value))

    def string(self, value: Any, name: str) -> bytes:
        """A string; identifiers of cells and labels of notes have numbers in them."""
        if name in ("ID", "Headers") and (match := _CELL.fullmatch(value.string)):
            self.numbers.append(self.places[int(match[1])])
            return b"(%d" + match[2].encode() + b")"
        if name == "T" and (match := _NOTE.fullmatch(value.string)):
            self.notes.append(int(match[1]))
            self.numbers.append(len(self.places) + len(self.notes) - 1)
            return b"(note %d)"
        return _escaped(value.data)


def _escaped(text: bytes) -> bytes:
    return text.replace(b"%", b"%%")


def put_in(
    structure: DrawnStructure,
    pdf: Any,
    document: Any,
    page_number: int,
    links: Sequence[Any],
    before: int,
) -> tuple[list[WrittenObject], dict[int, bytes], list[tuple[bytes, Any]]]:
    """Add the elements of a page to a file.

    Gives those that the document itself holds, the elements of marked content by its number, and the annotations of
    links with the elements that hold them. ``links`` are the annotations of the page, and ``before`` is how many notes
    of chapters before stand on several pages.
    """
    first = len(pdf.objects)
    page = _number(pdf.page_references[page_number])
    table = [document.number, page, *(each.number for each in links)]
    head = len(table)
    table += range(first, first + structure.count)
    table += (before + number for number in structure.notes)
    written = structure.template % tuple([table[place] for place in structure.numbers])
    made = [WrittenObject(text) for text in written.split(_END)[:-1]]
    for each in made:
        pdf.add_object(each)

    def reference(place: int) -> bytes:
        return b"%d 0 R" % table[place]

    return (
        [made[place - head] for place in structure.kids],
        {number: reference(place) for number, place in structure.content},
        [(reference(place), links[index]) for place, index in structure.links],
    )
