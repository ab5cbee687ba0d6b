"""Is a printer's file what a printer needs: boxes, fonts, inks and the printing condition."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from keben.check.resolution import resolutions
from keben.core.composition import Artifact
from keben.core.edition import Edition
from keben.core.errors import Finding, Place
from keben.core.lengths import POINTS_PER_MM
from keben.core.profiles import channels
from keben.core.saying import series, wording

_TOLERANCE = 0.05
"""Millimetres."""

COARSE = 200.0
"""Dots to the inch below which a picture is warned of; printers ask for 300."""

_FAULT = wording("This is a fault of Keben's; please report it.")


def check_press(artifact: Artifact, edition: Edition) -> tuple[Finding, ...]:
    """An error for each thing that is wrong with the interior or the cover of an edition.

    A warning of each page with coarse pictures, and of colours where the printing condition has black ink alone.
    """
    place = Place(artifact.name)
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        problems = [*_boxes(pdf, artifact, edition), *_contents(pdf), *_intent(pdf, edition)]
        coarse = tuple(_coarse(pdf, place))
    faults = (Finding(place, code, message, advice) for code, message, advice in dict.fromkeys(problems))
    return (*faults, *coarse, *_too_many_inks(artifact, edition, place))


def _coarse(pdf: pikepdf.Pdf, place: Place) -> Iterator[Finding]:
    for number, page in enumerate(pdf.pages, 1):
        least = min(resolutions(page), default=COARSE)
        if least < COARSE:
            message = wording(
                "A picture on page {number} has {least:.0f} dots to the inch: its edges will be rough.",
                number=number,
                least=least,
            )
            advice = wording("Printers ask for 300; use a picture with more pixels, or show it smaller.")
            yield Finding(place, "coarse-picture", message, advice, "warning")


def _too_many_inks(artifact: Artifact, edition: Edition, place: Place) -> Iterator[Finding]:
    profile, colours = edition.press.profile_data, artifact.facts.get("colours")
    if profile and channels(profile) == 1 and colours:
        message = wording(
            "It has colours ({colours}), and its printing condition black ink alone.", colours=series(colours)
        )
        advice = wording('Set `inks = "black"` in [press], or name another profile.')
        yield Finding(place, "press-inks", message, advice, "warning")


_Problem = tuple[str, str, str]


def _boxes(pdf: pikepdf.Pdf, artifact: Artifact, edition: Edition) -> Iterator[_Problem]:
    """ISO 15930-7, 6.5: the trimmed page lies in its bleed, and the bleed in all that is shown."""
    area, bleed = edition.area, edition.press.bleed
    width = area.width
    if "spine" in artifact.facts:
        width = 2 * width + float(artifact.facts["spine"])
    for number, page in enumerate(pdf.pages, 1):
        missing = [name for name in ("/MediaBox", "/BleedBox", "/TrimBox") if name not in page.obj]
        if missing:
            yield (
                "press-boxes",
                wording("Page {number} has no {missing}.", number=number, missing=missing[0][1:]),
                _FAULT,
            )
            continue
        media, bleeds, trim = (_sides(page.obj[name]) for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
        if not (_holds(media, bleeds) and _holds(bleeds, trim)) or "/CropBox" in page.obj:
            yield (
                "press-boxes",
                wording("The boxes of page {number} do not lie in one another.", number=number),
                _FAULT,
            )
        size = trim[2] - trim[0], trim[3] - trim[1]
        if max(abs(size[0] - width), abs(size[1] - area.height)) > _TOLERANCE or "/Rotate" in page.obj:
            message = wording(
                "Page {number} is {size:.1f} × {size2:.1f} mm, not {width:g} × {height:g} mm.",
                number=number,
                size=size[0],
                size2=size[1],
                width=width,
                height=area.height,
            )
            yield "press-boxes", message, _FAULT
        if any(
            abs(abs(inner - outer) - bleed) > _TOLERANCE for inner, outer in zip(trim, bleeds, strict=True)
        ):
            yield (
                "press-boxes",
                wording("The bleed of page {number} is not {bleed:g} mm.", number=number, bleed=bleed),
                _FAULT,
            )
        if page.obj.get("/Annots"):
            yield (
                "press-annotations",
                wording("Page {number} has links or other annotations.", number=number),
                _FAULT,
            )


def _sides(box: Object) -> tuple[float, ...]:
    return tuple(float(str(side)) / POINTS_PER_MM for side in Array(box))


def _holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return all(outer[at] <= inner[at] + _TOLERANCE for at in (0, 1)) and all(
        outer[at] >= inner[at] - _TOLERANCE for at in (2, 3)
    )


def _contents(pdf: pikepdf.Pdf) -> Iterator[_Problem]:
    """Every font is in the file, and nothing that is grey is printed in more than black ink."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Object] = [page.obj for page in pdf.pages]
    while waiting:
        thing = waiting.pop()
        yield from _grey_in_colours(thing)
        resources = thing.get("/Resources", None)
        if not isinstance(resources, Dictionary) or (resources.is_indirect and resources.objgen in seen):
            continue
        seen.add(resources.objgen)
        for font in _values(resources, "/Font"):
            if not _is_embedded(font):
                name = str(font.get("/BaseFont", "without a name"))[1:]
                yield "press-fonts", wording("The font {name} is not in the file.", name=name), _FAULT
        for key in ("/XObject", "/Pattern"):
            waiting += (
                value
                for value in _values(resources, key)
                if isinstance(value, pikepdf.Stream) and value.get("/Subtype") != Name.Image
            )


def _values(resources: Dictionary, key: str) -> list[Object]:
    things = resources.get(key, None)
    return [thing for _, thing in sorted(things.items())] if isinstance(things, Dictionary) else []


def _is_embedded(font: Object) -> bool:
    if font.get("/Subtype") == Name.Type3:
        return True
    inner = font.get("/DescendantFonts", None)
    described = inner[0] if isinstance(inner, Array) else font
    descriptor = described.get("/FontDescriptor", Dictionary())
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _grey_in_colours(content: Object) -> Iterator[_Problem]:
    source = pikepdf.Page(content) if content.get("/Type") == Name.Page else content
    for instruction in pikepdf.parse_content_stream(source, "rg RG"):
        parts = [float(str(part)) for part in instruction.operands]
        if max(parts) - min(parts) < 0.004:
            yield "press-black", wording("Grey or black is printed in several inks."), _FAULT


def _intent(pdf: pikepdf.Pdf, edition: Edition) -> Iterator[_Problem]:
    """ISO 15930-7, 6.2: a file that claims PDF/X-4 holds the profile of its printing condition."""
    with pdf.open_metadata() as metadata:
        claimed = str(metadata.get("pdfxid:GTS_PDFXVersion", ""))
    intents = [intent for intent in pdf.Root.get("/OutputIntents", ()) if intent.get("/S") == Name.GTS_PDFX]
    profiles = [intent.DestOutputProfile.read_bytes() for intent in intents if "/DestOutputProfile" in intent]
    wanted = [edition.press.profile_data] if edition.press.profile_data else []
    if profiles != wanted:
        yield "press-intent", wording("Its output intent is not the profile that [press] names."), _FAULT
    if claimed != ("PDF/X-4" if wanted else ""):
        yield (
            "press-intent",
            wording(
                "It claims to be {claimed}, and has {count} profiles.",
                claimed=claimed or wording("no PDF/X"),
                count=len(profiles),
            ),
            _FAULT,
        )
