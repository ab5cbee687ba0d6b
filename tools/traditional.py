"""Make README.zh-TW.md from README.zh.md, by Keben's own conversion.

What Taiwan says otherwise and no table of the conversion has is in ``docs/README.glossary.tsv``. Code stays as it is,
its comments apart; so do addresses. ``python tools/traditional.py`` writes the file; with ``--check`` it fails if it
would change.
"""

import re
import sys
from functools import cache
from pathlib import Path

from keben.core.edition import Edition
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Editorial
from keben.core.metadata import Metadata
from keben.script.editions import EditionConverter

ROOT = Path(__file__).parent.parent
SOURCE, TARGET, GLOSSARY = "README.zh.md", "README.zh-TW.md", "docs/README.glossary.tsv"
FIRST = "[English](README.md) · [简体中文](README.zh.md) · **繁體中文**"
_KEPT = re.compile(r"(<code>.*?</code>|``.*?``|`[^`]*`|\]\([^)]*\)|<[^>]*>)")
_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
_COMMENT = re.compile(r"(.*?)(#\s.*)")


def traditional(text: str) -> str:
    """The text of the Taiwan README."""
    _, _, rest = text.partition("\n")
    return f"{FIRST}\n{body(rest, taiwan())}"


@cache
def taiwan() -> EditionConverter:
    """What converts the documentation, with its glossary."""
    terms = read_glossary((ROOT / GLOSSARY).read_text("utf-8"), GLOSSARY)
    if terms.findings:
        raise SystemExit("\n".join(map(str, terms.findings)))
    edition = Edition(
        "zh-Hant-TW", "zh-Hant-TW", "zh-Hans-CN", Metadata("Keben"), vocabulary="technical", quotes="corner"
    )
    return EditionConverter.of(edition, Editorial(terms.entries))


def body(text: str, converter: EditionConverter) -> str:
    """A page of Markdown, converted: its prose, and the comments of its code."""
    made, fence = [], ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == fence:
            fence = ""
        made.append(_code(line, converter) if fence or mark else _prose(line, converter))
    return "".join(f"{line}\n" for line in made)


def _prose(line: str, converter: EditionConverter) -> str:
    pieces = _KEPT.split(line)
    return "".join(piece if at % 2 else converter.text(piece)[0] for at, piece in enumerate(pieces))


def _code(line: str, converter: EditionConverter) -> str:
    match = _COMMENT.fullmatch(line)
    return match[1] + _prose(match[2], converter) if match else line


def main() -> None:
    """Write the file, or see that it stands."""
    made = traditional((ROOT / SOURCE).read_text("utf-8"))
    if "--check" not in sys.argv:
        (ROOT / TARGET).write_text(made, encoding="utf-8", newline="\n")
    elif (ROOT / TARGET).read_text("utf-8") != made:
        raise SystemExit(f"{TARGET} is not what {SOURCE} converts to: run `python tools/traditional.py`.")


if __name__ == "__main__":
    main()
