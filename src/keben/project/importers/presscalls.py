"""Files that pages of VuePress and VitePress show: ``<<< @/a.js``, ``@[code](./a.js)``, ``<!--@include: ./a.md-->``.

VitePress, “Markdown Extensions”: Import Code Snippets, Markdown File Inclusion; VuePress, “Import Code Blocks”.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence

from keben.project.importers.sources import SourceFolder

SIGNS = ("<<<", "@[code", "@include")
"""What each call has. In code they are shown as they are."""
CODE = re.compile(
    r"^(?P<space>[ \t]*)(?:<<<[ \t]*(?P<path>[^\s#{}\[\]]+)(?:#(?P<region>[\w*.-]+))?(?:[ \t]*\{(?P<more>[^{}\n]*)\})?"
    r"(?:[ \t]*\[(?P<title>[^\]\n]*)\])?"
    r"|@\[code(?:\{(?P<lines>[\d-]*)\})?(?P<given>[^\]\n]*)\]\((?P<file>[^()\s]+)\))[ \t]*$"
)
COMMENT = re.compile(
    r"<!--[ \t]*@include:[ \t]*(?P<path>[^\s<>{}#]+)(?:#(?P<region>[\w*.-]+))?"
    r"(?:\{(?P<first>\d*),?(?P<last>\d*)\})?[ \t]*-->"
)
_PLACES = ("", "docs", "src")
_LANGUAGES = {"mjs": "js", "cjs": "js", "yml": "yaml", "md": "markdown", "sh": "bash", "": "text"}


def called(name: str, path: str, folder: SourceFolder) -> str:
    """The file that a call in the page at a path means; ``@`` is the root of the site. Empty: none."""
    return next((found for way in _ways(name, path) if (found := folder.find(way))), "")


def _ways(name: str, path: str) -> Iterator[str]:
    if name.startswith(("@/", "~/", "/")):
        inner = name.lstrip("@~").lstrip("/")
        yield from (posixpath.join(place, inner) for place in _PLACES)
    else:
        yield posixpath.join(posixpath.dirname(path), name)


def code_rows(match: re.Match[str], found: str, rows: Sequence[str]) -> list[str]:
    """A block of code with a file's lines, as a call of `CODE` asks for it."""
    rows = region_of(rows, match["region"]) if match["region"] else list(rows)
    if match["lines"]:
        first, _, last = match["lines"].partition("-")
        rows = rows[int(first or 1) - 1 : int(last or (len(rows) if "-" in match["lines"] else first))]
    words = re.findall(r"[A-Za-z][\w+#-]*", re.sub(r":[\w-]+", "", match["more"] or match["given"] or ""))
    suffix = posixpath.splitext(found)[1].lstrip(".").lower()
    language = words[0] if words else _LANGUAGES.get(suffix, suffix)
    title = f' title="{match["title"].strip()}"' if match["title"] else ""
    longest = max((len(run) for row in rows for run in re.findall(r"`{3,}", row)), default=2)
    fence = "`" * (longest + 1)
    return [f"{match['space']}{row}" for row in (f"{fence}{language}{title}", *rows, fence)]


def included_rows(match: re.Match[str], rows: Sequence[str]) -> list[str]:
    """The lines of a page that a call of `COMMENT` asks for."""
    if match["region"]:
        return region_of(rows, match["region"])
    if match["first"] or match["last"]:
        return list(rows[int(match["first"] or 1) - 1 : int(match["last"] or len(rows))])
    return list(rows)


def region_of(rows: Sequence[str], name: str) -> list[str]:
    """The lines between ``#region name`` and ``#endregion``, set in no deeper than the first of them."""
    mark = re.compile(rf"#\s*region\b\s*{re.escape(name)}\b", re.IGNORECASE)
    end = re.compile(r"#\s*endregion\b", re.IGNORECASE)
    first = next((n + 1 for n, row in enumerate(rows) if mark.search(row)), len(rows))
    last = next((n for n in range(first, len(rows)) if end.search(rows[n])), len(rows))
    inner = list(rows[first:last])
    depth = min((len(row) - len(row.lstrip()) for row in inner if row.strip()), default=0)
    return [row[depth:] for row in inner]
