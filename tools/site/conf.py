"""Sphinx's settings of the documentation site. ``tools/docsite.py`` stages the pages and names the language."""

import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bigrams import Bigrams  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.search import languages  # noqa: E402

FOLDERS = {"zh": "zh_CN", "zh-tw": "zh_TW", "en": "en"}
NAMES = {"zh": "简体中文", "zh-tw": "繁體中文", "en": "English"}
FOLDER = os.environ["KEBEN_SITE"]

project = "刻本 Keben"
author = "The Keben authors"
language = FOLDERS[FOLDER]
extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["images/*.md"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
nitpicky = True
# A sample may be in a language, or in a form of one, that the highlighter does not know.
suppress_warnings = ["misc.highlighting_failure", "myst.header"]

html_theme = "furo"
html_title = project
templates_path = [str(HERE / "templates")]
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_search_language = "keben"
html_context = {"site_folder": FOLDER, "site_names": NAMES, "site_locales": FOLDERS}
html_theme_options = {"top_of_page_buttons": []}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}

_FAR = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["'](?:https?:)?//""")


def _nothing_from_afar(app: Sphinx, failed: Exception | None) -> None:
    """Fail where a page would load something from another host."""
    if failed is None:
        for page in sorted(Path(app.outdir).rglob("*.html")):
            if found := _FAR.search(page.read_text("utf-8")):
                raise RuntimeError(f"{page}: loads something from another host: {found[0]}")


def setup(app: Sphinx) -> None:
    """Add the search of Chinese, and the check of what pages load."""
    languages["keben"] = Bigrams
    app.connect("build-finished", _nothing_from_afar)
