"""A plain cover is painted as the engine draws it."""

import io
from dataclasses import replace

import pytest
from covers import with_circle
from PIL import Image, ImageChops, ImageStat
from samples import sample_composition

from keben.core.composition import Composition
from keben.core.markup import parse
from keben.typeset import draw_cover
from keben.typeset.cover import painting
from keben.typeset.cover.plan import Rectangle, planned
from keben.typeset.fonts import choose
from keben.typeset.weasy import print_plain

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" class="prose" viewBox="0 0 1500 2400" width="1500" height="2400">
<title>封面</title><rect width="1500" height="2400" fill="#f4efe4"/>
<rect x="130" y="130" width="1240" height="900.5" fill="#7d2320" stroke="#e9d9b8" stroke-width="1.5"/>
<text font-size="150" font-weight="bold" fill="#f8f1df" text-anchor="middle"><tspan x="750" y="557.5">骨：</tspan>
<tspan x="750" y="782.5">“草与直”刃 2024 Éd</tspan></text>
<text x="110" y="1500" font-size="58" fill="#7d2320">（上），第1版——AB</text>
<text x="1400" y="1700" font-size="48" fill="#7d2320" text-anchor="end" font-family="sans-serif">无衬线 sans</text>
<text x="1400" y="1900" font-size="48" text-anchor="end" font-family="var(--mono)">等宽 mono</text></svg>"""
PLAIN = DRAWING.replace("É", "E")


def with_cover(drawing: str, language: str = "zh-Hans-CN") -> Composition:
    composition = sample_composition(language)
    documents = tuple(
        replace(document, root=parse(drawing)) if document.kind == "cover" else document
        for document in composition.documents
    )
    return replace(composition, documents=documents)


def cover_of(composition: Composition) -> Image.Image:
    cover, findings = draw_cover(composition)
    assert cover is not None
    assert findings == ()
    return Image.open(io.BytesIO(cover.data)).convert("RGB")


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-HK"])
def test_it_looks_as_the_engine_draws_it(language: str) -> None:
    composition = with_cover(PLAIN, language)
    painted, printed = cover_of(composition), cover_of(with_circle(composition))
    difference = ImageChops.difference(painted, printed)
    # The edges of strokes differ by a part of a pixel; in pixels ten times as large nothing does.
    small = ImageChops.difference(painted.resize((150, 240)), printed.resize((150, 240)))
    assert max(high for _, high in small.getextrema()) < 32
    assert max(ImageStat.Stat(difference).mean) < 1


def test_the_engine_is_not_loaded_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keben.typeset.weasy.print_plain", lambda *_: 1 / 0)
    assert print_plain is not None
    cover_of(with_cover(PLAIN))
    with pytest.raises(ZeroDivisionError):
        draw_cover(with_circle(with_cover(PLAIN)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("E", "É"),
        ("草", "草\u0301"),
        ("草", "草\ufe00"),
        ("草", "א"),
        ("草", "😀"),
        ("草", "<a>草</a>"),
        ("刃 2", "刃  2"),
        ("<title>", "<style>text { fill: red }</style><title>"),
        ("<title>", "<g/><title>"),
        ("<svg", '<svg style="fill: red"'),
        ('class="prose"', 'class="other"'),
        ('viewBox="0 0 1500 2400"', 'viewBox="0 0 750 1200"'),
        ('stroke-width="1.5"', 'stroke-width="1.5" rx="3"'),
        ('stroke-width="1.5"', 'stroke-width="2000"'),
        ('fill="#f4efe4"', 'fill="red"'),
        ('fill="#f4efe4"', 'fill="url(#a)"'),
        ('width="1240"', 'width="80%"'),
        ('font-weight="bold"', 'font-weight="900"'),
        ('font-family="sans-serif"', 'font-family="Noto Sans"'),
        ('x="110"', 'x="110" rotate="9"'),
        ('x="110"', 'x="110 120"'),
        ('x="110"', 'x="110" letter-spacing="2"'),
        ('<tspan x="750" y="782.5">', '<tspan dy="80">'),
    ],
)
def test_what_is_not_plain_is_for_the_engine(before: str, after: str) -> None:
    assert PLAIN.count(before)
    assert planned(parse(PLAIN), 1500, 2400) is not None
    assert planned(parse(PLAIN.replace(before, after)), 1500, 2400) is None


def test_a_character_that_the_family_lacks_is_for_the_engine() -> None:
    profile = choose("zh-Hans-CN")
    assert painting.paint(parts("甲"), profile, "zh-Hans-CN", 1500, 2400) is not None
    assert painting.paint(parts("\U0002fa1e"), profile, "zh-Hans-CN", 1500, 2400) is None
    other = replace(profile, latin="DejaVu Serif")
    assert painting.paint(parts("甲1"), other, "zh-Hans-CN", 1500, 2400) is None


def parts(text: str):  # type: ignore[no-untyped-def]
    found = planned(parse(PLAIN.replace("草与直", text)), 1500, 2400)
    assert found is not None
    return found


def test_a_pixel_that_a_rectangle_covers_in_part_takes_a_part_of_its_colour() -> None:
    shapes = [Rectangle(0.5, 1, 3, 2.25, (0, 0, 0)), Rectangle(-5, 3, 99, 99, (255, 0, 0))]
    picture = painting.paint(shapes, choose("zh-Hans-CN"), "zh-Hans-CN", 4, 4)
    assert picture is not None
    rows = [[picture.getpixel((x, y)) for x in range(4)] for y in range(4)]
    white, red = (255, 255, 255), (255, 0, 0)
    assert rows[0] == [white] * 4
    assert rows[1] == [(127,) * 3, (0, 0, 0), (0, 0, 0), white]
    assert rows[2] == [(223,) * 3, (191,) * 3, (191,) * 3, white]
    assert rows[3] == [red] * 4
