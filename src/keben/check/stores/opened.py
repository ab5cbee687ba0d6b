"""An EPUB as a store looks at it: its pages, pictures, sheets and package, read once."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from lxml import etree
from PIL import Image

from keben.check.container import (
    NCX,
    SVG,
    XHTML,
    BrokenEpubError,
    Container,
    Item,
    find,
    parsed,
    read_container,
)
from keben.core.values import dataclass

_SPACE = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """A picture that is no drawing, as its file says."""

    item: Item
    bytes: int
    width: int
    height: int
    mode: str
    """Pillow's: ``RGB``, ``CMYK``, ``RGBA``, …"""
    frames: int
    is_transparent: bool
    is_cover: bool


class OpenedEpub:
    """The parts of an EPUB.

    Raises:
        BrokenEpubError: it cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self.container: Container = read_container(data)

    @cached_property
    def pages(self) -> tuple[tuple[Item, "etree._Element"], ...]:
        """The pages that can be read, with their trees."""
        return tuple(self._trees(XHTML))

    @cached_property
    def drawings(self) -> tuple[tuple[Item, "etree._Element"], ...]:
        """The SVG files."""
        return tuple(self._trees(SVG))

    @cached_property
    def ncx(self) -> "etree._Element | None":
        """The contents for EPUB 2."""
        return next((tree for _, tree in self._trees(NCX)), None)

    @cached_property
    def pictures(self) -> tuple[SeenPicture, ...]:
        """All that Pillow can read."""
        return tuple(self._pictures())

    @property
    def cover(self) -> SeenPicture | None:
        """The picture that the package calls its cover."""
        return next((each for each in self.pictures if each.is_cover), None)

    @cached_property
    def cover_item(self) -> Item | None:
        """The file that the package calls its cover, as EPUB 3 does or as EPUB 2 did."""
        old = find(self.container.package, "/o:package[starts-with(@version, '2')]//o:meta[@name='cover']")
        named = {node.get("content") for node in old}
        items = [*self.items]
        new = (item for item in items if "cover-image" in item.properties)
        return next(new, None) or next((item for item in items if item.id in named), None)

    @property
    def progression(self) -> str:
        """The direction in which pages are turned, as the spine says."""
        return next((str(node.get("page-progression-direction", "")) for node in self._spine()), "")

    @cached_property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """Pages, drawings and pictures that cannot be read, so that no rule could look at them; and why."""
        seen = {item.path for item, _ in (*self.pages, *self.drawings)}
        seen |= {each.item.path for each in self.pictures}
        return tuple(
            (item.path, item.media_type)
            for item in self.items
            if (item.media_type in (XHTML, SVG) or item.media_type.startswith("image/"))
            and item.path not in seen
        )

    @cached_property
    def sheets(self) -> tuple[tuple[Item, str], ...]:
        """The style sheets' texts."""
        return tuple(
            (item, self.container.files[item.path].decode("utf-8", "replace"))
            for item in self.items
            if item.media_type == "text/css"
        )

    @property
    def items(self) -> Iterator[Item]:
        """What the manifest lists and the container has."""
        return (item for item in self.container.items if item.path in self.container.files)

    def metas(self, name: str) -> list[str]:
        """The values of a property in the package document."""
        nodes = find(self.container.package, "//o:meta")
        return ["".join(node.itertext()).strip() for node in nodes if node.get("property") == name]

    def said(self, name: str) -> list[str]:
        """The values of one of Dublin Core's elements."""
        return ["".join(node.itertext()).strip() for node in find(self.container.package, f"//dc:{name}")]

    def elements(self, *names: str) -> Iterator[tuple[Item, "etree._Element"]]:
        """The elements of some names on all pages."""
        wanted = [f"{_SPACE}{name}" for name in names]
        return ((item, node) for item, tree in self.pages for node in tree.iter(*wanted))

    def _spine(self) -> "list[etree._Element]":
        return find(self.container.package, "/o:package/o:spine")

    def _trees(self, kind: str) -> Iterator[tuple[Item, "etree._Element"]]:
        for item in self.items:
            if item.media_type == kind:
                try:
                    yield item, parsed(self.container.files[item.path], item.path)
                except BrokenEpubError:
                    continue

    def _pictures(self) -> Iterator[SeenPicture]:
        for item in self.items:
            if not item.media_type.startswith("image/") or item.media_type == SVG:
                continue
            data = self.container.files[item.path]
            try:
                with _of_any_size(), Image.open(io.BytesIO(data)) as picture:
                    is_transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
                    frames = int(getattr(picture, "n_frames", 1))
                    width, height = picture.size
                    mode, is_cover = picture.mode, item == self.cover_item
            except (OSError, ValueError, SyntaxError):
                continue
            yield SeenPicture(item, len(data), width, height, mode, frames, is_transparent, is_cover)


@contextmanager
def _of_any_size() -> Iterator[None]:
    """Let Pillow open a picture of any size: its head alone is read."""
    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = most
