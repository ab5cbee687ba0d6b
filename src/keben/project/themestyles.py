"""A theme's style sheets: what they import is put in its place, and what they name is found in the book.

A URL in a sheet begins at `styles/`, where the sheet stands, or at `book/`. After `settle_urls` each is a path below
``book/``, percent-encoded; that is what later stages read.
"""

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from keben.core.css import CSSError, Reference, normal, quoted, references, replace
from keben.core.errors import Finding, Place
from keben.core.patterns import later
from keben.core.saying import series, wording
from keben.core.sheets import pasted
from keben.core.values import dataclass
from keben.pictures import font_type, media_type
from keben.project.filenames import leads_out

_OUTSIDE = later(r"(?!data:)[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_DATA = re.compile(r"data:", re.IGNORECASE)
_LONGEST = 60
_ADVICE = wording("A project reads its own files only.")
_MEDIA = later(r"(?!.*\b(?:layer|supports)\b)[^{};]*", re.IGNORECASE | re.DOTALL)
_NOWHERE = "missing"
"""What stands in the place of a URL that leads nowhere; the build ends before anyone asks for it."""


@dataclass(frozen=True, slots=True)
class Library:
    """The style sheets that an ``@import`` can name, by file name."""

    styles: Mapping[str, str]
    """As the project has them: its own over the defaults."""
    defaults: Mapping[str, str]
    origins: Mapping[str, str]

    def with_imports(self, name: str) -> tuple[str, tuple[Finding, ...]]:
        """A style sheet with each ``@import "default:NAME"`` or ``@import "NAME"`` replaced by what it names.

        A condition (``@import "a.css" print``) goes along. The findings are about this sheet's own imports.
        """
        return self._with_imports(self.styles[name], self.origins[name], (self.origins[name],))

    def _with_imports(self, text: str, shown: str, seen: tuple[str, ...]) -> tuple[str, tuple[Finding, ...]]:
        try:
            imports = [each for each in references(text) if each.kind == "import"]
        except CSSError:
            return text, ()
        changes: list[tuple[Reference, str]] = []
        findings: list[Finding] = []
        for each in imports:
            place = Place(shown, each.line, each.column)
            problem, source, path = self._named(each, seen)
            if problem:
                # What an imported sheet has wrong is found where it stands itself.
                findings += (
                    [Finding(place, *problem)] if len(seen) == 1 or problem[0] == "import-loop" else []
                )
                changes.append((each, ""))
                continue
            inner, more = self._with_imports(source, path, (*seen, path))
            findings += more
            text_of_import = pasted(inner, path, shown, each.line + text.count("\n", each.start, each.end))
            if each.condition:
                text_of_import = f"@media {each.condition} {{ {text_of_import} }}"
            changes.append((each, text_of_import))
        return (replace(text, changes) if changes else text), tuple(dict.fromkeys(findings))

    def _named(self, each: Reference, seen: tuple[str, ...]) -> tuple[tuple[str, str, str] | None, str, str]:
        """What is wrong with an import (code, message, advice), the text that it names, and that one's path."""
        target = each.target
        prefix = "default:" if target.lower().startswith("default:") else ""
        name = unquote(target[len(prefix) :]).removeprefix("./")
        if not prefix and (_OUTSIDE.match(target) or _leaves(target)):
            return (
                (
                    "outside-path",
                    wording("“{target}” is outside the project.", target=_short(target)),
                    _ADVICE,
                ),
                "",
                "",
            )
        sheets = self.defaults if prefix else self.styles
        if name not in sheets:
            known = [f"{prefix}{sheet}" for sheet in sheets]
            near = difflib.get_close_matches(target, known, 1, 0.5)
            advice = (
                wording("Did you mean “{near}”?", near=near[0])
                if near
                else wording("There are {known}.", known=series(known))
            )
            return (
                (
                    "missing-style",
                    wording("There is no style sheet “{target}”.", target=_short(target)),
                    advice,
                ),
                "",
                "",
            )
        path = f"default:styles/{name}" if prefix else self.origins[name]
        if path in seen:
            message = wording("“{target}” imports itself, directly or through others.", target=target)
            return ("import-loop", message, wording("Take one of the imports out.")), "", ""
        if not _MEDIA.fullmatch(each.condition):
            message = wording("“{condition}” cannot stand behind an import.", condition=each.condition)
            return ("missing-style", message, wording("Name media alone, such as print, or nothing.")), "", ""
        return None, sheets[name], path


def check_urls(text: str, shown: str, book: Path) -> Iterator[Finding]:
    """What is wrong with where the ``url()`` of a sheet lead, and with the fonts that it names."""
    try:
        found = references(text)
    except CSSError as error:
        place = Place(shown, error.line, error.column)
        yield Finding(
            place,
            "style-syntax",
            wording("This style sheet cannot be read: {error}.", error=error),
            wording("Close it, or write it again."),
        )
        return
    for each in found:
        target, place = each.target, Place(shown, each.line, each.column)
        if each.kind == "import" or not target or target.startswith("#"):
            continue
        if _DATA.match(target):
            if _embedded(target) is None:
                message = wording("This data: URL is neither a picture nor a font that a book can show.")
                yield Finding(
                    place, "broken-picture", message, wording("Put the file into book/, and name it.")
                )
            continue
        path = _path_of(target, book)
        if path is None and (_OUTSIDE.match(target) or _leaves_project(unquote(target))):
            yield Finding(
                place,
                "outside-path",
                wording("“{target}” is outside the project.", target=_short(target)),
                _ADVICE,
            )
        elif path is None:
            message = wording("There is no file “{target}”.", target=_short(target))
            advice = wording(
                "Put it at book/{below_book}, or fix its path.",
                below_book=_below_book(_spellings(target)[-1]),
            )
            yield Finding(place, "missing-picture", message, advice)
        else:
            yield from _check_file(book / path, path, place)


def _check_file(file: Path, path: str, place: Place) -> Iterator[Finding]:
    if leads_out(file, file.parents[path.count("/")]):
        yield Finding(
            place, "outside-path", wording("“{path}” is a link that leaves the project.", path=path), _ADVICE
        )
    elif font_type(path):
        from keben.core.ownfonts import problems_of

        for code, message, advice, severity in problems_of(file.read_bytes()):
            yield Finding(place, code, f"book/{path}: {message}", advice, severity)
    elif media_type(path) is None:
        message = wording("“book/{path}” is neither a picture nor a font.", path=path)
        yield Finding(place, "picture-format", message, wording("A style sheet names pictures and fonts."))


def settle_urls(text: str, book: Path) -> str:
    """A sheet whose URLs are paths below ``book/``, or data that a book may hold."""
    try:
        found = [each for each in references(text) if each.kind == "url"]
    except CSSError:
        return text
    changes: list[tuple[Reference, str]] = []
    for each in found:
        if not each.target or each.target.startswith("#"):
            continue
        if _DATA.match(each.target):
            url = _embedded(each.target) or _NOWHERE
        else:
            path = _path_of(each.target, book)
            url = quote(path) if path else _NOWHERE
        written = normal(text)[each.start : each.end]
        lines = "\n" * written.count("\n")
        changes.append((each, f'"{url}"{lines}' if each.bare else quoted(url) + lines))
    return replace(text, changes) if changes else text


def _embedded(url: str) -> str | None:
    from keben.pictures import embedded_in_style

    return embedded_in_style(url)


def _path_of(target: str, book: Path) -> str | None:
    """The file below ``book`` that a URL names; None where there is none."""
    for one in _spellings(target):
        path = _below_book(one)
        if (
            not _OUTSIDE.match(target)
            and not _leaves(path)
            and path not in ("", ".")
            and _is_file(book / path)
        ):
            return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name with a NUL, or a very long one
        return False


def _spellings(target: str) -> tuple[str, ...]:
    """What a URL may stand for: as it is written, without escapes, and without a query and a fragment too."""
    bare = re.split(r"[?#]", target, maxsplit=1)[0]
    return tuple(dict.fromkeys((unquote(target), target, unquote(bare))))


def _below_book(path: str) -> str:
    """A path that begins at ``styles/`` or at ``book/``, as it is below ``book/``."""
    path = posixpath.normpath(path)
    from_styles = posixpath.normpath(posixpath.join("styles", path)) if path.startswith("..") else path
    return from_styles.removeprefix("book/")


def _leaves_project(path: str) -> bool:
    return _leaves(posixpath.join("styles", path))


def _leaves(path: str) -> bool:
    return posixpath.normpath(path).split("/")[0] == ".."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
