import pytest
from samples import sample_composition, sample_edition

from keben.core.composition import Document
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Decision, Editorial
from keben.core.errors import Place
from keben.core.markup import parse
from keben.script import convert
from keben.script.documents import convert_document
from keben.script.doubts import find_doubts
from keben.script.editions import EditionConverter

TAIWAN = sample_edition("zh-Hant-TW")
REGIONAL = sample_edition("zh-Hant-TW", vocabulary="regional")
MAINLAND = sample_edition("zh-Hans-CN")
BACK = sample_edition("zh-Hans-CN", source_language="zh-Hant-TW", vocabulary="regional")


def doubts(body, edition=TAIWAN, editorial=Editorial()):  # noqa: B008
    converter = EditionConverter.of(edition, editorial, review=True)
    document = Document("a", "chapter", "题", parse(f"<section>{body}</section>"), "book/a.md")
    return find_doubts(convert_document(document, converter).paragraphs, converter)


def reported(body, edition=TAIWAN, editorial=Editorial()):  # noqa: B008
    return [(doubt.kind, doubt.phrase, doubt.candidates) for doubt in doubts(body, edition, editorial)]


def glossary(*rows):
    return Editorial(read_glossary("\n".join(["source\tzh-TW", *rows]), "book/glossary.tsv").entries)


def test_a_doubt_says_where_it_is_in_both_scripts():
    body = '<p data-line="7">工地上的<em>里</em>程碑是要<strong>显明了</strong>给路人看。</p>'
    (doubt,) = [each for each in doubts(body, REGIONAL) if each.kind in ("overlap", "likely")]
    assert doubt.place == Place("book/a.md", 7)
    assert doubt.phrase == "显明了"
    assert (doubt.before, doubt.output_before) == ("工地上的里程碑是要", "工地上的里程碑是要")
    assert doubt.output == doubt.candidates[0]
    assert doubt.anchor == ("地上的里程碑是要", f"{doubt.after}¶"[:8])
    assert doubt.is_new


def test_a_decision_takes_its_place_off_the_list():
    body = "<p>他在一旁干看着，她在一边干看着</p>"
    first, second = (each for each in doubts(body) if each.phrase == "干")
    decision = Decision("zh-Hant", "干", "乾", *first.anchor, "", Place("book/decisions.tsv", 2))
    left = [each for each in doubts(body, TAIWAN, Editorial((), (decision,))) if each.phrase == "干"]
    assert [each.anchor for each in left] == [second.anchor]
    everywhere = Decision("zh-Hant", "干", "乾", "", "", "", Place("book/decisions.tsv", 2))
    assert [each for each in doubts(body, TAIWAN, Editorial((), (everywhere,))) if each.phrase == "干"] == []


def test_a_term_that_takes_a_part_of_a_word_is_reported():
    assert reported("<p>控制造成浪费</p>", TAIWAN, glossary("制造\t製造")) == [
        ("glossary", "控制造成", ("控製造成", "控制造成"))
    ]
    (doubt,) = doubts("<p>控制造成浪费</p>", TAIWAN, glossary("制造\t製造"))
    assert doubt.reason == "The term 制造 (book/glossary.tsv:2) takes a part of another word here."
    assert reported("<p>参与制造飞机</p>", TAIWAN, glossary("制造\t製造")) == []
    guarded = glossary("制造\t製造", "控制造成")
    assert reported("<p>控制造成浪费</p>", TAIWAN, guarded) == []


def test_markup_inside_a_word_that_changes_its_length_is_reported():
    assert ("markup", "内存", ("記憶體",)) in reported("<p>用内<em>存</em>吧</p>", REGIONAL)
    assert not any(kind == "markup" for kind, *_ in reported("<p>用<em>内存</em>吧</p>", REGIONAL))


@pytest.mark.parametrize("edition", [TAIWAN, MAINLAND])
def test_a_quotation_mark_without_a_partner_is_reported(edition):
    outer, inner = ("「", "『") if edition is TAIWAN else ("“", "‘")
    assert reported("<p>他说：“好</p>", edition) == [("quotes", "“", (outer, inner))]
    assert reported("<p>他说：“好”</p>", edition) == []


def test_a_word_that_comes_out_in_several_ways_is_told_where_it_is_rare():
    body = "<p>自制的酱油</p><p>自制的酱油</p><p>自制的酱油</p>"
    decision = Decision("zh-Hant", "自制", "自製", "¶", "", "", Place("book/decisions.tsv", 2))
    assert not any(kind == "inconsistent" for kind, *_ in reported(body, TAIWAN, Editorial((), (decision,))))
    body = "<p>发卡</p><p>发卡</p><p>头发卡住</p>"
    assert all(kind != "inconsistent" or phrase == "发卡" for kind, phrase, _ in reported(body))


def test_the_way_back_has_doubts_too():
    assert reported("<p>法院執行判決</p>", BACK) == [("regional", "執行", ("运行", "执行"))]


def test_a_composition_is_reviewed_whole_and_each_place_once():
    conversion = convert(sample_composition("zh-Hant-TW", vocabulary="regional"), review=True)
    assert conversion.record
    assert {doubt.place.path for doubt in conversion.doubts} <= {
        "book/chapters/one.md",
        "book/chapters/two.md",
        "book/book.toml",
        "book/data/bars.toml",
        "templates/colophon.html",
    }
    keys = [(doubt.kind, doubt.place, doubt.phrase, doubt.anchor) for doubt in conversion.doubts]
    assert len(keys) == len(set(keys))
    assert convert(sample_composition("zh-Hant-TW")).doubts == ()


def test_a_name_of_the_book_is_asked_first_in_all_its_places():
    body = "".join(f"<p>{text}</p>" for text in ("见云岫走来", "对云岫笑", "同云岫说", "寻云岫去", "云岫道"))
    found = [each for each in doubts(body) if each.kind == "own"]
    assert [(each.phrase, each.rank, each.candidates) for each in found] == [
        ("云岫", 1, ("雲岫", "云岫"))
    ] * 5
    settled = Decision("zh-Hant", "云岫", "云岫", "", "", "", Place("book/decisions.tsv", 2))
    assert doubts(body, TAIWAN, Editorial((), (settled,))) == ()


def test_a_mark_without_a_partner_is_asked_once_for_a_file():
    found = [each for each in doubts("<p>他说“好</p><h2>又“好</h2><p>再”说</p>") if each.kind == "quotes"]
    assert [(each.phrase, each.place.path) for each in found] == [("“", "book/a.md"), ("”", "book/a.md")]
    assert found[0].reason == (
        "This quotation mark is not paired. This file has 2 such marks; this is the first."
    )
