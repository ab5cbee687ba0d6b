"""A folder or a file of another tool, as it stands → `Manuscript`. Nothing is written there, nothing is run.

The folder's own settings say what the book is called and which files are its chapters (`importers.kinds`); settings of
Keben's own may stand beside them (`owntables`). All paths begin with ``book/``, as a project's do, until
`keben.core.origins` names the files.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from keben.core.book import Asset, Manuscript, Source, Span
from keben.core.errors import Finding, Place, Severity, SourceError
from keben.core.origins import Origins
from keben.core.saying import joined, series, wording
from keben.pictures import is_openable, media_type, sniff
from keben.project.chapters import title_source
from keben.project.importers.citing import TITLE, has_list, listed_works, with_citations, with_list, works_of
from keben.project.importers.crossrefs import ids_in, numbered_pictures, with_crossrefs
from keben.project.importers.foreign import as_written, moved_lines, with_markdown
from keben.project.importers.headings import is_matter
from keben.project.importers.kinds import plan_of
from keben.project.importers.markup import plain_title
from keben.project.importers.matter import without_matter
from keben.project.importers.pages import read_page, without_scripts
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.prose import headings_of, prose_lines
from keben.project.importers.settling import SlipKind, settle
from keben.project.importers.sources import SourceFolder, fold, is_index, open_folder
from keben.project.importers.summary import titled
from keben.project.importers.telling import counted, listed
from keben.project.importers.titles import title_of
from keben.project.importers.trees import named
from keben.project.importers.unread import unread_remarks
from keben.project.importers.vaults import Names, names_of, with_plain_links, without_comments
from keben.project.included import included
from keben.project.listing import ListedChapter, chapters_of, slip_finding
from keben.project.onefile import read_file
from keben.project.owntables import OwnTables, own_tables
from keben.project.stated import Stated, settings_of

_PUBLIC = ("", "public", ".vuepress/public", ".vitepress/public", "static")
"""Folders that the root of a site's addresses may be, below that of its pages."""
_SHOWN = (".vuepress", ".vitepress")
"""Hidden folders that hold pictures of a site."""
_SEVERITIES: dict[SlipKind, Severity] = {"absent": "warning"}
_MADE = frozenset(("pageComponent", "archivesPage", "categoriesPage", "tagsPage"))
"""What the front matter of a page without text says that a theme fills with lists of others."""
_TITLE = re.compile(r"title\s*[:=]\s*[^\s|>]")
"""A title in one line of a front matter."""


def load_as_it_stands(root: Path, epoch: int) -> tuple[Manuscript, tuple[Finding, ...]]:
    """The book that is in a folder or a file of another tool; ``epoch`` is the time that artifacts carry.

    Raises:
        SourceError: its settings cannot be read, or there is no text in it.
    """
    with Origins({}, is_project=False).in_errors():
        return _load_file(root, epoch) if root.is_file() else _load_folder(root, epoch)


def _load_folder(root: Path, epoch: int) -> tuple[Manuscript, tuple[Finding, ...]]:
    folder = _without_outputs(open_folder(root))
    plan, own = plan_of(folder), own_tables(folder)
    if own.chapters:
        entries = tuple(Entry(target=name) for name in own.chapters)
        plan = replace(plan, base="", entries=entries, contents=own.path)
    settled = settle(plan, folder)
    contents = f"book/{plan.contents}" if plan.contents else "book/."
    names = names_of(folder) if plan.kind == "Obsidian" else None
    chapters = tuple(chapters_of(settled.chapters, contents))
    path = f"book/{plan.settings or plan.contents or '.'}"
    title = plain_title(plan.title) or _title(folder, plan) or root.name
    read = [_source(folder, _titled(each, plan, title), names) for each in chapters]
    sources = _citing(_referring(tuple(source for source in read if source), folder), folder)
    is_listed = bool(plan.settings or plan.contents or own.chapters)
    others = unread_remarks(folder, plan.base, len(folder.files) if is_listed else len(sources), root.name)
    if all(source.is_title for source in sources):
        raise SourceError(Finding(Place(root.name), "no-text", wording("There is no Markdown file in it.")))
    stated = Stated(title, plan.authors, plan.description, plan.language, root.name, path, plan.cover)
    settings, problems = settings_of(stated, own, sources)
    lines = _lines(folder, plan.contents)
    slips = (
        slip_finding(slip, contents, lines, _SEVERITIES.get(slip.kind, "notice"))
        for slip in settled.slips
        if not (own.chapters and slip.kind in ("unlisted", "translated"))
    )
    article = "" if plan.kind.startswith("a ") else wording("a book of ")
    what = joined(article, plan.kind, wording(" ({counted})", counted=counted(len(sources), "file")))
    manuscript = Manuscript(
        settings, sources, _assets(folder), epoch, settings_path=path, is_project=False, roots=_roots(plan)
    )
    about = _notice(path, what, manuscript, (*plan.remarks, *others))
    return manuscript, (about, *slips, *_odd_encodings(folder, chapters), *problems)


def _referring(sources: tuple[Source, ...], folder: SourceFolder) -> tuple[Source, ...]:
    """Chapters with references to what has an id in the book."""
    ids: set[str] = set()
    for source in sources:
        lines = source.text.split("\n")
        base = posixpath.dirname(source.path.partition("/")[2])
        missing = [each for each in numbered_pictures(lines) if not folder.find(posixpath.join(base, each))]
        ids |= ids_in(lines, missing)
    known = frozenset(ids)
    return tuple(
        replace(source, text="\n".join(with_crossrefs(source.text.split("\n"), known))) for source in sources
    )


def _citing(sources: tuple[Source, ...], folder: SourceFolder) -> tuple[Source, ...]:
    """Chapters with citations written out, and the works where a chapter lists them, else behind all."""
    works = works_of(folder)
    cited = [with_citations(source.text.split("\n"), works) for source in sources]
    keys = tuple(dict.fromkeys(key for each in cited for key in each.keys))
    if not keys:
        return sources
    made = tuple(
        replace(source, text="\n".join(with_list(each.lines, keys, works)))
        for source, each in zip(sources, cited, strict=True)
    )
    if any(has_list(each.lines) for each in cited):
        return made
    path = next(path for path in folder.files if path.lower().endswith(".bib"))
    text = "\n".join((f"# {TITLE}", "", *listed_works(keys, works)))
    return (*made, Source(f"book/{path}", text, kind="afterword"))


def _load_file(root: Path, epoch: int) -> tuple[Manuscript, tuple[Finding, ...]]:
    read = read_file(root)
    stated, shown = read.stated, read.shown
    settings, problems = settings_of(stated, OwnTables(), read.sources)
    folder = SourceFolder(root.parent, shown, {fold(path): path for path in shown}, frozenset(shown))
    manuscript = Manuscript(
        settings, read.sources, _assets(folder), epoch, settings_path=stated.path, is_project=False
    )
    notice = _notice(stated.path, wording("one file"), manuscript, ())
    return manuscript, (notice, *read.findings, *problems)


def _notice(path: str, what: str, manuscript: Manuscript, remarks: Iterable[str]) -> Finding:
    """The one thing that is always said: how the folder was read."""
    edition = manuscript.settings.editions[0]
    read = wording(
        "This is built as it is: {what}, with the title “{title}”.", what=what, title=edition.metadata.title
    )
    message = series((read, *remarks), " ")
    advice = wording("`keben import` makes a project of it, where more can be set.")
    return Finding(Place(path), "as-it-stands", message, advice, "notice")


def _source(folder: SourceFolder, chapter: ListedChapter, names: Names | None) -> Source | None:
    """The text of a chapter, a section, or a title alone; None where its file cannot be read."""
    if not chapter.name:
        return title_source(chapter)
    decoded = folder.text(chapter.name)
    if decoded is None:
        return None
    text = decoded.text
    if names is not None:
        text = "\n".join(with_plain_links(line, names) for line in without_comments(text).split("\n"))
    matter = without_matter(text)
    title = chapter.title
    if matter.block:
        text, title = "\n" * matter.block + matter.text, title or titled(matter.title)
    if not matter.text.strip():
        if matter.said.keys() & _MADE:
            return None
        title = title or titled(matter.title)
        if not title:
            # There is nothing in it.
            return None
    rows = text.split("\n")
    lines = with_markdown(as_written(rows, chapter.name, folder), chapter.name, folder)
    lines, _ = without_scripts(lines, prose_lines(lines))
    if matter.title:
        lines = _with_own_title(lines)
    elif names is not None and not any(
        heading.level == 1 for heading in headings_of(lines, prose_lines(lines))
    ):
        # A note is called as its file is.
        title = title or named(posixpath.basename(chapter.name))
    path = f"book/{chapter.name}"
    moved = [Span(made, path, line) for made, line in moved_lines(rows, chapter.name, folder)]
    spans = (Span(1, path, 1), *moved) if moved else ()
    source = Source(path, "\n".join(lines), title, chapter.kind, chapter.depth, spans=spans)
    return included(source, chapter.name, folder)


def _with_own_title(lines: list[str]) -> list[str]:
    """Lines without the front matter's title, where the page has one heading of the first level, and begins with it.

    That title is a site's label then; readers of the site see the heading.
    """
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "+++", "...")), 0)
    rest = lines[end + 1 :]
    headings = headings_of(rest, prose_lines(rest))
    tops = [heading for heading in headings if heading.level == 1 and heading.text]
    if len(tops) != 1 or headings[0] != tops[0]:
        return lines
    return [*("" if _TITLE.match(line) else line for line in lines[: end + 1]), *rest]


def _titled(chapter: ListedChapter, plan: BookPlan, title: str) -> ListedChapter:
    """A chapter of the list; the file that speaks for the book is called as the book, where it says nothing itself."""
    is_front = is_index(chapter.name) and posixpath.dirname(chapter.name) in ("", plan.base)
    return replace(chapter, title=titled(title)) if is_front and not chapter.title else chapter


def _title(folder: SourceFolder, plan: BookPlan) -> str:
    """What the file that speaks for the folder is called."""
    for base in dict.fromkeys((plan.base, "")):
        path = folder.find_page(f"{base}/" if base else "./")
        page = read_page(folder, path, None) if path else None
        if page and title_of(page, "")[0] is not None and not is_matter(title_of(page, "")[1]):
            return plain_title(title_of(page, "")[1])
    return ""


def _lines(folder: SourceFolder, path: str) -> Sequence[str]:
    decoded = folder.text(path) if path else None
    return decoded.text.split("\n") if decoded else ()


def _roots(plan: BookPlan) -> tuple[str, ...]:
    paths = (posixpath.join(base, public) for base in (plan.base, "") for public in _PUBLIC)
    return tuple(dict.fromkeys(path.strip("/") for path in paths))


def _without_outputs(folder: SourceFolder) -> SourceFolder:
    """The folder without what builds wrote into it: Keben's, and mdBook's."""
    outputs = [
        f"{posixpath.dirname(path)}/"
        for path in folder.files
        if posixpath.basename(path) == "manifest.json"
        and posixpath.join(posixpath.dirname(path), "SHA256SUMS") in folder.known
    ]
    outputs += ["book/"] if {"book.toml", "book/index.html"} <= folder.known else []
    if not outputs:
        return folder
    kept = tuple(path for path in folder.files if not path.startswith(tuple(outputs)))
    return replace(folder, files=kept, folded={fold(path): path for path in kept}, known=frozenset(kept))


def _odd_encodings(folder: SourceFolder, chapters: Iterable[ListedChapter]) -> Iterator[Finding]:
    """A notice for files that are not in UTF-8, and a warning for those with bytes that are no characters."""
    odd: Counter[str] = Counter()
    for chapter in chapters:
        data = folder.data(chapter.name) or b""
        decoded = folder.text(chapter.name) if not _is_utf_8(data) else None
        if decoded is None:
            continue
        odd[decoded.encoding] += 1
        if decoded.lost:
            lines = listed(map(str, decoded.lost))
            message = wording(
                "Damaged bytes stand in {counted} ({lines}).",
                counted=counted(len(decoded.lost), "line"),
                lines=lines,
            )
            place = Place(f"book/{chapter.name}", decoded.lost[0])
            yield Finding(
                place, "encoding", message, wording("Put the text right, and save it as UTF-8."), "warning"
            )
    for encoding, count in sorted(odd.items()):
        message = wording(
            "{counted} in {encoding}, read as such.", counted=counted(count, "file"), encoding=encoding
        )
        yield Finding(Place("book/."), "encoding", message, severity="notice")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _assets(folder: SourceFolder) -> dict[str, Asset]:
    """Every picture of the folder by its path."""
    assets: dict[str, Asset] = {}
    for path in folder.files:
        kind = media_type(path)
        hidden = [part for part in path.split("/") if part.startswith(".") and part not in _SHOWN]
        if kind is None or hidden:
            continue
        data = folder.data(path)
        found = sniff(data) if data else None
        if not (data and found and found.startswith("image/")):
            continue
        if found == "image/svg+xml" or is_openable(data):
            assets[path] = Asset(path, found, data)
    return assets
