"""One document's tree, converted."""

from dataclasses import replace

from keben.errors import Finding, Place
from keben.language import canonical
from keben.markup import Element, transform
from keben.model import Document, Edition
from keben.script.borders import cut
from keben.script.engine import converter, keeps_length
from keben.script.plan import configurations
from keben.script.quotes import set_quotes, set_quotes_alone
from keben.script.runs import collect, rebuild


def convert_text(text: str, edition: Edition) -> str:
    """A text that stands by itself, converted, with its quotation marks set."""
    chain = configurations(edition.source_language, edition.language, edition.vocabulary)
    return set_quotes_alone(converter(chain)(text), edition.quotes)


def convert_document(document: Document, edition: Edition) -> tuple[Document, tuple[Finding, ...]]:
    """A document in the edition's script: the same elements, attributes and number of texts, with other texts."""
    chain = configurations(edition.source_language, edition.language, edition.vocabulary)
    convert, same_length = converter(chain), keeps_length(chain)
    texts = collect(document.root, edition.source_language)
    leaves = list(texts.leaves)
    findings: list[Finding] = []
    for line, run in texts.runs if chain else ():
        borders, offset = [], 0
        for index in run[:-1]:
            offset += len(leaves[index])
            borders.append(offset)
        pieces, moved = cut(
            "".join(leaves[index] for index in run), borders, convert, same_length=same_length
        )
        for index, piece in zip(run, pieces, strict=True):
            leaves[index] = piece
        findings += [_moved(document, line, phrase, convert(phrase)) for phrase in dict.fromkeys(moved)]
    findings += [_unbalanced(document, line) for line in set_quotes(leaves, texts.blocks, edition.quotes)]
    attributes = [value if keep else convert_text(value, edition) for value, keep, _ in texts.attributes]
    root = _with_languages(rebuild(document.root, leaves, attributes), edition)
    return replace(document, root=root, title=convert_text(document.title, edition)), tuple(findings)


def _with_languages(root: Element, edition: Edition) -> Element:
    def rename(node: Element) -> Element:
        names = {
            name for name in ("lang", "xml:lang") if canonical(node.get(name)) == edition.source_language
        }
        return node.with_mapping(dict.fromkeys(names, edition.language)) if names else node

    return transform(root, rename).with_mapping({"lang": edition.language, "xml:lang": edition.language})


def _moved(document: Document, line: int, phrase: str, converted: str) -> Finding:
    message = f"Markup begins or ends inside “{phrase}”, which becomes “{converted}” as a whole."
    advice = "The markup was moved to the phrase's edge; look at it."
    return Finding(Place(document.path, line), "snapped-border", message, advice, "warning")


def _unbalanced(document: Document, line: int) -> Finding:
    message = "The quotation marks here do not pair up."
    advice = "Close what is opened; a quotation over several paragraphs opens in each and closes in the last."
    return Finding(Place(document.path, line), "unbalanced-quotes", message, advice, "warning")
