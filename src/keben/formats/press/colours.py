"""Black and grey as black ink alone.

What a browser calls black is equal parts of red, green and blue, and a printer's software makes four inks of it: small
text gets coloured edges where plates lie a hair apart. DeviceGray is black ink alone (ISO 32000-1, 10.3.2 and 10.4.4).
What is nearly black becomes black: a tint of 90 % is printed in dots, and frays the edges of text.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator

DARK = 0.2
"""A neutral colour as dark as this (of 1), or darker, becomes black."""

_SETS_COLOUR = frozenset("cs CS rg RG k K sc SC scn SCN".split())

_NEUTRAL = 0.004
"""How far apart the parts of a neutral colour may lie: one step of 255."""


def pure_black(pdf: pikepdf.Pdf, *, only: bool = False) -> set[str]:
    """Change every stream in place; gives what colours are left beside black: ``CMYK``, ``RGB``.

    ``only``: colours become grey too, those of pictures included; gradients stay as they are.

    What is RGB is marked as sRGB, so that it has a meaning on every press.
    """
    left: set[str] = set()
    seen: set[tuple[int, int]] = set()
    profile = _srgb(pdf)
    for page in pdf.pages:
        page.Contents = pdf.make_stream(_changed(page, left, only=only))
        for resources in _resources(page.obj.get("/Resources"), seen):
            _mark_rgb(resources, profile)
            for stream in _streams(resources, seen):
                stream.write(_changed(stream, left, only=only))
            for picture in _pictures(resources, seen):
                if not (only and _made_grey(picture)):
                    left |= _colours_of(picture)
    _ungroup(pdf, keep=_is_transparent(pdf))
    return left


def neutral(red: float, green: float, blue: float) -> float | None:
    """The grey of a neutral colour, from 0 (black) to 1; None where it is no grey."""
    parts = (red, green, blue)
    if max(parts) - min(parts) > _NEUTRAL:
        return None
    return 0.0 if max(parts) <= DARK else round(sum(parts) / 3, 4)


def _changed(content: Any, left: set[str], *, only: bool) -> bytes:
    """A stream's content with its grey as black ink; ``only``: with everything so."""
    instructions: list[Any] = list(pikepdf.parse_content_stream(content))
    spaces = {False: "", True: ""}
    for index, instruction in enumerate(instructions):
        name = str(instruction.operator)
        if name not in _SETS_COLOUR:
            continue
        stroke = name.isupper()
        if name in ("cs", "CS"):
            spaces[stroke] = str(instruction.operands[0])
            continue
        colour = _colour(name, instruction.operands, spaces[stroke])
        grey = _grey(colour, only=only)
        if grey is not None:
            instructions[index] = ((_exact(grey),), Operator("G" if stroke else "g"))
        elif len(colour) == 4:
            # By an operator that names its colour space itself: the one before may have been changed.
            instructions[index] = (instruction.operands, Operator("K" if stroke else "k"))
            left.add("CMYK")
        elif colour:
            left.add("RGB")
    return pikepdf.unparse_content_stream(instructions)


def _colour(name: str, operands: Any, space: str) -> tuple[float, ...]:
    """The parts of a colour that an operator sets: three of RGB, four of CMYK, none of any other."""
    cmyk = name in ("k", "K") or (name in ("sc", "SC", "scn", "SCN") and space == "/DeviceCMYK")
    return tuple(float(part) for part in operands) if cmyk or name in ("rg", "RG") else ()


def _grey(colour: tuple[float, ...], *, only: bool) -> float | None:
    """The grey that a colour becomes; None where it stays."""
    if len(colour) == 3:
        grey = neutral(*colour)
        return _lightness(*colour) if grey is None and only else grey
    if len(colour) == 4:
        cyan, magenta, yellow, black = colour
        if not (cyan or magenta or yellow):
            return round(1 - black, 4)
        if only:
            return _lightness(*(1 - min(1.0, ink + black) for ink in (cyan, magenta, yellow)))
    return None


def _lightness(red: float, green: float, blue: float) -> float:
    """How light a colour looks, of 1 (ISO 32000-1, 10.3.2)."""
    return round(0.3 * red + 0.59 * green + 0.11 * blue, 4)


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.4f}".rstrip("0").rstrip("."))


def _resources(start: Object | None, seen: set[tuple[int, int]]) -> Iterator[Dictionary]:
    """A dictionary of resources and those of all that it names, each once."""
    waiting = [start]
    while waiting:
        resources = waiting.pop()
        if not isinstance(resources, Dictionary) or _is_seen(resources, seen):
            continue
        yield resources
        waiting += (stream.get("/Resources") for stream in _parts(resources))


def _parts(resources: Dictionary) -> Iterator[Object]:
    """The forms and patterns of resources, which have content of their own."""
    for key, kind in (("/XObject", "/Form"), ("/Pattern", None)):
        for thing in _values(resources, key):
            if isinstance(thing, pikepdf.Stream) and (kind is None or thing.get("/Subtype") == kind):
                yield thing


def _streams(resources: Dictionary, seen: set[tuple[int, int]]) -> Iterator[Object]:
    for stream in _parts(resources):
        if not _is_seen(stream, seen):
            yield stream


def _pictures(resources: Dictionary, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Stream]:
    for thing in _values(resources, "/XObject"):
        if (
            isinstance(thing, pikepdf.Stream)
            and thing.get("/Subtype") == Name.Image
            and not _is_seen(thing, seen)
        ):
            yield thing


def _colours_of(picture: Object) -> set[str]:
    space = picture.get("/ColorSpace", Name.DeviceGray)
    return set() if space == Name.DeviceGray else {"CMYK" if space == Name.DeviceCMYK else "RGB"}


def _made_grey(picture: pikepdf.Stream) -> bool:
    """Make a picture grey; False where it cannot be read."""
    if not _colours_of(picture):
        return True
    try:
        grey = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    except (pikepdf.PdfError, NotImplementedError, ValueError, TypeError):
        return False
    for key in ("/Decode", "/DecodeParms"):
        if key in picture:
            del picture[key]
    picture.ColorSpace = Name.DeviceGray
    picture.BitsPerComponent = 8
    picture.write(grey.tobytes())
    return True


def _is_seen(thing: Object, seen: set[tuple[int, int]]) -> bool:
    if not thing.is_indirect:
        return False
    if thing.objgen in seen:
        return True
    seen.add(thing.objgen)
    return False


def _srgb(pdf: pikepdf.Pdf) -> Object | None:
    """The colour space of the file's own sRGB profile: that of its output intent as PDF/A."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None and profile.get("/N") == 3:
            return pdf.make_indirect(Array([Name.ICCBased, profile]))
    return None


def _mark_rgb(resources: Dictionary, profile: Object | None) -> None:
    if profile is None:
        return
    if "/ColorSpace" not in resources:
        resources.ColorSpace = Dictionary()
    resources.ColorSpace.DefaultRGB = profile


def _is_transparent(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in the file shows what is under it."""
    seen: set[tuple[int, int]] = set()
    return any(
        any(map(_shows_through, _values(resources, "/ExtGState")))
        or any("/SMask" in picture for picture in _values(resources, "/XObject"))
        for page in pdf.pages
        for resources in _resources(page.obj.get("/Resources"), seen)
    )


def _shows_through(state: Object) -> bool:
    return (
        float(state.get("/ca", Decimal(1))) < 1
        or float(state.get("/CA", Decimal(1))) < 1
        or isinstance(state.get("/SMask", None), Dictionary)
        or state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
    )


def _values(resources: Dictionary, key: str) -> list[Any]:
    """What resources name under a key, in the order of the names."""
    things = resources.get(key, None)
    return [thing for _, thing in sorted(things.items())] if isinstance(things, Dictionary) else []


def _ungroup(pdf: pikepdf.Pdf, *, keep: bool) -> None:
    """In a group that mixes its colours in RGB, black ink would become RGB; what shows nothing through needs none."""
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream) or "/Group" not in thing:
            continue
        if keep:
            thing.Group.CS = Name.DeviceCMYK
        else:
            del thing["/Group"]
