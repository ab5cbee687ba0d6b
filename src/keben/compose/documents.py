"""Documents that a theme's templates make."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keben.compose.numbering import Numbered
from keben.compose.render import Renderer
from keben.compose.views import ChapterView, view_chapter
from keben.core.book import Theme
from keben.core.composition import Document, DocumentKind
from keben.core.endnotes import ENDNOTES
from keben.core.markup import Element
from keben.core.values import dataclass

if TYPE_CHECKING:
    from keben.compose.charts import ChartDrawing


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter whose tree is complete: its blocks in one ``div``, and its notes."""

    numbered: Numbered
    body: Element
    notes: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class DocumentMaker:
    """Makes documents by templates."""

    renderer: Renderer
    theme: Theme
    values: Mapping[str, object]
    words: Mapping[str, str]

    def page(self, name: str, kind: DocumentKind, title: str, **more: object) -> Document:
        """A document that is no chapter."""
        template = "cover.svg" if kind in ("cover", "front") else f"{name}.html"
        root = self.renderer.tree(template, **self.values, **more)
        return Document(name, kind, title, root, self.theme.origins.get(template, f"templates/{template}"))

    def chapter(self, text: ChapterText, words: Mapping[str, str]) -> Document:
        """A chapter's document."""
        numbered, chapter = text.numbered, text.numbered.chapter
        view = view_chapter(numbered, text.notes)
        root = self.renderer.chapter("chapter.html", view, text.body.children, **self.values)
        title = numbered.heading or words[chapter.kind]
        return Document(chapter.name, chapter.kind, title, root, chapter.path, numbered.running)

    def endnotes(self, view: ChapterView) -> Document:
        """The document that takes the notes of a book."""
        root = self.renderer.tree("chapter.html", chapter=view, **self.values)
        path = self.theme.origins.get("chapter.html", "templates/chapter.html")
        return Document(ENDNOTES, "afterword", view.heading, root, path)

    def drawing(self, template: str, chart: "ChartDrawing") -> Element:
        """The drawing of a chart."""
        return self.renderer.tree(template, chart=chart, **self.values)

    def is_own(self, template: str) -> bool:
        """Whether a template is not the default theme's."""
        return not self.theme.origins.get(template, "default:").startswith("default:")
