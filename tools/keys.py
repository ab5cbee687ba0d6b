"""Writes docs/keys.md and docs/keys.zh.md, every key of book.toml, from the schema and docs/keys.tsv.

    python tools/keys.py [--check]

Types and defaults are the schema's; docs/keys.tsv has what each key is in two languages, an example, and the version
that had it first. A key without a row, and a row without a key, are errors.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from chineselinks import relinked
from pydantic import BaseModel

from keben.project.settings import _File

DOCS = Path(__file__).resolve().parent.parent / "docs"

Row = Mapping[str, str]

WORDS = {
    "en": {
        "first": "**English** · [简体中文](keys.zh.md)",
        "title": "Every key of book.toml",
        "lead": "Made from the schema that reads `book.toml`, by `python tools/keys.py`. [book-toml.md](book-toml.md)\n"
        "explains the keys together. A key with a dot stands in the table of the key before the dot.",
        "editions": "Beside these an edition takes every key of [book](#book) but `chapters`,\n"
        "`numbering`, `numbering-in-parts`, `reader`, `missing-alt` and `highlight`,\n"
        "and the tables `print`, `booklet`, `press` and `epub`, with the same keys.",
        "head": "| key | type | default | since | what it is | example |",
        "text": "text",
        "int": "whole number",
        "float": "number",
        "bool": "`true`, `false`",
        "list": "list",
        "table": "table",
        "required": "required",
        "none": "–",
    },
    "zh": {
        "first": "[English](keys.md) · **简体中文**",
        "title": "book.toml的全部键",
        "lead": "这一页由`python tools/keys.py`按读取`book.toml`的规格写出。"
        "[book-toml.md](book-toml.md)成段地解释这些键。带点的键写在点前那个键的表里。",
        "editions": "除此以外，版本可以写[book](#book)的每个键"
        "（`chapters`、`numbering`、`numbering-in-parts`、`reader`、`missing-alt`、`highlight`除外），以及`print`、`booklet`、`press`、`epub`四张表，键都相同。",
        "head": "| 键 | 类型 | 默认 | 自 | 是什么 | 例 |",
        "text": "文字",
        "int": "整数",
        "float": "数",
        "bool": "`true`、`false`",
        "list": "列表",
        "table": "表",
        "required": "必须写",
        "none": "–",
    },
}


def keys() -> Iterator[tuple[str, Any, Any]]:
    """Each key by its path, with its annotation and its default, ``...`` where it is required."""
    (book,) = _tables(_File.model_fields["book"].annotation)
    for name, field in _File.model_fields.items():
        (table,) = _tables(field.annotation)
        if name == "editions":
            yield name, field.annotation, None
        elsewhere = {*book.model_fields, *_File.model_fields} if name == "editions" else set()
        yield from _keys(table, name, elsewhere)


def _keys(table: type[BaseModel], path: str, left_out: set[str]) -> Iterator[tuple[str, Any, Any]]:
    for name, field in table.model_fields.items():
        if name in left_out and name != "language":
            continue
        key = f"{path}.{field.alias or name}"
        yield (
            key,
            field.annotation,
            ... if field.is_required() else field.get_default(call_default_factory=True),
        )
        for inner in _tables(field.annotation):
            yield from _keys(inner, key, set())


def _tables(kind: Any) -> list[type[BaseModel]]:
    """The tables that a value of a type may be, or hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return list(dict.fromkeys(table for each in get_args(kind) for table in _tables(each)))


def _type(kind: Any, words: Row, language: str) -> str:
    origin, parts = get_origin(kind), get_args(kind)
    comma = "、" if language == "zh" else ", "
    if origin is Annotated:
        return _type(parts[0], words, language)
    if origin is Literal:
        return comma.join(f"`{value}`" for value in parts)
    if origin in (Union, UnionType):
        kinds = [_type(part, words, language) for part in parts if part is not type(None)]
        return comma.join(dict.fromkeys(kinds))
    if origin is list:
        inner = _type(parts[0], words, language)
        return f"{words['list']}：{inner}" if language == "zh" else f"{words['list']} of: {inner}"
    if origin is dict or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return words["table"]
    return words[{str: "text", int: "int", float: "float", bool: "bool"}[kind]]


def _default(value: Any, words: Row) -> str:
    if value is ...:
        return words["required"]
    if value is None or value in ("", [], {}) or isinstance(value, BaseModel):
        return words["none"]
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def document(language: str, rows: Mapping[str, Row]) -> str:
    """The page in one language."""
    words = WORDS[language]
    parts = [f"{words['first']}\n\n# {words['title']}\n\n{words['lead']}\n"]
    section = ""
    for key, kind, default in keys():
        name = key.partition(".")[0]
        if name != section:
            section = name
            parts.append(f"\n## {'[editions.NAME]' if name == 'editions' else f'[{name}]'}\n\n")
            parts.append(f"{words['editions']}\n\n" if name == "editions" else "")
            parts.append(f"{words['head']}\n|---|---|---|---|---|---|\n")
        row = rows[key]
        shown = key.removeprefix(f"{name}.") if "." in key else "NAME"
        example = f"`{key.rpartition('.')[2]} = {row['example']}`"
        cells = [f"`{shown}`", _type(kind, words, language), _default(default, words), row["since"]]
        parts.append("| " + " | ".join((*cells, row[language], example)) + " |\n")
    return relinked("".join(parts)) if language == "zh" else "".join(parts)


def rows() -> dict[str, Row]:
    """What docs/keys.tsv says of each key."""
    with (DOCS / "keys.tsv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def main() -> int:
    """Write the pages, or see that they are as they would be written."""
    written, known = rows(), [key for key, _, _ in keys()]
    wrong = [f"docs/keys.tsv has no row for {key}." for key in known if key not in written]
    wrong += [f"docs/keys.tsv: book.toml has no key {key}." for key in written if key not in known]
    for language, name in (("en", "keys.md"), ("zh", "keys.zh.md")):
        text, path = "" if wrong else document(language, written), DOCS / name
        if "--check" not in sys.argv and not wrong:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not wrong and path.read_text("utf-8") != text:
            wrong.append(f"docs/{name} is not what the schema says: run `python tools/keys.py`.")
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
