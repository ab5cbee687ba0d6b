"""Folders that hold one book in several languages: ``en/``, ``zh-cn/``, ``zh-tw/`` beside one another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from keben.core.language import canonical, script
from keben.project.importers.settings import language_of
from keben.project.importers.sources import SourceFolder

_SIMPLIFIED = ("zh", "zh-cn", "zh-hans", "zh-hans-cn", "cn", "chs", "chinese", "zh-sg")
_TRADITIONAL = ("zh-tw", "zh-hant", "zh-hant-tw", "tw", "cht", "zh-hk", "zh-hant-hk")
_CHINESE = (*_SIMPLIFIED, *_TRADITIONAL)
_OTHERS = frozenset(
    "en en-us en-gb english ja jp ja-jp ko kr ko-kr fr fr-fr de de-de es es-es ru ru-ru pt pt-br it vi tr ar fa "
    "id pl uk th nl cs hu he hi bn".split()
)
_SHARED = 0.5
"""How much of a folder's files must stand above it too, for it to be a translation of these."""


def translations(folder: SourceFolder, paths: Sequence[str]) -> frozenset[str]:
    """The files of these that are in a folder of another language than the one that is taken.

    Chinese is taken: in the script of the folder's README, else the one that has the most files, else Simplified.
    """
    left: set[str] = set()
    for base, names in sorted(_languages(paths).items()):
        inner = {name: [path for path in paths if path.startswith(f"{base}{name}/")] for name in names}
        chinese = [name for name in names if _folded(name) in _CHINESE]
        if chinese and len(names) > 1:
            taken = min(chinese, key=lambda name: _place(name, len(inner[name]), _readme(folder, base)))
            left |= {path for name in names if name != taken for path in inner[name]}
        elif not chinese:
            here = {path.removeprefix(base) for path in paths if path.startswith(base)}
            left |= {
                path for name in names if _is_double(base + name, inner[name], here) for path in inner[name]
            }
    return frozenset(left)


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")


def _languages(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names of folders that are languages, by the folder that they are in (``docs/``)."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        parts = path.split("/")[:-1]
        for at, part in enumerate(parts):
            if _folded(part) in _OTHERS or _folded(part) in _CHINESE:
                found["".join(f"{each}/" for each in parts[:at])].add(part)
    return {base: tuple(sorted(names)) for base, names in found.items()}


def _place(name: str, files: int, wanted: str) -> tuple[bool, int, int]:
    kind = "Hant" if _folded(name) in _TRADITIONAL else "Hans"
    return bool(wanted) and kind != wanted, -files, _CHINESE.index(_folded(name))


def _readme(folder: SourceFolder, base: str) -> str:
    """The script of the README beside such folders; empty: there is none in Chinese."""
    decoded = folder.text(folder.find(f"{base}README.md"))
    if decoded is None or not any("\u4e00" <= letter <= "\u9fff" for letter in decoded.text):
        return ""
    return script(canonical(language_of(decoded.text)[0]) or "zh-Hans")


def _is_double(base: str, inner: Sequence[str], here: set[str]) -> bool:
    """Whether most files of a folder stand above it too, under the same names."""
    shared = sum(path.removeprefix(f"{base}/") in here for path in inner)
    return shared > len(inner) * _SHARED
