"""A text that is no book: from one script to another, as a book's would be."""

from keben.core.edition import Edition, Quotes, Vocabulary
from keben.core.editorial.values import NO_EDITORIAL, Editorial
from keben.core.errors import UsageError
from keben.core.language import CANONICAL, canonical, script
from keben.core.metadata import Metadata
from keben.core.saying import series, wording
from keben.script.editions import EditionConverter


def convert_text(
    text: str,
    language: str,
    source: str = "zh-Hans",
    *,
    vocabulary: Vocabulary = "characters",
    quotes: Quotes | None = None,
    editorial: Editorial = NO_EDITORIAL,
) -> str:
    """Convert a plain text, in its context, as the text of a book is converted.

    Args:
        text: plain text: nothing in it is markup.
        language: what it shall be in: ``zh-Hans``, ``zh-Hant-TW``, ``zh-Hant-HK``, or a tag for one of these.
        source: what it is in.
        vocabulary: ``technical`` (or ``regional``) also puts the region's own words; ``everyday`` only those that the
            region does not share.
        quotes: what quotation marks become; None: those of the script, corners in Traditional.
        editorial: what editors settled.

    Raises:
        UsageError: a language is none that Keben makes books in.
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    to, of = tag(language), tag(source)
    marks: Quotes = quotes or ("corner" if script(to) == "Hant" else "curly")
    edition = Edition("text", to, of, Metadata(""), vocabulary=vocabulary, quotes=marks)
    converted, _ = EditionConverter.of(edition, editorial).text(text)
    return converted


def tag(language: str) -> str:
    """The canonical tag of a language.

    Raises:
        UsageError: it is none that Keben makes books in.
    """
    known_as = canonical(language)
    if known_as is None:
        known = series(dict.fromkeys(CANONICAL.values()))
        raise UsageError.at(
            language,
            "language",
            wording("Keben cannot make books in this language."),
            wording("It has {known}.", known=known),
        )
    return known_as
