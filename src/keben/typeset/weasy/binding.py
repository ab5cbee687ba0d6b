"""A book bound from chapters that are drawn: what crosses them comes in here.

Their pages are put into the file as they are, with the margins of the book drawn after them. Glyphs get the codes that
they have in the whole book, structure elements the numbers that they have in the file, and notes that stand on several
pages theirs.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from functools import wraps
from typing import Any

from weasyprint import document, layout  # type: ignore[import-untyped]
from weasyprint import pdf as writer
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf, tags  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.drawing import deflated
from keben.typeset.weasy.drawn import DrawnChapter, DrawnMargin, DrawnPage
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.labels import Labelling
from keben.typeset.weasy.latefiles import WrittenObject
from keben.typeset.weasy.shared import CodeTables
from keben.typeset.weasy.standins import drawn_margins, layout_backgrounds, links_of, page_class, placed
from keben.typeset.weasy.structures import put_in
from keben.typeset.weasy.usedfonts import UsedFonts

PATCH = Patch(
    "chapters-not-drawn",
    wording("Chapters are not drawn by themselves"),
    (
        (document.Page, "__init__", "self page_box"),
        (document.Page, "paint", "self stream scale"),
        (layout, "layout_backgrounds", "page get_image_from_uri"),
        (tags, "_build_box_tree", "box parent pdf page_number nums annotations tags"),
        (tags, "add_tags", "pdf document pdf_version page_streams"),
        (writer, "generate_pdf", "document target zoom options"),
    ),
    "notice",
)

_HEADER = b"\x78\xda"
"""Of data that zlib compressed as well as it can (RFC 1950)."""
_BASE = 65521
_LEVEL = 9
_WINDOW, _MEMORY = -11, 4
"""Of compression of what stands in margins: 2 KB are seen. To make ready for more takes longer than to compress it."""

_SHOWN = re.compile(rb"/(\S+) \S+ Tf|<([0-9a-f]*)>")
"""A font that is chosen, or codes of glyphs that are shown."""


def nothing_loaded(url: str) -> Any:
    """Load no picture.

    Raises:
        ValueError: always.
    """
    raise ValueError(url)


@dataclass(slots=True)
class Binder:
    """Puts drawn pages into a document."""

    codes: CodeTables
    labelling: Labelling
    fonts: UsedFonts | None = None
    """Those of the document, once it has any."""
    load: Callable[..., Any] = nothing_loaded
    """Gives the picture of an address."""
    changes: dict[int, tuple[DrawnChapter | DrawnMargin, Mapping[bytes, Mapping[bytes, bytes]]]] = field(
        default_factory=dict
    )
    """By the identity of a chapter: for each of its fonts, by name, codes that are others in the book."""
    margins: dict[int, bytes] = field(default_factory=dict)
    """By the identity of what stands in margins: the same with the codes of the book."""
    before: dict[int, int] = field(default_factory=dict)
    """By the identity of a chapter: how many notes before it stand on several pages."""

    def paint(self, stream: Any, page_box: Any) -> None:
        """Put the content of a drawn page into a stream."""
        stands_for = placed(page_box)
        if stands_for is None:
            raise ValueError("a page that is not drawn")
        drawn = stands_for.page
        changes = self._changes(stands_for.chapter, stream._fonts)
        stream.drawn = _recoded(drawn, changes) if changes else drawn
        stream.stream.clear()
        _set_states(stream, drawn.opacities)
        for address, interpolate, ratio in drawn.pictures:
            stream.add_image(self.load(url=address), interpolate, ratio)
        for margin in drawn_margins(page_box) or ():
            stream.stream.append(self._margin(margin, stream._fonts))
            _set_states(stream, margin.opacities)
        # The numbers of what is marked go on in the margins.
        stream._tags.update((number, None) for number in range(drawn.marks))

    def _margin(self, margin: DrawnMargin, fonts: dict[int, Any]) -> bytes:
        """What stands in margins, with the codes of the book."""
        known = self.margins.get(id(margin))
        if known is None:
            changes = self._changes(margin, fonts)
            content = _with_codes(margin.content, changes) if changes else margin.content
            known = self.margins[id(margin)] = content.removeprefix(b"\n")
        return known

    def _changes(
        self, chapter: DrawnChapter | DrawnMargin, fonts: dict[int, Any]
    ) -> Mapping[bytes, Mapping[bytes, bytes]]:
        """The codes of a chapter that are others in the book; all its glyphs have some from now on."""
        known = self.changes.get(id(chapter))
        if known is None:
            found = ((use.name.encode(), self._codes(use, fonts)) for use in chapter.fonts)
            known = chapter, {name: changed for name, changed in found if changed}
            self.changes[id(chapter)] = known
        return known[1]

    def _codes(self, use: Any, fonts: dict[int, Any]) -> Mapping[bytes, bytes]:
        found = self.fonts.find(use) if self.fonts else None
        if found is None:
            raise ValueError(f"no font {use.family}")
        key, font = found
        font = fonts.setdefault(key, font)
        codes = self.codes.of(font)
        codes.join(font)
        return {b"%04x" % code: b"%04x" % other for code, other in codes.others_of(use.uses).items()}

    def build_box_tree(self, inner: Any) -> Any:
        """A function that makes structure elements; those of drawn pages are made already."""

        @wraps(inner)
        def _build_box_tree(
            box: Any,
            parent: Any,
            pdf: Any,
            page_number: int,
            nums: dict[int, bytes],
            annotations: list[Any],
            tags: Any,
        ) -> Iterator[Any]:
            stands_for = placed(box) if isinstance(box, boxes.PageBox) else None
            if stands_for is None:
                yield from inner(box, parent, pdf, page_number, nums, annotations, tags)
                return
            drawn = stands_for.page
            for number in range(drawn.marks):
                del tags[number]
            links = [_annotation(pdf, each) for each in links_of(box)]
            before = self._notes_before(stands_for.chapter)
            kids, content, held = put_in(drawn.structure, pdf, parent, page_number, links, before)
            nums.update(content)
            annotations += held
            yield from kids
            yield from inner(box, parent, pdf, page_number, nums, annotations, tags)

        return _build_box_tree

    def _notes_before(self, chapter: DrawnChapter) -> int:
        known = self.before.get(id(chapter))
        if known is None:
            most = max((number for page in chapter.pages for number in page.structure.notes), default=0)
            known = self.before[id(chapter)] = self.labelling.labels.pass_over(most)
        return known


def _annotation(pdf: Any, box: Any) -> Any:
    """The annotation of a link; nothing in its place where the file has not what it leads to."""
    if box.link_annotation is None:
        nothing = WrittenObject(b"null")
        pdf.add_object(nothing)
        return nothing
    return box.link_annotation


@contextmanager
def bound(codes: CodeTables, labelling: Labelling) -> Iterator[Binder]:
    """Bind drawn pages in what is finished and written in the block. Not for several threads at once.

    `PATCH` must be known.
    """
    binder = Binder(codes, labelling)
    with replaced(
        (document, "Page", page_class(binder.paint)),
        (layout, "layout_backgrounds", layout_backgrounds(layout.layout_backgrounds)),
        (writer, "Stream", _PageStream),
        (tags, "_build_box_tree", binder.build_box_tree(tags._build_box_tree)),
    ):
        yield binder


def _set_states(stream: Any, opacities: Iterable[tuple[str, float]]) -> None:
    states = stream._resources["ExtGState"]
    for name, opacity in opacities:
        states.setdefault(name, pydyf.Dictionary({"CA" if name[0] == "A" else "ca": opacity}))


class _PageStream(Stream):  # type: ignore[misc]
    """The content of a page; it may begin with what is drawn already."""

    drawn: DrawnPage | None = None

    @property
    def data(self) -> bytes:
        """What stands in the file."""
        written: bytes = super().data if self.drawn is None else self._joined(self.drawn)
        return written

    def _joined(self, drawn: DrawnPage) -> bytes:
        more = b"".join(b"\n" + pydyf._to_bytes(item) for item in self.stream)
        # Repeats what the page's last operators have.
        deflate = zlib.compressobj(_LEVEL, wbits=_WINDOW, memLevel=_MEMORY, zdict=drawn.tail)
        check = _joined_check(drawn.check, zlib.adler32(more), len(more))
        data = b"".join(
            (_HEADER, drawn.content, deflate.compress(more), deflate.flush(), check.to_bytes(4, "big"))
        )
        extra = pydyf.Dictionary({**self.extra, "Filter": "/FlateDecode", "Length": len(data)})
        return b"\n".join((extra.data, b"stream", data, b"endstream"))


def _joined_check(first: int, second: int, length: int) -> int:
    """The Adler-32 of data whose first part has one, and whose second part of a length has another (RFC 1950)."""
    rest = length % _BASE
    low = ((first & 0xFFFF) + (second & 0xFFFF) - 1) % _BASE
    high = ((first >> 16) + (second >> 16) + rest * ((first & 0xFFFF) - 1)) % _BASE
    return high << 16 | low


def _recoded(drawn: DrawnPage, changes: Mapping[bytes, Mapping[bytes, bytes]]) -> DrawnPage:
    """A page in which glyphs have other codes; the same where it has none of these glyphs, as most pages."""
    before = zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(drawn.content)
    if not any(code in before for codes in changes.values() for code in codes):
        return drawn
    content = _with_codes(before, changes)
    if content == before:
        return drawn
    return replace(
        drawn, content=deflated(content), check=zlib.adler32(content), tail=content[-len(drawn.tail) :]
    )


def _with_codes(content: bytes, changes: Mapping[bytes, Mapping[bytes, bytes]]) -> bytes:
    """Operators in which glyphs have other codes."""
    font: Mapping[bytes, bytes] = {}

    def changed(match: re.Match[bytes]) -> bytes:
        nonlocal font
        if match[2] is None:
            font = changes.get(match[1], {})
            return match[0]
        if not font:
            return match[0]
        codes = (match[2][at : at + 4] for at in range(0, len(match[2]), 4))
        return b"<" + b"".join(font.get(code, code) for code in codes) + b">"

    return _SHOWN.sub(changed, content)
