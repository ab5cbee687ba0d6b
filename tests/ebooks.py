"""Small EPUBs and OpenDocument texts, part by part."""

import zipfile
from pathlib import Path

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"


def page(body: str, head: str = "") -> str:
    """A file of XHTML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>{head}</head><body>{body}</body></html>'
    )


def write_epub(
    path: Path,
    pages: dict[str, str],
    metadata: str = "",
    nav: str = "",
    ncx: str = "",
    files: dict[str, bytes] | None = None,
    encryption: str = "",
    spine: str = "",
) -> Path:
    """An e-book of pages by name, in order; ``nav`` is an ``<ol>``, ``ncx`` are its points."""
    files = files or {}
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(pages)
    )
    items += "".join(
        f'<item id="f{at}" href="{name}" media-type="image/png"/>' for at, name in enumerate(files)
    )
    items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' * bool(
        nav
    )
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' * bool(ncx)
    order = "".join(f'<itemref idref="i{at}"/>' for at in range(len(pages)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OPS/book.opf",
            f'<package xmlns="{_OPF}" version="3.0"><metadata xmlns:dc="{_DC}" xmlns:opf="{_OPF}">{metadata}</metadata>'
            f'<manifest>{items}</manifest><spine toc="ncx"{spine}>{order}</spine></package>',
        )
        for name, text in pages.items():
            archive.writestr(f"OPS/{name}", text)
        for name, data in files.items():
            archive.writestr(f"OPS/{name}", data)
        if nav:
            archive.writestr("OPS/nav.xhtml", page(f'<nav epub:type="toc">{nav}</nav>'))
        if ncx:
            archive.writestr(
                "OPS/toc.ncx",
                f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>',
            )
        if encryption:
            archive.writestr("META-INF/encryption.xml", encryption)
    return path


_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
    }.items()
) + f' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="{_DC}"'  # fmt: skip


def write_odt(
    path: Path, body: str, automatic: str = "", styles: str = "", meta: str = "", **files: bytes
) -> Path:
    """An OpenDocument text; ``automatic`` and ``styles`` are its styles, ``files`` its pictures by name."""
    parts = {
        "content.xml": f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body>",
        "styles.xml": f"<office:styles>{styles}</office:styles>",
        "meta.xml": f"<office:meta>{meta}</office:meta>",
    }
    roots = {"content.xml": "document-content", "styles.xml": "document-styles", "meta.xml": "document-meta"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, inner in parts.items():
            archive.writestr(name, f"<office:{roots[name]} {_SPACES}>{inner}</office:{roots[name]}>")
        for name, data in files.items():
            archive.writestr(f"Pictures/{name}.png", data)
    return path
