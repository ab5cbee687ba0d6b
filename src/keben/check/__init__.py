"""check: artifacts → findings.

Comes in: artifacts, and the compositions that they were made from.
Goes out: findings, and figures of lines.
Touches: files and Java, only in `epubcheck`.

`sourceproof` compares an edition's documents with the chapters that they are made from, `completeness` an artifact with
the documents; `epubcheck` runs the W3C's validator; `lines` measures how well a PDF's lines are set, `holes` how full
its pages are; `press` examines a printer's files; `stores` checks an EPUB against the rules of stores.

A check is loaded when it is first used: loading those for PDFs and Word documents takes as long as many a check.
"""

from typing import TYPE_CHECKING

from keben.core.loading import loaded_later

if TYPE_CHECKING:
    from keben.check.completeness import check_tagged, check_untagged, look_ahead
    from keben.check.docxproof import check_docx
    from keben.check.epubcheck import check_epubs
    from keben.check.epubproof import broken_references, check_epub
    from keben.check.extent import count_characters
    from keben.check.holes import HoleReport, measure_holes
    from keben.check.linefindings import line_findings
    from keben.check.lines import LineReport, measure_lines
    from keben.check.onixproof import check_onix
    from keben.check.pagestarts import page_starts
    from keben.check.press import check_press
    from keben.check.sourceproof import check_source
    from keben.check.stores import StoreReport, check_stores, look_for_store

__all__ = [
    "HoleReport",
    "LineReport",
    "StoreReport",
    "broken_references",
    "check_docx",
    "check_epub",
    "check_epubs",
    "check_onix",
    "check_press",
    "check_source",
    "check_stores",
    "check_tagged",
    "check_untagged",
    "count_characters",
    "line_findings",
    "look_ahead",
    "look_for_store",
    "measure_holes",
    "measure_lines",
    "page_starts",
]

_HOMES = {
    "HoleReport": "holes",
    "LineReport": "lines",
    "StoreReport": "stores",
    "broken_references": "epubproof",
    "check_docx": "docxproof",
    "check_epub": "epubproof",
    "check_epubs": "epubcheck",
    "check_onix": "onixproof",
    "check_press": "press",
    "check_source": "sourceproof",
    "check_stores": "stores",
    "check_tagged": "completeness",
    "check_untagged": "completeness",
    "count_characters": "extent",
    "line_findings": "linefindings",
    "look_ahead": "completeness",
    "look_for_store": "stores",
    "measure_holes": "holes",
    "measure_lines": "lines",
    "page_starts": "pagestarts",
}

__getattr__ = loaded_later(__name__, _HOMES)
