"""Keben (刻本) makes Chinese books: one Markdown source, and every edition of it.

    >>> import keben
    >>> keben.convert_text("头发与发现", "zh-Hant-TW")
    '頭髮與發現'

Programs import only from here (docs/api.md); the rooms behind it may change. A name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from keben.core.version import __version__

if TYPE_CHECKING:
    from keben.build import BookOutcome, Outcome
    from keben.build import build as build_book
    from keben.build import build_several as build_books
    from keben.build.editions import Prepared, Project, read_project
    from keben.build.editions import prepare as prepare_editions
    from keben.build.inspection import Inspection
    from keben.build.inspection import inspect as check_book
    from keben.build.request import Job, Progress, Report, Request
    from keben.build.request import plan as plan_jobs
    from keben.core.binding import Booklet
    from keben.core.book import Asset, Manuscript
    from keben.core.composition import Artifact, Composition, Document
    from keben.core.edition import Edition, Settings
    from keben.core.editorial.values import Decision, Editorial, GlossaryEntry
    from keben.core.errors import (
        BuildError,
        Finding,
        KebenError,
        MachineError,
        Place,
        ReleaseError,
        Severity,
        SourceError,
        UsageError,
        errors_in,
        obstacles_in,
    )
    from keben.core.media import FormatName
    from keben.core.metadata import Metadata, Person
    from keben.formats import FORMATS, Format
    from keben.formats import make as make_artifact
    from keben.impose import Imposition
    from keben.impose import impose as impose_pdf
    from keben.project.finding import find_project
    from keben.release import Publication
    from keben.release import publish as release_book
    from keben.script.strings import convert_text

HOMES = {
    "convert_text": "script.strings",
    "impose_pdf": "impose:impose",
    "Booklet": "core.binding",
    "Imposition": "impose",
    "find_project": "project.finding",
    "build_book": "build:build",
    "build_books": "build:build_several",
    "Request": "build.request",
    "Outcome": "build",
    "BookOutcome": "build",
    "Report": "build.request",
    "Progress": "build.request",
    "Job": "build.request",
    "check_book": "build.inspection:inspect",
    "Inspection": "build.inspection",
    "release_book": "release:publish",
    "Publication": "release",
    "Finding": "core.errors",
    "Place": "core.errors",
    "Severity": "core.errors",
    "errors_in": "core.errors",
    "obstacles_in": "core.errors",
    "KebenError": "core.errors",
    "SourceError": "core.errors",
    "BuildError": "core.errors",
    "ReleaseError": "core.errors",
    "MachineError": "core.errors",
    "UsageError": "core.errors",
    "read_project": "build.editions",
    "Project": "build.editions",
    "plan_jobs": "build.request:plan",
    "prepare_editions": "build.editions:prepare",
    "Prepared": "build.editions",
    "make_artifact": "formats.table:make",
    "FORMATS": "formats.table",
    "Format": "formats.values",
    "FormatName": "core.media",
    "Manuscript": "core.book",
    "Asset": "core.book",
    "Settings": "core.edition",
    "Edition": "core.edition",
    "Metadata": "core.metadata",
    "Person": "core.metadata",
    "Editorial": "core.editorial.values",
    "GlossaryEntry": "core.editorial.values",
    "Decision": "core.editorial.values",
    "Composition": "core.composition",
    "Document": "core.composition",
    "Artifact": "core.composition",
}
"""Where each public name comes from: a module below `keben`, and after a colon what it is called there."""

__all__ = [
    "FORMATS",
    "Artifact",
    "Asset",
    "BookOutcome",
    "Booklet",
    "BuildError",
    "Composition",
    "Decision",
    "Document",
    "Edition",
    "Editorial",
    "Finding",
    "Format",
    "FormatName",
    "GlossaryEntry",
    "Imposition",
    "Inspection",
    "Job",
    "KebenError",
    "MachineError",
    "Manuscript",
    "Metadata",
    "Outcome",
    "Person",
    "Place",
    "Prepared",
    "Progress",
    "Project",
    "Publication",
    "ReleaseError",
    "Report",
    "Request",
    "Settings",
    "Severity",
    "SourceError",
    "UsageError",
    "__version__",
    "build_book",
    "build_books",
    "check_book",
    "convert_text",
    "errors_in",
    "find_project",
    "impose_pdf",
    "make_artifact",
    "obstacles_in",
    "plan_jobs",
    "prepare_editions",
    "read_project",
    "release_book",
]


def __getattr__(name: str) -> object:
    """A public name, loaded.

    Raises:
        AttributeError: it is none.
    """
    if name not in HOMES:
        raise AttributeError(f"module 'keben' has no attribute {name!r}")
    home, _, there = HOMES[name].partition(":")
    value = getattr(import_module(f"keben.{home}"), there or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
