"""convert: a composition → the same composition in its edition's script.

Comes in: a `Composition` in the source's script, and what editors decided.
Goes out: a `Conversion`: the same in the edition's script, with doubts and the record if asked.
Touches: OpenCC's dictionaries and the word list, which it reads once per process, if there is something to convert; the
store, if it is given one, in which it keeps each converted document.

1. The edition's languages and vocabulary decide the OpenCC configurations (`plan`, `engine`, `dictionaries`).
2. Each document's texts are gathered into runs, over inline markup (`runs`). Variants in them are removed
   (`carried`), and what these, decisions and the glossary settle is locked (`settled`).
3. A run is converted as a whole (`passages`), with ambiguous clauses segmented by likelihood
   (`context`, `lattice`), and cut where the markup was (`offsets`).
4. Quotation marks (`quotes`) and dots (`dots`) follow the edition.
5. Titles and metadata are converted too; what an edition overrides, names of persons (`credits`) and the theme's own
   words do not change.
6. For a review, every doubtful place is returned beside the documents (`examine`, `overreach`, `doubts`).
"""

from collections.abc import Iterable
from dataclasses import replace

from keben.core.composition import Composition, Conversion, Document
from keben.core.edition import Edition
from keben.core.editorial.values import Converted, Doubt, Editorial
from keben.core.markup import Element, serialize
from keben.core.metadata import Metadata, is_uri
from keben.core.store import NO_STORE, Bundle, Store
from keben.core.variants import plain
from keben.script.credits import SETTINGS, settle_credits
from keben.script.documents import DocumentConversion, convert_document
from keben.script.editions import EditionConverter, Withheld, first_withheld

__all__ = ["convert", "has_documents"]

_NOTHING = Editorial()
_GENERATED = frozenset(("contents", "cover", "front", "half-title", "screen", "titlepage"))
"""Documents that only repeat what is said elsewhere: their doubts would all be reported twice."""


def convert(
    composition: Composition,
    editorial: Editorial = _NOTHING,
    *,
    review: bool = False,
    store: Store = NO_STORE,
) -> Conversion:
    """Convert every document of a composition, its metadata and its words; with ``review``, also find its doubts.

    ``store`` keeps documents from one build to the next, if no doubts are asked for.

    Raises:
        BuildError: OpenCC and our reading of its dictionaries disagree.
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    named = settle_credits(replace(composition.edition, metadata=composition.metadata), editorial, store)
    edition = named.edition
    converter = EditionConverter.of(edition, editorial, review=review, store=store)
    metadata, from_metadata = _metadata(edition.metadata, converter)
    kept = _bundle(edition, store if not review else NO_STORE)
    common = store.key("documents", edition, editorial)
    results = [
        _convert(document, converter, metadata.title, kept, common) for document in composition.documents
    ]
    kept.close()
    of_the_book = convert_document(_said_of_the_book(composition.metadata), converter)
    reviewed = [*(result for result in results if result.document.kind not in _GENERATED), of_the_book]
    doubts: tuple[Doubt, ...] = ()
    if review:
        from keben.script.doubts import find_doubts

        found = find_doubts([each for result in reviewed for each in result.paragraphs], converter)
        doubts = (*named.doubts, *found)
    words = {name: converter.text(word) for name, word in composition.words.items()}
    return Conversion(
        replace(
            composition,
            edition=replace(edition, metadata=metadata),
            metadata=metadata,
            documents=tuple(result.document for result in results),
            words={name: word for name, (word, _) in words.items()},
        ),
        tuple(finding for result in results for finding in result.findings),
        doubts,
        tuple(_once(converted for result in reviewed for converted in result.record)),
        frozenset(place for result in (*results, *reviewed) for place in result.used) | named.used,
        first_withheld(
            (
                from_metadata,
                *(result.withheld for result in (*results, of_the_book)),
                *(kept for _, kept in words.values()),
            )
        ),
    )


def has_documents(edition: Edition, store: Store) -> bool:
    """Whether a store has documents of an edition, from an earlier build."""
    return not _bundle(edition, store).is_empty


def _bundle(edition: Edition, store: Store) -> Bundle:
    return Bundle(store, "document", edition.name, edition.metadata.identifier)


def _convert(
    document: Document, converter: EditionConverter, title: str, kept: Bundle, common: str
) -> DocumentConversion:
    """A document converted, now or in an earlier build; a title page has the ``title`` that the book has."""
    said = serialize(document.root, lines=True)
    key = kept.key(common, document.name, document.kind, document.title, document.path, said)
    result = kept.get(key)
    if not isinstance(result, DocumentConversion):
        result = convert_document(document, converter)
        kept.put(key, result)
    if document.kind == "titlepage":
        return replace(result, document=replace(result.document, title=title))
    return result


def _said_of_the_book(metadata: Metadata) -> Document:
    """What `_metadata` converts, as a document, for the record and the review."""
    values = {
        "title": (metadata.title,),
        "subtitle": (metadata.subtitle,),
        "rights": (metadata.rights,),
        "description": (metadata.description,),
        "subjects": metadata.subjects,
        "series": tuple(each.title for each in metadata.series),
        "source": tuple(each for each in metadata.source if not is_uri(each)),
        "accessibility_summary": (metadata.claims.summary,),
    }
    texts = [text for name, several in values.items() if name not in metadata.own for text in several]
    root = Element("section", {}, tuple(Element("p", {}, (text,)) for text in texts))
    return Document("metadata", "colophon", "", root, SETTINGS)


def _once(record: Iterable[Converted]) -> list[Converted]:
    """A record without what the theme prints twice."""
    return list(dict.fromkeys(record))


def _metadata(metadata: Metadata, converter: EditionConverter) -> tuple[Metadata, Withheld]:
    """Metadata in the edition's script, and what was withheld from it."""

    def said(name: str, value: str) -> tuple[str, Withheld]:
        if name in metadata.own:
            return plain(value, converter.edition.language), {}
        return converter.text(value, SETTINGS)

    withheld: list[Withheld] = []

    def settled(name: str, value: str) -> str:
        text, kept = said(name, value)
        withheld.append(kept)
        return text

    converted = replace(
        metadata,
        title=settled("title", metadata.title),
        subtitle=settled("subtitle", metadata.subtitle),
        rights=settled("rights", metadata.rights),
        description=settled("description", metadata.description),
        subjects=tuple(settled("subjects", each) for each in metadata.subjects),
        series=tuple(replace(each, title=settled("series", each.title)) for each in metadata.series),
        source=tuple(each if is_uri(each) else settled("source", each) for each in metadata.source),
        claims=replace(metadata.claims, summary=settled("accessibility_summary", metadata.claims.summary)),
    )
    return converted, first_withheld(withheld)
