"""What WeasyPrint logs while it prints, and what each message means for a book.

Only loss is an error: of text, of a picture, of a font, or of what the file promises to readers (ISO 14289-1). The rest
is a warning: the book is whole, and looks otherwise than its styles ask.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from typing import Literal

from keben.core.errors import BuildError, Finding, Place, Severity
from keben.core.saying import marked, wording
from keben.core.sheets import origin
from keben.core.values import dataclass
from keben.typeset.weasy import subsets
from keben.typeset.weasy.reportwords import worded

Meaning = Severity | Literal["none"]

_LOSS = (
    # Text.
    '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)',
    "Content discarded: target points to undefined anchor %r",
    "Unable to compute content: %s",
    "Only strings are allowed for content attr() functions, not %s",
    '"string(%s)" is only allowed in page margins',
    '"element(%s)" is only allowed in page margins',
    "This row has more columns than the table, ignored %d cells",
    'Too many glyphs missing from "%s", expect text selection problems',
    'Unknown bitmap metrics in "%s" for glyph: %s',
    'Unknown subglyph in "%s": %s',
    'Unsupported subglyph in subglyph in "%s": %s',
    'Unsupported bitmap glyph format in "%s": %s',
    # Pictures, and what else comes from a file.
    "Failed to load image at %r: %s",
    "Failed to render SVG image %s",
    "Failed to load inline SVG: %s",
    "Unknown image mode: %s",
    "Relative URI reference without a base URI: %s",
    "Malformed URL: %s",
    "Malformed base URL: %s",
    "Failed to load attachment: %s",
    'Missing href in <link rel="attachment">',
    # Fonts, and style sheets that may name them.
    "Font-face %r cannot be loaded",
    "Missing %s descriptor in '@font-face' rule at %d:%d",
    "Please install HarfBuzz version 13+ with harfbuzz-vector to display %s COLR emoji fonts.",
    'Unable to save emoji font "%s"',
    "Failed to load stylesheet at %s: %s",
    "Failed to load stylesheet at %s : %s",
    "Unsupported stylesheet type %s for %s",
    "Invalid @import rule %r, the whole rule was ignored at %d:%d.",
    "@import rule %r not at the beginning of the the whole rule was ignored at %d:%d.",
    # What PDF/UA asks for.
    'Missing required "lang" attribute at the root of the document',
    'Image "%s" has no required alt description',
    "Unknown rendering option: %s.",
    "Unknown PDF option: %s.",
)

_LOOKS = (
    "Ignored `%s: %s` at %d:%d, %s.",
    "Ignored `%s:%s` at %d:%d, %s.",
    "Ignored `%s:%s` at %d:%d, prefix on this attribute is not supported, use %r instead.",
    "Deprecated `%s:%s` at %d:%d, prefixes on unstable attributes are deprecated, use %r instead.",
    "Error: %s at %d:%d.",
    "Parse error at %d:%d: %s",
    "Unknown empty rule %s at %d:%d",
    "Unknown rule %s at %d:%d",
    "Invalid math function at %d:%d: %s",
    "Invalid media type %r the whole @import rule was ignored at %d:%d.",
    "Invalid media type %r the whole @media rule was ignored at %d:%d.",
    "Expected a media type, got %r",
    "Invalid layer name %r the whole @import rule was ignored at %d:%d.",
    "Unsupported @layer selector %r, the whole @layer rule was ignored at %d:%d.",
    "@layer rule with multiple layer names, the whole @layer rule was ignored at %d:%d.",
    "Unsupported @page selector %r, the whole @page rule was ignored at %d:%d.",
    "Unknown @page rule %s at %d:%d",
    "Empty @page rule %s at %d:%d",
    "Invalid prelude %r for @page rule %s at %d:%d",
    "Invalid color profile name %r, the whole @color-profile rule was ignored at %d:%d.",
    "No source for profile named %r, the whole @color-profile rule was ignored at %d:%d.",
    "Unknown descriptor %r for profile named %r at %d:%d.",
    "Invalid profile file for profile named %r, the whole @color-profile rule was ignored at %d:%d.",
    "Invalid counter style name %r, the whole @counter-style rule was ignored at %d:%d.",
    "In counter style %r at %d:%d, counter style %r needs at least one symbol",
    "In counter style %r at %d:%d, counter style %r needs at least two symbols",
    'In counter style %r at %d:%d, counter style "additive" needs at least two additive symbols',
    "Failed to apply CSS rule in SVG rule: %s",
    "%s unit resolved before first page layout",
    "Unsupported color space %s, use sRGB instead",
    "Subgrids are unsupported",
    "Inline grids are not supported",
    '"auto-fit" and "auto-fill" are unsupported in repeat()',
    "Baseline alignment is not supported for grid layout",
    'Unable to instantiate "%s" variable font',
    "Anchor defined twice: %r",
    "No anchor #%s for internal URI reference",
    subsets.WHOLE,
)

_NOTHING = (
    # `subsets` tries another way, and says by which one the font was cut down.
    'Unable to subset "%s" with HarfBuzz',
    'Unable to subset "%s" with fontTools',
    'Using fontTools instead of HarfBuzz-Subset for font "%s". This will be unsupported in future versions of '
    "WeasyPrint. Please install HarfBuzz-Subset >= 4.1.0 with your package manager.",
    # What Keben does not use, or writes itself.
    "Error when closing stream for %s:\n%s",
    'Invalid date in <meta name="%s"> %r',
    "Invalid {attr_name} date: {string!r}",
)

MEANINGS: Mapping[str, Meaning] = {
    **dict.fromkeys(_LOSS, "error"),
    **dict.fromkeys(_LOOKS, "warning"),
    **dict.fromkeys(_NOTHING, "none"),
    subsets.CUT_OTHERWISE: "notice",
}
"""By WeasyPrint's message, before anything is put into it."""

_SAYS = frozenset(("content", "string-set"))
"""Properties whose value is text: one that is ignored is text that is lost."""

_OWN: Mapping[str, tuple[str, str, str]] = {
    subsets.CUT_OTHERWISE: (
        "font-cut-otherwise",
        marked(
            'HarfBuzz cannot cut down the font "{font}" to the characters of the book; fontTools did. It takes {size}.'
        ),
        wording("It prints the same."),
    ),
    subsets.WHOLE: (
        "whole-font",
        marked(
            'The font "{font}" cannot be cut down to the characters of the book. '
            "All of it is in the file and takes {size}."
        ),
        wording("The PDF is right, and larger than it need be; try HarfBuzz 10.2 or another font."),
    ),
}
"""The code, the template and the advice of messages that are Keben's."""

FONT_CODES = frozenset(code for code, *_ in _OWN.values())
"""Codes of findings of how a font was cut down."""

_AT = re.compile(r"\bat (\d+):(\d+)")


@dataclass(slots=True)
class Log:
    """What was logged, as findings."""

    path: str
    """The artifact's or the style sheet's: what the findings name as their place."""
    code: str = "typesetting"
    sheet: str = ""
    """The style sheet's text."""
    records: list[logging.LogRecord] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each once, in the order that they were logged in."""
        return tuple(dict.fromkeys(self._findings()))

    def _findings(self) -> Iterator[Finding]:
        for record in self.records:
            meaning = _meaning(record)
            if meaning == "none":
                continue
            text = " ".join(record.getMessage().split())
            if record.msg in _OWN:
                code, template, advice = _OWN[record.msg]
                font, size = record.args if isinstance(record.args, tuple) else ("", "")
                yield Finding(
                    Place(self.path), code, wording(template, font=font, size=size), advice, meaning
                )
            else:
                yield self._finding(record, text.rstrip("."), meaning)

    def _finding(self, record: logging.LogRecord, text: str, severity: Severity) -> Finding:
        is_sheet = self.code == "stylesheet"
        at = _AT.search(text) if is_sheet else None
        place = Place(*origin(self.sheet, self.path, int(at[1]), int(at[2]))) if at else Place(self.path)
        advice = wording("Use only what WeasyPrint 70 knows.") if is_sheet else ""
        named = _AT.search(text)
        where = f"{named[1]}:{named[2]}" if named else ""
        if at:
            where = f"{place.line}:{place.column}" if place.column else f"{place.line}"
            text = text.replace(at[0], f"at {where}")
        said = worded(record, where) or text
        return Finding(place, self.code, wording("WeasyPrint reports: {text}.", text=said), advice, severity)


@contextmanager
def heard(path: str, code: str = "typesetting", sheet: str = "") -> Iterator[Log]:
    """Listen to WeasyPrint in the block; gives what was heard. Not for several threads at once.

    Raises:
        BuildError: something was lost, with all that was heard.
    """
    log = Log(path, code, sheet)
    logger, handler = logging.getLogger("weasyprint"), _LogHandler(log.records)
    logger.addHandler(handler)
    try:
        yield log
    finally:
        logger.removeHandler(handler)
    if any(finding.severity == "error" for finding in log.findings):
        raise BuildError(*log.findings)


class _LogHandler(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


def _meaning(record: logging.LogRecord) -> Meaning:
    """What a message means; one that is not known, what WeasyPrint calls it."""
    arguments = record.args if isinstance(record.args, tuple) else ()
    if str(record.msg).startswith("Ignored") and arguments and arguments[0] in _SAYS:
        return "error"
    otherwise: Meaning = "error" if record.levelno >= logging.ERROR else "warning"
    return MEANINGS.get(record.msg, otherwise)
