"""A manuscript with all that used to cost a PDF: one book, set once, whole on its pages and in `keben check`."""

import pytest
from ordinary import Built, made

HAN = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xC4) for low in range(0xA1, 0xFF)]
"""1,880 of the commonest characters."""

PAIRS = ["…⋯", "～〜", "-‑", "／∕", "—―", "•‧"]
LONG_CODE = "https://example.org/" + "".join(f"{number:x}" for number in range(200, 400))
LONG_NOTE = "".join(f"这是注文的第{number}句，照抄一段史料，一页放不下。" for number in range(1, 140))
MATHS = ["$E = mc^2$", "$$x = \\frac{-b}{2a}$$", "$\\sum_{i=1}^{n} i$"]

TEXT = f"""# 3　某

> {"，".join("".join(HAN[at : at + 20]) for at in range(0, len(HAN), 20))}。

{"。".join(f"甲{one}乙{other}丙" for one, other in PAIRS)}。

晴☀️天，点▶️播放，©️版权，葛\U000e0100城，文字\u200d在此，句\ufe0e末。

俄文Привет，希腊文Ελλάδα，阿拉伯文 مرحبا 在行内，越南文Việt，箭头→，勾✔，框☐，笑😀，谚文한국，假名ひらがな。

质能方程 {MATHS[0]} 人人知道，和为 {MATHS[2]}。

{MATHS[1]}

上标m^2^与H~2~O，==标出==，见[@key]。

```
{LONG_CODE}
```

行内`{LONG_CODE[:120]}`完。

正文[^L]。

[^L]: {LONG_NOTE}

圆周率是3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679。
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Built:
    return made(tmp_path_factory.mktemp("pages"), TEXT, '[editions.zh-Hans]\nformats = ["pdf"]\n')


def test_it_comes_out_and_nothing_is_a_fault_of_kebens(book):
    assert book.code == 0, book.said
    assert not book.about("fault of Keben")
    assert not book.about("no style sheet names")
    code, said = book.check()
    assert code == 0
    assert "not whole" not in said


def test_a_quotation_may_have_two_thousand_characters(book):
    assert set(HAN) <= set(book.printed())


def test_signs_that_share_a_glyph_are_copied_each_as_itself(book):
    text = book.printed()
    for one, other in PAIRS:
        assert f"甲{one}乙{other}丙" in text


def test_selectors_cost_nothing_and_are_named(book):
    text = book.printed()
    for shown in ("晴☀天", "点▶播放", "©版权", "葛城", "文字在此", "句末"):
        assert shown in text
    assert book.about("U+845B U+E0100")[0].startswith("book/chapters/one.md:7: warning: ")
    assert book.about("U+200D ZERO WIDTH JOINER")[0].startswith("book/chapters/one.md:7: notice: ")
    assert book.about("U+2600 U+FE0F")[0].startswith("book/chapters/one.md:7: notice: ")


@pytest.mark.parametrize("word", ["Привет", "Ελλάδα", "Việt", "→", "✔", "☐", "😀", "한국", "ひらがな"])
def test_a_word_of_another_script_is_printed_or_named_by_its_place(book, word):
    named = [sign for sign in word if book.about(f"No font here has “{sign}”")]
    assert word in book.printed() or named
    for sign in named:
        assert book.about(f"“{sign}”")[0].startswith("book/chapters/one.md:9: warning: ")
        assert "in Debian: fonts-" in book.about(f"“{sign}”")[0]


def test_a_word_from_right_to_left_stands_within_its_line(book):
    (row,) = (row for row in book.rows() if "阿拉伯文" in row)
    between = row.partition("阿拉伯文")[2].partition("在行内")[0]
    assert between, row
    if not book.about("ARABIC LETTER"):
        # Drawn from right to left: the word's first letter is the last from the left.
        assert between[-1] in "مﻣ"


def test_a_number_that_is_written_is_the_label(book):
    assert book.pdf().outline()[-1][1] == "3\u3000某"
    assert not [row for row in book.rows() if "第一章" in row]


def test_maths_is_drawn_and_other_dialects_are_named_once_a_kind(book):
    text = book.printed()
    for formula in MATHS:
        assert formula.replace(" ", "") not in text
    assert not book.about("LaTeX")
    assert book.about("[@key]") or book.about("@key")
    # These are taken: what stands above, below and marked.
    assert "上标m2与H2O，标出，" in text
    assert not book.about("sets nothing here")


def test_a_long_run_of_code_stays_inside_the_type_area(book):
    pdf = book.pdf()
    width = pdf.size(pdf.pages)[0]
    assert LONG_CODE in book.body()
    assert [glyph for page in book.glyphs() for glyph in page if not 40 < glyph.x < width - 40] == []


def test_a_note_of_several_pages_goes_on_overleaf(book):
    text = book.body()
    places = [text.find(f"这是注文的第{number}句") for number in range(1, 140)]
    assert -1 not in places
    assert places == sorted(places)
    pages = ["".join(glyph.text for glyph in page) for page in book.glyphs()]
    assert sum("这是注文的第" in page for page in pages) >= 3


def test_a_long_number_is_whole(book):
    assert (
        "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679"
        in (book.printed())
    )
