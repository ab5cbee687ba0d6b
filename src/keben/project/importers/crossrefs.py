r"""References of Quarto and bookdown to figures, tables and sections → Keben's: ``@fig-a``, ``\@ref(fig:a)``.

What they refer to must have an id in the book; others stay as they are written. (Quarto, “Cross References”; bookdown,
“Cross-references”.)
"""

import re
from collections.abc import Iterable, Sequence

from keben.project.importers.prose import prose_lines
from keben.project.importers.rewriting import outside_code, with_prose

_IDS = re.compile(r"(?<!\\)\{[^{}\n]*#([\w:.-]*\w)[^{}\n]*\}")
_PICTURE = re.compile(
    r"!\[[^\[\]\n]*\]\((?:<([^<>\n]*)>|([^()\s]*))(?P<title>[ \t]+\"[^\"\n]*\")?[^()\n]*\)(\{[^{}\n]*\})"
)
_KINDS = "fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|def|exm|exr"
_NAME = r"(?:图|圖|表|公式|式|代码|代碼|Figure|Table|Fig\.|Eq\.)?[ \t\u00a0~]?"
_QUARTO = re.compile(
    rf"(?P<many>\[-?@(?:{_KINDS})-[\w:.-]*\w(?:\s*;\s*-?@(?:{_KINDS})-[\w:.-]*\w)*\])"
    rf"|(?<![A-Za-z0-9_`\\@/.]){_NAME}(?<![A-Za-z0-9_])@(?P<one>(?:{_KINDS})-[\w:-]*\w)"
)
_REF = re.compile(rf"{_NAME}\\@ref\((?:(?P<kind>{_KINDS}):)?(?P<name>[\w:.-]+)\)")


def ids_in(lines: Sequence[str], missing: Iterable[str] = ()) -> frozenset[str]:
    """The ids that a page gives in braces; without those of pictures that are missing, by their addresses."""
    prose = prose_lines(lines)
    gone = frozenset(missing)
    found: set[str] = set()
    for line, is_prose in zip(lines, prose, strict=True):
        if "#" not in line or line.lstrip().startswith(":::") or (not is_prose and "$$" not in line):
            # The number of a division is nowhere.
            continue
        # A picture without a caption has no number.
        kept = _PICTURE.sub(
            lambda match: match[0] if match["title"] and (match[1] or match[2]) not in gone else "", line
        )
        found.update(_IDS.findall(kept))
    return frozenset(found)


def numbered_pictures(lines: Sequence[str]) -> list[str]:
    """The addresses of the pictures of a page that have braces."""
    return [match[1] or match[2] for line in lines for match in _PICTURE.finditer(line)]


def with_crossrefs(lines: Sequence[str], ids: frozenset[str]) -> list[str]:
    """The lines of a page with references as Keben has them."""
    return with_prose(lines, "@", lambda line: _line(line, ids)) if ids else list(lines)


def _line(line: str, ids: frozenset[str]) -> str:
    def quarto(match: re.Match[str]) -> str:
        names = re.findall(r"@([\w:.-]*\w)", match[0])
        return "、".join(_reference(name) for name in names) if ids.issuperset(names) else match[0]

    def bookdown(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "", match["name"].replace(":", "-")
        known = next((way for way in (f"{kind}-{name}", name) if way in ids), "")
        return _reference(known) if known else match[0]

    return outside_code(line, lambda text: _REF.sub(bookdown, _QUARTO.sub(quarto, text)))


def _reference(name: str) -> str:
    return f"[](#{name})" if name.startswith("sec") else f"[](#{name}){{.number}}"
