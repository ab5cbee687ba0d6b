"""Links and pictures in Markdown text, written again with other addresses. Code and comments stay as they are."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Protocol

from keben.core.values import dataclass
from keben.project.importers.summary import closing

_DESTINATION = re.compile(
    r"""\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*))"""
    r"""(?P<size>\s+=\d*%?x?\d*%?)?(?P<title>\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\([^()]*\)))?\s*\)""",
    re.VERBOSE,
)
_SPACED = re.compile(
    r"\(\s*(?P<plain>[^()<>\n]*?\.(?:png|jpe?g|gif|svg|webp|bmp|avif))(?P<title>\s+\"[^\"\n]*\")?\s*\)",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(
    r"\{:?[ \t]*(?:[#.][\w:.-]+|[A-Za-z][\w-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]+))[^{}\n]*\}"
)
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>|</?[A-Za-z][^<>]*>""")
"""A value in quotation marks may hold ``<`` and ``>``."""
_SOURCE = re.compile(r"""(\bsrc\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_HREF = re.compile(r"""(\bhref\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`<\[]|!\[|-\{")
_BOX = re.compile(r"`{3,}[^`\n]*$", re.MULTILINE)
"""A line that begins or ends a box of MyST; code fences are no text."""
_DOLLAR = re.compile(r"(?<!\\)\$+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Addresses(Protocol):
    """Where links and pictures lead in the book."""

    def link(self, address: str) -> str | None:
        """What stands for a link's address; None: its text alone."""

    def picture(self, address: str) -> str | None:
        """What stands for a picture's address; None: its alternative text alone."""


@dataclass(frozen=True, slots=True)
class References:
    """The reference definitions of a file."""

    targets: Mapping[str, str]
    """Addresses by label, in lower case."""
    names: Mapping[str, str]
    """What labels are called in the book, where they are others."""


def label_of(text: str) -> str:
    """A label as CommonMark compares it."""
    return " ".join(text.split()).casefold()


def rewritten(text: str, addresses: Addresses, references: References) -> str:
    """Text with its links and pictures as the book has them."""
    return _Rewriting(addresses, references).text(text)


@dataclass(slots=True)
class _Rewriting:
    addresses: Addresses
    references: References

    def text(self, text: str) -> str:
        out: list[str] = []
        opened: list[bool] = []
        at = 0
        while found := _SPECIAL.search(text, at):
            out.append(text[at : found.start()])
            at = found.start()
            sign = text[at]
            if sign == "\\":
                piece, end = text[at : at + 2], at + 2
            elif sign == "`":
                box = _BOX.match(text, at) if _begins_line(text, at) else None
                end = box.end() if box else _code_end(text, at)
                piece = text[at:end]
            elif sign == "-":
                # To Keben these signs begin a variant.
                piece, end = "-{" if _in_formula(text, at) else "\\-{", at + 2
            elif sign == "<":
                piece, end = self._html(text, at, opened)
            else:
                piece, end = self._bracket(text, at)
            out.append(piece)
            at = end
        return "".join((*out, text[at:]))

    def _bracket(self, text: str, at: int) -> tuple[str, int]:
        is_picture = text[at] == "!"
        start = at + is_picture
        end = closing(text, start)
        if end < 0 or text.startswith("[^", start) or text.startswith("[[", start):
            return text[at : start + 1], start + 1
        inner = text[start + 1 : end]
        match = _DESTINATION.match(text, end + 1) or (_SPACED.match(text, end + 1) if is_picture else None)
        if match:
            written = match.groupdict()
            address = written.get("angle")
            address = address if address is not None else written["plain"] or ""
            address = _ESCAPED.sub(r"\1", address)
            kept = (written.get("size") or "") + (written.get("title") or "")
            made = self._picture(inner, address, kept) if is_picture else self._link(inner, address)
            if made is not None:
                return made, match.end()
            # What braces say of a picture or a link says nothing of a text.
            attributes = _ATTRIBUTES.match(text, match.end())
            return inner if is_picture else self.text(inner), (attributes or match).end()
        label = _LABEL.match(text, end + 1)
        name = label_of((label[1] if label else "") or inner)
        if name not in self.references.targets or text.startswith(":", end + 1):
            made = inner if is_picture else self.text(inner)
            return f"{text[at:start]}[{made}]", end + 1
        return self._reference(inner, name, is_picture), label.end() if label else end + 1

    def _link(self, inner: str, address: str) -> str | None:
        goal = self.addresses.link(address)
        return None if goal is None else f"[{self.text(inner)}]({_written(goal)})"

    def _picture(self, alt: str, address: str, kept: str) -> str | None:
        goal = self.addresses.picture(address)
        return None if goal is None else f"![{alt}]({_written(goal)}{kept})"

    def _reference(self, inner: str, label: str, is_picture: bool) -> str:
        address = self.references.targets[label]
        goal = self.addresses.picture(address) if is_picture else self.addresses.link(address)
        text = inner if is_picture else self.text(inner)
        if goal is None:
            return text
        # Written out: the same label may be another file's in one chapter.
        return f"{'!' if is_picture else ''}[{text}]({_written(goal)})"

    def _html(self, text: str, at: int, opened: list[bool]) -> tuple[str, int]:
        if comment := _COMMENT.match(text, at):
            return comment[0], comment.end()
        tag = _TAG.match(text, at)
        if not tag:
            return "<", at + 1
        name = tag[0].strip("</>").split(None, 1)[0].lower()
        if name == "img":
            return self._image_tag(tag[0]), tag.end()
        if name == "a" and tag[0].startswith("</"):
            return (tag[0] if not opened or opened.pop() else ""), tag.end()
        if name == "a" and (href := _HREF.search(tag[0])):
            goal = self.addresses.link(_unquoted(href[2]))
            opened.append(goal is not None)
            return ("" if goal is None else f'<a href="{goal}">'), tag.end()
        return tag[0], tag.end()

    def _image_tag(self, tag: str) -> str:
        source = _SOURCE.search(tag)
        goal = self.addresses.picture(_unquoted(source[2])) if source else None
        if source is None or goal is None:
            alt = _ALT.search(tag)
            return (alt[1] or alt[2] or "") if alt else ""
        return f'{tag[: source.start()]}{source[1]}"{goal}"{tag[source.end() :]}'


def _unquoted(value: str) -> str:
    return unescape(value.strip("\"'"))


def _written(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" >")


def _in_formula(text: str, at: int) -> bool:
    """Whether a place is between ``$`` and ``$`` of one paragraph."""
    start = text.rfind("\n\n", 0, at) + 1
    return len(_DOLLAR.findall(text, start, at)) % 2 == 1


def _code_end(text: str, at: int) -> int:
    run = re.compile("`+").match(text, at)
    length = len(run[0]) if run else 1
    close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(text, at + length, _paragraph_end(text, at))
    return close.end() if close else at + length


def _paragraph_end(text: str, at: int) -> int:
    end = text.find("\n\n", at)
    return len(text) if end < 0 else end
