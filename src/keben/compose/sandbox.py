"""The sandbox that a theme's templates run in: they see only what they are given, and what they may use has bounds.

A template that asks for more than the bounds raises `Exceeded`. What grows text, lists and numbers is looked at before
it is done; each turn of a loop and each call of a macro is a step, and steps and their time are counted. Below all that
the system bounds the memory, where it can.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import thread_time
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, nodes, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from keben.core.saying import wording

try:
    import resource
except ImportError:  # pragma: no cover - Windows
    resource = None  # type: ignore[assignment]

LONGEST = 64_000_000
"""Characters of a text, the whole output included; the longest novel's chapters have some 100,000."""

MOST = 1_000_000
"""Items of a list."""

WIDEST = 100_000
"""A number that says how wide, how many or how deep something is to be."""

LARGEST = 4096
"""Bits of a number."""

STEPS = 1_000_000
"""Turns of loops and calls of macros while one document is made."""

SECONDS = 20.0
"""Of the processor, while one document is made."""

MEMORY = 1 << 30
"""Bytes beside those that are in use when a document is begun."""

_GROWING = frozenset(
    ("center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust", "zfill")
)
_WIDTH = re.compile(r"[0-9]{6,}")


_SIZED = (str, list, tuple)

_PLACES = 4
"""Behind the point of a number that is printed: less than any printer or screen shows."""

_REPEATED = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
"""What may be done many times, or by itself."""


class Exceeded(Exception):  # noqa: N818 - said as “this template fails: …”
    """A template asks for more than it may have; the text says of what."""


def _as_written(value: Any) -> Any:
    """What a template prints. Sums of decimals are not exact: 3.0 + 14.19 is 17.189999999999998."""
    return round(value, _PLACES) if isinstance(value, float) else value


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox with bounds. One document is made at a time: `begin` before each."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            finalize=_as_written,
        )
        self._steps = 0
        self._until = 0.0
        self.filters = {name: _bounded(name, filter_) for name, filter_ in self.filters.items()}
        # Two builds make the same bytes: chance has no place in a book.
        del self.filters["random"], self.globals["lipsum"]
        self.filters |= {"keben step": _step, "keben joined": _joined, "keben checked": checked}

    def begin(self) -> None:
        """Start to count for a new document."""
        self._steps = 0
        self._until = thread_time() + SECONDS

    def step(self) -> None:
        """Count a step.

        Raises:
            Exceeded: it is one too many, or the time is over.
        """
        self._steps += 1
        if self._steps > STEPS:
            message = wording("its loops and macros take more than {steps:,} steps", steps=STEPS)
            raise Exceeded(message)
        if self._steps % 1024 == 0 and thread_time() > self._until:
            message = wording("it takes more than {seconds:g} seconds", seconds=SECONDS)
            raise Exceeded(message)

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls, unless the result would be too large."""
        # The sandbox puts a function of its own round `format`.
        method = getattr(function, "__wrapped__", function)
        text = getattr(method, "__self__", None)
        if isinstance(text, str) and getattr(method, "__name__", "") in _GROWING:
            _require_growth(method.__name__, text, (*arguments, *named.values()))
        return checked(super().call(context, function, *arguments, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out what a template works out, unless the result would be too large."""
        _require_result(operator, left, right)
        return checked(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a template, with a step in front of whatever may be done many times."""
        tree = super()._parse(source, name, filename)
        for node in [*tree.find_all((*_REPEATED, nodes.AssignBlock))]:
            if isinstance(node, nodes.AssignBlock):
                node.filter = nodes.Filter(
                    node.filter, "keben checked", [], [], None, None, lineno=node.lineno
                )
                continue
            step = nodes.Filter(nodes.Const(""), "keben step", [], [], None, None, lineno=node.lineno)
            body: list[nodes.Node] = getattr(node, "body")  # noqa: B009 - Jinja2 has no type for these
            body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
        if "~" in source:
            _join_by_filter(tree)
        tree.set_environment(self)
        return tree


def checked(value: Any) -> Any:
    """A value, if it is not too large.

    Raises:
        Exceeded: it is.
    """
    if isinstance(value, _SIZED):
        _require_size(len(value), text=isinstance(value, str))
    elif isinstance(value, int):
        _require_bits(value.bit_length())
    return value


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Let what is done inside take `MEMORY` more bytes, and no more: `MemoryError`. Does nothing but on Linux."""
    taken = _taken()
    if resource is None or taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = taken * resource.getpagesize() + MEMORY
    if any(bound != resource.RLIM_INFINITY and bound <= limit for bound in (soft, hard)):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int | None:
    """How many pages of memory this process has (proc(5), ``statm``); None where the system does not say."""
    try:
        # Once for each chapter: a buffer would cost more than the file.
        with open("/proc/self/statm", "rb", buffering=0) as statistics:  # noqa: PTH123
            return int(statistics.read().split()[0])
    except OSError:
        return None


@pass_context
def _step(context: Context, _: object) -> str:
    environment = context.environment
    if isinstance(environment, Sandbox):
        environment.step()
    return ""


@pass_eval_context
def _joined(context: EvalContext, values: tuple[Any, ...]) -> str:
    """What ``~`` gives."""
    _require_size(sum(len(value) for value in values if isinstance(value, str)), text=True)
    return markup_join(values) if context.autoescape else str_join(values)


def _join_by_filter(node: nodes.Node) -> None:
    """Let a filter do what ``~`` does: the sandbox checks filters, and does not check ``~``."""
    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            _join_by_filter(value)
            setattr(node, field, _joining(value))
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, nodes.Node):
                    _join_by_filter(each)
            value[:] = [_joining(each) if isinstance(each, nodes.Node) else each for each in value]


def _joining(node: nodes.Node) -> nodes.Node:
    if not isinstance(node, nodes.Concat):
        return node
    values = nodes.Tuple(node.nodes, "load", lineno=node.lineno)
    return nodes.Filter(values, "keben joined", [], [], None, None, lineno=node.lineno)


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that looks at what it is to do, and at what came of it."""

    @wraps(function)
    def bounded(*arguments: Any, **named: Any) -> Any:
        texts = [each for each in (*arguments, *named.values()) if isinstance(each, str | int | list | tuple)]
        if texts:
            _require_growth(name, texts[0], tuple(texts[1:]))
        return checked(function(*arguments, **named))

    return bounded


def _require_growth(name: str, value: Any, arguments: tuple[Any, ...]) -> None:
    """Raise `Exceeded` where a method or filter of a name would make too much of a value."""
    for argument in arguments:
        if isinstance(argument, int) and abs(argument) > WIDEST:
            message = wording("`{name}` with {argument} is too much", name=name, argument=argument)
            raise Exceeded(message)
    texts = [len(each) for each in arguments if isinstance(each, str)]
    if name == "replace" and isinstance(value, str) and len(texts) > 1:
        old = next(each for each in arguments if isinstance(each, str))
        _require_size(len(value) + (value.count(old) if old else len(value) + 1) * texts[1], text=True)
    elif name == "join":
        # A method's text stands between; a filter's comes after what is joined.
        parts = max((len(each) for each in (value, *arguments) if isinstance(each, _SIZED)), default=0)
        between = min((len(each) for each in (value, *arguments) if isinstance(each, str)), default=0)
        _require_size(parts * between, text=True)
    elif name == "expandtabs" and isinstance(value, str):
        _require_size(value.count("\t") * (arguments[0] if arguments else 8), text=True)
    elif name in ("format", "format_map") and isinstance(value, str):
        _require_narrow(value)


def _require_result(operator: str, left: Any, right: Any) -> None:
    """Raise `Exceeded` where an operation's result would be too large."""
    if operator == "%" and isinstance(left, str):
        _require_narrow(left)
        values = right if isinstance(right, tuple) else (right,)
        if "*" in left and any(isinstance(each, int) and abs(each) > WIDEST for each in values):
            message = wording("a width in it is too large")
            raise Exceeded(message)
    elif operator == "+" and isinstance(left, _SIZED) and isinstance(right, _SIZED):
        _require_size(len(left) + len(right), text=isinstance(left, str))
    elif operator == "*":
        for value, times in ((left, right), (right, left)):
            if isinstance(value, _SIZED) and isinstance(times, int):
                _require_size(len(value) * times, text=isinstance(value, str))
    elif operator == "**" and isinstance(left, int) and isinstance(right, int):
        _require_bits(left.bit_length() * right)


def _require_bits(count: int) -> None:
    if count > LARGEST:
        message = wording("it works out a number that is too large")
        raise Exceeded(message)


def _require_narrow(form: str) -> None:
    if found := _WIDTH.search(form):
        message = wording("a width of {found} is too large", found=found[0][:12])
        raise Exceeded(message)


def _require_size(size: int, *, text: bool) -> None:
    most = LONGEST if text else MOST
    if size > most:
        message = wording(
            "it makes {a_text} of more than {most:,} {characters}",
            a_text=wording("a text") if text else wording("a list"),
            most=most,
            characters=wording("characters") if text else wording("items"),
        )
        raise Exceeded(message)
