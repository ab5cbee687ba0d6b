"""Letters that the Chinese fonts lack: who sets them, in which order, and what is printed where nobody can."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fallbackfonts
import pytest
from books import ROOT, book, chapter
from fallbackfonts import ARABIC, HEBREW, add
from pdfs import Pdf

from keben.check.pdftext import page_texts, whole_characters
from keben.core.columns import for_columns
from keben.core.composition import Artifact, Composition
from keben.core.errors import Place, SourceError
from keben.core.paper import NamedFont
from keben.formats import check_completeness
from keben.typeset import draw_cover, missing_glyphs, setting_font, typeset
from keben.typeset.fonts import Fallback, face_of, narrowed
from keben.typeset.fonts.fallback import fall_back
from keben.typeset.fonts.fontmarks import font_marks
from keben.typeset.fonts.letters import with_parts
from keben.typeset.fonts.packages import packages_for

PLACE = Place("book/book.toml", 30)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with fallbackfonts.bare_machine(tmp_path, monkeypatch) as folder:
        yield folder


def families(used: str, there: dict[str, str], asked: tuple[str, ...] = (), own: str = "") -> dict[str, str]:
    """Who sets which characters; what nobody has is under an empty name."""
    charts = {family: frozenset(map(ord, letters)) for family, letters in there.items()}
    found, missing = fall_back(used, lambda each: "Own" if each in own else "", lambda: charts, asked)
    shares = {each.family: "".join(sorted(each.characters)) for each in found}
    return {**shares, "": "".join(sorted(missing))} if missing else shares


def test_a_family_known_for_a_script_comes_before_any_other() -> None:
    there = {"Aaa": "سلام", "Amiri": "سلام", "Noto Naskh Arabic": "سلام"}
    assert families("سلام", there) == {"Noto Naskh Arabic": "اسلم"}
    assert families("سلام", there, ("Aaa",)) == {"Aaa": "اسلم"}
    assert families("سلام", {"Bbb": "سلام", "Aaa": "سلام"}) == {"Bbb": "اسلم"}


def test_a_script_whose_letters_join_is_set_in_one_family() -> None:
    there = {"Amiri": "سلا", "Other": "سلام"}
    assert families("سلام", there) == {"Other": "اسلم"}
    # Even where the book's own fonts have some of it.
    assert families("сліди", {"DejaVu Serif": "слідиґ"}, own="слди") == {"DejaVu Serif": "дилсі"}
    assert families("слди", {"DejaVu Serif": "слідиґ"}, own="слди") == {}


def test_a_word_of_two_of_the_book_s_own_fonts_becomes_one_of_one() -> None:
    charts = {"DejaVu Serif": frozenset(map(ord, "ἀρχὴ")), "Noto Serif": frozenset(map(ord, "ρχ"))}
    found, missing = fall_back(
        "ἀρχὴ", lambda each: "Own" if each in "ρχ" else "DejaVu Serif", lambda: charts, ()
    )
    assert found == (Fallback("DejaVu Serif", frozenset("ἀρχὴ")),)
    assert missing == frozenset()
    # Where nobody has it all, it stays as it was.
    assert fall_back("ἀρ", lambda each: each, lambda: {"X": frozenset()}, ()) == ((), frozenset())


def test_signs_come_from_whoever_has_them_and_what_nobody_has_is_missing() -> None:
    there = {"DejaVu Sans": "✔☐", "Symbola": "👍✔", "Zzz": "🤣"}
    assert families("✔☐👍🤣🫠", there) == {"DejaVu Sans": "☐✔", "Symbola": "👍", "Zzz": "🤣", "": "🫠"}
    assert families("✔☐👍", there, ("Symbola",)) == {"Symbola": "✔👍", "DejaVu Sans": "☐"}


def test_marks_go_with_the_letters_that_they_belong_to() -> None:
    there = {"Amiri": "سل،\u064e", "DejaVu Sans": "،✔\u064e"}
    assert families("سل،\u064e✔", there) == {"Amiri": "،سل\u064e", "DejaVu Sans": "✔"}


def test_fontconfig_is_not_asked_where_nothing_is_lacking() -> None:
    def never() -> dict[str, frozenset[int]]:
        raise AssertionError

    assert fall_back("汉字", lambda _: "Own", never) == ((), frozenset())


@pytest.mark.parametrize(
    ("character", "package"),
    [
        ("ا", "fonts-noto-core"), ("ก", "fonts-noto-core"), ("ཀ", "fonts-noto-core"), ("가", "fonts-noto-cjk"),
        ("𠀀", "fonts-hanazono"), ("𰀀", "fonts-babelstone-han"), ("✅", "fonts-symbola"), ("😀", "fonts-symbola"),
        ("🫠", "fonts-unifont"), ("𝄞", "fonts-noto-core"), ("⠿", "fonts-symbola"),
    ],
)  # fmt: skip
def test_the_package_of_a_character(character: str, package: str) -> None:
    assert packages_for(character)[0] == package


def proved(body: str, **changes: object) -> tuple[Artifact, Composition]:
    """A set book of one chapter; the proof finds all of its text in it."""
    composition = book(chapter(body))
    area = replace(composition.edition.area, **changes)  # type: ignore[arg-type]
    composition = replace(composition, edition=replace(composition.edition, area=area))
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    return artifact, composition


def in_columns(body: str) -> Artifact:
    composition = book(chapter(body))
    area = replace(composition.edition.area, lines=20, measure=40)
    styles = {
        **composition.styles,
        "print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8"),
    }
    edition = replace(composition.edition, area=area, writing="vertical")
    composition = for_columns(replace(composition, edition=edition, styles=styles))
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    return artifact


def fonts_of(artifact: Artifact) -> dict[str, str]:
    """Which font sets each character of the chapter's page."""
    found: dict[str, str] = {}
    for glyph in Pdf(artifact.data).glyphs(1):
        font = glyph.font.partition("+")[2]
        found[font] = found.get(font, "") + glyph.text
    return {character: font for font, text in found.items() for character in whole_characters(text)}


def test_it_sets_what_it_is_for_and_the_manifest_names_it(machine: Path) -> None:
    add(machine, "Noto Naskh Arabic", ARABIC, range(0x41, 0x5B), ord("汉"))
    artifact, _ = proved("<p>汉字ABC سلام 汉字。</p>")
    found = fonts_of(artifact)
    assert found["س"] == "Noto-Naskh-Arabic-Letters"
    assert (found["A"], found["汉"]) == ("Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC")
    assert "Noto Naskh Arabic" in [font["name"] for font in artifact.facts["fonts"]]


def test_the_book_can_name_it_and_the_cache_knows(machine: Path) -> None:
    composition = book(chapter("<p>字✔。</p>"))
    before = font_marks(composition.edition, ())
    add(machine, "Symbola", 0x2714)
    add(machine, "Bars", 0x2714)
    assert font_marks(composition.edition, ()) != before
    assert fonts_of(proved("<p>字✔。</p>")[0])["✔"] == "Symbola-Letters"
    artifact, composition = proved("<p>字✔。</p>", fallback=(NamedFont("Bars", PLACE),))
    assert fonts_of(artifact)["✔"] == "Bars-Letters"
    assert setting_font(composition.edition, "✔") == "Bars"


def test_a_family_that_is_not_installed_is_refused_with_its_place(machine: Path) -> None:
    add(machine, "Symbola", 0x2714)
    composition = book(chapter("<p>字。</p>"))
    area = replace(composition.edition.area, fallback=(NamedFont("Symbol", PLACE),))
    composition = replace(composition, edition=replace(composition.edition, area=area))
    (finding,) = missing_glyphs(composition)
    assert str(finding) == (
        "book/book.toml:30: No font family “Symbol” with outlines is installed. Install it, or take it out of the list. "
        "Did you mean “Symbola”? `fc-list : family` lists all."
    )
    with pytest.raises(SourceError, match="No font family “Symbol”"):
        typeset(composition)


def test_emoji_are_looked_up_as_all_else(machine: Path) -> None:
    # Pango has a family of its own for them.
    add(machine, "Symbola", 0x1F600, 0x1F44D, 0x2705)
    artifact, _ = proved("<p>笑😀，好👍，对✅。</p><blockquote><p>笑😀。</p></blockquote>")
    found = fonts_of(artifact)
    assert {found["😀"], found["👍"], found["✅"]} == {"Symbola-Letters"}


def test_a_vowel_that_is_drawn_in_parts_has_them_and_copies_as_itself(machine: Path) -> None:
    add(machine, "Noto Serif Thai", range(0xE01, 0xE3B), range(0xE3F, 0xE5C))
    body = "<p>泰语คำน้ำ。</p>"
    for artifact in (proved(body)[0], in_columns(body)):
        assert "น้ำ" in "".join(page_texts(artifact.data)).replace("\u2060", "")


def test_only_parts_of_the_same_script_are_lent_with_a_letter() -> None:
    assert with_parts(frozenset("\u0e33")) == frozenset("\u0e33\u0e4d\u0e32")
    assert with_parts(frozenset("\u0bca")) == frozenset("\u0bca\u0bc6\u0bbe")
    assert with_parts(frozenset("\u17c4")) == frozenset("\u17c4\u17c1")
    assert with_parts(frozenset("éがй①한")) == frozenset("éがй①한")


def test_what_no_font_has_is_a_mark_that_copies_as_itself(machine: Path) -> None:
    body = '<p data-line="7">笑😀，又一个😀。</p><p data-line="9">سلام😀与文。</p>'
    artifact, composition = proved(body)
    found = fonts_of(artifact)
    assert {found["😀"], found["س"]} == {"Noto-Serif-CJK-SC-Missing"}
    findings = [each for each in missing_glyphs(composition) if "😀" in each.message]
    assert [(str(each.place), each.severity, each.code) for each in findings] == [
        ("book/chapters/one.md:7", "warning", "missing-glyph")
    ]
    assert findings[0].message == (
        "No font here has “😀” (U+1F600 GRINNING FACE): the PDF prints 〓 in its place "
        "(2 times; also at book/chapters/one.md:9)."
    )
    assert findings[0].advice == (
        "Install a font that has it (in Debian: fonts-symbola), or write it with another character."
    )
    places = {glyph.text: glyph.x for glyph in Pdf(artifact.data).glyphs(1)}
    # As wide as a Chinese character, and close to it.
    assert places["，"] - places["笑"] == pytest.approx(2 * 10.5, abs=0.1)


def test_columns_have_letters_on_their_side_and_signs_upright(machine: Path) -> None:
    add(machine, "Noto Naskh Arabic", ARABIC, 0x1F600)
    found = fonts_of(in_columns("<p>汉字 سلام 笑😀，第12回，缺🤣。</p>"))
    assert found["س"] == "Noto-Naskh-Arabic-Letters-Columns"
    assert found["😀"] == "Noto-Naskh-Arabic-Standing-Columns"
    assert found["🤣"] == "Noto-Serif-CJK-SC-Missing-Columns"
    assert found["1"] == "Noto-Serif-CJK-SC-Columns-Ultra-Condensed"


def words(artifact: Artifact, text: str) -> list[float]:
    """Where the letters of a text begin, in points."""
    places = {glyph.text: glyph.x for glyph in Pdf(artifact.data).glyphs(1)}
    return [places[letter] for letter in text]


def test_right_to_left_words_stand_in_order_within_a_chinese_line(machine: Path) -> None:
    add(machine, "Noto Serif Hebrew", HEBREW)
    artifact, _ = proved("<p>甲אב גד乙。</p>")
    first, *letters, last = words(artifact, "甲אבגד乙")
    assert letters == sorted(letters, reverse=True)
    assert first < letters[-1] and letters[0] < last


@pytest.mark.parametrize(
    "body",
    [
        "<p>甲<em>אב</em> גד乙。</p>",
        "<p>甲אב <strong>גד</strong>乙。</p>",
        '<p>甲א<a href="#one">ב גד</a>乙。</p>',
    ],
)
def test_markup_does_not_change_the_order_of_a_phrase(machine: Path, body: str) -> None:
    add(machine, "Noto Serif Hebrew", HEBREW)
    artifact, _ = proved(body)
    plain = words(proved("<p>甲אב גד乙。</p>")[0], "甲אבגד乙")
    assert words(artifact, "甲אבגד乙") == pytest.approx(plain, abs=0.2)


def test_a_justified_line_with_it_is_flush_and_parts_at_its_spaces_only(machine: Path) -> None:
    add(machine, "Noto Serif Hebrew", HEBREW)
    artifact, composition = proved("<p>" + "汉字的 אבג דהו 两" * 12 + "</p>")
    body = composition.edition.area.body_pt
    ends: dict[int, list[float]] = {}
    for glyph in Pdf(artifact.data).glyphs(1):
        if glyph.text in "汉字的两אבגדהו" and glyph.size == body:
            # A Hebrew letter of this font is half an em wide.
            ends.setdefault(round(glyph.y), []).append(glyph.x + (body if glyph.text > "⺀" else body / 2))
    right = [max(edges) for edges in ends.values()][:-1]
    assert len(right) >= 3
    assert right == pytest.approx([max(right)] * len(right), abs=0.3)


def test_a_paragraph_of_right_to_left_letters_begins_at_the_right(machine: Path) -> None:
    add(machine, "Noto Serif Hebrew", HEBREW)
    artifact, _ = proved("<p>甲乙丙丁</p><p>אבג דהו.</p>")
    places = words(artifact, "אבגדהו")
    assert places == sorted(places, reverse=True)
    assert places[0] > 300


def test_a_cover_has_them_too(machine: Path) -> None:
    from samples import sample_composition

    add(machine, "Symbola", 0x1F600)
    composition = sample_composition()
    covers = [
        replace(composition, documents=tuple(_with_title(each, title) for each in composition.documents))
        for title in ("题😀", "题🤣")
    ]
    assert all(draw_cover(each) is not None for each in covers)


def _with_title(document: object, title: str) -> object:
    from keben.core.markup import transform

    if document.kind != "cover":  # type: ignore[attr-defined]
        return document
    root = transform(
        document.root,  # type: ignore[attr-defined]
        lambda node: node.with_children([title]) if node.tag in ("text", "tspan") else node,
    )
    return replace(document, root=root)  # type: ignore[type-var]


RARE = "㐀𠀋\U000323ae"
"""Two that the serif has and the 楷体 has not, and one that no font has."""


def test_what_the_kai_lacks_is_set_in_the_serif_and_what_all_lack_is_marked() -> None:
    body = f"<blockquote><p>引文{RARE}，引文。</p></blockquote><p><em>强调{RARE}</em>。</p>"
    composition = book(chapter(body, title=f"题{RARE}"))
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()
    (missing,) = missing_glyphs(composition)
    assert "U+323AE" in missing.message
    pdf = Pdf(artifact.data)
    assert "".join(pdf.text(page + 1) for page in range(pdf.pages)).count("㐀") >= 3


def test_what_the_latin_family_lacks_is_set_in_the_serif() -> None:
    composition = book(chapter("<p>声调˪，a˪b。</p>"))
    area = replace(composition.edition.area, latin=NamedFont("DejaVu Serif", PLACE))
    composition = replace(composition, edition=replace(composition.edition, area=area))
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()


def test_ranges_leave_out_what_a_face_lacks() -> None:
    face = face_of("LXGW WenKai")
    assert face is not None
    assert narrowed("U+3400-9FFF, U+20000", face, "㐀一龟") == "U+3401-9FFF, U+20000"
    assert narrowed("U+33FF-3402", face, "㐀") == "U+33FF, U+3401-3402"
    assert narrowed("U+3400", face, "㐀") == ""
