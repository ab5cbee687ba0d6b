"""Text as Markdown, every sign of it as what it is."""

import re

_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>|~$^]|&(?=[#A-Za-z])|={2,}|\+{2,}|:(?=[A-Za-z0-9_+-]+:)")
_AT_START = re.compile(r"(?:[-#+=:!?%]+)|(\d{1,9})(?=[.)])")


def escape(text: str) -> str:
    """A line of text as Markdown that says just that."""
    text = _ANYWHERE.sub(lambda match: f"\\{match[0]}", text)
    match = _AT_START.match(text)
    if not match:
        return text
    at = match.end() if match[1] else 0
    return f"{text[:at]}\\{text[at:]}"
