"""A corrected Word document → its paragraphs, comments and tracked changes.

What is deleted with changes tracked counts as deleted, what is inserted as inserted, as if all had been accepted.
"""

import re
from collections.abc import Iterator

from lxml import etree

from keben.check.docxfile import DocxFile, W, read_package
from keben.check.docxtext import FORMULA as OMATH
from keben.check.docxtext import formula_signs
from keben.formats.docx.keys import CALL, FORMULA, KEY, PICTURE, RUBY, Token
from keben.formats.docx.properties import CATEGORY
from keben.review.word.marks import MarkReader, Marks
from keben.review.word.values import Comment, Corrected, Given

_PASSED = frozenset(
    "pPr rPr sectPr tblPr tblGrid trPr tcPr rubyPr sdtPr sdtEndPr instrText delText del moveFrom footnoteRef "
    "annotationRef txbxContent".split()
)
_SIGNS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "footnoteReference": CALL,
    "endnoteReference": CALL,
    "drawing": PICTURE,
    "pict": PICTURE,
    "object": PICTURE,
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WHITE = re.compile(r"[ \t]+")


def read_corrected(data: bytes) -> Corrected:
    """A document's paragraphs in order, those of its notes last.

    Raises:
        BrokenDocxError: it cannot be read.
    """
    package = read_package(data)
    root = package.tree(package.main)
    nodes = [(node, False) for node in root.iter(f"{W}p") if not _is_apart(node)]
    path = package.related("footnotes")
    if path:
        for note in package.tree(path).iter(f"{W}footnote"):
            if note.get(f"{W}type") is None:
                nodes += [(node, True) for node in note.iter(f"{W}p") if not _is_apart(node)]
    texts = _comments(package)
    styles = package.related("styles")
    reader = MarkReader(package.tree(styles) if styles else None)
    paragraphs: list[Given] = []
    comments: list[Comment] = []
    for node, is_note in nodes:
        style = reader.name_of(_style(node))
        pairs = tuple(_settled(list(_tokens(node, reader, frozenset())), style))
        tokens = tuple(token for token, _ in pairs)
        keys = tuple(_keys(node))
        begun = [
            str(each.get(f"{W}id")) for each in node.iter(f"{W}commentRangeStart", f"{W}commentReference")
        ]
        about = [number for number in dict.fromkeys(begun) if number in texts]
        comments += [Comment(*texts.pop(number), len(paragraphs)) for number in about]
        # A bookmark in an empty paragraph is one of a paragraph whose text was deleted.
        if tokens:
            marks = tuple(marks for _, marks in pairs)
            paragraphs.append(Given(tokens, keys, style, is_note, marks))
    comments += (Comment(author, text, -1) for author, text in texts.values())
    trees = [root, *([package.tree(path)] if path else [])]
    inserted, deleted = (
        sum(1 for tree in trees for _ in tree.iter(*(f"{W}{name}" for name in names)))
        for names in (("ins", "moveTo"), ("del", "moveFrom"))
    )
    edition, stamp = said_of(package)
    return Corrected(tuple(paragraphs), tuple(comments), inserted, deleted, edition, stamp)


def _is_apart(node: "etree._Element") -> bool:
    """Whether a paragraph is in a text box, or said again for older programs."""
    return any(each.tag in (f"{W}txbxContent", _FALLBACK) for each in node.iterancestors())


def _tokens(node: "etree._Element", reader: MarkReader, marks: Marks) -> Iterator[tuple[Token, Marks]]:
    """What an element says, each token with the marks of its run."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag == _FALLBACK:
            continue
        name = child.tag.removeprefix(W)
        if name in _PASSED:
            continue
        if name == "t":
            yield from ((character, marks) for character in child.text or "")
        elif name in _SIGNS:
            if name != "br" or child.get(f"{W}type") in (None, "textWrapping"):
                yield _SIGNS[name], marks
        elif child.tag == OMATH:
            yield FORMULA + formula_signs(child), marks
        elif name == "ruby":
            base, reading = (
                "".join(each.text or "" for part in child.iter(f"{W}{inner}") for each in part.iter(f"{W}t"))
                for inner in ("rubyBase", "rt")
            )
            yield f"{RUBY}{base}|{reading}", marks
        else:
            yield from _tokens(child, reader, reader.of(child) if name == "r" else marks)


def _settled(pairs: list[tuple[Token, Marks]], style: str) -> Iterator[tuple[Token, Marks]]:
    """Tokens with one space where Markdown has one; code as it is."""
    if style == "Code":
        yield from pairs
        return
    while pairs and pairs[-1][0] in (" ", "\t", "\n"):
        pairs.pop()
    before = "\n"
    for at, (written, marks) in enumerate(pairs):
        sign = " " if written == "\t" else written
        following = pairs[at + 1][0] if at + 1 < len(pairs) else ""
        if sign == " " and (before in (" ", "\n") or following == "\n"):
            continue
        before = sign
        yield sign, marks


def _style(node: "etree._Element") -> str:
    found = node.find(f"{W}pPr/{W}pStyle")
    return "Normal" if found is None else str(found.get(f"{W}val", "Normal"))


def _keys(node: "etree._Element") -> Iterator[str]:
    for each in node.iter(f"{W}bookmarkStart"):
        name = str(each.get(f"{W}name", ""))
        if KEY.fullmatch(name):
            yield name


def _comments(package: DocxFile) -> dict[str, tuple[str, str]]:
    """The author and the text of each comment, by its number."""
    path = package.related("comments")
    if not path:
        return {}
    return {
        str(each.get(f"{W}id")): (
            str(each.get(f"{W}author", "")),
            "".join(text.text or "" for text in each.iter(f"{W}t")),
        )
        for each in package.tree(path).iter(f"{W}comment")
    }


def said_of(package: DocxFile) -> tuple[str, str]:
    """The edition that a document is of, and the stamp of its text; empty where its properties do not say."""
    kinds = package.relations("").values()
    path = next((target for kind, target in kinds if kind.endswith("/core-properties")), "")
    if path not in package.files:
        return "", ""
    texts = (
        each.text or ""
        for each in package.tree(path)
        if isinstance(each.tag, str) and etree.QName(each).localname == "category"
    )
    words = next(texts, "").removeprefix(CATEGORY).split(" ")
    return (words[0], words[1]) if len(words) == 2 else ("", "")
