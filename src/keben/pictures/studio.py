"""Pictures made ready for a book, each content once."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from typing import NamedTuple

from keben.core.book import Asset, Encoded
from keben.core.composition import Composition
from keben.core.errors import Finding, Place, Severity
from keben.core.markup import Element, walk
from keben.core.saying import series, wording
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.pictures.keeping import packed, unpacked

_SVG = "image/svg+xml"

SMALLEST_COVER = 640
"""Pixels on the shorter side that Google Play asks of a cover."""


@dataclass(frozen=True, slots=True)
class _Remark:
    """A finding whose file is not known yet."""

    code: str
    message: str
    advice: str = ""
    severity: Severity = "error"
    line: int = 0
    column: int = 0

    def at(self, path: str) -> Finding:
        return Finding(
            Place(f"book/{path}", self.line, self.column), self.code, self.message, self.advice, self.severity
        )


class Studio:
    """Makes the pictures of compositions ready, each content once. One is meant for one build.

    ``assets`` has all pictures of the book, which drawings may link to; ``store`` keeps what came of a picture from one
    build to the next.
    """

    def __init__(self, assets: Mapping[str, Asset] | None = None, store: Store = NO_STORE) -> None:
        self._assets = assets or {}
        self._store = store
        self._done: dict[_PictureKey, tuple[Asset, tuple[_Remark, ...]]] = {}

    def ready(self, composition: Composition) -> tuple[Composition, tuple[Finding, ...]]:
        """A composition whose pictures a PDF and an EPUB can show, and what is wrong with them or was changed."""
        assets: dict[str, Asset] = {}
        findings: list[Finding] = []
        cover = composition.edition.cover
        shown = _shown_in(composition)
        worded = composition.pictures
        for path, asset in composition.assets.items():
            if not asset.media_type.startswith("image/"):
                assets[path] = asset
                continue
            # What a drawing links to hangs on where it stands.
            folder = posixpath.dirname(path) if asset.media_type == _SVG else ""
            key = _PictureKey(asset.sha256, asset.media_type, path == cover, path not in shown, folder)
            words = worded.get(path)
            if words is not None:
                made, remarks = _prepare_svg(asset, self._assets, is_bare=key.is_bare, converted=words.root)
            elif key in self._done:
                made, remarks = self._done[key]
            else:
                made, remarks = self._done[key] = self._made(asset, key)
            assets[path] = replace(made, path=path)
            findings += (remark.at(path) for remark in remarks)
        documents = tuple(each for each in composition.documents if each.kind != "picture")
        return replace(composition, assets=assets, documents=documents), tuple(findings)

    def _made(self, asset: Asset, known: "_PictureKey") -> tuple[Asset, tuple[_Remark, ...]]:
        """A picture that is made ready, or was in an earlier build."""
        if asset.media_type == _SVG:
            # It hangs on what it links to, and costs little.
            return _prepare(asset, self._assets, is_cover=known.is_cover, is_bare=known.is_bare)
        key = self._store.key("picture", *known)
        entry = self._store.get(key)
        found = unpacked(asset, entry) if entry is not None else None
        if found is not None:
            return found[0], tuple(_Remark(*each) for each in found[1])
        made, remarks = _prepare(asset, self._assets, is_cover=known.is_cover, is_bare=known.is_bare)
        self._store.put(key, packed(asset, made, map(astuple, remarks)))
        return made, remarks


class _PictureKey(NamedTuple):
    """What hangs together with how a picture is made ready."""

    data: str
    """A hash of its bytes."""
    kind: str
    is_cover: bool
    is_bare: bool
    """Whether it has no ground of its own: it is an ornament of the styles, and no picture of the text."""
    folder: str


def _shown_in(composition: Composition) -> frozenset[str]:
    """The pictures that stand in the text, and the cover."""
    named = (
        node.get("src") for document in composition.texts for node in walk(document.root) if node.tag == "img"
    )
    return frozenset((composition.edition.cover, *named))


def prepare(
    asset: Asset,
    assets: Mapping[str, Asset] | None = None,
    *,
    is_cover: bool = False,
    is_bare: bool = False,
) -> tuple[Asset, tuple[Finding, ...]]:
    """A picture as books take it, and what is wrong with it or was changed. With an error it is as it was.

    ``assets`` has the pictures that it may link to, by path; ``is_bare``: it gets no ground in an EPUB, where it can be
    seen through.
    """
    made, remarks = _prepare(asset, assets or {}, is_cover=is_cover, is_bare=is_bare)
    return made, tuple(remark.at(asset.path) for remark in remarks)


def _prepare(
    asset: Asset, assets: Mapping[str, Asset], *, is_cover: bool, is_bare: bool
) -> tuple[Asset, tuple[_Remark, ...]]:
    if asset.media_type == _SVG:
        return _prepare_svg(asset, assets, is_bare=is_bare)
    # A book without pictures does without Pillow.
    from keben.pictures.raster import PictureError, read_raster

    try:
        raster = read_raster(asset.data, asset.media_type, is_cover=is_cover, is_bare=is_bare)
    except PictureError as error:
        return asset, (_Remark(error.code, str(error), error.advice),)
    screen = None if raster.screen == raster.page else raster.screen
    made = replace(
        asset, media_type=raster.page.media_type, data=raster.page.data, screen=screen, motion=raster.motion
    )
    remarks = [_Remark("changed-picture", message, advice, "warning") for message, advice in raster.losses]
    if raster.changes:
        message = wording("This picture is converted: {changes}.", changes=series(raster.changes))
        remarks.append(_Remark("converted-picture", message, severity="notice"))
    remarks += _of_motion(raster.motion)
    if is_cover and min(raster.size) < SMALLEST_COVER:
        width, height = raster.size
        message = wording(
            "This cover has {width} × {height} pixels: stores ask for {smallest_cover} on the shorter side.",
            width=width,
            height=height,
            smallest_cover=SMALLEST_COVER,
        )
        remarks.append(_Remark("small-cover", message, wording("1500 × 2400 pixels are right."), "warning"))
    return made, tuple(remarks)


def _of_motion(motion: str) -> Iterator[_Remark]:
    if motion == "flashing":
        message = wording(
            "This picture flashes more than three times a second, which can cause seizures: the EPUB says so."
        )
        yield _Remark(
            "flashing-picture", message, wording("Make it slower, or show one of its frames."), "warning"
        )
    elif motion == "moving":
        message = wording(
            "This picture moves in the EPUB, whose metadata says that nobody knows whether "
            "it is a hazard; in print its first frame stands."
        )
        yield _Remark("moving-picture", message, wording("Some stores take no moving pictures."), "notice")


def _prepare_svg(
    asset: Asset, assets: Mapping[str, Asset], *, is_bare: bool, converted: Element | None = None
) -> tuple[Asset, tuple[_Remark, ...]]:
    from keben.pictures.dataurls import embedding
    from keben.pictures.svg import MANY, clean_svg
    from keben.pictures.svgreading import SVGError

    try:
        drawing = clean_svg(asset.data, embedding(asset.path, assets), converted)
    except SVGError as error:
        remark = _Remark("broken-picture", str(error), error.advice, "error", error.line, error.column)
        return asset, (remark,)
    advice = wording("A book shows plain drawings: look whether this one is whole without it.")
    remarks = [
        _Remark("svg-part", wording("Left out of this SVG: {what}.", what=what), advice, "warning")
        for what in drawing.left_out
    ]
    if drawing.drawn > MANY:
        message = wording(
            "This SVG draws {drawn} shapes: a PDF with it takes long to make.", drawn=drawing.drawn
        )
        remarks.append(_Remark("large-picture", message, wording("As PNG it is quicker."), "notice"))
    if converted is not None:
        remarks += _of_words(asset, converted)
    screen = None if is_bare else Encoded(_SVG, drawing.on_white)
    return replace(asset, data=drawing.data, screen=screen), tuple(remarks)


def _of_words(asset: Asset, converted: Element) -> Iterator[_Remark]:
    """What became longer in a drawing, and may not fit where it stands."""
    from keben.pictures.svgreading import read_svg
    from keben.pictures.svgtexts import longer

    found = tuple(longer(read_svg(asset.data).root, converted))
    if found:
        before, after = found[0]
        message = wording(
            "The conversion made {count} text{s} of this drawing longer: “{before}” is “{after}” now.",
            count=len(found),
            s="s" if len(found) > 1 else "",
            before=before,
            after=after,
        )
        yield _Remark("longer-label", message, wording("See whether it still fits."), "notice")
