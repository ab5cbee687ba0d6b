"""The type area (版心) on its page: counted in characters and lines, it says what the margins are.

A vertical page is laid out lying on its left side: what is a column on the turned page is a line on this one, from
left to right, and the first column, on the right of the turned page, is the line at its top.

CLREQ 7.1.1: the type area is the body's size times characters in a line, by line height times lines; the margins
follow from it, not the other way round.
"""

from collections.abc import Iterator

from keben.core.errors import Finding, Place, SourceError
from keben.core.lengths import POINTS_PER_MM
from keben.core.paper import (
    LEAST_BOTTOM,
    LEAST_INNER,
    LEAST_OUTER,
    LEAST_TOP,
    Openings,
    TypeArea,
    Writing,
    is_vertical,
)
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts import FontProfile
from keben.typeset.fonts.latin import latin_rules, text_rules
from keben.typeset.fonts.lent import font_faces
from keben.typeset.fonts.tables import ROLES
from keben.typeset.resources import BASE

WORKINGS = """
.footnote { float: footnote; footnote-policy: line }
.footnote::footnote-call { content: attr(data-mark) }
.footnote::footnote-marker { content: attr(data-mark) }
.silent::footnote-call { content: "" }
.keep, td[data-point] { white-space: nowrap }
tr.continued td::before { content: attr(data-continued) }
h1[data-head] { string-set: book attr(data-book), head attr(data-head) }
h1, h2, h3, h4, h5, h6 { bookmark-label: attr(data-outline) }
li.item { display: block; margin: 0; padding: 0 }
code, kbd, pre, samp { font-family: var(--mono) }
html { overflow-wrap: break-word }
.form { font-family: var(--serif) }
.latin-mark { font-variant-east-asian: proportional-width }
.turned-round, .leftward { direction: rtl }
.turned { margin: 0 auto }
img { image-rendering: crisp-edges }
"""
"""What the attributes that `keben.typeset.assemble` sets are for: a theme that replaces print.css need not know it.

``crisp-edges``: ISO 19005-2, 6.2.8 forbids smoothed pictures.
"""

# Rounding in the engine must not cost the last character of a line, or the last line of a page.
_SLACK_PT = 0.02


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The measures of a page as it is read, in points."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    body: float
    line: float
    """From one line, or column, to the next."""
    lines: int
    measure: int
    vertical: bool = False

    @property
    def extent(self) -> float:
        """What all lines take, from the first to the last."""
        return self.lines * self.line

    @property
    def first_lines(self) -> tuple[float, float]:
        """Where the first line begins on odd and on even pages as they are laid out, from the top."""
        return (self.inner, self.outer) if self.vertical else (self.top, self.top)

    @property
    def edges(self) -> dict[str, object]:
        """The type area's left, right, bottom and top on odd and even pages as they are laid out; the body's size."""
        if self.vertical:
            along = self.top, self.height - self.bottom
            odd = (*along, self.outer, self.width - self.inner)
            even = (*along, self.inner, self.width - self.outer)
        else:
            down = self.bottom, self.height - self.top
            odd = (self.inner, self.width - self.outer, *down)
            even = (self.outer, self.width - self.inner, *down)
        return {
            "odd": [round(side, 2) for side in odd],
            "even": [round(side, 2) for side in even],
            "body": self.body,
        }


def lay_out(area: TypeArea, writing: Writing = "horizontal") -> PageLayout:
    """Place a type area on its trim.

    Raises:
        SourceError: it does not fit, with least margins, in width or in height.
    """
    vertical = is_vertical(writing)
    findings = tuple(_misfits(area, vertical=vertical))
    if findings:
        raise SourceError(*findings)
    width, height = area.width * POINTS_PER_MM, area.height * POINTS_PER_MM
    line = area.body_pt * area.leading
    along, through = area.measure * area.body_pt, area.lines * line
    across = width - (through if vertical else along) - _SLACK_PT
    down = height - (along if vertical else through) - _SLACK_PT
    inner = _first_side(across, area.inner_share, LEAST_INNER, LEAST_OUTER)
    top = _first_side(down, area.top_share, LEAST_TOP, LEAST_BOTTOM)
    return PageLayout(
        width, height, inner, across - inner, top, down - top,
        area.body_pt, line, area.lines, area.measure, vertical,
    )  # fmt: skip


def _first_side(white: float, share: float, least: float, least_other: float) -> float:
    """What of the white of two sides goes to the first, in points; the least margins are in millimetres."""
    first = min(white * share, white - least_other * POINTS_PER_MM)
    return max(first, least * POINTS_PER_MM)


def _misfits(area: TypeArea, *, vertical: bool) -> Iterator[Finding]:
    along = (
        wording("{measure} 字 of {body_pt:g} pt", measure=area.measure, body_pt=area.body_pt),
        "measure",
        area.measure,
        area.body_pt,
    )
    word = wording("columns") if vertical else wording("lines")
    through = (
        wording(
            "{lines} {word} of {body_pt:g} pt × {leading:g}",
            lines=area.lines,
            word=word,
            body_pt=area.body_pt,
            leading=area.leading,
        ),
        "lines",
        area.lines,
        area.body_pt * area.leading,
    )
    wide, high = (through, along) if vertical else (along, through)
    sides = (
        (*wide, wording("wide"), area.width, LEAST_INNER + LEAST_OUTER),
        (*high, wording("high"), area.height, LEAST_TOP + LEAST_BOTTOM),
    )
    for counted, key, count, step, way, trim, least in sides:
        size, room = count * step / POINTS_PER_MM, trim - least
        if size + _SLACK_PT / POINTS_PER_MM <= room:
            continue
        message = wording(
            "The type area of {counted} is {size:.1f} mm {way}; a page {trim:g} mm {way} has "
            "room for {room:.1f} mm beside its least margins.",
            counted=counted,
            size=size,
            way=way,
            trim=trim,
            room=max(room, 0.0),
        )
        most = int(room * POINTS_PER_MM / step)
        advice = (
            wording("Set `{key}` to at most {most}, or", key=key, most=most)
            if most > 0
            else wording("Choose")
        )
        yield Finding(
            Place("book/book.toml"),
            "type-area",
            message,
            wording("{advice} a smaller body or a larger trim, in [print].", advice=advice),
        )


def page_css(layout: PageLayout, profile: FontProfile, openings: Openings = "recto") -> str:
    """What a theme's print styles stand on: the page boxes, and custom properties.

    ``--body``, ``--line`` and ``--measure`` (lengths), ``--inner``, ``--outer``,
    ``--top``, ``--bottom`` (margins), ``--picture`` (the height that leaves a picture room for its
    caption), ``--opening`` (what a chapter breaks to), ``--page`` (the type area's height), and ``--serif``, ``--kai``,
    ``--sans``, ``--mono`` (font stacks).
    """
    page = layout
    width, height = (page.height, page.width) if page.vertical else (page.width, page.height)
    odd, even = (
        (page.top, page.outer, page.bottom, page.inner),
        (page.top, page.inner, page.bottom, page.outer),
    )
    if page.vertical:
        # The head of the page that is read is at the left; an odd page is bound at what is its top.
        odd, even = (
            (page.inner, page.bottom, page.outer, page.top),
            (page.outer, page.bottom, page.inner, page.top),
        )
    # A page that lies on its side has its head at the left of the page that is read.
    aside = (
        ""
        if page.vertical
        else f"""@page turned {{ size: {height:.3f}pt {width:.3f}pt }}
@page turned:right {{ margin: {_sides((page.inner, page.top, page.outer, page.bottom))} }}
@page turned:left {{ margin: {_sides((page.outer, page.top, page.inner, page.bottom))} }}
"""
    )
    stack = profile.columns if page.vertical else profile.stack
    # The fonts of columns are loaded by a sheet of their own: which are needed, the text says.
    loaded = "" if page.vertical else font_faces(profile, BASE)
    letters = ""
    if profile.fallbacks or profile.missing:
        # What makes their fonts is loaded for them only.
        from keben.typeset.fonts.letters import letter_rules

        letters = letter_rules(profile, BASE, vertical=page.vertical)
    stacks = "\n".join(f"  --{role}: {css_families(stack(role))};" for role in ROLES)
    return f"""@page {{ size: {width:.3f}pt {height:.3f}pt }}
@page :right {{ margin: {_sides(odd)} }}
@page :left {{ margin: {_sides(even)} }}
{aside}:root {{
  --body: {page.body:g}pt;
  --line: {page.line:.4f}pt;
  --measure: {page.measure * page.body:g}pt;
  --page: {page.extent:.3f}pt;
  --opening: {"right" if openings == "recto" else "page"};
  --inner: {page.inner:.3f}pt;
  --outer: {page.outer:.3f}pt;
  --top: {page.top:.3f}pt;
  --bottom: {page.bottom:.3f}pt;
  --picture: {max(page.lines - 4, 4) * page.line:.3f}pt;
{stacks}
}}
html {{ font-family: var(--serif); font-size: {page.body:g}pt; line-height: {page.line:.4f}pt }}
body {{ margin: 0 }}
{WORKINGS}{text_rules(profile)}{loaded}{latin_rules(profile, BASE)}{letters}"""


def _sides(margins: tuple[float, ...]) -> str:
    return " ".join(f"{margin:.3f}pt" for margin in margins)


def css_families(names: tuple[str, ...]) -> str:
    """Font families as CSS writes them."""
    return ", ".join('"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' for name in names)
