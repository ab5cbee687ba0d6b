"""A Latin family beside the Chinese ones: which characters it sets, in which cut, where they stand, what goes wrong."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import latinfonts
import pytest
from books import ROOT, book, chapter
from fallbackfonts import forget
from pdfs import Glyph, Pdf

from keben.core.columns import for_columns
from keben.core.composition import Artifact, Composition
from keben.core.errors import Place, SourceError
from keben.core.paper import NamedFont
from keben.typeset import font_names, fonts, missing_glyphs, typeset
from keben.typeset.fonts.fontmarks import font_marks
from keben.typeset.fonts.latin import is_latin

PLACE = Place("book/book.toml", 21)
MARKS = "“”‘’…—·–×°±§￥，。"
MIXED = f"<p>汉字与Latin共１２行，见(2026)年4月；{MARKS}é又ā及Ž。</p>"


@pytest.fixture
def fontfolder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose fonts are installed while a test runs."""
    folder, environment = latinfonts.installed_in(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    forget()
    yield folder
    forget()


def with_latin(composition: Composition, family: str = "Probe") -> Composition:
    area = replace(composition.edition.area, latin=NamedFont(family, PLACE))
    return replace(composition, edition=replace(composition.edition, area=area))


def set_in(body: str, family: str = "Probe") -> Artifact:
    return typeset(with_latin(book(chapter(body)), family))


def by_font(artifact: Artifact) -> dict[str, str]:
    """What the PDF's first page sets in each font; a font's name without the tag of its subset."""
    found: dict[str, str] = defaultdict(str)
    for glyph in Pdf(artifact.data).glyphs(1):
        found[glyph.font.partition("+")[2]] += glyph.text
    return found


def glyphs(artifact: Artifact, text: str) -> list[Glyph]:
    """The glyphs of a text on the first page."""
    found = Pdf(artifact.data).glyphs(1)
    at = "".join(glyph.text for glyph in found).index(text)
    return found[at : at + len(text)]


def cuts(artifact: Artifact, *texts: str) -> list[str]:
    """The cut that each text is set in, by how wide its letters are."""
    found = []
    for text in texts:
        first, second, *_ = glyphs(artifact, text)
        wide = (second.x - first.x) / first.size * latinfonts.UNITS
        found += [cut for cut, width in latinfonts.WIDTHS.items() if abs(wide - width) < 5]
    return found


def test_letters_and_digits_are_latin_and_the_marks_of_chinese_are_not(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    found = by_font(set_in(MIXED))
    assert found["Probe-Latin"] == "Latin(2026)4éāŽ1"
    serif = found["Noto-Serif-CJK-SC"]
    assert serif == f"汉字与共１２行，见年月；{MARKS}又及。"


def test_quotations_have_it_too_and_headings_and_code_have_their_own(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    body = "<blockquote><p>引文quote</p></blockquote><h2>标题head</h2><p><code>code</code>字</p>"
    found = by_font(set_in(body))
    assert found["Probe-Latin"] == "quote1"
    assert found["LXGW-WenKai-Han"] == "引文"
    assert found["Noto-Sans-CJK-SC-Bold"] == "标题head"
    assert found["Noto-Sans-Mono-CJK-SC"] == "code"


def test_without_a_word_nothing_changes() -> None:
    found = by_font(typeset(book(chapter("<p>汉字与<em>Latin</em>共12行。</p>"))))
    assert found["Noto-Serif-CJK-SC"] == "汉字与Latin共12行。1"


def test_bold_and_italic_are_the_family_s_own(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    body = "<p>字one<strong>two</strong><em>three字</em><strong><em>four</em></strong></p>"
    artifact = set_in(body)
    found = {
        text: glyphs(artifact, text)[0].font.partition("+")[2] for text in ("one", "two", "three", "four")
    }
    assert found == {
        "one": "Probe-Latin",
        "two": "Probe-Latin-Bold",
        "three": "Probe-Latin-Italic",
        "four": "Probe-Latin-Bold-Italic",
    }
    assert cuts(artifact, "one", "two", "three", "four") == ["Regular", "Bold", "Italic", "Bold Italic"]
    named = {font["style"]: font for font in artifact.facts["fonts"] if font["name"] == "Probe"}
    assert set(named) == {"Regular", "Bold", "Italic", "Bold Italic"}
    assert named["Bold Italic"]["file"] == "Probe-BoldItalic.ttf"
    data = (fontfolder / "Probe-BoldItalic.ttf").read_bytes()
    assert named["Bold Italic"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert named["Bold Italic"]["version"] == "1.500"


def test_a_cut_that_is_not_there_is_the_nearest_one_and_the_manifest_says_which(fontfolder: Path) -> None:
    latinfonts.install(fontfolder, ("Regular",))
    artifact = set_in("<p>字one<strong>two</strong><em>three</em></p>")
    assert cuts(artifact, "one", "two", "three") == ["Regular"] * 3
    assert [font["style"] for font in artifact.facts["fonts"] if font["name"] == "Probe"] == ["Regular"]


@pytest.mark.parametrize("way", [latinfonts.install_collection, latinfonts.install_variable])
def test_collections_and_variable_fonts_serve(fontfolder: Path, way: Callable[[Path], None]) -> None:
    way(fontfolder)
    artifact = set_in("<p>字one<strong>two</strong><em>three</em></p>")
    assert cuts(artifact, "one", "two", "three") == ["Regular", "Bold", "Italic"]


def test_lines_stay_on_the_grid_and_on_one_baseline(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    body = f"<p>{'汉字' * 9}Latin{'汉字' * 20}2026{'汉字' * 20}</p>"
    (latin, plain) = (
        Pdf(set_in(body).data).lines(1),
        Pdf(typeset(book(chapter("<p>" + "汉字" * 60 + "</p>"))).data).lines(1),
    )
    assert [line.y for line in latin if "汉字" in line.text][:4] == [
        line.y for line in plain if "汉字" in line.text
    ][:4]
    assert any("Latin" in line.text and "汉字" in line.text for line in latin)


def test_a_justified_line_with_it_is_flush(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    artifact = set_in(f"<p>{'汉字Latin与2026年的word' * 12}</p>")
    body = 10.5
    left = min(glyph.x for glyph in Pdf(artifact.data).glyphs(1))
    full = [line for line in Pdf(artifact.data).lines(1) if len(line.text) > 20][:-1]
    assert len(full) >= 4
    ends = {}
    for line in full:
        last = body if not is_latin(line.text[-1]) else body / 2
        ends[line.text] = line.end + last - left
    assert all(abs(end - 27 * body) < 0.05 * body for end in ends.values()), ends


def test_columns_have_it_on_its_side_and_upright(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    composition = with_latin(book(chapter("<p>汉字与Latin共12行，见2026年“引文”。<em>slant</em></p>")))
    area = replace(composition.edition.area, lines=20, measure=40)
    styles = {
        **composition.styles,
        "print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8"),
    }
    edition = replace(composition.edition, area=area, writing="vertical")
    artifact = typeset(for_columns(replace(composition, edition=edition, styles=styles)))
    found = by_font(artifact)
    assert found["Probe-Latin-Columns"] == "Latin2026"
    assert found["Probe-Latin-Columns-Ultra-Condensed"] == "12"
    assert found["Probe-Latin-Columns-Italic"] == "slant"
    # Letters stand to the column's axis as those of a Chinese font do: their baseline is that of the characters.
    han, letter = glyphs(artifact, "与L")
    assert han.y == letter.y


def test_a_family_that_is_not_installed_is_told_with_its_line(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    composition = with_latin(book(chapter("<p>文</p>")), "Prob")
    (finding,) = missing_glyphs(composition)
    assert (str(finding.place), finding.code) == ("book/book.toml:21", "no-latin-font")
    assert finding.message == "No font family “Prob” is installed."
    assert finding.advice == (
        "Install it, or take the line out. Did you mean “Probe”? `fc-list : family` lists all."
    )
    with pytest.raises(SourceError, match=r"book/book\.toml:21: No font family “Prob” is installed\."):
        typeset(composition)
    assert "Prob" not in font_names(composition.edition)


def test_a_family_without_latin_letters_is_refused(fontfolder: Path) -> None:
    latinfonts.install(fontfolder, ("Regular",), "Signs", [0x20, 0x21, 0x2020])
    (finding,) = missing_glyphs(with_latin(book(chapter("<p>文</p>")), "Signs"))
    assert str(finding).startswith("book/book.toml:21: The font family “Signs” has no Latin letters.")


def test_its_name_is_found_in_any_case_and_goes_into_colophon_and_fingerprint(fontfolder: Path) -> None:
    latinfonts.install(fontfolder)
    edition = with_latin(book(chapter("<p>文</p>")), "probe").edition
    assert font_names(edition)[-1] == "Probe"
    hashed, _ = font_marks(edition, ())
    assert [file for file, _ in hashed if file.startswith("Probe")] == [
        "Probe-Bold.ttf",
        "Probe-BoldItalic.ttf",
        "Probe-Italic.ttf",
        "Probe-Regular.ttf",
    ]


def test_the_proof_asks_the_face_that_sets_a_character(fontfolder: Path) -> None:
    # A letter that no Chinese font has, and a mark that the family may not set.
    latinfonts.install(fontfolder, letters=[*latinfonts.LETTERS, 0xA7A0, 0x1F600])
    composition = with_latin(book(chapter('<p data-line="4">字Ꞡ</p><p data-line="5">😀</p>')))
    assert missing_glyphs(composition) == ()
    assert by_font(set_in("<p>字Ꞡ</p>"))["Probe-Latin"] == "Ꞡ1"
    # As a family that the machine has, and not as the Latin one.
    found = by_font(set_in("<p>字😀</p>"))
    assert found["Probe-Latin"] == "1"
    assert any(font.endswith("-Letters") for font in found)


def test_no_mark_of_any_chinese_set_is_latin() -> None:
    wrong = [
        character
        for character in map(chr, range(0x80, 0x10000))
        if is_latin(character)
        for codec in ("gb2312", "gbk", "big5", "big5hkscs", "cp950")
        if _is_chinese_mark(character, codec)
    ]
    assert wrong == []
    assert all(map(is_latin, "Az09 ,.;:()[]!?'\"-/éüāǎňßłœÅﬁ«»¿"))
    assert not any(map(is_latin, "“”‘’—…·–‧～、。《》「」￥£°×汉"))


def _is_chinese_mark(character: str, codec: str) -> bool:
    if character.isascii() or (character.isalpha() and not 0x2B0 <= ord(character) <= 0x2FF):
        return False
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def test_files_that_pango_cannot_draw_stand_for_no_family(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("/a/roman.t1", "Type 1"),
        ("/b/roman.otf", "CFF"),
        ("/c/roman.pcf.gz", "PCF"),
        ("/d/roman.ttf", "TrueType"),
    )
    listing = "".join(f"Roman\t{file}\t0\t80\t0\tRegular\t100\t{form}\n" for file, form in rows)
    monkeypatch.setattr(fonts, "ask", lambda *_: listing)
    assert [face.file for face in fonts.installed.__wrapped__()] == ["/b/roman.otf", "/d/roman.ttf"]
