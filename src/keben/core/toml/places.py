"""The place of each key and value in a TOML text, which tomllib does not report.

The text must be valid TOML 1.0: tomllib has read it before this does, so nothing is checked here.
"""

import re

KeyPath = tuple[str | int, ...]
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def places(text: str) -> dict[KeyPath, tuple[int, int]]:
    """Line and column, from 1, of each table header, key and array item, by its path from the root.

    ``("editions", "zh-Hans", "formats", 0)`` is the first item of that list.
    """
    scanner = _Scanner(text)
    scanner.document()
    return {path: _line_column(text, offset) for path, offset in scanner.offsets.items()}


def _line_column(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.offsets: dict[KeyPath, int] = {}
        self.array_lengths: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self.blank()
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()

    def header(self) -> KeyPath:
        start = self.position
        is_array = self.text.startswith("[[", start)
        self.position += 2 if is_array else 1
        table = self.resolved(self.key())
        if is_array:
            index = self.array_lengths.get(table, 0)
            self.array_lengths[table] = index + 1
            self.offsets.setdefault(table, start)
            table = (*table, index)
        # A table that only headings of its own tables name stands at the first of them.
        for end in range(1, len(table) + 1):
            self.offsets.setdefault(table[:end], start)
        self.position = self.text.index("]", self.position) + (2 if is_array else 1)
        return table

    def resolved(self, key: KeyPath) -> KeyPath:
        """A header's path with the index of the last item after each array of tables on the way."""
        path: KeyPath = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self.array_lengths:
                path = (*path, self.array_lengths[path] - 1)
        return (*path, key[-1])

    def pair(self, table: KeyPath) -> None:
        start = self.position
        path = table
        for part in self.key():
            path = (*path, part)
            self.offsets.setdefault(path, start)
        self.position = self.text.index("=", self.position) + 1
        self.value(path)

    def key(self) -> KeyPath:
        parts: list[str] = []
        while True:
            self.blank()
            string = self.string()
            if string is None:
                match = _BARE_KEY.match(self.text, self.position)
                if match is None:
                    self.position += 1
                    continue
                self.position = match.end()
                parts.append(match[0])
            else:
                parts.append(string[1:-1])
            self.blank()
            if not self.text.startswith(".", self.position):
                return tuple(parts)
            self.position += 1

    def string(self) -> str | None:
        for pattern in _STRINGS:
            match = pattern.match(self.text, self.position)
            if match is not None:
                self.position = match.end()
                return match[0]
        return None

    def value(self, path: KeyPath) -> None:
        self.blank()
        opening = self.text[self.position]
        if opening in "[{":
            self.position += 1
            closing = "]" if opening == "[" else "}"
            index = 0
            while True:
                self.blank()
                if self.text[self.position] == closing:
                    self.position += 1
                    return
                if self.text[self.position] == ",":
                    self.position += 1
                elif opening == "[":
                    self.offsets.setdefault((*path, index), self.position)
                    self.value((*path, index))
                    index += 1
                else:
                    self.pair(path)
        elif self.string() is None:
            match = _SCALAR.match(self.text, self.position)
            assert match is not None  # noqa: S101 - the pattern matches the empty text
            self.position = match.end()

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.position)
        assert match is not None  # noqa: S101 - the pattern matches the empty text
        self.position = match.end()
