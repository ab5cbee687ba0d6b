import pytest

from keben.core.errors import Place
from keben.core.paper import NamedFont
from keben.project.settings import read_settings

WHOLE = """[book]
title = "同舟"
authors = ["甲", { name = "乙", role = "trl", file-as = "Yi" }]
language = "zh-Hans"
identifier = "urn:uuid:0C6D7C4A-3E3E-4F4B-9B0B-7C1B1D1E1F10"
slug = "boat"
date = 2026-01-02
chapters = ["chapters/1.md"]

[editions.zh-Hans]
[editions.zh-Hant-TW]
vocabulary = "regional"
title = "同舟共濟"
formats = ["epub"]
[editions.hongkong]
language = "zh-HK"
quotes = "keep"
[print]
trim = "148mm 21cm"
body = "11pt"
measure = 25
"""


def messages(text):
    settings, findings = read_settings(text, "book/book.toml")
    return settings, [str(finding) for finding in findings]


def areas(text):
    settings, found = messages(text)
    assert found == []
    return [(edition.area.measure, edition.area.lines) for edition in settings.editions]


def test_an_edition_may_say_print_anew():
    text = WHOLE.replace("[print]", '[editions.hongkong.print]\nlines = 20\nkinsoku = "strict"\n[print]')
    settings, _ = messages(text)
    hans, _, hongkong = (edition.area for edition in settings.editions)
    assert (hans.lines, hans.kinsoku) == (26, "gb")
    assert (hongkong.lines, hongkong.kinsoku, hongkong.measure, hongkong.body_pt) == (20, "strict", 25, 11)


def test_fallback_families_are_kept_in_order_each_with_its_place():
    text = WHOLE.replace(
        "[print]", '[editions.hongkong.print]\nfallback = ["Amiri"]\n[print]\nfallback = ["B", "A"]'
    )
    settings, found = messages(text)
    assert not found
    named = [[font.family for font in edition.area.fallback] for edition in settings.editions]
    assert named == [["B", "A"], ["B", "A"], ["Amiri"]]
    first, second = settings.editions[0].area.fallback
    assert first.place.line == second.place.line and first.place.column < second.place.column


def test_a_latin_family_is_kept_with_its_line_and_an_edition_can_take_it_back():
    text = WHOLE.replace("[print]", '[editions.hongkong.print]\nlatin = ""\n[print]\nlatin = "Probe"')
    settings, _ = messages(text)
    named = NamedFont("Probe", Place("book/book.toml", 21, 1))
    assert [edition.area.latin for edition in settings.editions] == [named, named, None]


def test_what_calls_a_note_is_an_edition_s_own():
    settings, _ = messages(WHOLE.replace('quotes = "keep"', 'notes = "figures"'))
    assert [edition.notes for edition in settings.editions] == ["circled", "circled", "figures"]
    _, found = messages(WHOLE.replace('quotes = "keep"', 'notes = "letters"'))
    assert found == [
        "book/book.toml:17:1: `editions.hongkong.notes` cannot be 'letters'. Use 'circled' or 'figures'."
    ]


def test_where_notes_stand_and_how_they_count_is_the_book_s_or_an_edition_s_own():
    text = WHOLE.replace("[book]", '[book]\nnotes-at = "book"\nnotes-number = "book"', 1)
    settings, found = messages(text.replace('quotes = "keep"', 'notes-at = "page"\nnotes-number = "page"'))
    assert [(edition.notes_at, edition.notes_number) for edition in settings.editions] == [
        ("book", "book"),
        ("book", "book"),
        ("page", "page"),
    ]
    assert found == []
    settings, found = messages(
        WHOLE.replace("[book]", '[book]\nnotes-number = "page"\nnotes-at = "chapter"', 1)
    )
    assert {edition.notes_number for edition in settings.editions} == {"chapter"}
    assert len(found) == 3
    assert "Notes that stand at the end of the chapter have no numbers by page" in found[0]
    _, found = messages(WHOLE.replace('quotes = "keep"', 'notes-at = "end"'))
    assert "`editions.hongkong.notes-at` cannot be 'end'. Use 'page', 'chapter' or 'book'." in found[0]


def test_columns_fill_the_area_of_lines_unless_they_are_counted():
    text = WHOLE.replace('language = "zh-HK"', 'language = "zh-HK"\nwriting = "vertical"')
    # 26 lines of 1.7 are 44.2 characters high; 25 characters are as wide as 15 columns, the last without white.
    assert areas(text) == [(25, 26), (25, 26), (44, 15)]
    counted = text.replace("[print]", "[editions.hongkong.print]\nlines = 14\n[print]")
    assert areas(counted)[2] == (44, 14)


def test_a_mistake_in_print_is_told_once_and_one_in_an_edition_s_own_at_its_line():
    _, found = messages(WHOLE.replace('trim = "148mm 21cm"', 'trim = "A55"'))
    assert len(found) == 1 and found[0].startswith("book/book.toml:19:1: “A55” is not a page size.")
    _, found = messages(WHOLE.replace("[print]", '[editions.hongkong.print]\nbody = "big"\n[print]'))
    assert [text[:34] for text in found] == ["book/book.toml:19:1: “big” is not "]


def test_a_whole_file_becomes_editions():
    settings, found = messages(WHOLE)
    assert found == []
    hans, taiwan, hongkong = settings.editions
    assert (hans.language, hans.quotes, hans.vocabulary, hans.formats) == (
        "zh-Hans-CN",
        "curly",
        "characters",
        ("epub", "pdf"),
    )
    assert (taiwan.language, taiwan.quotes, taiwan.vocabulary, taiwan.formats) == (
        "zh-Hant-TW",
        "corner",
        "regional",
        ("epub",),
    )
    assert (hongkong.name, hongkong.language, hongkong.quotes) == ("hongkong", "zh-Hant-HK", "keep")
    assert {edition.source_language for edition in settings.editions} == {"zh-Hans-CN"}
    assert settings.chapters == ("chapters/1.md",)
    assert (hans.area.width, hans.area.height, hans.area.body_pt, hans.area.measure) == (148, 210, 11, 25)
    assert [(person.name, person.role, person.file_as) for person in hans.metadata.authors] == [
        ("甲", "aut", ""),
        ("乙", "trl", "Yi"),
    ]
    assert hans.metadata.date == "2026-01-02"


def test_what_an_edition_says_anew_is_its_own():
    settings, _ = messages(WHOLE)
    hans, taiwan, _ = settings.editions
    assert (hans.metadata.title, hans.metadata.own) == ("同舟", frozenset())
    assert (taiwan.metadata.title, taiwan.metadata.own) == ("同舟共濟", frozenset({"title"}))


def test_each_edition_has_an_identifier_of_its_own_that_stays():
    identifiers = [edition.metadata.identifier for edition in messages(WHOLE)[0].editions]
    assert len(set(identifiers)) == 3
    assert identifiers == [edition.metadata.identifier for edition in messages(WHOLE)[0].editions]
    assert all(identifier.startswith("urn:uuid:") for identifier in identifiers)
    named = WHOLE.replace('quotes = "keep"', 'identifier = "urn:isbn:9789620000003"')
    assert messages(named)[0].editions[2].metadata.identifier == "urn:isbn:9789620000003"


def test_a_book_without_editions_has_one_in_its_own_language():
    settings, found = messages('[book]\ntitle = "書"\nlanguage = "zh-Hant-TW"\n')
    assert found == []
    assert [(edition.name, edition.language, edition.quotes) for edition in settings.editions] == [
        ("zh-Hant-TW", "zh-Hant-TW", "corner")
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("authors", "autors", "3:1: Unknown key `autors` in [book]. Did you mean `authors`?"),
        ("file-as", "file-az", "3:45: Unknown key `file-az` in [book.authors.2]. Did you mean `file-as`?"),
        ("[print]", "[prnt]", "18:1: Unknown key `prnt`. Did you mean `print`?"),
        ("measure", "width", "21:1: Unknown key `width` in [print]. Known keys are trim, design, margins, body, leading, measure, lines, kinsoku, latin, fallback, openings, front-folios."),
        ('title = "同舟"\n', "", "1:1: `book.title` is missing. It is required."),
        ('slug = "boat"', 'slug = ""', "6:1: `book.slug` has a form that cannot be used: ''. "),
        ('slug = "boat"', 'slug = "../x"', "6:1: `book.slug` has a form that cannot be used: '../x'. "),
        ('title = "同舟"\n', 'title = ""\n', "2:1: `book.title` is empty. Give it a value, or take the line out."),
        ('"regional"', '"region"', "12:1: `editions.zh-Hant-TW.vocabulary` cannot be 'region'. Use 'characters', 'everyday', 'technical' or 'regional'."),
        ('["epub"]', '["mobi"]', "14:12: `editions.zh-Hant-TW.formats.1` cannot be 'mobi'. Use 'epub', 'pdf', 'booklet', 'press', 'docx', 'onix' or 'sample'."),
        ('"zh-HK"', '"en"', "16:1: “en” is not a language that Keben makes books in. "),
        ("editions.hongkong]\nlanguage = \"zh-HK\"", "editions.hk]", "15:1: “hk” is not a language that Keben makes books in. "),
        ("[editions.hongkong]", '[editions."a/b"]', "15:1: The edition's name “a/b” cannot be part of a file name. "),
        ('language = "zh-Hans"', 'language = "ja"', "4:1: “ja” is not a language that Keben makes books in. "),
        ('"148mm 21cm"', '"A9"', "19:1: “A9” is not a page size. Did you mean “A"),
        ('"11pt"', '"big"', "20:1: “big” is not a type size. Write it in points: “10.5pt”."),
        ("measure = 25", "measure = 2", "21:1: `print.measure` has a wrong value: 2. It must be 5 at least."),
        ("date = 2026-01-02", "date = [2026]", "7:1: `book.date`: This is not a date. Write 2026-01-01, or “2026-01” or “2026” in quotes."),
        ("[print]", "[print", "18:7: This is not valid TOML: "),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(old, new, message):
    assert old in WHOLE
    _, found = messages(WHOLE.replace(old, new, 1))
    assert [line for line in found if line.startswith(f"book/book.toml:{message}")], found


def test_all_mistakes_are_told_in_one_run():
    _, found = messages(WHOLE.replace("slug", "slg").replace("measure", "mesure").replace("quotes", "quote"))
    assert len(found) == 3


def test_where_the_labels_of_chapters_come_from():
    assert messages(WHOLE)[0].numbering == "auto"
    text = WHOLE.replace("chapters = ", 'numbering = "written"\nchapters = ')
    assert messages(text)[0].numbering == "written"
    _, found = messages(text.replace('"written"', '"none "'))
    assert found == [
        "book/book.toml:8:1: `book.numbering` cannot be 'none '. Use 'auto', 'written' or 'none'."
    ]


def area_of(print_table, more=""):
    settings, found = messages(
        f'[book]\ntitle = "同舟"\nlanguage = "zh-Hans"\n[print]\n{print_table}\n{more}'
    )
    return settings.editions[0], found


@pytest.mark.parametrize(
    ("written", "lines", "columns"),
    [
        ('trim = "A5"', (27, 26), (44, 16)),
        ('trim = "大32开"', (27, 26), (44, 16)),
        ('trim = "32开"', (27, 22), (37, 16)),
        ('trim = "A6"', (19, 18), (30, 11)),
        ('trim = "A6"\nmeasure = 22', (22, 18), (30, 13)),
        ('trim = "A6"\nlines = 19', (19, 19), (32, 11)),
        ('body = "16pt"', (17, 17), (28, 10)),
        # What somebody counted is not changed; setting the pages says that it does not fit.
        ('trim = "A6"\nmeasure = 27\nlines = 26', (27, 26), (44, 16)),
    ],
)
def test_a_page_that_is_too_small_for_the_usual_area_has_a_smaller_one(written, lines, columns):
    for writing, counted in (("horizontal", lines), ("vertical", columns)):
        edition, found = area_of(written, f'[editions.zh-Hant-TW]\nwriting = "{writing}"\n')
        assert found == []
        area = edition.area
        assert (area.measure, area.lines) == counted


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ('design = "novel"', (148, 10.5, 1.75, 28, 23, "any")),
        ('design = "novel"\ntrim = "32开"', (130, 10.5, 1.75, 25, 20, "any")),
        ('design = "novel"\nbody = "16pt"', (148, 16, 1.75, 18, 15, "any")),
        ('design = "novel"\nbody = "9pt"\nopenings = "recto"', (148, 9, 1.75, 30, 27, "recto")),
        ('design = "report"\ntrim = "A4"', (210, 10.5, 1.6, 42, 37, "any")),
        ('design = "poetry"', (148, 11, 1.9, 25, 18, "recto")),
        ('design = "classic"\nmeasure = 20\nlines = 15\nleading = 2', (148, 11, 2, 20, 15, "any")),
        (
            'margins = { inner = "20mm", top = "25mm", outer = "18mm", bottom = "20mm" }',
            (148, 10.5, 1.7, 29, 26, "recto"),
        ),
        ('design = "novel"\ntrim = "A6"\nbody = "16pt"', (105, 16, 1.75, 13, 10, "any")),
    ],
)
def test_the_type_area_follows_from_trim_size_and_design_unless_it_is_said(written, counted):
    edition, found = area_of(written)
    assert found == []
    area = edition.area
    assert (area.width, area.body_pt, area.leading, area.measure, area.lines, area.openings) == counted


def test_a_design_in_columns_counts_characters_in_a_column_and_columns():
    text = 'design = "novel"\ntrim = "大32开"'
    edition, found = area_of(text, '[editions.zh-Hans]\nwriting = "vertical"\n')
    assert (found, edition.design, edition.area.measure, edition.area.lines) == ([], "novel", 40, 15)


def test_a_design_can_be_one_edition_s_own():
    settings, found = messages(
        WHOLE.replace("[print]", '[editions.hongkong.print]\ndesign = "classic"\n[print]')
    )
    assert found == []
    assert [edition.design for edition in settings.editions] == ["", "", "classic"]
    assert [design.name for design in settings.designs] == ["classic"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('design = "novell"', "5:1: “novell” is not a design. Did you mean “novel”?"),
        ('trim = "33开"', "5:1: “33开” is not a page size. Did you mean “"),
        (
            'margins = { inner = "1mm", top = "20mm", outer = "20mm", bottom = "20mm" }',
            "5:1: The inner margin of 1 mm is narrower than 10 mm. ",
        ),
        (
            'margins = { inner = "70mm", top = "20mm", outer = "70mm", bottom = "20mm" }',
            "5:1: These margins leave too little of a page of 148 × 210 mm. ",
        ),
        ('margins = { inner = "70", top = "20mm", outer = "70mm", bottom = "20mm" }', "5:"),
        ('margins = { inner = "20mm" }', "5:"),
    ],
)
def test_what_is_wrong_with_trim_design_and_margins_is_reported(written, message):
    _, found = messages(f'[book]\ntitle = "同舟"\nlanguage = "zh-Hans"\n[print]\n{written}\n')
    assert any(line.startswith(f"book/book.toml:{message}") for line in found), found


@pytest.mark.parametrize(("vocabulary", "count"), [("everyday", 1), ("technical", 0), ("characters", 0)])
def test_everyday_vocabulary_needs_words_that_are_weighed(vocabulary, count):
    text = WHOLE.replace('"regional"', f'"{vocabulary}"')
    assert messages(text)[1] == []
    found = messages(f'{text}[convert]\nsegmentation = "opencc"\n')[1]
    assert len(found) == count
    if found:
        assert found[0].startswith('book/book.toml:12:1: vocabulary = "everyday" weighs words')
        assert 'Write segmentation = "context" under [convert]' in found[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [("zh-Hant-TW", ["·", "keep", "·"]), ("zh-Hans", ["keep", "keep", "·"])],
)
def test_a_simplified_edition_of_a_traditional_book_has_the_dot_of_its_standard(source, expected):
    text = f"""[book]
title = "同舟"
authors = ["甲"]
language = "{source}"
identifier = "urn:uuid:0c6d7c4a-3e3e-4f4b-9b0b-7c1b1d1e1f10"
slug = "boat"
[editions.zh-Hans]
[editions.zh-Hant-TW]
[editions.dotted]
language = "zh-HK"
interpunct = "·"
"""
    settings, found = messages(text)
    assert found == []
    assert [edition.interpunct for edition in settings.editions] == expected


def test_what_no_copyright_page_has_a_row_for_is_reported():
    text = WHOLE.replace(
        "[editions.zh-Hans]",
        '[book.imprint]\nfax = "1"\npostcode = "100000"\nissuer = "陈五"\nprinting = 2\n[editions.zh-Hans]',
    )
    assert messages(text)[1] == []
    only = text.partition("[editions.zh-Hant-TW]")[0]
    said = messages(only + '[editions.zh-Hans.imprint]\nfax = "2"\n')[1]
    assert [
        line.partition(":")[0] + line[line.index(": w") : line.index("printed") + 7] for line in said
    ] == [
        "book/book.toml: warning: `fax` is printed",
        "book/book.toml: warning: `issuer` is printed",
        "book/book.toml: warning: `fax` is printed",
    ]
    abroad = text.replace("printing = 2", "price = 1").replace("[editions.zh-Hans]", "")
    assert [line.partition("warning: ")[2].partition(" is")[0] for line in messages(abroad)[1]] == ["`price`"]
    taiwan = text.replace('title = "同舟共濟"', "imprint = { words = 1, copies = 2 }")
    assert [line.partition("warning: ")[2].partition(" is")[0] for line in messages(taiwan)[1]] == [
        "`copies`",
        "`words`",
    ]
