"""check: artifacts → findings.

Comes in: artifacts, and the compositions that they were made of.
Goes out: findings, and figures of lines.
Touches: files and Java in `epubcheck` alone.

`sourceproof` compares an edition's documents with the chapters that they are made from, `completeness` an artifact with
the documents; `epubcheck` runs the W3C's validator; `lines` measures how well a PDF's lines are set, `holes` how full
its pages are; `press` looks at what a printer gets.
"""

from keben.check.completeness import check_tagged, check_untagged
from keben.check.docxproof import check_docx
from keben.check.epubcheck import check_epubs
from keben.check.epubproof import check_epub
from keben.check.extent import count_characters
from keben.check.holes import HoleReport, measure_holes
from keben.check.linefindings import line_findings
from keben.check.lines import LineReport, measure_lines
from keben.check.press import check_press
from keben.check.sourceproof import check_source

__all__ = [
    "HoleReport",
    "LineReport",
    "check_docx",
    "check_epub",
    "check_epubs",
    "check_press",
    "check_source",
    "check_tagged",
    "check_untagged",
    "count_characters",
    "line_findings",
    "measure_holes",
    "measure_lines",
]
