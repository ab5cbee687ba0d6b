"""The theme on disk → `Theme`: the project's templates and styles over the default ones.

The default theme is looked for in the installed package, then in the checkout that the package stands in.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from keben.core.book import Theme
from keben.core.characters import ADVICE, forbidden_in
from keben.core.errors import Finding, MachineError, Place
from keben.project.filenames import leads_out
from keben.project.themestyles import Library, check_urls, settle_urls

__all__ = ["load_theme"]

_SUFFIXES = {"templates": (".html", ".svg", ".toml"), "styles": (".css",)}


def load_theme(root: Path) -> tuple[Theme, tuple[Finding, ...]]:
    """Read the theme of the project at ``root``.

    Raises:
        MachineError: the installation has no default theme.
    """
    default = default_folder()
    findings: list[Finding] = []
    origins: dict[str, str] = {}
    layers: dict[str, dict[str, str]] = {}
    for kind in _SUFFIXES:
        layers[f"default {kind}"] = _read(default / kind, kind, f"default:{kind}", origins, findings)
        layers[kind] = {}
        if not _is_same(root / kind, default / kind):
            layers[kind] = _read(root / kind, kind, kind, origins, findings, root)
        else:
            origins |= {name: f"{kind}/{name}" for name in layers[f"default {kind}"]}
    styles = {**layers["default styles"], **layers["styles"]}
    for name, text in styles.items():
        if name in layers["styles"] or _is_same(root / "styles", default / "styles"):
            findings += check_urls(text, origins[name], root / "book")
    findings += _unused(layers)
    settled = {name: settle_urls(text, root / "book") for name, text in styles.items()}
    library = Library(settled, layers["default styles"], origins)
    for name in styles:
        styles[name], problems = library.with_imports(name)
        findings += problems
    templates = {**layers["default templates"], **layers["templates"]}
    return Theme(templates, styles, layers["default templates"], origins), tuple(findings)


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def default_folder() -> Path:
    """The folder that holds the default ``templates`` and ``styles``."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parent.parent):
        if (folder / "templates").is_dir() and (folder / "styles").is_dir():
            return folder
    raise MachineError.at(
        "keben", "no-theme", "The default theme is not where Keben is installed.", "Install it again."
    )


def _read(
    folder: Path,
    kind: str,
    shown: str,
    origins: dict[str, str],
    findings: list[Finding],
    root: Path | None = None,
) -> dict[str, str]:
    """The texts of a folder of the theme by name; ``root`` is the project's, which a link must not leave."""
    texts: dict[str, str] = {}
    if root is not None and leads_out(folder, root):
        message = "This link leaves the project."
        findings.append(Finding(Place(shown), "outside-path", message, "A project reads its own files only."))
        return texts
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix not in _SUFFIXES[kind] or not path.is_file():
            continue
        origins[path.name] = f"{shown}/{path.name}"
        if leads_out(path, folder):
            message = "This link leaves the project."
            findings.append(
                Finding(
                    Place(origins[path.name]), "outside-path", message, "A project reads its own files only."
                )
            )
            continue
        try:
            texts[path.name] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            message = f"This file cannot be read as UTF-8 text: {error}."
            findings.append(
                Finding(Place(origins[path.name]), "unreadable-file", message, "Save it as UTF-8.")
            )
            continue
        if path.suffix != ".toml" and kind == "templates":
            findings += [
                Finding(Place(origins[path.name], line, column), "forbidden-character", message, ADVICE)
                for line, column, message in forbidden_in(texts[path.name])
            ]
    return texts


def _unused(layers: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """A warning for each file of the project's theme that is no default's name and that no other file names."""
    for kind in _SUFFIXES:
        own, defaults = layers[kind], layers[f"default {kind}"]
        for name in own:
            quoted = re.compile(rf"""["'(](?:default:)?{re.escape(name)}["')]""")
            if name in defaults or any(quoted.search(text) for other, text in own.items() if other != name):
                continue
            near = difflib.get_close_matches(name, list(defaults), 1, 0.6)
            advice = f"Did you mean “{near[0]}”?" if near else f"The default theme has {', '.join(defaults)}."
            message = "Nothing uses this file: it has the name of no default, and no other file names it."
            yield Finding(Place(f"{kind}/{name}"), "unused-theme-file", message, advice, "warning")
