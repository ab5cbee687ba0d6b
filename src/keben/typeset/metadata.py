"""A PDF's metadata as an XMP packet: what the book is, and that the file claims both PDF/A-2a and PDF/UA-1.

XMP specification part 1 (ISO 16684-1); ISO 19005-2, 6.6; ISO 14289-1, 5.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from keben.core.markup import Element, element, serialize
from keben.core.metadata import Metadata
from keben.core.relators import main_roles

NAMESPACES = {
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmlns:xmp": "http://ns.adobe.com/xap/1.0/",
    "xmlns:pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmlns:pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmlns:pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "xmlns:pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "xmlns:pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = '\n<?xpacket end="r"?>'


def timestamp(epoch: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC: ``2026-01-01T00:00:00Z``."""
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def xmp_packet(metadata: Metadata, language: str, epoch: int, creator: str, producer: str) -> bytes:
    """The packet for a book; ``creator`` and ``producer`` are the programs that made the file."""
    when = timestamp(epoch)
    parts = [
        _value("pdfaid:part", "2"),
        _value("pdfaid:conformance", "A"),
        _value("pdfuaid:part", "1"),
        _alternative("dc:title", metadata.title, language),
        _list("dc:creator", "rdf:Seq", creators(metadata)),
        _list("dc:contributor", "rdf:Bag", contributors(metadata)),
        _list("dc:publisher", "rdf:Bag", [metadata.publisher]),
        _list("dc:language", "rdf:Bag", [language]),
        _list("dc:subject", "rdf:Bag", metadata.subjects),
        _alternative("dc:description", metadata.description, language),
        _alternative("dc:rights", metadata.rights, language),
        _value("dc:identifier", metadata.identifier_of("pdf")),
        _value("dc:format", "application/pdf"),
        _value("pdf:Keywords", ", ".join(metadata.subjects)),
        _value("pdf:Producer", producer),
        _value("xmp:CreatorTool", creator),
        _value("xmp:CreateDate", when),
        _value("xmp:ModifyDate", when),
        _value("xmp:MetadataDate", when),
        _extension(),
    ]
    description = element("rdf:Description", {"rdf:about": ""}, *(part for part in parts if part is not None))
    root = element("x:xmpmeta", {"xmlns:x": "adobe:ns:meta/"}, element("rdf:RDF", NAMESPACES, description))
    return f"{_HEAD}{serialize(root)}{_TAIL}".encode()


def creators(metadata: Metadata) -> list[str]:
    """The names of those who made the work: its authors, or where it has none its editors."""
    main = main_roles([person.role for person in metadata.authors])
    return [person.name for person in metadata.authors if person.role in main]


def contributors(metadata: Metadata) -> list[str]:
    """The names of all others, translators and illustrators among them."""
    main = main_roles([person.role for person in metadata.authors])
    return [person.name for person in metadata.authors if person.role not in main]


def _value(name: str, text: str) -> Element | None:
    return element(name, None, text) if text else None


def _list(name: str, kind: str, texts: Iterable[str]) -> Element | None:
    items = [element("rdf:li", None, text) for text in texts if text]
    return element(name, None, element(kind, None, *items)) if items else None


def _alternative(name: str, text: str, language: str) -> Element | None:
    if not text:
        return None
    items = [element("rdf:li", {"xml:lang": tag}, text) for tag in ("x-default", language)]
    return element(name, None, element("rdf:Alt", None, *items))


def _extension() -> Element:
    """The schema that lets a PDF/A file say that it is PDF/UA too (ISO 19005-2, 6.6.2.3.2)."""
    resource = {"rdf:parseType": "Resource"}
    part = element(
        "rdf:li",
        resource,
        element("pdfaProperty:name", None, "part"),
        element("pdfaProperty:valueType", None, "Integer"),
        element("pdfaProperty:category", None, "internal"),
        element("pdfaProperty:description", None, "The part of ISO 14289 that the file conforms to"),
    )
    schema = element(
        "rdf:li",
        resource,
        element("pdfaSchema:schema", None, "PDF/UA identification schema"),
        element("pdfaSchema:namespaceURI", None, NAMESPACES["xmlns:pdfuaid"]),
        element("pdfaSchema:prefix", None, "pdfuaid"),
        element("pdfaSchema:property", None, element("rdf:Seq", None, part)),
    )
    return element("pdfaExtension:schemas", None, element("rdf:Bag", None, schema))
