"""Texts in formats that Keben does not read: how many a folder has, and the command that converts them."""

import posixpath
from collections import Counter
from collections.abc import Mapping

from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import wording
from keben.project.importers.sources import SourceFolder, is_hidden

_PANDOC = {
    ".rst": "rst",
    ".rest": "rst",
    ".org": "org",
    ".tex": "latex",
    ".latex": "latex",
    ".typ": "typst",
    ".textile": "textile",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
    ".dokuwiki": "dokuwiki",
    ".opml": "opml",
    ".dbk": "docbook",
}
"""By suffix, what pandoc calls the format."""
_ASCIIDOC = (".adoc", ".asciidoc", ".asc")
_NAMES = {
    **dict.fromkeys((".rst", ".rest"), "reStructuredText"),
    **dict.fromkeys(_ASCIIDOC, "AsciiDoc"),
    **dict.fromkeys((".tex", ".latex"), "LaTeX"),
    ".org": "Org",
    ".typ": "Typst",
    ".textile": "Textile",
}
_FEWEST = 3
"""Files from which on a format counts; a single one is of something else."""


def cure_of(suffix: str, stem: str = "a") -> str:
    """What makes Markdown, HTML or an EPUB of a file; empty where nothing is known."""
    if suffix in _ASCIIDOC:
        return wording(
            "Make HTML of it, and import that: asciidoctor -o {stem}.html {stem}{suffix}.",
            stem=stem,
            suffix=suffix,
        )
    if suffix not in _PANDOC:
        return ""
    return wording(
        "Make Markdown of it, and import that: pandoc -f {format} -t gfm --wrap=none -o {stem}.md {stem}{suffix}.",
        format=_PANDOC[suffix],
        stem=stem,
        suffix=suffix,
    )


def unread(folder: SourceFolder, base: str) -> Mapping[str, int]:
    """How many files of each format that Keben does not read stand below a folder; those of few files are not named."""
    suffixes = Counter(
        suffix
        for path in folder.files
        if (not base or path.startswith(f"{base}/")) and not is_hidden(path)
        if (suffix := posixpath.splitext(path)[1].lower()) in _PANDOC or suffix in _ASCIIDOC
    )
    return {suffix: count for suffix, count in suffixes.most_common() if count >= _FEWEST}


def unread_remarks(folder: SourceFolder, base: str, pages: int, name: str) -> tuple[str, ...]:
    """What is said of them.

    Raises:
        SourceError: the book is in them, and not in the few files of Markdown (``pages``) beside them.
    """
    found = unread(folder, base)
    remarks = tuple(
        wording(
            "Not read, left out: {count} files of {format} ({suffix}).",
            count=count,
            format=_NAMES.get(suffix, suffix[1:]),
            suffix=suffix,
        )
        for suffix, count in found.items()
    )
    if not found or sum(found.values()) < 2 * pages:
        return remarks
    suffix, count = next(iter(found.items()))
    message = wording(
        "This book is in {format}, which Keben does not read: {count} files end in {suffix}.",
        format=_NAMES.get(suffix, suffix[1:]),
        count=count,
        suffix=suffix,
    )
    cure = (
        wording("Let Sphinx make an EPUB of it (make epub), and import that.")
        if suffix in (".rst", ".rest") and any(posixpath.basename(path) == "conf.py" for path in folder.files)
        else cure_of(suffix)
    )
    raise SourceError(Finding(Place(name), "unsupported-source", message, cure))
