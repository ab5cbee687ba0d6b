"""The theme on disk → `Theme`: the project's templates and styles over the default ones.

Between them lies the design that an edition chooses (`keben.project.designs`).
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from keben.core.book import Theme
from keben.core.characters import ADVICE, forbidden_in
from keben.core.design import Design
from keben.core.errors import Finding, Place
from keben.core.foreign import foreign
from keben.core.saying import series, wording
from keben.core.sheets import pasted
from keben.core.values import dataclass
from keben.project.designs import FOLDER
from keben.project.filenames import leads_out
from keben.project.files import OUTSIDE_ADVICE
from keben.project.themefolders import default_folder
from keben.project.themestyles import Library, check_urls, settle_urls

__all__ = ["default_folder", "load_theme"]

_SUFFIXES = {"templates": (".html", ".svg", ".toml"), "styles": (".css",)}


@dataclass(frozen=True, slots=True)
class _Layer:
    """What a folder of a theme holds."""

    texts: Mapping[str, str]
    """By file name; without those that cannot be read."""
    origins: Mapping[str, str]
    """What messages call each file, by its name."""
    findings: tuple[Finding, ...]


_NO_LAYER = _Layer({}, {}, ())


def load_theme(
    root: Path, *, is_own: bool = True, design: Design | None = None
) -> tuple[Theme, tuple[Finding, ...]]:
    """Read the theme of the project at ``root``; the default one alone unless it ``is_own``.

    A ``design`` lies between the two: its style sheets follow the default ones, and its templates go over them.

    Raises:
        MachineError: the installation has no default theme.
    """
    default = default_folder()
    findings: list[Finding] = []
    origins: dict[str, str] = {}
    layers: dict[str, Mapping[str, str]] = {}
    for kind in _SUFFIXES:
        is_same = _is_same(root / kind, default / kind)
        base = _read(default / kind, kind, f"default:{kind}")
        designed = _of_design(root if is_own else None, kind, design) if design else _NO_LAYER
        own = _NO_LAYER if is_same or not is_own else _read(root / kind, kind, kind, root)
        layers[f"base {kind}"] = base.texts
        layers[f"default {kind}"], layers[kind] = _over(base, designed, kind), own.texts
        origins |= base.origins
        origins |= {name: f"{kind}/{name}" for name in base.texts} if is_same else {}
        origins |= designed.origins if kind == "templates" else {}
        origins |= own.origins
        findings += (*base.findings, *designed.findings, *own.findings)
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
    sections = design.sections if design else "plain"
    return (
        Theme(templates, styles, layers["default templates"], origins, layers["base templates"], sections),
        tuple(findings),
    )


def _of_design(root: Path | None, kind: str, design: Design) -> _Layer:
    """A design's files of a kind: what all designs have, then its own, Keben's first and the project's over them.

    Its style sheets add to those before them; a template goes over one of its name.
    """
    default = default_folder() / kind / FOLDER
    texts: dict[str, str] = {}
    origins: dict[str, str] = {}
    findings: list[Finding] = []
    folders: list[tuple[Path, str, Path | None]] = [
        (default, f"default:{kind}/{FOLDER}", None),
        (default / design.name, f"default:{kind}/{FOLDER}/{design.name}", None),
    ]
    own = root / kind / FOLDER / design.name if root else default / design.name
    if not _is_same(own, default / design.name):
        folders += [(own, f"{kind}/{FOLDER}/{design.name}", root)]
    for folder, shown, inside in folders:
        layer = _read(folder, kind, shown, inside) if folder.is_dir() else _NO_LAYER
        findings += layer.findings
        for name, text in layer.texts.items():
            texts[name] = text if kind == "templates" else _followed(texts.get(name, ""), name, text, layer)
            if inside and kind == "styles":
                findings += check_urls(text, layer.origins[name], inside / "book")
        origins |= layer.origins
    return _Layer(texts, origins, tuple(findings))


def _over(base: _Layer, design: _Layer, kind: str) -> Mapping[str, str]:
    if kind == "templates":
        return {**base.texts, **design.texts}
    return {
        **base.texts,
        **{name: f"{base.texts.get(name, '')}\n{text}" for name, text in design.texts.items()},
    }


def _followed(before: str, name: str, text: str, layer: _Layer) -> str:
    """A style sheet with another one behind it, whose faults have places of their own."""
    return f"{before}\n{pasted(text, layer.origins[name], f'default:styles/{name}', 1)}"


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _read(folder: Path, kind: str, shown: str, root: Path | None = None) -> _Layer:
    """A folder of the theme; ``root`` is the project's, which a link must not leave."""
    if root is not None and leads_out(folder, root):
        return _Layer({}, {}, (_link_out(shown),))
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    paths = [path for path in files if path.suffix in _SUFFIXES[kind] and path.is_file()]
    origins = {path.name: f"{shown}/{path.name}" for path in paths}
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for path in paths:
        text, problems = _read_file(path, origins[path.name], kind)
        findings += problems
        texts |= {} if text is None else {path.name: text}
    return _Layer(texts, origins, tuple(findings))


def _read_file(path: Path, shown: str, kind: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file of the theme, None if it cannot be read, and what is wrong with it."""
    if leads_out(path, path.parent):
        return None, (_link_out(shown),)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = wording("This file cannot be read as UTF-8 text: {error}.", error=foreign(error))
        return None, (Finding(Place(shown), "unreadable-file", message, wording("Save it as UTF-8.")),)
    if path.suffix == ".toml" or kind != "templates":
        return text, ()
    return text, tuple(
        Finding(Place(shown, line, column), "forbidden-character", message, ADVICE)
        for line, column, message in forbidden_in(text)
    )


def _link_out(shown: str) -> Finding:
    return Finding(Place(shown), "outside-path", wording("This link leaves the project."), OUTSIDE_ADVICE)


def _unused(layers: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """A warning for each file of the project's theme that is no default's name and that no other file names."""
    for kind in _SUFFIXES:
        own, defaults = layers[kind], layers[f"default {kind}"]
        for name in own:
            quoted = re.compile(rf"""["'(](?:default:)?{re.escape(name)}["')]""")
            if name in defaults or any(quoted.search(text) for other, text in own.items() if other != name):
                continue
            near = difflib.get_close_matches(name, list(defaults), 1, 0.6)
            advice = (
                wording("Did you mean “{near}”?", near=near[0])
                if near
                else wording("The default theme has {defaults}.", defaults=series(defaults))
            )
            message = wording(
                "Nothing uses this file: it has the name of no default, and no other file names it."
            )
            yield Finding(Place(f"{kind}/{name}"), "unused-theme-file", message, advice, "warning")
