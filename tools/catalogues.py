"""The sentences that a person may see, read from the source, and the catalogues of them.

``python tools/catalogues.py`` says what is wrong with the catalogues, and fails if anything is. With ``--write`` it
puts new templates into zh-Hans.po, with nothing beside them, takes out those that nothing says any more, and makes
zh-Hant.po by Keben's own conversion with the terms of ``docs/messages.glossary.tsv``.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click

from keben.cli.language import CLICK
from keben.core.catalogues import LANGUAGES, read_entries
from keben.core.edition import Edition
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Editorial
from keben.core.metadata import Metadata
from keben.review.page import TEMPLATE
from keben.script.editions import EditionConverter

ROOT = Path(__file__).resolve().parents[1]

SOURCE = ROOT / "src" / "keben"
FOLDER = SOURCE / "core" / "po"
GLOSSARY = ROOT / "docs" / "messages.glossary.tsv"
_CALLS = {"wording", "marked"}
_HELP = {"help", "short_help", "epilog"}


@cache
def templates() -> Mapping[str, str]:
    """Each template with the module where it stands first, in the order of modules and lines."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for template in _templates(ast.parse(path.read_text(encoding="utf-8")), in_cli="cli" in path.parts):
            found.setdefault(template, path.relative_to(SOURCE).as_posix())
    for path in sorted((SOURCE / "review" / "assets").iterdir()):
        for match in _PAGE.finditer(path.read_text(encoding="utf-8")):
            text = match[1] or json.loads(f'"{match[2]}"')
            found.setdefault(text, path.relative_to(SOURCE).as_posix())
    for text in _click():
        found.setdefault(text, "click")
    return {template: module for template, module in found.items() if template.strip()}


_PAGE = re.compile(r"\{\{t:([^{}]+)\}\}|" + TEMPLATE.pattern)
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
    for name in CLICK:
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
            elif name == "counted" and len(node.args) > 1:
                yield from _constants(node.args[1])
            elif name == "series":
                yield from _constants(node.args[1]) if len(node.args) > 1 else (", ",)
            elif in_cli:
                for keyword in node.keywords:
                    if keyword.arg in _HELP:
                        yield from _constants(keyword.value)
        elif in_cli and isinstance(node, ast.FunctionDef) and _is_command(node):
            yield ast.get_docstring(node) or ""


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


def read(language: str) -> dict[str, str]:
    """The catalogue of a language as it is."""
    path = FOLDER / f"{language}.po"
    return read_entries(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(language: str, translations: Mapping[str, str]) -> None:
    """Write the catalogue of a language for the templates of the source."""
    entries = {template: (module, translations.get(template, "")) for template, module in templates().items()}
    (FOLDER / f"{language}.po").write_text(written(entries, language), encoding="utf-8", newline="\n")


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue: templates that it lacks or has too many, and names in braces that differ."""
    wanted, there = templates(), read(language)
    for template in wanted:
        translation = there.get(template)
        if translation is None:
            yield f"{language}: not translated: {template!r}"
        elif names(translation) - names(template) or lost(template, translation):
            yield f"{language}: other names in braces: {template!r} and {translation!r}"
    yield from (
        f"{language}: nothing says this any more: {template!r}"
        for template in there
        if template not in wanted
    )


_PLURALS = {"s", "error", "file", "sheets", "changes"}
"""Names of words that English has in two forms and Chinese in one."""


def lost(template: str, translation: str) -> set[str]:
    """The names of values that a translation does not say."""
    return names(template) - names(translation) - _PLURALS


_KEPT = re.compile(r"(`[^`]*`|\{[^{}]*\}|\"[^\"]*\"|'[^']*')")


def traditional() -> dict[str, str]:
    """The catalogue of Taiwan, by Keben's own conversion of the mainland's; what is written in code stays."""
    terms = read_glossary(GLOSSARY.read_text(encoding="utf-8"), GLOSSARY.name)
    if terms.findings:
        raise SystemExit("\n".join(map(str, terms.findings)))
    edition = Edition(
        "zh-Hant-TW", "zh-Hant-TW", "zh-Hans-CN", Metadata("Keben"), vocabulary="technical", quotes="corner"
    )
    converter = EditionConverter.of(edition, Editorial(terms.entries))
    return {template: _converted(text, converter) for template, text in read("zh-Hans").items()}


def _converted(text: str, converter: EditionConverter) -> str:
    pieces = _KEPT.split(text)
    marks = "".join(chr(0xE000 + at) if at % 2 else piece for at, piece in enumerate(pieces))
    made = converter.text(marks)[0]
    for at in range(1, len(pieces), 2):
        made = made.replace(chr(0xE000 + at), pieces[at])
    return made


def main() -> None:
    """Say what is wrong, or write."""
    if "--write" in sys.argv:
        write("zh-Hans", read("zh-Hans"))
        write("zh-Hant", traditional())
        return
    found = [fault for language in LANGUAGES[1:] for fault in faults(language)]
    if read("zh-Hant") != traditional():
        found.append(
            "zh-Hant.po is not what zh-Hans.po converts to: run `python tools/catalogues.py --write`."
        )
    if found:
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    main()
