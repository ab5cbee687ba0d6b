"""What the people of a press write into book.toml is right on every page and in every format."""

import io
import re
import zipfile

import pytest
from commands import run
from ordinary import BOTH, made
from PIL import Image

TEXT = "# 归来\n\n夜里下了一场雨。\n"
PEOPLE = (
    '["甲一", {name = "乙二", role = "trl"}, {name = "丙三", role = "edt"}, {name = "丁四", role = "ill"}, '
    '{name = "戊五", role = "pfr"}]'
)
ISBN = '"urn:isbn:978-7-5133-4821-8"'


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"2026年1月"', "2026-01"),
        ('"2026/3/4"', "2026-03-04"),
        ('"20260304"', "2026-03-04"),
        ("2026-03-04T10:00:00", "2026-03-04"),
        ("2026", "2026"),
        ('"March 4, 2026"', "2026-03-04"),
    ],
)
def test_a_date_is_read_as_people_write_it(tmp_path, written, read):
    built = made(tmp_path, TEXT, date=written)
    assert (built.code, built.said) == (0, ())
    assert f"<dc:date>{read}</dc:date>" in built.package()


@pytest.mark.parametrize(
    "written",
    [
        '"2026-01-01 初版"',
        '"2026-13-45"',
        '"2026-02-30"',
        '"2025年2月29日"',
        '"令和8年"',
        "true",
        "[2026]",
    ],
)
def test_what_is_no_date_is_refused_with_its_line(tmp_path, written):
    built = made(tmp_path, TEXT, date=written)
    assert built.code == 1
    assert built.said[0].startswith("book/book.toml:8:1: `book.date`")
    assert "fault of Keben" not in "".join(built.said)
    assert not (tmp_path / "build").exists()


def test_every_word_of_a_title_page_is_in_the_editions_script(tmp_path):
    editions = '[editions.zh-Hant-HK]\nformats = ["epub"]\n[editions.zh-Hans]\nformats = ["epub", "pdf"]\n'
    built = made(tmp_path, "# 歸來\n\n他望向窗外。\n", editions, language='"zh-Hant-HK"')
    assert (built.code, built.said) == (0, ())
    assert built.page("titlepage").endswith("林一 著")
    assert built.page("titlepage", "zh-Hant-HK").endswith("林一 著")
    for word in ("著者", "标识", "简体版"):
        assert word in built.page("colophon")
    for word in ("著者", "識別碼", "繁體版（香港）"):
        assert word in built.page("colophon", "zh-Hant-HK")
    assert "望向窗外" in built.printed()
    assert run("review", tmp_path).exit_code == 0


def test_the_same_from_simplified(tmp_path):
    editions = "".join(f'[editions.{name}]\nformats = ["epub"]\n' for name in ("zh-Hans", "zh-Hant-TW"))
    built = made(tmp_path, TEXT, editions, authors='["林一", {name = "乙二", role = "trl"}]')
    assert built.page("titlepage", "zh-Hant-TW").endswith("林一 著 乙二 譯")
    assert built.page("titlepage").endswith("林一 著 乙二 译")
    assert "識別碼" in built.page("colophon", "zh-Hant-TW")


def test_each_person_stands_with_what_he_or_she_did(tmp_path):
    built = made(tmp_path, TEXT, f"[editions.zh-Hans]\nformats = {BOTH}\n", authors=PEOPLE)
    assert (built.code, built.said) == (0, ())
    for text in (built.page("titlepage"), built.printed()):
        for said in ("甲一著", "乙二译", "丙三编", "丁四绘", "戊五校"):
            assert said in text.replace(" ", "")
    colophon = built.page("colophon")
    for said in ("著者 甲一", "译者 乙二", "编者 丙三", "绘者 丁四"):
        assert said in colophon
    package = built.package()
    assert re.findall(r"<dc:creator[^>]*>([^<]+)<", package) == ["甲一"]
    assert re.findall(r"<dc:contributor[^>]*>([^<]+)<", package) == ["乙二", "丙三", "丁四", "戊五"]
    assert re.findall(r'property="role"[^>]*>([^<]+)<', package) == ["aut", "trl", "edt", "ill", "pfr"]


def test_an_isbn_of_the_book_is_that_of_its_one_edition(tmp_path):
    built = made(tmp_path, TEXT, identifier=ISBN)
    assert (built.code, built.said) == (0, ())
    assert ">urn:isbn:9787513348218</dc:identifier>" in built.package()
    assert "ISBN 978-7-5133-4821-8" in built.page("colophon")


def test_each_format_has_an_isbn_of_its_own(tmp_path):
    isbn = '{ epub = "978-7-5133-4821-8", pdf = "978-7-302-51147-2" }'
    built = made(tmp_path, TEXT, f"[editions.zh-Hans]\nformats = {BOTH}\nisbn = {isbn}\n")
    assert built.code == 0
    assert "urn:isbn:9787513348218" in built.package()
    assert "ISBN 978-7-5133-4821-8" in built.page("colophon")
    assert "ISBN978-7-302-51147-2" in built.printed()
    assert "ISBN978-7-5133-4821-8" not in built.printed()


def test_an_isbn_that_cannot_serve_several_editions_is_not_lost_in_silence(tmp_path):
    editions = "".join(f'[editions.{name}]\nformats = ["epub"]\n' for name in ("zh-Hans", "zh-Hant-TW"))
    built = made(tmp_path, TEXT, editions, identifier=ISBN)
    assert [line.partition(": ")[0] for line in built.said] == ["book/book.toml:5:1"]
    assert "ISBN" in built.said[0]
    assert "isbn" in built.said[0]


def test_names_of_persons_and_publisher_stay_until_the_editor_decides(tmp_path):
    built = made(
        tmp_path,
        "# 归来\n\n余华来了。\n",
        '[editions.zh-Hant-TW]\nformats = ["epub"]\n',
        authors='["余华", {name = "钟冰", role = "trl"}]',
        publisher='"云上出版社"',
    )
    assert built.code == 0
    package = built.package("zh-Hant-TW")
    for name in ("余华", "钟冰", "云上出版社"):
        assert f">{name}<" in package
    review = run("review", tmp_path)
    assert review.exit_code == 1
    for name in ("余华", "钟冰", "云上出版社"):
        assert f"Name in book.toml: “{name}” is {name} or " in review.stderr
    (tmp_path / "book" / "decisions.tsv").write_text(
        "language\tphrase\ttarget\tbefore\tafter\tnote\n"
        "zh-Hant\t余华\t余華\t\t\t\nzh-Hant\t钟冰\t鍾冰\t\t\t\nzh-Hant\t云上出版社\t雲上出版社\t\t\t\n",
        encoding="utf-8",
    )
    review = run("review", tmp_path)
    assert "credit" not in review.stderr
    assert run("build", tmp_path, "-j", 1).exit_code == 0
    with zipfile.ZipFile(tmp_path / "build" / "trial-zh-Hant-TW.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
    for name in (">余華<", ">鍾冰<", ">雲上出版社<"):
        assert name in package


@pytest.mark.parametrize(
    "names",
    [
        ["亚历山大·谢尔盖耶维奇", "弗朗西斯·斯科特·基", "约翰·罗纳德·鲁埃尔"],
        ["Wolfeschlegelsteinhausenbergerdorff Hubert Blaine"],
        [f"作者{number}" for number in "一二三四五六七八九十"],
    ],
)
def test_the_authors_stay_on_the_drawn_cover(tmp_path, names):
    edges = []
    for folder, authors in (("one", ["林一"]), ("many", names)):
        built = made(tmp_path / folder, TEXT, authors=str(authors).replace("'", '"'))
        assert built.code == 0
        picture = Image.open(io.BytesIO(built.epub()["images/cover.jpg"]))
        assert picture.size == (1500, 2400)
        edges += [[picture.crop(box).convert("L") for box in ((0, 0, 90, 2400), (1410, 0, 1500, 2400))]]
    for short, long in zip(*edges, strict=True):
        different = sum(abs(a - b) > 40 for a, b in zip(short.tobytes(), long.tobytes(), strict=True))
        assert different == 0
