import tomllib

import pytest
from folders import write
from manuscripts import generous

from keben.core.markup import serialize
from keben.project import load
from keben.project.importers import import_book

HEAD = "# -*- mode: mandoku-view; -*-\n#+TITLE: 論語\n#+PROPERTY: ID KR1h0005\n#+PROPERTY: JUAN {}\n"
PRINT = HEAD.format(1) + (
    "<pb:KR1h0005_SBCK_001-1a>¶\n"
    "論語學而第一　何晏集解(凢十六)¶\n"
    "子曰學而時習之不亦悦乎(馬融/曰子)¶\n"
    "(者男子之通稱謂孔子也王肅曰/時者學者以時誦習之誦習以時)¶\n"
    "<pb:KR1h0005_SBCK_001-1b>¶\n"
    "(學無廢業所/以爲悦懌也)有朋自逺方来&KR0001;亦¶\n"
    "樂乎¶\n"
    "　有子曰其爲人也孝悌*¶\n"
    "而好犯上者鮮矣不好犯上而好作乱¶\n"
)
PHRASES = HEAD.format(20) + (
    "<pb:KR1h0004_CHANT_001-1a>¶\n** 1 《學而篇第一》\n\n# src: LY 01.01\n1.1子曰：¶\n「學而時習之，¶\n"
    "不亦說乎？」<pb:KR1h0004_CHANT_001-2a>¶\n\n1.2有子曰：¶\n「孝弟也者，其為人之本與！」\n"
    "** 2 表\n*** 2.1　《三代世表》\n文。\n*** 2.2 《十二諸侯年表》\n又。\n"
)


def files(draft):
    return [draft.files[path].decode() for path in sorted(draft.files) if path.endswith(".md")]


def settings(draft):
    return tomllib.loads(draft.files["book/book.toml"].decode())["book"]


@pytest.mark.parametrize("as_folder", [False, True])
def test_lines_of_a_print_are_joined_and_notes_in_two_rows_are_glosses(tmp_path, as_folder):
    root = write(tmp_path / "KR1h0005", {"KR1h0005_001.txt": PRINT, "Readme.org": "#+TITLE: 論語\n"})
    draft = import_book(root if as_folder else root / "KR1h0005_001.txt")
    assert files(draft) == [
        "# 卷一\n\n論語學而第一　何晏集解[凢十六]{.gloss}子曰學而時習之不亦悦乎"
        "[馬融曰子者男子之通稱謂孔子也王肅曰時者學者以時誦習之誦習以時學無廢業所以爲悦懌也]{.gloss}"
        "有朋自逺方来〓亦樂乎\n\n有子曰其爲人也孝悌\\*\n\n而好犯上者鮮矣不好犯上而好作乱\n"
    ]
    assert settings(draft)["title"] == "論語"
    assert "Characters that have no code, now 〓: 1." in draft.remarks
    book, findings = generous(files(draft)[0])
    assert findings == []
    assert serialize(book.chapters[0].body).count('class="gloss"') == 2


def test_phrases_make_paragraphs_and_headings_chapters(tmp_path):
    path = tmp_path / "KR1h0004_001.txt"
    path.write_text(PHRASES)
    draft = import_book(path)
    assert files(draft) == [
        "# 學而篇第一\n\n1.1子曰：「學而時習之，不亦說乎？」\n\n1.2有子曰：「孝弟也者，其為人之本與！」\n",
        "# 表　三代世表\n\n文。\n\n## 十二諸侯年表\n\n又。\n",
    ]


@pytest.mark.parametrize(
    ("roll", "title"),
    [
        ("0", "卷首"),
        ("2", "卷二"),
        ("10", "卷十"),
        ("21", "卷二十一"),
        ("105", "卷一百〇五"),
        ("卷上", "卷上"),
    ],
)
def test_a_roll_is_called_as_it_is_counted(tmp_path, roll, title):
    path = tmp_path / "a.txt"
    path.write_text(HEAD.format(roll) + "文¶\n")
    assert import_book(path).chapters == (title,)


def test_it_is_built_as_it_stands(tmp_path):
    path = tmp_path / "KR1h0005_001.txt"
    path.write_text(PRINT)
    manuscript = load(path, {})[0]
    assert [source.text.split("\n")[0] for source in manuscript.sources] == ["# 卷一"]
    assert "{.gloss}" in manuscript.sources[0].text
