"""``keben explain``: how a text is converted, piece by piece."""

from typing import cast

import click

from keben.cli.output import print_json
from keben.cli.streams import say
from keben.core.edition import Vocabulary
from keben.core.editorial.values import Segmentation
from keben.core.errors import UsageError
from keben.core.saying import joined, series, wording

VOCABULARIES = ("characters", "everyday", "technical")


def require_text(text: str, argument: str) -> None:
    """Refuse an argument that has nothing to convert.

    Raises:
        UsageError: it is empty, or has spaces alone.
    """
    if not text.strip():
        message = wording("There is no text: the argument is empty.")
        raise UsageError.at(
            argument, "usage", message, wording("Give some text in Chinese, in quotation marks.")
        )


@click.command()
@click.argument("text")
@click.option("--to", "target", default="zh-Hant-TW", show_default=True, help="The language to convert to.")
@click.option("--from", "source", default="zh-Hans", show_default=True, help="The language it is in.")
@click.option(
    "--vocabulary",
    type=click.Choice(VOCABULARIES),
    default="characters",
    show_default=True,
    help="As in book.toml.",
)
@click.option(
    "--segmentation",
    type=click.Choice(("context", "opencc")),
    default="context",
    show_default=True,
    help="As in book.toml.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(text: str, target: str, source: str, vocabulary: str, segmentation: str, as_json: bool) -> None:
    """Show how TEXT is converted, each piece with the source that decides it, and what is doubtful in it.

    A book's glossary and decisions are not looked at.
    """
    require_text(text, "TEXT")
    if vocabulary == "everyday" and segmentation == "opencc":
        message = wording("The vocabulary “everyday” weighs words, which the segmentation “opencc” does not.")
        advice = wording("Leave --segmentation out, or give --vocabulary technical or characters.")
        raise UsageError.at("--vocabulary", "usage", message, advice)
    # OpenCC and its dictionaries are loaded only where they are used.
    from keben.review.page import KINDS
    from keben.script.explanations import explain_text

    words, ways = cast("Vocabulary", vocabulary), cast("Segmentation", segmentation)
    explanation = explain_text(text, target, source, words, ways)
    if as_json:
        print_json(
            {
                "output": explanation.output,
                "pieces": [
                    {"source": each.source, "output": each.output, "reasons": list(each.reasons)}
                    for each in explanation.pieces
                ],
                "doubts": [
                    {"kind": kind, "phrase": phrase, "candidates": list(candidates), "reason": reason}
                    for kind, phrase, candidates, reason in explanation.doubts
                ],
            }
        )
        return
    say(explanation.output)
    for piece in explanation.pieces:
        if piece.reasons:
            say(joined("  ", str(piece.source), " → ", str(piece.output), "  ", series(piece.reasons, "; ")))
    for kind, phrase, candidates, reason in explanation.doubts:
        shown, called = " / ".join(candidates), KINDS[kind][0]
        say(
            wording(
                "  ? {phrase} ({kind}): {shown}. {reason}",
                phrase=phrase,
                kind=called,
                shown=shown,
                reason=reason,
            )
        )
