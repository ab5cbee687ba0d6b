"""What docs/api.md must say of the public names: their sources, without what is inside."""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from importlib import import_module

from keben import HOMES

LINE = 110
"""How long a line of code may be (pyproject.toml)."""


def describe(names: Sequence[str]) -> str:
    """Some public names, as their modules define them."""
    text, after = f"# keben: {', '.join(names)}\n", False
    for name in names:
        home, _, there = HOMES[name].partition(":")
        source = inspect.getsource(import_module(f"keben.{home}"))
        node = next(each for each in ast.parse(source).body if (there or name) in _names(each))
        # As ruff lays code out.
        defines = isinstance(node, ast.FunctionDef | ast.ClassDef)
        text += ("\n\n" if defines or after else "") + _shown(node, source, name)
        after = defines
    return text


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _shown(node: ast.stmt, source: str, name: str) -> str:
    lines = source.splitlines()
    match node:
        case ast.ClassDef():
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            fields = "".join(_inside(each, lines) for each in node.body[1:])
            return _cut(lines, first, node.body[0].end_lineno) + ("\n" + fields if fields else "")
        case ast.FunctionDef():
            return _broken(re.sub(r"\A(\s*)def \w+", rf"\1def {name}", _inside(node, lines)))
    return _cut(lines, node.lineno, node.end_lineno)


def _broken(text: str) -> str:
    """A function whose public name makes its first line too long, broken as ruff breaks it."""
    first, _, rest = text.partition("\n")
    if len(first) > LINE:
        first = re.sub(r"\((.*)\)( -> |:)", r"(\n    \1\n)\2", first, count=1)
    return f"{first}\n{rest}"


def _inside(node: ast.stmt, lines: list[str]) -> str:
    """A field, or a method or function to the end of its docstring; nothing of what is private."""
    if any(name.startswith("_") for name in _names(node)) or not _names(node):
        return ""
    if isinstance(node, ast.FunctionDef):
        assert ast.get_docstring(node), f"{node.name} has no docstring"
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        return ("\n" if node.col_offset else "") + _cut(lines, first, node.body[0].end_lineno)
    return _cut(lines, node.lineno, node.end_lineno)


def _cut(lines: list[str], first: int, last: int | None) -> str:
    return "\n".join(lines[first - 1 : last]) + "\n"


def blocks(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The names that each block of a document describes, with what it says."""
    for part in text.split("```python\n")[1:]:
        block = part.split("```")[0]
        if block.startswith("# keben: "):
            yield tuple(block.partition("\n")[0].removeprefix("# keben: ").split(", ")), block
