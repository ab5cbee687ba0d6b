"""What a chapter is that does not say it: its title may."""

import re

from keben.core.book import ChapterKind
from keben.core.markup import Node, text_of
from keben.core.patterns import later
from keben.core.variants import own

_END = r"(?:$|[ \t\u3000：:—])"
_KINDS: tuple[tuple[ChapterKind, re.Pattern[str]], ...] = (
    (
        "preface",
        later(
            "(?:[原自代总總译譯编編作著]?者?序[一二三四五六]?|[自代总總译譯编編再新原]?[版者]?序言|(?:再版|译者|譯者|编者|編者)?前言|"
            f"弁言|凡例|出版说明|出版說明|Preface|Foreword){_END}"
        ),
    ),
    (
        "afterword",
        later(f"(?:[代译譯编編再]?[版者]?(?:后记|後記|跋)|Afterword|Postscript){_END}"),
    ),
    (
        "appendix",
        later(
            rf"(?:附录|附錄)[ ]?(?:[A-ZＡ-Ｚ]|[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})?{_END}"
            r"|Appendix(?: [A-Z0-9]+)?(?:$|[ .:])"
        ),
    ),
)


def kind_of(title: tuple[Node, ...]) -> ChapterKind:
    """The kind of chapter that a title names: 前言, 后记, 附录A …; else ``chapter``."""
    text = own(text_of(title)).strip()
    return next((kind for kind, pattern in _KINDS if pattern.match(text)), "chapter")
