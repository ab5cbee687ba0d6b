"""Shortcodes of Hugo and its common themes → Markdown: boxes, formulas, pictures, links, code."""

import re

from keben.project.importers.prose import prose_lines

_CODE = re.compile(r"\{\{[<%]\s*(/?)\s*([A-Za-z][\w-]*)\s*(.*?)\s*/?\s*[>%]\}\}")
_WORD = re.compile(r"""(?:([A-Za-z][\w-]*)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'=]+))""")
_MATHS = ("katex", "latex", "math")
_FORMULA = re.compile(
    r"\{\{[<%]\s*(?:katex|latex|math)\b([^<>{}]*)[>%]\}\}(.*?)\{\{[<%]\s*/\s*(?:katex|latex|math)\s*[>%]\}\}"
)
_ALONE = re.compile(r"[ \t]*\{\{[<%][^{}]*[>%]\}\}[ \t]*")
_REFERENCE = re.compile(
    r"""\{\{[<%]\s*(?:rel)?ref\s+(?:"([^"{}]*)"|'([^'{}]*)'|([^\s"'{}]+))[^{}]*[>%]\}\}"""
)

_BOXES = frozenset(
    "hint notice alert admonition callout note tip warning info danger caution important".split()
)
_FOLDS = frozenset("details expand collapse spoiler".split())
_WRAPPERS = frozenset(
    "tabs tabpane columns column steps step cards section center left right rawhtml blockquote quote lead".split()
)
_KINDS = {
    "info": "info",
    "success": "tip",
    "tip": "tip",
    "warning": "warning",
    "danger": "danger",
    "error": "danger",
}


def without_codes(lines: list[str]) -> list[str]:
    """Lines without the shortcodes that are known; others stay, and are reported where the text is read."""
    if not any("{{" in line for line in lines):
        return lines
    made: list[str] = []
    mark = ""
    for line, is_prose in zip(lines, prose_lines(lines), strict=True):
        if not is_prose and not mark:
            made.append(line)
            continue
        code = _CODE.fullmatch(line.strip()) if _ALONE.fullmatch(line) else None
        fence = _fence(code) if code else None
        if fence is not None:
            mark = "" if code and code[1] else fence
            made.append(fence)
        elif mark:
            made.append(line)
        elif code:
            made.append(_block(code, line))
        else:
            line = _REFERENCE.sub(
                lambda match: match[1] or match[2] or match[3], _FORMULA.sub(_formula, line)
            )
            made.append(_CODE.sub(_inline, line))
    return made


def _fence(code: re.Match[str]) -> str | None:
    """The fence that a shortcode for code is."""
    name = code[2].lower()
    if name not in ("highlight", "mermaid", "code"):
        return None
    if code[1]:
        return "```"
    words = _words(code[3])
    return f"```{name if name == 'mermaid' else words.get('', words.get('lang', ''))}"


def _block(code: re.Match[str], line: str) -> str:
    """What stands for a shortcode that has a line of its own."""
    name, words = code[2].lower(), _words(code[3])
    if name in _BOXES:
        return _opened(_kind(name, words), words.get("title", "")) if not code[1] else ":::"
    if name in _FOLDS:
        return _opened("details", words.get("title", words.get("", ""))) if not code[1] else ":::"
    if name in _MATHS:
        return "$$"
    if name in ("tab", "tab-item"):
        label = words.get("name", words.get("title", words.get("", "")))
        return f"**{label}**" if label and not code[1] else ""
    return _CODE.sub(_inline, line)


def _opened(kind: str, title: str) -> str:
    return f"::: {kind} {title}".rstrip()


def _kind(name: str, words: dict[str, str]) -> str:
    said = (words.get("type") or words.get("") or words.get("context") or words.get("color") or "").lower()
    return _KINDS.get(said, said if said in _BOXES and said != "alert" else _KINDS.get(name, "note"))


def _inline(code: re.Match[str]) -> str:
    """What stands for a shortcode in a line of text; itself where it is not known."""
    name = code[2].lower()
    if name in _WRAPPERS:
        return ""
    if name == "br":
        return "<br>"
    return (_picture(_words(code[3])) or code[0]) if name in ("figure", "img", "image") else code[0]


def _picture(words: dict[str, str]) -> str:
    address = words.get("src") or words.get("link") or words.get("", "")
    text = words.get("caption") or words.get("alt") or words.get("title") or ""
    return f"![{text.replace('[', '').replace(']', '')}](<{address}>)" if address else ""


def _formula(match: re.Match[str]) -> str:
    """LaTeX between its signs; nothing where the shortcode only loads a program."""
    mark = "$$" if "display" in match[1] else "$"
    return f"{mark}{match[2].strip()}{mark}" if match[2].strip() else ""


def _words(text: str) -> dict[str, str]:
    """What a shortcode is given; the first word without a name under the empty one."""
    words: dict[str, str] = {}
    for one in _WORD.finditer(text):
        words.setdefault(one[1] or "", one[2] or one[3] or one[4] or one[5] or "")
    return words
