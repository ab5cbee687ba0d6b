"""A PDF's structure that is read in two processes is what one process reads, and nothing that was changed gets by."""

import io
from dataclasses import replace

import pikepdf
import pytest
from books import book, chapter

from keben.build.helpers import setter
from keben.check import check_tagged, structure
from keben.check.structure import read_structure
from keben.core.errors import errors_in
from keben.typeset import typeset

TEXT = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。" * 12


def body(name):
    rows = "".join(f"<tr><td>第{row}行</td><td>{row * 37}</td></tr>" for row in range(60))
    table = f"<table><thead><tr><th>名</th><th>数</th></tr></thead><tbody>{rows}</tbody></table>"
    note = (
        f'<section class="notes"><aside epub:type="footnote" class="footnote" id="{name}-n1">'
        f'<p><a class="backlink" href="#{name}-r1">①</a>注文{TEXT * 12}</p></aside></section>'
    )
    call = f'<p>有注<a class="noteref" href="#{name}-n1" id="{name}-r1">①</a>。</p>'
    items = "<ol><li>甲<ul><li>内</li></ul>后</li><li><p>乙</p><p>丙</p></li></ol>"
    return "".join(f"<p>{TEXT[at:]}</p>" for at in range(20)) + table + items + call + note


@pytest.fixture(scope="module")
def composition():
    return book(*(chapter(body(name), name, f"第{name}") for name in ("one", "two", "three")))


@pytest.fixture(scope="module")
def pdf(composition):
    return typeset(composition)


@pytest.fixture(autouse=True)
def read_apart(monkeypatch):
    """Whatever the size."""
    monkeypatch.setattr(structure, "_LARGE", 0)


def here(function, *values):
    """Reads it in this process, when it is waited for."""
    return lambda: function(*values, None)


def test_two_processes_read_what_one_reads(composition, pdf):
    alone = read_structure(pdf.data)
    assert len(alone) > 5
    assert any(run.cells for page in alone for run in page.runs)
    assert any(run.note for page in alone for run in page.runs)
    assert read_structure(pdf.data, apart=here) == alone
    with setter(2) as apart:
        assert read_structure(pdf.data, apart=apart) == alone
        assert check_tagged(composition, pdf, apart=apart) == ()


@pytest.mark.parametrize("page", [0, -1])
@pytest.mark.parametrize("change", ["exchanged", "lost", "none"])
def test_what_was_changed_is_found_on_pages_of_both(composition, pdf, page, change):
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        listed = [at for at in range(1, len(numbers), 2) if isinstance(numbers[at], pikepdf.Array)]
        place = [at for at in listed if len({each.objgen for each in numbers[at]}) > 1][page]
        pieces = numbers[place]
        if change == "exchanged":
            other = next(at for at in range(1, len(pieces)) if pieces[at].objgen != pieces[0].objgen)
            pieces[0], pieces[other] = pieces[other], pieces[0]
        elif change == "lost":
            kids = pieces[0].P.K
            del kids[next(at for at, kid in enumerate(kids) if kid.objgen == pieces[0].objgen)]
        else:
            numbers[place] = pikepdf.Array()
        out = io.BytesIO()
        document.save(out)
    changed = replace(pdf, data=out.getvalue())
    found = check_tagged(composition, changed, apart=here)
    assert errors_in(found)
    assert found == check_tagged(composition, changed)


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_reported(composition, pdf, data):
    with setter(2) as apart:
        (found,) = check_tagged(composition, replace(pdf, data=data), apart=apart)
    assert found.code == "broken-pdf"
