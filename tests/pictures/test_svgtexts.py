"""The words of an author's drawings, from the drawing to a document, through the conversion and back."""

from dataclasses import replace

import pytest
from samples import PNG, sample_composition, sample_edition

from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.editorial.values import Editorial
from keben.core.markup import parse
from keben.pictures import Studio
from keben.pictures.svgtexts import with_words
from keben.script import convert

NAMES = 'xmlns="http://www.w3.org/2000/svg"'
TAIWAN = sample_edition("zh-Hant-TW")
EVERYDAY = sample_edition("zh-Hant-TW", vocabulary="regional")


def shown(
    inside, edition=TAIWAN, figure='<img src="images/a.svg" alt="图"/>', path="images/a.svg", review=False
):
    """A composition with one drawing before its conversion, what the conversion gave, and the drawing after it."""
    drawing = Asset(path, "image/svg+xml", f"<svg {NAMES}>{inside}</svg>".encode())
    root = parse(f"<section>{figure}</section>")
    composition = replace(
        sample_composition(edition.name),
        edition=edition,
        assets={path: drawing, "images/dot.png": Asset("images/dot.png", "image/png", PNG)},
        documents=(Document("one", "chapter", "题", root, "book/one.md"),),
    )
    conversion = convert(with_words(composition), Editorial(), review=review)
    ready, findings = Studio().ready(conversion.composition)
    text = ready.assets[path].data.decode().partition(">\n")[2].strip()
    return conversion, text.partition(">")[2].removesuffix("</svg>"), ready, [str(each) for each in findings]


@pytest.mark.parametrize(
    ("inside", "converted"),
    [
        ("<title>软件</title><desc>“发布”</desc>", "<title>軟件</title><desc>「發佈」</desc>"),
        # A phrase goes through the pieces of a text, and these stay where they are.
        (
            '<text x="1">理<tspan fill="red">发</tspan>店</text>',
            '<text x="1">理<tspan fill="red">髮</tspan>店</text>',
        ),
        (
            '<text><tspan x="1" y="2">他的头</tspan><tspan x="1" dy="9">发</tspan></text>',
            '<text><tspan x="1" y="2">他的頭</tspan><tspan x="1" dy="9">髮</tspan></text>',
        ),
        ("<text>头</text><text>发</text>", "<text>頭</text><text>發</text>"),
        # What a drawing says to be in another language, or that is not to be translated, stays.
        ('<text translate="no">软件</text><text>软</text>', "<text>软件</text><text>軟</text>"),
        ('<text lang="zh-Hant">头发</text><text>软</text>', '<text lang="zh-Hant">头发</text><text>軟</text>'),
        ("<style>.头 { fill: red }</style><text>头</text>", '<style type="text/css">.头 { fill: red }</style><text>頭</text>'),
        ('<text textLength="48">头发</text>', '<text textLength="48">頭髮</text>'),
    ],
)  # fmt: skip
def test_words_of_a_drawing_are_converted_as_the_book_is(inside, converted):
    assert shown(inside)[1] == converted


def test_a_drawing_says_its_new_language_and_goes_out_of_the_documents():
    conversion, _, ready, findings = shown("<text>头发</text>")
    assert [each.kind for each in conversion.composition.documents] == ["chapter", "picture"]
    assert [each.kind for each in ready.documents] == ["chapter"]
    assert b'lang="zh-Hant-TW" xml:lang="zh-Hant-TW"' in ready.assets["images/a.svg"].data
    assert "頭髮".encode() in ready.assets["images/a.svg"].electronic.data
    assert findings == []


def test_what_is_doubtful_in_a_drawing_comes_to_the_review_with_its_line():
    conversion, *_ = shown("\n<text>他里程碑上的历</text>\n<text>一只表面</text>", review=True)
    assert "book/images/a.svg:3" in {str(doubt.place) for doubt in conversion.doubts}
    assert [(str(each.place), each.output) for each in conversion.record if "svg" in str(each.place)] == [
        ("book/images/a.svg:2", "他里程碑上的歷"),
        ("book/images/a.svg:3", "一隻表面"),
    ]


def test_a_longer_word_is_drawn_in_the_room_it_had_and_reported():
    _, text, _, findings = shown(
        '<text textLength="48">控件</text><text>控件</text><text>头</text>', EVERYDAY
    )
    assert text == (
        '<text textLength="48" lengthAdjust="spacingAndGlyphs">控制元件</text><text>控制元件</text><text>頭</text>'
    )
    assert findings == [
        "book/images/a.svg: notice: The conversion made 2 texts of this drawing longer: “控件” is “控制元件” now. "
        "See whether it still fits."
    ]


@pytest.mark.parametrize(
    ("figure", "path"),
    [
        ('<img class="as-is" src="images/a.svg" alt="图"/>', "images/a.svg"),
        ('<figure class="figure as-is"><img src="images/a.svg" alt="图"/></figure>', "images/a.svg"),
        ('<img src="images/a.zh-tw.svg" alt="图"/>', "images/a.zh-tw.svg"),
    ],
)
def test_a_drawing_stays_as_it_is_where_the_book_says_so(figure, path):
    assert shown("<text>头发</text>", figure=figure, path=path)[1] == "<text>头发</text>"


def test_editions_of_the_source_language_and_drawings_without_words_cost_nothing():
    assert [
        each.kind
        for each in shown("<text>头发</text>", sample_edition("zh-Hans-CN"))[0].composition.documents
    ] == ["chapter"]
    assert len(shown('<rect id="头"/><text>A</text>')[0].composition.documents) == 1


def test_what_is_left_out_of_a_converted_drawing_is_still_reported():
    findings = shown("<text>头</text><script>1</script>")[3]
    assert [each.partition(": A book")[0] for each in findings] == [
        "book/images/a.svg: warning: Left out of this SVG: <script>. A book shows plain drawings: look whether this "
        "one is whole without it."
    ]


def test_a_broken_drawing_is_left_to_its_message():
    drawing = Asset("images/a.svg", "image/svg+xml", b"<svg><text>")
    composition = replace(sample_composition("zh-Hant-TW"), edition=TAIWAN, assets={"images/a.svg": drawing})
    assert with_words(composition) == composition
