"""著 on the way from Taiwan to Simplified: a particle (着), or a part of a word (著作).

Taiwan writes both as 著. OpenCC takes 著 for a particle unless a phrase of its own begins there from the left: it finds
着 in 土著, and 著称 in 得著稱讚. Here the clause is weighed with 着 and with 著, by the words that it then has, and the
cheaper way wins (`keben.script.lattice`).
"""

from functools import cache

from keben.core.saying import wording
from keben.script.choices import Choice
from keben.script.engine import converter
from keben.script.lattice import Lattice
from keben.script.marks import CHOSEN, CLAUSE
from keben.script.words import words

WRITTEN = "著"
PARTICLE = "着"

CLOSE = 1.0
"""A form is doubtful if the other one costs no more than this above it, in nats."""

_WORDS = frozenset(
    "著作 著名 著述 著者 著称 著书 著录 著译 著文 著作权 著书立说 显著 卓著 昭著 原著 名著 巨著 专著 论著 译著 编著 "
    "合著 所著 土著 拙著 遗著 新著 旧著 主著 撰著 大著 力著 见微知著 臭名昭著 成效卓著 功勋卓著 著有 著成 著于".split()
)
"""Words with 著 as it is: lists of words lack some, and count others seldom."""


def weighed(text: str) -> tuple[Choice, ...]:
    """The 著 of a text in Taiwan's script that are not in Simplified what OpenCC makes of them, in order."""
    if WRITTEN not in text:
        return ()
    found: list[Choice] = []
    for clause in CLAUSE.finditer(text):
        printed = converter(("tw2s",))(clause[0]) if WRITTEN in clause[0] else ""
        if len(printed) == len(clause[0]):
            found += [
                Choice(at + clause.start(), at + clause.start() + 1, form, "around", _REASON[form])
                for at, form, _ in _forms(clause[0])
                if printed[at] != form
            ]
    return tuple(found)


def doubtful(clause: str) -> list[int]:
    """The offsets of the 著 of a clause that may nearly as well be the other."""
    return [at for at, _, clearly in _forms(clause) if clearly < CLOSE]


_REASON = {
    PARTICLE: wording("With 着 the words of the clause are likelier."),
    WRITTEN: wording("With 著 the words of the clause are likelier."),
}


def _forms(clause: str) -> list[tuple[int, str, float]]:
    """Each 著 of a clause: where it stands, its form, and how much more the other one costs, in nats."""
    plain = converter(("t2s",))(clause.replace(WRITTEN, CHOSEN)) if WRITTEN in clause else ""
    if len(plain) != len(clause):
        return []
    known = plain_lattice()
    base = plain.replace(CHOSEN, PARTICLE)
    usual = known.cost_of(base)
    forms = []
    for at, each in enumerate(clause):
        if each == WRITTEN:
            other = known.cost_of(f"{base[:at]}{WRITTEN}{base[at + 1 :]}")
            forms.append((at, WRITTEN if other < usual else PARTICLE, abs(other - usual)))
    return forms


@cache
def plain_lattice() -> Lattice:
    """The words of Simplified text alone: nothing of OpenCC's. Kept for the life of the process."""
    return Lattice.of(words(), _WORDS)
