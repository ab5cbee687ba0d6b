"""What a store's rules look at, one function a question. Each gives the file, and what is wrong there in a sentence."""

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from keben.check.container import SVG
from keben.check.stores.opened import OpenedEpub, SeenPicture
from keben.core.saying import series, wording

Fault = tuple[str, str]
"""A path in the package (empty: the EPUB) and a sentence."""

Look = Callable[[OpenedEpub], Iterator[Fault]]

_SVG = "{http://www.w3.org/2000/svg}"
_OPS = "{http://www.idpf.org/2007/ops}type"
_ASCII = re.compile(r"[A-Za-z0-9._/-]+")
_NUMBER = re.compile(r"\d+(?:px)?|100%|\d+%")
_MIB = 1024 * 1024


def has_cover(epub: OpenedEpub) -> Iterator[Fault]:
    """The package says which picture is its cover, and that can be read."""
    named = epub.cover_item
    if named is None:
        yield "", wording("It has no cover, or the package does not say which picture it is.")
    elif epub.cover is None and named.media_type != SVG:
        yield named.path, wording("The cover cannot be read.")


def cover_of_size(least: int, most: int = 0, *, longer: bool = False) -> Look:
    """The cover has so many pixels on its shorter side, or on its longer one; and not more than ``most`` on any."""
    side, name = (max, wording("longer")) if longer else (min, wording("shorter"))

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        cover = epub.cover
        if cover is None:
            return
        seen = wording("{width} × {height} pixels", width=cover.width, height=cover.height)
        if side(cover.width, cover.height) < least:
            yield (
                cover.item.path,
                wording(
                    "The cover has {seen}, not {least} on its {name} side.", seen=seen, least=least, name=name
                ),
            )
        if most and max(cover.width, cover.height) > most:
            yield (
                cover.item.path,
                wording("The cover has {seen}, more than {most} on a side.", seen=seen, most=most),
            )

    return look


def cover_of_kinds(*kinds: str) -> Look:
    """The cover is of these media types."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        cover = epub.cover_item
        if cover is not None and cover.media_type not in kinds:
            yield cover.path, wording("The cover is {media_type}.", media_type=cover.media_type)

    return look


def cover_alone(epub: OpenedEpub) -> Iterator[Fault]:
    """The page of the cover holds nothing but its picture."""
    cover = epub.cover
    if cover is None:
        return
    name = cover.item.path.rpartition("/")[2]
    for item, image in epub.elements("img"):
        if not image.get("src", "").endswith(name):
            continue
        body = next(iter(image.iterancestors("{http://www.w3.org/1999/xhtml}body")), None)
        if "cover" in item.path and body is not None and "".join(map(str, body.itertext())).strip():
            yield item.path, wording("The cover's page has text beside the picture.")


def pictures_of_kinds(*kinds: str) -> Look:
    """Pictures are of these media types alone."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        for item in epub.items:
            if item.media_type.startswith("image/") and item.media_type not in kinds:
                yield item.path, wording("This picture is {media_type}.", media_type=item.media_type)

    return look


def _pictures(is_wrong: Callable[[SeenPicture], object], message: Callable[[SeenPicture], str]) -> Look:
    def look(epub: OpenedEpub) -> Iterator[Fault]:
        return ((each.item.path, message(each)) for each in epub.pictures if is_wrong(each))

    return look


no_cmyk = _pictures(
    lambda each: each.mode not in ("RGB", "RGBA", "L", "LA", "P", "PA", "1"),
    lambda each: wording("This picture is in {mode}, not in RGB or grey.", mode=each.mode),
)
"""Pictures are in the colours of screens."""

opaque = _pictures(
    lambda each: each.is_transparent, lambda _: wording("This picture is transparent somewhere.")
)
"""Pictures have a ground of their own."""

still = _pictures(
    lambda each: each.frames > 1,
    lambda each: wording("This picture moves: it has {frames} frames.", frames=each.frames),
)
"""No picture moves."""


def pixels(most: int) -> Look:
    """Pictures in the text have so many pixels at most."""
    return _pictures(
        lambda each: each.width * each.height > most and not each.is_cover,
        lambda each: wording(
            "This picture has {width:.1f} million pixels, more than {most:g}.",
            width=each.width * each.height / 1000000.0,
            most=most / 1000000.0,
        ),
    )


def page_bytes(most: int) -> Look:
    """Pages have so many kB at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        for item, _ in epub.pages:
            size = len(epub.container.files[item.path])
            if size > most * 1000:
                yield (
                    item.path,
                    wording("This page has {size} kB, more than {most}.", size=size // 1000, most=most),
                )

    return look


def page_and_picture_bytes(most: int) -> Look:
    """A page has so many MB at most, with the pictures that it shows."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        files = epub.container.files
        for item, tree in epub.pages:
            folder = posixpath.dirname(item.path)
            shown = {
                posixpath.normpath(posixpath.join(folder, unquote(image.get("src", ""))))
                for image in tree.iter("{http://www.w3.org/1999/xhtml}img")
            }
            size = sum(len(files[path]) for path in (item.path, *shown) if path in files)
            if size > most * _MIB:
                yield (
                    item.path,
                    wording(
                        "This page has {size:.1f} MB with its pictures, more than {most}.",
                        size=size / _MIB,
                        most=most,
                    ),
                )

    return look


def whole_bytes(most: int) -> Look:
    """The file has so many MB at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        if epub.size > most * _MIB:
            yield "", wording("It has {size} MB, more than {most}.", size=epub.size // _MIB, most=most)

    return look


def ascii_names(epub: OpenedEpub) -> Iterator[Fault]:
    """Files are named in ASCII."""
    for name in epub.container.files:
        if not _ASCII.fullmatch(name):
            yield name, wording("This name has more than ASCII letters, figures, “-”, “.” and “_”.")


def no_svg_text(epub: OpenedEpub) -> Iterator[Fault]:
    """Drawings hold no text."""
    for item, tree in epub.drawings:
        if next(tree.iter(f"{_SVG}text"), None) is not None:
            yield item.path, wording("This drawing has text, which is not shown.")


def whole_numbers_in_svg(epub: OpenedEpub) -> Iterator[Fault]:
    """Width, height and view box of drawings are whole numbers."""
    for item, tree in epub.drawings:
        said = [
            *tree.get("viewBox", "").replace(",", " ").split(),
            tree.get("width", ""),
            tree.get("height", ""),
        ]
        wrong = [value for value in said if value and not _NUMBER.fullmatch(value)]
        if wrong:
            yield (
                item.path,
                wording("This drawing's sizes are not whole numbers: {wrong}.", wrong=series(wrong)),
            )


def svg_side(most: int) -> Look:
    """Drawings are so wide and high at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        for item, tree in epub.drawings:
            for name in ("width", "height"):
                number = re.match(r"\d+", tree.get(name, ""))
                if number and int(number[0]) > most:
                    yield (
                        item.path,
                        wording("This drawing's {name} is more than {most}.", name=name, most=most),
                    )

    return look


def few_drawings(most: int) -> Look:
    """There are so many drawings at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        if len(epub.drawings) > most:
            yield (
                "",
                wording("It has {count} drawings, more than {most}.", count=len(epub.drawings), most=most),
            )

    return look


def table_columns(most: int) -> Look:
    """Tables have so many columns at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        for item, row in epub.elements("tr"):
            count = sum(_columns_of(cell.get("colspan", "")) for cell in row if isinstance(cell.tag, str))
            if count > most and row.getprevious() is None:
                yield (
                    item.path,
                    wording("A table has {count} columns, more than {most}.", count=count, most=most),
                )

    return look


def _columns_of(colspan: str) -> int:
    """How many columns a cell takes; one where it says nothing that is a number (HTML, 4.9.11)."""
    return int(colspan) if re.fullmatch(r"[1-9]\d{0,2}", colspan.strip()) else 1


def has_ncx(epub: OpenedEpub) -> Iterator[Fault]:
    """The contents are there as an NCX, too."""
    if epub.ncx is None:
        yield "", wording("It has no NCX.")


def shallow_contents(most: int) -> Look:
    """The contents have so many levels at most."""

    def look(epub: OpenedEpub) -> Iterator[Fault]:
        if epub.ncx is not None:
            points = epub.ncx.iter("{*}navPoint")
            depth = max((sum(1 for _ in node.iterancestors("{*}navPoint")) + 1 for node in points), default=0)
            if depth > most:
                yield (
                    "",
                    wording("Its contents have {depth} levels; {most} are shown.", depth=depth, most=most),
                )

    return look


def told_fonts(epub: OpenedEpub) -> Iterator[Fault]:
    """A book with fonts says so."""
    has_fonts = any("font" in item.media_type or "opentype" in item.media_type for item in epub.items)
    if has_fonts and "true" not in epub.metas("ibooks:specified-fonts"):
        yield "", wording("It has fonts, and the package does not say ibooks:specified-fonts.")


def bare_isbn(epub: OpenedEpub) -> Iterator[Fault]:
    """An ISBN is written without hyphens."""
    for text in epub.said("identifier"):
        if text.lower().startswith("urn:isbn:") and "-" in text:
            yield "", wording("The identifier {text} has hyphens.", text=text)


def has_isbn(epub: OpenedEpub) -> Iterator[Fault]:
    """The first identifier is an ISBN, and not that of the printed book."""
    first = next(iter(epub.said("identifier")), "")
    if not first.lower().startswith("urn:isbn:"):
        yield "", wording("It has no ISBN of its own.")
    elif first in epub.said("source"):
        yield "", wording("Its ISBN is the printed book's.")


def taiwanese(epub: OpenedEpub) -> Iterator[Fault]:
    """It is in Taiwan's Chinese."""
    if not epub.said("language"):
        yield "", wording("It names no language.")
    for text in epub.said("language"):
        if text not in ("zh-TW", "zh-Hant-TW", "zh-Hant"):
            yield "", wording("Its language is {text}, not zh-TW or zh-Hant-TW.", text=text)


def cover_named(epub: OpenedEpub) -> Iterator[Fault]:
    """The cover's file is called cover.jpg or cover.png."""
    cover = epub.cover
    if cover is not None and cover.item.path.rpartition("/")[2] not in ("cover.jpg", "cover.png"):
        yield cover.item.path, wording("The cover's file is not called cover.jpg.")


def duokan_notes(epub: OpenedEpub) -> Iterator[Fault]:
    """Notes carry the classes of Duokan's readers."""
    for item, link in epub.elements("a"):
        if link.get(_OPS) == "noteref" and "duokan-footnote" not in link.get("class", "").split():
            yield item.path, wording("Notes here do not carry the class duokan-footnote.")
            return


def notes_in_asides(epub: OpenedEpub) -> Iterator[Fault]:
    """Notes are asides, which pop up."""
    for item, tree in epub.pages:
        for node in tree.iter("{http://www.w3.org/1999/xhtml}li", "{http://www.w3.org/1999/xhtml}div"):
            if node.get(_OPS) == "footnote":
                yield item.path, wording("A note here is not an aside.")
                break
