"""Files of BibTeX → the works that they describe, as plain text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from keben.core.values import dataclass

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_KEY = re.compile(r"\s*([^\s,={}]+)\s*,")
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"]+")
_ACCENT = re.compile(r"\\([`'^\"~=.uvHcdbrk])\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))")
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—", "ldots": "…", "copyright": "©",
}  # fmt: skip
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*(?:\{{\}})?")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*")
_MOST = 20_000
"""Works of one file."""

_BETWEEN = re.compile(r"[,，、;；]")
_COMPOUND = re.compile(
    "司[马馬徒空]|[欧歐][阳陽]|[诸諸]葛|上官|夏侯|[尉慕]容|尉[迟遲]|皇甫|令狐|[东東]方|公[孙孫]|[独獨]孤|[轩軒][辕轅]|宇文|[长長][孙孫]"
)
"""Surnames of two characters."""
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}(?:等)?|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,12}")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a file describes it."""

    kind: str
    """``article``, ``book``, …."""
    fields: Mapping[str, str]
    """By names in small letters."""

    def people(self, *names: str) -> tuple[str, ...]:
        """The persons of the first of these fields that names any, each as ``Family, Given`` or as they are."""
        found = next((self.fields[name] for name in names if self.fields.get(name)), "")
        return tuple(name for each in re.split(r"\s+and\s+", found) for name in _listed(each.strip()) if name)


def _listed(names: str) -> tuple[str, ...]:
    """Chinese names with commas between them instead of ``and``; ``周, 志华`` is one name, and so is any other."""
    found = tuple(filter(None, map(str.strip, _BETWEEN.split(names))))
    if len(found) == 2 and _COMPOUND.fullmatch(found[0]):
        return (names,)
    return found if len(found) > 1 and all(map(_CHINESE.fullmatch, found)) else (names,)


def read_bibtex(text: str) -> dict[str, Work]:
    """The works of a file by their keys; what cannot be read is passed over."""
    works: dict[str, Work] = {}
    strings: dict[str, str] = {}
    at = 0
    while (match := _ENTRY.search(text, at)) and len(works) < _MOST:
        kind, at = match[1].lower(), match.end()
        if kind == "string":
            strings |= {name: value for name, value, _ in _fields(text, at, strings)}
            continue
        key = _KEY.match(text, at)
        if kind in ("comment", "preamble") or key is None:
            continue
        fields: dict[str, str] = {}
        at = key.end()
        for name, value, after in _fields(text, key.end(), strings):
            fields.setdefault(name, plain(value) if name not in ("url", "doi") else _address(value))
            at = after
        works.setdefault(key[1], Work(kind, fields))
    return works


def _fields(text: str, at: int, strings: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """Names and values of an entry, and where each ends."""
    while match := _FIELD.match(text, at):
        value, at = _value(text, match.end(), strings)
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        yield match[1].lower(), value, at


def _value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """A value, of parts joined by ``#``, and where it ends."""
    parts: list[str] = []
    while at < len(text):
        if text[at] in '{"':
            end = _closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(text, at):
            parts.append(strings.get(bare[0].lower(), bare[0]))
            at = bare.end()
        follows = re.compile(r"\s*#\s*").match(text, at)
        if follows is None:
            break
        at = follows.end()
    return "".join(parts), at


def _closing(text: str, start: int) -> int:
    """Where a value in braces or in quotation marks ends."""
    is_quoted, depth = text[start] == '"', 0
    for at in range(start + 1, len(text)):
        if text[at] == "\\":
            continue
        if text[at - 1] == "\\" and text[at] in '{}"':
            continue
        if is_quoted and text[at] == '"' and not depth:
            return at
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            if not depth and not is_quoted:
                return at
            depth -= 1
    return len(text)


def plain(value: str) -> str:
    """A value without LaTeX's signs."""
    text = _ACCENT.sub(_accented, value)
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = re.sub(r"\\([&%$#_{}])", r"\1", text).replace("~", " ").replace("---", "—").replace("--", "–")
    text = _COMMAND.sub("", text.replace("\\\\", " "))
    return " ".join(re.sub(r"[{}$]", "", text).split())


def _accented(match: re.Match[str]) -> str:
    letter = (match[2] or match[3]).replace("\\", "")
    return unicodedata.normalize("NFC", letter + _MARKS[match[1]])


def _address(value: str) -> str:
    return "".join(re.sub(r"\\(?=[_%#&~])|\\url|[{}]", "", value).split())
