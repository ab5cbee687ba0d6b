"""Small Word documents, part by part."""

import zipfile
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": _W,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(text: str = "", style: str = "", more: str = "", inner: str = "") -> str:
    """A paragraph of one run, with further properties and further XML behind it."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{run}{inner}</w:p>"


def r(text: str, face: str = "") -> str:
    """A run with its properties."""
    return f'<w:r><w:rPr>{face}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(key: str, name: str, inner: str = "") -> str:
    """A style of paragraphs."""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{inner}</w:style>'


HEADINGS = style("1", "heading 1") + style("2", "heading 2") + style("t", "Title") + style("c", "caption")


def write_docx(
    path: Path,
    body: str,
    styles: str = HEADINGS,
    parts: dict[str, str] | None = None,
    relations: tuple[tuple[str, str, str], ...] = (),
    files: dict[str, bytes] | None = None,
    core: str = "",
) -> Path:
    """A document; ``parts`` are trees by kind (footnotes), ``relations`` have an id, a kind and a target."""
    parts = {"styles": styles} | (parts or {})
    links = [(f"p{number}", kind, f"{kind}.xml") for number, kind in enumerate(parts)] + list(relations)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _rels([("d", "officeDocument", "word/document.xml")]))
        archive.writestr("word/_rels/document.xml.rels", _rels(links))
        archive.writestr("word/document.xml", _tree("document", f"<w:body>{body}</w:body>"))
        for kind, inner in parts.items():
            archive.writestr(f"word/{kind}.xml", _tree({"header": "hdr"}.get(kind, kind), inner))
        for name, data in (files or {}).items():
            archive.writestr(f"word/{name}", data)
        if core:
            archive.writestr(
                "docProps/core.xml",
                f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">{core}</cp:coreProperties>',
            )
    return path


def _tree(name: str, inner: str) -> str:
    return f"<w:{name} {_SPACES}>{inner}</w:{name}>"


def _rels(links: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_TYPES}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if target.startswith("http") else "")
        + "/>"
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'
