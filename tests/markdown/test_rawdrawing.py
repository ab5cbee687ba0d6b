"""SVG in a chapter, from its tags to a drawing of the book."""

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize
from keben.markdown.rawdrawing import drawing_end, raw_drawing

NAMES = 'xmlns="http://www.w3.org/2000/svg"'
RECT = '<rect width="9" height="9"/>'


def read(text):
    """A chapter's body, its drawings and what was found in it."""
    book, findings = generous(f"# 题\n\n{text}")
    chapter = book.chapters[0]
    return serialize(chapter.body), chapter.drawings, [each.removeprefix("a.md:") for each in findings]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("<svg></svg>b", 11),
        ("<SVG a='b'>c</SVG >", 19),
        ("<svg><svg></svg></svg>b", 22),
        ("<svg><svg/></svg>", 17),
        ("<svg/>", 0),
        ("<svg>", 0),
        ("a<svg></svg>", 0),
        ("<svgs></svgs>", 0),
    ],
)
def test_where_a_drawing_ends(text, end):
    assert drawing_end(text, 0) == end


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('viewBox="0 0 200 100"', "0 0 200 100|200|100"),
        ('viewBox="0 0 200 100" width="50"', "0 0 200 100|50|25"),
        ('viewBox="0 0 200 100" width="100%"', "0 0 200 100|200|100"),
        ('viewBox="0 0 200 100" height="1in"', "0 0 200 100|192|96"),
        ('width="300" height="60px"', "0 0 300 60|300|60"),
    ],
)
def test_a_drawing_has_a_size_of_its_own(tag, size):
    _, root, _ = raw_drawing(f"<svg {tag}>{RECT}</svg>")
    assert "|".join(root.get(name) for name in ("viewBox", "width", "height")) == size


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<svg viewBox='0 0 9 9'><title>图一</title>{RECT}<text>甲</text></svg>", "图一"),
        ("<svg viewBox='0 0 9 9'><text>甲</text><text>乙<tspan>丙</tspan></text><text>甲</text></svg>", "甲、乙丙"),
        (f"<svg viewBox='0 0 9 9' aria-label='图&amp;二'>{RECT}</svg>", "图&二"),
        (f"<svg viewBox='0 0 99 99'>{RECT}</svg>", ""),
    ],
)  # fmt: skip
def test_what_a_drawing_says(html, said):
    assert raw_drawing(html)[2] == said


@pytest.mark.parametrize(
    "html",
    [
        f"<svg viewBox='0 0 24 24'>{RECT}</svg>",
        "<svg viewBox='0 0 99 99'></svg>",
        f"<svg>{RECT}</svg>",
        "<svg viewBox='0 0 99 99'><rect width=9></svg>",
        "<svg viewBox='0 0 99 99' strokeWidth={2}><text>甲</text></svg>",
    ],
)
def test_icons_and_what_cannot_be_drawn_are_no_drawings(html):
    assert raw_drawing(html) is None


def test_a_drawing_may_have_empty_lines_and_stand_in_a_line():
    body, drawings, found = read(
        f"<svg {NAMES} viewBox='0 0 99 99'>\n\n<text>头发</text>\n\n    {RECT}\n\n</svg>\n\n"
        f"见<svg viewBox='0 0 99 9'><title>**标**</title>{RECT}</svg>后。"
    )
    paths = list(drawings)
    assert body == (
        f'<figure class="figure"><img src="{paths[0]}" alt="头发"/></figure>'
        f'<p>见<img src="{paths[1]}" alt="**标**"/>后。</p>'
    )
    assert found == []
    assert '<text>头发</text><rect width="9" height="9"/>' in serialize(drawings[paths[0]])


def test_a_drawing_without_words_is_drawn_and_reported():
    body, _, found = read(f"<svg viewBox='0 0 99 99'>{RECT}</svg>")
    assert 'alt=""' in body
    assert [each.partition(".")[0] for each in found] == [
        "3:1: warning: A drawing has no words for those who cannot see it"
    ]


def test_a_script_in_a_drawing_goes():
    _, drawings, _ = read(f"<svg viewBox='0 0 99 99'><script>x()</script><title>图</title>{RECT}</svg>")
    assert "script" not in serialize(*drawings.values())


def test_a_strict_reader_takes_no_drawing():
    _, found = parse_texts(f"# 题\n\n<svg viewBox='0 0 99 99'>{RECT}</svg>", reader="strict")
    assert "<svg> is not allowed in a book." in [each.message for each in found]
