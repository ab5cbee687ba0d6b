"""parse: Markdown → `Book`.

Comes in: a `Manuscript`.
Goes out: a `Book`, and findings with line and column.
Touches: the store, if it is given one, in which it keeps each parsed chapter.

1. Each chapter's front matter is taken off (`frontmatter`), and every chapter gets its name and id (`names`, `ids`).
2. markdown-it-py reads the rest by the grammar: CommonMark, plugins, and rules of our own (`grammar`).
3. Its tokens become the chapter's tree (`blocks`, `codeblocks`, `inlines`, `figures`) and its notes (`notes`); raw HTML
   goes through an allow-list onto the same tree (`rawhtml`, `rawtree`).
4. Verse, plays and letters are set (`literary`). The tree is put in order: title, headings (`outline`), references to
   notes (`references`), rules of variants in headings (`rules`), nesting (`nesting`), what elements hold (`contents`).
5. Ids are compared over the whole book (`ids`).
6. Files that are sections of a chapter are put into it (`sections`).

Nothing raises: faults of all chapters are returned as findings, and every chapter is parsed as far as possible.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from keben.core.book import UNTITLED, Book, Chapter, ChapterKind, Manuscript, Source
from keben.core.characters import without_forbidden
from keben.core.errors import Finding, Place
from keben.core.markup import Element, Node
from keben.core.origins import Origins, origins_of
from keben.core.saying import wording
from keben.core.store import NO_STORE, Bundle, Store
from keben.core.values import dataclass
from keben.markdown.anchors import settle_anchors
from keben.markdown.blocks import build
from keben.markdown.calls import Calls
from keben.markdown.characters import forbidden_characters, forbidden_sightings
from keben.markdown.contents import check_contents, tables_in_order
from keben.markdown.context import Context, Noted
from keben.markdown.frontmatter import FrontMatter, split_front_matter
from keben.markdown.grammar import MAX_OPEN_BRACKETS, parse_markdown
from keben.markdown.headings import order_any, take_any_title
from keben.markdown.ids import chapter_ids, settle_ids
from keben.markdown.kinds import kind_of
from keben.markdown.literary import set_literary
from keben.markdown.loosen import loosened
from keben.markdown.loosepaths import loose_link, loose_picture
from keben.markdown.names import default_id, file_names
from keben.markdown.nesting import check_nesting
from keben.markdown.notes import build_notes, split_notes
from keben.markdown.others import report_passed
from keben.markdown.outline import order, prints_something, take_title, wrapped
from keben.markdown.paths import Problem, below_book, link_target, picture_path
from keben.markdown.pictures import settle_pictures
from keben.markdown.references import check_definitions, settle_references
from keben.markdown.rules import settle_rules
from keben.markdown.sections import bound
from keben.markdown.sightings import report_sightings
from keben.markdown.tablenotes import with_table_notes
from keben.markdown.tolerances import EMPTY_CHAPTER

__all__ = ["parse"]


_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")

DEFAULT_LANGUAGE = "zh-Hans-CN"
"""What a source is in that no edition is made of."""


def parse(manuscript: Manuscript, store: Store = NO_STORE) -> tuple[Book, tuple[Finding, ...]]:
    """Parse every chapter; returns the book and the findings, in the order of chapters and lines.

    ``store`` keeps chapters from one build to the next.
    """
    reader = manuscript.settings.reader == "generous"
    language = next((edition.source_language for edition in manuscript.settings.editions), DEFAULT_LANGUAGE)
    names = file_names(source.path for source in manuscript.sources)
    findings: list[Finding] = []
    parts: list[tuple[FrontMatter, str]] = []
    for source in manuscript.sources:
        if not reader:
            findings += forbidden_characters(source)
        clean = without_forbidden(source.text)
        matter, text, problems = split_front_matter(clean, source.path, language, is_generous=reader)
        findings += problems
        parts.append((matter, text))
    both = zip(manuscript.sources, parts, strict=True)
    places = [Place(source.path, matter.id_line) for source, (matter, _) in both]
    fallbacks = [default_id(names[place.path]) for place in places]
    wanted = [matter.id or fallback for (matter, _), fallback in zip(parts, fallbacks, strict=True)]
    ids, problems_of_ids = chapter_ids(list(zip(wanted, fallbacks, places, strict=True)))
    # What another tool calls an id may be the name of a page in its list.
    findings += problems_of_ids if manuscript.is_project else ()
    by_path = {
        posixpath.normpath(below_book(place.path)): name for place, name in zip(places, ids, strict=True)
    }
    aliases = {
        posixpath.splitext(posixpath.basename(path))[0]: name
        for path, name in by_path.items()
        if name in fallbacks
    }
    lines = {source.path: source.text.split("\n") for source in manuscript.sources}
    chapters: list[Chapter] = []
    contexts: list[Context] = []
    bundle = Bundle(store, "chapter", manuscript.settings_path, *_identifiers(manuscript))
    common = store.key("chapters", *_common(manuscript, language), by_path, aliases)
    for source, (matter, text), name in zip(manuscript.sources, parts, ids, strict=True):
        folder = posixpath.dirname(below_book(source.path))
        context = Context(
            path=source.path,
            name=names[source.path],
            chapter_id=name,
            lines=lines[source.path],
            picture=_picture_paths(manuscript, folder),
            link=_link_targets(manuscript, folder, by_path, aliases),
            calls=Calls(name),
            language=language,
            is_generous=reader,
            needs_alt=not reader or manuscript.settings.missing_alt == "error",
        )
        chapters.append(_kept_chapter(matter, text, context, source, bundle, common))
        if reader:
            context.sightings += forbidden_sightings(source.text)
        contexts.append(context)
    bundle.close()
    if reader:
        chapters = settle_anchors(chapters, contexts, aliases)
    settled, problems_of_ids = settle_ids(chapters, places, lines)
    findings += _reported(contexts, origins_of(manuscript))
    rank = {source.path: number for number, source in enumerate(manuscript.sources)}
    in_order = sorted({*findings, *problems_of_ids}, key=lambda found: (rank[found.place.path], found))
    return Book(tuple(bound(settled, manuscript.sources))), tuple(in_order)


def _reported(contexts: Iterable[Context], origins: Origins) -> Iterator[Finding]:
    """What was found in each chapter, and what was seen there."""
    for context in contexts:
        yield from context.findings
        yield from report_sightings(context.sightings, context.path, context.lines, origins.place)


def _picture_paths(manuscript: Manuscript, folder: str) -> Callable[[str], str | Problem]:
    """What the pictures of a file in a folder below ``book/`` show."""
    if manuscript.settings.reader == "strict":
        return partial(picture_path, folder=folder, assets=manuscript.assets.keys())
    return partial(loose_picture, folder=folder, assets=manuscript.assets.keys(), roots=manuscript.roots)


def _link_targets(
    manuscript: Manuscript, folder: str, chapters: Mapping[str, str], aliases: Mapping[str, str]
) -> Callable[[str], str | Problem]:
    """Where the links of a file in a folder below ``book/`` lead."""
    if manuscript.settings.reader == "strict":
        return partial(link_target, folder=folder, chapters=chapters, aliases=aliases)
    return partial(loose_link, folder=folder, chapters=chapters, aliases=aliases, roots=manuscript.roots)


def _identifiers(manuscript: Manuscript) -> tuple[str, ...]:
    return tuple(edition.metadata.identifier for edition in manuscript.settings.editions)


def _common(manuscript: Manuscript, language: str) -> tuple[object, ...]:
    """What every chapter of a book hangs on, beside its own text."""
    settings = manuscript.settings
    return settings.reader, settings.missing_alt, language, tuple(manuscript.assets), manuscript.roots


def _kept_chapter(
    matter: FrontMatter, text: str, context: Context, source: Source, bundle: Bundle, common: str
) -> Chapter:
    """A chapter, parsed now or in an earlier build."""
    key = bundle.key(common, source, context.name, context.chapter_id)
    kept = bundle.get(key)
    if isinstance(kept, _Kept):
        context.remember(kept.noted)
        return kept.chapter
    chapter = _parse_chapter(matter, text, context, source)
    bundle.put(key, _Kept(chapter, context.noted()))
    return chapter


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chapter in the store."""

    chapter: Chapter
    noted: Noted


def _parse_chapter(matter: FrontMatter, text: str, context: Context, source: Source) -> Chapter:
    parsed = parse_markdown(_with_title(matter, text), is_generous=context.is_generous)
    for line in parsed.overfull:
        message = wording(
            "More than {max_open_brackets} brackets are open at once here.",
            max_open_brackets=MAX_OPEN_BRACKETS,
        )
        context.report(
            line,
            "open-brackets",
            message,
            wording("Close them; put a backslash before those that are text."),
            "[",
        )
    report_passed(parsed, context)
    context.defined = frozenset(label for label, _ in parsed.definitions)
    tokens, groups = split_notes(parsed.tokens)
    blocks = build(tokens, context)
    notes = build_notes(groups, parsed, context)
    check_definitions(parsed, context)
    if context.is_generous:
        blocks = loosened(blocks, context)
        notes = tuple(replace(note, body=loosened(note.body, context)) for note in notes)
    blocks = set_literary(blocks)
    notes = tuple(replace(note, body=set_literary(note.body)) for note in notes)
    blocks, notes = settle_references(blocks, notes, parsed, context)
    is_known_wrong = matter.is_wrong or not text.strip()
    title, body = _titled(blocks, matter, context, source, is_known_wrong=is_known_wrong)
    title, body = settle_rules(title, settle_pictures(body))
    body = with_table_notes(tables_in_order(body))
    notes = tuple(replace(note, body=tables_in_order(note.body)) for note in notes)
    pieces = [(title, matter.title_line or 1), (body, 1), *((note.body, note.line) for note in notes)]
    for nodes, line in pieces:
        check_nesting(nodes, context, line)
        check_contents(nodes, context, line)
    kind = _kind(matter, source, title)
    if kind != "part" and not source.is_title and not prints_something(body):
        _report_empty(text, context, source)
    context.sightings += parsed.sightings
    return Chapter(
        name=context.name,
        path=context.path,
        kind=kind,
        title=title,
        body=body,
        notes=notes,
        label=matter.label,
        number=matter.number,
        id=context.chapter_id,
        short=matter.short or "",
        drawings=context.drawings,
    )


def _kind(matter: FrontMatter, source: Source, title: tuple[Node, ...]) -> ChapterKind:
    """What a chapter is: as it says, as its title says, or as a list of contents has it."""
    if matter.kind or source.kind == "part":
        return matter.kind or "part"
    named = kind_of(title)
    return source.kind or named if named == "chapter" else named


def _listed_title(source: Source, context: Context) -> tuple[Node, ...]:
    """What a list of contents calls a chapter. The links in it lead from the list, and are none in a title."""
    plain = _LINK.sub(r"\1", " ".join(source.title.split()))
    tokens = parse_markdown(f"# {plain} #", is_generous=context.is_generous).tokens if plain else ()
    heading = next((node for node in build(tokens, context) if isinstance(node, Element)), None)
    return heading.children if heading and heading.tag == "h1" else ()


def _titled(
    blocks: tuple[Node, ...],
    matter: FrontMatter,
    context: Context,
    source: Source,
    *,
    is_known_wrong: bool,
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The chapter's title, and its blocks without it, with headings in order."""
    if not context.is_generous:
        is_untitled = matter.kind in UNTITLED
        title, body = take_title(blocks, context, is_known_wrong=is_known_wrong, is_untitled=is_untitled)
        return title, order(body, context)
    line = matter.title_line if matter.title is not None else 0
    titled = take_any_title(
        tuple(wrapped(blocks)),
        context,
        title_line=line,
        is_known=is_known_wrong,
        is_untitled=matter.kind in UNTITLED,
        listed=_listed_title(source, context) if not line else (),
    )
    for name in filter(None, (titled.id, matter.alias)):
        context.aliases[name] = context.chapter_id
    return titled.title, order_any(titled, context, is_parted=source.is_parted)


def _report_empty(text: str, context: Context, source: Source) -> None:
    if (text.strip() or source.title) and context.takes(EMPTY_CHAPTER, 1, ""):
        return
    message = wording("This chapter has no text.")
    context.report(1, "empty-chapter", message, wording("Write some, or take it out of the list."))


def _with_title(matter: FrontMatter, text: str) -> str:
    """The text with the front matter's title as its first heading, in the line where it stands."""
    if matter.title is None:
        return text
    lines = text.split("\n")
    lines[matter.title_line - 1] = f"# {matter.title} #"
    return "\n".join(lines)
