"""What the names of styles mean, in the languages of word processors."""

import re

_HEADING = re.compile(
    r"(?:heading|标题|標題|überschrift|titre|título|見出し|제목)[\s_]*([1-9１-９])(?!\d)", re.IGNORECASE
)
_OWN = {
    1: re.compile(
        r"(?:一级|1级|章)\s*(?:标题|標題|题|名)|(?:标题|標題)\s*一|chapter(?:\s*(?:title|heading))?",
        re.IGNORECASE,
    ),
    2: re.compile(
        r"(?:二级|2级|节)\s*(?:标题|標題|题|名)|(?:标题|標題)\s*二|section(?:\s*(?:title|heading))",
        re.IGNORECASE,
    ),
    3: re.compile(r"(?:三级|3级|小节)\s*(?:标题|標題|题|名)|(?:标题|標題)\s*三", re.IGNORECASE),
}
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("title", re.compile(r"title|标题|標題|书名|書名|book title", re.IGNORECASE)),
    ("subtitle", re.compile(r"subtitle|副标题|副標題", re.IGNORECASE)),
    ("author", re.compile(r"author|作者", re.IGNORECASE)),
    (
        "caption",
        re.compile(
            r"(?:\w+ ?)?caption(?: ?\w+)?|题注|題註|圖說|图注|图题|表题|figure|table|illustration|drawing",
            re.IGNORECASE,
        ),
    ),
    (
        "toc",
        re.compile(
            r"toc\s*\d|toc heading|目录\s*\d?|目錄\s*\d?|contents (?:\d|heading)|table of figures|index heading",
            re.IGNORECASE,
        ),
    ),
    (
        "quote",
        re.compile(
            r"quote|intense quote|引用|明显引用|引文|quotations?|block ?text|block quotation|citation",
            re.IGNORECASE,
        ),
    ),
    (
        "code",
        re.compile(
            r"html preformatted|html 预设格式|source ?code|preformatted text|code(?: block)?|代码|程序代码",
            re.IGNORECASE,
        ),
    ),
)

_FRONT = re.compile(
    r"版\s*[权權]\s*(?:页|頁|信息)?|扉\s*[页頁]|[书書]名[页頁]|[献獻]\s*[词詞辞辭给給]|[题題]\s*[献獻记記辞辭]|出版[说說]明|编者按"
    r"|編者按|凡例|封面|copyright(?: page)?|title ?page|colophon|dedication|epigraph|foreword|preface|cover",
    re.IGNORECASE,
)
"""Titles of pages at a book's front that are not counted as chapters."""


def level_of(name: str) -> int:
    """The level of headings of a style, from 1; 0: its name says none."""
    if match := _HEADING.fullmatch(name.strip()):
        return int(match[1])
    return next((level for level, form in _OWN.items() if form.fullmatch(name.strip())), 0)


def role_of(name: str) -> str:
    """What a name of a style says."""
    return next((role for role, form in _ROLES if form.fullmatch(name.strip())), "")


def is_front(title: str) -> bool:
    """Whether a title is that of a page at a book's front."""
    return _FRONT.fullmatch(title) is not None
