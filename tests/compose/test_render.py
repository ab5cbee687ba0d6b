"""What templates make is kept, by all that it is made of."""

import pytest
from markupsafe import Markup

from keben.compose import filling
from keben.compose.render import Renderer
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
