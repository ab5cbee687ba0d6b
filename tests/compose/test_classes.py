"""Classes that nothing knows, at compose's door."""

from dataclasses import replace

from manuscripts import manuscript
from samples import sample_edition
from themes import THEME

from keben.compose import compose
from keben.markdown import parse

NOTHING = "and no rule of Keben's knows it: it does nothing"


def found(text, theme=THEME):
    read = manuscript(f"# 题\n\n{text}")
    book, findings = parse(read)
    assert findings == ()
    _, findings = compose(book, read, theme, sample_edition())
    assert {finding.severity for finding in findings} <= {"warning"}
    return [str(finding).removeprefix("book/chapters/a.md:") for finding in findings]


def test_a_mistyped_class_is_told_with_the_one_that_was_meant():
    assert found("字\n[屈原]{.nmae}来了，[贾谊]{.nmae}也来了[^a]。\n\n[^a]: 注[宋玉]{.nmae}") == [
        f"4:7: warning: No style sheet selects the class “nmae”, {NOTHING}; 2 more of it in this chapter, "
        "at 4:21, 6:14. Did you mean .name?"
    ]
    assert found("{.vrse}\n> 月\n\n字\n\n{.epigrahp}\n> 引\n") == [
        f"3:3: warning: No style sheet selects the class “vrse”, {NOTHING}. "
        "Select it in a style sheet of the project, or take it out.",
        f"8:3: warning: No style sheet selects the class “epigrahp”, {NOTHING}. Did you mean .epigraph?",
    ]
    assert (
        len(found('<div class="boxx">\n\n字\n\n</div>\n\n## 节 {.cls}\n\n![图](../images/dot.png){.wdie}'))
        == 3
    )


def test_classes_that_rules_or_styles_know():
    known = (
        "[屈原]{.name}与[离骚]{.work}，[](#f){.number}与[](#f){.title}。\n\n{.epigraph}\n> 引\n\n{.pull}\n> 引\n\n"
        '![图](../images/dot.png "题"){#f}\n\n| 甲 |\n|:-:|\n| 乙 |\n\n```{.python}\nx\n```\n\n`x`{.js}，{國語|ㄍㄨㄛˊ ㄩˇ}\n\n'
        '```js title="x"\ny\n```'
    )
    assert found(known) == []
    styles = {
        **THEME.styles,
        "print.css": "/* .b */ p.诗, .a:not(.poem-1) > i { content: '.c'; background: url(x.d) }",
    }
    own = replace(THEME, styles=styles)
    assert found("[甲]{.a .poem-1}", own) == []
    assert len(found("[甲]{.b .c .d}", own)) == 3


def test_many_classes_get_one_warning():
    text = " ".join(f"[甲]{{.zzz{number}q}}" for number in range(14)) + " [乙]{.zzz0q} [丙]{.epigrahp}"
    several = found(text)
    assert len(several) == 2
    assert any(".epigraph" in each for each in several)
    assert any(
        "3:6: warning: 14 classes do nothing, as no style sheet selects them: .zzz0q (2 times), .zzz1q, "
        in each
        and ", .zzz11q, …. Select them" in each
        for each in several
    )
