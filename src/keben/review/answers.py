"""What the page posts: answers as JSON, checked by hand and turned into decisions."""

import json
from collections.abc import Iterator
from typing import Any

from keben.core.editorial.decisions import ANSWERED, Key, faults, forbidden_in, key
from keben.core.editorial.values import Decision
from keben.core.errors import Place
from keben.core.language import variant
from keben.core.saying import series, wording
from keben.core.values import dataclass

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
        received = json.loads(body)
    except (ValueError, RecursionError):
        return nothing, (wording("The answers are not JSON."),)
    if (
        not isinstance(received, dict)
        or set(received) != {"answers"}
        or not isinstance(received["answers"], list)
    ):
        return nothing, (wording("There must be one list, `answers`, and nothing else."),)
    if not received["answers"]:
        return nothing, (wording("There are no answers to save."),)
    wrong = [
        wording("Answer {number}: {fault}", number=number, fault=fault)
        for number, answer in enumerate(received["answers"], 1)
        for fault in _faults(answer)
    ]
    if wrong:
        return nothing, tuple(wrong)
    given = [(_decision(answer), _is_term(answer)) for answer in received["answers"]]
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
        yield wording("It must have {answered}, and nothing else.", answered=series(ANSWERED))
        return
    if not all(isinstance(text, str) for text in answer.values()):
        yield wording("All of it must be text.")
        return
    if _is_term(answer) and (answer["before"] or answer["after"] or not answer["target"]):
        yield wording("A term of the glossary has a target, and is for all places.")
    for fault in (
        *faults(answer["language"], answer["phrase"], answer["target"] or "(withdrawn)"),
        *forbidden_in(_decision(answer)),
    ):
        yield f"{ANSWERED[fault.column]}: {fault.message} {fault.advice}"
