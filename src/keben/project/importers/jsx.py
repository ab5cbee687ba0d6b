"""MDX, Markdown with components of a site (JSX) → Markdown with raw HTML. Lines keep their numbers; nothing is run.

Imports and exports go. Of components those that the reader knows stay, with what their attributes say as text; the
others leave what stands in them. A page that is imported as a component is read into its place (Docusaurus, “Importing
Markdown”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from keben.core.values import dataclass
from keben.project.importers.prose import prose_lines
from keben.project.importers.sources import MARKDOWN, SourceFolder

_KNOWN = frozenset(
    "admonition alert aside badge callout card caution codegroup codegroupitem codetabs danger hint important info "
    "note step steps tab tabitem tabs tip warning".split()
)
"""Components that a generous reader of raw HTML knows (`keben.markdown.rawnames`)."""
_BLOCKS = frozenset("aside center details div figure section".split())
"""Elements of HTML in which MDX reads Markdown."""
_PICTURES = frozenset(("image", "img", "picture", "themedimage", "zoomimage"))
_SITES = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs")
"""The settings of a site whose ``.md`` files are MDX too."""

_IMPORT = re.compile(
    r"import\s+(?:type\s+)?(?:(?P<name>[A-Za-z_$][\w$]*)\b)?[^'\";]*?(?:\bfrom\s*)?(['\"])(?P<source>[^'\"\n]+)\2\s*;?\s*"
)
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async|class|type|interface)\b")
_COMMENT = re.compile(r"\{\s*/\*.*?\*/\s*\}", re.DOTALL)
_SPACE = re.compile(r"\{\s*(?:'([ ]*)'|\"([ ]*)\")\s*\}")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w.:-]*)?(?=[\s/>{])")
_END = re.compile(r"</([A-Za-z][\w.]*)\s*>")
_ATTRIBUTE = re.compile(r"\s*(?P<name>[A-Za-z_:@][\w:.-]*)?")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LITERAL = re.compile(r"\s*(?:'([^'\n]*)'|\"([^\"\n]*)\"|`([^`$]*)`|([\d.]+|true))\s*")
_PATH = re.compile(r"\s*(?:require|useBaseUrl)\(\s*(['\"])([^'\"\n]+)\1\s*\)(?:\.default)?\s*")
_BLANK = re.compile(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_LONGEST = 20_000
"""Characters of a tag or an export that an end is looked for in."""


def is_mdx(path: str, folder: SourceFolder) -> bool:
    """Whether a page is MDX: by its name, or because its site reads all pages so."""
    if path.lower().endswith(".mdx"):
        return True
    places = ("", "website/")
    return path.lower().endswith(".md") and any(
        f"{p}{name}" in folder.known for p in places for name in _SITES
    )


def without_jsx(lines: Sequence[str]) -> list[str]:
    """The lines of a page of MDX as Markdown."""
    prose = prose_lines(lines)
    page = _MdxPage(frozenset(_END.findall("\n".join(lines))))
    made: list[str] = []
    at = 0
    while at < len(lines):
        if not prose[at]:
            made.append(lines[at])
            at += 1
            continue
        end = next((n for n in range(at, len(lines)) if not prose[n]), len(lines))
        # A tag with its attributes in several lines, or an export, may hold what looks like code.
        made += page.read("\n".join(lines[at:end])).split("\n")
        at = end
    return made


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag of a page."""

    name: str
    is_end: bool
    given: dict[str, str]
    is_alone: bool
    """Whether it has no content."""
    begins: bool
    """Whether it begins a line."""
    is_tight: bool
    """Whether text follows it without an empty line."""
    is_last: bool
    """Whether its line ends with it."""
    written: str

    @property
    def is_plain(self) -> bool:
        """Whether it is HTML as it stands."""
        return "{" not in self.written and "className" not in self.given

    def html(self, *, reads: bool) -> str:
        """It as raw HTML, in one line; ``reads``: what stands in it is Markdown."""
        if self.is_end:
            return f"</{self.name}>"
        said = "".join(
            f' {key}="{value.replace(chr(34), "&quot;")}"' if value else f" {key}"
            for key, value in self.given.items()
            if not value.startswith("{") and key not in ("className", "style", "key")
        )
        start = self.written.rstrip("/> \n").replace("\n", " ") if self.is_plain else f"<{self.name}{said}"
        if self.is_alone:
            return f"{start}/>"
        return f"{start} markdown>" if reads and self.is_tight else f"{start}>"


@dataclass(slots=True)
class _MdxPage:
    """What a page imports."""

    closed: frozenset[str]
    """The names of the components that end somewhere in it; ``Vec<String>`` is no tag."""
    imports: dict[str, str] = field(default_factory=dict)
    open: list[tuple[str, bool]] = field(default_factory=list)
    """The names of components that are not closed yet, and whether each is a division."""

    def read(self, text: str) -> str:
        """A run of prose without JSX, in as many lines."""
        text = self._without_programs(text)
        code = [match.span() for match in _CODE.finditer(text)]
        made: list[str] = []
        at = 0
        for match in _COMMENT.finditer(text):
            if not _is_in(match.start(), code):
                made += [text[at : match.start()], "\n" * match[0].count("\n")]
                at = match.end()
        text = _SPACE.sub(lambda match: match[1] or match[2] or "", "".join([*made, text[at:]]))
        return "".join(self._tags(text))

    def _without_programs(self, text: str) -> str:
        """The text without imports and exports, whose lines are empty."""
        made: list[str] = []
        at, is_open = 0, True
        while at < len(text):
            line_end = text.find("\n", at) + 1 or len(text)
            end = self._program(text, at) if is_open else 0
            if end:
                made.append("\n" * text.count("\n", at, end))
                at = end
                continue
            line = text[at:line_end]
            # A program begins a paragraph.
            is_open = not line.strip()
            made.append(line)
            at = line_end
        return "".join(made)

    def _program(self, text: str, at: int) -> int:
        """Where an import or an export that begins here ends; 0: none does."""
        if match := _IMPORT.match(text, at, at + _LONGEST):
            if match["name"]:
                self.imports[match["name"]] = match["source"]
            return match.end()
        if not _EXPORT.match(text, at):
            return 0
        depth = 0
        for sign in re.finditer(r"['\"`]|[\[({]|[\])}]|\n|;", text[at : at + _LONGEST]):
            if sign[0] in "[({":
                depth += 1
            elif sign[0] in "])}":
                depth -= 1
            elif sign[0] in "\n;" and depth <= 0:
                return at + sign.end()
        return len(text) if depth <= 0 else 0

    def _tags(self, text: str) -> Iterator[str]:
        """The text with its tags as raw HTML has them."""
        code = [match.span() for match in _CODE.finditer(text)]
        at = 0
        for match in _TAG.finditer(text):
            if match.start() < at or _is_in(match.start(), code):
                continue
            read = _attributes(text, match.end())
            if read is None:
                continue
            given, is_alone, end = read
            name = match["name"] or ""
            yield text[at : match.start()]
            line_start = text.rfind("\n", 0, match.start()) + 1
            begins = not text[line_start : match.start()].strip()
            written = text[match.start() : end]
            tight = begins and bool(text[end : end + 1]) and not _BLANK.match(text, end)
            is_last = not text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1].strip()
            yield self._tag(_Tag(name, bool(match["end"]), given, is_alone, begins, tight, is_last, written))
            yield "\n" * written.count("\n")
            at = end
        yield text[at:]

    def _tag(self, tag: "_Tag") -> str:
        """A tag as raw HTML, or as Markdown, has it."""
        lower = tag.name.lower()
        if not tag.name:
            return ""
        if tag.name[:1].islower() and (tag.is_plain or lower not in _PICTURES):
            return tag.html(reads=lower in _BLOCKS)
        source = self.imports.get(tag.name, "")
        if source.lower().endswith(tuple(MARKDOWN)) and not tag.is_end:
            return f"{{{{#include {source}}}}}" if source.startswith(".") else tag.written
        if lower in _PICTURES and (address := self._picture(tag.given)):
            return f"![{tag.given.get('alt', '')}](<{address}>)"
        if lower in _KNOWN:
            return tag.html(reads=True)
        if tag.is_alone:
            said = " ".join(filter(None, (_linked(tag.given), tag.given.get("description", ""))))
            return said or tag.written.replace("\n", " ")
        if not tag.is_end and not tag.given and tag.name not in self.closed:
            return tag.written
        return self._passed(tag)

    def _passed(self, tag: _Tag) -> str:
        """What stands for a component that nobody knows: a division, where it holds lines of its own."""
        if not tag.is_end:
            self.open.append((tag.name, tag.begins and tag.is_last))
            return "<div markdown>" if self.open[-1][1] else ""
        at = next((n for n in reversed(range(len(self.open))) if self.open[n][0] == tag.name), -1)
        is_division = at >= 0 and self.open[at][1]
        del self.open[at if at >= 0 else len(self.open) :]
        return "</div>" if is_division else ""

    def _picture(self, given: dict[str, str]) -> str:
        """The file that a picture shows; a name stands for what was imported under it."""
        source = given.get("src") or given.get("img") or ""
        return self.imports.get(source.strip("{}"), "" if source.startswith("{") else source)


def _is_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _linked(given: dict[str, str]) -> str:
    """What a component says that stands for itself, as a link where it leads somewhere."""
    said = next((given[key] for key in ("title", "label", "text", "name") if given.get(key)), "")
    address = next((given[key] for key in ("href", "to", "link", "url") if given.get(key)), "")
    if said.startswith("{") or address.startswith("{"):
        return ""
    return f"[{said}](<{address}>)" if said and address else said


def _attributes(text: str, at: int) -> tuple[dict[str, str], bool, int] | None:
    """The attributes behind a tag's name, whether it has no content, and where it ends; None: it does not.

    A value that only a run would tell begins with a brace.
    """
    given: dict[str, str] = {}
    stop = at + _LONGEST
    while at < min(len(text), stop):
        match = _ATTRIBUTE.match(text, at)
        at = match.end() if match else at
        name = match["name"] if match else None
        if text.startswith(("/>", ">"), at):
            if name:
                given[name] = ""
            is_alone = text[at] == "/"
            return given, is_alone, at + (2 if is_alone else 1)
        if name and re.match(r"\s*=", text[at : at + 8]):
            at = text.index("=", at) + 1
            read = _value(text, at)
            if read is None:
                return None
            given[name], at = read
        elif name:
            given[name] = ""
        elif text.startswith("{", at):
            at = _closed(text, at)
            if not at:
                return None
        else:
            return None
    return None


def _value(text: str, at: int) -> tuple[str, int] | None:
    """The value of an attribute, and where it ends."""
    while text[at : at + 1].isspace():
        at += 1
    sign = text[at : at + 1]
    if sign in ("'", '"') and sign:
        end = text.find(sign, at + 1)
        return (text[at + 1 : end].replace("\n", " "), end + 1) if end > 0 else None
    if sign != "{":
        match = re.match(r"[^\s\"'=<>`{}]+", text[at : at + 400])
        return (match[0], at + match.end()) if match else None
    end = _closed(text, at)
    if not end:
        return None
    inner = text[at + 1 : end - 1]
    if match := _LITERAL.fullmatch(inner):
        return next((group for group in match.groups() if group is not None), ""), end
    if match := _PATH.fullmatch(inner):
        return match[2], end
    return text[at:end], end


def _closed(text: str, at: int) -> int:
    """Where a brace that opens here is closed; 0: nowhere."""
    depth = 0
    for sign in re.finditer(r"[{}]", text[at : at + _LONGEST]):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return at + sign.end()
    return 0
