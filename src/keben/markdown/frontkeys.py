"""Keys of front matter that are not Keben's: other tools', which say nothing here, and its own, misspelt."""

import difflib

KEYS = ("title", "label", "number", "short", "kind", "id")

_OTHERS = frozenset(
    "aliases alias author authors bibliography category categories comments cover css date description draft "
    "editLink editor embed excerpt excerpt_separator execute featured format head header hero hide home icon image "
    "index jupyter keywords kicker lang language last_update lastmod lastUpdated layout lead license link links "
    "list listing meta mathjax menu name navbar next nav_order order outline pageClass params parent permalink pin "
    "photos position prev publish published pubDate redirect_from series share shortTitle show sidebar "
    "sidebar_label sidebar_position sidebarDepth slug sort source sticky status style styles subtitle summary "
    "tag tags template theme titleTag pageComponent thumbnail time timeline toc top topic topics type typora-root-url "
    "uid updated url version weight".casefold().split()
)
"""Keys of Hexo, Hugo, Jekyll, VuePress, Docusaurus, Quarto, Obsidian, MkDocs and others."""


def misspelt(key: object) -> str:
    """The key of Keben's that another one was meant to be; empty if it is another tool's."""
    if not isinstance(key, str) or key.casefold() in _OTHERS:
        return ""
    near = difflib.get_close_matches(key.casefold(), KEYS, n=1, cutoff=0.75)
    # Of two letters any other key is near.
    return near[0] if near and (near[0] != "id" or key.casefold() == "id") else ""
