"""The style sheets of a book's pages: the theme's, and Keben's own between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.core.composition import Composition
from keben.core.errors import Finding
from keben.core.pressing import Press
from keben.core.values import dataclass
from keben.typeset.counted import counted_css
from keben.typeset.families import declared_families, unknown_families, with_stacks
from keben.typeset.folios import folios_of
from keben.typeset.fonts import FontProfile, installed
from keben.typeset.fonts.tables import ROLES
from keben.typeset.page import PageLayout, css_families, page_css


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet and the path that messages about it name."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PageSheets:
    """The sheets of a book's pages, as the theme has them: without the fonts that set the book."""

    base: tuple[StyleSheet, ...]
    """What the theme says of text anywhere; empty where it says nothing."""
    own: StyleSheet
    """Keben's: the page's measures and the book's fonts."""
    theme: tuple[StyleSheet, ...]
    """What the theme says of pages, and a press asks of them: it is above Keben's own."""

    def set_in(self, profile: FontProfile, *, vertical: bool) -> tuple[StyleSheet, ...]:
        """All sheets in their order, with the families of a book's fonts in place of ``var(--serif)`` and others."""
        named = profile.columns if vertical else profile.stack

        def with_fonts(sheet: StyleSheet) -> StyleSheet:
            return replace(sheet, text=with_stacks(sheet.text, lambda role: css_families(named(role))))

        return (*map(with_fonts, self.base), self.own, *map(with_fonts, self.theme))

    def unknown_families(self, profile: FontProfile) -> Iterator[Finding]:
        """Warnings of families in the theme's sheets that are neither installed nor among the book's files."""
        known = {family.casefold() for face in installed() for family in face.families}
        known |= {
            name.casefold() for role in ROLES for name in (*profile.stack(role), *profile.columns(role))
        }
        known |= declared_families([sheet.text for sheet in self.theme])
        for sheet in self.theme:
            yield from unknown_families(sheet.text, sheet.path, known)


def page_sheets(
    composition: Composition, layout: PageLayout, profile: FontProfile, press: Press | None = None
) -> PageSheets:
    """The sheets of a book's pages; with their bleed around them for a press."""
    css = page_css(layout, profile, composition.edition.area.openings)
    # The text begins with page 1, which is a right one.
    folios = folios_of(composition)
    begins = f'[id="{folios.text}"] {{ break-before: right !important }}\n' if folios else ""
    own = StyleSheet("the page's own styles", css + counted_css(composition) + begins)
    names = ["print.css"]
    if layout.vertical:
        names.append("print-vertical.css")
    if press is None:
        return PageSheets(_of_theme(composition, ["base.css"]), own, _of_theme(composition, names))
    names.append("press.css")
    bleed = StyleSheet("the press's own styles", f"@page {{ bleed: {press.bleed:g}mm }}")
    return PageSheets(_of_theme(composition, ["base.css"]), own, (*_of_theme(composition, names), bleed))


def _of_theme(composition: Composition, names: Sequence[str]) -> tuple[StyleSheet, ...]:
    """Those of the theme's sheets that it has."""
    styles = composition.styles
    return tuple(StyleSheet(f"styles/{name}", styles[name]) for name in names if name in styles)
