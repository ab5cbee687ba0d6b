"""The theme on disk → `Theme`: the project's templates and styles over the default ones.

The default theme is looked for in the installed package, then in the checkout that the package stands in.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from keben.errors import Finding, MachineError, Place
from keben.model import Theme

_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?(default:)?([A-Za-z0-9._-]+\.css)["']?\s*\)?\s*;""")
_URL = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""")
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
        if (root / kind).resolve() != (default / kind).resolve():
            layers[kind] = _read(root / kind, kind, kind, origins, findings)
        else:
            origins |= {name: f"{kind}/{name}" for name in layers[f"default {kind}"]}
    styles = {**layers["default styles"], **layers["styles"]}
    for name, text in styles.items():
        styles[name] = _with_imports(text, styles, layers["default styles"], ())
        findings += _outside_references(layers["styles"].get(name, ""), origins[name])
    templates = {**layers["default templates"], **layers["templates"]}
    return Theme(templates, styles, layers["default templates"], origins), tuple(findings)


def default_folder() -> Path:
    """The folder that holds the default ``templates`` and ``styles``."""
    package = Path(__file__).resolve().parent
    for folder in (package, package.parent.parent):
        if (folder / "templates").is_dir() and (folder / "styles").is_dir():
            return folder
    raise MachineError.at(
        "keben", "no-theme", "The default theme is not where Keben is installed.", "Install it again."
    )


def _read(
    folder: Path, kind: str, shown: str, origins: dict[str, str], findings: list[Finding]
) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix not in _SUFFIXES[kind] or not path.is_file():
            continue
        origins[path.name] = f"{shown}/{path.name}"
        if not path.resolve().is_relative_to(folder.resolve()):
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
    return texts


def _with_imports(
    text: str, styles: Mapping[str, str], defaults: Mapping[str, str], seen: tuple[str, ...]
) -> str:
    """A style sheet with each ``@import "default:NAME"`` or ``@import "NAME"`` replaced by what it names."""

    def imported(match: re.Match[str]) -> str:
        key = f"{match[1] or ''}{match[2]}"
        source = (defaults if match[1] else styles).get(match[2])
        if source is None or key in seen:
            return match[0]
        return _with_imports(source, styles, defaults, (*seen, key))

    return _IMPORT.sub(imported, text)


def _outside_references(text: str, shown: str) -> tuple[Finding, ...]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for match in _URL.finditer(line):
            target = match[1] if match[1] is not None else match[2]
            if re.match(r"(?!default:|data:image/)[A-Za-z][A-Za-z0-9+.-]*:|/|.*\.\.(/|$)", target):
                message = f"“{target}” is outside the project."
                place = Place(shown, number, match.start() + 1)
                found.append(Finding(place, "outside-path", message, "A project reads its own files only."))
    return tuple(found)
