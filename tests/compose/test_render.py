"""What templates make is kept, by all that it is made of."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from keben.compose import filling
from keben.compose.render import Renderer, markup
from keben.compose.views import ChapterView
from keben.core.book import Theme
from keben.core.errors import SourceError
from keben.core.markup import Element, parse
from keben.core.store import Store


@pytest.fixture
def filled(monkeypatch):
    """The names of the templates that are filled."""
    names = []
    inner = filling.Templates.fill
    monkeypatch.setattr(
        filling.Templates, "fill", lambda self, name, values: names.append(name) or inner(self, name, values)
    )
    return names


def tree(store, text, **values):
    renderer = Renderer(Theme({"page.html": text}, {}, {}, {}), store, "book")
    made = renderer.tree("page.html", **values)
    renderer.close()
    return made


def test_a_template_is_filled_where_it_or_its_values_changed(tmp_path, filled):
    store = Store(tmp_path, "mark")
    text = "<p>{{ title }}{{ body }}</p>"
    values = {"title": "题", "body": Markup("<b>文</b>")}
    first = tree(store, text, **values)
    assert tree(store, text, **values) == first == tree(Store(), text, **values)
    assert len(filled) == 2
    for other in (tree(store, text, title="另", body=""), tree(store, "<p>{{ body }}</p>", **values)):
        assert other != first
    assert len(filled) == 4
    # Another version of Keben or of Jinja2 fills it again.
    assert tree(Store(tmp_path, "other"), text, **values) == first
    assert len(filled) == 5


def test_what_cannot_be_told_from_others_is_not_kept(tmp_path, filled):
    for _ in range(2):
        assert tree(Store(tmp_path), "<p>{{ given }}</p>", given=1 + 2j).children == ("(1+2j)",)
    assert len(filled) == 2


def test_a_template_that_fails_fails_again(tmp_path, filled):
    for _ in range(2):
        with pytest.raises(SourceError):
            tree(Store(tmp_path), "<p>{{ missing }}</p>")
    assert len(filled) == 2


VIEW = ChapterView("id", "chapter", "", "", "", "", Markup("题"), "题", Markup(), ())
BODY = parse("<p>文</p>")
OTHER = parse("<div><p data-line='7'>文&amp;又\n</p> <p>文<b class='a&quot;b'/>的</p></div>")


def chapter(store, template, *body):
    renderer = Renderer(Theme({"page.html": template}, {}, {}, {}), store, "book")
    made = renderer.chapter("page.html", VIEW, body)
    renderer.close()
    return made


def chapter_from_text(template, *body):
    """What the template makes if it gets the body as text."""
    return tree(Store(), template, chapter=replace(VIEW, body=markup(body)))


@pytest.mark.parametrize(
    ("template", "fills"),
    [
        ("<div>{{ chapter.body }}</div>", 0),
        (
            "<div class='chapter'>{% if chapter.title %}<b>{{ chapter.title }}</b>{% endif %} {{ chapter.body }}</div>",
            0,
        ),
        ("<div>{{ chapter.body }}{{ chapter.body|length }}</div>", 1),
        ("<div>{{ chapter.body|replace('文', '字') }}</div>", 1),
        ("<div>{% filter replace('文', '字') %}{{ chapter.body }}{% endfilter %}</div>", 1),
        ("<div>{% for one in [1, 2] %}{{ chapter.body }}{% endfor %}</div>", 2),
        ("<div>{% set all = chapter %}{{ all.body|length }}{{ chapter.body }}</div>", 1),
        ("<div>{{ chapter['body']|length }}{{ chapter.body }}</div>", 1),
        ("<div>{{ chapter.title }}</div>", 1),
    ],
)
def test_what_stands_around_a_body_is_kept_where_the_template_only_prints_it(
    tmp_path, filled, template, fills
):
    store = Store(tmp_path, "mark")
    chapter(store, template, BODY)
    expected = chapter_from_text(template, *OTHER.children)
    filled.clear()
    assert chapter(store, template, *OTHER.children) == expected
    assert len(filled) == fills
    # An edit after a build in which nothing changed finds it, too.
    assert chapter(store, template, *OTHER.children) == expected
    filled.clear()
    chapter(store, template, Element("p", {}))
    assert len(filled) == fills


PLAIN = "<div>前{{ chapter.body }}后</div>"


@pytest.mark.parametrize(
    "body",
    [
        (),
        ("文",),
        ("", "文", "又", Element("p", {}), "的"),
        (Element("p", {}, ("文", "", "又", Element("b", {"title": "a\tb<\"'&"}), "")),),
        (Element("p", {}, (Element("br", {}), "]]>"), line=3), "末\n"),
    ],
)
def test_a_body_stands_in_a_template_as_its_text_would(body):
    assert chapter(Store(), PLAIN, *body) == chapter_from_text(PLAIN, *body)


def test_a_parser_makes_new_lines_of_what_it_makes_them_of():
    assert chapter(Store(), PLAIN, "文\r\n又\r的").children == ("前文\n又\n的后",)


@pytest.mark.parametrize(
    "body", [("\x0c",), (Element("p", {"data-line": "x"}, line=3),), (Element("p", {"@click": "x"}),)]
)
def test_a_body_that_is_no_markup_fails_as_its_text_would(body):
    with pytest.raises(SourceError) as found:
        chapter(Store(), PLAIN, *body)
    with pytest.raises(SourceError) as expected:
        chapter_from_text(PLAIN, *body)
    assert str(found.value) == str(expected.value)


@pytest.mark.parametrize(
    "template",
    ["<p title='{{ chapter.body }}'>文</p>", "<p>{{ chapter.body }}", "<!-- {{ chapter.body }} --><p/>"],
)
def test_a_body_that_stands_in_no_text_is_filled_in_as_text(template):
    try:
        expected = chapter_from_text(template, "文")
    except SourceError as error:
        with pytest.raises(SourceError, match=re.escape(str(error))):
            chapter(Store(), template, "文")
    else:
        assert chapter(Store(), template, "文") == expected
