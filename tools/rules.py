"""Writes the tables of docs/lint.md from the rules themselves: python tools/rules.py [docs/lint.md]."""

import sys
from pathlib import Path

from keben.lint.table import FAMILIES
from keben.lint.values import Rule

BEGIN = "<!-- rules: written by tools/rules.py -->\n"
END = "<!-- end of rules -->"
_SIGNS = "&<>|*_`[]#~!:\\"
"""What Markdown would read, or make a link or an emoji of, inside of ``<code>``."""
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "lint.md"


def tables() -> str:
    """A table for each family of rules."""
    parts = []
    for title, module in FAMILIES:
        parts.append(f"### {title}\n\n| rule | severity, fix | why | wrong → right |\n|---|---|---|---|\n")
        parts += [f"{_row(rule)}\n" for rule in module.RULES]
        parts.append("\n")
    return "".join(parts)


def _row(rule: Rule) -> str:
    off = "" if rule.by_default else "; off unless selected"
    languages = "; Simplified only" if rule.languages == ("Hans",) else ""
    examples = "<br>".join(
        f"{_code(wrong)} → {_code(better) if better is not None else '(a person decides)'}"
        for wrong, better in rule.wrong
    )
    right = ", ".join(map(_code, rule.right))
    why = f"{_cell(rule.reason)} <br>*{_cell(rule.source)}*"
    return (
        f"| **{rule.number}**<br>`{rule.name}` | {rule.severity}, {rule.fix}{off}{languages} | {why} "
        f"| {examples}<br>passed over: {right} |"
    )


def _cell(text: str) -> str:
    for sign in ("\\", "|", "*", "#", "[", "<", ">", "{", "`", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _code(text: str) -> str:
    """An example as code in a cell of a table, with what shows nothing named."""
    shown = "".join(_shown(character) for character in text)
    escaped = "".join(f"&#{ord(one)};" if one in _SIGNS else one for one in shown)
    return f"<code>{escaped}</code>"


def _shown(character: str) -> str:
    if character == "\n":
        return "⏎"
    if character == "\t":
        return "⇥"
    is_unseen = character in "\u00a0\u200b\u200d\u3000\ufeff\ufffd" or "\ue000" <= character <= "\uf8ff"
    return f"[U+{ord(character):04X}]" if is_unseen else character


def with_tables(text: str) -> str:
    """A document with its tables as they should be."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{tables()}{END}{rest.partition(END)[2]}"


def main(path: Path = DOCUMENT) -> None:
    """Write the tables again."""
    path.write_text(with_tables(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
