"""What a manuscript holds that is no sign of Keben's: other tools' Markdown.

None of it is lost, and none of it is refused: it is printed as it is written, and each kind is reported once a chapter.
"""

import re

from keben.core.patterns import later
from keben.core.saying import marked, wording
from keben.core.values import dataclass

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of what is reported once a chapter."""

    code: str
    message: str
    """What is wrong, without its full stop; ``{text}`` is the first of them."""
    advice: str
    why: str = ""
    """What ``{why}`` in the message is."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a kind looks in the text of a paragraph."""

    kind: Dialect
    triggers: str | tuple[str, ...]
    """Characters or texts of which one must be in the text."""
    form: re.Pattern[str]


UNPAIRED = Dialect(
    "maths",
    marked("“{text}” begins or ends no formula, and is printed"),
    wording("Close it with $$ before the next empty line; put a backslash before it to print it."),
)
LATEX = Dialect(
    "latex",
    marked("“{text}” is a command of LaTeX, and is printed"),
    wording("Take it out, or write what it should do."),
)
SUBSCRIPT = Dialect(
    "subscript",
    marked("“{text}” is not a subscript here, and is printed as it is written"),
    "Write H<sub>2</sub>O.",
)
SUPERSCRIPT = Dialect(
    "superscript",
    marked("“{text}” is not a superscript here, and is printed as it is written"),
    "Write m<sup>2</sup>.",
)
HIGHLIGHT = Dialect(
    "highlight",
    marked("“{text}” is not highlighted here, and is printed as it is written"),
    "Write *…*, or <mark>…</mark>.",
)
CITATION = Dialect(
    "citation",
    marked("“{text}” is not a citation here, and is printed as it is written"),
    wording("Write it out, as text or as a note."),
)
ALERT = Dialect(
    "alert",
    marked("“{text}” begins no box here, and is printed as it is written"),
    wording("Take it out; a class in braces on the line before the quotation gives it a look of its own."),
)
CONTAINER = Dialect(
    "no-container",
    marked("“{text}” begins nothing here, and is printed"),
    wording(
        "Write a class in braces on the line before a block; begin the line with a backslash to print it."
    ),
)
ADMONITION = Dialect(
    "admonition",
    marked("“{text}” begins no box here, and is printed; what is indented below it is code"),
    wording("Take it out, and the indent of what follows."),
)
TAB = Dialect(
    "tab",
    marked("“{text}” is not a tab here, and is printed; what is indented below it is code"),
    wording("Write it as a heading, and take out the indent of what follows."),
)
INCLUDE = Dialect(
    "include",
    marked("“{text}” includes nothing here, and is printed as it is written"),
    wording("Put the text of that file in its place."),
)
INCLUDE_COMMENT = Dialect(
    "include", marked("“{text}” includes nothing here"), wording("Put the text of that file in its place.")
)
TEMPLATE = Dialect(
    "template",
    marked("“{text}” is filled in by another tool; here it is printed as it is written"),
    wording("Write what it stands for, or put it in backticks."),
)
WIKILINK = Dialect(
    "wikilink",
    marked("“{text}” is not a link here, and is printed as it is written"),
    wording("Write [text](file.md) or [](#id)."),
)
EMBED = Dialect(
    "embed",
    marked("“{text}” shows nothing here, and is printed as it is written"),
    wording("Write ![what it shows](path) for a picture, or put the text in its place."),
)
TABLE_OF_CONTENTS = Dialect(
    "toc", marked("“{text}” is printed: a book has its contents of itself"), wording("Take it out.")
)
EMOJI = Dialect(
    "emoji-name",
    marked("“{text}” is not markup here, and is printed as it is written"),
    wording("Write the sign itself."),
)
TASK = Dialect(
    "task",
    marked("“{text}” is not a task-list box here, and is printed as it is written"),
    wording("Write ☐ or ☑, or take it out."),
)
UNREAD_LINK = Dialect(
    "unread-link",
    marked("“{text}” is neither a link nor a picture, and is printed as it is written"),
    wording(
        "Put a path with spaces in angle brackets, (<a b.png>), a title between straight "
        "quotes, and a width in braces behind it."
    ),
)
NO_RUBY = Dialect(
    "no-ruby",
    marked("“{text}” is not a reading, and is printed"),
    wording("Write {漢字|hàn zì}; put a backslash before the brace to print it."),
)
STRAY_BRACES = Dialect(
    "attribute",
    marked("“{text}” sets nothing here, and is printed"),
    wording(
        "Put it on a line of its own before a block, or right behind a link or a "
        "picture; put a backslash before the brace to print it."
    ),
)
NO_NAME = Dialect(
    "class-name",
    marked("“{text}” is not a class, and is printed"),
    wording("A class is ASCII letters, digits, “-” and “_”; put a backslash before the brace to print it."),
)
UNSET = Dialect(
    "attribute",
    marked("“{text}” cannot be set in braces"),
    wording("Use #id, .class or lang=…; of a picture, width=… (50%, 8cm, 300)."),
)
EDITED = Dialect(
    "edit-mark",
    marked("“{text}” is an editor's mark of another tool, and is printed"),
    wording("Accept or reject the change, and take the mark out."),
)
LINE_BLOCK = Dialect(
    "line-block",
    marked("“{text}” begins no line of verse, and is printed"),
    wording("End each line with a backslash instead."),
)
GRID = Dialect(
    "grid-table",
    marked("“{text}” draws no table, and is printed"),
    wording("Write its rows with | between the cells, and |---| below the head."),
)
FOREIGN = Dialect(
    "foreign-attribute",
    marked("“{text}” sets nothing here, and is printed"),
    wording("Write #id, .class or lang=… in the braces."),
)
DIRECTIVE = Dialect(
    "directive",
    marked("“{text}” is a directive of another markup, and is printed"),
    wording("Take it out, or write what it should do."),
)
RESERVED = Dialect(
    "reserved-class",
    marked("The class “{text}” is one that Keben uses itself, and is left out"),
    wording("Choose another name."),
)
INFO = Dialect(
    "fence-info",
    marked("“{text}” stands behind the marks of a code block, and is not printed"),
    wording('Write it into the block, or title="…" to print it above.'),
)


def undrawn(reason: str) -> Dialect:
    """The kind of a drawing in code that is printed as code; why, if there is more to say than that it is one."""
    why = wording(" ({reason})", reason=reason) if reason else ""
    return Dialect(
        "diagram",
        marked("“{text}” is not drawn{why}: its source is printed as code"),
        wording(
            'Draw it with its tool, and name the picture behind the marks: svg="path" alt="what it shows".'
        ),
        why,
    )


def unset_formula(reason: str) -> Dialect:
    """The kind of a formula that is printed as it is written; why it cannot be set."""
    return Dialect(
        "maths",
        marked("The formula “{text}” cannot be set ({why}): it is printed as it is written"),
        wording(
            "Write it otherwise in LaTeX (docs/markdown.md names what is known), or put a backslash before its sign."
        ),
        reason,
    )


ALERT_FORM = later(r"\[![A-Za-z]{1,20}\][+-]?")
TASK_FORM = later(r"\[[ xX]\](?=[ \t\n]|$)")
TOC_FORM = later(r"\[\[?_?toc_?\]\]?|@\[toc\][^\n]*|\{:? ?toc\}", re.IGNORECASE)
DIAGRAMS = frozenset(
    (
        "abc blockdiag bpmn c4plantuml chart d2 ditaa dot echarts erd excalidraw flow flowchart graphviz gv markmap "
        "mermaid mindmap mmd nomnoml pikchr plantuml puml railroad sequence structurizr svgbob tikz uml vega vega-lite "
        "vegalite wavedrom wireviz"
    ).split()
)
FORMULAS = frozenset(("math", "katex"))
"""The languages of blocks of code that hold a formula in LaTeX."""

INCLUDE_FORM = later(
    r"^[ \t]*(\{\{#[a-z_]+[^\n{}]*\}\}|@import[ \t]+\"[^\"\n]*\"|<<<[ \t]*@?/[^\n]*"
    r"|@\[code[^\]\n]*\]\([^)\n]*\)|--8<--.*)",
    re.MULTILINE,
)

INCLUDE_COMMENT_FORM = later(r"<!--[ \t]*@include:[^\n>]{0,200}-->")

PATTERNS = (
    Pattern(UNPAIRED, ("$$",), later(r"(?<!\$)\$\$(?!\$)")),
    Pattern(
        LATEX,
        "\\",
        later(
            r"(?<![A-Za-z0-9_:/\\.])\\[A-Za-z]{2,20}(?![A-Za-z\\/.:])(?:\[[^\]\n]{0,40}\])?(?:\{[^{}\n]{0,60}\})?"
        ),
    ),
    Pattern(
        SUBSCRIPT,
        "~",
        later(r"(?<![~0-9A-Za-z])[0-9A-Za-z)\]]{0,20}[A-Za-z)\]][0-9]?~[0-9A-Za-z+=()-]{1,10}~(?![~0-9])"),
    ),
    Pattern(
        SUPERSCRIPT,
        "^",
        later(
            rf"(?:[0-9A-Za-z)\]]\^[0-9A-Za-z+=(),.\u2212-]{{1,12}}\^|{_HAN}\^[0-9+\u2212-]{{1,4}}\^)(?!\^)"
        ),
    ),
    Pattern(HIGHLIGHT, ("==",), later(r"(?<![=A-Za-z0-9])==(?![=\s])[^=\n]{1,200}(?<!\s)==(?![=A-Za-z0-9])")),
    Pattern(
        CITATION,
        "@",
        later(
            r"\[(?:[^\[\]@\n]{0,60}(?<![A-Za-z0-9]))?@[A-Za-z_][A-Za-z0-9_:.#$%&+?~/-]{0,80}[^\[\]\n]{0,120}\]"
            r"|(?<![A-Za-z0-9_@./])@(?:fig|tbl|sec|eq|lst|thm|lem|cor|def|exm|exr|tab)[-:][A-Za-z0-9_-]+"
        ),
    ),
    Pattern(CONTAINER, (":::",), later(r"^:{3,}[ \t]*[^\s:][^\n]{0,60}", re.MULTILINE)),
    Pattern(
        ADMONITION, ("!!!", "???"), later(r"^(?:!!!|\?\?\?\+?)[ \t]*[A-Za-z\"][^\n]{0,60}", re.MULTILINE)
    ),
    Pattern(
        EDITED,
        "{%",
        later(r"\{(?:\+\+|--|~~|>>)[^{}\n]{0,200}(?:\+\+|--|~~|<<)\}|(?<!%)%%(?!%)[^%\n]{1,200}%%(?!%)"),
    ),
    Pattern(LINE_BLOCK, "|", later(r"^\|[ \t]+[^|\n]{1,200}$", re.MULTILINE)),
    Pattern(GRID, ("+-", "+=", "+:"), later(r"^\+(?:[-=:]{2,80}\+){1,40}$", re.MULTILINE)),
    Pattern(FOREIGN, "{", later(r"\{[:=][ \t]*[#.A-Za-z][^{}\n]{0,100}\}")),
    Pattern(
        DIRECTIVE,
        ".+",
        later(r"^(?:\.\.[ ]+[a-z-]{2,40}::|#\+[A-Za-z_]{2,40}:?)[^\n]{0,60}", re.MULTILINE),
    ),
    Pattern(INCLUDE, "<@", INCLUDE_FORM),
    Pattern(TAB, ("===",), later(r"^===[+!]?[ \t]+[\"“][^\n]{0,60}", re.MULTILINE)),
    Pattern(EMBED, ("![[",), later(r"!\[\[[^\[\]\n]{1,200}\]\]")),
    Pattern(WIKILINK, ("[[",), later(r"(?<!!)\[\[(?!_?toc_?\])[^\[\]\n]{1,200}\]\]", re.IGNORECASE)),
    Pattern(
        EMOJI,
        ":",
        later(r"(?<![A-Za-z0-9_:/]):(?:[a-z][a-z0-9_+-]{1,40}|[+-]1|100):(?![A-Za-z0-9_:/])"),
    ),
    Pattern(UNREAD_LINK, ("](",), later(r"!?\[[^\[\]\n\x01]{0,200}\]\([^()\n]{1,200}\)")),
    Pattern(NO_RUBY, "{", later(rf"\{{{_HAN}[^{{}}|\n]{{0,20}}\|(?:[ |]*\}}|(?![^{{}}\n]*\}}))")),
)
"""Kinds that are seen in the text of a paragraph. Each form looks a bounded way, so that no text takes long."""
