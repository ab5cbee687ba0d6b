"""Lists, tables and texts that stand in a program, read without running it."""

import re
from dataclasses import field

from keben.core.values import dataclass

Value = str | list["Value"] | dict[str, "Value"] | None
"""What is written; None: something that only a run would tell."""

_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`"
    r"|([A-Za-z_$][\w$]*)|([\[\]{}:,=()])",
    re.DOTALL,
)
_CLOSE = {"[": "]", "{": "}", "(": ")"}
_FARTHEST = 24
"""Tokens between a name and what it is set to: a type may stand there."""
_DEEPEST = 24
_MOST_STEPS = 200_000
"""Values that are read of one program: names that lead to one another could make any number."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """``text``, ``name``, or the sign itself."""
    text: str


@dataclass(slots=True)
class Program:
    """A program's text; names lead to what they are set to in it."""

    tokens: tuple[_Token, ...]
    given: dict[str, int] = field(default_factory=dict)
    """Where what a name is set to begins."""
    steps: int = 0

    def named(self, name: str) -> list[Value]:
        """All that stands behind a name, as ``name: …`` and ``name = …``."""
        places = (n for n, token in enumerate(self.tokens) if token.text == name)
        starts = {start for place in places if (start := self._start(place + 1))}
        return [self._value(start, 0)[0] for start in sorted(starts)]

    def whole(self) -> list[Value]:
        """Each list and table that stands in no other."""
        found: list[Value] = []
        at = 0
        while at < len(self.tokens):
            value, after = self._value(at, 0) if self.tokens[at].kind in ("[", "{") else (None, at + 1)
            found += [value] if value else []
            at = max(after, at + 1)
        return found

    def _start(self, at: int) -> int:
        """Where what a name is set to begins; 0: nowhere near."""
        near = range(at, min(at + _FARTHEST, len(self.tokens)))
        behind = (n + 1 for n in near if self.tokens[n].kind in (":", "="))
        return next((n for n in behind if self._is_value(n)), 0)

    def _is_value(self, at: int) -> bool:
        """Whether a list, a table, a call, or a name for one of these stands there."""
        if self._kind(at) != "name":
            return self._kind(at) in _CLOSE
        return self._kind(at + 1) == "(" or self.given.get(self.tokens[at].text, 0) > 0

    def _value(self, at: int, depth: int) -> tuple[Value, int]:
        """The value that begins at a token, and the token behind it."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return None, len(self.tokens)
        token = self.tokens[at] if at < len(self.tokens) and depth < _DEEPEST else None
        if token is None:
            return None, at + 1
        if token.kind == "text":
            return self._to_comma(token.text, at + 1, depth)
        if token.kind in ("[", "("):
            items, at = self._items(at + 1, _CLOSE[token.kind], depth)
            return self._to_comma(items, at, depth)
        if token.kind == "{":
            return self._table(at + 1, depth)
        if token.kind == "name" and (place := self.given.get(token.text)) and place > 0:
            return self._to_comma(self._value(place, depth + 4)[0], at + 1, depth)
        if token.kind == "name":
            return self._value(at + 1, depth + 1) if self._kind(at + 1) == "(" else (None, at + 1)
        return None, at + 1

    def _items(self, at: int, close: str, depth: int) -> tuple[list[Value], int]:
        items: list[Value] = []
        while at < len(self.tokens) and self.tokens[at].kind != close:
            if self.tokens[at].kind in (",", ":", "="):
                at += 1
                continue
            value, at = self._value(at, depth + 1)
            items += [value] if value is not None else []
        return items, at + 1

    def _table(self, at: int, depth: int) -> tuple[dict[str, Value], int]:
        table: dict[str, Value] = {}
        while at < len(self.tokens) and self.tokens[at].kind != "}":
            if self._kind(at + 1) == ":" and self.tokens[at].kind in ("text", "name"):
                table[self.tokens[at].text], at = self._value(at + 2, depth + 1)
            else:
                _, at = self._value(at, depth + 1)
        return table, at + 1

    def _to_comma(self, value: Value, at: int, depth: int) -> tuple[Value, int]:
        """A value, and the token behind the expression that it stands in."""
        while self._kind(at) not in ("", ",", "]", "}", ")"):
            _, at = self._value(at, depth + 1) if self._kind(at) in _CLOSE else (None, at + 1)
        return value, at

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""


def read_program(text: str) -> Program:
    """A program of JavaScript, TypeScript or JSON."""
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        texts = [each for each in match.groups()[:3] if each is not None]
        if texts:
            tokens.append(_Token("text", re.sub(r"\\(.)", r"\1", texts[0])))
        elif match[4] or match[5]:
            tokens.append(_Token("name" if match[4] else match[5], match[0]))
    program = Program(tuple(tokens))
    for at, token in enumerate(tokens):
        named = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if token.kind == "name" and token.text in ("const", "let", "var"):
            near = range(at + 2, min(at + _FARTHEST, len(tokens)))
            program.given[named] = next((n + 1 for n in near if tokens[n].kind == "="), 0)
        elif token.kind == "name" and token.text == "function":
            near = range(at + 2, min(at + 2 * _FARTHEST, len(tokens)))
            program.given[named] = next((n + 1 for n in near if tokens[n].text == "return"), 0)
    return program
