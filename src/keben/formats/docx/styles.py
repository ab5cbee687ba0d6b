"""styles.xml and fontTable.xml: Word's own styles by their names, in the fonts that a region's readers have.

Sizes are in half points, distances in twentieths of a point, indents of Chinese text in hundredths of a character.
"""

from collections.abc import Iterator, Mapping

from keben.core.values import dataclass
from keben.formats.docx.marking import part, tag

LATIN, MONO = "Times New Roman", "Consolas"


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a region."""

    text: str
    heading: str
    quote: str
    mono: str
    language: str
    """As Word calls it."""
    others: Mapping[str, str]
    """The fonts' names in Chinese."""


_CN = Faces("SimSun", "SimHei", "KaiTi", "NSimSun", "zh-CN",
            {"SimSun": "宋体", "SimHei": "黑体", "KaiTi": "楷体", "NSimSun": "新宋体"})  # fmt: skip
_TW = Faces("PMingLiU", "Microsoft JhengHei", "DFKai-SB", "MingLiU", "zh-TW",
            {"PMingLiU": "新細明體", "Microsoft JhengHei": "微軟正黑體", "DFKai-SB": "標楷體",
             "MingLiU": "細明體"})  # fmt: skip
_HK = Faces("PMingLiU_HKSCS", "Microsoft JhengHei", "DFKai-SB", "MingLiU_HKSCS", "zh-HK",
            {"PMingLiU_HKSCS": "新細明體_HKSCS", "Microsoft JhengHei": "微軟正黑體", "DFKai-SB": "標楷體",
             "MingLiU_HKSCS": "細明體_HKSCS"})  # fmt: skip


def faces_of(language: str) -> Faces:
    """The fonts for an edition's language."""
    if language.endswith(("HK", "MO")):
        return _HK
    return _TW if "Hant" in language or language.endswith("TW") else _CN


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of paragraphs: its id, Word's name, what it is based on, and what it changes."""

    id: str
    name: str
    base: str = "Normal"
    next: str = ""
    paragraph: str = ""
    run: str = ""
    is_own: bool = False
    """Not one of Word's."""


def _spacing(before: int = 0, after: int = 0, line: int = 0) -> str:
    lines = {"line": line, "lineRule": "auto"} if line else {}
    return tag("spacing", before=before, after=after, **lines)


_NO_INDENT = tag("ind", firstLineChars=0, firstLine=0)
_KEEP = tag("keepNext") + tag("keepLines")


def _indent(left: int, right: int = 0, first: int = 0) -> str:
    """In characters; of a first line too."""
    return tag(
        "ind",
        leftChars=left * 100,
        left=left * 240,
        rightChars=right * 100,
        right=right * 240,
        firstLineChars=first * 100,
        firstLine=first * 240,
    )


def _jc(value: str) -> str:
    return tag("jc", val=value)


def _fonts(east: str, latin: str = "") -> str:
    values = {"ascii": latin, "hAnsi": latin} if latin else {}
    return tag("rFonts", **values, eastAsia=east)


def _size(half_points: int) -> str:
    return tag("sz", val=half_points) + tag("szCs", val=half_points)


_BOLD = tag("b") + tag("bCs")
_GREY = tag("color", val="666666")
_BOX = tag(
    "pBdr",
    *(tag(side, val="single", sz=4, space=4, color="999999") for side in ("top", "left", "bottom", "right")),
)
_RULE = tag("pBdr", tag("bottom", val="single", sz=4, space=1, color="999999"))


def _headings(faces: Faces) -> Iterator[_Style]:
    sizes = (36, 30, 28, 26, 24, 24)
    for level, size in enumerate(sizes, 1):
        look = tag("outlineLvl", val=level - 1)
        space = _spacing(480, 360) if level == 1 else _spacing(280, 140)
        middle = _jc("center") if level == 1 else ""
        shape = _KEEP + space + _NO_INDENT + middle + look
        run = _fonts(faces.heading, "Arial") + _BOLD + _size(size)
        yield _Style(f"Heading{level}", f"heading {level}", next="Normal", paragraph=shape, run=run)
    title = _KEEP + _spacing(3600, 360) + _NO_INDENT + _jc("center") + tag("outlineLvl", val=0)
    run = _fonts(faces.heading, "Arial") + _BOLD + _size(44)
    yield _Style("PartTitle", "Part Title", next="PartText", paragraph=title, run=run, is_own=True)
    front = _spacing(2400, 240) + _NO_INDENT + _jc("center")
    yield _Style("Title", "Title", next="Subtitle", paragraph=front, run=run)
    middle = _spacing(0, 240) + _NO_INDENT + _jc("center")
    yield _Style("Subtitle", "Subtitle", paragraph=middle, run=_fonts(faces.quote) + _size(30))
    yield _Style("Author", "Author", paragraph=middle, run=_size(26), is_own=True)
    yield _Style("PartText", "Part Text", paragraph=_NO_INDENT + _jc("center"), is_own=True)


def _texts(faces: Faces) -> Iterator[_Style]:
    kai = _fonts(faces.quote)
    mono = _fonts(faces.mono, MONO) + tag("noProof") + _size(20)
    yield _Style("Quote", "Quote", paragraph=_indent(2, 2, 2), run=kai)
    yield _Style("Epigraph", "Epigraph", paragraph=_spacing(0, 120) + _indent(8), run=kai, is_own=True)
    pull = _spacing(240, 240) + _indent(2, 2) + _jc("center")
    yield _Style("IntenseQuote", "Intense Quote", paragraph=pull, run=kai + _size(28))
    yield _Style("QuoteSource", "Quote Source", paragraph=_indent(0, 2) + _jc("right"), run=kai, is_own=True)
    yield _Style("Verse", "Verse", paragraph=_indent(4), run=kai, is_own=True)
    yield _Style("NoteBox", "Note Box", paragraph=_BOX + _indent(1, 1), run=_size(21), is_own=True)
    bold = _fonts(faces.heading, "Arial") + _BOLD + _size(21)
    yield _Style(
        "NoteTitle", "Note Title", "NoteBox", "NoteBox", tag("keepNext") + _BOX + _indent(1, 1), bold, True
    )
    small = _fonts(faces.heading, "Arial") + _size(21)
    yield _Style("Caption", "caption", paragraph=_spacing(60, 120) + _NO_INDENT + _jc("center"), run=small)
    yield _Style("Figure", "Figure", paragraph=tag("keepNext") + _spacing(120, 60, 240) + _NO_INDENT + _jc("center"),
                 is_own=True)  # fmt: skip
    shade = tag("shd", val="clear", color="auto", fill="F2F2F2")
    code = shade + tag("snapToGrid", val=0) + _spacing(60, 60, 240) + _NO_INDENT + _jc("left")
    yield _Style("Code", "Code", paragraph=code, run=mono, is_own=True)
    yield _Style(
        "CodeTitle", "Code Title", next="Code", paragraph=tag("keepNext") + _NO_INDENT, run=small, is_own=True
    )
    yield _Style("SceneBreak", "Scene Break", next="Normal", paragraph=_RULE + _spacing(120, 240) + _indent(10, 10),
                 is_own=True)  # fmt: skip
    yield _Style(
        "Term", "Term", next="Definition", paragraph=tag("keepNext") + _NO_INDENT, run=_BOLD, is_own=True
    )
    yield _Style("Definition", "Definition", paragraph=_indent(2), is_own=True)


def _others() -> Iterator[_Style]:
    for name in ("Bullet", "Number", "Continue"):
        yield _Style(f"List{name}", f"List {name}", paragraph=_NO_INDENT)
    table = tag("snapToGrid", val=0) + _spacing(30, 30, 240) + _NO_INDENT + _jc("left")
    yield _Style("TableText", "Table Text", paragraph=table, run=_size(21), is_own=True)
    yield _Style("TableHead", "Table Head", "TableText", paragraph=table, run=_BOLD + _size(21), is_own=True)
    note = tag("snapToGrid", val=0) + _spacing(0, 0, 240) + _NO_INDENT + _jc("left")
    yield _Style("FootnoteText", "footnote text", paragraph=note, run=_size(18))
    for level in range(1, 4):
        yield _Style(f"TOC{level}", f"toc {level}", paragraph=_indent(2 * (level - 1)) + _jc("left"))
    yield _Style("TOCHeading", "TOC Heading", "Heading1", "Normal", tag("outlineLvl", val=9))
    yield _Style("Footer", "footer", paragraph=_NO_INDENT + _jc("center"), run=_size(18))


def styles_part(language: str) -> bytes:
    """styles.xml."""
    faces = faces_of(language)
    defaults = tag(
        "docDefaults",
        tag(
            "rPrDefault",
            tag(
                "rPr",
                tag("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=faces.text, cs=LATIN),
                tag("kern", val=2),
                _size(24),
                tag("lang", val="en-US", eastAsia=faces.language, bidi="ar-SA"),
            ),
        ),
        tag("pPrDefault", tag("pPr", _spacing(0, 0, 360))),
    )
    normal = _style(
        "paragraph",
        "Normal",
        tag("name", val="Normal"),
        tag("qFormat"),
        tag("pPr", tag("ind", firstLineChars=200, firstLine=480), _jc("both")),
        default=1,
    )
    styles = (*_headings(faces), *_texts(faces), *_others())
    return part(
        "styles", defaults, normal, *map(_paragraph_style, styles), *_character_styles(faces), *_TABLES
    )


def _style(kind: str, name: str, *inner: str, **more: object) -> str:
    return tag("style", *inner, type=kind, styleId=name, **more)


def _paragraph_style(style: _Style) -> str:
    return _style(
        "paragraph",
        style.id,
        tag("name", val=style.name),
        tag("basedOn", val=style.base),
        tag("next", val=style.next or style.id),
        tag("qFormat"),
        tag("pPr", style.paragraph) if style.paragraph else "",
        tag("rPr", style.run) if style.run else "",
        **({"customStyle": 1} if style.is_own else {}),
    )


def _character_styles(faces: Faces) -> Iterator[str]:
    default = tag("name", val="Default WordParagraph Font"), tag("uiPriority", val=1)
    yield _style("character", "DefaultParagraphFont", *default, default=1)
    for name, title, look, own in (
        ("FootnoteReference", "footnote reference", tag("vertAlign", val="superscript"), False),
        ("Hyperlink", "Hyperlink", tag("color", val="1F4E79"), False),
        ("CodeText", "Code Text", _fonts(faces.mono, MONO) + tag("noProof"), True),
    ):
        more = {"customStyle": 1} if own else {}
        based = tag("basedOn", val="DefaultParagraphFont")
        yield _style("character", name, tag("name", val=title), based, tag("rPr", look), **more)


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGINS = tag(
    "tblCellMar", *(tag(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 108), ("bottom", 0),
                                                                      ("right", 108)))
)  # fmt: skip
_TABLES = (
    _style(
        "table",
        "TableNormal",
        tag("name", val="Normal Table"),
        tag("tblPr", tag("tblInd", w=0, type="dxa"), _MARGINS),
        default=1,
    ),
    _style(
        "table",
        "TableGrid",
        tag("name", val="Table Grid"),
        tag("basedOn", val="TableNormal"),
        tag(
            "tblPr",
            tag("tblBorders", *(tag(edge, val="single", sz=4, space=0, color="auto") for edge in _EDGES)),
        ),
    ),
    _style("numbering", "NoList", tag("name", val="No List"), default=1),
)


def fonts_part(language: str) -> bytes:
    """fontTable.xml: the fonts by both of their names."""
    faces = faces_of(language)
    fonts = [tag("font", tag("altName", val=other), name=name) for name, other in faces.others.items()]
    return part("fonts", *fonts, *(tag("font", name=name) for name in (LATIN, "Arial", MONO)))
