import pytest
from projects import write_project

from keben import theme as theme_module
from keben.errors import MachineError
from keben.theme import load_theme


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
    (root / "styles" / "b.css").write_text('@import "a.css";')
    assert load_theme(root)[0].styles["a.css"] == (
        '/*! from styles/b.css */\n/*! from styles/a.css */\n@import "b.css";\n'
        "/*! back in styles/b.css:1 */\n/*! back in styles/a.css:1 */"
    )


@pytest.mark.parametrize(
    "target",
    ["http://example.org/a.png", "//example.org/a", "/etc/passwd", "file:///etc/passwd", "../../a.png"],
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
            "no file “nope.png”. Put it at book/nope.png, or mend its path.",
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
    monkeypatch.setattr(theme_module, "__file__", str(tmp_path / "a" / "b" / "c" / "theme.py"))
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
