"""Which edition a corrected document is of."""

from collections.abc import Sequence
from pathlib import PurePath

from keben.check.docxfile import BrokenDocxError, read_package
from keben.core.edition import Edition
from keben.core.errors import UsageError
from keben.core.saying import series, wording
from keben.review.word.reading import said_of


def edition_of(data: bytes, name: str, editions: Sequence[Edition], asked: str = "") -> Edition:
    """The edition that is asked for, else the one that a document's properties say, else the one in its file's name.

    Raises:
        UsageError: there is no such edition, or nothing says which, or the document cannot be read.
    """
    by_name = {edition.name: edition for edition in editions}
    known = series(by_name)
    if asked:
        if asked not in by_name:
            raise UsageError.at(
                asked,
                "unknown-edition",
                wording("The book has no such edition."),
                wording("It has {known}.", known=known),
            )
        return by_name[asked]
    try:
        said, _ = said_of(read_package(data))
    except BrokenDocxError as error:
        advice = wording("Save it as .docx in Word or LibreOffice.")
        raise UsageError.at(name, "broken-docx", str(error), advice) from None
    if said in by_name:
        return by_name[said]
    stem = PurePath(name).stem
    named = [each for each in editions if stem.startswith(f"{each.metadata.slug}-{each.name}")]
    if named:
        return max(named, key=lambda each: len(each.name))
    if len(editions) == 1:
        return editions[0]
    message = wording("It is not clear which edition this is.")
    raise UsageError.at(name, "unknown-edition", message, wording("Say -e with one of {known}.", known=known))
