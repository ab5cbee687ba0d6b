from base64 import b64decode, b64encode
from urllib.parse import quote

import pytest
from projects import write_project
from samples import PNG

from keben.core.errors import MachineError
from keben.core.sheets import origin
from keben.project import themefolders
from keben.project.designs import default_designs
from keben.project.theme import load_theme


@pytest.fixture
def root(tmp_path):
    root = write_project(tmp_path)
    (root / "templates").mkdir()
    (root / "styles").mkdir()
    return root


def test_the_default_theme_is_whole(root):
    theme, findings = load_theme(root)
    assert findings == ()
    assert {"base.css", "epub.css", "print.css"} <= theme.styles.keys()
    assert {
        "chapter.html",
        "contents.html",
        "titlepage.html",
        "colophon.html",
        "cover.svg",
        "words.toml",
    } <= (theme.templates.keys())
    assert theme.origins["chapter.html"] == "default:templates/chapter.html"


def test_a_file_of_the_project_goes_over_the_default_and_back(root):
    default = load_theme(root)[0]
    path = root / "templates" / "chapter.html"
    path.write_text("<p/>")
    theme, _ = load_theme(root)
    assert theme.templates["chapter.html"] == "<p/>"
    assert theme.templates["cover.svg"] == default.templates["cover.svg"]
    assert theme.defaults["chapter.html"] == default.templates["chapter.html"]
    assert theme.origins["chapter.html"] == "templates/chapter.html"
    path.unlink()
    assert load_theme(root)[0] == default


def test_a_style_can_extend_the_default_and_import_its_neighbours(root):
    default = load_theme(root)[0].styles["print.css"]
    (root / "styles" / "mine.css").write_text("b{}")
    (root / "styles" / "print.css").write_text('@import "default:print.css";\n@import url("mine.css");\na{}')
    assert load_theme(root)[0].styles["print.css"] == (
        f"/*! from default:styles/print.css */\n{default}\n/*! back in styles/print.css:1 */\n"
        "/*! from styles/mine.css */\nb{}\n/*! back in styles/print.css:2 */\na{}"
    )


def test_styles_that_import_each_other_end(root):
    (root / "styles" / "a.css").write_text('@import "b.css";')
    (root / "styles" / "b.css").write_text('p{}\n @import "a.css";')
    theme, findings = load_theme(root)
    assert theme.styles["a.css"] == ("/*! from styles/b.css */\np{}\n \n/*! back in styles/a.css:1 */")
    assert sorted(str(finding) for finding in findings if finding.severity == "error") == [
        "styles/a.css:1:1: “b.css” imports itself, directly or through others. Take one of the imports out.",
        "styles/b.css:2:2: “a.css” imports itself, directly or through others. Take one of the imports out.",
    ]


@pytest.mark.parametrize("condition", ["print", "screen and (min-width: 30em)", "/* why */ all"])
def test_a_condition_of_an_import_goes_round_what_it_imports(root, condition):
    (root / "styles" / "mine.css").write_text("b{}")
    (root / "styles" / "epub.css").write_text(f'@IMPORT url("mine.css") {condition};\na{{}}')
    theme, findings = load_theme(root)
    assert findings == ()
    bare = condition.removeprefix("/* why */ ")
    assert theme.styles["epub.css"] == (
        f"@media {bare} {{ /*! from styles/mine.css */\nb{{}}\n/*! back in styles/epub.css:1 */ }}\na{{}}"
    )


def test_layers_of_imports_are_refused(root):
    (root / "styles" / "epub.css").write_text('@import "default:epub.css" layer(a);')
    assert [str(finding) for finding in load_theme(root)[1]] == [
        "styles/epub.css:1:1: “layer(a)” cannot stand behind an import. Name media alone, such as print, or nothing."
    ]


@pytest.mark.parametrize(
    "target",
    [
        "http://example.org/a.png",
        "//example.org/a",
        "/etc/passwd",
        "file:///etc/passwd",
        "../../a.png",
        "FILE:///etc/passwd",
        "HtTp://example.org/a",
        "%2e%2e/%2e%2e/a.png",
        "jar:x",
    ],
)
def test_a_style_that_reaches_out_is_refused_with_its_line(root, target):
    (root / "styles" / "epub.css").write_text(f"a {{ color: red }}\nb {{ background: url('{target}') }}\n")
    (finding,) = load_theme(root)[1]
    assert (
        str(finding)
        == f"styles/epub.css:2:17: “{target}” is outside the project. A project reads its own files only."
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            '@import "default:prnt.css";',
            "1:1",
            "no style sheet “default:prnt.css”. Did you mean “default:print.css”?",
        ),
        ('a{}\n@import url("mime.css");', "2:1", "no style sheet “mime.css”. Did you mean “mine.css”?"),
        (
            "a{}\n  b { background: url(nope.png) }",
            "2:19",
            "no file “nope.png”. Put it at book/nope.png, or fix its path.",
        ),
    ],
)
@pytest.mark.parametrize("name", ["print.css", "epub.css", "mine.css"])
def test_what_a_style_names_and_is_not_there_is_told_with_its_line(root, name, text, place, message):
    (root / "styles" / "mine.css").write_text("b{}")
    (root / "styles" / "base.css").write_text('@import "mine.css";')
    (root / "styles" / name).write_text(text)
    assert [str(finding) for finding in load_theme(root)[1]] == [f"styles/{name}:{place}: There is {message}"]


def test_a_file_that_nothing_uses_is_told_with_the_nearest_name(root):
    (root / "templates" / "chaptr.html").write_text("x")
    (root / "templates" / "part.html").write_text("x")
    (root / "templates" / "chapter.html").write_text('{% include "part.html" %}')
    (root / "styles" / "prnt.css").write_text("a{}")
    assert [str(finding) for finding in load_theme(root)[1]] == [
        f"{path}: warning: Nothing uses this file: it has the name of no default, and no other file names it. "
        f"Did you mean “{meant}”?"
        for path, meant in (("templates/chaptr.html", "chapter.html"), ("styles/prnt.css", "print.css"))
    ]


def test_comments_and_pictures_of_the_book_are_let_through(root):
    text = '/* url(http://example.org)\n @import "x.css"; */ a { background: url("images/dot.png") }\nb { mask: url(#m) }'
    (root / "styles" / "epub.css").write_text(text)
    assert load_theme(root)[1] == ()


def test_links_out_of_the_project_and_other_bytes_than_utf_8_are_refused(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "a.css"
    outside.write_text("a{}")
    (root / "styles" / "base.css").symlink_to(outside)
    (root / "templates" / "cover.svg").write_bytes(b"\xff")
    theme, findings = load_theme(root)
    assert sorted(str(finding).split(": ")[0] for finding in findings) == [
        "styles/base.css",
        "templates/cover.svg",
    ]
    assert theme.styles["base.css"] != "a{}"


def test_an_installation_without_a_theme_says_so(root, tmp_path, monkeypatch):
    monkeypatch.setattr(themefolders, "__file__", str(tmp_path / "a" / "b" / "c" / "d" / "theme.py"))
    with pytest.raises(MachineError, match="The default theme is not where Keben is installed"):
        load_theme(root)


def test_a_template_holds_no_character_that_a_book_cannot(root):
    (root / "templates" / "chapter.html").write_text("<p>\n甲\u202e乙\ue000</p>", encoding="utf-8")
    _, findings = load_theme(root)
    advice = "Take it out, or write what it stands for."
    assert [str(finding) for finding in findings] == [
        f"templates/chapter.html:2:2: U+202E is a bidirectional override. {advice}",
        f"templates/chapter.html:2:4: U+E000 is a private-use character. {advice}",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "URL(http://example.org/a)",
        "u\\72l(http://example.org/a)",
        "\\000075 rl('http://example.org/a')",
        "image-set('http://example.org/a' 1x)",
        "-WebKit-Image-Set(url(http://example.org/a) 1x)",
        "url( \n'ht\\\ntp://example.org/a')",
        "url('\\68 ttp://example.org/a')",
    ],
)
def test_a_url_is_found_where_a_browser_finds_it(root, written):
    (root / "styles" / "epub.css").write_text(f"a {{ background: {written} }}")
    (finding,) = load_theme(root)[1]
    assert finding.message == "“http://example.org/a” is outside the project."
    assert finding.place.path == "styles/epub.css"
    assert finding.place.line == 1


@pytest.mark.parametrize(
    "text",
    ["/* url(http://a) */", "a { content: 'url(http://a)' }", "a { b: curl(http\\:) }", "a{c:image('#x')}"],
)
def test_what_is_no_url_is_let_through(root, text):
    (root / "styles" / "epub.css").write_text(text)
    assert load_theme(root)[1] == ()


def test_a_style_that_cannot_be_read_is_told_with_its_place(root):
    (root / "styles" / "epub.css").write_text("a {}\nb { background: url(a'b) }")
    (root / "styles" / "print.css").write_text("a { b: " + "(" * 5000)
    assert [str(finding) for finding in load_theme(root)[1]] == [
        "styles/epub.css:2:17: This style sheet cannot be read: this URL is never closed, or broken. "
        "Close it, or write it again.",
        "styles/print.css:1: This style sheet cannot be read: too many blocks stand in one another. "
        "Close it, or write it again.",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "images/dot.png",
        "../book/images/dot.png",
        "../images/dot.png",
        "./images/dot.png?v=2#x",
        "images/%64ot.png",
    ],
)
def test_urls_begin_at_the_sheet_or_at_the_book_and_are_settled(root, url):
    (root / "styles" / "epub.css").write_text(f"a {{ background: URL({url}) }}\n")
    theme, findings = load_theme(root)
    assert findings == ()
    assert theme.styles["epub.css"] == 'a { background: url("images/dot.png") }\n'


@pytest.mark.parametrize(
    ("name", "url"), [("图 1.png", "images/图 1.png"), ("100%#.png", "images/100%25%23.png")]
)
def test_files_of_any_name_are_found_and_percent_encoded(root, name, url):
    (root / "book" / "images" / name).write_bytes(PNG)
    (root / "styles" / "epub.css").write_text(f"a {{ background: url('{url}') }}\n")
    theme, findings = load_theme(root)
    assert findings == ()
    assert theme.styles["epub.css"] == f'a {{ background: url("images/{quote(name)}") }}\n'


def test_data_in_a_style_is_looked_at_as_a_file_is(root):
    good = "data:image/png;base64," + b64encode(PNG).decode()
    svg = "data:image/svg+xml,%3Csvg viewBox='0 0 1 1'%3E%3Cscript/%3E%3Crect width='1'/%3E%3C/svg%3E"
    (root / "styles" / "epub.css").write_text(f'a {{ b: url({good}) }}\na {{ b: url("{svg}") }}')
    theme, findings = load_theme(root)
    assert findings == ()
    first, second = theme.styles["epub.css"].splitlines()
    assert first == f'a {{ b: url("{good}") }}'
    drawing = b64decode(second.partition("base64,")[2].partition('"')[0])
    assert drawing == (
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1"/></svg>\n'
    )
    (root / "styles" / "epub.css").write_text("a { b: url(data:text/html,x) }")
    assert [str(finding) for finding in load_theme(root)[1]] == [
        "styles/epub.css:1:8: This data: URL is neither a picture nor a font that a book can show. "
        "Put the file into book/, and name it."
    ]


def test_folders_that_are_links_out_of_the_project_are_refused(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "epub.css").write_text("a{}")
    for name in ("styles", "templates"):
        (root / name).rmdir()
        (root / name).symlink_to(outside)
    theme, findings = load_theme(root)
    assert [str(finding) for finding in findings] == [
        f"{name}: This link leaves the project. A project reads its own files only."
        for name in ("templates", "styles")
    ]
    assert theme.styles["epub.css"] != "a{}"


def test_a_font_is_looked_at_where_a_style_names_it(root):
    (root / "book" / "fonts").mkdir()
    (root / "book" / "fonts" / "a.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 60)
    (root / "book" / "fonts" / "b.ttf").write_bytes(b"no font")
    (root / "book" / "fonts" / "c.ttc").write_bytes(b"ttcf")
    (root / "book" / "fonts" / "unused.ttf").write_bytes(b"")
    (root / "styles" / "epub.css").write_text(
        "@font-face { font-family: a; src: url(../fonts/a.ttf) }\n"
        "@font-face { font-family: b; src: url(fonts/b.ttf) }\n"
        "@font-face { font-family: c; src: url(../book/fonts/c.ttc) }"
    )
    assert [str(finding).split(". ")[0] for finding in load_theme(root)[1]] == [
        "styles/epub.css:1:35: book/fonts/a.ttf: This font cannot be used: its tables cmap, head, hhea, hmtx, "
        "maxp, name, glyf are missing",
        "styles/epub.css:2:35: book/fonts/b.ttf: This font cannot be used: this is not a font that can be read "
        "(Not a TrueType or OpenType font (not enough data))",
        "styles/epub.css:3:35: book/fonts/c.ttc: This font cannot be used: this is a collection of fonts, "
        "which a style sheet cannot take one of",
    ]


NOVEL = default_designs()["novel"]


def test_a_design_s_styles_follow_the_default_ones_and_its_templates_go_over_them(root):
    default, _ = load_theme(root)
    theme, findings = load_theme(root, design=NOVEL)
    assert findings == ()
    for name in ("print.css", "epub.css", "cover-sheet.css", "print-vertical.css", "epub-vertical.css"):
        assert theme.styles[name].startswith(default.styles[name])
        assert "novel" in theme.styles[name].removeprefix(default.styles[name])
    assert theme.styles["base.css"] == default.styles["base.css"]
    assert theme.templates["cover.svg"] == theme.defaults["cover.svg"] != default.templates["cover.svg"]
    assert theme.origins["cover.svg"] == "default:templates/designs/novel/cover.svg"
    assert theme.base == default.templates
    assert theme.templates["chapter.html"] == default.templates["chapter.html"]


def test_a_fault_in_a_design_s_sheet_has_its_own_file_and_line(root):
    text = load_theme(root, design=NOVEL)[0].styles["print.css"]
    line = text[: text.index("/* novel: quiet.")].count("\n") + 1
    assert origin(text, "styles/print.css", line, 1) == ("default:styles/designs/novel/print.css", 1, 1)


def test_the_project_s_files_go_over_a_design_which_default_names(root):
    (root / "styles" / "print.css").write_text('@import "default:print.css";\np { color: red }')
    (root / "templates" / "cover.svg").write_text('{% extends "default:cover.svg" %}')
    theme, findings = load_theme(root, design=NOVEL)
    assert findings == ()
    assert "/* novel: quiet." in theme.styles["print.css"]
    assert theme.styles["print.css"].endswith("p { color: red }")
    assert theme.defaults["cover.svg"] != theme.base["cover.svg"]


def test_a_design_of_the_project_s_own_is_found_and_adds_to_keben_s_of_its_name(root):
    for kind, name, text in (
        ("styles", "print.css", "b { background: url(nope.png) }"),
        ("templates", "words.toml", ""),
    ):
        folder = root / kind / "designs" / "novel"
        folder.mkdir(parents=True)
        (folder / name).write_text(text)
    theme, findings = load_theme(root, design=NOVEL)
    assert [str(each).split(". ")[0] for each in findings] == [
        "styles/designs/novel/print.css:1:17: There is no file “nope.png”"
    ]
    assert theme.styles["print.css"].index("/* novel: quiet.") < theme.styles["print.css"].index("missing")
    assert theme.defaults["words.toml"] == ""
    foreign, _ = load_theme(root, is_own=False, design=NOVEL)
    assert "missing" not in foreign.styles["print.css"]
