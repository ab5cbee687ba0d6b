"""What the page posts: answers as JSON, checked by hand and turned into decisions."""

import json
from collections.abc import Iterator
from typing import Any

from keben.core.editorial.decisions import COLUMNS, faults, forbidden_in
from keben.core.editorial.values import Decision
from keben.core.errors import Place
from keben.core.language import variant

PLACE = Place("review")
"""Where a decision that was made on the page comes from."""


def read_answers(body: bytes) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """The decisions in a request's body, and what is wrong with it, a sentence or two each.

    The body is ``{"answers": [{"language": …, "phrase": …, "target": …, "before": …, "after": …, "note": …}, …]}``.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return (), ("The answers are not JSON.",)
    if not isinstance(told, dict) or set(told) != {"answers"} or not isinstance(told["answers"], list):
        return (), ("There must be one list, `answers`, and nothing else.",)
    if not told["answers"]:
        return (), ("There are no answers to save.",)
    decisions: list[Decision] = []
    wrong: list[str] = []
    for number, answer in enumerate(told["answers"], 1):
        faulty = list(_faults(answer))
        wrong += [f"Answer {number}: {fault}" for fault in faulty]
        if not faulty:
            decisions.append(_decision(answer))
    return tuple(decisions), tuple(wrong)


def _decision(answer: dict[str, str]) -> Decision:
    language, *texts = (answer[name] for name in COLUMNS)
    phrase, target, before, after, note = texts
    return Decision(variant(language) or language, phrase, target, before, after, note, PLACE)


def _faults(answer: Any) -> Iterator[str]:
    if not isinstance(answer, dict) or set(answer) != set(COLUMNS):
        yield f"It must have {', '.join(COLUMNS)}, and nothing else."
        return
    if not all(isinstance(text, str) for text in answer.values()):
        yield "All of it must be text."
        return
    for fault in (
        *faults(answer["language"], answer["phrase"], answer["target"]),
        *forbidden_in(_decision(answer)),
    ):
        yield f"{COLUMNS[fault.column]}: {fault.message} {fault.advice}"
