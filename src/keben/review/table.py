"""The review as a table, for a spreadsheet or a script."""

from keben.core.editorial.cells import escape
from keben.review.values import Reviewed

COLUMNS = (
    "rank",
    "kind",
    "phrase",
    "output",
    "candidates",
    "before",
    "after",
    "output_before",
    "output_after",
    "place",
    "reason",
    "new",
)


def render_tsv(reviewed: Reviewed) -> str:
    """One row a doubtful place, in the order of the book, below a header; candidates are divided by ``|``.

    Tabs, line breaks and backslashes are escaped as in ``decisions.tsv``.
    """
    rows = [COLUMNS]
    rows += [
        (
            str(doubt.rank),
            doubt.kind,
            doubt.phrase,
            doubt.output,
            "|".join(doubt.candidates),
            doubt.before,
            doubt.after,
            doubt.output_before,
            doubt.output_after,
            f"{doubt.place.path}:{doubt.place.line}" if doubt.place.line else doubt.place.path,
            doubt.reason,
            "yes" if doubt.is_new else "no",
        )
        for doubt in reviewed.doubts
    ]
    return "".join("\t".join(map(escape, row)) + "\n" for row in rows)
