r"""Commands of LaTeX in Markdown that print nothing: ``\mainmatter``, ``\index{词}``. They are left out."""

import re
from collections.abc import Sequence

from keben.project.importers.prose import prose_lines

_ALONE = re.compile(
    r"[ \t]*(?:\\(?:frontmatter|mainmatter|backmatter|appendix|tableofcontents|listoffigures|listoftables|printindex"
    r"|makeindex|bigskip|medskip|smallskip|vfill|noindent|centering|raggedright|normalsize|small|large|footnotesize"
    r"|begingroup|endgroup|maketitle|onecolumn|twocolumn|sloppy|fussy|nopagebreak|null)\b(?:\{\})?[ \t]*)+"
)
_ANYWHERE = re.compile(
    r"\\(?:index|vspace\*?|hspace\*?|pagestyle|thispagestyle|pagenumbering|markboth\{[^{}\n]*\}|markright|chaptermark"
    r"|sectionmark|addtocounter\{[^{}\n]*\}|setcounter\{[^{}\n]*\}|setlength\{[^{}\n]*\}|addcontentsline\{[^{}\n]*\}\{[^{}\n]*\})"
    r"\{(?:[^{}\n]|\{[^{}\n]*\})*\}|\\noindent\b[ \t]*"
)
_CODE = re.compile(r"((?<!`)(?:`[^`]+`|``[^`].*?``)(?!`)|\$[^$\n]+\$)")


def without_latex_marks(lines: Sequence[str]) -> list[str]:
    """The lines of a page without such commands, outside of code and formulas."""
    if not any("\\" in line for line in lines):
        return list(lines)
    return [
        _line(line) if is_prose and "\\" in line else line
        for line, is_prose in zip(lines, prose_lines(lines), strict=True)
    ]


def _line(line: str) -> str:
    if _ALONE.fullmatch(line):
        return ""
    # The odd ones are code.
    parts = _CODE.split(line)
    return "".join(part if at % 2 else _ANYWHERE.sub("", part) for at, part in enumerate(parts))
