r"""Citations of Pandoc, Quarto and R Markdown (``[@key]``) → their authors and years, and a list of the works.

The form is that of GB/T 7714—2015 with authors and years (著者-出版年制): 10.2 in the text, chapter 8 in the list.
"""

import re
from collections.abc import Mapping, Sequence

from keben.core.values import dataclass
from keben.project.importers.bibtex import Work, read_bibtex
from keben.project.importers.markup import escape_anywhere
from keben.project.importers.prose import prose_lines
from keben.project.importers.rewriting import CODE, outside_code
from keben.project.importers.sources import SourceFolder

TITLE = "参考文献"

_KEY = r"(?:\{[^{}\s]+\}|[A-Za-z0-9_\u3400-\u9fff](?:[\w:.#$%&+?<>~/-]*[\w/])?)"
_GROUP = rf"[ \t]*(?<!\\)\[(?P<group>[^\[\]\n]*?-?@{_KEY}[^\[\]\n]*)\](?P<link>[(\[]?)(?:[ \t]+(?=[\u3001-\uffef]))?"
_ONE = re.compile(rf"(-?)@({_KEY})")
_CITED = re.compile(rf"{_GROUP}|(?<![\w@/.`\\])@(?P<alone>{_KEY})")
_LIST = re.compile(
    r"(:{3,})[ \t]*\{[^{}\n]*#refs[^{}\n]*\}[ \t]*|<div[^<>]*\bid=[\"']refs[\"'][^<>]*>[ \t]*(?:</div>)?"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_KINDS = {
    "article": "J", "book": "M", "inbook": "M", "incollection": "M", "inproceedings": "C", "conference": "C",
    "proceedings": "C", "phdthesis": "D", "mastersthesis": "D", "thesis": "D", "techreport": "R", "report": "R",
    "patent": "P", "online": "EB/OL", "electronic": "EB/OL",
}  # fmt: skip
_SHOWN = 3
"""Persons of a work that are named."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Lines with citations written out."""

    lines: tuple[str, ...]
    keys: tuple[str, ...]
    """Of the works that they cite, in order."""


def works_of(folder: SourceFolder) -> Mapping[str, Work]:
    """The works that a folder's files of BibTeX describe, by their keys."""
    works: dict[str, Work] = {}
    for path in folder.files:
        if path.lower().endswith(".bib") and (decoded := folder.text(path)):
            works = {**read_bibtex(decoded.text), **works}
    return works


def with_citations(lines: Sequence[str], works: Mapping[str, Work]) -> Cited:
    """The lines of a page with its citations of these works; of others they stay."""
    if not works or not any("@" in line for line in lines):
        return Cited(tuple(lines), ())
    made: list[str] = []
    keys: dict[str, None] = {}
    for line, is_prose in zip(lines, prose_lines(lines), strict=True):
        if not is_prose or "@" not in line:
            made.append(line)
            continue
        keys |= dict.fromkeys(key for text in CODE.split(line)[::2] for key in _keys(text, works))
        made.append(outside_code(line, lambda text: _written(text, works)))
    return Cited(tuple(made), tuple(keys))


def has_list(lines: Sequence[str]) -> bool:
    """Whether a page says where the works are listed."""
    return any(_LIST.fullmatch(line.strip()) for line in lines)


def with_list(lines: Sequence[str], keys: Sequence[str], works: Mapping[str, Work]) -> tuple[str, ...]:
    """The lines of a page with the works where it says so."""
    at = next((n for n, line in enumerate(lines) if _LIST.fullmatch(line.strip())), None)
    if at is None:
        return tuple(lines)
    match = _LIST.fullmatch(lines[at].strip())
    end = at
    if match and match[1]:
        close = re.compile(rf":{{{len(match[1])}}}[ \t]*")
        end = next((n for n in range(at + 1, len(lines)) if close.fullmatch(lines[n])), at)
    return (*lines[:at], *listed_works(keys, works), *lines[end + 1 :])


def listed_works(keys: Sequence[str], works: Mapping[str, Work]) -> tuple[str, ...]:
    """The works of these keys, a paragraph each, by their persons and years."""
    texts = sorted((_listed(works[key]) for key in keys), key=lambda text: (text.casefold(), text))
    return tuple(line for text in dict.fromkeys(texts) for line in (text, ""))


def _keys(text: str, works: Mapping[str, Work]) -> list[str]:
    found = [key.strip("{}") for _, key in _ONE.findall(text)]
    return [key for key in found if key in works]


def _written(text: str, works: Mapping[str, Work]) -> str:
    def cited(match: re.Match[str]) -> str:
        named = [key.strip("{}") for _, key in _ONE.findall(match["group"] or f"@{match['alone']}")]
        if match["link"] or not all(key in works for key in named):
            return match[0]
        if match["alone"]:
            return f"{escape_anywhere(_who(works[named[0]]))}（{_year(works[named[0]])}）"
        parts = [_ONE.sub(lambda one: _short(one, works), each.strip()) for each in match["group"].split(";")]
        return f"（{'；'.join(re.sub(r',[ ]*', '，', part) for part in parts)}）"

    return _CITED.sub(cited, text)


def _short(match: re.Match[str], works: Mapping[str, Work]) -> str:
    work = works[match[2].strip("{}")]
    return _year(work) if match[1] else f"{escape_anywhere(_who(work))}，{_year(work)}"


def _year(work: Work) -> str:
    found = re.search(r"\d{4}", work.fields.get("year") or work.fields.get("date") or "")
    return found[0] if found else "无日期"


def _names(work: Work) -> tuple[str, ...]:
    return work.people("author", "editor", "organization", "institution", "key") or (
        work.fields.get("title", ""),
    )


def _who(work: Work) -> str:
    """The persons of a work as a text names them: 张三, Efron和Hastie, Tibshirani等."""
    names = [_family(name) for name in _names(work)]
    if len(names) == 2 and names[1] != "others":
        return "和".join(names)
    return names[0] + ("等" if len(names) > 1 else "")


def _family(name: str) -> str:
    if _HAN.search(name):
        return name.replace(", ", "").replace(" ", "")
    if "," in name:
        return name.partition(",")[0]
    # A name of one word, or of a body: R Core Team.
    words = name.split()
    return name if len(words) > 3 or "Team" in words else words[-1] if words else ""


def _full(name: str) -> str:
    """A name as lists have it: family first, then initials."""
    if _HAN.search(name) or name == "others":
        return _family(name)
    family = _family(name)
    given = name.partition(",")[2] or name.removesuffix(family)
    initials = " ".join(part[0].upper() for part in re.split(r"[\s.-]+", given) if part[:1].isalpha())
    return f"{family} {initials}".strip() if family != name else name


def _listed(work: Work) -> str:
    """A work as GB/T 7714 lists it."""
    fields = work.fields
    names = [_full(name) for name in _names(work) if name != "others"]
    is_more = len(names) > _SHOWN or "others" in _names(work)
    is_chinese = bool(_HAN.search(fields.get("title", "")))
    people = ", ".join(names[:_SHOWN]) + ((", 等" if is_chinese else ", et al") if is_more else "")
    kind = _KINDS.get(work.kind, "EB/OL" if fields.get("url") else "Z")
    parts = [f"{people}, {_year(work)}", f"{fields.get('title', '')}[{kind}]", *_source(work)]
    if is_chinese:
        # The signs of the standard in full width, as Chinese presses set them.
        parts = [part.replace(", ", "，").replace(": ", "：") for part in parts]
    stop, end = ("．", "．") if is_chinese else (". ", ".")
    text = stop.join(escape_anywhere(part.rstrip(".")) for part in parts if part.strip(" .,"))
    address = f"https://doi.org/{fields['doi']}" if fields.get("doi") else fields.get("url", "")
    address = re.sub(r"^https://doi\.org/(?=https?:)", "", address)
    return f"{text}{end}" + (f" <{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else "")


def _source(work: Work) -> tuple[str, ...]:
    """Where a work was published, sentence by sentence."""
    fields = work.fields
    pages = fields.get("pages", "").replace(" ", "")
    if journal := fields.get("journal") or fields.get("journaltitle"):
        number = f"({fields['number']})" if fields.get("number") else ""
        volume = f", {fields.get('volume', '')}{number}" if fields.get("volume") or number else ""
        return (f"{journal}{volume}" + (f": {pages}" if pages else ""),)
    place = fields.get("address") or fields.get("location") or ""
    house = fields.get("publisher") or fields.get("school") or fields.get("institution") or ""
    imprint = ": ".join(filter(None, (place, house))) + (f": {pages}" if pages and house else "")
    inside = fields.get("booktitle", "")
    edition = fields.get("edition", "")
    return tuple(filter(None, (f"//{inside}" if inside else "", edition, imprint)))
