"""Which of Pygments' lexers reads a language, by the many names that fences give it."""

import re
from functools import cache
from typing import Any

from keben.core.patterns import later

SAME = {
    "apex": "java", "asciidoc": "", "asm": "nasm", "astro": "html", "axml": "html", "blade": "html+php", "cc": "cpp",
    "cmd": "bat", "command": "console", "curl": "bash", "cxx": "cpp", "dos": "bat", "dotenv": "bash", "ejs": "html",
    "env": "bash", "gradle": "groovy", "h": "c", "h++": "cpp", "hbs": "html+handlebars", "hh": "cpp", "hpp": "cpp",
    "hxx": "cpp", "ino": "cpp", "j2": "jinja", "jsonc": "json5", "jsonl": "json",
    "ksh": "bash", "mdx": "markdown", "mjs": "js", "mm": "objective-c", "ndjson": "json", "node": "js",
    "output": "", "patch": "diff", "plsql": "sql", "prompt": "console", "rs": "rust", "sol": "solidity",
    "svelte": "html",
    "terminal": "console", "vb": "vb.net", "vscode": "json5", "wasm": "wast", "wat": "wast", "wxml": "html",
    "wxs": "js", "wxss": "css", "x86asm": "nasm", "zsh": "bash",
}  # fmt: skip
"""Names that Pygments does not know, or reads otherwise than fences mean them."""

_SHELLS = frozenset(("bash", "sh", "shell", "zsh", "ksh"))
_PROMPT = later(r"\s*(?:\([^()\n]{1,40}\) ?)?\[?(?:[\w.-]+@[\w.-]+[^\n$#%]{0,80}[$#%]|[$%]) ?\S")
_PYTHON_PROMPT = re.compile(r"\s*>>> ")


@cache
def _names() -> dict[str, str]:
    """The name of each lexer that comes with Pygments, by its aliases. Plug-ins of others would change a book."""
    from pygments.lexers import get_all_lexers  # type: ignore[import-untyped]

    names: dict[str, str] = {}
    for name, aliases, _, _ in get_all_lexers(plugins=False):
        for alias in aliases:
            names.setdefault(alias.lower(), name)
        names.setdefault(name.lower(), name)
    return names


def language_of(language: str, text: str) -> str:
    """The name by which Pygments knows a fence's language; empty where it has none.

    A shell's or Python's block that begins with a prompt is a session.
    """
    wanted = language.lower().removeprefix("language-").removeprefix("lang-").lstrip(".")
    if wanted.startswith("diff-"):
        wanted = "diff"
    if wanted in _SHELLS and _PROMPT.match(text):
        wanted = "console"
    if wanted in ("python", "py", "python3", "py3") and _PYTHON_PROMPT.match(text):
        wanted = "pycon"
    wanted = SAME.get(wanted, wanted)
    known = _names()
    if wanted not in known and "." in wanted:
        wanted = wanted.rpartition(".")[2]  # A file's name in a language's place.
        wanted = SAME.get(wanted, wanted)
    return known.get(wanted, "")


@cache
def lexer(name: str) -> Any:
    """A lexer of Pygments' by its name; it leaves a text as it is."""
    from pygments.lexers import find_lexer_class

    found = find_lexer_class(name)
    return found(stripnl=False, ensurenl=False) if found else None
