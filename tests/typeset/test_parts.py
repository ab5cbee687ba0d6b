"""The parts of typeset by themselves: notes, assembly, resources, fonts, and what a machine may lack."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from samples import sample_composition

from keben.core.book import Asset
from keben.core.composition import Composition, Document
from keben.core.errors import BuildError, MachineError, SourceError
from keben.core.lengths import POINTS_PER_MM
from keben.core.markup import Element, parse, serialize, text_of, walk
from keben.core.metadata import Metadata, Person
from keben.core.paper import TypeArea
from keben.typeset import fonts
from keben.typeset.assemble import assemble
from keben.typeset.fonts import Face, FontProfile, choose, coverage, face_of
from keben.typeset.fonts.lent import lent_faces, lent_font
from keben.typeset.metadata import xmp_packet
from keben.typeset.notes import place_notes
from keben.typeset.page import lay_out, page_css
from keben.typeset.resources import RefusedError, Resources, with_fonts

ROOT = Path(__file__).parents[2]
INSTALLED = fonts.installed

CALL = '<a class="noteref" href="#{0}" id="{0}r">{1}</a>'
NOTE = '<aside class="footnote" id="{0}"><p><a class="backlink" href="#{0}r">{1}</a>{2}</p>{3}</aside>'


def noted(body: str, *notes: str) -> Element:
    section = f'<section class="notes">{"".join(notes)}</section>' if notes else ""
    return parse(f"<section>{body}{section}</section>")


class TestNotes:
    def test_a_note_moves_to_its_call(self) -> None:
        root = noted(f"<p>正文{CALL.format('a', '①')}。</p>", NOTE.format("a", "①", "注文", ""))
        assert serialize(place_notes(root, "x.md")) == (
            '<section><p>正<span class="keep">文<span class="footnote" id="a" data-mark="①">注文</span></span>。</p>'
            "</section>"
        )

    def test_later_paragraphs_stay_paragraphs(self) -> None:
        root = noted(
            f"<p>{CALL.format('a', '①')}</p>", NOTE.format("a", "①", "一", "<p>二</p>\n<ul><li>三</li></ul>")
        )
        assert serialize(place_notes(root, "x.md")) == (
            '<section><p><span class="footnote" id="a" data-mark="①">一<p>二</p><ul><li>三</li></ul></span></p></section>'
        )

    def test_a_second_call_stays_a_link(self) -> None:
        call = CALL.format("a", "①")
        root = place_notes(noted(f"<p>甲{call}</p><p>乙{call}</p>", NOTE.format("a", "①", "注", "")), "x.md")
        assert [node.tag for node in walk(root) if node.get("id").startswith("a")] == ["span", "a"]
        assert text_of(root) == "甲注乙①"

    def test_a_note_called_in_a_note_follows_it_silently(self) -> None:
        inner = "一" + CALL.format("b", "②")
        root = noted(
            f"<p>{CALL.format('a', '①')}</p>",
            NOTE.format("a", "①", inner, ""),
            NOTE.format("b", "②", "二", ""),
        )
        spans = [node for node in walk(place_notes(root, "x.md")) if "footnote" in node.classes]
        assert [(node.get("id"), node.get("class")) for node in spans] == [
            ("a", "footnote"),
            ("b", "footnote silent"),
        ]

    def test_a_narrow_mark_is_told_by_a_class(self) -> None:
        for mark, classes in (("①", "footnote"), ("7", "footnote digit"), ("17", "footnote many")):
            root = noted(f"<p>{CALL.format('a', mark)}</p>", NOTE.format("a", mark, "一", ""))
            (span,) = [node for node in walk(place_notes(root, "x.md")) if "footnote" in node.classes]
            assert (span.get("class"), span.get("data-mark")) == (classes, mark)

    def test_a_note_without_a_call_is_an_error(self) -> None:
        note = '<aside class="footnote" id="a" data-line="9"><p>注</p></aside>'
        with pytest.raises(BuildError) as caught:
            place_notes(noted("<p>文</p>", note), "book/chapters/x.md")
        assert str(caught.value) == "book/chapters/x.md:9: Nothing calls the note “a”. Call it, or delete it."

    def test_a_chapter_without_notes_is_left_alone(self) -> None:
        root = noted("<p>文</p>")
        assert place_notes(root, "x.md") is root


def prepare(document: Document, composition: Composition) -> Element:
    """A document as a part of the book."""
    return assemble(composition, choose("zh-Hans-CN")).prepare(document)


class TestAssembly:
    def test_cover_and_drawings_stay_outside(self) -> None:
        html = assemble(sample_composition(), choose("zh-Hans-CN")).root()
        body = html.children[1]
        assert isinstance(body, Element)
        parts = [part.get("data-part") for part in body.children if isinstance(part, Element)]
        assert parts == ["titlepage", "colophon", "contents", "chapter", "chapter"]
        assert html.get("lang") == "zh-Hans-CN"

    def test_titles_go_to_outline_and_running_heads(self) -> None:
        composition = sample_composition()
        root = prepare(composition.documents[4], composition)
        title = next(node for node in walk(root) if node.tag == "h1")
        assert title.get("data-outline") == "第一章　里程"
        assert (title.get("data-book"), title.get("data-head")) == ("头发的书", "第一章　里程")
        page = prepare(composition.documents[1], composition)
        assert all("data-head" not in node.attributes for node in walk(page))

    def test_headings_leave_note_calls_out_of_the_outline(self) -> None:
        composition = sample_composition()
        root = parse(
            f"<section><h1>题</h1><h2>节{CALL.format('a', '①')}<em>名</em></h2>"
            f'<section class="notes">{NOTE.format("a", "①", "注", "")}</section></section>'
        )
        document = Document("x", "chapter", "题", root, "x.md")
        prepared = prepare(document, composition)
        assert next(node for node in walk(prepared) if node.tag == "h2").get("data-outline") == "节名"

    def test_references_get_words_for_a_page_and_pictures_a_url(self) -> None:
        composition = sample_composition()
        root = prepare(composition.documents[4], composition)
        link = next(node for node in walk(root) if "xref" in node.classes)
        assert (link.get("data-before"), link.get("data-after")) == ("（第", "页）")
        assert next(node for node in walk(root) if node.tag == "img").get("src") == "keben:/images/dot.png"

    @pytest.mark.parametrize(("rows", "whole"), [(1, True), (8, True), (9, False)])
    def test_a_table_of_few_rows_is_whole(self, rows: int, whole: bool) -> None:
        table = f"<section><table>{'<tr><td>甲</td></tr>' * rows}</table></section>"
        root = prepare(Document("x", "chapter", "题", parse(table), "x.md"), sample_composition())
        assert ["whole" in node.classes for node in walk(root) if node.tag == "table"] == [whole]

    def test_a_heading_that_skips_a_level_is_an_error(self) -> None:
        composition = sample_composition()
        root = parse('<section><h1>题</h1><h3 data-line="4">小节</h3></section>')
        document = Document("x", "chapter", "题", root, "book/chapters/x.md")
        with pytest.raises(BuildError) as caught:
            prepare(document, composition)
        assert str(caught.value) == (
            "book/chapters/x.md:4: The heading “小节” is of level 3, under one of level 1. Make it level 2."
        )


class TestResources:
    profile = FontProfile({"serif": "Serif", "sans": "Sans", "kai": "Kai"}, "Other")

    def test_only_the_book_is_found(self) -> None:
        dot = Asset("images/圆 点.png", "image/png", b"png")
        resources = Resources({dot.path: dot}, {}, self.profile)
        assert resources.find("keben:/images/%E5%9C%86%20%E7%82%B9.png") == (b"png", "image/png")
        assert resources.find("images/圆 点.png") == (b"png", "image/png")
        for url in (
            "file:///etc/passwd",
            "http://x/images/圆 点.png",
            "keben:/../x",
            "data:text/plain,x",
            "//x/y",
        ):
            with pytest.raises(RefusedError):
                resources.find(url)

    def test_drawings_name_the_fonts_of_the_book(self) -> None:
        svg = parse(
            '<svg><text>a</text><text font-family="var(--kai)">b</text><text font-family="Arial, sans-serif">c</text>'
            "<g font-family=\"'Kai', serif\"/></svg>"
        )
        named = with_fonts(svg, self.profile)
        assert [node.get("font-family") for node in walk(named) if node.get("font-family")] == [
            "Serif,Other,Kai,Sans",
            "Kai,Serif,Other,Sans",
            "Sans,Serif,Other,Kai",
            "Kai,Serif,Other,Sans",
        ]

    def test_a_drawing_that_is_not_well_formed_is_passed_on(self) -> None:
        broken = Asset("x.svg", "image/svg+xml", b"<svg>")
        assert Resources({"x.svg": broken}, {}, self.profile).find("x.svg") == (b"<svg>", "image/svg+xml")


class TestPage:
    def test_margins_follow_from_the_area(self) -> None:
        layout = lay_out(TypeArea())
        across = 148 * POINTS_PER_MM - 27 * 10.5
        assert layout.inner + layout.outer == pytest.approx(across, abs=0.03)
        assert layout.inner / layout.outer == pytest.approx(0.8)
        assert layout.top / layout.bottom == pytest.approx(0.8)
        assert layout.line == pytest.approx(17.85)

    def test_the_spine_keeps_its_least_margin(self) -> None:
        layout = lay_out(TypeArea(width=128 * 10.5 / POINTS_PER_MM / 4, measure=27))
        assert layout.inner == pytest.approx(10 * POINTS_PER_MM)

    @given(
        st.floats(80, 300),
        st.floats(110, 400),
        st.floats(7, 16),
        st.floats(1.2, 2.2),
        st.integers(10, 45),
        st.integers(8, 50),
    )
    def test_an_area_fits_or_is_refused(
        self, width: float, height: float, body: float, leading: float, measure: int, lines: int
    ) -> None:
        try:
            layout = lay_out(TypeArea(width, height, body, leading, measure, lines))
        except SourceError as error:
            assert {finding.code for finding in error.findings} == {"type-area"}
            return
        least = (10, 8, 12, 12)
        margins = (layout.inner, layout.outer, layout.top, layout.bottom)
        assert all(margin >= side * POINTS_PER_MM - 0.05 for margin, side in zip(margins, least, strict=True))
        assert layout.inner + layout.outer + measure * body == pytest.approx(width * POINTS_PER_MM, abs=0.03)
        assert layout.top + layout.bottom + lines * body * leading == pytest.approx(
            height * POINTS_PER_MM, abs=0.03
        )

    def test_a_page_without_room_says_so(self) -> None:
        with pytest.raises(SourceError, match=r"room for 0\.0 mm.*Choose a smaller body"):
            lay_out(TypeArea(width=15))

    def test_styles_get_measures_and_fonts(self) -> None:
        css = page_css(lay_out(TypeArea()), TestResources.profile)
        for text in (
            "--line: 17.8500pt",
            "--measure: 283.5pt",
            '--kai: "Kai", "Serif", "Other", "Sans"',
            "size: 419.528pt",
        ):
            assert text in css
        assert "@font-face" not in css


class TestFonts:
    def test_each_family_looks_in_the_others(self) -> None:
        profile = choose("zh-Hant-TW")
        assert profile.stack("serif")[0] == "Noto Serif CJK TC"
        assert choose("zh-Hans-CN").stack("kai")[:2] == ("LXGW WenKai Han", "Noto Serif CJK SC")
        assert profile.stack("kai")[:2] == ("LXGW WenKai Han", "Noto Serif CJK TC")
        assert set(profile.stack("serif")) == set(profile.names)

    def test_a_lent_face_has_the_heights_of_the_serif(self) -> None:
        profile = choose("zh-Hant-HK")
        assert sorted(lent_faces(profile)) == ["fonts/kai-400", "fonts/kai-700"]
        found = lent_font(profile, "fonts/kai-400")
        serif = face_of("Noto Serif CJK HK")
        assert found is not None and serif is not None
        assert found[1] == face_of("LXGW WenKai")
        with TTFont(io.BytesIO(found[0])) as font, TTFont(serif.file, fontNumber=serif.index) as model:
            for name in ("ascent", "descent"):
                assert getattr(font["hhea"], name) == getattr(model["hhea"], name)
            assert font["OS/2"].usWinAscent == model["hhea"].ascent
            assert font.reader["BASE"] == model.reader["BASE"]
            assert 0x6C34 in font.getBestCmap()
        assert lent_font(profile, "fonts/none") is None

    def test_a_lent_face_has_no_table_that_harfbuzz_may_not_cut_down(self) -> None:
        profile = choose("zh-Hans-CN")
        (data, face), *_ = filter(None, (lent_font(profile, path) for path in lent_faces(profile)))
        with TTFont(io.BytesIO(data)) as font, TTFont(face.file) as before:
            assert {*before.keys()} - {*font.keys()} == {"GDEF"}
            tags = [data[at : at + 4] for at in range(12, 12 + 16 * font.reader.numTables, 16)]
            assert tags == sorted(tag.encode().ljust(4) for tag in font.keys() if tag != "GlyphOrder")  # noqa: SIM118
            tables = font.reader
            assert tables.searchRange == 16 * (1 << (tables.numTables.bit_length() - 1))
            assert tables.rangeShift == 16 * tables.numTables - tables.searchRange
            for tag in ("glyf", "cmap", "hmtx"):
                assert tables[tag] == before.reader[tag]

    def test_a_collection_is_used_as_it_is_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        kai = Face(("LXGW WenKai",), "/fonts/kai.ttc", 1, 400, True, "Regular")
        serif = Face(("Noto Serif CJK SC",), "/fonts/serif.ttc", 2, 400, True, "Regular")
        monkeypatch.setattr(fonts, "installed", lambda: (kai, serif))
        profile = choose("zh-Hans-CN")
        assert profile.stack("kai") == ("LXGW WenKai", "Noto Serif CJK SC")
        assert lent_faces(profile) == {}

    def test_coverage_is_the_fonts_cmap(self) -> None:
        face = face_of("LXGW WenKai")
        assert face is not None
        with TTFont(face.file) as font:
            cmap = set(font.getBestCmap())
        # fontconfig leaves out controls, and a few characters whose glyph is empty.
        assert coverage("LXGW WenKai") <= cmap
        assert len(cmap - coverage("LXGW WenKai")) < 50

    def test_a_family_that_is_not_there_covers_nothing(self) -> None:
        assert face_of("No Such Font") is None
        assert coverage("No Such Font") == frozenset()

    def test_without_fontconfig_the_package_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        INSTALLED.cache_clear()
        with pytest.raises(MachineError) as caught:
            choose("zh-Hans-CN")
        # Nor is there a package manager in that folder.
        advice = "Install fontconfig (Debian's names) with your system's package manager."
        assert str(caught.value).endswith(f"so no font can be found. {advice}")

    def test_without_a_chinese_serif_the_package_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "fonts.conf").write_text(
            f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
            f"<dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
            "utf-8",
        )
        monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
        monkeypatch.setattr(
            "keben.core.doctor.shutil.which", lambda name: name if name == "apt-get" else None
        )
        INSTALLED.cache_clear()
        with pytest.raises(MachineError) as caught:
            choose("zh-Hant-HK")
        assert "No serif font for zh-Hant-HK" in str(caught.value)
        assert str(caught.value).endswith("Install it: apt-get install -y fonts-noto-cjk")

    @pytest.fixture(autouse=True)
    def _fresh(self) -> Iterator[None]:
        yield
        INSTALLED.cache_clear()


class TestMetadata:
    def test_the_packet_is_xml_and_leaves_out_what_is_empty(self) -> None:
        metadata = Metadata(title="甲 & 乙", authors=(Person("丙"), Person("丁")))
        packet = xmp_packet(metadata, "zh-Hans-CN", 0, "Keben", "WeasyPrint")
        text = packet.decode()
        root = parse(text)
        names = [node.tag for node in walk(root)]
        assert "dc:publisher" not in names
        assert names.count("pdfuaid:part") == 1
        creators = next(node for node in walk(root) if node.tag == "dc:creator")
        assert [text_of(node) for node in walk(creators) if node.tag == "rdf:li"] == ["丙", "丁"]
        assert "<xmp:CreateDate>1970-01-01T00:00:00Z</xmp:CreateDate>" in text
        assert "甲 &amp; 乙" in text


class TestMachine:
    """What a machine lacks ends in one sentence; each in its own process, where nothing is loaded yet."""

    @staticmethod
    def run(script: str) -> str:
        lines = [
            "import sys",
            "from dataclasses import replace",
            "from keben.core.errors import MachineError",
            "from samples import sample_composition",
            script,
            "from keben.typeset import typeset",
            "try: typeset(sample_composition())",
            "except MachineError as error: sys.stdout.write(str(error))",
        ]
        path = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
        run = subprocess.run(
            [sys.executable, "-c", "\n".join(lines)],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    def test_without_pango(self) -> None:
        script = (
            "class Gone:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            "        if name == 'weasyprint': raise OSError('cannot load library')\n"
            "sys.meta_path.insert(0, Gone())\n"
            "import shutil\n"
            "shutil.which = lambda name: name if name == 'apt-get' else None"
        )
        message = self.run(script)
        assert message.startswith("Pango: WeasyPrint cannot load Pango")
        packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        assert message.endswith(f"Install it: apt-get install -y {packages}")

    def test_with_another_weasyprint(self) -> None:
        message = self.run("import weasyprint; weasyprint.__version__ = '71.2'")
        assert message.startswith("WeasyPrint: WeasyPrint 71.2 is installed")
        assert "'weasyprint>=70,<71'" in message


def test_a_composition_without_styles_is_set_all_the_same() -> None:
    from pdfs import Pdf

    from keben.typeset import typeset

    pdf = Pdf(typeset(replace(sample_composition(), styles={})).data)
    text = "".join(pdf.text(page) for page in range(1, pdf.pages + 1))
    assert "①这是注文。" in text
    assert (1, "第一章　里程") in [mark[:2] for mark in pdf.outline()]
