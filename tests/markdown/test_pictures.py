import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import html, parse_body, wrong

from keben.core.markup import serialize
from keben.markdown.paths import picture_path
from keben.markdown.sizes import size_of

IMG = '<img src="images/dot.png" alt="点"{}/>'
FIGURE = '<figure class="figure"{}>' + IMG + "</figure>"


def figure(style="", attributes=""):
    return FIGURE.format(attributes, f' style="{style}"' if style else "")


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("![点](../images/dot.png){width=50%}", "width: 50%"),
        ("![点](../images/dot.png){width=8cm}", "width: 8cm"),
        ('![点](../images/dot.png){width="7.50 cm"}', "width: 7.5cm"),
        ("![点](../images/dot.png){width=300}", "width: 300px"),
        ("![点](../images/dot.png){width=150%}", "width: 100%"),
        ("![点](../images/dot.png){height=3em}", "height: 3em"),
        ("![点](../images/dot.png){width=300px height=10px}", "width: 300px"),
        ("{width=30%}\n![点](../images/dot.png)", "width: 30%"),
        ("![点](../images/dot.png =300x200)", "width: 300px"),
        ("![点](../images/dot.png =50%x)", "width: 50%"),
        ("![点](<../images/dot.png> =x200)", "height: 200px"),
        ('<img src="../images/dot.png" alt="点" width="300">', "width: 300px"),
        ('<img src="../images/dot.png" alt="点" width="40%" height="auto">', "width: 40%"),
        ('<img src="../images/dot.png" alt="点" style="width: 50%; height: auto">', "width: 50%"),
        ('<img src="../images/dot.png" alt="点" width="300" style="WIDTH:2in !important">', "width: 2in"),
        ('<img src="../images/dot.png" alt="点" style="zoom:50%;" />', "width: 50%"),
        (
            '<img src="../images/dot.png" alt="点" width="" loading="lazy" align="right" style="display: block; margin: 0 auto">',
            "",
        ),
        ('<img src="../images/dot.png" alt="点">', ""),
        ('![点](../images/dot.png){: width="300" }', "width: 300px"),
        ('![点](../images/dot.png){:height="300px" width="400px"}', "width: 400px"),
        ('![点](../images/dot.png){ align=left width="300" loading=lazy data-a=1 }', "width: 300px"),
        ('![点](../images/dot.png){fig-align="center" width=80%}', "width: 80%"),
        ('![点](../images/dot.png){style="zoom: 50%"}', "width: 50%"),
        ("![点](../images/dot.png){width=0.5\\textwidth}", "width: 50%"),
        ('![点](../images/dot.png){width="50%"; height="auto"}', "width: 50%"),
        ("![点](../images/dot.png) {width=50%}", "width: 50%"),
        ('![点](../images/dot.png)\n{: width="30%" }', "width: 30%"),
        ("![点|300](../images/dot.png)", "width: 300px"),
        ("![点 | 300x200](../images/dot.png)", "width: 300px"),
        ("![点](../images/dot.png =300)", "width: 300px"),
        ("![点](../images/dot.png = 300pxx)", "width: 300px"),
        ('<img src="../images/dot.png" alt="点" width="300px;">', "width: 300px"),
        ('<img src="../images/dot.png" alt="点" style="width: 50vw">', "width: 50%"),
        ('<img src="../images/dot.png" alt="点" style="width: 2rem">', "width: 2em"),
    ],
)  # fmt: skip
def test_a_picture_alone_is_a_figure_of_the_size_that_is_said(text, style):
    assert html(text) == figure(style)


def test_a_size_stands_beside_other_attributes_and_a_caption():
    assert html('![点](../images/dot.png =80%x "题"){#fig-a .wide}') == (
        '<figure class="figure wide" id="fig-a">'
        + IMG.format(' style="width: 80%"')
        + "<figcaption>题</figcaption></figure>"
    )
    assert html('![点](../images/dot.png "题 {#fig-a width=5cm}")') == (
        '<figure class="figure" id="fig-a">'
        + IMG.format(' style="width: 5cm"')
        + "<figcaption>题</figcaption></figure>"
    )
    assert html("字![点](../images/dot.png){width=2em}字") == (
        "<p>字" + IMG.format(' style="width: 2em"') + "字</p>"
    )
    assert html("`![点](a.png =3x2)`") == "<p><code>![点](a.png =3x2)</code></p>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{width=20%}\n字",
            "4: warning: “width=20%” cannot be set in braces. Use #id, .class or lang=…; of a picture, width=… (50%, 8cm, 300).",
        ),
        ("## 节 {width=20%}\n\n字", "3:7: warning: “width=20%” cannot be set in braces."),
        ("![点](../images/dot.png){width=-5}", "3:25: warning: “width=-5” cannot be set in braces."),
        (
            '<img src="../images/dot.png" alt="点" width="wide">',
            "3:38: width=“wide” is not allowed in <img>.",
        ),
        (
            '<img src="../images/dot.png" alt="点" style="float: left; width: 9px">',
            "3:45: warning: “float: left” in the style of <img> is passed over.",
        ),
    ],
)
def test_sizes_that_set_nothing_are_reported(text, message):
    assert wrong(text)[0].startswith(message)


def test_braces_near_a_picture_that_are_no_options_are_text():
    picture = IMG.format("")
    for text in ("{甲}", " {a} b", " {width=50%} 字", "{data-x}"):
        body, _ = parse_body(f"![点](../images/dot.png){text}")
        assert serialize(body.body) == f"<p>{picture}{text}</p>"
    assert html("![点|甲](../images/dot.png)") == FIGURE.format("", "").replace("点", "点|甲")
    assert html('![点](../images/dot.png "题" =50%x)') == (
        '<figure class="figure">' + IMG.format(' style="width: 50%"') + "<figcaption>题</figcaption></figure>"
    )


def test_pictures_alone_have_no_indent():
    pair = "![点](../images/dot.png) ![点](../images/dot.png)"
    assert html(pair) == '<p class="pictures">' + IMG.format("") + " " + IMG.format("") + "</p>"
    assert html('<p align="center"><img src="../images/dot.png" alt="点"></p>') == (
        '<figure class="figure center">' + IMG.format("") + "</figure>"
    )
    link = "[![点](../images/dot.png)](https://example.org)"
    assert html(link) == f'<p class="pictures"><a href="https://example.org">{IMG.format("")}</a></p>'
    assert html("字![点](../images/dot.png)") == f"<p>字{IMG.format('')}</p>"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('<p align="center">字</p>', '<p class="center">字</p>'),
        ('<div align=right class="a">\n\n字\n\n</div>', '<div class="a right"><p>字</p></div>'),
        ("<center>字</center>", '<div class="center">字</div>'),
        ('<p align="justify">字</p>', "<p>字</p>"),
    ],
)
def test_alignment_of_the_early_web_becomes_a_class(text, made):
    assert html(text) == made


ASSETS = ("images/图 1.png", "images/a%41b.png", "images/a#b.png", "images/100%.png", "images/a:b.png",
          "images/é.png", "images/Map.png", "images/a?b.png", "images/图%41.png")  # fmt: skip


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("../images/%E5%9B%BE%201.png", "images/图 1.png"),
        ("../images/图 1.png", "images/图 1.png"),
        ("../images/图%201.png", "images/图 1.png"),
        ("../images/a%2541b.png", "images/a%41b.png"),
        ("../images/a%41b.png", "images/a%41b.png"),
        ("../images/%E5%9B%BE%41.png", "images/图%41.png"),
        ("../images/a%23b.png", "images/a#b.png"),
        ("../images/a#b.png", "images/a#b.png"),
        ("images/100%25.png", "images/100%.png"),
        ("images/100%.png", "images/100%.png"),
        ("../images/a:b.png", "images/a:b.png"),
        ("../images/a%3Fb.png", "images/a?b.png"),
        ("../images/e%CC%81.png", "images/é.png"),
    ],
)
def test_a_picture_is_found_by_its_name_and_by_its_url(target, path):
    assert picture_path(target, "chapters", ASSETS) == path


def test_another_case_of_letters_is_reported():
    problem = picture_path("../images/map.PNG", "chapters", ASSETS)
    assert problem.advice == "Small and capital letters differ: the file is book/images/Map.png."


@given(st.text(min_size=1).filter(lambda text: "/" not in text and text not in (".", "..")))
def test_every_name_is_found_by_its_percent_encoded_form(name):
    from urllib.parse import quote

    name = name.encode("utf-8", "ignore").decode() or "a"
    assert picture_path(quote(name), "", (name,)) == name


@given(st.text())
def test_sizes_are_short_and_simple(text):
    size = size_of(text)
    assert size is None or (len(size) < 16 and size[0].isdigit() and ";" not in size)
