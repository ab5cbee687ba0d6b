"""HTML's ruby: a base and the reading behind it."""

from collections.abc import Iterator

from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.rich import RichRun


def rubies(node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
    """The pairs of a ``<ruby>``; several bases before several readings are paired in order."""
    bases: list[str] = []
    readings: list[str] = []
    out: list[tuple[str, str]] = []

    def add(text: str) -> None:
        nonlocal bases, readings
        if readings:
            out.extend(_pairs(bases, readings))
            bases, readings = [], []
        if text.strip():
            bases.append(text.strip())

    add(node.text or "")
    for each in node:
        name = local(each).lower()
        text = _words(each)
        if name == "rt":
            readings.append(text.strip())
        elif name == "rtc":
            inner = [_words(rt).strip() for rt in each if local(rt).lower() == "rt"]
            readings += inner or [text.strip()]
        elif name != "rp" and name:
            add(text)
        if (each.tail or "").strip():
            add(each.tail or "")
    out.extend(_pairs(bases, readings))
    for base, reading in out:
        yield RichRun("ruby", base, styles, href, reading) if reading else RichRun("text", base, styles, href)


def _pairs(bases: list[str], readings: list[str]) -> list[tuple[str, str]]:
    if len(bases) == len(readings):
        return list(zip(bases, readings, strict=True))
    base = "".join(bases)
    return [(base, " ".join(readings))] if base else []


def _words(node: Node) -> str:
    return "".join(node.itertext())
