"""Text as Markdown, every sign of it as what it is."""

import re

_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>|~$^]|&(?=[#A-Za-z])")
_AT_START = re.compile(r"(?:[-#+=:!?%]+)|(\d{1,9})(?=[.)])")


_MARKS = re.compile(
    r"(?<!\\)[*`]+|(?<![\\\w])_+|_+(?!\w)|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|<[^>]*>|\\(?=[!-/:-@\[-`{-~])"
)
"""What of a title in Markdown is no text."""


def plain_title(markdown: str) -> str:
    """A title in Markdown as plain text."""
    return " ".join(_MARKS.sub(lambda match: match[1] or "", markdown).split())


def escape(text: str) -> str:
    """A line of text as Markdown that says just that."""
    text = _ANYWHERE.sub(lambda match: f"\\{match[0]}", text)
    match = _AT_START.match(text)
    if not match:
        return text
    at = match.end() if match[1] else 0
    return f"{text[:at]}\\{text[at:]}"
