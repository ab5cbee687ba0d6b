from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import sample_edition

from keben.core.composition import Document
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Decision, Editorial
from keben.core.errors import Place
from keben.core.markup import parse, serialize, text_of, walk
from keben.core.variants import enclose, read_variant
from keben.script.documents import convert_document
from keben.script.editions import EditionConverter
from keben.script.settled import Claim, anchored, settle

TAIWAN = sample_edition("zh-Hant-TW")
REGIONAL = sample_edition("zh-Hant-TW", vocabulary="regional")
HONGKONG = sample_edition("zh-Hant-HK")
MAINLAND = sample_edition("zh-Hans-CN")


def glossary(*rows, header="source\tzh-TW\tzh-HK\teditions\tchapters"):
    read = read_glossary("\n".join([header, *rows]), "book/glossary.tsv")
    assert read.findings == ()
    return Editorial(read.entries)


def decided(*rows):
    return Editorial(
        (),
        tuple(
            Decision(*row, *("",) * (6 - len(row)), Place("book/decisions.tsv", number))
            for number, row in enumerate(rows, 2)
        ),
    )


def variant(notation):
    return enclose(read_variant(notation, "zh-Hans-CN"))


def converted(body, edition=TAIWAN, editorial=Editorial(), path="book/a.md"):  # noqa: B008
    document = Document("a", "chapter", "题", parse(f"<section>{body}</section>"), path)
    return convert_document(document, EditionConverter.of(edition, editorial))


def text(body, edition=TAIWAN, editorial=Editorial(), path="book/a.md"):  # noqa: B008
    return serialize(converted(body, edition, editorial, path).document.root.children)


@pytest.mark.parametrize(
    ("rows", "body", "edition", "expected"),
    [
        (["信息\t資訊\t訊息"], "信息", TAIWAN, "資訊"),
        (["信息\t資訊\t訊息"], "信息", HONGKONG, "訊息"),
        (["信息\t資訊\t"], "信息", HONGKONG, "資訊"),
        (["信息\t資訊\t~"], "信息", HONGKONG, "信息"),
        (["信息\t資訊"], "信息", MAINLAND, "信息"),
        # A settled term is touched by no later stage, and by no phrase around it.
        (["软件\t軟件"], "软件", REGIONAL, "軟件"),
        (["头\t頭"], "头发", TAIWAN, "頭發"),
        # The longer term wins, and one without a form guards what is inside.
        (["制造\tX", "控制造成\t控制造成"], "控制造成，制造", TAIWAN, "控制造成，X"),
        (["制造\tX", "控制造成"], "控制造成，制造", TAIWAN, "控制造成，X"),
        (["子甲\tY", "甲乙丙\tZ"], "子甲乙丙", TAIWAN, "子Z"),
        # Scopes.
        (["信息\t資訊\t\tzh-Hant-HK"], "信息", TAIWAN, "信息"),
        (["信息\t資訊\t\t\tchapters/b.md"], "信息", TAIWAN, "信息"),
        (["信息\t資訊\t\t\ta*"], "信息", TAIWAN, "資訊"),
        (["信息\t甲", "信息\t乙\t\t\ta.md"], "信息", TAIWAN, "乙"),
        # The marks of a settled term are its own.
        (["对话\t“對話”"], "“对话”", TAIWAN, "「“對話”」"),
    ],
)  # fmt: skip
def test_a_glossary_s_terms_stand_as_it_says(rows, body, edition, expected):
    assert text(f"<p>{body}</p>", edition, glossary(*rows)) == f"<p>{expected}</p>"


def test_a_book_in_traditional_has_the_same_means():
    back = sample_edition("zh-Hans-CN", source_language="zh-Hant-TW", vocabulary="regional")
    terms = glossary("川普\t特朗普", "檔案\t档案", header="source\tzh-Hans")
    decision = Decision("zh-Hans", "執行", "执行", "法院", "", "", Place("book/decisions.tsv", 2))
    body = f"<p>川普翻閱檔案，法院執行判決，程式執行。{enclose(read_variant('zh-hant:計程車;zh-hans:出租车', 'zh-Hant-TW'))}</p>"
    editorial = replace(terms, decisions=(decision,))
    assert text(body, back, editorial) == "<p>特朗普翻阅档案，法院执行判决，程序运行。出租车</p>"


def test_a_term_goes_through_markup_and_into_titles_and_alternative_texts():
    editorial = glossary("余华\t余華", "内存\t記憶")
    body = '<p>余<em>华</em>和<em>内存</em><img alt="余华" src="余华.png"/></p>'
    assert text(body, TAIWAN, editorial) == (
        '<p>余<em>華</em>和<em>記憶</em><img alt="余華" src="余华.png"/></p>'
    )


def test_what_served_is_known_by_its_line():
    result = converted("<p>余华</p>", TAIWAN, glossary("余华\t余華", "华\t華", "余先生\t余先生"))
    assert result.used == {Place("book/glossary.tsv", 2)}


@pytest.mark.parametrize(
    ("rows", "body", "edition", "expected"),
    [
        # What holds everywhere leaves longer words alone: 松 in 放松, 里 in 公里, 后 in 皇后.
        ([("zh-Hant", "干", "乾")], "干、很干，若干、干部", TAIWAN, "乾、很乾，若干、幹部"),
        ([("zh-Hant", "里", "里")], "他里走三公里到里面", TAIWAN, "他里走三公里到裡面"),
        ([("zh-Hant", "后", "后")], "皇后以后后来", TAIWAN, "皇后以後後來"),
        ([("zh-Hant", "下面", "下面")], "下面的四下面对", TAIWAN, "下面的四下面對"),
        ([("zh-Hant-TW", "干", "乾")], "干", HONGKONG, "幹"),
        ([("zh-Hant", "干", "幹"), ("zh-Hant-TW", "干", "乾")], "干", TAIWAN, "乾"),
        ([("zh-Hant", "干", "乾", "水", "")], "水干，干", TAIWAN, "水乾，幹"),
        ([("zh-Hant", "干", "乾", "¶", "，")], "干，干，", TAIWAN, "乾，幹，"),
        ([("zh-Hant", "干", "乾"), ("zh-Hant", "干", "干", "很", "")], "很干，干", TAIWAN, "很干，乾"),
        ([("zh-Hant", "“", "『")], "“一", TAIWAN, "『一"),
    ],
)
def test_a_decision_holds_for_its_place_or_for_every_place(rows, body, edition, expected):
    assert text(f"<p>{body}</p>", edition, decided(*rows)) == f"<p>{expected}</p>"


def test_a_decision_that_is_withheld_comes_out_with_the_first_word_that_it_stands_in():
    editorial = decided(("zh-Hant", "后", "后"), ("zh-Hant", "里", "里"), ("zh-Hant", "干", "乾"))
    second, third = (Place("book/decisions.tsv", line) for line in (2, 3))
    result = converted('<p title="公里">皇后，干</p><p>太后，三里</p>', TAIWAN, editorial)
    assert result.withheld == {second: "皇后", third: "三里"}
    assert converted('<p title="公里">干</p>', TAIWAN, editorial).withheld == {third: "公里"}
    assert converted("<p>干</p>", TAIWAN, editorial).withheld == {}


def test_a_decision_is_stronger_than_the_glossary_and_a_variant_is_stronger_still():
    editorial = replace(decided(("zh-Hant", "信息", "乙")), glossary=glossary("信息\t甲").glossary)
    assert text("<p>信息</p>", TAIWAN, editorial) == "<p>乙</p>"
    assert text(f"<p>{variant('信息')}</p>", TAIWAN, editorial) == "<p>信息</p>"


def test_a_decision_survives_edits_elsewhere():
    source = "他把湿衣服晾在窗外，等面板干后再拆板子，然后回家。"
    at = source.index("干")
    row = ("zh-Hant-TW", "干", "乾", *anchored(source, at, at + 1, 8))
    for edited in (
        source,
        f"新的开头。{source}",
        source.replace("湿衣服", "衣服"),
        source.replace("回家", "走"),
    ):
        assert "面板乾後" in text(f"<p>{edited}</p>", TAIWAN, decided(row))
    assert "面板幹後" in text(f"<p>{source.replace('等面板', '等那面板')}</p>", TAIWAN, decided(row))


@pytest.mark.parametrize(
    ("notation", "edition", "expected"),
    [
        ("余华", TAIWAN, "余华"),
        ("zh-hans:软件;zh-tw:軟體;zh-hk:軟件", MAINLAND, "软件"),
        ("zh-hans:软件;zh-tw:軟體;zh-hk:軟件", TAIWAN, "軟體"),
        ("zh-hans:软件;zh-tw:軟體;zh-hk:軟件", HONGKONG, "軟件"),
        ("zh-hans:软件;zh-tw:軟體", HONGKONG, "軟體"),
        ("zh-hans:头发;zh-cn:头发", HONGKONG, "頭髮"),
        ("zh-hans:“好”;zh-tw:“好”", TAIWAN, "“好”"),
        ("zh-hans:甲;zh-tw:", TAIWAN, ""),
    ],
)
def test_a_variant_says_what_stands_in_each_edition(notation, edition, expected):
    assert text(f"<p>在{variant(notation)}后</p>", edition).replace("後", "后") == f"<p>在{expected}后</p>"


def test_variants_work_in_titles_attributes_and_code_is_left_alone():
    name = variant("zh-hans:特朗普;zh-tw:川普")
    result = converted(f'<p title="{name}"><em>{name}</em><code>{name}</code></p>')
    assert serialize(result.document.root.children) == '<p title="川普"><em>川普</em><code>川普</code></p>'
    converter = EditionConverter.of(TAIWAN, Editorial())
    assert converter.text(f"见{name}后") == ("見川普後", {})


def test_a_rule_holds_from_its_place_to_the_end_of_the_document():
    rule = variant("H|zh-hans:圆珠笔;zh-tw:原子筆")
    body = f'<p>圆珠笔{rule}圆珠<em>笔</em></p><p><img alt="圆珠笔"/>圆珠笔</p>'
    assert text(body) == '<p>圓珠筆原子<em>筆</em></p><p><img alt="原子筆"/>原子筆</p>'
    again = variant("H|圆珠笔=>zh-tw:鋼珠筆")
    assert text(f"<p>{rule}圆珠笔</p><p>圆珠笔{again}圆珠笔</p>") == "<p>原子筆</p><p>原子筆鋼珠筆</p>"


def test_a_paragraph_that_says_nothing_in_an_edition_is_not_there():
    body = f"<p>一</p><p>{variant('zh-hans:甲;zh-tw:')}</p><p>二</p>"
    assert text(body) == "<p>一</p><p>二</p>"
    assert text(body, MAINLAND) == "<p>一</p><p>甲</p><p>二</p>"


def test_claims_are_settled_by_their_kind_and_then_by_their_length():
    claims = [
        Claim(0, 5, "glossary", "glossary"),
        Claim(1, 3, "decision", "decision"),
        Claim(3, 5, "rule", "rule"),
        Claim(2, 3, "variant", "variant"),
    ]
    assert [claim.target for claim in settle(claims)] == ["variant", "rule"]


ALPHABET = "头发内存软件皇后里程干面，“”a "
TEXTS = st.text(ALPHABET, max_size=14)
TERMS = st.dictionaries(
    st.text("头发内存软件皇后里程干面", min_size=1, max_size=3),
    st.text("甲乙“”。x髮", max_size=4).map(lambda each: each.strip() or "~"),
    max_size=5,
)


@given(TEXTS, st.data(), TERMS, st.sampled_from([TAIWAN, REGIONAL, HONGKONG]))
def test_any_split_into_elements_with_any_glossary_gives_the_text_of_the_whole(source, data, terms, edition):
    editorial = glossary(*(f"{term}\t{target}" for term, target in terms.items()))
    borders = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=5)))
    pieces = [source[start:end] for start, end in pairwise([0, *borders, len(source)])]
    body = "".join(f"<em>{piece}</em>" if index % 2 else piece for index, piece in enumerate(pieces))
    whole = converted(f"<p>{source}</p>", edition, editorial).document.root
    split = converted(f"<p>{body}</p>", edition, editorial).document.root
    assert text_of(split) == text_of(whole)
    assert not any("\ue000" <= each <= "\uf8ff" or "\ufdd0" <= each <= "\ufdef" for each in text_of(split))
    assert sum(node.tag == "em" for node in walk(split)) == body.count("<em>")
