"""How the site's search takes words: Latin words as they are, Chinese by pairs of neighbouring characters.

A query is taken in the same way in the browser, so a search finds every text that has the query in it, with no list of
words there. Sphinx's own search of Chinese splits pages into words, but not queries: one of two words finds nothing.
"""

import re

from sphinx.search import SearchLanguage

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9_]+(?:[.-][a-z0-9_]+)*", re.IGNORECASE)

_SPLITTER = r"""
function splitQuery(query) {
  const terms = [];
  for (const [run] of query.matchAll(/[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9_]+(?:[.-][a-z0-9_]+)*/gi)) {
    if (run.charCodeAt(0) < 0x3400 || run.length === 1) terms.push(run);
    else for (let at = 0; at + 1 < run.length; at++) terms.push(run.slice(at, at + 2));
  }
  return terms;
}
"""

_STEMMER = "var Stemmer = function () { this.stemWord = (word) => word; };"


def terms(text: str) -> list[str]:
    """The terms of a text. Single characters too, so that a query of one finds something."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] < "\u3400":
            found += [run, *re.split(r"[.-]", run)] if re.search(r"[.-]", run) else [run]
        else:
            found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
    return found


class Bigrams(SearchLanguage):
    """The search of all three languages."""

    lang = "keben"
    language_name = "Chinese and English"
    js_splitter_code = _SPLITTER
    js_stemmer_code = _STEMMER
    stopwords = frozenset()

    def split(self, input: str) -> list[str]:  # noqa: A002 (Sphinx's name)
        """The terms of a page."""
        return terms(input)

    def stem(self, word: str) -> str:
        """A word as it is looked up."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Whether a word is looked up: each is."""
        return bool(word)
