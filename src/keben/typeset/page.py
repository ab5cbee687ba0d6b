"""The type area (版心) on its page: counted in characters and lines, it says what the margins are.

CLREQ 2.1: the type area is the body's size times characters in a line, by line height times lines; the margins
follow from it, not the other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from keben.errors import Finding, Place, SourceError
from keben.model import TypeArea
from keben.typeset.fonts import ROLES, FontProfile
from keben.typeset.lent import font_faces
from keben.typeset.resources import BASE

POINTS_PER_MM = 72 / 25.4

LEAST_INNER, LEAST_OUTER, LEAST_TOP, LEAST_BOTTOM = 10.0, 8.0, 12.0, 12.0
"""Millimetres: what a thumb, a fold, a running head and a folio need."""

SMALLER_SHARE = 4 / 9
"""Inner to outer and head to foot are 4:5: the two inner margins of a spread read as one white."""

WORKINGS = """
.footnote { float: footnote; footnote-policy: line }
.footnote::footnote-call { content: attr(data-mark) }
.footnote::footnote-marker { content: attr(data-mark) }
.silent::footnote-call { content: "" }
.keep { white-space: nowrap }
h1[data-head] { string-set: book attr(data-book), head attr(data-head) }
h1, h2, h3, h4, h5, h6 { bookmark-label: attr(data-outline) }
li.item { display: block; margin: 0; padding: 0 }
code, kbd, pre, samp { font-family: var(--mono) }
img { image-rendering: crisp-edges }
"""
"""What the attributes that `keben.typeset.assemble` sets are for: a theme that replaces print.css need not know it.

``crisp-edges``: ISO 19005-2, 6.2.8 forbids smoothed pictures.
"""

# Rounding in the engine must not cost the last character of a line, or the last line of a page.
_SLACK_PT = 0.02


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of a page, in points."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    body: float
    line: float
    """From one line to the next."""
    lines: int
    measure: int


def lay_out(area: TypeArea) -> Layout:
    """Place a type area on its trim.

    Raises:
        SourceError: it does not fit, with least margins, in width or in height.
    """
    findings = tuple(_misfits(area))
    if findings:
        raise SourceError(*findings)
    width, height = area.width * POINTS_PER_MM, area.height * POINTS_PER_MM
    line = area.body_pt * area.leading
    across = width - area.measure * area.body_pt - _SLACK_PT
    down = height - area.lines * line - _SLACK_PT
    inner = max(across * SMALLER_SHARE, LEAST_INNER * POINTS_PER_MM)
    top = max(down * SMALLER_SHARE, LEAST_TOP * POINTS_PER_MM)
    return Layout(
        width, height, inner, across - inner, top, down - top, area.body_pt, line, area.lines, area.measure
    )


def _misfits(area: TypeArea) -> Iterator[Finding]:
    sides = (
        (
            f"{area.measure} 字 of {area.body_pt:g} pt", "wide", "measure",
            area.measure, area.body_pt, area.width, LEAST_INNER + LEAST_OUTER,
        ),
        (
            f"{area.lines} lines of {area.body_pt:g} pt × {area.leading:g}", "high", "lines",
            area.lines, area.body_pt * area.leading, area.height, LEAST_TOP + LEAST_BOTTOM,
        ),
    )  # fmt: skip
    for counted, way, key, count, step, trim, least in sides:
        size, room = count * step / POINTS_PER_MM, trim - least
        if size + _SLACK_PT / POINTS_PER_MM <= room:
            continue
        message = (
            f"The type area of {counted} is {size:.1f} mm {way}; "
            f"a page {trim:g} mm {way} has room for {max(room, 0.0):.1f} mm beside its least margins."
        )
        most = int(room * POINTS_PER_MM / step)
        advice = f"Set `{key}` to at most {most}, or" if most > 0 else "Choose"
        yield Finding(
            Place("book/book.toml"),
            "type-area",
            message,
            f"{advice} a smaller body or a larger trim, in [print].",
        )


def page_css(layout: Layout, profile: FontProfile) -> str:
    """What a theme's print styles stand on: the page boxes, and custom properties.

    ``--body``, ``--line`` and ``--measure`` (lengths), ``--picture`` (the height that leaves a picture room for its
    caption), ``--page`` (the type area's height), and ``--serif``, ``--kai``, ``--sans``, ``--mono`` (font stacks).
    """
    page = layout
    stacks = "\n".join(f"  --{role}: {css_families(profile.stack(role))};" for role in ROLES)
    return f"""@page {{ size: {page.width:.3f}pt {page.height:.3f}pt }}
@page :right {{ margin: {page.top:.3f}pt {page.outer:.3f}pt {page.bottom:.3f}pt {page.inner:.3f}pt }}
@page :left {{ margin: {page.top:.3f}pt {page.inner:.3f}pt {page.bottom:.3f}pt {page.outer:.3f}pt }}
:root {{
  --body: {page.body:g}pt;
  --line: {page.line:.4f}pt;
  --measure: {page.measure * page.body:g}pt;
  --page: {page.lines * page.line:.3f}pt;
  --picture: {max(page.lines - 4, 4) * page.line:.3f}pt;
{stacks}
}}
html {{ font-family: var(--serif); font-size: {page.body:g}pt; line-height: {page.line:.4f}pt }}
body {{ margin: 0 }}
{WORKINGS}{font_faces(profile, BASE)}"""


def css_families(names: tuple[str, ...]) -> str:
    """Font families as CSS writes them."""
    return ", ".join('"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' for name in names)
