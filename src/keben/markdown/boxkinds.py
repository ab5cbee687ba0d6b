"""The kinds of boxes that other tools' Markdown has, and what each is called here.

GitHub's alerts, Obsidian's callouts, MkDocs' admonitions, VuePress' containers, Quarto's callouts, GitBook's hints.
"""

import re

KINDS: dict[str, tuple[str, ...]] = {
    "abstract": ("abstract", "summary", "tldr", "摘要"),
    "bug": ("bug",),
    "caution": ("caution", "注意事项"),
    "danger": ("danger", "error", "危险"),
    "details": ("details", "collapse", "collapsible", "expand", "folding", "fold", "spoiler"),
    "example": ("example", "例", "示例"),
    "failure": ("failure", "fail", "missing"),
    "important": ("important", "重要"),
    "info": ("info", "primary", "secondary", "default", "信息"),
    "note": ("note", "notice", "seealso", "see-also", "hint-note", "admonition", "callout", "alert", "注意"),
    "question": ("question", "help", "faq", "问题"),
    "quote": ("quote", "cite"),
    "success": ("success", "check", "done", "ok"),
    "tip": ("tip", "hint", "提示"),
    "todo": ("todo",),
    "warning": ("warning", "warn", "attention", "警告"),
}
"""Each kind with the names that tools have for it. `words.toml` says what a box of a kind is called: ``box_note``."""

BOX = "box"
TITLE = "box-title"
TABS = "tabs"
TAB = "tab"
TAB_TITLE = "tab-title"
PAGE_BREAK = "page-break"
CLASSES = frozenset((BOX, TITLE, TABS, TAB, TAB_TITLE, PAGE_BREAK, "task", *KINDS))
"""The classes of what this makes. A theme may select them."""

_BY_NAME = {name: kind for kind, names in KINDS.items() for name in names}


def kind_named(name: str) -> str:
    """The kind that a tool calls so; empty if none does."""
    return _BY_NAME.get(name.lower(), "")


def unquoted(text: str) -> str:
    """A title without the quotation marks around it."""
    text = text.strip()
    match = re.fullmatch(r"\"(.*)\"|'(.*)'|“(.*)”", text, re.DOTALL)
    return next((group for group in match.groups() if group is not None), "").strip() if match else text
