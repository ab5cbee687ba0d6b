"""How each format is made. The engines are loaded when they are used: setting pages takes a second to load."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from keben.core.book import Asset, Encoded
from keben.core.composition import Artifact, Composition
from keben.core.drawing import size_of
from keben.core.ebook import EbookFont
from keben.core.edition import Edition
from keben.core.errors import Finding, MachineError, Place
from keben.core.media import FormatName
from keben.core.pages import PageStart
from keben.core.pressing import Press
from keben.core.saying import wording
from keben.core.store import Lookups
from keben.formats.values import Made, Material

_WIDTH, _LARGEST = 600.0, 5.0
"""Pixels that a picture of a drawing is wide in an EPUB (it is drawn in twice as many), at most so many times as wide
as the drawing."""


def make_epub(material: Material) -> Made:
    """Package the documents, with the cover that the book brings or one drawn by the theme."""
    from keben.formats.epub import package

    composition = material.composition
    cover, findings = _cover_of(material)
    starts: tuple[PageStart, ...] = ()
    if material.base is not None and composition.edition.epub.page_list:
        from keben.check import page_starts

        starts = page_starts(material.base.data)
    drawn, problems = _charts_of(composition)
    fonts, lacking = _fonts_of(material)
    artifact = _counted(package(composition, cover, starts, drawn, fonts, material.store), composition)
    budget = _budget(artifact, fonts)
    found = (*findings, *problems, *lacking, *budget, *_denied_hazards(composition))
    return Made(artifact, findings=found)


def make_sample(material: Material) -> Made:
    """Package the beginning of the book."""
    made = make_epub(material)
    composition = material.composition
    name = f"{composition.metadata.slug}-{composition.edition.name}-sample.epub"
    return replace(made, artifact=replace(made.artifact, name=name, format="sample"))


def make_onix(material: Material) -> Made:
    """Write what the trade needs to know of each publication of the edition."""
    from keben.formats.onix import write_onix

    return Made(write_onix(material.composition))


def pages_for(edition: Edition) -> FormatName | None:
    """The format whose pages an edition's EPUB names the beginnings of."""
    return "pdf" if edition.epub.page_list else None


def make_pdf(material: Material) -> Made:
    """Set the pages."""
    artifact = _typeset(material, None)
    return Made(_counted(artifact, material.composition), findings=artifact.findings)


def make_booklet(material: Material) -> Made:
    """Put the pages of the edition's PDF on sheets; one is set for it where there is none."""
    from keben.impose import impose_artifact

    composition = material.composition
    printed = Made(material.base) if material.base else make_pdf(material)
    artifact = impose_artifact(printed.artifact, composition.edition)
    return Made(_counted(artifact, composition, printed.artifact), printed.artifact, printed.findings)


def make_interior(material: Material) -> Made:
    """Set the pages with their bleed, and make them as a printer needs them."""
    from keben.formats.press import press_ready

    composition = material.composition
    press = composition.edition.press
    tagged = tagged_interior(material)
    ready = press_ready(tagged, press, composition.epoch, in_black=press.inks == "black")
    artifact = replace(ready, format="press")
    return Made(_counted(artifact, composition), tagged, tagged.findings)


def tagged_interior(material: Material) -> Artifact:
    """The tagged PDF that an interior is made from."""
    return _typeset(material, material.composition.edition.press)


def _typeset(material: Material, press: Press | None) -> Artifact:
    if material.apart is None:
        from keben.typeset import typeset

        return typeset(material.composition, material.cache, press, material.store)
    coming = material.apart(*_apart(material, press))
    # What proves the pages is got ready while they are set.
    from keben.check import look_ahead

    edition = material.composition.edition
    name = f"{edition.metadata.slug}-{edition.name}{'-press' if press else ''}.pdf"
    look_ahead(material.composition, name, material.store)
    made: tuple[Artifact, Lookups] = coming()
    artifact, lookups = made
    if material.store.lookups is not None:
        material.store.lookups.add(lookups)
    return artifact


def begin_pdf(material: Material) -> None:
    """Have the pages set in another process (`make_pdf`)."""
    if material.apart is not None:
        material.apart.begin(*_apart(material, None))


def _apart(material: Material, press: Press | None) -> tuple[Any, ...]:
    """The call that sets pages in another process."""
    from keben.typeset import typeset_apart

    return typeset_apart, material.composition, material.cache, press, material.store


def make_cover(material: Material) -> Made:
    """Draw front, spine and back on one sheet; the interior's number of pages says how wide the spine is."""
    from keben.formats.press import press_ready
    from keben.typeset import cover_sheet

    if material.base is None:
        raise ValueError("a cover is made for an interior")
    composition = material.composition
    sheet, folds, found = cover_sheet(composition, material.base.facts["pages"], material.cache)
    return Made(press_ready(sheet, composition.edition.press, composition.epoch, folds=folds), findings=found)


def make_docx(material: Material) -> Made:
    """Write the documents for Word. Its drawings are SVG, with pictures for programs that show none."""
    from keben.formats.docx import drawings_of, write_docx

    composition = material.composition
    pictures, findings = _drawn(composition, drawings_of(composition), "docx")
    return Made(_counted(write_docx(composition, pictures), composition), findings=findings)


def _drawn(
    composition: Composition, drawings: Sequence[tuple[str, float, float]], ending: str
) -> tuple[Mapping[str, Encoded], tuple[Finding, ...]]:
    """Pictures of drawings, and what was found; a warning in their place where this machine cannot draw them."""
    if not drawings:
        return {}, ()
    from keben.typeset import draw_pictures

    try:
        return draw_pictures(composition, drawings)
    except MachineError as error:
        lacking = error.findings[0]
        seen = wording(
            "Its drawings are not seen in programs that show no SVG: this machine cannot draw them."
        )
        edition = composition.edition
        place = Place(f"{edition.metadata.slug}-{edition.name}.{ending}")
        finding = Finding(place, "no-drawing", seen + " " + lacking.message, lacking.advice, "warning")
        return {}, (finding,)


def _charts_of(composition: Composition) -> tuple[Mapping[str, Encoded], tuple[Finding, ...]]:
    """The drawings of an EPUB as pictures, where its edition asks for them."""
    if composition.edition.charts == "svg":
        return {}, ()
    screens = composition.screens
    shown = replace(
        composition,
        documents=tuple(
            replace(each, root=screens[each.name].root) if each.name in screens else each
            for each in composition.documents
        ),
    )
    sizes = {path: size_of(each.root) for path, each in shown.drawings.items()}
    wanted = [
        (path, scale * size[0], scale * size[1])
        for path, size in sizes.items()
        if size and (scale := min(_LARGEST, _WIDTH / size[0]))
    ]
    return _drawn(shown, wanted, "epub")


def cover_beside(epub: Artifact) -> Mapping[str, bytes]:
    """The cover inside an EPUB as a file of its own, which stores ask for; by name."""
    from keben.formats.epub import cover_of

    cover = cover_of(epub.data)
    return {f"{epub.name.removesuffix('.epub')}-cover.{cover[0]}": cover[1]} if cover else {}


def _fonts_of(material: Material) -> tuple[tuple[EbookFont, ...], tuple[Finding, ...]]:
    """The parts of fonts that an EPUB is to bring; a warning in their place where this machine has none."""
    composition = material.composition
    edition = composition.edition
    if edition.epub.embed_fonts == "none":
        return (), ()
    from keben.core.printed import texts

    reads = frozenset(("epub",))
    if edition.epub.embed_fonts == "rare":
        from keben.check.rare import rare_characters

        report = rare_characters(composition, reads, lambda _: "")
        wanted = frozenset(each.character for each in report.characters)
    else:
        said = (text for document in composition.texts for text, _ in texts(document, reads))
        wanted = frozenset(
            sign for text in said for sign in text if sign.isprintable() and not sign.isspace()
        )
    if not wanted:
        return (), ()
    from keben.typeset import ebook_fonts

    try:
        return ebook_fonts(edition, wanted, material.store)
    except MachineError as error:
        lacking = error.findings[0]
        place = Place(f"{edition.metadata.slug}-{edition.name}.epub")
        message = wording(
            "It brings no fonts: this machine cannot make them. {message}", message=lacking.message
        )
        return (), (Finding(place, "no-fonts", message, lacking.advice, "warning"),)


def _budget(artifact: Artifact, fonts: Sequence[EbookFont]) -> Iterator[Finding]:
    """What the fonts cost the reader."""
    if fonts:
        size = sum(len(font.data) for font in fonts)
        count = len({sign for font in fonts for sign in font.characters})
        named = ", ".join(font.family for font in fonts)
        message = wording(
            "It brings {count} character{s} in parts of {named}: {size:.0f} kB before "
            "packing, in an EPUB of {count2:.0f} kB.",
            count=count,
            s="s" if count > 1 else "",
            named=named,
            size=size / 1000,
            count2=len(artifact.data) / 1000,
        )
        yield Finding(Place(artifact.name), "fonts", message, severity="notice")


def _denied_hazards(composition: Composition) -> Iterator[Finding]:
    """A warning where the book says that nothing flashes, and a picture does."""
    said = composition.metadata.claims.hazards
    if not {"none", "noFlashingHazard"} & set(said):
        return
    for path, asset in sorted(composition.assets.items()):
        if asset.motion == "flashing":
            message = wording("accessibility-hazards says that nothing flashes, and this picture does.")
            advice = wording("Take another picture, or say “flashing”.")
            yield Finding(Place(f"book/{path}"), "accessibility-hazard", message, advice, "warning")


def _counted(artifact: Artifact, composition: Composition, base: Artifact | None = None) -> Artifact:
    """With the number of characters, which is that of the artifact that it is made from, where that has one."""
    from keben.check import count_characters

    known = base.facts.get("characters") if base else None
    return replace(artifact, facts={**artifact.facts, "characters": known or count_characters(composition)})


def _cover_of(material: Material) -> tuple[Asset | None, tuple[Finding, ...]]:
    """An EPUB's cover, and what drawing it found; a warning in its place where this machine cannot draw it."""
    composition = material.composition
    edition = composition.edition
    if edition.cover:
        return composition.assets[edition.cover], ()
    from keben.typeset import draw_cover

    try:
        return draw_cover(composition, material.store, material.cache)
    except MachineError as error:
        lacking = error.findings[0]
        message = wording("It has no cover: this machine cannot draw one. {message}", message=lacking.message)
        advice = wording(
            "{removesuffix}; or name a picture: cover in book.toml.",
            removesuffix=lacking.advice.removesuffix("."),
        )
        place = Place(f"{edition.metadata.slug}-{edition.name}.epub")
        return None, (Finding(place, "no-cover", message, advice, "warning"),)
