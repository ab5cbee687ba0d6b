"""The paragraphs that a build of some sources writes for Word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from keben.build.editions import Project
from keben.core.book import Source
from keben.core.composition import Composition
from keben.core.edition import Edition
from keben.core.errors import Finding, KebenError, errors_in
from keben.core.values import dataclass
from keben.formats import FORMATS
from keben.formats.docx.flow import wordbook_of
from keben.formats.docx.keys import tokens_of
from keben.formats.docx.values import Section, WordParagraph, paragraphs_of
from keben.formats.ready import read_as
from keben.review.word.marks import marks_of
from keben.review.word.values import Own


@dataclass(frozen=True, slots=True)
class Built:
    """What some sources make: paragraphs in order, with those of pages that Keben makes; and what is wrong."""

    paragraphs: tuple[Own, ...]
    errors: frozenset[tuple[str, str]]
    """Path and message of each error."""

    @property
    def written(self) -> tuple[Own, ...]:
        """The paragraphs of chapters."""
        return tuple(each for each in self.paragraphs if each.is_written)


def build_words(project: Project, edition: Edition, texts: Mapping[str, str]) -> Built:
    """The paragraphs of an edition, its sources with other ``texts`` by their paths."""
    from keben.compose import compose
    from keben.markdown import parse
    from keben.script import convert

    sources = tuple(Source(each.path, texts.get(each.path, each.text)) for each in project.manuscript.sources)
    manuscript = replace(project.manuscript, sources=sources)
    book, parsed = parse(manuscript)
    try:
        composition, found = compose(book, manuscript, project.theme_of(edition), edition)
        conversion = convert(composition, manuscript.editorial)
    except KebenError as error:
        return Built((), _messages((*parsed, *error.findings)))
    paragraphs = tuple(_paragraphs(conversion.composition))
    return Built(paragraphs, _messages((*parsed, *found, *conversion.findings)))


def _messages(findings: tuple[Finding, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((each.place.path, each.message) for each in errors_in(findings))


def _paragraphs(composition: Composition) -> Iterator[Own]:
    """Those of all texts, then those of all notes, as the document has them."""
    book = wordbook_of(read_as(composition, FORMATS["docx"]))
    for section in book.sections:
        for block in section.blocks:
            yield from (_own(each, section) for each in paragraphs_of(block) if _says(each))
    for section in book.sections:
        for body in section.notes.values():
            for block in body:
                yield from (_own(each, section, is_note=True) for each in paragraphs_of(block) if _says(each))


def _says(paragraph: WordParagraph) -> bool:
    return bool(tokens_of(paragraph.pieces))


def _own(paragraph: WordParagraph, section: Section, *, is_note: bool = False) -> Own:
    pairs = tokens_of(paragraph.pieces)
    return Own(
        tuple(token for token, _ in pairs),
        tuple(made for _, made in pairs),
        paragraph.key,
        paragraph.style,
        paragraph.numbered,
        section.path,
        paragraph.line,
        is_note,
        section.is_written,
        marks_of(paragraph.pieces),
    )
