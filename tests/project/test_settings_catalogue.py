"""What book.toml says for stores and libraries: series, codes of subjects, identifiers, accessibility, [epub]."""

import pytest

from keben.core.cataloguing import AccessClaims, Series, SubjectCode
from keben.core.ebook import EpubSettings
from keben.core.supply import Supply
from keben.project.settings import read_settings

BOOK = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'


def read(text):
    settings, findings = read_settings(BOOK + text, "book.toml")
    return settings, [str(finding) for finding in findings]


def metadata(text):
    settings, findings = read(text)
    assert findings == []
    return settings.editions[0].metadata


def test_what_a_catalogue_asks_for_can_be_said():
    said = metadata(
        """title-file-as = "shu"
series = { title = "丛书", number = 3, issn = "0317-8471" }
identifiers = ["10.1000/182", "https://example.org/book", "urn:isbn:9787513348218"]
source = "底本：一九五九年版"
subjects = ["小说", { name = "长篇小说", scheme = "中图分类", code = "I247.57" }, { scheme = "bisac", code = "FIC014000" }]
conforms-to = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
certified-by = "某某社"
certifier-credential = "某证书"
certifier-report = "https://example.org/report"
accessibility-summary = "全书有文字说明。"
accessibility-hazards = ["noFlashingHazard", "noSoundHazard"]
"""
    )
    assert said.title_file_as == "shu"
    assert said.series == (Series("丛书", "3", issn="0317-8471"),)
    assert said.identifiers == ("doi:10.1000/182", "https://example.org/book", "urn:isbn:9787513348218")
    assert said.source == ("底本：一九五九年版",)
    assert said.subjects == ("小说", "长篇小说", "FIC014000")
    assert said.subject_codes == (
        SubjectCode(), SubjectCode("CLC", "I247.57"), SubjectCode("BISAC", "FIC014000"),
    )  # fmt: skip
    assert said.claims == AccessClaims(
        "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", "某某社", "某证书", "https://example.org/report",
        "全书有文字说明。", ("noFlashingHazard", "noSoundHazard"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ('series = "丛书"', (Series("丛书"),)),
        ('series = ["甲", { title = "乙", number = "2.1", kind = "set" }]', (Series("甲"), Series("乙", "2.1", is_set=True))),
        ("series = []", ()),
    ],
)  # fmt: skip
def test_a_series_is_a_title_a_table_or_a_list(line, series):
    assert metadata(line + "\n").series == series


def test_an_edition_says_anew_what_differs():
    settings, findings = read(
        'series = "丛书"\n[editions.zh-Hans]\n[editions.zh-Hant-TW]\nseries = "叢書系列"\nsubjects = "小說"\n'
    )
    assert findings == []
    hans, taiwan = (edition.metadata for edition in settings.editions)
    assert (hans.series[0].title, taiwan.series[0].title) == ("丛书", "叢書系列")
    assert taiwan.own == {"series", "subjects"}


def test_the_copyright_page_names_the_series_where_it_names_none_itself():
    imprint = '[book.imprint]\nprinter = "某厂"\n'
    assert read(f'series = "丛书"\n{imprint}')[0].editions[0].publication.series == "丛书"
    assert read(f'series = "丛书"\n{imprint}series = "文库"\n')[0].editions[0].publication.series == "文库"
    assert read('series = "丛书"\n')[0].editions[0].publication.series == ""


def test_settings_of_epub_are_the_book_s_and_an_edition_s_own():
    settings, findings = read(
        """[epub]
sample = 3
notes = "duokan"
[editions.zh-Hans]
stores = ["apple", "weread", "apple"]
[editions.zh-Hant-TW.epub]
page-list = true
sample = 1
embed-fonts = "rare"
"""
    )
    assert findings == []
    hans, taiwan = settings.editions
    assert (hans.epub, hans.stores) == (EpubSettings(sample=3, notes="duokan"), ("apple", "weread"))
    assert (taiwan.epub, taiwan.stores) == (
        EpubSettings(page_list=True, embed_fonts="rare", sample=1, notes="duokan"), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("series = 3", "`book.series` is not a table: 3."),
        ('series = { title = "丛书", number = "三" }', "`book.series.number` has a form that cannot be used: '三'. Write figures"),
        ('series = { title = "丛书", issn = "0317-8472" }', "An ISSN has 8 digits"),
        ('series = { title = "丛书", volume = 3 }', "Unknown key `volume` in [book.series]."),
        ('identifiers = ["第三种"]', "“第三种” is not an identifier that others can read. Write a DOI"),
        ('subjects = [{ scheme = "BISAC", code = "fiction" }]', "“fiction” does not have the form of its codes: BISAC"),
        ('subjects = [{ scheme = "TEMA", code = "FV" }]', "“TEMA” is not a scheme of subjects that EPUB knows. Did you mean THEMA?"),
        ('subjects = [{ scheme = "CLC" }]', "`book.subjects.1.code` is missing."),
        ("subjects = [3]", "this is not a subject"),
        ('conforms-to = "WCAG 2.1 AA"', "Write “EPUB Accessibility 1.1 - WCAG 2.1 Level AA”"),
        ('certifier-report = "report.html"', "Write a web address: https://…."),
        ('accessibility-hazards = ["noise"]', "“noise” is not a hazard. Use flashing, "),
        ('accessibility-hazards = ["none", "sound"]', "it says one thing and its contrary"),
        ('accessibility-hazards = ["sound", "noSoundHazard"]', "it says one thing and its contrary"),
        ("accessibility-hazards = []", "`book.accessibility-hazards` is empty."),
        ('title-sort = "shu"', "Did you mean `title-file-as`?"),
        ('bisac = "FIC014000"', "Write it among `subjects`"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_book_is_reported_with_its_place(line, message):
    _, findings = read(line + "\n")
    assert len(findings) == 1, findings
    assert findings[0].startswith("book.toml:4:")
    assert message in findings[0]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sample = 0", "It must be 1 at least."),
        ('sample = "2"', "`epub.sample` is not a whole number: '2'."),
        ('embed-fonts = "all"', "`epub.embed-fonts` cannot be 'all'. Use 'none', 'rare' or 'subset'."),
        ("embed-fonts = true", "embed-fonts"),
        ('page-list = "yes"', "`epub.page-list` is not true or false: 'yes'."),
        ('notes = "popup"', "`epub.notes` cannot be 'popup'. Use 'plain' or 'duokan'."),
        ("pagelist = true", "Unknown key `pagelist` in [epub]. Did you mean `page-list`?"),
    ],
)
def test_what_is_wrong_in_epub_is_reported_with_its_place(line, message):
    _, findings = read(f"[epub]\n{line}\n")
    assert len(findings) == 1, findings
    assert findings[0].startswith("book.toml:5:")
    assert message in findings[0]


def test_an_unknown_store_is_an_error():
    _, findings = read('[editions.zh-Hans]\nstores = ["amazon"]\n')
    assert findings == [
        "book.toml:5:11: `editions.zh-Hans.stores.1` cannot be 'amazon'. Use 'apple', 'kindle', 'kobo', 'google', "
        "'readmoo', 'weread' or 'bookwalker'."
    ]


def test_a_claim_that_nobody_stands_for_is_a_warning():
    _, findings = read('conforms-to = "EPUB Accessibility 1.1 - WCAG 2.2 Level A"\n')
    assert findings == [
        "book.toml:4:1: warning: The book says that it meets a standard, and not who found that. "
        'Write certified-by = "…", the publisher or the body that tested it.'
    ]


def test_prices_hold_for_the_editions_of_their_region():
    settings, findings = read(
        '[onix]\nsupplier = "某公司"\nprices = { epub = 18, print = "48.5" }\ncountries = ["cn", "CN"]\n'
        "[editions.zh-Hans]\n[editions.zh-Hant-TW.onix]\nprices = { epub = 150 }\n[editions.zh-Hant-HK]\n"
    )
    assert findings == []
    assert [edition.supply for edition in settings.editions] == [
        Supply("某公司", (("epub", "18.00"), ("print", "48.50")), countries=("CN",)),
        Supply("某公司", (("epub", "150.00"),)),
        Supply("某公司"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        'prices = { epub = -1 }', 'prices = { epub = "十八元" }', "prices = { epub = true }", "prices = { docx = 1 }",
        'currency = "元"', 'countries = ["中国"]', 'availability = "soon"', "prices = { epub = 1e300 }",
    ],
)  # fmt: skip
def test_what_is_no_price_is_told_with_its_place(line):
    _, findings = read(f"[onix]\n{line}\n")
    assert len(findings) == 1
    assert findings[0].startswith("book.toml:5:")
