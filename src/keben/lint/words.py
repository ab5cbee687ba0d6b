"""Words that stand twice, and how headings, calls of notes and lists end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from keben.core.saying import marked, wording
from keben.lint.patterns import HAN, both, in_kinds, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

_STOPS = "。，；、：！？"

_SIDES = {"before": wording("before"), "behind": wording("behind")}

_TWICE = both(
    pattern(r"(?<![目的有似])的的(?![确士])", "的"),
    pattern(
        r"(?<!着)着着(?!着)|(?<!们)们们(?!们)|(?<!被)被被(?!被)|(?<!把)把把(?!把|关|脉)|(?<![在实實])在在(?!在)",
        lambda found: found[0][0],
    ),
    pattern(r"(?<![是于还可但就总老只真要凡若都正])是是(?![是非])", "是"),
    pattern(
        r"(我们|他们|她们|你们|咱们|它们|因为|所以|但是|如果|虽然|并且|而且|或者|以及|关于|对于|由于|为了|通过|根据|其中)\1",
        r"\1",
    ),
)


def _calls(pages: Sequence[LintPage]) -> Iterator[tuple[LintPage, ProseBlock, Slip]]:
    """Calls of notes that stand on the other side of a full stop or comma than most of the book's do."""
    found: list[tuple[LintPage, ProseBlock, int, str]] = []
    for page in pages:
        for passage in page.prose.passages:
            for call in passage.calls:
                if passage.text[call.at - 1 : call.at] in tuple(_STOPS) and call.at:
                    found.append((page, passage, call.at, "behind"))
                elif passage.text[call.at : call.at + 1] in tuple(_STOPS):
                    found.append((page, passage, call.at, "before"))
    counts = Counter(side for *_, side in found)
    if len(counts) < 2:
        return
    (usual, many), (rare, few) = counts.most_common(2)
    if few * 4 > many:
        return  # Houses tell a note on a word from one on a sentence by this.
    for page, passage, at, side in found:
        if side == rare:
            start = at - 1 if side == "behind" else at
            about = wording(
                "This note is called {rare} the mark; {many} others of the book {usual} it",
                rare=_SIDES[rare],
                many=many,
                usual=_SIDES[usual],
            )
            yield page, passage, Slip(start, start + 1, about=about)


def _list_ends(page: LintPage) -> Iterator[Slip]:
    items = [passage for passage in page.prose.passages if passage.kind == "item"]
    for block in page.prose.blocks:
        inside = [one for one in items if block[0] <= one.lines[0] < block[1]]
        ends = Counter(bool(re.search(rf"[{_STOPS}]\Z", one.text.rstrip())) for one in inside)
        if len(inside) < 3 or len(ends) < 2:
            continue
        rare = min(ends, key=lambda end: ends[end])
        for one in inside:
            text = one.text.rstrip()
            span = one.span(len(text) - 1, len(text)) if text else None
            if span and bool(re.search(rf"[{_STOPS}]\Z", text)) is rare:
                yield Slip(*span)


RULES = (
    Rule(
        "K801",
        "repeated-word",
        marked("“{text}” stands twice"),
        wording("A slip of the keyboard."),
        wording("The house's reader"),
        fix="offered",
        wrong=(("我的的书", "我的书"), ("我们我们走吧", "我们走吧")),
        right=("目的的确定", "的的确确", "谢谢爸爸", "是是非非", "研究研究", "他于是是走了"),
        check=_TWICE,
        triggers="的着们被把在是我他她你咱它因所但如虽并而或以关对由为通根其",
    ),
    Rule(
        "K802",
        "heading-stop",
        marked("The heading ends with “{text}”"),
        wording("Headings have no stop at their end, but a question or an exclamation has its mark."),
        "CY/T 120—2015 (academic works); common practice of publishers",
        severity="notice",
        fix="offered",
        wrong=(("# 绪论。", "# 绪论"), ("# 绪论：", "# 绪论")),
        right=("# 绪论", "# 为什么？"),
        check=in_kinds(pattern(rf"(?<={HAN})[。，；、：](?=\s*\Z)", ""), "heading"),
        triggers="。，；、：",
    ),
    Rule(
        "K803",
        "note-call",
        "{about}",
        wording("One book calls its notes on one side of the mark."),
        wording("Common practice of publishers"),
        severity="notice",
        wrong=(
            (
                "一[^1]，二[^2]，三[^3]，四[^4]，五。[^5]\n\n[^1]: 甲\n[^2]: 乙\n[^3]: 丙\n[^4]: 丁\n[^5]: 戊",
                None,
            ),
        ),
        right=("一[^1]，二[^2]。\n\n[^1]: 甲\n[^2]: 乙",),
        book_check=_calls,
    ),
    Rule(
        "K804",
        "list-ends",
        marked("This item ends with “{text}”, unlike most of its list"),
        wording("The items of one list end alike."),
        wording("Common practice of publishers"),
        severity="notice",
        wrong=(("- 甲；\n- 乙；\n- 丙", None),),
        right=("- 甲；\n- 乙；\n- 丙。", "- 甲\n- 乙\n- 丙"),
        page_check=_list_ends,
        by_default=False,
    ),
)
