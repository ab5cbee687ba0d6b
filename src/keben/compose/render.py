"""A theme's template and its values → a tree, which is kept from one build to the next."""

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from keben.compose.fitting import title_lines
from keben.compose.placed import placed
from keben.core.book import Theme
from keben.core.errors import Finding, Place, SourceError
from keben.core.fingerprint import fingerprint
from keben.core.markup import Element, MarkupError, Node, parse, serialize
from keben.core.saying import wording
from keben.core.store import NO_STORE, Bundle, Store

if TYPE_CHECKING:
    from keben.compose.filling import Templates
    from keben.compose.views import ChapterView

__all__ = ["Renderer", "markup", "title_lines"]


class Renderer:
    """A theme's templates, which see only the values given; ``store`` keeps the trees of an edition of a ``book``."""

    def __init__(self, theme: Theme, store: Store = NO_STORE, *book: object) -> None:
        self._theme = theme
        self._kept = Bundle(store, "rendered", *book)
        self._mark = fingerprint(theme.templates, theme.defaults, theme.base) if store.folder else ""
        self._templates: Templates | None = None
        self._marks: dict[int, tuple[object, str]] = {}
        """Fingerprints of values that templates share, by their identity."""

    def tree(self, name: str, **values: Any) -> Element:
        """The tree that a template makes of some values.

        Raises:
            SourceError: the template is missing, fails, or gives markup that is not well-formed.
        """
        key = self._key(name, values) if self._mark else ""
        known = self._kept.get(key) if key else None
        if isinstance(known, Element):
            return known
        made = self._parsed(name, self._filled(name, values))
        if key:
            self._kept.put(key, made)
        return made

    def chapter(self, name: str, chapter: "ChapterView", body: tuple[Node, ...], **values: Any) -> Element:
        """The tree that a template makes of a chapter whose view has no body yet, of that body and other values.

        Where the template only prints the body, that is put into what stands around it, and not written and read.

        Raises:
            SourceError: as for `tree`.
        """
        if _only_prints_body(self._theme.templates.get(name, "")):
            around = self._around(name, {**values, "chapter": replace(chapter, body=_MARK)})
            made = placed(around, _BODY, body) if around else None
            if made:
                return made
        return self.tree(name, chapter=replace(chapter, body=markup(body)), **values)

    def _around(self, name: str, values: dict[str, Any]) -> Element | None:
        """What a template makes around the mark that stands for a body; None if that is no tree with the mark in it.

        Asked for in each build, so that it is there for the one in which the body is another.
        """
        key = self._key(f"around {name}", values) if self._mark else ""
        text = self._kept.get(key) if key else None
        if not isinstance(text, str):
            text = self._filled(name, values)
            if text.count(_BODY) != 1:
                return None
            if key:
                self._kept.put(key, text)
        try:
            return parse(text.strip())
        except MarkupError:
            return None

    def close(self) -> None:
        """Leave to the next build what was used."""
        self._kept.close()

    def _key(self, name: str, values: dict[str, Any]) -> str:
        """What a tree is found by; empty where a value has no fingerprint."""
        try:
            return self._kept.key(self._mark, name, {each: self._of(value) for each, value in values.items()})
        except TypeError:
            return ""

    def _of(self, value: object) -> str:
        known = self._marks.get(id(value))
        if known is None:
            known = self._marks[id(value)] = value, fingerprint(type(value).__name__, value)
        return known[1]

    def _filled(self, name: str, values: dict[str, Any]) -> str:
        if self._templates is None:
            from keben.compose.filling import Templates

            self._templates = Templates(self._theme)
        return self._templates.fill(name, values)

    def _parsed(self, name: str, text: str) -> Element:
        try:
            return parse(text.strip())
        except MarkupError as error:
            lines = text.strip().splitlines()
            near = lines[error.line - 1].strip()[:60] if error.line <= len(lines) else ""
            message = wording(
                "This template makes markup that is not well-formed ({error}), near “{near}”.",
                error=error,
                near=near,
            )
            advice = wording("Close every element, and write empty ones as <br/>.")
            shown = self._theme.origins.get(name, f"templates/{name}")
            raise SourceError(Finding(Place(shown), "template-markup", message, advice)) from None


_BODY = "\ufdd0body\ufdd1"
"""Stands for a chapter's body; noncharacters, which no text has (see `keben.core.characters.FORBIDDEN`)."""

_MARK = Markup(_BODY)  # noqa: S704 - it is replaced
_PRINTED = "{{ chapter.body }}"
_ELSEWHERE = re.compile(r"\b(?:autoescape|call|extends|filter|from|import|include|macro|self|set|super)\b")
_WHOLE = re.compile(
    r"(?<![\w'\"])chapter(?!\w|\.(?:id|kind|epub_type|role|label|number|title|heading|notes)\b)"
)


@cache
def _only_prints_body(text: str) -> bool:
    """Whether a template surely does nothing with a chapter's body but print it once."""
    before, printed, after = text.partition(_PRINTED)
    rest = before + after
    return bool(printed) and not (_WHOLE.search(rest) or _ELSEWHERE.search(rest))


def markup(nodes: Node | tuple[Node, ...]) -> Markup:
    """Nodes as text that a template passes through, with their source lines."""
    return Markup(serialize(nodes, lines=True))  # noqa: S704 - a tree's text is well-formed and escaped
