"""What a theme calls things, from its file to the edition's own script: compose, then convert."""

from dataclasses import replace

import pytest
from samples import PNG, sample_edition

from keben.compose import compose
from keben.compose.render import Renderer
from keben.compose.words import read_words
from keben.core.book import Asset, Book, Chapter, Manuscript, Theme
from keben.core.edition import Settings
from keben.core.markup import parse, text_of
from keben.core.metadata import Person
from keben.project.theme import default_folder, load_theme
from keben.script import convert

THEME = load_theme(default_folder())[0]


SOMEBODY = (Person("某人"),)


def made(source, target, words="", persons=SOMEBODY, **changes):
    """Each document's text in an edition, by name; ``words``: a theme's own words.toml."""
    theme = THEME
    if words:
        theme = Theme({**THEME.templates, "words.toml": words}, THEME.styles, THEME.defaults, THEME.origins)
    figure = (
        '<figure class="figure" id="f"><img src="images/dot.png" alt="x"/><figcaption>x</figcaption></figure>'
    )
    body = f'<p>x<a class="xref" href="#f"></a><a class="xref" href="#a"></a></p>{figure}'
    chapter = Chapter("a", "book/chapters/a.md", "chapter", ("x",), parse(f"<div>{body}</div>").children)
    manuscript = Manuscript(
        Settings((), ()), (), {"images/dot.png": Asset("images/dot.png", "image/png", PNG)}, 1767225600
    )
    edition = sample_edition(target, source_language=source, **changes)
    edition = replace(edition, metadata=replace(edition.metadata, authors=persons))
    composition, findings = compose(Book((chapter,)), manuscript, theme, edition)
    assert findings == ()
    composition = convert(composition).composition
    return composition, {each.name: text_of(each.root) for each in composition.documents}


@pytest.mark.parametrize("source", ["zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"])
@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("zh-Hans-CN", {"by": "某人　著", "id": "标识", "fonts": "字体", "taiwan": "繁体版（台湾）"}),
        ("zh-Hant-TW", {"by": "某人　著", "id": "識別碼", "fonts": "字型", "taiwan": "繁體版（臺灣）"}),
        ("zh-Hant-HK", {"by": "某人　著", "id": "識別碼", "fonts": "字體", "taiwan": "繁體版（台灣）"}),
    ],
)
@pytest.mark.parametrize("vocabulary", ["characters", "regional"])
def test_each_edition_has_the_words_of_its_own_table(source, target, said, vocabulary):
    composition, texts = made(source, target, vocabulary=vocabulary)
    assert said["by"] in texts["titlepage"]
    assert said["id"] in texts["colophon"]
    assert composition.words["fonts"] == said["fonts"]
    assert composition.words["edition_Hant_TW"] == said["taiwan"]


@pytest.mark.parametrize(
    ("target", "said"), [("zh-Hans-CN", "著译编绘"), ("zh-Hant-TW", "著譯編繪"), ("zh-Hant-HK", "著譯編繪")]
)
def test_roles_are_said_in_each_script(target, said):
    roles = ("aut", "trl", "edt", "ill")
    persons = tuple(Person("某", role) for role in roles)
    _, texts = made("zh-Hant-TW", target, persons=persons)
    assert "".join(f"某　{word}" for word in said) in texts["titlepage"]


def test_labels_and_references_come_in_the_edition_s_words_and_are_not_converted_again():
    composition, texts = made(
        "zh-Hans-CN", "zh-Hant-TW", '[zh-Hant]\nfigure = "只{number}"\nchapter = "第{number}后"\n'
    )
    assert composition.documents[-1].title == "第一后　x"
    # 只 and 后 would become 隻 or 後.
    assert "x只1-1「x」第一后「x」" in texts["a"]


@pytest.mark.parametrize(
    ("source", "words", "target", "title"),
    [
        # The theme has one table, in the source's script: the converter makes the other word of it.
        ("zh-Hans-CN", '[zh-Hans]\nchapter = "第{number}讲"', "zh-Hant-TW", "第一講　x"),
        ("zh-Hant-TW", '[zh-Hant]\nchapter = "第{number}講"', "zh-Hans-CN", "第一讲　x"),
        # It has one for the edition as well.
        ("zh-Hans-CN", '[zh-Hans]\nchapter = "第{number}讲"\n[zh-Hant]\nchapter = "講次{number}"', "zh-Hant-TW", "講次一　x"),
        # A region's table goes over its script's, and says nothing to the other region.
        ("zh-Hans-CN", '[zh-Hant]\nchapter = "甲{number}"\n[zh-TW]\nchapter = "乙{number}"', "zh-Hant-TW", "乙一　x"),
        ("zh-Hans-CN", '[zh-Hant]\nchapter = "甲{number}"\n[zh-TW]\nchapter = "乙{number}"', "zh-Hant-HK", "甲一　x"),
        # In neither: the default theme's.
        ("zh-Hans-CN", '[zh-Hant]\nchapter = "甲{number}"', "zh-Hans-CN", "第一章　x"),
    ],
)  # fmt: skip
def test_a_theme_need_not_say_each_word_in_each_table(source, words, target, title):
    assert made(source, target, words)[0].documents[-1].title == title


def test_quotation_marks_of_words_follow_the_edition():
    _, texts = made("zh-Hans-CN", "zh-Hant-TW", quotes="curly")
    assert "第一章“x”" in texts["a"]


def test_names_are_kept_on_every_page_without_a_decision():
    persons = (Person("余华"), Person("安娜·西格斯", "trl"))
    composition, texts = made("zh-Hans-CN", "zh-Hant-TW", persons=persons, interpunct="‧")
    for name in ("titlepage", "colophon", "cover"):
        assert "余华" in texts[name]
        assert "安娜‧西格斯" in texts[name]
    assert [person.name for person in composition.metadata.authors] == ["余华", "安娜‧西格斯"]


def test_a_role_that_the_theme_has_no_word_for_is_warned_of():
    edition = sample_edition()
    edition = replace(edition, metadata=replace(edition.metadata, authors=(Person("甲", "mrb"),)))
    chapter = Chapter("a", "book/chapters/a.md", "chapter", ("x",), ())
    composition, findings = compose(Book((chapter,)), Manuscript(Settings((), ()), (), {}, 0), THEME, edition)
    assert [str(each) for each in findings] == [
        "book/book.toml: warning: The theme has no word for what a person of the role “mrb” (Marbler) did. "
        'Write one in templates/words.toml: [zh-Hans] and below it role_mrb = "…".'
    ]
    assert "甲　协力" in text_of(composition.documents[1].root)


def test_a_design_s_words_go_over_the_default_ones_and_the_project_s_over_them():
    designed = '[zh-Hans]\ncontents = "篇目"\ncolophon = "牌记"\n'
    defaults = {**THEME.defaults, "words.toml": designed}
    edition = sample_edition("zh-Hans-CN", source_language="zh-Hans-CN")
    for own, contents in ((designed, "篇目"), ('[zh-Hans]\ncontents = "次第"\n', "次第")):
        theme = replace(THEME, templates={**THEME.templates, "words.toml": own}, defaults=defaults)
        said, findings = read_words(theme)
        assert findings == ()
        words = said.of(edition)
        assert (words["contents"], words["colophon"], words["notes"]) == (contents, "牌记", "注释")


def test_a_design_s_template_extends_that_of_the_theme_without_it_and_the_project_s_that_with_it():
    base = {"a.html": "<p>{% block x %}一{% endblock %}</p>"}
    designed = {"a.html": '{% extends "base:a.html" %}{% block x %}{{ super() }}二{% endblock %}'}
    own = {"a.html": '{% extends "default:a.html" %}{% block x %}{{ super() }}三{% endblock %}'}
    theme = Theme(own, {}, designed, {}, base)
    assert text_of(Renderer(theme).tree("a.html")) == "一二三"
