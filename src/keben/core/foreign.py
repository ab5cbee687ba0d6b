"""What libraries say when they fail, as sentences of the catalogues: in English they stay word for word what they are.

Only what people meet is here: XML by expat, zip files, UTF-8, Jinja2's templates, CSS, YAML, pictures, formulas and
diagrams.
"""

import re
from functools import cache

from keben.core.saying import marked, wording

_SAYINGS = (
    # expat
    marked("no element found"),
    marked("undefined entity"),
    marked("not well-formed (invalid token)"),
    marked("unclosed token"),
    marked("unclosed CDATA section"),
    marked("mismatched tag"),
    marked("junk after document element"),
    marked("duplicate attribute"),
    marked("unbound prefix"),
    marked("XML or text declaration not at start of entity"),
    marked("reference to invalid character number"),
    # Texts
    marked("'{codec}' codec can't decode byte {byte} in position {place}: {why}"),
    marked("'{codec}' codec can't decode bytes in position {place}: {why}"),
    marked("invalid start byte"),
    marked("invalid continuation byte"),
    marked("unexpected end of data"),
    # zipfile
    marked("File is not a zip file"),
    marked("Bad CRC-32 for file '{name}'"),
    marked("Truncated file header"),
    marked("Bad magic number for file header"),
    marked("Bad magic number for central directory"),
    marked("File '{name}' is encrypted, password required for extraction"),
    # Jinja2
    marked("Encountered unknown tag '{name}'."),
    marked("Expected an expression, got '{name}'"),
    marked("unexpected end of template, expected '{name}'."),
    marked("unexpected '{name}'"),
    marked("unexpected '{name}', expected '{wanted}'"),
    marked("expected token '{wanted}', got '{name}'"),
    marked("'{owner}' has no attribute '{name}'"),
    marked("'{name}' is undefined"),
    marked("No filter named '{name}'."),
    marked("No test named '{name}'."),
    marked("access to attribute '{name}' of '{owner}' object is unsafe."),
    marked("ZeroDivisionError: division by zero"),
    marked("OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE ({most})."),
    marked(
        "Unexpected end of template. Jinja was looking for the following tags: {wanted}. "
        "The innermost block that needs to be closed is '{name}'."
    ),
    # tinycss2
    marked("EOF reached before {} block for a qualified rule"),
    # libyaml and PyYAML
    marked("mapping values are not allowed in this context"),
    marked("did not find expected ',' or ']'"),
    marked("did not find expected ',' or '}'"),
    marked("did not find expected key"),
    marked("could not find expected ':'"),
    marked("found unexpected end of stream"),
    marked("found character that cannot start any token"),
    marked("found character '{name}' that cannot start any token"),
    # Pillow
    marked("image file is truncated"),
    marked("image file is truncated ({count} bytes not processed)"),
    marked("broken data stream when reading image file"),
    marked("unrecognized data stream contents when reading image file"),
    # Formulas and diagrams
    marked('Expected closing token "{wanted}", but reached end of input'),
    marked('Expected "{wanted}", but found "{name}"'),
    marked('Unmatched closing token: "{name}"'),
    marked("Duplicate subscript or superscript"),
    marked('Unknown command "{name}"'),
    marked('Unknown environment "{name}"'),
    marked('Unknown color "{name}"'),
    marked('Unexpected "{name}"'),
    marked('Found "{name}", which may only appear in a table-like environment'),
    marked('Found "{name}", which may only appear after {wanted}'),
    marked('There must be a parenthesis after "{name}", but not found'),
    marked('Expected length with units, found "{name}"'),
    marked('Expected column specification, found "{name}"'),
    marked("Expected argument but reached end of input"),
    marked("Failed to parse DOT source"),
    marked("No Mermaid diagram type detected"),
)


def foreign(text: object) -> str:
    """What a library says, or an exception of one: a `Wording` of the same English, or the text where none is known."""
    return sentence_among(_SAYINGS, str(text))


def sentence_among(templates: tuple[str, ...], said: str) -> str:
    """A text as a `Wording` of the first of some templates that it fits; the text itself where none does."""
    for template, pattern in _patterns(templates):
        match = pattern.fullmatch(said)
        if match:
            values = {name: sentence_among(templates, value) for name, value in match.groupdict().items()}
            return wording(template, **values)
    return said


@cache
def _patterns(templates: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, re.compile(_pattern(template), re.DOTALL)) for template in templates)


def _pattern(template: str) -> str:
    parts = re.split(r"\{([a-z]+)\}", template)
    named = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return "".join(named)
