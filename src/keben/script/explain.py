"""How a text is converted, piece by piece, and by which source; and what each source says of a word."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePath

from keben.core.saying import joined, series, wording
from keben.core.values import dataclass
from keben.script.choices import PreparedText
from keben.script.dictionaries import Recipe, dictionary_files, entries, recipe
from keben.script.engine import converter
from keben.script.marks import CHOSEN, JOINT
from keben.script.offsets import Offsets, then
from keben.script.passages import Converter, greedy_segments, prepare, through
from keben.script.regionforms import RegionForms, region_forms
from keben.script.stages import Stage
from keben.script.taiwan import taiwan
from keben.script.words import words

CONFIGURATIONS = ("s2t", "s2tw", "s2twp", "s2hk", "s2hkp", "t2s", "tw2s", "tw2sp", "hk2s", "hk2sp")


@dataclass(frozen=True, slots=True)
class ExplainedPiece:
    """A piece of a text, what it comes out as, and why: nothing where no source knows it."""

    source: str
    output: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What one source says of a word."""

    source: str
    said: str


def explain(using: Converter, text: str) -> tuple[ExplainedPiece, ...]:
    """The pieces of a text in order; together their outputs are the conversion.

    Only the first of a chain of configurations is explained by piece; what the others change is one more reason.
    """
    if not using.configurations:
        return (ExplainedPiece(text, text),)
    chosen = recipe(using.configurations[0], using.rare)
    for stage in chosen.normalization:
        text = stage.apply(text)
    weighs = using.segmentation == "context"
    prepared = prepare(chosen.name, text, using.everyday) if weighs else PreparedText(text, ())
    pieces = list(_pieces(chosen, prepared, text))
    later = converter(using.configurations[1:], using.rare)
    finished = []
    for piece in pieces:
        output = later(piece.output)
        reasons = piece.reasons
        if output != piece.output:
            reasons = (*reasons, f"{', '.join(using.configurations[1:])}: {piece.output} → {output}")
        finished.append(ExplainedPiece(piece.source, output, reasons))
    return tuple(_in_region_forms(finished, region_forms(using.configurations[-1])) if weighs else finished)


def _in_region_forms(pieces: Sequence[ExplainedPiece], forms: RegionForms) -> Iterator[ExplainedPiece]:
    """Pieces with what is changed last; those that a form spans become one piece."""
    printed = "".join(piece.output for piece in pieces)
    changed = forms.apply(printed)
    found = list(forms.matches(printed))
    source, start, end = "", 0, 0
    reasons: tuple[str, ...] = ()
    for piece in pieces:
        source, reasons, end = source + piece.source, (*reasons, *piece.reasons), end + len(piece.output)
        if any(first < end < last for first, last, _ in found):
            continue
        for first, last, form in found:
            if start <= first and last <= end:
                change = f": {printed[first:last]} → {form}"
                reasons = (*reasons, joined(wording("form of the region"), change))
        yield ExplainedPiece(source, changed[start:end], reasons)
        source, reasons, start = "", (), end


def _pieces(chosen: Recipe, prepared: PreparedText, text: str) -> Iterator[ExplainedPiece]:
    """The pieces of a prepared text; ``text`` is it without joints, and with what was chosen as it stood."""
    at = 0
    choices = {each.start: each for each in prepared.choices}
    for part in prepared.text.split(JOINT):
        for segment in greedy_segments(chosen, part):
            plain = ""
            for character in segment:
                choice = choices.get(at)
                if character != CHOSEN:
                    plain += character
                    at += 1
                    continue
                if choice is not None:
                    yield from _plain(chosen, plain)
                    plain = ""
                    reason = joined(_BY[choice.by], ": ", choice.reason)
                    yield ExplainedPiece(text[choice.start : choice.end], choice.target, (reason,))
                at += 1
            yield from _plain(chosen, plain)


_BY = {"counts": wording("counts"), "own": wording("own list"), "around": wording("surrounding text")}


def _plain(chosen: Recipe, segment: str) -> Iterator[ExplainedPiece]:
    """The pieces of a segment that the dictionaries convert: what any of the stages takes as one."""
    for start, end in _taken(chosen.chain, segment):
        piece = segment[start:end]
        yield ExplainedPiece(piece, through(chosen.chain, [piece])[0], tuple(_steps(chosen.chain, piece)))


def _taken(chain: Sequence[Stage], segment: str) -> list[tuple[int, int]]:
    """The smallest spans of a segment that no stage's match goes over the edges of."""
    edges = set(range(len(segment) + 1))
    text: str = segment
    table: Offsets = range(len(segment) + 1)
    for stage in chain:
        places = {offset: at for at, offset in enumerate(table)}
        for match in stage.matches(text):
            first, last = _outward(places, match.start, -1), _outward(places, match.end, 1)
            edges -= set(range(first + 1, last))
        text, step = stage.trace(text)
        table = then(table, step)
    return list(pairwise(sorted(edges)))


def _outward(places: Mapping[int, int], offset: int, step: int) -> int:
    """The source's offset for one of the text as it is now, or for the next one outward that has one."""
    while offset not in places:
        offset += step
    return places[offset]


def _steps(chain: Sequence[Stage], piece: str) -> Iterator[str]:
    """Which dictionaries changed a piece, stage by stage."""
    text = piece
    for stage in chain:
        for match in stage.matches(text):
            before = text[match.start : match.end]
            if match.known and (match.targets[0] != before or len(match.targets) > 1):
                others = (
                    wording(" (or {targets})", targets=series(match.targets[1:]))
                    if len(match.targets) > 1
                    else ""
                )
                yield joined(f"{_dictionary(stage, before)}: {before} → {match.targets[0]}", others)
        text = stage.apply(text)


def _dictionary(stage: Stage, entry: str) -> str:
    named = (name for tier in stage.tiers for name, dictionary in tier if entry in dictionary)
    return PurePath(next(named, "")).stem or "OpenCC"


def look_up(word: str) -> tuple[Known, ...]:
    """What every source says of a word, in the order in which a conversion asks them."""
    found: list[Known] = []
    known = taiwan()
    if word in known.own:
        said = wording("left to OpenCC") if known.own[word] == "=" else known.own[word]
        found.append(Known(wording("own list"), said))
    for title, table in (
        (wording("Taiwan's counts"), known.forms),
        (wording("Taiwan's counts of a character"), known.characters),
        (wording("Taiwan's counts of regional words"), known.regional),
    ):
        if word in table:
            found.append(Known(title, series(f"{form} {count}" for form, count in table[word].items())))
    for region, name in (("zh-TW", "s2tw"), ("zh-HK", "s2hk"), ("zh-CN", "tw2s")):
        printed = converter((name,))(word)
        form = region_forms(name).apply(printed)
        if form != printed:
            title = wording("form of the region, {region}", region=region)
            found.append(Known(title, f"{printed} → {form}"))
    for file in dictionary_files(*CONFIGURATIONS):
        targets = entries(file).get(word)
        if targets:
            found.append(Known(wording("OpenCC's {stem}", stem=PurePath(file).stem), " ".join(targets)))
    count = words().counts.get(word)
    if count is not None:
        found.append(Known(wording("jieba's counts"), count))
    return tuple(found)
