"""docProps and settings.xml: what Word says of the book, and how it behaves."""

from datetime import UTC, datetime
from html import escape

from keben.core.composition import Composition
from keben.core.version import __version__
from keben.formats.docx.marking import part, tag

EARLIEST = 315532800
"""1980-01-01T00:00:00Z: a zip knows no time before."""

CATEGORY = "Keben "
"""What stands before the edition's name and the stamp of its text in a document's category."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_APP = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'


def core_part(composition: Composition, stamp: str) -> bytes:
    """docProps/core.xml: title, persons, language, subjects (ISO/IEC 29500-2, 11)."""
    data = composition.metadata
    time = datetime.fromtimestamp(max(composition.epoch, EARLIEST), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    persons = "; ".join(person.name for person in data.authors)
    fields = (
        ("dc:title", data.title),
        ("dc:subject", data.subtitle),
        ("dc:creator", persons),
        ("cp:category", f"{CATEGORY}{composition.edition.name} {stamp}"),
        ("cp:keywords", "; ".join(data.subjects)),
        ("dc:description", data.description),
        ("dc:identifier", data.identifier),
        ("dc:language", composition.edition.language),
        ("cp:version", data.version),
    )
    inner = "".join(f"<{name}>{escape(value, quote=False)}</{name}>" for name, value in fields if value)
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return f"{_HEAD}<cp:coreProperties {_CORE}>{inner}{times}</cp:coreProperties>".encode()


def app_part() -> bytes:
    """docProps/app.xml."""
    return f"{_HEAD}<Properties {_APP}><Application>Keben {__version__}</Application></Properties>".encode()


def settings_part(language: str) -> bytes:
    """settings.xml. Marks at the ends of lines are handled as in Chinese (避头尾)."""
    modern = "http://schemas.microsoft.com/office/word"
    return part(
        "settings",
        tag("zoom", percent=100),
        tag("characterSpacingControl", val="compressPunctuation"),
        tag("footnotePr", tag("footnote", id=-1), tag("footnote", id=0)),
        tag("compat", tag("compatSetting", name="compatibilityMode", uri=modern, val=15)),
        tag("themeFontLang", val="en-US", eastAsia=language),
    )
