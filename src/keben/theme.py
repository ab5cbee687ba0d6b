"""The theme on disk → `Theme`: the project's templates and styles over the default ones.

The default theme is looked for in the installed package, then in the checkout that the package stands in.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from keben.characters import ADVICE, forbidden_in
from keben.errors import Finding, MachineError, Place
from keben.model import Theme
from keben.sheets import pasted

__all__ = ["load_theme"]

_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?(default:)?([A-Za-z0-9._-]+\.css)["']?\s*\)?\s*;""")
_URL = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]*)|url\(\s*["']?([^"')]*)""")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
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
        if not (root / kind).resolve().is_relative_to(root.resolve()):
            message = "This link leaves the project."
            advice = "A project reads its own files only: put the files themselves there."
            findings.append(Finding(Place(kind), "outside-path", message, advice))
        elif (root / kind).resolve() != (default / kind).resolve():
            layers[kind] = _read(root / kind, kind, kind, origins, findings)
        else:
            origins |= {name: f"{kind}/{name}" for name in layers[f"default {kind}"]}
    styles = {**layers["default styles"], **layers["styles"]}
    for name, text in styles.items():
        if name in layers["styles"] or (root / "styles").resolve() == (default / "styles").resolve():
            findings += _references(text, origins[name], root / "book", layers)
    findings += _unused(layers)
    library = _Library(styles, layers["default styles"], origins)
    styles = {name: library.with_imports(text, origins[name], ()) for name, text in styles.items()}
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


@dataclass(frozen=True, slots=True)
class _Library:
    """The style sheets that an ``@import`` can name."""

    styles: Mapping[str, str]
    defaults: Mapping[str, str]
    origins: Mapping[str, str]

    def with_imports(self, text: str, shown: str, seen: tuple[str, ...]) -> str:
        """A style sheet with each ``@import "default:NAME"`` or ``@import "NAME"`` replaced by what it names."""

        def imported(match: re.Match[str]) -> str:
            key = f"{match[1] or ''}{match[2]}"
            source = (self.defaults if match[1] else self.styles).get(match[2])
            if source is None or key in seen:
                return match[0]
            path = f"default:styles/{match[2]}" if match[1] else self.origins[match[2]]
            line = text.count("\n", 0, match.end()) + 1
            return pasted(self.with_imports(source, path, (*seen, key)), path, shown, line)

        return _IMPORT.sub(imported, text)


def _references(
    text: str, shown: str, book: Path, layers: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    """What is wrong with where a style sheet's ``url()`` and ``@import`` lead, each with its place."""
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for match in _URL.finditer(text):
        target = next(group for group in match.groups() if group is not None).strip()
        start = text.rfind("\n", 0, match.start()) + 1
        place = Place(shown, text.count("\n", 0, match.start()) + 1, match.start() - start + 1)
        if re.match(r"(?!default:|data:)[A-Za-z][A-Za-z0-9+.-]*:|/|.*\.\.(/|$)", target):
            message = f"“{target}” is outside the project."
            yield Finding(place, "outside-path", message, "A project reads its own files only.")
        elif match[0].startswith("@import"):
            prefix = "default:" if target.startswith("default:") else ""
            sheets = layers["default styles"] if prefix else {**layers["default styles"], **layers["styles"]}
            if target.removeprefix(prefix) not in sheets:
                message = f"There is no style sheet “{target}”."
                known = [f"{prefix}{name}" for name in sheets]
                near = difflib.get_close_matches(target, known, 1, 0.5)
                advice = f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(known)}."
                yield Finding(place, "missing-style", message, advice)
        elif not target.startswith(("data:", "#")) and not (book / unquote(target)).is_file():
            message = f"There is no file “{target}”."
            yield Finding(place, "missing-picture", message, f"Put it at book/{target}, or mend its path.")
