"""Text as Markdown, every sign of it as what it is."""

import re

from keben.project.importers.values import TextBlock

_ANYWHERE = re.compile(
    r"[\\`*_{}\[\]<>|~$^]|&(?=[#A-Za-z])|={2,}|\+{2,}|:(?=[A-Za-z0-9_+-]+:)|(?<![A-Za-z0-9])@(?=[A-Za-z])"
)
_AT_START = re.compile(r"(?:[-#+=:!?%]+)|(\d{1,9})(?=[.)](?:\s|$))")


_BRACKETED = re.compile(r"\(([^()]*)\)")
_MARKS = re.compile(
    r"(?<!\\)[*`]+|(?<![\\\w])_+|_+(?!\w)|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|<[^>]*>|\\(?=[!-/:-@\[-`{-~])"
)
"""What of a title in Markdown is no text."""


def plain_title(markdown: str) -> str:
    """A title in Markdown as plain text."""
    return " ".join(_MARKS.sub(lambda match: match[1] or "", markdown).split())


def escape(text: str) -> str:
    """A line of text as Markdown that says just that."""
    return escape_start(escape_anywhere(text))


def block_markdown(block: TextBlock) -> str:
    """A block of a plain text as Markdown."""
    if block.kind == "break":
        return "* * *"
    if block.kind == "signature":
        return "{.signature}\n" + "\\\n".join(map(escape, block.text.split("\n")))
    if block.kind == "verse":
        return "{.verse}\n" + "\n".join(f"> {escape(line)}" for line in block.text.split("\n"))
    if block.kind == "glossed":
        return _glossed(block.text)
    return f"## {escape(block.text)}" if block.kind == "heading" else escape(block.text)


def _glossed(text: str) -> str:
    parts = _BRACKETED.split(text)
    # The odd ones are notes.
    written = (
        f"[{escape_anywhere(part)}]{{.gloss}}" if at % 2 else escape_anywhere(part)
        for at, part in enumerate(parts)
        if part
    )
    return escape_start("".join(written))


def escape_anywhere(text: str) -> str:
    """Text with its signs escaped that mean something wherever they stand."""
    return _ANYWHERE.sub(lambda match: f"\\{match[0]}", text)


def escape_start(text: str) -> str:
    """A line with the sign escaped that means something where a line begins. Markdown at its start stays."""
    match = _AT_START.match(text)
    if not match or text.startswith("!["):
        return text
    at = match.end() if match[1] else 0
    return f"{text[:at]}\\{text[at:]}"
