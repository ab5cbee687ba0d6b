"""What an import says of the pages before a document's text."""

from collections.abc import Iterator

from keben.core.saying import wording
from keben.project.importers.frontpages import is_of_copyright_page
from keben.project.importers.office.parting import PartedBook
from keben.project.importers.office.rich import RichParagraph, said
from keben.project.importers.telling import listed

_FEWEST = 2
"""Lines of a copyright page, where a chapter is said to have one."""
_SHOWN = 3


def front_remarks(book: PartedBook) -> Iterator[str]:
    """What was taken from a title page, and where a copyright page is still text."""
    if book.guessed:
        yield wording(
            "From the title page, now in book/book.toml: {lines}.",
            lines=listed(wording("“{text}”", text=text) for text in book.guessed),
        )
    for chapter in book.chapters:
        if chapter.rank != "preface":
            continue
        texts = [said(block.runs) for block in chapter.blocks if isinstance(block, RichParagraph)]
        lines = [text for text in texts if is_of_copyright_page(text)]
        if len(lines) >= _FEWEST:
            yield wording(
                "“{title}” has what stands on a copyright page ({lines}). Keben makes this page: write it into"
                " [book.imprint] in book/book.toml, and delete it in the chapter.",
                title=said(chapter.title),
                lines=listed((wording("“{text}”", text=text) for text in lines), _SHOWN),
            )
