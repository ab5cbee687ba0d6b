"""check: artifacts → findings.

`completeness` compares the text of an artifact with the documents that it was made from; `epubcheck` runs the W3C's
validator; `lines` measures how well a PDF's lines are set.
"""

from keben.check.completeness import check_completeness
from keben.check.epubcheck import check_epubs
from keben.check.extent import count_characters
from keben.check.lines import LineReport, measure_lines

__all__ = ["LineReport", "check_completeness", "check_epubs", "count_characters", "measure_lines"]
