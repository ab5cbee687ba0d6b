import io

import pytest
from commands import run
from fontTools.ttLib import TTFont
from ownfonts import small_font
from projects import write_project

from keben.core.book import Asset
from keben.core.ownfonts import FontError, broken_fonts, problems_of, read_font


def changed(change, flavor=None):
    font = TTFont(io.BytesIO(small_font()), recalcTimestamp=False)
    change(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
def test_a_font_is_read_packed_or_not(flavor):
    font = read_font(changed(lambda _: None, flavor))
    assert (font.families, font.style, font.weight, font.upright) == (("Own Test",), "Regular", 400, True)
    assert font.codes == set(map(ord, "甲乙A "))
    assert font.data[:4] == b"\0\1\0\0"
    assert read_font(changed(lambda _: None, flavor)) == font


@pytest.mark.parametrize(
    ("bits", "codes"), [(0, []), (2, ["restricted-font"]), (4, []), (8, []), (2 | 8, []), (0x100, [])]
)
def test_a_font_that_may_not_be_embedded_is_reported(bits, codes):
    def restrict(font):
        font["OS/2"].fsType = bits

    assert [code for code, *_ in problems_of(changed(restrict))] == codes


def test_a_font_whose_inside_is_broken_is_told_by_its_file():
    whole = bytearray(small_font())
    place = TTFont(io.BytesIO(whole)).reader.tables["cmap"].offset
    whole[place : place + 40] = b"\xff" * 40
    assert list(problems_of(bytes(whole))) == []
    with pytest.raises(FontError):
        read_font(bytes(whole))
    (finding,) = broken_fonts({"fonts/a.ttf": Asset("fonts/a.ttf", "font/ttf", bytes(whole))})
    assert str(finding).startswith(
        "book/fonts/a.ttf: This font cannot be used: this is not a font that can be read ("
    )


def test_a_font_that_cannot_be_used_is_told_once_where_it_is_named(tmp_path):
    root = write_project(tmp_path)
    (root / "book" / "fonts").mkdir()
    (root / "book" / "fonts" / "a.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 60)
    (root / "styles").mkdir()
    face = '@import "default:epub.css";\n@font-face { font-family: A; src: url(fonts/a.ttf) }\n'
    (root / "styles" / "epub.css").write_text(face)
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    (said,) = (line for line in result.stderr.splitlines() if "a.ttf" in line)
    assert said.partition("styles/")[2].startswith(
        "epub.css:2:35: book/fonts/a.ttf: This font cannot be used: "
    )
