"""What manuscripts hold (slips, labels, classes, fences) is printed or named, in every format."""

import re

import pytest
from ordinary import BOTH, Built, made
from ownfonts import small_font

FORMATS = f"[editions.zh-Hans]\nformats = {BOTH}\n"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory) -> Built:
    chapters = {
        "a": "# 楔子\n\n雨。\n",
        "b": "# 第一章　安装\n\n见[](#c)。\n",
        "c": "# 第二回：出发\n\n## 路上 {#road}\n\n行。\n",
        "d": "# 第3-4章 远方\n\n到。\n",
        "e": "# 归来\n\n回。\n",
        "f": "# 番外一 旧事\n\n忆。\n",
    }
    return made(tmp_path_factory.mktemp("labels"), chapters, FORMATS)


def test_a_label_that_is_written_stands_once_in_every_list(labelled):
    assert (labelled.code, labelled.said) == (0, ())
    wanted = [
        "楔子",
        "第一章\u3000安装",
        "第二回\u3000出发",
        "第3-4章\u3000远方",
        "第五章\u3000归来",
        "番外一\u3000旧事",
    ]
    assert [title for level, title, _ in labelled.pdf().outline() if level == 1][-6:] == wanted
    text = labelled.printed()
    for once in ("第一章安装", "第二回出发", "第3-4章远方"):
        assert once in text
    for twice in ("第一章第一章", "第二章第二回", "第三章第3-4章", "第六章番外", "第二回：", "第一章楔子"):
        assert twice not in text
    contents = " ".join(title.replace("\u3000", " ") for title in wanted)
    nav = labelled.epub()["nav.xhtml"].decode().partition("<nav")[2]
    assert contents in " ".join(re.sub("<[^>]+>", " ", nav).split()).replace(" 路上", "")
    assert "第二回“出发”" in text


def test_a_style_may_hide_what_it_likes_and_that_is_a_notice(tmp_path):
    css = '@import "default:print.css";\nh1 .label { display: none }\nfigcaption { visibility: hidden }\n'
    files = {"styles/print.css": css}
    built = made(tmp_path, "# 归来\n\n雨。\n", '[editions.zh-Hans]\nformats = ["pdf"]\n', files=files)
    assert built.code == 0
    assert built.said == (
        "styles/print.css:2: notice: A style hides text of `span.label` in trial-zh-Hans.pdf, once (`display: none`).",
    )
    assert "第一章归来雨" not in built.printed()
    code, said = built.check()
    assert code == 0
    assert "fault of Keben" not in said


@pytest.fixture(scope="module")
def slips(tmp_path_factory) -> Built:
    text = (
        "# 归来\n\n＃＃ 小节\n\n正文［^1］，＊＊粗＊＊，｛霾｜mái｝。\n\n“你好,”她说.“走吧...”\n\n他想--算了。。。\n\n"
        '    四个空格缩进。\n\n他问：“去哪里？"她说：“回家。”他说：“好。”\n\n［链接］（a.html）\n'
    )
    editions = '[editions.zh-Hans]\nformats = ["epub"]\n[editions.zh-Hant-TW]\nformats = ["epub"]\n'
    return made(tmp_path_factory.mktemp("slips"), text, editions)


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("3:1", "＃＃"),
        ("5:3", "［^1］"),
        ("5:8", "＊＊粗＊＊"),
        ("5:14", "｛霾｜mái｝"),
        ("7:3", ","),
        ("7:12", "..."),
        ("9:3", "--"),
        ("11:5", "四个空格"),
        ("13:9", "straight"),
    ],
)
def test_each_slip_of_an_input_method_is_named_with_its_column(slips, place, part):
    assert slips.code == 0
    kind = [line for line in slips.said if f"one.md:{place}: warning" in line and part in line]
    assert kind, slips.said
    assert slips.about("7:3: ")[0].count("at 7:7.") == 1
    assert slips.about("7:12: ")[0].count("at 9:7.") == 1


def test_a_straight_mark_closes_its_curly_one_and_the_rest_is_as_it_was(slips):
    assert "他問：「去哪裡？」她說：「回家。」他說：「好。」" in slips.page("one", "zh-Hant-TW")
    assert len(slips.about("13:9")) == 1


@pytest.fixture(scope="module")
def swallowed(tmp_path_factory) -> Built:
    text = (
        "# 归来\n\n{.这里一句}\n文。\n\n[屈原]{.name打鱼为生，本身姓阮}作诗。\n\n```围栏后的一句话\n码\n```\n\n"
        "注[^a]。\n\n[^a]: 注文一[丑寅]{.backlink}[卯辰]{.footnote}尾。\n\n{.epigraph，又一句}\n> 引文\n\n"
        '[巳午]{.nmae}来。\n\n7. 甲子\n8. 乙丑\n\n间。\n\n1949. 开国。\n\n<ol start="9"><li>戊</li><li value="20">己</li></ol>\n\n'
        "````\n码\n```\n\n后文都成了码。\n````\n"
    )
    return made(tmp_path_factory.mktemp("swallowed"), text, FORMATS)


@pytest.mark.parametrize(
    "part",
    [
        "这里一句",
        "打鱼为生，本身姓阮",
        "丑寅",
        "卯辰",
        "，又一句",
        "巳午",
        "后文都成了码",
    ],
)
def test_no_word_vanishes_behind_a_sign(swallowed, part):
    assert part in swallowed.printed()
    assert part in swallowed.page("one").replace(" ", "")


@pytest.mark.parametrize(
    "said",
    [
        "one.md:3:1: warning: “{.这里一句}” is not a class, and is printed; 2 more",
        "2 more of this kind in this chapter, at 6:5, 16:1.",
        "The class “backlink” is one that Keben uses itself",
        "1 more of this kind in this chapter, at 14:31.",
        "Did you mean .name?",
        "8:4: warning: “围栏后的一句话” stands behind the marks of a code block, and is not printed.",
    ],
)
def test_each_is_named(swallowed, said):
    assert swallowed.code == 0
    assert swallowed.about(said), swallowed.said


@pytest.mark.parametrize("end", ["尾行 ``` 完", "尾行", "~~~", "``"])
def test_code_that_is_never_closed_is_named(tmp_path, end):
    built = made(tmp_path, f"# 归来\n\n雨。\n\n```\n码\n\n后文都成了码。\n\n{end}\n")
    (said,) = (line for line in built.said if "one.md:5:1: " in line)
    assert "warning: This code block is never closed, and takes all that follows" in said
    assert built.code == 0


def test_lists_have_the_same_numbers_in_every_format(swallowed):
    rows = swallowed.rows()
    for item in ("7.甲子", "8.乙丑", "1949.开国。", "9.戊", "20.己"):
        assert item in rows
    markup = swallowed.epub()["text/one.xhtml"].decode()
    for item in ('<ol start="7"', '<ol start="1949"', '<ol start="9"', '<li value="20"'):
        assert item in markup
    assert swallowed.check()[0] == 0


@pytest.mark.parametrize("url", ["fonts/own.ttf", "../fonts/own.ttf", "../book/fonts/own.ttf"])
def test_a_font_of_the_books_own_is_packed_and_printed(tmp_path, url):
    face = f'@font-face {{ font-family: "Own Test"; src: url({url}) }}\np {{ font-family: "Own Test" }}\n'
    files = {
        "book/fonts/own.ttf": small_font("甲乙。"),
        **{f"styles/{name}.css": f'@import "default:{name}.css";\n{face}' for name in ("epub", "print")},
    }
    built = made(tmp_path, "# 归来\n\n甲乙。\n", FORMATS, files=files)
    assert (built.code, built.said) == (0, ())
    (font,) = (data for name, data in built.epub().items() if name.endswith(".ttf"))
    assert font == small_font("甲乙。")
    pdf = built.pdf()
    fonts = {
        glyph.font for page in range(1, pdf.pages + 1) for glyph in pdf.glyphs(page) if glyph.text == "乙"
    }
    assert len(fonts) == 1
    assert "Own-Test" in fonts.pop()
    assert built.check()[0] == 0


def test_a_cover_may_be_shown_in_the_text_too(tmp_path):
    from samples import PNG

    cover = {"book/images/封面 1.png": PNG}
    text = '# 归来\n\n![封面](<../images/封面 1.png>)\n\n又见<img src="../images/封面 1.png" alt="小">。\n'
    built = made(tmp_path, text, FORMATS, files=cover, cover='"images/封面 1.png"')
    assert built.code == 0
    files = built.epub()
    page = files["text/one.xhtml"].decode()
    sources = [part.partition('"')[0] for part in page.split('src="')[1:]]
    assert len(sources) == 2
    for source in sources:
        assert source.startswith("../images/")
        assert source.removeprefix("../") in files
    assert built.check()[0] == 0
