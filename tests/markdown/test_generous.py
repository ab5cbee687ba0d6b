"""parse at its door, generous: what loses no text is taken, with one warning a kind."""

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize, text_of


def read(text, **options):
    """The chapter ``a`` of a text, as title and body, and what was found in it."""
    book, findings = generous(text, **options)
    chapter = book.chapters[0]
    return text_of(chapter.title), serialize(chapter.body), [f.removeprefix("a.md:") for f in findings]


def codes(text, **options):
    """What is found in a text by kind, each as ``line:severity:code``."""
    _, findings = parse_texts(text, reader="generous", **options)
    return [f"{found.place.line}:{found.severity[0]}:{found.code}" for found in findings]


OUTLINES = {
    # The first heading is raised, whatever its level, with all below it.
    "## 题\n\n文\n\n### 甲\n\n#### 乙": ("题", "题甲乙", [2, 3], ["1:w:missing-title"]),
    "### 题\n\n文\n\n### 甲\n\n#### 乙": ("题", "题甲乙", [2, 3], ["1:w:missing-title"]),
    "## 题\n\n### 甲\n\n## 乙\n\n### 丙": ("题", "题甲乙丙", [2, 2, 3], ["1:w:missing-title"]),
    "题\n---\n\n文\n\n### 甲": ("题", "题甲", [2], ["1:w:missing-title"]),
    # What stands before the title stays.
    "引子。\n\n# 题\n\n文": ("题", "", [], []),
    '<a id="x"></a>\n\n# 题\n\n文': ("题", "", [], []),
    "<!-- toc -->\n\n# 题\n\n文": ("题", "", [], []),
    "## 前\n\n# 题\n\n文": ("题", "", [2], []),
    '<h1 align="center">题</h1>\n\n文': ("题", "", [], []),
    '<div align="center">\n\n# 题\n\n</div>\n\n文': ("题", "", [], []),
    # Several titles
    "# 题\n\n## 甲\n\n# 又\n\n## 乙\n\n# 再": ("题", "", [2, 2, 3, 2], ["5:w:second-title"]),
    "---\ntitle: 题\n---\n# 又\n\n## 甲": ("题", "", [2, 3], ["4:w:second-title"]),
    "---\ntitle: 题\n---\n\n# 题\n\n## 甲\n\n文": ("题", "", [2], []),
    "---\ntitle: 题\n---\n\n## 题\n\n文\n\n## 甲": ("题", "", [2], []),
    # Gaps
    "# 题\n\n### 甲\n\n#### 乙\n\n### 丙\n\n## 丁": ("题", "", [2, 3, 2, 2], ["3:w:skipped-level"]),
    "# 题\n\n## 甲\n\n##### 乙\n\n### 丙": ("题", "", [2, 3, 3], ["5:w:skipped-level"]),
    "# 题\n\n# 又\n\n## 二\n\n### 三\n\n#### 四\n\n##### 五\n\n###### 六": (
        "题", "", [2, 3, 4, 5, 6, 6], ["3:w:second-title"],
    ),
    "# 题\n\n## 甲\n\n> #### 引\n\n### 乙": ("题", "", [2, 3, 3], []),
    "# 题\n\n> # 引\n\n## 乙": ("题", "", [2, 2], []),
    # Headings without text
    "#\n\n文": ("a", "", [], ["1:w:missing-title", "1:w:empty-heading"]),
    "# 题\n\n##\n\n文\n\n### 甲": ("题", "", [2], ["3:w:empty-heading", "7:w:skipped-level"]),
    "# 题\n\n## ![图](../images/dot.png)": ("题", "", [], ["3:w:empty-heading"]),
    "# 题": ("题", "", [], ["1:w:empty-chapter"]),
}  # fmt: skip


@pytest.mark.parametrize("text", OUTLINES)
def test_every_chapter_gets_a_title_and_an_outline_in_order(text):
    title, _, levels, expected = OUTLINES[text]
    book, _ = generous(text)
    chapter = book.chapters[0]
    given = [int(part[0]) for part in serialize(chapter.body).split("<h")[1:] if part[0].isdigit()]
    assert (text_of(chapter.title), given) == (title, levels)
    assert sorted(codes(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("path", "title"),
    [("第三回.md", "第三回"), ("setup/README.md", "setup"), ("setup/index.md", "setup"), ("a.md", "a")],
)
def test_a_chapter_without_headings_is_called_as_its_file(path, title):
    found, body, findings = read("　　文。", paths=[f"book/{path}"])
    assert (found, body) == (title, "<p>文。</p>")
    assert len(findings) == 1
    assert f"it is called “{title}”, as its file is" in findings[0]


def test_what_stands_before_a_title_comes_below_it():
    assert read("引子。\n\n# 题\n\n文") == ("题", "<p>引子。</p><p>文</p>", [])


def test_a_note_that_a_title_calls_is_called_in_the_first_paragraph():
    title, body, findings = read("# 题[^x]\n\n文\n\n[^x]: 注")
    assert title == "题"
    assert body == '<p>文<a class="noteref" href="#a-n1" id="a-r1"></a></p>'
    assert findings == [
        "1:4: warning: A title cannot call a note; the call was moved to the first paragraph. "
        "Call it in the first paragraph."
    ]


def test_a_kind_is_reported_once_with_the_places_of_the_others():
    _, _, findings = read("# 题\n\n# 甲\n\n# 乙\n\n# 丙")
    assert findings == [
        "3:1: warning: A chapter has one title; this further one became a section, and what is below it went one level "
        "down; 2 more of this kind in this chapter, at 5:1, 7:1. Use “##” for a section, or make it a chapter of its own."
    ]


FRONT_MATTER = {
    "---\ntitle: 题\ndate: 2020-01-01 10:00:00\ntags: [甲, 乙]\ncategories:\n  - 丙\nlayout: post\n---\n文": [],
    "---\ntitle: 题\nsidebar: auto\nfoo: bar\n1: 2\n---\n文": [],
    "+++\ntitle = '题'\nx.y = 1\ndraft = true\n+++\n文": [],
    "---\ntitle: 题\ntag: 1\ntag: 2\n---\n文": [],
    "---\ntitle: 题\n...\n文": [],
    "---\ntitle: 题\nid: 中文\n---\n文": [],
    "---\ntilte: 题\n---\n# 题\n\n文": [
        "2:1: warning: Unknown key `tilte` in the front matter. Did you mean `title`?"
    ],
    "---\nTitle: 题\n---\n# 题\n\n文": [
        "2:1: warning: Unknown key `Title` in the front matter. Did you mean `title`?"
    ],
    "---\ntitle: 题\nkind: post\n---\n文": [
        "3:1: warning: `kind` cannot be “post”. Use one of frontispiece, dedication, foreword, preface, part, chapter, appendix, afterword."
    ],
    "---\ntitle: 一\ntitle: 题\n---\n文": ["3:1: `title` is given twice. Take one out."],
    "---\n---\n# 题\n\n文": [],
}


@pytest.mark.parametrize("text", FRONT_MATTER)
def test_front_matter_of_other_tools(text):
    assert read(text) == ("题", "<p>文</p>", FRONT_MATTER[text])


@pytest.mark.parametrize("title", ["2020-01-01", "1.50", "yes", "0x1F", "1984"])
def test_a_title_is_taken_as_it_is_written(title):
    assert read(f"---\ntitle: {title}\n---\n文") == (title, "<p>文</p>", [])


def test_text_between_two_lines_is_text():
    title, body, findings = read("---\n文。\n\n---\n\n# 题\n\n字")
    assert (title, findings) == ("题", [])
    assert "文。" in body


def body(text):
    """What becomes of a text below a title, and what is found by kind."""
    return read(f"# 题\n\n{text}")[1], [found.split(":", 1)[1] for found in codes(f"# 题\n\n{text}")]


HTML = {
    '<p align="center">文</p>': ('<p class="center">文</p>', []),
    '<p align="center">\n\n文\n\n</p>': ('<div class="center"><p>文</p></div>', []),
    '<p style="text-align: right">文</p>': ('<p class="right">文</p>', []),
    "<font color=red>红</font>。": ("<p>红。</p>", ["w:raw-html"]),
    '<span style="color: red" data-x="1">红</span>。': ("<p><span>红</span>。</p>", ["w:raw-html"]),
    "<details>\n<summary>点</summary>\n\n里*面*\n\n</details>": (
        '<div class="details"> <div class="summary">点</div> <p>里<em>面</em></p></div>', [],
    ),
    "泛型 Vec<T> 与 <SHA1>、<你好>。": (
        "<p>泛型 Vec&lt;T&gt; 与 &lt;SHA1&gt;、&lt;你好&gt;。</p>", ["w:raw-html"],
    ),
    "<Badge text=\"新\"/>文</T>": ("<p>新文&lt;/T&gt;</p>", ["w:raw-html", "w:raw-html"]),
    "<Tabs>\n<TabItem label=\"甲\">\n\n文\n\n</TabItem>\n</Tabs>\n\n后": (
        '<div class="tabs"><div class="tab"><p class="tab-title">甲</p><p>文</p></div></div><p>后</p>', [],
    ),
    "<textarea>甲*乙*</textarea><button>丙</button><input value='丁'>": ("<p>甲*乙*丙丁</p>", ["w:raw-html"]),
    "<template v-slot:x>\n\n文\n\n</template>": ("<p>文</p>", []),
    "<p><video></video></p>\n\n<p>&nbsp;</p>\n\n文": ("<p>文</p>", ["w:media"]),
    "<script setup>\nimport a from 'b'\n\nx()\n</script>\n\n文": ("<p>文</p>", ["w:left-out"]),
    "<math></math>\n\n文": ("<p>文</p>", ["w:raw-html"]),
    '<svg viewBox="0 0 9 9"><defs></defs><g><path d="M1 1"/><text x="1">字</text></g></svg>\n\n文': (
        '<figure class="figure"><img src="images/drawing-cfb5483456ab438d.svg" alt="字"/></figure><p>文</p>', [],
    ),
    '甲<svg class=""><path d="M1 1"></path></svg>乙': ("<p>甲乙</p>", ["w:raw-html"]),
    "用 cd <path> 与 <line>。": ("<p>用 cd &lt;path&gt; 与 &lt;line&gt;。</p>", ["w:raw-html"]),
    '<iframe src="https://example.org/v"></iframe>': (
        '<p><a href="https://example.org/v">https://example.org/v</a></p>', ["w:media"],
    ),
    '<video src="https://example.org/a.mp4" controls></video>\n\n文': (
        '<p><a href="https://example.org/a.mp4">https://example.org/a.mp4</a></p><p>文</p>', ["w:media"],
    ),
    '<video controls><source src="https://example.org/a.mp4">看不了</video>\n\n文': (
        '<p><a href="https://example.org/a.mp4">https://example.org/a.mp4</a>看不了</p><p>文</p>', ["w:media"],
    ),
    "<script>alert(1)</script>\n\n文": ("<p>文</p>", ["w:left-out"]),
    "<style>\nh2 { color: red }\n</style>\n\n文": ("<p>文</p>", ["w:left-out"]),
    '<b onclick="x()">文</b>': ("<p><b>文</b></p>", ["w:raw-html"]),
    '<table width="90%" border="1"><tr bgcolor="red"><td colspan="2" rowspan=2 style="text-align:center">文</td></tr></table>': (
        '<table><tr><td colspan="2" rowspan="2" class="center">文</td></tr></table>', [],
    ),
    "<ul><li>甲<li>乙</ul>": ("<ul><li>甲</li><li>乙</li></ul>", []),
    "<table><tr><td>甲<td>乙<tr><td>丙</table>": (
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", [],
    ),
    "<p>甲\n<p>乙": ("<p>甲</p><p>乙</p>", []),
    "<div>\n\n文": ("<div><p>文</p></div>", ["w:raw-html"]),
    "文</div>": ("<p>文</p>", ["w:raw-html"]),
    "<b>甲<i>乙</b></i>": ("<p><b>甲<i>乙</i></b></p>", ["w:raw-html"]),
    "<li>甲</li>": ("<ul><li>甲</li></ul>", ["w:nesting"]),
    "<table>散<tr><td>甲</td></tr></table>": ("<p>散</p><table><tr><td>甲</td></tr></table>", ["w:nesting"]),
    "<b>\n\n文\n\n</b>": ("<p>文</p>", ["w:nesting"]),
    "甲</br>乙<!-- 注 -->": ("<p>甲<br/>乙</p>", []),
    "<?php echo 1 ?>\n\n文": ("<p>&lt;?php echo 1 ?&gt;</p><p>文</p>", ["w:raw-html"]),
}  # fmt: skip


@pytest.mark.parametrize("text", HTML)
def test_raw_html_of_the_web(text):
    tree, found = body(text)
    assert tree.replace("> <", "><") == HTML[text][0].replace("> <", "><")
    assert sorted(found) == sorted(HTML[text][1])


def test_a_heading_of_html_is_one_like_others():
    assert read('<h1 align="center">题</h1>\n\n文') == ("题", "<p>文</p>", [])


LINKS = {
    '[文](https://e.org "题")': ('<p><a href="https://e.org">文</a></p>', []),
    "[文](//e.org/b)": ('<p><a href="https://e.org/b">文</a></p>', []),
    "[文](a.html) [文](./a.md) [文](/chapters/a.md) [文](a) [文](a.md?x=1)": (
        "<p>" + " ".join(['<a href="#a">文</a>'] * 5) + "</p>", [],
    ),
    "[文](absent.md#节)": ("<p><a>文</a></p>", ["w:missing-reference"]),
    "[文](files/a.pdf) [文](../../x.md)": ("<p><a>文</a> <a>文</a></p>", ["w:missing-reference"]),
    "[文]() [文](#)": ("<p><a>文</a> <a>文</a></p>", ["w:empty-link"]),
    "[文](tel:10086) [文](magnet:?xt=1) [文](ftp://a.example/b)": (
        "<p><a>文</a> <a>文</a> <a>文</a></p>", ["w:outside-path"],
    ),
    '<a href="tel:1">文</a>': ("<p><a>文</a></p>", ["w:outside-path"]),
    "[文](javascript:alert)": ("<p><a>文</a></p>", ["w:outside-path"]),
    '<a href="javascript:alert(1)">文</a>': ("<p><a>文</a></p>", ["w:outside-path"]),
    "![图](data:image/png;base64,AAAA)文": ("<p><span>图</span>文</p>", ["w:no-picture"]),
    "[](https://e.org)": ('<p><a href="https://e.org">https://e.org</a></p>', ["w:empty-link"]),
    "[文](#没有)": ("<p><a>文</a></p>", ["w:missing-reference"]),
    "[文](a.md#没有)": ('<p><a href="#a">文</a></p>', ["w:missing-reference"]),
    # Anchors
    "见[下](#二-方法)。\n\n## 二、方法": (None, ["w:missing-reference"][:0]),
    "[文](#my-title)\n\n## My Title!": ('<p><a href="#a-s1">文</a></p><h2 id="a-s1">My Title!</h2>', []),
    "[文](#节-1)\n\n## 节\n\n## 节": (
        '<p><a href="#a-s2">文</a></p><h2 id="a-s1">节</h2><h2 id="a-s2">节</h2>', [],
    ),
    "[文](#_1-1-简介)\n\n## 1.1 简介": ('<p><a href="#a-s1">文</a></p><h2 id="a-s1">1.1 简介</h2>', []),
    "## 方法 {#方法}\n\n[此](#方法)": ('<h2 id="a-a1">方法</h2><p><a href="#a-a1">此</a></p>', []),
    '<a name="锚"></a>\n\n## 锚\n\n[上](#锚)': (
        '<p><a id="a-a1"></a></p><h2 id="a-s1">锚</h2><p><a href="#a-a1">上</a></p>', [],
    ),
    "## 甲 {#k}\n\n## 乙 {#k}\n\n[文](#k)": (
        '<h2 id="k">甲</h2><h2 id="a-a1">乙</h2><p><a href="#k">文</a></p>', ["w:duplicate-id"],
    ),
    "[注]: 据初版。\n\n文": ("<p>文</p>", ["w:unused-definition"]),
    "[一[^n]](#题)\n\n[^n]: 注": (None, ["w:broken-link"]),
    # Notes
    "文[^9]。": ("<p>文[^9]。</p>", ["w:missing-note"]),
    # Pictures
    "![图](https://e.org/a.png)": ('<p><a href="https://e.org/a.png">图</a></p>', ["w:remote-picture"]),
    '![](//e.org/a.png "题")': (
        '<p><a href="https://e.org/a.png">题</a></p><p>题</p>', ["w:remote-picture"],
    ),
    "[![图](https://e.org/a.svg)](https://e.org)": (
        '<p><a href="https://e.org"><span>图</span></a></p>', ["w:remote-picture"],
    ),
    '<img src="https://e.org/a.png">': (
        '<p><a href="https://e.org/a.png">https://e.org/a.png</a></p>', ["w:remote-picture"],
    ),
    "![图](/images/dot.png)": (
        '<figure class="figure"><img src="images/dot.png" alt="图"/></figure>', [],
    ),
    "![图](../images/dot.png?raw=true){width=50%}": (
        '<figure class="figure"><img src="images/dot.png" alt="图" style="width: 50%"/></figure>', [],
    ),
    "![图](..\\images\\dot.png =300x200)": (
        '<figure class="figure"><img src="images/dot.png" alt="图" style="width: 300px"/></figure>', [],
    ),
    '![](../images/dot.png "题")': (
        '<figure class="figure"><img src="images/dot.png" alt="题"/><figcaption>题</figcaption></figure>', [],
    ),
    "![](../images/dot.png)": (
        '<figure class="figure"><img src="images/dot.png" alt=""/></figure>', ["w:missing-alt"],
    ),
    "![一<b>二](../images/dot.png)": (
        '<figure class="figure"><img src="images/dot.png" alt="一二"/></figure>', ["w:alt-markup"],
    ),
    "![图](no.png)": ('<figure class="figure"><img src="" alt="图"/></figure>', ["e:missing-picture"]),
    "![图](../../etc/passwd)": ('<figure class="figure"><img src="" alt="图"/></figure>', ["e:outside-path"]),
    # Braces, tables and code
    "模板 {{ name }} 与 {a=1} 与 {#id}。": (
        "<p>模板 {{ name }} 与 {a=1} 与 {#id}。</p>", ["w:attribute", "w:template"],
    ),
    "| 甲 |\n|---|\n| 乙 | 丙 |": (None, ["w:table-row"]),
    "| 甲 | 乙 |\n|---|\n| 丙 | 丁 |": (None, ["w:broken-table"]),
    ": 题": ("<p>: 题</p>", ["w:stray-caption"]),
    "```\n字": ("<pre><code>字</code></pre>", ["w:open-fence"]),
    "文[^x]\n\n[^x]: 注\n\n    ## 题": (None, ["w:heading-in-note"]),
}  # fmt: skip


@pytest.mark.parametrize("text", LINKS)
def test_links_pictures_and_other_slips(text):
    tree, found = body(text)
    assert sorted(found) == sorted(LINKS[text][1])
    if LINKS[text][0] is not None:
        assert tree == LINKS[text][0]


def test_links_to_places_of_other_chapters():
    book, findings = generous(
        "# 甲\n\n[一](b.md#方法) [二](d/README.md#k) [三](d/) [四](../chapters/b.html#节) [五](b.md#x)",
        "# 乙 {#x}\n\n## 方法 {#方法}\n\n## 节",
        "# 丙\n\n## 目 {#方法}\n\n[k]{#k} [此](#方法)",
        paths=["book/chapters/a.md", "book/chapters/b.md", "book/chapters/d/README.md"],
    )
    assert findings == []
    assert serialize(book.chapters[0].body) == (
        '<p><a href="#b-a1">一</a> <a href="#k">二</a> <a href="#README">三</a> <a href="#b-s2">四</a> '
        '<a href="#b">五</a></p>'
    )
    assert serialize(book.chapters[2].body) == (
        '<h2 id="README-a1">目</h2><p><span id="k">k</span> <a href="#README-a1">此</a></p>'
    )


def test_a_picture_without_a_description_can_be_an_error():
    assert codes("# 题\n\n![](../images/dot.png)", missing_alt="error") == ["3:e:missing-alt"]


def test_characters_that_no_book_holds_are_left_out_with_a_warning():
    title, tree, findings = read("# 题\n\n坏\ufffd字\ufffd。\n\n苹\uf8ff果&#1;")
    assert (title, tree) == ("题", "<p>坏字。</p><p>苹果</p>")
    left_out = "it is left out{}. Take it out, or write what it stands for."
    assert findings == [
        "3:2: warning: U+FFFD is a replacement character: something was lost when this text was converted; "
        + left_out.format("; 2 more of this kind in this chapter, at 3:4, 5:4"),
        "5:2: warning: U+F8FF is a private-use character; " + left_out.format(""),
    ]


def test_a_rule_that_begins_a_chapter_begins_no_front_matter():
    assert read("---\n\n> 引\n\n文\n---\n") == (
        "文",
        "<hr/><blockquote><p>引</p></blockquote>",
        [
            "5:1: warning: This chapter has no heading of the first level; its first one, “文”, became its title, and what "
            "is below it was raised with it. Use “#”, or write `title: …` in the front matter."
        ],
    )


def test_an_id_of_two_chapters_is_reported_where_a_third_means_one():
    book, findings = generous("# 甲\n\n[文](#k)", "# 乙\n\n[b]{#k} [文](#k)", "# 丙\n\n[c]{#k} [文](#k)")
    assert findings == [
        "a.md:3:5: warning: More than one chapter has the id “#k”; the link leads to the first. "
        "Name the chapter's file too, [](file.md#id), or give one of them another id."
    ]
    assert [serialize(chapter.body) for chapter in book.chapters] == [
        '<p><a href="#k">文</a></p>',
        '<p><span id="k">b</span> <a href="#k">文</a></p>',
        '<p><span id="c-a1">c</span> <a href="#c-a1">文</a></p>',
    ]
