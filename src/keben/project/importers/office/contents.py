"""The heading of a table of contents that was left out."""

import re
from collections.abc import Sequence

from keben.project.importers.office.rich import Blocks, RichHeading, RichParagraph, said

_HEADING = re.compile(r"(?:目\s*[录錄次]|(?:table of )?contents)[:：]?", re.IGNORECASE)


def without_contents(blocks: Blocks, lines: Sequence[str]) -> tuple[Blocks, tuple[str, ...]]:
    """Blocks without the heading of a table of contents, where there were lines of one; and what it said."""
    found = next((block for block in blocks if lines and _is_heading(block)), None)
    if not isinstance(found, RichParagraph | RichHeading):
        return blocks, ()
    return tuple(block for block in blocks if block is not found), (said(found.runs),)


def _is_heading(block: object) -> bool:
    return isinstance(block, RichParagraph | RichHeading) and bool(_HEADING.fullmatch(said(block.runs)))
