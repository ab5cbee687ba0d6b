"""parse at its door, generous: boxes, tabs and the like of other tools."""

from time import process_time

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize


def body(text):
    """What becomes of a text below a title, and the codes of what is found."""
    book, _ = generous(f"# 题\n\n{text}")
    _, findings = parse_texts(f"# 题\n\n{text}", reader="generous")
    found = [f"{finding.place.line}:{finding.severity[0]}:{finding.code}" for finding in findings]
    return serialize(book.chapters[0].body), found


NOTE = '<aside class="box note">'
TIP = '<aside class="box tip">'
TITLE = '<p class="box-title">题</p>'
TAB = '<div class="tab"><p class="tab-title">'
BOXES = {
    # GitHub's alerts and Obsidian's callouts
    "> [!NOTE]\n> 甲*乙*\n> 丙\n\n后": f"{NOTE}<p>甲<em>乙</em>丙</p></aside><p>后</p>",
    "> [!note]\n>\n> 甲": f"{NOTE}<p>甲</p></aside>",
    "> [!tip]- 题\n> 甲\n>\n> - 乙": f"{TIP}{TITLE}<p>甲</p><ul><li>乙</li></ul></aside>",
    "> [!TIP]+ 题": f"{TIP}{TITLE}</aside>",
    "> [!hint|right]\n> 甲": f"{TIP}<p>甲</p></aside>",
    "> [!配方]\n> 甲": "<blockquote><p>[!配方] 甲</p></blockquote>",
    "> [!recipe]\n> 甲": '<aside class="box"><p class="box-title">recipe</p><p>甲</p></aside>',
    "> \\[!NOTE]\n> 甲": "<blockquote><p>[!NOTE] 甲</p></blockquote>",
    "- 项\n\n  > [!NOTE]\n  > 甲": f"<ul><li><p>项</p>{NOTE}<p>甲</p></aside></li></ul>",
    "> [!NOTE]\n> > [!TIP]\n> > 甲": f"{NOTE}{TIP}<p>甲</p></aside></aside>",
    "> 引文。\n> [!NOTE] 不在头上": "<blockquote><p>引文。 [!NOTE] 不在头上</p></blockquote>",
    # VuePress, VitePress, Docusaurus, Pandoc, Quarto
    ":::tip 题\n甲\n:::\n后": f"{TIP}{TITLE}<p>甲</p></aside><p>后</p>",
    "文\n::: tip\n甲\n:::": f"<p>文</p>{TIP}<p>甲</p></aside>",
    "::: note\n\n甲\n\n:::: tip\n乙\n::::\n\n:::\n后": f"{NOTE}<p>甲</p>{TIP}<p>乙</p></aside></aside><p>后</p>",
    ":::: note\n::: tip\n乙\n:::\n::::\n后": f"{NOTE}{TIP}<p>乙</p></aside></aside><p>后</p>",
    "::: note\n::: tip\n乙\n:::\n:::\n后": f"{NOTE}{TIP}<p>乙</p></aside></aside><p>后</p>",
    ":::note[题]\n甲\n:::": f"{NOTE}{TITLE}<p>甲</p></aside>",
    ":::note[题]{#x .y}\n甲\n:::": f'<aside class="box note y" id="x">{TITLE}<p>甲</p></aside>',
    "::: tip\n```\n:::\n```\n:::": f"{TIP}<pre><code>:::\n</code></pre></aside>",
    "- 项\n\n  ::: tip\n  甲\n  :::\n- 二": f"<ul><li><p>项</p>{TIP}<p>甲</p></aside></li><li><p>二</p></li></ul>",
    "::: details 题\n甲\n:::": f'<aside class="box details">{TITLE}<p>甲</p></aside>',
    "::: {.callout-note}\n## 题\n甲\n:::": f"{NOTE}{TITLE}<p>甲</p></aside>",
    '::: {.callout-tip title="题" collapse=true}\n甲\n:::': f"{TIP}{TITLE}<p>甲</p></aside>",
    "::: callout-tip\n甲\n:::": f"{TIP}<p>甲</p></aside>",
    "::: {.note}\n甲\n:::": f"{NOTE}<p>甲</p></aside>",
    "::: {#x .foo}\n甲\n:::": '<div id="x" class="foo"><p>甲</p></div>',
    "::: foo\n甲\n:::": '<div class="foo"><p>甲</p></div>',
    "::: 定理\n甲\n:::": '<aside class="box"><p class="box-title">定理</p><p>甲</p></aside>',
    ":::{note} 题\n甲\n:::": f"{NOTE}{TITLE}<p>甲</p></aside>",
    "::: tip\n:::\n甲": "<p>甲</p>",
    # MkDocs
    '!!! note "题"\n    甲\n\n        乙\n\n    丙\n后': f"{NOTE}{TITLE}<p>甲</p><pre><code>乙\n</code></pre><p>丙</p></aside><p>后</p>",
    "!!! note\n\n    甲": f"{NOTE}<p>甲</p></aside>",
    "!!! note\n\t甲": f"{NOTE}<p>甲</p></aside>",
    "??? tip\n    甲": f"{TIP}<p>甲</p></aside>",
    '???+ tip inline end "题"\n    甲': f"{TIP}{TITLE}<p>甲</p></aside>",
    "!!! note\n    甲\n\n    !!! tip\n        乙": f"{NOTE}<p>甲</p>{TIP}<p>乙</p></aside></aside>",
    "!!! note “题”\n    甲": f"{NOTE}{TITLE}<p>甲</p></aside>",
    '- 项\n\n    !!! note "题"\n        甲': f"<ul><li><p>项</p>{NOTE}{TITLE}<p>甲</p></aside></li></ul>",
    "!!!惊叹": "<p>!!!惊叹</p>",
    # mdBook, Obsidian's plug-in, MyST
    '```admonish tip title="题"\n甲*乙*\n```': f"{TIP}{TITLE}<p>甲<em>乙</em></p></aside>",
    '```admonish tip "题"\n甲\n```': f"{TIP}{TITLE}<p>甲</p></aside>",
    "```admonish\n甲\n```": f"{NOTE}<p>甲</p></aside>",
    "````admonish tip\n```\n甲\n```\n````": f"{TIP}<pre><code>甲\n</code></pre></aside>",
    "~~~ad-note\n甲\n~~~": f"{NOTE}<p>甲</p></aside>",
    "```{note} 题\n甲\n```": f"{NOTE}{TITLE}<p>甲</p></aside>",
    # GitBook, Hexo, Hugo
    '{% hint style="info" %}\n甲\n\n乙\n{% endhint %}': '<aside class="box info"><p>甲</p><p>乙</p></aside>',
    "{% hint style='tip' %}甲\n\n乙{% endhint %}\n后": f"{TIP}<p>甲</p><p>乙</p></aside><p>后</p>",
    "{% hint style='tip' %}\n甲\n- 乙{% endhint %}": f"{TIP}<p>甲</p><ul><li>乙</li></ul></aside>",
    "{% hint style='tip' %}甲{% endhint %}": f"{TIP}<p>甲</p></aside>",
    "{%- hint style=tip -%}\n甲\n{%- endhint -%}\n后": f"{TIP}<p>甲</p></aside><p>后</p>",
    "{% note tip 题 %}\n甲\n{% endnote %}": f"{TIP}{TITLE}<p>甲</p></aside>",
    "{{< hint tip >}}\n甲\n{{< /hint >}}": f"{TIP}<p>甲</p></aside>",
    '{{% notice tip "题" %}}\n甲\n{{% /notice %}}': f"{TIP}{TITLE}<p>甲</p></aside>",
    "{% quote 老子 %}\n甲\n{% endquote %}": "<blockquote><p>甲</p><footer>——老子</footer></blockquote>",
    # docsify
    "!> 甲*乙*\n丙\n\n后": '<aside class="box important"><p>甲<em>乙</em>丙</p></aside><p>后</p>',
    "?> 甲": f"{TIP}<p>甲</p></aside>",
    "文 !> 甲": "<p>文 !&gt; 甲</p>",
}  # fmt: skip


@pytest.mark.parametrize("text", BOXES)
def test_boxes(text):
    assert body(text) == (BOXES[text], [])


CODE = "<pre><code>1\n</code></pre>"
TABS = {
    '=== "A"\n\n    ```\n    1\n    ```\n\n=== "B"\n\n    乙': f"{TAB}A</p>{CODE}</div>{TAB}B</p><p>乙</p></div>",
    '{% tabs %}\n{% tab title="A" %}\n甲\n{% endtab %}\n\n{% tab title="B" %}\n乙\n{% endtab %}\n{% endtabs %}':
        f'<div class="tabs">{TAB}A</p><p>甲</p></div>{TAB}B</p><p>乙</p></div></div>',
    '{{#tabs}}\n{{#tab name="A"}}\n甲\n{{#endtab}}\n{{#endtabs}}': f'<div class="tabs">{TAB}A</p><p>甲</p></div></div>',
    "::: code-group\n```js [A]\n1\n```\n:::": '<div class="tabs"><p class="code-title">A</p><pre><code class="language-js">1\n</code></pre></div>',
    "::: {.panel-tabset}\n甲\n:::": '<div class="tabs"><p>甲</p></div>',
    "<!-- tabs:start -->\n\n#### **A**\n\n甲\n\n<!-- tabs:end -->\n\n## 节\n\n文":
        '<p class="tab-title"><strong>A</strong></p><p>甲</p><h2 id="a-s1">节</h2><p>文</p>',
    '=== "A"': f"{TAB}A</p></div>",
    "甲\n===": None,
}  # fmt: skip


@pytest.mark.parametrize("text", TABS)
def test_tabs_follow_one_another_with_their_labels(text):
    found, findings = body(text)
    if TABS[text] is None:
        assert "tab" not in found
    else:
        assert (found, findings) == (TABS[text], [])


OPEN = {
    "::: tip\n甲\n\n乙": (f"{TIP}<p>甲</p><p>乙</p></aside>", ["3:w:open-box"]),
    "> ::: tip\n> 甲\n\n乙": (f"<blockquote>{TIP}<p>甲</p></aside></blockquote><p>乙</p>", ["3:w:open-box"]),
    "::: xyz\n甲": ("<p>::: xyz 甲</p>", ["3:w:no-container"]),
    "{% note %}\n甲": ("<p>{% note %} 甲</p>", ["3:w:template"]),
    "{{#tab}}\n甲": ("<p>{{#tab}} 甲</p>", ["3:w:include"]),
    "```admonish tip\n甲": (f"{TIP}<p>甲</p></aside>", ["3:w:open-box"]),
}


@pytest.mark.parametrize("text", OPEN)
def test_a_box_that_nothing_closes(text):
    assert body(text) == OPEN[text]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("> [!NOTE]\n> 甲", "alert"),
        ("::: tip\n甲\n:::", "no-container"),
        ('!!! note "题"\n    甲', "admonition"),
        ('=== "A"\n\n    甲', "tab"),
        ("{% hint %}\n甲\n{% endhint %}", "template"),
        ("- [ ] 甲", "task"),
        ("==标==", "highlight"),
        ("H~2~O", "subscript"),
        ("x^2^", "superscript"),
        (":smile:", "emoji-name"),
        ("[TOC]", "toc"),
    ],
)
def test_a_strict_reader_prints_them_with_a_warning(text, code):
    _, findings = parse_texts(f"# 题\n\n文\n\n{text}", reader="strict")
    assert code in {found.code for found in findings}


MARKS = {
    "- [ ] 甲\n- [x] 乙": '<ul><li class="task">☐ 甲</li><li class="task">☑ 乙</li></ul>',
    "1. [X] 甲": '<ol><li class="task">☑ 甲</li></ol>',
    "- [ ]甲": "<ul><li>[ ]甲</li></ul>",
    "文==标*记*==。": "<p>文<mark>标<em>记</em></mark>。</p>",
    "a==b==c，if (a == b) == c": "<p>a==b==c，if (a == b) == c</p>",
    "**甲==乙==**": "<p><strong>甲<mark>乙</mark></strong></p>",
    "H~2~O 与 CO~2~。": "<p>H<sub>2</sub>O 与 CO<sub>2</sub>。</p>",
    "*K*~a~，p*K*~w~，**V**~b~，*x*^2^，σ^2^，λ~0~": "<p><em>K</em><sub>a</sub>，p<em>K</em><sub>w</sub>，"
    "<strong>V</strong><sub>b</sub>，<em>x</em><sup>2</sup>，σ<sup>2</sup>，λ<sub>0</sub></p>",
    "C~6~H~12~O~6~，H~2~CO~3~": "<p>C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>，H<sub>2</sub>CO<sub>3</sub></p>",
    "[HCO~3~^−^]与 10^−8^": "<p>[HCO<sub>3</sub><sup>−</sup>]与 10<sup>−8</sup></p>",
    "5~10元，20~30元": "<p>5~10元，20~30元</p>",
    "~~删~~": "<p><del>删</del></p>",
    "x^2^ 与 m^-1^，米^2^": "<p>x<sup>2</sup> 与 m<sup>-1</sup>，米<sup>2</sup></p>",
    "2^10 与 3^4": "<p>2^10 与 3^4</p>",
    "甲++乙++丙": "<p>甲<ins>乙</ins>丙</p>",
    "C++和C++，i++; ++j": "<p>C++和C++，i++; ++j</p>",
    ":smile: 与 :+1:": "<p>😄 与 👍</p>",
    "`:smile:`，10:30:45，http://e.org/:smile:/a": "<p><code>:smile:</code>，10:30:45，http://e.org/:smile:/a</p>",
    "[TOC]\n\n文": "<p>文</p>",
    "[[toc]]\n\n文": "<p>文</p>",
    "甲\n\n\\newpage\n\n乙": '<p>甲</p><div class="page-break"></div><p>乙</p>',
    "甲\n\n{{< pagebreak >}}\n\n乙": '<p>甲</p><div class="page-break"></div><p>乙</p>',
    '甲\n\n<div style="page-break-after: always;"></div>\n\n乙': '<p>甲</p><div class="page-break"></div><p>乙</p>',
    "&emsp;&emsp;甲\n\n&nbsp;乙\n\n\u3000\u3000丙": "<p>甲</p><p>乙</p><p>丙</p>",
    "## 节 {: #x .y}\n\n文": '<h2 id="x" class="y">节</h2><p>文</p>',
    "文\n{: .y}": '<p class="y">文</p>',
    "[a](https://e.org){: .y}": '<p><a href="https://e.org" class="y">a</a></p>',
    "甲  \n乙\\\n丙": "<p>甲<br/>乙<br/>丙</p>",
    "甲\n: 乙": "<dl><dt>甲</dt><dd>乙</dd></dl>",
}


@pytest.mark.parametrize("text", MARKS)
def test_light_marks(text):
    assert body(text) == (MARKS[text], [])


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("<<< @/a.js", "<p>&lt;&lt;&lt; @/a.js</p>"),
        ('--8<-- "a.md"', '<p>--8&lt;-- "a.md"</p>'),
        ("{{#include a.md}}", "<p>{{#include a.md}}</p>"),
        ("<!-- @include: ./a.md -->\n\n文", "<p>文</p>"),
    ],
)
def test_what_includes_nothing_is_reported(text, tree):
    assert body(text) == (tree, ["3:w:include"])


def test_an_emoji_name_that_nobody_knows_is_printed_with_a_warning():
    assert body("文 :nosuchname:") == ("<p>文 :nosuchname:</p>", ["3:w:emoji-name"])


TABLES = {
    "| a | b |\n|---|---|\n| `x|y` | 2 |": ([["a", "b"], ["<code>x|y</code>", "2"]], []),
    "| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |": ([["a", "b"], ["1", "2 | 3 | 4"]], ["5:w:table-row"]),
    "| a | b | c |\n|---|---|\n| 1 | 2 | 3 |": ([["a", "b", "c"], ["1", "2", "3"]], ["3:w:broken-table"]),
    "| a | b |\n|---|---|---|\n| 1 | 2 |": ([["a", "b"], ["1", "2"]], ["3:w:broken-table"]),
    "a | b\n-|-\n1 | 2": ([["a", "b"], ["1", "2"]], []),
    "| a | b |\n|---|---|": ([["a", "b"]], []),
    "|  |  |\n|---|---|\n| 1 | 2 |": ([["1", "2"]], []),
    "| a | b |\n|---|---|\n| 1 |": ([["a", "b"], ["1", ""]], []),
    "| a |\n|---|\n| 1\\|2 |": ([["a"], ["1|2"]], []),
    "> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |": ([["a", "b"], ["1", "2 | 3"]], ["5:w:table-row"]),
}


@pytest.mark.parametrize("text", TABLES)
def test_tables_lose_no_cell(text):
    found, findings = body(text)
    rows = [row.split("</tr>")[0] for row in found.split("<tr>")[1:]]
    cells = [[cell.split(">", 1)[1].split("</t")[0] for cell in row.split("<t")[1:]] for row in rows]
    assert (cells, findings) == TABLES[text]


def test_an_abbreviation_is_explained_where_it_stands():
    found, findings = body("*[HTML]: Hyper*text*\n*[X]: 无\n\n甲 HTML 乙 HTMLX，`HTML`")
    assert found == '<p>甲 <abbr title="Hyper*text*">HTML</abbr> 乙 HTMLX，<code>HTML</code></p>'
    assert findings == ["3:w:abbreviation", "4:w:abbreviation"]


def test_a_box_in_a_note():
    book, findings = generous("# 题\n\n甲[^1]\n\n[^1]: 注\n\n    > [!NOTE]\n    > 乙")
    assert findings == []
    assert serialize(book.chapters[0].notes[0].body) == f"<p>注</p>{NOTE}<p>乙</p></aside>"


MANY = {
    "containers": "::: tip\n" * 5000,
    "unknown containers": "::: xyz\n" * 5000,
    "tags": "{% hint %}\n" * 5000,
    "tags of two kinds": "{% hint %}\n{% tab %}\n{% endtab %}\n" * 3000,
    "admonitions": '!!! note "x"\n' * 5000,
    "fences": "```admonish\n" * 5000,
    "marks": "==甲" * 5000,
    "signs": ":a" * 5000 + "^2" * 5000 + "++甲" * 5000,
    "rows": "| a |\n|---|\n" + "| a | b |\n" * 5000,
    "abbreviations": "".join(f"*[A{number}]: x\n" for number in range(300)) + "A1 " * 5000,
}


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
def test_no_text_takes_long(text):
    start = process_time()
    generous(f"# 题\n\n{text}")
    assert process_time() - start < 10
