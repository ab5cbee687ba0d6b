"""Jinja2: a theme's template and its values → a tree."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from keben.compose.sandbox import LONGEST, MEMORY, Exceeded, Sandbox, bounded_memory
from keben.errors import Finding, Place, SourceError
from keben.markup import Element, MarkupError, Node, parse, serialize
from keben.model import Theme
from keben.variants import enclose, split, without_rules


class Renderer:
    """A theme's templates, ready to be filled. Templates run in a sandbox and see only the values given."""

    def __init__(self, theme: Theme) -> None:
        self._origins = theme.origins
        defaults = {f"default:{name}": text for name, text in theme.defaults.items()}
        self._environment = Sandbox(ChoiceLoader([DictLoader(dict(theme.templates)), DictLoader(defaults)]))
        self._environment.filters["title_lines"] = title_lines

    def tree(self, name: str, **values: Any) -> Element:
        """The tree that a template makes of some values.

        Raises:
            SourceError: the template is missing, fails, or gives markup that is not well-formed.
        """
        shown = self._origins.get(name, f"templates/{name}")
        try:
            text = self._fill(name, values)
        except TemplateSyntaxError as error:
            place = Place(self._shown(error.name) or shown, error.lineno)
            raise SourceError(_template_finding(place, str(error.message or error))) from None
        except RecursionError:
            message = "This template extends or includes itself."
            advice = f'Write {{% extends "default:{name}" %}} to extend the default of its name.'
            raise SourceError(Finding(Place(shown), "template", message, advice)) from None
        except TemplateError as error:
            place = Place(shown, _line_in_template(error))
            raise SourceError(_template_finding(place, str(error) or type(error).__name__)) from None
        except Exception as error:  # noqa: BLE001 - a template can raise anything that Python can
            place = Place(shown, _line_in_template(error))
            raise SourceError(_template_finding(place, _said(error))) from None
        try:
            return parse(text.strip())
        except MarkupError as error:
            lines = text.strip().splitlines()
            near = lines[error.line - 1].strip()[:60] if error.line <= len(lines) else ""
            message = f"This template makes markup that is not well-formed ({error}), near “{near}”."
            advice = "Close every element, and write empty ones as <br/>."
            raise SourceError(Finding(Place(shown), "template-markup", message, advice)) from None

    def _fill(self, name: str, values: Mapping[str, Any]) -> str:
        environment = self._environment
        environment.begin()
        size = 0
        pieces: list[str] = []
        with bounded_memory():
            for piece in environment.get_template(name).generate(**values):
                size += len(piece)
                if size > LONGEST:
                    message = f"it makes more than {LONGEST:,} characters"
                    raise Exceeded(message)
                pieces.append(piece)
            return "".join(pieces)

    def _shown(self, name: str | None) -> str:
        return self._origins.get((name or "").removeprefix("default:"), name or "")


_NEVER_FIRST = "，、。：；！？”’」』）》〉】"


def markup(nodes: Node | tuple[Node, ...]) -> Markup:
    """Nodes as text that a template passes through, with their source lines."""
    return Markup(serialize(nodes, lines=True))  # noqa: S704 - a tree's text is well-formed and escaped


def title_lines(text: str, width: int) -> list[str]:
    """A title in lines of at most ``width`` characters: after a colon first, then evenly, never before a mark.

    A variant is never parted, and counts as long as it is in the source.
    """
    lines: list[str] = []
    for part in _parts_of_title(text):
        rest = part
        left = sum(size for _, size in rest)
        count = -(-left // width)
        while rest:
            share = -(-left // max(count, 1))
            taken = size = 0
            while taken < len(rest) and (size < share or rest[taken][0] in _NEVER_FIRST):
                size += rest[taken][1]
                taken += 1
            lines.append("".join(unit for unit, _ in rest[:taken]))
            rest, left, count = rest[taken:], left - size, count - 1
    return lines


def _parts_of_title(text: str) -> Iterator[list[tuple[str, int]]]:
    """A title up to each colon or new line: its characters and variants, each with its length."""
    part: list[tuple[str, int]] = []
    for piece in (*split(without_rules(text)), "\n"):
        for unit, size in (
            [(sign, 1) for sign in piece] if isinstance(piece, str) else [(enclose(piece), len(piece.text))]
        ):
            if unit != "\n" and (part or not unit.isspace()):
                part.append((unit, size))
            if unit in "：\n":
                while part and part[-1][0].isspace():
                    part.pop()
                if part:
                    yield part
                part = []


def _line_in_template(error: BaseException) -> int:
    """The line of a template that an error came out of, from the traceback that Jinja2 rewrites."""
    line = 0
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _said(error: Exception) -> str:
    if isinstance(error, Exceeded):
        return str(error)
    if isinstance(error, MemoryError):
        return f"it needs more than {MEMORY >> 20} MiB of memory"
    return f"{type(error).__name__}: {error}"


def _template_finding(place: Place, message: str) -> Finding:
    return Finding(
        place,
        "template",
        f"This template fails: {message.rstrip('.')}.",
        "Mend it, or delete it to get the default back.",
    )


def word_list(theme: Theme, script: str) -> Mapping[str, str]:
    """The words of ``words.toml`` for a script: the theme's, over the default's where it leaves some out.

    Raises:
        SourceError: the file is not valid, or a word is not a string.
    """
    words: dict[str, str] = {}
    for text in (theme.defaults.get("words.toml", ""), theme.templates.get("words.toml", "")):
        shown = theme.origins.get("words.toml", "templates/words.toml")
        try:
            table = tomllib.loads(text).get(f"zh-{script}", {})
        except tomllib.TOMLDecodeError as error:
            raise SourceError.at(shown, "toml-syntax", f"This is not valid TOML: {error}.") from None
        for key, value in table.items():
            if not isinstance(value, str):
                raise SourceError.at(shown, "wrong-value", f"`{key}` in [zh-{script}] is not a string.")
            words[key] = value
    return words
