"""Templates leave nothing of the source out, unless they say so."""

import re
from dataclasses import replace

import pytest
from manuscripts import manuscript
from samples import sample_edition

from keben.check import check_source
from keben.compose import compose
from keben.markdown import parse
from keben.project.theme import default_folder, load_theme

THEME = load_theme(default_folder())[0]
ONE = """# 归来：[离骚]{.work}

夜里下了一场雨，见[](#b)。{屈原|qū yuán}[^a]

> 引文。

1. 甲
2. 乙

![图](../images/dot.png "一点")

尾段。-{zh-hans:软件;zh-tw:軟體}-

[^a]: 注文甲。

    注文第二段。
"""
TWO = "---\nlabel: 卷外\n---\n\n# 别[^b]\n\n又一段。\n\n[^b]: 题注。\n".replace("[^b]\n\n又", "\n\n又[^b]")


def checked(**templates):
    """What is found of a book of two chapters, and the template's own text without its name."""
    source = manuscript(ONE, TWO)
    book, findings = parse(source)
    assert findings == ()
    names = {name.replace("_", "."): text for name, text in templates.items()}
    theme = replace(
        THEME,
        templates={**THEME.templates, **names},
        origins={name: f"default:templates/{name}" for name in THEME.templates}
        | {name: f"templates/{name}" for name in names},
    )
    composition, _ = compose(book, source, theme, sample_edition())
    return [str(finding) for finding in check_source(book, composition, theme.origins)]


EXTENDS = '{% extends "default:chapter.html" %}{% block body %}'


def test_the_default_theme_leaves_nothing_out():
    assert checked() == []


@pytest.mark.parametrize("title", ["{霾|mái}与{饕餮|tāo tiè}", "{注音|ㄓㄨˋ ㄧㄣ}题", "第三章 {霾|mái}"])
def test_contents_have_titles_without_readings(title):
    source = manuscript(f"# {title}\n\n文。\n", TWO)
    book, _ = parse(source)
    composition, _ = compose(book, source, THEME, sample_edition())
    assert check_source(book, composition, {}) == ()


@pytest.mark.parametrize("edition", [{"works": "wavy", "names": "lined"}, {"writing": "vertical"}])
def test_what_compose_adds_does_not_count(edition):
    source = manuscript(ONE, TWO)
    book, _ = parse(source)
    composition, _ = compose(book, source, THEME, sample_edition("zh-Hant-TW", **edition))
    assert check_source(book, composition, THEME.origins) == ()


@pytest.mark.parametrize(
    "text", ["# 面对对象 Object\n\n> 面对对象\n", "# 甲乙甲\n\n甲\n\n[^a]\n\n[^a]: 甲\n"]
)
def test_a_title_may_begin_as_the_text_is(text):
    source = manuscript(text)
    book, _ = parse(source)
    composition, _ = compose(book, source, THEME, sample_edition())
    assert check_source(book, composition, THEME.origins) == ()


def test_a_template_without_super_is_named_once_with_a_count():
    assert checked(chapter_html=EXTENDS + "<p>※</p>{% endblock %}") == [
        "templates/chapter.html: This template leaves out text of 6 places, the first of them book/chapters/a.md:3: "
        "“夜里下了一场雨，见。屈qū原yuán”. Print `{{ chapter.body }}` in it, or `{{ super() }}` in the block; if that is "
        'meant, put `data-omit="body"` on an element of it.'
    ]


def test_a_template_may_say_what_it_leaves_out():
    assert checked(chapter_html=EXTENDS + '<p data-omit="body">※</p>{% endblock %}') == []
    bare = '<section id="{{ chapter.id }}" data-omit="title label notes body"><h1>题</h1></section>'
    assert checked(chapter_html=bare) == []


def test_what_it_says_is_one_of_what_it_has():
    (finding,) = checked(chapter_html=EXTENDS + '<p data-omit="bodies">※</p>{{ super() }}{% endblock %}')
    assert finding == (
        "templates/chapter.html: `data-omit` names “bodies”, which is nothing that this template has to print. "
        "It can name title, label, body, notes."
    )


@pytest.mark.parametrize(
    ("template", "text", "parts"),
    [
        ("chapter_html", "<section><h1>{{ chapter.title }}</h1>{{ chapter.body | striptags | truncate(8) }}</section>",
         ["notes", "text", "the label that the front matter gives"]),
        ("chapter_html", "<section><h1>{{ chapter.label }}</h1>{{ chapter.body }}{% for n in chapter.notes %}{{ n }}{% endfor %}</section>",
         ["the title"]),
        ("chapter_html", "<section><h1>{{ chapter.label }}{{ chapter.title }}</h1>{{ chapter.body }}</section>", ["notes"]),
        ("titlepage_html", "<section><h1>题</h1></section>", ["the title"]),
        ("contents_html", "<nav><ol><li>{{ entries[1].title }}</li></ol></nav>", ["entries"]),
        ("contents_html", "<nav><ol>{% for e in entries | reverse %}<li>{{ e.title }}</li>{% endfor %}</ol></nav>", ["entries"]),
    ],
)  # fmt: skip
def test_each_part_that_is_left_out_is_reported(template, text, parts):
    findings = checked(**{template: text})
    name = template.replace("_", ".")
    reported = sorted(
        finding.removeprefix(f"templates/{name}: This template leaves out ") for finding in findings
    )
    assert [any(each.startswith(part) for each in reported) for part in parts] == [True] * len(parts), (
        reported
    )
    assert len(reported) == len(parts), reported


def test_a_fault_of_the_default_theme_is_one_of_keben_s():
    source = manuscript(ONE, TWO)
    book, _ = parse(source)
    composition, _ = compose(book, source, THEME, sample_edition())
    (first, *_) = book.chapters
    other = replace(first, body=(*first.body, first.body[0]))
    origins = {"chapter.html": "default:templates/chapter.html"}
    (finding,) = check_source(replace(book, chapters=(other, *book.chapters[1:])), composition, origins)
    assert finding.advice == "This is a fault of Keben's; please report it."


_FRAME = (
    "<section>{body}{{{{ chapter.body }}}}{{% for n in chapter.notes %}}{{{{ n }}}}{{% endfor %}}</section>"
)


@pytest.mark.parametrize(
    ("head", "reported"),
    [
        ("<p>{{ chapter.label }}</p><hr/><h1>※{{ chapter.title }}</h1>", []),
        ("<h1>{{ chapter.title }}</h1>", ["the title"]),
        ("<h1>{{ chapter.label }}</h1>", ["the title"]),
        ("<h1>{{ chapter.title }}{{ chapter.label }}</h1>", ["the title"]),
    ],
)
@pytest.mark.parametrize(
    "title", ["第三章：雨归", "第三章——雨归", "第三章　雨归", "一、雨归", "番外：雨归", "第1-2章·雨归"]
)
def test_a_number_may_be_printed_as_the_label_without_the_mark_behind_it(title, head, reported):
    source = manuscript(f"# {title}\n\n字\n")
    book, _ = parse(source)
    theme = replace(THEME, templates={**THEME.templates, "chapter.html": _FRAME.format(body=head)})
    composition, _ = compose(book, source, theme, sample_edition())
    found = check_source(book, composition, {"chapter.html": "templates/chapter.html"})
    assert [finding.message.split(" of book")[0].split("leaves out ")[1] for finding in found] == reported


@pytest.mark.parametrize("title", ["归来：雨", "雨、归来", "三国：雨", "第三者：雨", "一见：雨", "番人：雨"])
def test_no_other_mark_of_a_title_may_be_lacking(title):
    source = manuscript(f"# {title}\n\n字\n")
    book, _ = parse(source)
    lacking = re.sub("[：、]", "", title)
    page = _FRAME.format(body=f"<h1>{lacking}</h1>")
    theme = replace(THEME, templates={**THEME.templates, "chapter.html": page})
    composition, _ = compose(book, source, theme, sample_edition())
    found = check_source(book, composition, {"chapter.html": "templates/chapter.html"})
    assert ["leaves out the title" in finding.message for finding in found] == [True]
