"""What the file says of itself: its printing condition and that it is PDF/X-4 (ISO 15930-7).

A file without a profile claims no PDF/X: the standard asks for the profile of a printing condition, and only the
printer knows which that is.
"""

import uuid
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from keben.core.pressing import Press
from keben.core.profiles import channels
from keben.core.version import __version__

X4 = "PDF/X-4"

_NAMESPACES = (
    ("http://www.npes.org/pdfx/ns/id/", "pdfxid"),
    ("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
)


def standard_of(press: Press) -> str:
    """What a file claims to be."""
    return X4 if press.profile_data else ""


def describe(pdf: pikepdf.Pdf, press: Press, epoch: int) -> None:
    """Change a file in place: its metadata, and its output intent where there is a profile."""
    if press.profile_data:
        pdf.Root.OutputIntents = Array([_intent(pdf, press)])
    title, author = (str(pdf.docinfo.get(key, "")) for key in ("/Title", "/Author"))
    moment = datetime.fromtimestamp(epoch, UTC)
    for key, text in (
        ("/CreationDate", moment.strftime("D:%Y%m%d%H%M%SZ")),
        ("/ModDate", moment.strftime("D:%Y%m%d%H%M%SZ")),
        ("/Producer", f"Keben {__version__}"),
    ):
        pdf.docinfo[key] = String(text)
    pdf.docinfo["/Trapped"] = Name("/False")
    for uri, prefix in _NAMESPACES:
        pikepdf.models.PdfMetadata.register_xml_namespace(uri, prefix)
    when = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    values: dict[str, object] = {
        "dc:title": title,
        "dc:creator": [author] if author else None,
        "pdf:Producer": f"Keben {__version__}",
        "pdf:Trapped": "False",
        "xmp:CreateDate": when,
        "xmp:ModifyDate": when,
        "xmp:MetadataDate": when,
        "xmpMM:RenditionClass": "default",
        "xmpMM:VersionID": "1",
        "xmpMM:DocumentID": f"uuid:{_document_id(pdf)}",
        "pdfxid:GTS_PDFXVersion": standard_of(press),
    }
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name, value in values.items():
            if value:
                metadata[name] = value


def _document_id(pdf: pikepdf.Pdf) -> str:
    """An identifier that the same book has each time."""
    said = f"{pdf.docinfo.get('/Title', '')} {len(pdf.pages)} {pdf.pages[0].trimbox}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, said))


def _intent(pdf: pikepdf.Pdf, press: Press) -> Dictionary:
    profile = pdf.make_stream(press.profile_data, N=channels(press.profile_data))
    name = press.profile.rpartition("/")[2].rpartition(".")[0]
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(name),
        Info=String(name),
        DestOutputProfile=profile,
    )
