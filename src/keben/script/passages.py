"""One text in another script, with what is settled in it left as it was settled, and with offsets.

The text comes from OpenCC itself, but for clauses whose characters have their usual forms whatever OpenCC's phrases
say (`plainforms`). Where an offset is asked for, the same conversion is gone through with our own reading of OpenCC's
dictionaries (`stages`), and both must agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from keben.core.editorial.values import Segmentation
from keben.core.errors import BuildError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.script.engine import converter
from keben.script.marks import CHOSEN, CLAUSE, JOINT, LOCKED, shield
from keben.script.offsets import INEXACT, Offsets, of_pieces, then
from keben.script.regionforms import region_forms

# What reads dictionaries is loaded where something is to be converted: an edition in the source's script asks for none.
if TYPE_CHECKING:
    from keben.script.choices import PreparedText
    from keben.script.context import Segmenter
    from keben.script.dictionaries import Recipe
    from keben.script.stages import Stage


@dataclass(frozen=True, slots=True)
class Lock:
    """A span of a text whose conversion is settled."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its conversion."""

    source: str
    output: str
    offsets: Sequence[int]
    """See `keben.script.offsets`."""


@dataclass(frozen=True, slots=True, eq=False)
class Converter:
    """Converts texts by a chain of OpenCC's configurations, one after another."""

    configurations: tuple[str, ...]
    segmentation: Segmentation
    rare: bool = False
    """Whether rare characters, which most fonts lack, may be put in place of common ones."""
    everyday: bool = False
    """Whether words stay that the region says as the source does."""

    def convert(self, text: str, locks: Sequence[Lock] = ()) -> str:
        """A text converted; locks are in order and apart. Marks in a lock's target are shielded."""
        masked = mask(text, locks)
        if self.configurations:
            masked = self._convert(masked)
        return unmask(masked, locks)

    def convert_all(self, texts: Iterable[tuple[str, Sequence[Lock]]]) -> list[str]:
        """Texts with their locks, each as `convert` gives it.

        In context they are converted as one text, a line each: nothing that is weighed goes over a line's end.
        """
        several = list(texts)
        if not several or self.segmentation != "context" or self.context() is None:
            return [self.convert(text, locks) for text, locks in several]
        masked = [mask(text, locks) for text, locks in several]
        lines = iter(self._convert("\n".join(masked)).split("\n"))
        made = ["\n".join(islice(lines, text.count("\n") + 1)) for text in masked]
        return [unmask(text, locks) for text, (_, locks) in zip(made, several, strict=True)]

    def trace(self, text: str, locks: Sequence[Lock] = ()) -> Passage:
        """A text converted, with its offsets.

        Raises:
            BuildError: OpenCC and our reading of its dictionaries disagree.
        """
        masked = mask(text, locks)
        output = masked
        offsets: Offsets = range(len(masked) + 1)
        for name in self.configurations:
            output, step = self._step(name, output)
            offsets = then(offsets, step)
        output = self.finished(output)
        expected = self._convert(masked) if self.configurations else masked
        if output != expected:
            raise BuildError.at(
                "OpenCC",
                "conversion-mismatch",
                wording(
                    "OpenCC converts “{text}” to “{expected}”, and its dictionaries say “{output}”.",
                    text=text,
                    expected=expected,
                    output=output,
                ),
                wording("This is a fault of Keben's: please report it with the text."),
            )
        return Passage(text, unmask(output, locks), _unmasked(offsets, output, locks))

    def finished(self, printed: str) -> str:
        """What OpenCC printed, in the forms of the edition's region; unchanged where OpenCC alone converts."""
        if self.segmentation != "context" or not self.configurations:
            return printed
        return region_forms(self.configurations[-1]).apply(printed)

    def context(self) -> "Segmenter | None":
        """The context of the conversion's first configuration, whether or not it is followed."""
        if not self.configurations:
            return None
        from keben.script.context import context

        return context(self.configurations[0], self.everyday)

    def _convert(self, text: str) -> str:
        """By OpenCC; joints keep it from phrases that context does not allow."""
        if self.segmentation == "context" and self.configurations:
            from keben.script.dictionaries import normalization

            for stage in normalization(self.configurations[0], self.rare):
                text = stage.apply(text)
            prepared = prepare(self.configurations[0], text, self.everyday)
            if self.rare:
                # Its plain forms are those of the dictionaries without rare characters.
                prepared = replace(prepared, asked=None)
            text = prepared.converted(converter(self.configurations[:1], self.rare))
            return self.finished(converter(self.configurations[1:], self.rare)(text))
        return converter(self.configurations, self.rare)(text)

    def _step(self, name: str, text: str) -> tuple[str, Offsets]:
        """One configuration, gone through by its dictionaries."""
        from keben.script.choices import PreparedText
        from keben.script.dictionaries import normalization, recipe

        offsets: Offsets = range(len(text) + 1)
        for stage in normalization(name, self.rare):
            text, step = stage.trace(text)
            offsets = then(offsets, step)
        # Only a chain's first configuration is weighed: what comes after it is of one script.
        weighs = self.segmentation == "context" and name == self.configurations[0]
        prepared = prepare(name, text, self.everyday) if weighs else PreparedText(text, ())
        if prepared.is_plain and not self.rare:
            # Each character has its usual form, which is one too: no dictionary is read for that.
            return prepared.converted(str), offsets
        chosen = recipe(name, self.rare)
        parts = prepared.text.split(JOINT)
        output, step = through(
            chosen.chain, [each for part in parts for each in greedy_segments(chosen, part)]
        )
        return prepared.filled(output), then(offsets, step)


def prepare(name: str, text: str, everyday: bool = False) -> "PreparedText":
    """A text as a configuration takes it to OpenCC in context."""
    from keben.script.choices import PreparedText
    from keben.script.context import context

    known = context(name, everyday)
    if known is not None:
        return known.prepared(text)
    if not name.startswith("tw2s"):
        return PreparedText(text, ())
    from keben.script.homewords import said_at_home, together
    from keben.script.particles import weighed

    choices = weighed(text)
    if everyday:
        choices = together(choices, said_at_home(name, text))
    places = {at for each in choices for at in range(each.start, each.end)}
    letters = (CHOSEN if at in places else each for at, each in enumerate(text))
    return PreparedText("".join(letters) if places else text, choices)


def converter_for(
    configurations: tuple[str, ...], segmentation: Segmentation, rare: bool = False, everyday: bool = False
) -> Converter:
    """A converter for a chain of configurations.

    ``rare``: rare characters, which most fonts lack, may be put in place of common ones, as OpenCC does by default.
    ``everyday``: words stay that the region says as the source does, where OpenCC has others for them.
    """
    return Converter(configurations, segmentation, rare, everyday)


def greedy_segments(chosen: "Recipe", text: str) -> Iterator[str]:
    """A text parted as OpenCC parts it: its phrases, and what stands between them."""
    end = 0
    if chosen.segmentation is not None:
        for match in chosen.segmentation.phrases(text):
            if end < match.start:
                yield text[end : match.start]
            yield text[match.start : match.end]
            end = match.end
    if end < len(text):
        yield text[end:]


def through(chain: "Sequence[Stage]", segments: Sequence[str]) -> tuple[str, Offsets]:
    """What a chain of stages makes of a text's segments, each taken by itself, with offsets."""
    # All in one go: no entry of a dictionary goes over a joint.
    text = JOINT.join(segments)
    table: Offsets = range(len(text) + 1)
    for stage in chain:
        text, step = stage.trace(text)
        table = then(table, step)
    output = text.replace(JOINT, "")
    if isinstance(table, range):
        return output, range(len(output) + 1)
    offsets: list[int] = []
    at = 0
    for number, segment in enumerate(segments):
        inside = table[at : at + len(segment)]
        offsets += [INEXACT if each == INEXACT else each - number for each in inside]
        at += len(segment) + 1
    return output, [*offsets, len(output)]


def mask(text: str, locks: Sequence[Lock]) -> str:
    """A text with one `LOCKED` in place of each settled span."""
    if not locks:
        return text
    parts, end = [], 0
    for lock in locks:
        parts += [text[end : lock.start], LOCKED]
        end = lock.end
    return "".join([*parts, text[end:]])


def unmask(text: str, locks: Sequence[Lock]) -> str:
    """A converted text with the targets in place of `LOCKED`."""
    if not locks:
        return text
    parts = text.split(LOCKED)
    targets = [*(shield(lock.target) for lock in locks), ""]
    return "".join(piece for pair in zip(parts, targets, strict=True) for piece in pair)


def _unmasked(offsets: Sequence[int], output: str, locks: Sequence[Lock]) -> Sequence[int]:
    """The offsets of a text and its conversion, from those of the two with their locks masked."""
    if not locks:
        return offsets
    grown = of_pieces(
        (1, len(locks[output.count(LOCKED, 0, at)].target) if character == LOCKED else 1)
        for at, character in enumerate(output)
    )
    table: list[int] = []
    shift = 0
    at = 0
    for lock in locks:
        start = lock.start - shift
        table += [INEXACT if offset == INEXACT else grown[offset] for offset in offsets[at:start]]
        first = grown[offsets[start]]
        size = lock.end - lock.start
        inner = of_pieces([(size, len(lock.target))])[:-1]
        table += [INEXACT if offset == INEXACT else first + offset for offset in inner]
        at = start + 1
        shift += size - 1
    table += [INEXACT if offset == INEXACT else grown[offset] for offset in offsets[at:]]
    return table


__all__ = ["CLAUSE", "Converter", "Lock", "Passage", "converter_for"]
