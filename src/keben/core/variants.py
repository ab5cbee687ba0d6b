"""Inline variants, in MediaWiki's notation: forms that the text itself states for each edition.

    -{余华}-                                    kept as it is in every edition
    -{zh-hans:软件;zh-tw:軟體;zh-hk:軟件}-       a form for each edition, with fallbacks
    -{H|zh-hans:圆珠笔;zh-tw:原子筆}-            a rule from here to the end of the chapter, shown nowhere
    -{H|圆珠笔=>zh-tw:原子筆}-                   the same, for a source whose own script needs no form

The notation: https://www.mediawiki.org/wiki/Writing_systems/Syntax. Of its flags Keben knows H, and R for text that is
kept although it looks like something else.

Between the stages a variant is text among text: `OPEN`, its fields, `CLOSE`, all of them noncharacters of Unicode,
which no book can hold (Unicode 16, 23.7). So a tree carries it wherever it carries text.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import Literal, cast

from keben.core.errors import Finding, Place, Severity
from keben.core.language import VARIANTS, fallbacks, script, variant
from keben.core.patterns import later
from keben.core.saying import series, wording
from keben.core.values import dataclass

OPEN = "\ufdd2"
CLOSE = "\ufdd3"
_FIELD = "\ufdd4"
"""Stands between the fields of a carried variant."""

Kind = Literal["keep", "choose", "rule"]

_FORGED = re.compile(f"[{OPEN}{CLOSE}{_FIELD}]")
_CARRIED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_BEGIN = re.compile(r"\\?-\{")
_EDGE = re.compile(r"-\{|\}-")
_FLAG = re.compile(r"\s*([A-Za-z;+_-]+)\s*\|")
_TAG = later(r"\s*(zh(?:[-_][A-Za-z0-9_-]*)?)\s*([:：])", re.IGNORECASE)
"""What looks like a tag before its form; a full-width colon is a slip of an input method."""
_TERM = later(r"\s*(.*?)\s*=>(?=\s*zh[A-Za-z0-9_-]*\s*[:：])", re.DOTALL | re.IGNORECASE)
_WIDE_FLAG = re.compile(r"\s*[A-Za-z+-]\s*｜")
_WIDE_SEPARATOR = later(r"；\s*zh[A-Za-z0-9_-]*\s*[:：]", re.IGNORECASE)
_LONGEST = 40
_DEEPEST = 40
"""Deeper than this nobody closes what was opened; a text of nothing but ``-{`` is not looked through for each."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What one ``-{…}-`` says."""

    kind: Kind
    forms: Mapping[str, str] = field(default_factory=dict)
    """By what `keben.core.language.variant` gives (``zh-Hans``, ``zh-Hant-TW``, …); empty for what is kept."""
    text: str = ""
    """What is kept; the term that a rule looks for, in the source's script; the form for the source's language."""

    def form(self, language: str) -> str | None:
        """What stands in an edition of a canonical tag, by `fallbacks`; None: the variant says nothing of it."""
        if self.kind == "keep":
            return self.text
        return next((self.forms[tag] for tag in fallbacks(language) if tag in self.forms), None)


class VariantError(ValueError):
    """A variant that cannot be read: what is wrong, what to do, and where in the text, from 0."""

    def __init__(self, message: str, advice: str, offset: int = 0, severity: Severity = "error") -> None:
        super().__init__(message)
        self.severity: Severity = severity
        self.message = message
        self.advice = advice
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as it was written: plain, a variant, or one that cannot be read."""

    text: str
    """As it is printed if it is no variant: ``\\-{`` is ``-{``, and what cannot be read stands as it is written."""
    offset: int
    variant: Variant | None = None
    error: VariantError | None = None


def read_variant(notation: str, source_language: str) -> Variant:
    """Read what stands between ``-{`` and ``}-``; ``source_language`` is a canonical tag.

    Raises:
        VariantError: it cannot be read, or leaves out what the book's own script says.
    """
    if match := _FORGED.search(notation):
        raise _forged(match)
    if (inner := notation.find("-{")) >= 0:
        raise VariantError(
            wording("A variant cannot hold another one."), wording("Close the first one before it."), inner
        )
    flag = _FLAG.match(notation)
    body = notation[flag.end() :] if flag else notation
    if not body.strip():
        raise VariantError(wording("This variant is empty."), wording("Write its text, or take it out."))
    start = flag.end() if flag else 0
    if flag is None and _WIDE_FLAG.match(notation):
        raise VariantError(wording("A flag ends with “|”, not with “｜”."), wording("Write the ASCII sign."))
    if flag is None:
        return _read_forms(body, start, source_language)
    if flag[1] == "R":
        return Variant("keep", text=body)
    if flag[1] == "H":
        return _read_rule(body, start, source_language)
    advice = wording(
        "Write H| for a rule, R| for text that stays as it is, and nothing before a text or its tags."
    )
    raise VariantError(
        wording("Keben knows no flag “{flag}” of a variant.", flag=flag[1]), advice, flag.start(1)
    )


def scan(text: str, source_language: str, *, rules: bool = True) -> Iterator[Piece]:
    """A text as it was written, piece by piece; without ``rules`` a rule is an error."""
    position = 0
    while match := _BEGIN.search(text, position):
        if match.start() > position:
            yield Piece(text[position : match.start()], position)
        start, position = match.start(), match.end()
        if match[0] != "-{":
            yield Piece("-{", start)
            continue
        end = end_of(text, start)
        if end < 0:
            error = unclosed(text[start + 2 : start + 2 + _LONGEST], start)
            yield Piece("-{", start, error=error)
            continue
        position = end
        written = text[start:end]
        try:
            found = read_variant(written[2:-2], source_language)
            if found.kind == "rule" and not rules:
                raise VariantError(
                    wording("A rule cannot stand here."), wording("Write it in the text of a chapter."), -2
                )
        except VariantError as problem:
            problem.offset += start + 2
            yield Piece(written, start, error=problem)
        else:
            yield Piece(written, start, variant=found)
    if position < len(text):
        yield Piece(text[position:], position)


def unclosed(rest: str, offset: int) -> VariantError:
    """What is wrong with ``-{`` that is never closed, by the text behind it.

    Where no flag and no tag follows it is no variant that somebody forgot to close: other tools' templates have these
    signs too.
    """
    advice = wording("Close it with “}-”; write “\\-{” for the signs themselves.")
    if _FLAG.match(rest) or _TAG.match(rest):
        return VariantError(wording("This variant is never closed."), advice, offset)
    message = wording("“-{” begins no variant, as none is closed here: it is printed as it is written.")
    return VariantError(message, advice, offset, "warning")


def end_of(text: str, start: int, limit: int | None = None) -> int:
    """Where the variant ends that begins at ``start``, behind its ``}-``; -1 if it is never closed."""
    depth = 0
    for match in _EDGE.finditer(text, start, len(text) if limit is None else limit):
        depth += 1 if match[0] == "-{" else -1
        if depth == 0:
            return match.end()
        if depth > _DEEPEST:
            break
    return -1


def carry(text: str, source_language: str, *, rules: bool = False) -> tuple[str, tuple[VariantError, ...]]:
    """A text with its variants as they are carried, and what is wrong in it; nothing of it is lost."""
    errors = [_forged(match) for match in _FORGED.finditer(text)]
    parts: list[str] = []
    for piece in scan(_FORGED.sub("", text), source_language, rules=rules):
        parts.append(enclose(piece.variant) if piece.variant else piece.text)
        if piece.error:
            errors.append(piece.error)
    return "".join(parts), tuple(errors)


def carry_value(text: str, source_language: str, place: Place) -> tuple[str, tuple[Finding, ...]]:
    """As `carry`, for a value that stands at a place by itself, with what is wrong in it as findings there."""
    carried, errors = carry(text, source_language)
    return carried, tuple(
        Finding(place, "variant", error.message, error.advice, error.severity) for error in errors
    )


def enclose(variant: Variant) -> str:
    """A variant as a text carries it."""
    fields = [variant.kind, variant.text, *(part for form in variant.forms.items() for part in form)]
    return f"{OPEN}{_FIELD.join(fields)}{CLOSE}"


def split(text: str) -> Iterator[str | Variant]:
    """The plain pieces and the variants of a carried text, in order. What no `enclose` made is plain."""
    position = 0
    for match in _CARRIED.finditer(text):
        kind, *fields = match[1].split(_FIELD)
        if kind not in ("keep", "choose", "rule") or len(fields) % 2 == 0:
            continue
        if match.start() > position:
            yield text[position : match.start()]
        position = match.end()
        forms = dict(zip(fields[1::2], fields[2::2], strict=True))
        yield Variant(cast("Kind", kind), forms, fields[0])
    if position < len(text):
        yield text[position:]


def plain(text: str, language: str) -> str:
    """A carried text as an edition of a canonical tag prints it, without converting: forms chosen, rules dropped.

    Where a variant has no form for it, that of the source stands.
    """
    if OPEN not in text:
        return text
    return "".join(piece if isinstance(piece, str) else _printed(piece, language) for piece in split(text))


def own(text: str) -> str:
    """A carried text as the source's own language says it."""
    return "".join(
        piece if isinstance(piece, str) else "" if piece.kind == "rule" else piece.text
        for piece in split(text)
    )


def prints(text: str) -> bool:
    """Whether any edition prints something of a carried text but white space."""
    return any(
        bool(piece.strip())
        if isinstance(piece, str)
        else piece.kind != "rule" and any(form.strip() for form in (piece.text, *piece.forms.values()))
        for piece in split(text)
    )


def without_rules(text: str) -> str:
    """A carried text without its rules: what a copy of it may hold, in a place that they are not meant for."""
    if OPEN not in text:
        return text
    return "".join(
        piece if isinstance(piece, str) else "" if piece.kind == "rule" else enclose(piece)
        for piece in split(text)
    )


def _printed(variant: Variant, language: str) -> str:
    if variant.kind == "rule":
        return ""
    form = variant.form(language)
    return variant.text if form is None else form


def _read_forms(body: str, start: int, source_language: str) -> Variant:
    parts = list(_parts(body, start))
    if not any(_TAG.match(part) for part, _ in parts):
        if _TERM.match(body):
            raise VariantError(
                wording("This rule has no flag."),
                wording("Begin it with “H|”, or keep it as text with “R|”."),
            )
        return Variant("keep", text=body)
    forms: dict[str, str] = {}
    for part, offset in parts:
        forms |= _form(part, offset, forms)
    if not any(forms.values()):
        raise VariantError(
            wording("This variant prints nothing in any edition."), wording("Write a form, or take it out.")
        )
    found = Variant("choose", forms)
    text = found.form(source_language)
    if text is None:
        raise _no_own_form(source_language, "")
    return Variant("choose", forms, text)


def _read_rule(body: str, start: int, source_language: str) -> Variant:
    first = _TERM.match(body.partition(";")[0])
    term = first[1] if first and not _TAG.match(body) else ""
    forms: dict[str, str] = {}
    for part, offset in _parts(body, start):
        again = _TERM.match(part) if term else None
        skipped = again.end() if again and again[1] == term else 0
        forms |= _form(part[skipped:], offset + skipped, forms)
    if empty := next((tag for tag, form in forms.items() if not form), None):
        message = wording("This rule has no text for {empty}.", empty=empty)
        raise VariantError(message, wording("Write it after the colon, or take the tag out."))
    if not term:
        term = Variant("rule", forms).form(source_language) or ""
    if not term:
        raise _no_own_form(source_language, wording(", or begin with the term and “=>”"))
    return Variant("rule", forms, term)


def _parts(body: str, start: int) -> Iterator[tuple[str, int]]:
    """The parts between semicolons that are not empty, with their offsets in the notation."""
    for part in body.split(";"):
        if part.strip():
            yield part, start
        start += len(part) + 1


def _form(part: str, offset: int, before: Collection[str]) -> dict[str, str]:
    """A form by its tag; ``before`` are the tags of those before it.

    Raises:
        VariantError: it cannot be read, or its tag has a form already.
    """
    offset += len(part) - len(part.lstrip())
    part = part.strip()
    match = _TAG.match(part)
    if match is None:
        message = wording("“{part}” stands behind no tag.", part=_shown(part))
        advice = wording("Write “zh-tw:” or another tag before it; a form cannot hold a “;”.")
        raise VariantError(message, advice, offset)
    tag = variant(match[1])
    if tag is None:
        near = difflib.get_close_matches(match[1].lower(), VARIANTS, n=1, cutoff=0.5)
        advice = (
            wording("Did you mean “{near}”?", near=near[0])
            if near
            else wording("Use one of {variants}.", variants=series(VARIANTS))
        )
        raise VariantError(wording("“{match}” is not a tag of a variant.", match=match[1]), advice, offset)
    if match[2] != ":":
        message = wording("A colon in full width stands behind “{match}”.", match=match[1])
        raise VariantError(message, wording("Write “:”."), offset + match.start(2))
    form = part[match.end() :]
    if wide := _WIDE_SEPARATOR.search(form):
        message = wording("A semicolon in full width stands between two forms.")
        raise VariantError(message, wording("Write “;”."), offset + match.end() + wide.start())
    if tag in before:
        raise VariantError(
            wording("This variant has two forms for {tag}.", tag=tag),
            wording("Take one of them out."),
            offset,
        )
    return {tag: form.strip()}


def _no_own_form(source_language: str, more: str) -> VariantError:
    advice = wording("Add “zh-{script}:…”{more}.", script=script(source_language).lower(), more=more)
    return VariantError(wording("This variant gives no form for the book's own script."), advice)


def _forged(match: re.Match[str]) -> VariantError:
    message = wording("U+{match:04X} is a noncharacter.", match=ord(match[0]))
    return VariantError(message, wording("Take it out."), match.start())


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
