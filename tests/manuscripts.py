"""Manuscripts of a few lines, parsed, for tests of the parse stage."""

from samples import PNG

from keben.core.book import Asset, Manuscript, Source
from keben.core.edition import Settings
from keben.core.markup import serialize
from keben.markdown import parse

ASSETS = {
    path: Asset(path, kind, PNG)
    for path, kind in (
        ("images/dot.png", "image/png"),
        ("images/图 一.png", "image/png"),
        ("data/bars.toml", "application/toml"),
    )
}


def manuscript(*texts, paths=(), reader="strict", missing_alt="warn"):
    """Chapters ``book/chapters/a.md``, ``b.md``, … of these texts."""
    paths = paths or [f"book/chapters/{name}.md" for name in "abcdef"[: len(texts)]]
    sources = tuple(Source(path, text) for path, text in zip(paths, texts, strict=True))
    settings = Settings((), (), reader=reader, missing_alt=missing_alt)
    return Manuscript(settings, sources, ASSETS, 1767225600)


def parse_texts(*texts, **options):
    return parse(manuscript(*texts, **options))


def generous(*texts, **options):
    """Chapters as a generous reader takes them: book, and findings as people read them."""
    book, findings = parse_texts(*texts, reader="generous", **options)
    return book, [str(finding).removeprefix("book/chapters/") for finding in findings]


def parse_body(text):
    """The chapter ``a`` of a text below a title in lines 1 and 2, with its findings as people read them."""
    book, findings = parse_texts(f"# 题\n\n{text}")
    return book.chapters[0], [str(finding).removeprefix("book/chapters/a.md:") for finding in findings]


def html(text):
    """The body of a text that has nothing wrong in it."""
    chapter, findings = parse_body(text)
    assert findings == []
    return serialize(chapter.body)


def wrong(text):
    """What is wrong in a text: ``line:column: message advice``."""
    return parse_body(text)[1]
