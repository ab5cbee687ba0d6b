"""HTML as a tree, in whatever form and encoding it comes."""

import re
from html.entities import html5

import lxml.html
from lxml import etree

from keben.core.errors import SourceError
from keben.core.saying import wording
from keben.project.importers.decoding import decode
from keben.project.importers.office.archives import Node, damaged, local, parse

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']""")
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "x-sjis": "shift_jis",
}
"""As browsers read them (Encoding Standard, 4.2)."""
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_KEPT = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_EMPTY = re.compile(
    r"<((?!area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/>"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def text_of(data: bytes, name: str) -> tuple[str, str]:
    """The text of HTML, and the name of its encoding: by its mark, by what it says, else by what it has.

    Raises:
        SourceError: nobody can tell.
    """
    marked = data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    said = _DECLARED.match(data[:400]) or _CHARSET.search(data[:4096])
    if said and not marked:
        codec = said[1].decode("ascii").lower()
        try:
            return data.decode(_ALIASES.get(codec, codec)), codec.upper()
        except (LookupError, UnicodeDecodeError):
            pass
    found = decode(data)
    if found is None and data.isascii():
        return data.decode("ascii"), "UTF-8"
    if found is None:
        if said is None and len(data) > 2000:
            message = wording("It is not UTF-8, UTF-16, GB 18030 or Big5.")
            raise SourceError.at(name, "encoding", message, wording("Save it as UTF-8."))
        return data.decode("utf-8", "replace"), "UTF-8"
    return found.text, found.encoding


def tree_of(text: str, name: str) -> Node:
    """HTML as a tree: as XML where it is well-formed XHTML, else as browsers read it.

    Raises:
        SourceError: there is nothing that can be read.
    """
    text = _CONTROLS.sub("", text.removeprefix("\ufeff"))
    if re.search(r"<html[^>]*\sxmlns\s*=", text[:4000]):
        try:
            tree = parse(_as_xml(text).encode(), name)
        except SourceError:
            pass
        else:
            return tree
        text = _EMPTY.sub(r"<\1\2></\1>", text)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        return lxml.html.document_fromstring(text or "<html></html>", parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise damaged(name, str(error)) from None


def _as_xml(text: str) -> str:
    """XHTML whose named characters are the characters; without a document type, whose entities nobody needs."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    text = _DOCTYPE.sub("", text, count=1)
    return _ENTITY.sub(lambda match: match[0] if match[1] in _KEPT else html5.get(match[1], match[0]), text)


def body_of(tree: Node) -> Node:
    """The part of a tree that is shown."""
    return next((each for each in tree.iter() if local(each).lower() == "body"), tree)


def kinds_of(node: Node) -> frozenset[str]:
    """What ``epub:type`` and ``role`` say of an element, without ``doc-``."""
    said = f"{node.get('{http://www.idpf.org/2007/ops}type') or node.get('epub:type') or ''} {node.get('role') or ''}"
    return frozenset(word.removeprefix("doc-") for word in said.lower().split())
