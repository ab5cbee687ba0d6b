"""How an EPUB's pages look in a browser, for what its style sheet alone can get wrong."""

import pytest
from books import ROOT
from samples import sample_composition

from keben.core.markup import serialize

ROWS = "".join(f"<div><dt>标识</dt><dd>{'很长的值' * count}</dd></div>" for count in (1, 20, 1, 12, 1))


def test_labels_of_the_colophon_stand_beside_their_values(chromium):
    styles = "".join((ROOT / "styles" / name).read_text("utf-8") for name in ("base.css", "epub.css"))
    colophon = next(part for part in sample_composition().documents if part.name == "colophon")
    page = serialize(colophon.root).replace("<dt>版本</dt><dd>1.0.0</dd>", ROWS)
    assert ROWS in page
    for width in (360, 800):
        view = chromium.new_page(viewport={"width": width, "height": 640})
        view.set_content(f"<style>{styles}</style>{page}")
        rows = view.evaluate(
            "[...document.querySelectorAll('dl div')].map(row => [row.querySelector('dt').getBoundingClientRect().top,"
            " row.querySelector('dd').getBoundingClientRect().top])"
        )
        assert len(rows) == 5
        assert all(label == pytest.approx(value, abs=1) for label, value in rows)
