"""A text that is no book explained: its pieces, and what is doubtful in it."""

from itertools import permutations

from keben.core.edition import Vocabulary
from keben.core.editorial.values import DoubtKind, Segmentation
from keben.core.values import dataclass
from keben.script.examine import Examiner
from keben.script.explain import ExplainedPiece, explain
from keben.script.passages import Converter, converter_for
from keben.script.plan import configurations
from keben.script.strings import tag

LANGUAGES = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text in another script, and why."""

    output: str
    pieces: tuple[ExplainedPiece, ...]
    doubts: tuple[tuple[DoubtKind, str, tuple[str, ...], str], ...]
    """Kind, phrase, what it could be with the present output first, reason."""


def explain_text(
    text: str, target: str, source: str, vocabulary: Vocabulary, segmentation: Segmentation
) -> Explanation:
    """Explain how a text is converted.

    Raises:
        UsageError: a language is none that Keben makes books in.
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    using = _converter(target, source, vocabulary, segmentation)
    passage = using.trace(text)
    doubts = Examiner(using, vocabulary).suspicions(passage, text) if using.configurations else []
    return Explanation(
        passage.output,
        explain(using, text),
        tuple((each.kind, text[each.start : each.end], each.candidates, each.reason) for each in doubts),
    )


def in_every_language(word: str) -> dict[str, str]:
    """A word by itself from each script to each other one, and with the region's words; only where it changes."""
    found: dict[str, str] = {}
    for source, target in permutations(LANGUAGES, 2):
        plain = _converter(target, source, "characters", "context").convert(word)
        if plain != word:
            found[f"{source} → {target}"] = plain
        for vocabulary in ("everyday", "technical"):
            form = _converter(target, source, vocabulary, "context").convert(word)
            if form != plain:
                found[f"{source} → {target}, {vocabulary}"] = form
    return found


def _converter(target: str, source: str, vocabulary: Vocabulary, segmentation: Segmentation) -> Converter:
    chain = configurations(tag(source), tag(target), vocabulary)
    return converter_for(chain, segmentation, everyday=vocabulary == "everyday")
