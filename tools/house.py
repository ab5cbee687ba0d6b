"""Counts what docs/architecture.md claims of src/keben, and fails where a claim does not hold.

    python tools/house.py [PACKAGE]

`nox -s lint` runs it. What ruff and import-linter can say is said there (`pyproject.toml`).
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "keben"

ROAD = (
    "core project markdown pictures compose script typeset impose check formats lint build review release cli"
).split()
"""The rooms, in the order in which a book goes through them."""

FORMATS = ("epub", "pdf", "booklet", "press", "cover", "docx", "onix", "sample")

LONGEST_FUNCTION = 60
LONGEST_FILE = 400


@dataclass(frozen=True)
class Module:
    """A module of the package."""

    path: str
    """Below the package."""
    tree: ast.Module
    lines: int


def modules(package: Path = PACKAGE) -> list[Module]:
    """Every module of the package."""
    texts = {path: path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}
    return [
        Module(path.relative_to(package).as_posix(), ast.parse(text), len(text.splitlines()))
        for path, text in texts.items()
    ]


def loose(read: list[Module]) -> Iterator[str]:
    """Names at the top that are no rooms."""
    for name in sorted({module.path.split("/")[0] for module in read}):
        if name not in (*ROAD, "__init__.py", "__main__.py"):
            yield name


def silent_rooms(read: list[Module]) -> Iterator[str]:
    """Rooms that do not say what comes in, what goes out and what they may touch."""
    texts = {module.path: ast.get_docstring(module.tree) or "" for module in read}
    for room in ROAD:
        text = texts.get(f"{room}/__init__.py", "")
        lacking = [word for word in ("Comes in:", "Goes out:", "Touches:") if word not in text]
        if lacking:
            yield f"{room}: {', '.join(lacking)}"


def shared_class_names(read: list[Module]) -> Iterator[str]:
    """Names that two classes have."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in read:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(module.path)
    yield from (f"{name}: {', '.join(paths)}" for name, paths in sorted(found.items()) if len(paths) > 1)


def compared_formats(read: list[Module]) -> Iterator[str]:
    """Comparisons of a format's name outside the table of formats, and of vertical writing outside its function."""
    for module in read:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Compare | ast.Match):
                continue
            constants = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
            about = ast.unparse(node).splitlines()[0]
            is_format = constants & set(FORMATS) and re.search(r"\bformats?_?\b|\bform\.name\b", about)
            is_writing = "vertical" in constants and module.path != "core/paper.py"
            if is_writing or (is_format and module.path != "formats/table.py"):
                yield f"{module.path}:{node.lineno}: {about}"


def output_parameters(read: list[Module]) -> Iterator[str]:
    """Parameters that are lists of findings, which a function can only be given to fill."""
    for path, node, parameter in _parameters(read):
        if parameter.annotation and ast.unparse(parameter.annotation) == "list[Finding]":
            yield f"{path}:{node.lineno}: {node.name}({parameter.arg})"


def _parameters(read: list[Module]) -> Iterator[tuple[str, ast.FunctionDef, ast.arg]]:
    for path, node in functions(read):
        for parameter in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            yield path, node, parameter


def functions(read: list[Module]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function and method, with the path of its module."""
    for module in read:
        nodes = ast.walk(module.tree)
        yield from ((module.path, node) for node in nodes if isinstance(node, ast.FunctionDef))


def long_functions(read: list[Module]) -> Iterator[str]:
    """Functions of too many lines, their docstring aside."""
    for path, node in functions(read):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > LONGEST_FUNCTION:
            yield f"{path}:{node.lineno}: {node.name}, {lines} lines"


def long_files(read: list[Module]) -> Iterator[str]:
    """Files of too many lines."""
    for module in read:
        if module.lines > LONGEST_FILE:
            yield f"{module.path}: {module.lines} lines"


def arrows(read: list[Module]) -> set[tuple[str, str]]:
    """Which room imports which."""
    found = set()
    for module in read:
        room = module.path.split("/")[0]
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("keben."):
                found.add((room, str(node.module).split(".")[1]))
    return {(one, other) for one, other in found if one != other and one in ROAD}


CLAIMS = {
    "modules that lie loose": loose,
    "rooms that do not say what they hold": silent_rooms,
    "class names with several meanings": shared_class_names,
    "comparisons of formats outside the table": compared_formats,
    "output parameters": output_parameters,
    f"functions over {LONGEST_FUNCTION} lines": long_functions,
    f"files over {LONGEST_FILE} lines": long_files,
}


def main(package: Path = PACKAGE) -> int:
    """Print each count, and what is counted where there should be nothing; 1 if there is something."""
    read = modules(package)
    between = arrows(read)
    print(f"rooms: {len(ROAD)}")
    print(f"modules: {len(read)}")
    print(f"arrows between rooms: {len(between)}")
    print(f"functions: {sum(1 for _ in functions(read))}")
    failed = False
    for claim, count in CLAIMS.items():
        found = list(count(read))
        failed = failed or bool(found)
        print(f"{claim}: {len(found)}")
        for each in found:
            print(f"  {each}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
