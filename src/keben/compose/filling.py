"""Jinja2: a theme's template and its values → text. Loaded only where a template is filled."""

from collections.abc import Mapping
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, TemplateError, TemplateSyntaxError

from keben.compose.fitting import FITTING
from keben.compose.sandbox import LONGEST, MEMORY, Exceeded, Sandbox, bounded_memory
from keben.core.book import Theme
from keben.core.errors import Finding, Place, SourceError
from keben.core.foreign import foreign
from keben.core.saying import wording


class Templates:
    """A theme's templates, ready to be filled. They run in a sandbox and see only the values given."""

    def __init__(self, theme: Theme) -> None:
        self._origins = theme.origins
        defaults = {f"default:{name}": text for name, text in theme.defaults.items()}
        defaults |= {f"base:{name}": text for name, text in theme.base.items()}
        self._environment = Sandbox(ChoiceLoader([DictLoader(dict(theme.templates)), DictLoader(defaults)]))
        self._environment.filters |= FITTING

    def fill(self, name: str, values: Mapping[str, Any]) -> str:
        """What a template makes of some values.

        Raises:
            SourceError: the template is missing or fails.
        """
        shown = self._origins.get(name, f"templates/{name}")
        try:
            return self._fill(name, values)
        except TemplateSyntaxError as error:
            place = Place(self._shown(error.name) or shown, error.lineno)
            raise SourceError(_template_finding(place, foreign(error.message or error))) from None
        except RecursionError:
            message = wording("This template extends or includes itself.")
            advice = wording(
                'Write {{% extends "default:{name}" %}} to extend the default of its name.', name=name
            )
            raise SourceError(Finding(Place(shown), "template", message, advice)) from None
        except TemplateError as error:
            place = Place(shown, _line_in_template(error))
            raise SourceError(_template_finding(place, foreign(str(error) or type(error).__name__))) from None
        except Exception as error:  # noqa: BLE001 - a template can raise anything that Python can
            place = Place(shown, _line_in_template(error))
            raise SourceError(_template_finding(place, _said(error))) from None

    def _fill(self, name: str, values: Mapping[str, Any]) -> str:
        environment = self._environment
        environment.begin()
        size = 0
        pieces: list[str] = []
        with bounded_memory():
            for piece in environment.get_template(name).generate(**values):
                size += len(piece)
                if size > LONGEST:
                    message = wording("it makes more than {longest:,} characters", longest=LONGEST)
                    raise Exceeded(message)
                pieces.append(piece)
            return "".join(pieces)

    def _shown(self, name: str | None) -> str:
        return self._origins.get((name or "").removeprefix("default:").removeprefix("base:"), name or "")


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
        return wording("it needs more than {memory} MiB of memory", memory=MEMORY >> 20)
    return foreign(f"{type(error).__name__}: {error}")


def _template_finding(place: Place, message: str) -> Finding:
    return Finding(
        place,
        "template",
        wording("This template fails: {message}.", message=message.rstrip(".")),
        wording("Fix it, or delete it to get the default back."),
    )
