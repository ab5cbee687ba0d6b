"""A Jupyter notebook (nbformat 3 and 4) → Markdown: its texts, its code, and what the code printed.

Nothing is run. Pictures among the outputs are named, not shown: they have no file. What does not read as a notebook is
shown as it is, as code.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from keben.project.importers.decoding import Decoded, decode

SUFFIX = ".ipynb"

_LONGEST = 20_000_000
"""Characters of a notebook that is read."""
_MOST_CELLS = 20_000
_MOST_PRINTED = 8_000
"""Characters of what one piece of code printed."""
_HIDDEN_CELL = frozenset(("remove-cell", "remove_cell", "hide-cell", "hide_cell"))
_HIDDEN_CODE = frozenset(("remove-input", "remove_input", "hide_input", "hide-input"))
_HIDDEN_OUTPUT = frozenset(("remove-output", "remove_output", "hide_output", "hide-output"))
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}")


def read_text(name: str, data: bytes) -> Decoded | None:
    """The text of a file of Markdown, or of a notebook as Markdown; None where its encoding is unknown."""
    decoded = decode(data)
    if decoded is None or not name.lower().endswith(SUFFIX):
        return decoded
    return replace(decoded, text=notebook_text(decoded.text), lost=())


def notebook_text(text: str) -> str:
    """A notebook as Markdown."""
    try:
        said = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        said = None
    cells = _cells(said) if isinstance(said, dict) else None
    if cells is None or said is None:
        return _fenced(text[:_LONGEST], "json")
    language = _language(said)
    blocks = [block for cell in cells[:_MOST_CELLS] for block in _blocks(cell, language)]
    return "\n\n".join(blocks) + "\n"


def _cells(said: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The cells of a notebook; None where it has none."""
    sheets = said.get("worksheets")
    found = said.get("cells")
    if found is None and isinstance(sheets, list):
        found = [
            cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or () if cell
        ]
    return [cell for cell in found if isinstance(cell, dict)] if isinstance(found, list) else None


def _language(said: Mapping[str, Any]) -> str:
    metadata = said.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    for table, key in (("language_info", "name"), ("kernelspec", "language")):
        inner = metadata.get(table)
        name = inner.get(key) if isinstance(inner, dict) else None
        if isinstance(name, str) and _LANGUAGE.fullmatch(name):
            return name.lower()
    return "python"


def _blocks(cell: Mapping[str, Any], language: str) -> Iterator[str]:
    """What a cell says, as Markdown's blocks."""
    tags = _tags(cell)
    if tags & _HIDDEN_CELL:
        return
    source = _joined(cell.get("source", cell.get("input"))).rstrip()
    kind = cell.get("cell_type")
    if kind == "code":
        if source.strip() and not tags & _HIDDEN_CODE:
            yield _fenced(source, language)
        if not tags & _HIDDEN_OUTPUT:
            outputs = cell.get("outputs")
            yield from _outputs(outputs if isinstance(outputs, list) else ())
    elif kind == "heading" and source.strip():
        level = cell.get("level")
        yield f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {source.strip()}"
    elif source.strip():
        yield source


def _tags(cell: Mapping[str, Any]) -> frozenset[str]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return frozenset(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else frozenset()


def _outputs(outputs: Sequence[Any]) -> Iterator[str]:
    for output in outputs:
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        data = output.get("data", output)
        data = data if isinstance(data, dict) else {}
        if any(str(key).startswith("image/") or key in ("png", "jpeg", "svg") for key in data):
            # A data: URL that holds nothing: a build says that such a picture is not shown.
            yield "![输出](data:image/png)"
            continue
        if kind == "error":
            printed = (
                _joined(output.get("traceback")) or f"{output.get('ename', '')}: {output.get('evalue', '')}"
            )
        elif kind == "stream":
            printed = _joined(output.get("text"))
        else:
            printed = _joined(data.get("text/plain", data.get("text")))
        printed = _ESCAPES.sub("", printed).rstrip()
        if printed.strip():
            cut = printed if len(printed) <= _MOST_PRINTED else f"{printed[:_MOST_PRINTED]}\n…"
            yield _fenced(cut, "text")


def _joined(said: Any) -> str:
    """A text as notebooks have it: whole, or as a list of lines."""
    if isinstance(said, list):
        return "".join(part for part in said if isinstance(part, str))
    return said if isinstance(said, str) else ""


def _fenced(text: str, language: str) -> str:
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    return f"{fence}{language}\n{text}\n{fence}"
