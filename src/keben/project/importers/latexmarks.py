r"""Commands of LaTeX in Markdown that print nothing: ``\mainmatter``, ``\index{词}``. They are left out."""

import re
from collections.abc import Sequence

from keben.project.importers.rewriting import IN_CODE, outside_code, with_prose

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
_CODE = re.compile(rf"({IN_CODE}|\$[^$\n]+\$)")


def without_latex_marks(lines: Sequence[str]) -> list[str]:
    """The lines of a page without such commands, outside of code and formulas."""
    return with_prose(lines, "\\", _line)


def _line(line: str) -> str:
    if _ALONE.fullmatch(line):
        return ""
    return outside_code(line, lambda text: _ANYWHERE.sub("", text), _CODE)
