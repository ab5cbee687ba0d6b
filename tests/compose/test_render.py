"""What templates make is kept, by all that it is made of."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from keben.compose import filling
from keben.compose.render import Renderer
from keben.compose.views import ChapterView
from keben.core.book import Theme
from keben.core.errors import SourceError
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


VIEW = ChapterView("id", "chapter", "", "", "", "", Markup("题"), "题", Markup("<p>文</p>"), ())


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
    tree(store, template, chapter=VIEW)
    other = replace(VIEW, body=Markup("<p>文&amp;又\n</p> <!-- 文 --><p>文</p>"))
    expected = tree(Store(), template, chapter=other)
    filled.clear()
    assert tree(store, template, chapter=other) == expected
    assert len(filled) == fills
    # An edit after a build in which nothing changed finds it, too.
    assert tree(store, template, chapter=other) == expected
    filled.clear()
    tree(store, template, chapter=replace(VIEW, body=Markup("<p/>")))
    assert len(filled) == fills
