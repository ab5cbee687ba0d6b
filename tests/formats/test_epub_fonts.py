"""Fonts that an EPUB brings: what of them, for what, under which licence, and at what cost."""

import io
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont
from samples import sample_composition

from keben.check import check_epub, check_epubs
from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.ebook import EbookFont, EpubSettings
from keben.core.markup import parse, serialize
from keben.core.store import Store
from keben.formats import make
from keben.formats.epub.fonts import with_fonts
from keben.typeset.ebookfonts import ebook_fonts, forbidden

BODY = (
    '<section class="chapter" id="one"><h1 id="t">龘与字</h1><p>见<ruby>龘<rt>dá</rt></ruby>龘字，<em>𠮷</em>'
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="龘"><mi>龘</mi></math></p></section>'
)
FONT = EbookFont('某 "体"', b"font", "font/otf", frozenset("龘"), "某体\nLicence: OFL")


def rare(kind="rare", **changes):
    composition = sample_composition(epub=EpubSettings(embed_fonts=kind), cover="images/dot.png")
    documents = (
        *composition.documents[:4],
        Document("one", "chapter", "龘与字", parse(BODY), "book/chapters/one.md"),
    )
    contents = parse(
        '<nav epub:type="toc" id="contents"><h1>目录</h1><ol><li><a href="#one">龘与字</a></li></ol></nav>'
    )
    listed = tuple(replace(each, root=contents) if each.kind == "contents" else each for each in documents)
    return replace(composition, documents=listed, **changes)


def test_rare_characters_alone_are_set_in_them():
    composition = with_fonts(rare(), [FONT])
    root = serialize(composition.documents[-1].root)
    assert root.count('<span class="rare-character">龘</span>') == 3
    assert "<mi>龘</mi>" in root
    assert "<em>𠮷</em>" in root
    assert composition.styles["epub-fonts.css"] == (
        '@font-face { font-family: "某 \\"体\\" Part"; src: url("fonts/font-part.otf") }\n'
        '.rare-character { font-family: "某 \\"体\\" Part", serif }\n'
    )
    assert composition.assets["fonts/font-part.otf"] == Asset("fonts/font-part.otf", "font/otf", b"font")


def test_all_text_is_set_in_them_where_that_is_wanted():
    composition = with_fonts(rare("subset"), [FONT, replace(FONT, family="乙")])
    assert "span" not in serialize(composition.documents[-1].root)
    assert composition.styles["epub-fonts.css"].endswith(
        'body { font-family: "某 \\"体\\" Part", "乙 Part", serif }\n'
    )
    assert {"fonts/font-part.otf", "fonts/font-part-2.otf"} <= set(composition.assets)


def test_without_fonts_nothing_changes():
    composition = rare()
    assert with_fonts(composition, []) is composition


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        (0x0000, ""),
        (0x0004, ""),
        (0x0008, ""),
        (0x0006, ""),
        (0x0002, "it says that it may not be embedded"),
        (0x0104, "it says that it may be embedded whole only"),
        (0x0200, "it says that only bitmaps of it may be embedded"),
    ],
)
def test_what_a_font_says_of_being_embedded_is_kept_to(bits, reason):
    assert forbidden({"OS/2": SimpleNamespace(fsType=bits)}) == reason
    assert forbidden({}) == ""


def test_an_epub_brings_what_is_rare_with_its_licence_and_says_what_that_costs(tmp_path):
    composition = rare()
    artifact, found = make(composition, "epub", store=Store(tmp_path / "store"))
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (name,) = [each for each in files if each.startswith("EPUB/fonts/")]
    with TTFont(io.BytesIO(files[name])) as font:
        assert set(map(chr, font.getBestCmap())) == {"龘", "𠮷"}
    assert b"SIL Open Font License" in files["META-INF/font-licences.txt"]
    assert b'<span class="rare-character">' in files["EPUB/text/one.xhtml"]
    assert b">true</meta>" in files["EPUB/content.opf"].partition(b"ibooks:specified-fonts")[2]
    assert {each.code: each.severity for each in found if "font" in each.code}["fonts"] == "notice"
    assert check_epub(composition, artifact) == ()
    assert make(composition, "epub", store=Store(tmp_path / "store"))[0].data == artifact.data
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_a_character_that_no_font_has_is_reported(monkeypatch):
    monkeypatch.setattr("keben.typeset.ebookfonts.setter_of", lambda _: lambda _: "")
    fonts, (found,) = ebook_fonts(rare().edition, frozenset("𪚥龘"))
    assert (fonts, found.severity) == ((), "warning")
    assert found.message == (
        "The EPUB of zh-Hans-CN brings no font for 龘 U+9F98 𪚥 U+2A6A5: none that is installed has it."
    )


def test_a_font_that_may_not_be_cut_is_left_out_with_a_warning(monkeypatch):
    monkeypatch.setattr("keben.typeset.ebookfonts.forbidden", lambda _: "it says no")
    fonts, (found,) = ebook_fonts(rare().edition, frozenset("龘"))
    assert fonts == ()
    assert found.message.endswith("which sets 1 of its characters: it says no.")
