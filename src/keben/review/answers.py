"""What the page posts: answers as JSON, checked by hand and turned into decisions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keben.core.editorial.decisions import ANSWERED, Key, faults, forbidden_in, key
from keben.core.editorial.values import Decision
from keben.core.errors import Place
from keben.core.language import variant

PLACE = Place("review")
"""Where a decision that was made on the page comes from."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What an editor answered at once."""

    decisions: tuple[Decision, ...]
    withdrawn: tuple[Key, ...] = ()
    """Decisions that no longer hold: what each is about."""
    terms: tuple[Decision, ...] = ()
    """Decisions for all places of a word that go into the glossary."""


def read_answers(body: bytes) -> tuple[Answers, tuple[str, ...]]:
    """The answers in a request's body, and what is wrong with it, a sentence or two each.

    The body is ``{"answers": [{"language": …, "phrase": …, "target": …, "before": …, "after": …, "note": …}, …]}``. An
    answer with an empty ``target`` withdraws the decision that stands; one with ``"glossary": "yes"`` is a term.
    """
    nothing = Answers(())
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return nothing, ("The answers are not JSON.",)
    if not isinstance(told, dict) or set(told) != {"answers"} or not isinstance(told["answers"], list):
        return nothing, ("There must be one list, `answers`, and nothing else.",)
    if not told["answers"]:
        return nothing, ("There are no answers to save.",)
    wrong = [
        f"Answer {number}: {fault}"
        for number, answer in enumerate(told["answers"], 1)
        for fault in _faults(answer)
    ]
    if wrong:
        return nothing, tuple(wrong)
    given = [(_decision(answer), _is_term(answer)) for answer in told["answers"]]
    return Answers(
        tuple(each for each, is_term in given if each.target and not is_term),
        tuple(key(each) for each, _ in given if not each.target),
        tuple(each for each, is_term in given if is_term),
    ), ()


def _is_term(answer: dict[str, str]) -> bool:
    return answer.get("glossary") == "yes"


def _decision(answer: dict[str, str]) -> Decision:
    language, *texts = (answer[name] for name in ANSWERED)
    phrase, target, before, after, note = texts
    return Decision(variant(language) or language, phrase, target, before, after, note, PLACE)


def _faults(answer: Any) -> Iterator[str]:
    if not isinstance(answer, dict) or set(answer) - {"glossary"} != set(ANSWERED):
        yield f"It must have {', '.join(ANSWERED)}, and nothing else."
        return
    if not all(isinstance(text, str) for text in answer.values()):
        yield "All of it must be text."
        return
    if _is_term(answer) and (answer["before"] or answer["after"] or not answer["target"]):
        yield "A term of the glossary has a target, and is for all places."
    for fault in (
        *faults(answer["language"], answer["phrase"], answer["target"] or "(withdrawn)"),
        *forbidden_in(_decision(answer)),
    ):
        yield f"{ANSWERED[fault.column]}: {fault.message} {fault.advice}"
