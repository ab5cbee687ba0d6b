"""What a store's rules look at in style sheets: directions of writing, and what is the reader's own."""

import re
from collections.abc import Iterator
from itertools import accumulate

from keben.check.stores.looking import Fault
from keben.check.stores.opened import OpenedEpub
from keben.core.saying import wording

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOTS = re.compile(r"(?:html|body|:root)(?:[.#:\[][^\s,>+~]*)*")
_MODE = re.compile(r"writing-mode\s*:\s*([a-z-]+)")
_MARGIN = re.compile(r"(?<![-\w])(?:margin|padding)(-left|-right|-inline(?:-start|-end)?)?\s*:\s*([^;]+)")


def direction_on_roots(epub: OpenedEpub) -> Iterator[Fault]:
    """Only ``html`` and ``body`` have a writing mode."""
    for item, rules in _rules(epub):
        for selectors, body in rules:
            if "writing-mode" in body and not all(
                _ROOTS.fullmatch(each.strip()) for each in selectors.split(",")
            ):
                yield (
                    item,
                    wording("“{split}” has a writing mode of its own.", split=" ".join(selectors.split())),
                )


def turned_as_written(epub: OpenedEpub) -> Iterator[Fault]:
    """A book in columns is turned from right to left."""
    written = {
        match[1]
        for _, rules in _rules(epub)
        for selectors, body in rules
        if any(_ROOTS.fullmatch(each.strip()) for each in selectors.split(","))
        for match in _MODE.finditer(body)
    }
    wanted = {"vertical-rl": "rtl", "tb-rl": "rtl"}
    found = epub.progression
    if written and {wanted.get(mode, "ltr") for mode in written} == {"rtl"} and found != "rtl":
        yield (
            "",
            wording(
                "Its text stands in columns, and page-progression-direction is “{found}”, not “rtl”.",
                found=found or "default",
            ),
        )


def own_line_height(epub: OpenedEpub) -> Iterator[Fault]:
    """The text has the reader's line height. Kindle reads nothing that stands in `@supports`."""
    for item, selectors, body in _of_the_text(epub):
        if re.search(r"(?<![-\w])line-height\s*:", body):
            yield item, wording("“{selectors}” sets the line height of the text.", selectors=selectors)


def own_margins(epub: OpenedEpub) -> Iterator[Fault]:
    """The text has the reader's margins. Kindle reads nothing that stands in `@supports`."""
    for item, selectors, body in _of_the_text(epub):
        for match in _MARGIN.finditer(body):
            sides = match[2].split()
            beside = sides if match[1] else [*sides, *sides][1 : 2 if len(sides) < 4 else 4 : 2]
            if any(re.match(r"[.\d]*[1-9]", side) for side in beside):
                yield item, wording("“{selectors}” sets the margins of the text.", selectors=selectors)
                break


def _of_the_text(epub: OpenedEpub) -> Iterator[tuple[str, str, str]]:
    """The rules for the text as a whole, outside `@supports`: the sheet, selectors, declarations."""
    for item, text in epub.sheets:
        for match in _RULE.finditer(_without_conditions(_COMMENT.sub("", text))):
            selectors = match[1].rpartition(";")[2]
            if {each.strip() for each in selectors.split(",")} & {"html", "body", ":root", "p"}:
                yield item.path, " ".join(selectors.split()), match[2]


def _without_conditions(sheet: str) -> str:
    """A sheet without its `@supports`."""
    while (begin := sheet.find("@supports")) >= 0:
        opened = sheet.find("{", begin)
        depths = accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in sheet[opened:]) if opened >= 0 else ()
        end = next((at for at, depth in enumerate(depths, opened) if not depth), len(sheet))
        sheet = sheet[:begin] + sheet[end + 1 :]
    return sheet


def _rules(epub: OpenedEpub) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for item, text in epub.sheets:
        plain = _COMMENT.sub("", text)
        yield item.path, [(match[1].rpartition(";")[2], match[2]) for match in _RULE.finditer(plain)]
