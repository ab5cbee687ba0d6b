"""The sentences that a person may see, read from the source, and the catalogues of them.

``python tools/catalogues.py`` says what a catalogue lacks and what it has too many, and exits 1 where there is either.
``--missing`` prints what zh-Hans lacks, as entries to fill in. ``--add FILE`` takes entries from such a file.
``--traditional`` makes the catalogue of Taiwan from the mainland's.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]

SOURCE = ROOT / "src" / "keben"
FOLDER = SOURCE / "core" / "po"
_CALLS = {"wording", "marked"}
_HELP = {"help", "short_help", "epilog"}


def templates() -> dict[str, str]:
    """Each template with the module where it stands first, in the order of modules and lines."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for template in _templates(ast.parse(path.read_text(encoding="utf-8")), in_cli="cli" in path.parts):
            found.setdefault(template, path.relative_to(SOURCE).as_posix())
    for path in sorted((SOURCE / "review" / "assets").iterdir()):
        for match in _PAGE.finditer(path.read_text(encoding="utf-8")):
            found.setdefault(match[1] or match[2], path.relative_to(SOURCE).as_posix())
    for text in _click():
        found.setdefault(text, "click")
    return found


_PAGE = re.compile(r"\{\{t:([^{}]+)\}\}|\bsay\(\"((?:[^\"\\]|\\.)+)\"")
_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
_UNSEEN = (
    "Deprecat",
    "deprecated",
    "No options defined",
    "Could not determine",
    "Arguments take",
    "Name '",
    "Boolean option",
    "Choice(",
)


def _click() -> Iterator[str]:
    """Click's own texts that a person may see."""
    for name in _CLICK:
        tree = ast.parse((Path(click.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                for text in (text for each in node.args for text in _constants(each)):
                    if not text.startswith(_UNSEEN):
                        yield text


def _templates(tree: ast.AST, *, in_cli: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _CALLS and node.args:
                yield from _constants(node.args[0])
            elif name == "series":
                yield from _constants(node.args[1]) if len(node.args) > 1 else (", ",)
            elif in_cli:
                for keyword in node.keywords:
                    if keyword.arg in _HELP:
                        yield from _constants(keyword.value)
        elif in_cli and isinstance(node, ast.FunctionDef) and _is_command(node):
            yield from filter(None, (ast.get_docstring(node),))


def _is_command(node: ast.FunctionDef) -> bool:
    return any("command" in ast.unparse(each) or "group" in ast.unparse(each) for each in node.decorator_list)


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def names(template: str) -> set[str]:
    """The names in braces of a template."""
    return set(re.findall(r"(?<!\{)\{([a-z_][a-z_0-9]*)(?:![rs])?(?::[^{}]*)?\}", template))


def written(entries: dict[str, tuple[str, str]], language: str) -> str:
    """A PO file of templates, each with its module and its translation."""
    pieces = [
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    ]
    for template, (module, translation) in sorted(entries.items(), key=lambda item: (item[1][0], item[0])):
        pieces.append(f"#: {module}\nmsgid {_quoted(template)}\nmsgstr {_quoted(translation)}\n")
    return "\n".join(pieces)


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )
