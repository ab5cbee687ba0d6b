"""Pages that stand in another PDF as they are: proved by their bytes, without asking what text is drawn.

What a page says depends on its content and on the fonts and forms that it names. Where a form on a sheet has the same
content, and names the same, it says the same.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Object, Page, Stream

_SAYING = ("/Font", "/XObject", "/Properties")
"""Kinds of resources that text depends on."""

_MAY_REFER = re.compile(rb"[^-+.0-9\[\] \r\n]")
"""What is in an array besides numbers and further arrays: it may be part of a reference to another object."""

_DEEPEST = 40
"""Objects within one another, at most: fonts have some five."""


def are_carried(printed: bytes, sheets: bytes) -> bool:
    """Whether the sheets of a booklet show each page of a PDF once, as it is, and nothing else that draws.

    False also where that cannot be seen so.

    Raises:
        pikepdf.PdfError: one of them is damaged.
    """
    with pikepdf.open(io.BytesIO(printed)) as book, pikepdf.open(io.BytesIO(sheets)) as booklet:
        wanted, there = _Digests(), _Digests()
        try:
            pages = Counter(wanted.of_page(page) for page in book.pages)
            shown = Counter(there.of_form(form) for page in booklet.pages for form in _shown(page))
        except RecursionError:
            return False
    return pages == shown


def _shown(page: Page) -> Iterator[Object]:
    """The forms that the content of a page draws, in order."""
    forms = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for instruction in pikepdf.parse_content_stream(page, "Do"):
        if str(instruction.operator) == "Do":
            yield forms[str(instruction.operands[0])]


class _Digests:
    """Digests of the objects of one file, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of_page(self, page: Page) -> bytes:
        """Of a page's content and what it names."""
        contents = page.obj.get("/Contents", Array())
        parts = list(contents) if isinstance(contents, Array) else [contents]
        return self._of_content(b"\n".join(part.read_bytes() for part in parts), page.obj)

    def of_form(self, form: Object) -> bytes:
        """The same of a form."""
        return self._of_content(form.read_bytes(), form)

    def _of_content(self, content: bytes, owner: Object) -> bytes:
        resources = owner.get("/Resources", Dictionary())
        digest = sha256(content)
        for kind in _SAYING:
            named = resources.get(kind)
            if isinstance(named, Dictionary):
                digest.update(kind.encode() + self._of_dictionary(named, 0))
        return digest.digest()

    def _of(self, value: object, depth: int) -> bytes:
        if depth > _DEEPEST:
            raise RecursionError
        if not isinstance(value, Object):
            return sha256(repr(value).encode()).digest()
        key = value.objgen
        if key == (0, 0):
            return self._made(value, depth)
        if key not in self._known:
            self._known[key] = self._made(value, depth)
        return self._known[key]

    def _made(self, value: Object, depth: int) -> bytes:
        if isinstance(value, Stream):
            inner = self._of_dictionary(value.stream_dict, depth)
            return sha256(b"stream" + inner + sha256(value.read_bytes()).digest()).digest()
        if isinstance(value, Dictionary):
            return self._of_dictionary(value, depth)
        if isinstance(value, Array):
            return self._of_array(value, depth)
        return sha256(value.unparse()).digest()

    def _of_array(self, value: Array, depth: int) -> bytes:
        # The widths of a font's glyphs are numbers in arrays within an array.
        written = value.unparse()
        if not _MAY_REFER.search(written):
            return sha256(b"numbers" + written).digest()
        return sha256(b"array" + b"".join(self._of(each, depth + 1) for each in value)).digest()

    def _of_dictionary(self, value: Dictionary, depth: int) -> bytes:
        digest = sha256(b"dictionary")
        for name in sorted(value.keys()):
            # How a stream is packed says nothing of what is in it.
            if name not in ("/Length", "/Filter", "/DecodeParms"):
                digest.update(name.encode() + self._of(value[name], depth + 1))
        return digest.digest()
