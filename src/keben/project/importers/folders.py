"""A folder of Markdown → the files of its project."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import wording
from keben.core.sitepaths import readable
from keben.project.importers.bibtex import Work
from keben.project.importers.citing import TITLE, has_list, listed_works, with_citations, with_list, works_of
from keben.project.importers.crossrefs import ids_in, with_crossrefs
from keben.project.importers.headings import is_matter
from keben.project.importers.inlines import References, rewritten
from keben.project.importers.kinds import plan_of
from keben.project.importers.markup import plain_title
from keben.project.importers.pages import Page, read_page
from keben.project.importers.plans import BookPlan
from keben.project.importers.prose import headings_of, prose_lines
from keben.project.importers.readtags import is_read
from keben.project.importers.routes import Final, Goal, Routes, Wanted
from keben.project.importers.settings import BookSettings, MadeChapter, project_of
from keben.project.importers.settling import Bound, settle
from keben.project.importers.shelf import Shelf, shelve
from keben.project.importers.sources import SourceFolder, is_hidden, is_markdown
from keben.project.importers.telling import counted, listed
from keben.project.importers.titles import title_of
from keben.project.importers.trees import is_chapter
from keben.project.importers.unread import unread_remarks
from keben.project.importers.values import Draft
from keben.project.importers.vaults import names_of
from keben.project.importers.weaving import weave


def import_folder(folder: SourceFolder, name: str, plan: BookPlan | None = None) -> Draft:
    """The project of a folder that is called ``name``; ``plan`` where it is known already.

    Raises:
        SourceError: its settings cannot be read, or no chapter is in it.
    """
    if folder.find("book/book.toml") or (
        folder.find("book.toml") and b"[editions" in (folder.data("book.toml") or b"")
    ):
        message = wording("This is a project of Keben's already.")
        raise SourceError(
            Finding(Place(name), "unsupported-source", message, wording("Build it as it stands."))
        )
    plan = plan or plan_of(folder)
    settled = settle(plan, folder)
    names = names_of(folder) if plan.kind == "Obsidian" else None
    paths = [piece.path for bound in settled.chapters for piece in bound.pieces if piece.path]
    pages = {path: page for path in paths if (page := read_page(folder, path, names))}
    is_listed = bool(plan.settings or plan.contents)
    others = unread_remarks(folder, plan.base, len(folder.files) if is_listed else len(pages), name)
    if not pages:
        raise SourceError(Finding(Place(name), "no-text", wording("There is no Markdown file in it.")))
    pages, routes = _referring(Routes(folder, plan.base, pages, twins=settled.twins))
    works = works_of(folder)
    pages, keys, is_placed = _citing(pages, works)
    routes = replace(routes, pages=pages)
    wanted = {path: _wanted(routes, page) for path, page in pages.items()}
    shelf = shelve([each for want in wanted.values() for each in want.pictures], folder)
    ids = _ids(settled.chapters, pages, {goal for want in wanted.values() for goal in want.goals})
    made = tuple(_chapter(bound, pages, routes, ids, shelf) for bound in settled.chapters)
    if keys and not is_placed:
        made = (*made, _works_chapter(keys, works))
    article = "" if plan.kind.startswith("a ") else wording("a book of ")
    remarks = (
        wording(
            "It is {article}{kind}: {counted} in {counted2}.",
            article=article,
            kind=plan.kind,
            counted=counted(len(pages), "file"),
            counted2=counted(len(made), "chapter"),
        ),
        *plan.remarks,
        *others,
        *(() if is_listed else _beside(folder)),
        *settled.remarks,
        *_cited(keys),
        *_remarks(tuple(pages.values()), tuple(wanted.values()), shelf),
    )
    title = plain_title(plan.title or _title(folder, plan)) or name
    settings = BookSettings(title, plan.authors, plan.description, plan.language, name)
    return project_of(settings, made, shelf.files, remarks)


def _referring(first: Routes) -> tuple[dict[str, Page], Routes]:
    """Pages with references to what has an id in the book, and where their links lead."""
    pages = first.pages
    ids = frozenset(
        name
        for path, page in pages.items()
        for name in ids_in(page.lines, _wanted(first, page).missing if _has_figures(page) else ())
        | {heading.name for heading in page.headings if heading.name}
    )
    made = {path: replace(page, lines=tuple(with_crossrefs(page.lines, ids))) for path, page in pages.items()}
    return made, replace(first, pages=made, ids=ids)


def _has_figures(page: Page) -> bool:
    return any("![" in line and "{" in line for line in page.lines)


def _citing(
    pages: Mapping[str, Page], works: Mapping[str, Work]
) -> tuple[dict[str, Page], tuple[str, ...], bool]:
    """Pages with citations written out, the keys of the works, and whether a page lists these."""
    cited = {path: with_citations(page.lines, works) for path, page in pages.items()}
    keys = tuple(dict.fromkeys(key for each in cited.values() for key in each.keys))
    is_placed = any(has_list(page.lines) for page in pages.values())
    made = {
        path: _with_lines(page, with_list(cited[path].lines, keys, works) if keys else cited[path].lines)
        for path, page in pages.items()
    }
    return made, keys, is_placed


def _with_lines(page: Page, lines: tuple[str, ...]) -> Page:
    if lines == page.lines:
        return page
    prose = prose_lines(lines)
    return replace(page, lines=lines, prose=prose, headings=headings_of(lines, prose))


def _works_chapter(keys: Sequence[str], works: Mapping[str, Work]) -> MadeChapter:
    text = "\n".join((f"# {TITLE}", "", *listed_works(keys, works))).rstrip()
    return MadeChapter(TITLE, "afterword", text)


def _cited(keys: Sequence[str]) -> tuple[str, ...]:
    said = wording(
        "Citations of {counted} are written out, and the works are listed.",
        counted=counted(len(keys), "work"),
    )
    return (said,) if keys else ()


def _beside(folder: SourceFolder) -> tuple[str, ...]:
    """What is said of files that are no chapters by their names."""
    names = [
        path
        for path in folder.files
        if is_markdown(path)
        and not is_hidden(path)
        and not is_chapter(path)
        and read_page(folder, path, None)
    ]
    return (
        (
            wording(
                "Left out, because their names show that they are not part of the book: {listed}.",
                listed=listed(names),
            ),
        )
        if names
        else ()
    )


def _title(folder: SourceFolder, plan: BookPlan) -> str:
    """What the file that speaks for the folder is called."""
    for base in dict.fromkeys((plan.base, "")):
        path = folder.find_page(f"{base}/" if base else "./")
        page = read_page(folder, path, None) if path else None
        if page and title_of(page, "")[0] is not None and not is_matter(title_of(page, "")[1]):
            return title_of(page, "")[1]
    return ""


def _wanted(routes: Routes, page: Page) -> Wanted:
    """What a file links to and shows."""
    wanted = Wanted(routes, page.path)
    references = References(page.definitions, {})
    for text in _texts(page):
        rewritten(text, wanted, references)
    return wanted


def _texts(page: Page) -> Iterator[str]:
    run: list[str] = []
    for line, flag in zip(page.lines, page.prose, strict=True):
        if flag:
            run.append(line)
        elif run:
            yield "\n".join(run)
            run = []
    if run:
        yield "\n".join(run)


def _name(number: int, chapters: int) -> str:
    return f"{number:0{max(2, len(str(chapters)))}}"


def _ids(chapters: Sequence[Bound], pages: Mapping[str, Page], goals: set[Goal]) -> dict[Goal, str]:
    """What links are written with: a chapter's file for its title, else an id."""
    ids: dict[Goal, str] = {}
    for number, bound in enumerate(chapters, 1):
        file = _name(number, len(chapters))
        for index, piece in enumerate(bound.pieces):
            page = pages.get(piece.path)
            if page is None:
                continue
            at, _ = title_of(page, piece.title)
            for goal in (Goal(piece.path, heading) for heading in range(-1, len(page.headings))):
                is_title = goal.heading in (-1, at)
                if goal in goals and is_title:
                    ids[goal] = f"#c{file}-{index}" if piece.depth else f"{file}.md"
                elif goal in goals:
                    ids[goal] = f"#c{file}-{index}-{goal.heading + 1}"
    return ids


def _chapter(
    bound: Bound,
    pages: Mapping[str, Page],
    routes: Routes,
    ids: Mapping[Goal, str],
    shelf: Shelf,
) -> MadeChapter:
    texts: list[str] = []
    title = ""
    for index, piece in enumerate(bound.pieces):
        page = pages.get(piece.path)
        if page is None:
            texts.append(f"{'#' * min(piece.depth + 1, 6)} {piece.title}")
            title = title or piece.title
            continue
        at, _ = title_of(page, piece.title)
        here = {
            goal.heading: name[1:] for goal, name in ids.items() if goal.path == piece.path and name[0] == "#"
        }
        if at is not None and at in here:
            here[-1] = here[at]
        woven = weave(
            page, piece.title, piece.depth, index, Final(routes, piece.path, ids, shelf.names), here
        )
        texts.append(woven.text)
        title = title or woven.title
    return MadeChapter(title, bound.rank, "\n\n".join(texts))


def _remarks(pages: Sequence[Page], wanted: Sequence[Wanted], shelf: Shelf) -> Iterator[str]:
    odd = Counter(page.encoding for page in pages if page.encoding != "UTF-8")
    for encoding, count in sorted(odd.items()):
        yield wording(
            "{counted} in {encoding}, now in UTF-8.", counted=counted(count, "file"), encoding=encoding
        )
    lost = [f"{page.path}:{line}" for page in pages for line in page.lost]
    included = sum(page.included for page in pages)
    if included:
        yield wording("{counted} read into the text.", counted=counted(included, "inclusion"))
    if scripts := sum(page.scripts for page in pages):
        yield wording(
            "Left out: {counted} of a site.", counted=counted(scripts, "script or style", "scripts or styles")
        )
    if shelf.names:
        corrected = (
            wording("; {corrected} had a wrong suffix", corrected=shelf.corrected) if shelf.corrected else ""
        )
        yield wording(
            "{counted} brought along{corrected}.",
            counted=counted(len(shelf.names), "picture"),
            corrected=corrected,
        )
    said = (
        (wording("Damaged bytes, each a U+FFFD now"), lost),
        (
            wording("Inclusions that name no file of the folder, left as they are"),
            [f for page in pages for f in page.failed],
        ),
        (
            wording("Front matter that Keben has no use for, dropped"),
            [key for page in pages for key in page.dropped],
        ),
        (
            wording("Link definitions that nothing uses, dropped"),
            [each for page in pages for each in page.unused],
        ),
        (
            wording("Tags of other tools, left as they are"),
            [tag for page in pages for tag in page.shortcodes if not is_read(tag)],
        ),
        (
            wording("Links that lead nowhere in the book; their text stays"),
            [readable(each) for want in wanted for each in want.nowhere],
        ),
        (
            wording("Pictures that are not there; their alternative text stays"),
            [readable(each) for want in wanted for each in want.missing],
        ),
        (wording("Files that are not pictures; their alternative text stays"), list(shelf.broken)),
        (
            wording("Pictures on the web, not fetched"),
            [readable(each)[:80] for want in wanted for each in want.remote],
        ),
    )
    for words, names in said:
        if names:
            yield wording("{words} ({count}): {names}.", words=words, count=len(names), names=listed(names))
