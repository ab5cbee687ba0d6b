"""check: artifacts → findings.

`completeness` compares the text of an artifact with the documents that it was made from; `epubcheck` runs the W3C's
validator.
"""

from keben.check.completeness import check_completeness
from keben.check.epubcheck import check_epubs

__all__ = ["check_completeness", "check_epubs"]
