"""Running heads and folios that are drawn once, fonts that are cut down once, and what holds the text in the file."""

import io
import pickle
import re
import zlib
from dataclasses import replace

import pikepdf
import pytest
from books import STYLES, book, chapter
from pdfs import Pdf

from keben.check.structure import read_structure
from keben.core.composition import Composition
from keben.core.store import Store
from keben.typeset import typeset
from keben.typeset.weasy import drawn, keptfonts, margins

TEXT = "话说天下大势，分久必合，合久必分。" * 30


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn and cut down since it was last cleared: sides of pages, and fonts."""
    done: list[str] = []
    draw, cut = margins.PageMargins._drawn, keptfonts._said_of

    def drawn_side(self, side, *rest):
        done.append(side)
        return draw(self, side, *rest)

    def said_of(font):
        done.append(font.family)
        return cut(font)

    monkeypatch.setattr(margins.PageMargins, "_drawn", drawn_side)
    monkeypatch.setattr(keptfonts, "_said_of", said_of)
    return done


def novel(last: str = "<p>尾</p>", rules: str = "") -> Composition:
    documents = (chapter(f"<p>{TEXT}</p>" * 3, name, name) for name in ("one", "two", "three"))
    styles = STYLES | {"print.css": STYLES["print.css"] + "\n" + rules}
    return replace(book(*documents, chapter(last, "four", "four")), styles=styles)


def test_margins_are_drawn_once_and_kept(tmp_path, work):
    store = Store(tmp_path)
    cold = typeset(novel(), store=store)
    sides = [each for each in work if each.startswith("@")]
    # A head stands on several pages, a folio on one.
    assert 0 < sides.count("@top") < sides.count("@bottom") <= cold.facts["pages"]
    work.clear()
    warm = typeset(novel("<p>末</p>"), store=store)
    assert [each for each in work if each.startswith("@")] == []
    assert warm.data == typeset(novel("<p>末</p>")).data


@pytest.mark.parametrize(
    "rules",
    [
        "@page { @top-center { content: 'a' counter(page) '/' counter(pages) } }",
        "@page { @left-middle { content: string(head); writing-mode: horizontal-tb; color: rgb(1 2 3 / 40%) } }",
        ".title { position: running(head) } @page { @top-left { content: element(head) 'b' } }",
        "@page { @top-left-corner { content: 'c'; background: #eee; border: 1pt solid } }",
        "@page :nth(2n) { @bottom-center { content: counters(page, '.') } }",
        "@page { @bottom-center { content: 'd'; background: linear-gradient(red, blue) } }",
    ],
)
def test_whatever_stands_in_margins_is_there_from_the_store_too(rules, tmp_path):
    store = Store(tmp_path)
    typeset(novel(rules=rules), store=store)
    other = novel(f"<p>{TEXT}</p>" * 4, rules)
    warm = typeset(other, store=store)
    assert warm.data == typeset(other).data
    said = Pdf(warm.data).text(3)
    assert re.search("[a-d]3?|one", said)


def test_margins_are_artifacts_and_elements_hold_their_lines():
    data = typeset(novel()).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[2].Contents.read_bytes()
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        spans = [each for each in elements if each.S == "/Span"]
        held = [each for each in elements if each.S == "/P" and len(each.K) > 5]
        # A heading's label is a span in the text itself; groups hold no text (ISO 32000-1, 14.8.4.2).
        assert {str(each.P.S) for each in spans} <= {"/H1", "/Sect", "/Div", "/Document"}
        assert all(isinstance(kid, int) for each in held for kid in each.K)
        assert held
    assert content.count(b"/Artifact") == content.count(b"BMC") == 2
    runs = [run for page in read_structure(data) for run in page.runs]
    assert "".join(run.text for run in runs if not run.role).count("话说天下大势") == 3 * 3 * 30
    assert "".join(run.text for run in runs if run.role == "outside").startswith("1头发的书2第一章")


def test_fonts_are_cut_down_once_for_the_same_characters(tmp_path, monkeypatch):
    store = Store(tmp_path)
    typeset(novel("<p>尾末</p>"), store=store)

    def cut(*_arguments):
        raise AssertionError("a font was cut down again")

    other = novel("<p>末尾</p>")
    alone = typeset(other)
    monkeypatch.setattr("keben.typeset.weasy.subsets._subset", cut)
    assert typeset(other, store=store).data == alone.data


def test_what_no_build_left_is_no_margin():
    for data in (b"", b"x", zlib.compress(pickle.dumps([1])), zlib.compress(pickle.dumps({1: (2, 3, (4,))}))):
        assert drawn.unpacked_margins(data) == {}
