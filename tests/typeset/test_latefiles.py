"""What a PDF's objects are written as."""

import io

import pikepdf
import pytest
from weasyprint.pdf import pydyf

from keben.typeset.weasy import latefiles


def test_what_holds_the_other_objects_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []
    compress = latefiles.zlib.compress

    def counted(data: bytes, level: int) -> bytes:
        compressed.append(data)
        return compress(data, level)

    pdf = pydyf.PDF()
    pdf.catalog["Remark"] = pydyf.Dictionary({"Text": pydyf.String("话")}).data
    content = pydyf.Stream([b"q", b"Q"], compress=True)
    pdf.add_object(content)
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "Contents": content.reference}
    page |= {"MediaBox": pydyf.Array([0, 0, 9, 9]), "Resources": pydyf.Dictionary()}
    pdf.add_page(pydyf.Dictionary(page))
    latefiles.write_once(pdf)
    monkeypatch.setattr(latefiles.zlib, "compress", counted)
    written = io.BytesIO()
    pdf.write(written, identifier=True, compress=True)
    # The one that holds objects, and the one that says where they are.
    assert len(compressed) == 2
    with pikepdf.open(io.BytesIO(written.getvalue())) as read:
        assert not read.get_warnings()
        assert str(read.Root.Remark.Text) == "话"
        assert read.pages[0].Contents.read_bytes() == b"q\nQ"
