"""Code divided into words of a few kinds, which a theme's styles show.

Pygments reads some hundred kinds of tokens; a book shows a dozen. What is none of them (names, signs) stays plain. The
text is never changed: where a lexer gives another one back, the block stays plain.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from keben.compose.languages import language_of, lexer

Words: TypeAlias = tuple[tuple[str, str], ...]
"""Pieces of a text in order, each with its kind; the kind of plain text is empty."""

KINDS = (
    "comment", "deleted", "function", "heading", "inserted", "keyword", "name", "number", "output", "prompt", "string",
    "type",
)  # fmt: skip
"""What words can be. The class of each begins with ``code-``."""

LONGEST = 60_000
"""Characters of a block that is looked at; a longer one is data, and stays plain."""

_BY_TOKEN = {
    "Comment": "comment",
    "Comment.Preproc": "keyword",
    "Comment.PreprocFile": "string",
    "Generic.Deleted": "deleted",
    "Generic.Heading": "heading",
    "Generic.Inserted": "inserted",
    "Generic.Output": "output",
    "Generic.Prompt": "prompt",
    "Generic.Subheading": "heading",
    "Generic.Traceback": "output",
    "Keyword": "keyword",
    "Keyword.Type": "type",
    "Literal.Date": "number",
    "Literal.Number": "number",
    "Literal.String": "string",
    "Name.Attribute": "type",
    "Name.Builtin": "function",
    "Name.Builtin.Pseudo": "keyword",
    "Name.Class": "type",
    "Name.Decorator": "name",
    "Name.Exception": "type",
    "Name.Function": "function",
    "Name.Label": "name",
    "Name.Tag": "name",
    "Name.Variable": "name",
    "Operator.Word": "keyword",
}
"""Kinds by Pygments' types of tokens. One that is not here has the kind of the nearest type above it."""


def words_of(text: str, language: str) -> Words:
    """The words of a block of code; one plain word where the language is not known."""
    name = language_of(language, text) if language and text and len(text) <= LONGEST else ""
    return _words(text, name) if name else ((("", text),) if text else ())


@lru_cache(maxsize=4096)
def _words(text: str, name: str) -> Words:
    # Many lexers know a line by its end alone.
    whole = text if text.endswith("\n") else f"{text}\n"
    try:
        found = list(_joined(lexer(name).get_tokens_unprocessed(whole)))
    except Exception:  # noqa: BLE001 - five hundred lexers by as many people: what fails on a text leaves it plain
        found = []
    if "".join(word for _, word in found) != whole:
        return (("", text),)
    kind, last = found.pop()
    last = last if whole == text else last[:-1]
    return (*found, (kind, last)) if last else tuple(found)


def _joined(tokens: Iterator[tuple[int, object, str]]) -> Iterator[tuple[str, str]]:
    """Tokens as words, those of one kind that follow one another in one; white space between two kinds is plain."""
    kind, word, space = "", "", ""
    for _, token, value in tokens:
        if value.isspace():
            space += value
            continue
        own = _kind(token)
        shown = value.rstrip() if own else value
        if word and own == kind:
            word += space + shown
        elif not own:
            yield from ((kind, word),) if word else ()
            kind, word = "", space + shown
        else:
            yield from _ended(kind, word, space)
            kind, word = own, shown
        space = value[len(shown) :]
    yield from _ended(kind, word, space)


def _ended(kind: str, word: str, space: str) -> Iterator[tuple[str, str]]:
    """A word, and the white space behind it."""
    if not kind:
        word, space = word + space, ""
    yield from ((each, piece) for each, piece in ((kind, word), ("", space)) if piece)


@lru_cache(maxsize=512)
def _kind(token: object) -> str:
    name = str(token).removeprefix("Token.")
    while name and name not in _BY_TOKEN:
        name = name.rpartition(".")[0]
    return _BY_TOKEN.get(name, "")
