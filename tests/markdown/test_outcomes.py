"""docs/markdown.md, “Other tools' Markdown”: each row of its table, with what comes of it."""

from pathlib import Path

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize

DOCS = Path(__file__).parents[2] / "docs/markdown.md"
T = '<p class="box-title">题</p>'
BREAK = '<p>甲</p><div class="page-break"></div><p>乙</p>'
TAB = '<div class="tab"><p class="tab-title">甲</p><p>乙</p></div>'
LINK = '<p><a href="{0}">{0}</a></p>'.format
TEXT = "<p>文</p>"
FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>'
)

ROWS = {
    "`> [!NOTE]`": {
        "> [!NOTE]\n> 文": ('<aside class="box note"><p>文</p></aside>', []),
        "> [!tip]- 题\n> 文": (f'<aside class="box tip">{T}<p>文</p></aside>', []),
    },
    "`> [!recipe]`": {
        "> [!recipe]\n> 文": ('<aside class="box"><p class="box-title">recipe</p><p>文</p></aside>', []),
    },
    "`::: tip 题`": {
        "::: tip 题\n文\n:::": (f'<aside class="box tip">{T}<p>文</p></aside>', []),
        ":::note[题]\n文\n:::": (f'<aside class="box note">{T}<p>文</p></aside>', []),
        "::: {.callout-note}\n## 题\n文\n:::": (f'<aside class="box note">{T}<p>文</p></aside>', []),
        ":::{note} 题\n文\n:::": (f'<aside class="box note">{T}<p>文</p></aside>', []),
    },
    "`::: details 题`": {"::: details 题\n文\n:::": (f'<aside class="box details">{T}<p>文</p></aside>', [])},
    "`::: {#id .class}`": {
        "::: {#x .y}\n文\n:::": ('<div id="x" class="y"><p>文</p></div>', []),
        "::: y\n文\n:::": ('<div class="y"><p>文</p></div>', []),
    },
    "`::: tip` without a closing line": {"::: tip\n文": ('<aside class="box tip"><p>文</p></aside>', ["w:open-box"])},
    "`!!! note \"题\"`": {
        '!!! note "题"\n    文': (f'<aside class="box note">{T}<p>文</p></aside>', []),
        '??? note "题"\n\n    文': (f'<aside class="box note">{T}<p>文</p></aside>', []),
        '???+ note "题"\n    文': (f'<aside class="box note">{T}<p>文</p></aside>', []),
    },
    "a code block `admonish`": {
        '```admonish tip title="题"\n文\n```': (f'<aside class="box tip">{T}<p>文</p></aside>', []),
        "```ad-tip\n文\n```": ('<aside class="box tip"><p>文</p></aside>', []),
        "```{note} 题\n文\n```": (f'<aside class="box note">{T}<p>文</p></aside>', []),
    },
    '`{% hint style="info" %}`': {
        '{% hint style="info" %}\n文\n{% endhint %}': ('<aside class="box info"><p>文</p></aside>', []),
        "{% note %}\n文\n{% endnote %}": ('<aside class="box note"><p>文</p></aside>', []),
        "{{< hint info >}}\n文\n{{< /hint >}}": ('<aside class="box info"><p>文</p></aside>', []),
    },
    "`{% quote 老子 %}`": {
        "{% quote 老子 %}\n文\n{% endquote %}": ("<blockquote><p>文</p><footer>——老子</footer></blockquote>", []),
    },
    "`{% highlight js %}`": {
        "{% highlight js %}\n*a*\n{% endhighlight %}": ('<pre><code class="language-js">*a*\n</code></pre>', []),
        "{% codeblock lang:js %}\na\n{% endcodeblock %}": (
            '<pre><code class="language-js">a\n</code></pre>',
            [],
        ),
    },
    "`!> 文`": {
        "!> 文": ('<aside class="box important"><p>文</p></aside>', []),
        "?> 文": ('<aside class="box tip"><p>文</p></aside>', []),
    },
    '`=== "甲"`': {
        '=== "甲"\n\n    乙': (TAB, []),
        '{% tab title="甲" %}\n乙\n{% endtab %}': (TAB, []),
        '{{#tab name="甲"}}\n乙\n{{#endtab}}': (TAB, []),
        "::: code-group\n```js [甲]\n乙\n```\n:::": (
            '<div class="tabs"><p class="code-title">甲</p><pre><code class="language-js">乙\n</code></pre></div>', [],
        ),
        "<!-- tabs:start -->\n\n#### 甲\n\n乙\n\n<!-- tabs:end -->": ('<p class="tab-title">甲</p><p>乙</p>', []),
    },
    "`- [ ] 文`": {
        "- [ ] 文": ('<ul><li class="task">☐ 文</li></ul>', []),
        "- [x] 文": ('<ul><li class="task">☑ 文</li></ul>', []),
    },
    "`<td>$x^2$</td>`": {
        "<table><tr><td>$x^2$</td></tr></table>": (f"<td>{FORMULA}</td>", []),
    },
    "`==文==`": {
        "==文==": ("<p><mark>文</mark></p>", []),
        "++文++": ("<p><ins>文</ins></p>", []),
        "H~2~O": ("<p>H<sub>2</sub>O</p>", []),
        "m^2^": ("<p>m<sup>2</sup></p>", []),
        "a==b==c，5~6，C++和C++，`==文==`": ("<p>a==b==c，5~6，C++和C++，<code>==文==</code></p>", []),
    },
    "`[文](#第 一 节)`": {
        "[文](#第 一 节)\n\n## 第 一 节": (
            '<p><a href="#a-s1">文</a></p><h2 id="a-s1">第 一 节</h2>', [],
        ),
        "[文](见 第三章)": ("<p>[文](见 第三章)</p>", ["w:unread-link"]),
    },
    "`** 文 **`": {
        "** 文 **": ("<p><strong>文</strong></p>", []),
        "**文： **字": ("<p><strong>文：</strong>字</p>", []),
    },
    "`:smile:`": {":smile:": ("<p>😄</p>", []), "10:30:45": ("<p>10:30:45</p>", [])},
    "`:nosuchname:`": {":nosuchname:": ("<p>:nosuchname:</p>", ["w:emoji-name"])},
    "`*[HTML]: 超文本标记语言`": {
        "*[HTML]: 超文本标记语言\n\nHTML": ('<p><abbr title="超文本标记语言">HTML</abbr></p>', ["w:abbreviation"]),
    },
    "`{: .class #id}`": {
        "文\n{: .y #x}": ('<p class="y" id="x">文</p>', []),
        "[文](https://e.org){: .y}": ('<p><a href="https://e.org" class="y">文</a></p>', []),
    },
    "`[TOC]`": {"[TOC]\n\n文": (TEXT, []), "[[toc]]\n\n文": (TEXT, []), "<!-- toc -->\n\n文": (TEXT, [])},
    "`\\newpage`": {
        "甲\n\n\\newpage\n\n乙": (BREAK, []),
        "甲\n\n{{< pagebreak >}}\n\n乙": (BREAK, []),
        '甲\n\n<div style="page-break-after: always"></div>\n\n乙': (BREAK, []),
    },
    "`&emsp;&emsp;` and the like before a paragraph": {
        "&emsp;&emsp;文": (TEXT, []),
        "<p></p>\n\n<p>&nbsp;</p>\n\n文": (TEXT, []),
    },
    "a row of a table with too many cells": {
        "| a | b |\n|---|---|\n| `x|y` | 2 |": ("<td><code>x|y</code></td><td>2</td>", []),
        "| a |\n|---|\n| 1 | 2 |": ("<td>1 | 2</td>", ["w:table-row"]),
    },
    "a table head with a different number of cells": {
        "| a | b |\n|---|\n| 1 | 2 |": ("<td>1</td><td>2</td>", ["w:broken-table"]),
    },
    "`<script>`": {
        "<script>x()</script>\n\n文": (TEXT, ["w:left-out"]),
        "<style>\na {}\n</style>\n\n文": (TEXT, ["w:left-out"]),
        "<link href=a><meta charset=b>\n\n文": (TEXT, ["w:left-out"]),
    },
    "`<textarea>`": {
        "<textarea>文</textarea>": (TEXT, ["w:raw-html"]),
        "<button>文</button>": (TEXT, ["w:raw-html"]),
        "<form>\n\n文\n\n</form>": (f"<div>{TEXT}</div>", []),
        '<input value="文">': (TEXT, ["w:raw-html"]),
        "<template>\n\n文\n\n</template>": (TEXT, []),
    },
    "`<Tabs>`": {
        '<Tabs>\n<TabItem label="文">\n\n字\n\n</TabItem>\n</Tabs>': (
            '<div class="tabs"><div class="tab"><p class="tab-title">文</p><p>字</p></div></div>', [],
        ),
        '<Card title="题">\n\n文\n\n</Card>': (f"<div>{T}{TEXT}</div>", []),
    },
    "`<Aside type": {
        '<Aside type="tip">\n\n文\n\n</Aside>': (f'<aside class="box tip">{TEXT}</aside>', []),
        '<Warning title="题">\n\n文\n\n</Warning>': (f'<aside class="box warning">{T}{TEXT}</aside>', []),
        "<Admonition type='danger'>\n\n文\n\n</Admonition>": (f'<aside class="box danger">{TEXT}</aside>', []),
        "<Callout>\n\n文\n\n</Callout>": (f'<aside class="box note">{TEXT}</aside>', []),
    },
    '`<Badge text="文"/>`': {'<Badge text="文"/>': (TEXT, ["w:raw-html"])},
    "`<DocCardList/>`": {"文<DocCardList/>": (TEXT, ["w:raw-html"])},
    "`<div markdown>`": {
        "<div markdown>\n**文**\n</div>": ("<div><p><strong>文</strong></p></div>", []),
        '<figure markdown="span">![一点](../images/dot.png)</figure>': (
            '<figure class="figure"><img src="images/dot.png" alt="一点"/></figure>', [],
        ),
    },
    "`<center>` or `<div>` around lines with a picture": {
        "<center>\n**文**\n</center>": ('<div class="center"><p><strong>文</strong></p></div>', []),
        "<br>\n**文**": ("<p><br/></p><p><strong>文</strong></p>", []),
    },
    "`onclick=\"…\"`": {'<b onclick="x()">文</b>': ("<p><b>文</b></p>", ["w:raw-html"])},
    "`[文](javascript:…)`": {
        f"[文]({scheme}:x)": ("<p><a>文</a></p>", ["w:outside-path"]) for scheme in ("javascript", "data", "file")
    },
    "`![文](data:…)`": {"![文](data:image/png;base64,AA)": ("<p><span>文</span></p>", ["w:no-picture"])},
    "`{% youtube id %}`": {
        "{% youtube a_b-c %}": (LINK("https://www.youtube.com/watch?v=a_b-c"), ["w:media"]),
        "{{< bilibili BV1x >}}": (LINK("https://www.bilibili.com/video/BV1x"), ["w:media"]),
        '{% embed url="https://e.org/a" %}': (LINK("https://e.org/a"), ["w:media"]),
    },
    "`{% raw %}`": {
        "{% raw %}\n文\n{% endraw %}": (TEXT, []),
        '{% content-ref url="../甲/" %}\n文\n{% endcontent-ref %}': (TEXT, []),
        '{% content-ref url="甲.md#乙" %}\n\n文\n\n{% endcontent-ref %}': (TEXT, []),
        "{% comment %}\n注\n{% endcomment %}\n\n文": (TEXT, []),
    },
    '`import … from "…"`': {"import A from 'b';\nimport C from \"d\"\n\n文": (TEXT, ["w:left-out"])},
}  # fmt: skip


def rows():
    """The first cells of the table."""
    section = DOCS.read_text("utf-8").split("\n## Other tools' Markdown\n")[1].split("\n## ")[0]
    cells = [line.split(" | ")[0].removeprefix("| ") for line in section.split("\n") if line.startswith("| ")]
    return cells[1:]


def test_each_row_of_the_table_is_tried():
    said = rows()
    assert len(said) == len(ROWS)
    assert [cell for cell, name in zip(said, ROWS, strict=True) if not cell.startswith(name)] == []


@pytest.mark.parametrize("text", [text for row in ROWS.values() for text in row])
def test_what_comes_of_it(text):
    tree, expected = next(row[text] for row in ROWS.values() if text in row)
    book, _ = generous(f"# 题\n\n{text}")
    _, findings = parse_texts(f"# 题\n\n{text}", reader="generous")
    made = serialize(book.chapters[0].body).replace("> <", "><")
    # Of a table a row is compared.
    assert tree in made if tree.startswith("<td>") else tree == made
    assert [f"{found.severity[0]}:{found.code}" for found in findings] == expected
