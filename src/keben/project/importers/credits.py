"""Lines of a title page that say who made a book: 作者：林一, [美]海明威 著　周二 译."""

import re
from dataclasses import field

from keben.core.relators import CHINESE
from keben.core.values import dataclass

Credits = tuple[tuple[str, str], ...]
"""Names with their roles (MARC relators)."""

_MORE = {
    "原著": "aut", "合著": "aut", "编著": "aut", "編著": "aut", "编写": "aut", "編寫": "aut", "撰写": "aut",
    "撰寫": "aut", "作品": "aut", "文": "aut", "编译": "trl", "編譯": "trl", "合译": "trl", "合譯": "trl",
    "译注": "trl", "譯注": "trl", "譯註": "trl", "选编": "com", "選編": "com", "编选": "com", "編選": "com",
    "图": "ill", "圖": "ill", "原作": "aut", "原作者": "aut", "主编": "edc", "主編": "edc", "校注": "ann",
    "校註": "ann", "编者": "edt", "文字": "aut", "绘图": "ill", "繪圖": "ill",
}  # fmt: skip
_ROLES = {**CHINESE, **_MORE}
_GLUED = tuple(
    sorted(
        "著 编著 編著 译 譯 编译 編譯 主编 主編 编 編 绘 繪 校注 校註 作品".split(),
        key=len,
        reverse=True,
    )
)
"""Roles that may stand behind a name without a space."""
_WORDS = re.compile(
    r".*(?:[名巨专專译譯论論原大合自遗遺]著|[口直意音今全另翻]译|[口直意音今全另翻]譯|(?:代表|[长長中短]篇|系列|文学|文學|[获獲]奖|網路|网络|处女|處女)作品|[改选選汇彙])"
)
"""What is a word with such a character at its end, not a name with a role: 世界名著, 长篇作品."""
_NOUN = re.compile(r"([\u4e00-\u9fff]{1,4}|文)\s*[:：/／]\s*")
_SPACED = re.compile(r"([作著译譯编編主绘繪])[\s\u3000]+([者编編])(?=\s*[:：/／])")
_PARTS = re.compile(r"[\s\u3000;；,，、/／|｜&]+")
_LATIN = re.compile(r"(?<=[A-Za-z.'’])[ \u3000](?=[A-Z])")
_FROM = r"(?:[\[［〔（(【][\u4e00-\u9fff]{1,6}[\]］〕）)】])?"
_NAME = re.compile(
    _FROM
    + r"(?:[〇\u3400-\u9fff]{2,8}(?:[·•‧・．][〇\u3400-\u9fffA-Z.]{1,10}){0,4}|[A-Z][\w.'’\x00-]*"
    + r"|[A-Z][.·•][\w.·•'’\x00-]+[\u4e00-\u9fff·•]*)"
)
_SHORT = re.compile(_FROM + r"(?:[〇\u3400-\u9fff]{2,4}|.*[·•‧・．].*|[A-Z].*)")
_BEHIND_FROM = re.compile(r"([\]］〕）)】])[\s\u3000]+")
_SAID = re.compile(r"(?:作\s*者|著\s*者|文)\s*[:：/／]\s*(.{1,40})")
"""An author as any text: 我吃西红柿（笔名）."""
_BY = re.compile(r"by\s+(.{1,40})", re.IGNORECASE)
_LONGEST = 60


@dataclass(slots=True)
class _NamedPeople:
    """The names of a line that were read, and those that wait for their role."""

    found: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    role: str = ""
    """That a word with a colon gave to the names behind it."""

    def take(self, part: str) -> bool:
        """Read a part of a line; False: it is neither a name nor a role."""
        if part.endswith(("：", "者")) and not self.waiting:
            self.role = _ROLES.get(part.removesuffix("："), "")
            return bool(self.role)
        if part in _ROLES and self.waiting:
            self._give(_ROLES[part])
            return True
        if (glued := _glued(part)) and not self.role:
            self.waiting.append(glued[0])
            self._give(glued[1])
            return True
        if _NAME.fullmatch(part) is None or part in _ROLES:
            return False
        if self.role:
            self.found.append((part, self.role))
        else:
            self.waiting.append(part)
        return True

    def _give(self, role: str) -> None:
        self.found += [(name, role) for name in self.waiting]
        self.waiting = []


def credits_in(text: str) -> Credits:
    """Whom a line names with their roles, where it does nothing else; empty: it is no such line."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ()
    if by := _BY.fullmatch(text):
        return ((by[1].strip(), "aut"),)
    spaced = _NOUN.sub(_noun, _SPACED.sub(r"\1\2", _BEHIND_FROM.sub(r"\1", text)))
    reading = _NamedPeople()
    is_read = all(map(reading.take, filter(None, _PARTS.split(_LATIN.sub("\x00", spaced)))))
    if is_read and not reading.waiting:
        return tuple((name.replace("\x00", " "), role) for name, role in reading.found)
    said = _SAID.fullmatch(text)
    return tuple((name, "aut") for name in re.split(r"[、,，/／]\s*", said[1].strip())) if said else ()


def by_role(people: Credits) -> tuple[tuple[str, ...], Credits]:
    """The authors' names; the others with their roles."""
    authors = tuple(name for name, role in people if role == "aut")
    return authors, tuple((name, role) for name, role in people if role != "aut")


def _noun(match: re.Match[str]) -> str:
    """A word with a colon or a slash behind it, held together, if it names a role; else as it is."""
    return f" {match[1]}： " if match[1] in _ROLES else match[0]


def _glued(part: str) -> tuple[str, str] | None:
    if _WORDS.fullmatch(part):
        return None
    for word in _GLUED:
        name = part.removesuffix(word)
        if name != part and _SHORT.fullmatch(name) and _NAME.fullmatch(name):
            return name, _ROLES[word]
    return None
