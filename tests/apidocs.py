"""What docs/api.md must say of a module: its public names, as its source has them, without what is inside."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType


def public(module: ModuleType) -> list[str]:
    """The names that a module has for others: its ``__all__``, or else all that it defines without an underscore."""
    named = getattr(module, "__all__", None)
    tree = ast.parse(inspect.getsource(module))
    defined = [name for node in tree.body for name in _names(node) if not name.startswith("_")]
    if named is None:
        return defined
    assert set(named) <= set(defined), f"{module.__name__} gives names that others define"
    return [name for name in defined if name in named]


def describe(name: str) -> str:
    """The public names of a module, by its name, in the order of its source."""
    module = importlib.import_module(name)
    source = inspect.getsource(module)
    names = public(module)
    text, after = f"# {name}\n", False
    for node in ast.parse(source).body:
        if any(defined in names for defined in _names(node)):
            # As ruff lays code out.
            defines = isinstance(node, ast.FunctionDef | ast.ClassDef)
            text += ("\n\n" if defines or after else "") + _shown(node, source)
            after = defines
    return text


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _shown(node: ast.stmt, source: str) -> str:
    lines = source.splitlines()
    match node:
        case ast.ClassDef():
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            fields = "".join(_inside(each, lines) for each in node.body[1:])
            return _cut(lines, first, node.body[0].end_lineno) + ("\n" + fields if fields else "")
        case ast.FunctionDef():
            return _inside(node, lines)
    return _cut(lines, node.lineno, node.end_lineno)


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


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The modules that a document describes, each with what it says."""
    for part in text.split("```python\n")[1:]:
        block = part.split("```")[0]
        if block.startswith("# keben"):
            yield block.partition("\n")[0].removeprefix("# "), block
