"""A book that was read → the files of its project."""

import json
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from keben.core.language import canonical, script
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.project.importers.credits import by_role
from keben.project.importers.markup import block_markdown, escape
from keben.project.importers.values import ChapterRank, Draft, Novel, TextChapter

NAMESPACE = uuid.UUID("0d6b5f0c-52a3-5d43-9a0e-6a3c9a2f7a11")
"""Of identifiers (RFC 9562, version 5) of imported books: the same book has the same one again."""

_OTHERS = {
    "zh-Hans": ("zh-Hant-TW", "zh-Hant-HK"),
    "zh-Hant-TW": ("zh-Hans", "zh-Hant-HK"),
    "zh-Hant-HK": ("zh-Hans", "zh-Hant-TW"),
}


@dataclass(frozen=True, slots=True)
class BookSettings:
    """What is known of an imported book. What is not is empty."""

    title: str
    authors: tuple[str, ...]
    description: str
    language: str
    """A tag as the other tool has it."""
    name: str
    """Of its file or folder."""
    others: tuple[tuple[str, str], ...] = ()
    """Who is no author, with their roles (MARC relators)."""
    more: tuple[tuple[str, str], ...] = ()
    """Further keys of ``[book]`` that hold a text."""
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    """``urn:uuid:…``."""
    isbn: str = ""
    """Of its e-book."""
    vertical: bool = False
    made: str = ""
    """When its file was made."""
    said: tuple[str, ...] = ()
    """What its text said of these, and does not say in a chapter."""


@dataclass(frozen=True, slots=True)
class MadeChapter:
    """A chapter's file: its title, its kind, and its Markdown with the title in it."""

    title: str
    rank: ChapterRank
    text: str


def project_of(
    settings: BookSettings,
    chapters: Sequence[MadeChapter],
    pictures: Mapping[str, bytes],
    remarks: Sequence[str],
) -> Draft:
    """The project of chapters that are Markdown already; ``pictures`` by path below ``book/``."""
    language, remark = language_of("".join(chapter.text for chapter in chapters))
    if language != "zh-Hans" and canonical(settings.language) == "zh-Hant-HK":
        language = "zh-Hant-HK"
        remark = wording(
            "Its settings say that it is for Hong Kong: `language` in book/book.toml is {language}.",
            language=language,
        )
    digits = max(2, len(str(len(chapters))))
    files = {
        f"book/chapters/{number:0{digits}}.md": f"{_front(chapter.rank)}{chapter.text}\n".encode()
        for number, chapter in enumerate(chapters, 1)
    }
    names = [path.removeprefix("book/") for path in files]
    files |= {f"book/{path}": data for path, data in pictures.items()}
    slug = slug_of(settings.name)
    seed = [chapter.text for chapter in chapters[:1]]
    files["book/book.toml"] = _book_toml(settings, language, slug, names, seed).encode()
    lines = (
        remark,
        *remarks,
        *(
            (wording("No author was found: write one in book/book.toml."),)
            if not settings.authors and not settings.others
            else ()
        ),
    )
    return Draft(files, settings.title, tuple(chapter.title for chapter in chapters), lines, slug)


def draft(novel: Novel, encoding: str, lost: Sequence[int], name: str) -> Draft:
    """The project of a book; ``lost`` are lines with bytes that are no characters."""
    text = "".join(block.text for chapter in novel.chapters for block in chapter.blocks)
    language, remark = language_of(text)
    files = {
        f"book/chapters/{number:0{_digits(novel)}}.md": _markdown(chapter).encode()
        for number, chapter in enumerate(novel.chapters, 1)
    }
    slug = slug_of(name)
    authors, others = by_role(novel.credits)
    names = [path.removeprefix("book/") for path in files]
    files["book/book.toml"] = _book_toml(
        BookSettings(novel.title, authors, novel.description, "", name, others=others),
        language,
        slug,
        names,
        [_markdown(chapter) for chapter in novel.chapters[:1]],
    ).encode()
    remarks = (
        wording("Its encoding is {encoding}.", encoding=encoding),
        *(_damaged(lost),) * bool(lost),
        remark,
        *novel.remarks,
        *((wording("No author was found: write one in book/book.toml."),) if not novel.credits else ()),
    )
    return Draft(files, novel.title, tuple(chapter.title for chapter in novel.chapters), remarks, slug)


def _digits(novel: Novel) -> int:
    return max(2, len(str(len(novel.chapters))))


def _damaged(lost: Sequence[int]) -> str:
    shown = series(map(str, lost[:5])) + (", …" if len(lost) > 5 else "")
    return wording(
        "{count} lines have damaged bytes ({shown}): each is now a U+FFFD; correct them by hand.",
        count=len(lost),
        shown=shown,
    )


def language_of(text: str) -> tuple[str, str]:
    """What a text is written in, and on which grounds."""
    counted = Counter(text)
    simplified = sum(count for sign, count in counted.items() if _only(sign, "gb2312", "big5"))
    traditional = sum(count for sign, count in counted.items() if _only(sign, "big5", "gb2312"))
    language = "zh-Hant-TW" if traditional > simplified else "zh-Hans"
    words = {"Hans": wording("Simplified"), "Hant": wording("Traditional")}[script(language)]
    counts = wording(
        "{simplified} characters are only in GB 2312, {traditional} only in Big5",
        simplified=simplified,
        traditional=traditional,
    )
    return language, wording(
        "It is in {words} Chinese ({counts}): `language` in book/book.toml is {language}.",
        words=words,
        counts=counts,
        language=language,
    )


def _only(character: str, one: str, other: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" and _has(character, one) and not _has(character, other)


def _has(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _front(rank: ChapterRank) -> str:
    return f"---\nkind: {rank}\n---\n\n" if rank != "chapter" else ""


def _markdown(chapter: TextChapter) -> str:
    # A dedication has no title.
    title = () if chapter.rank == "dedication" else (f"# {escape(chapter.title)}",)
    return _front(chapter.rank) + "\n\n".join((*title, *map(block_markdown, chapter.blocks))) + "\n"


def slug_of(name: str) -> str:
    """What artifacts are named after, of a file's or folder's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "book"


def _book_toml(
    novel: BookSettings, language: str, slug: str, names: Sequence[str], seed: Sequence[str]
) -> str:
    identifier = novel.identifier or (
        f"urn:uuid:{uuid.uuid5(NAMESPACE, chr(10).join((novel.title, *novel.authors, *seed)))}"
    )
    people = [
        *map(_quoted, novel.authors or (() if novel.others else ("佚名",))),
        *(f"{{ name = {_quoted(name)}, role = {_quoted(role)} }}" for name, role in novel.others),
    ]
    lines = [
        "[book]",
        f"title = {_quoted(novel.title)}",
        f"authors = [{', '.join(people)}]",
        f"language = {_quoted(language)}",
        f"identifier = {_quoted(identifier)}",
        f"slug = {_quoted(slug)}",
        *((f"description = {_quoted(novel.description)}",) if novel.description else ()),
        *(f"{key} = {_quoted(value)}" for key, value in novel.more),
        *((f"isbn = {{ epub = {_quoted(novel.isbn)} }}",) if novel.isbn else ()),
        *((f"subjects = [{', '.join(map(_quoted, novel.subjects))}]",) if novel.subjects else ()),
        *((f"# date = {_quoted(novel.made)}  # The file was made then.",) if novel.made else ()),
        "chapters = [",
        *(f"  {_quoted(name)}," for name in names),
        "]",
        "",
        f"[editions.{language}]",
        *(('writing = "vertical"',) if novel.vertical else ()),
        *(line for other in _OTHERS[language] for line in ("", f"# [editions.{other}]")),
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's (TOML 1.0, basic strings)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
