"""Small values that several tests share: a composition as compose gives it, spelled out by hand."""

from keben.core.book import Asset
from keben.core.composition import Composition, Document
from keben.core.edition import Edition
from keben.core.markup import parse
from keben.core.metadata import Metadata, Person

STYLES = {
    "base.css": "p { text-indent: 2em; margin: 0 }",
    "epub.css": "h1 .label { display: block }",
    "print.css": "h1 .label { display: block } .noteref { vertical-align: super }",
}

WORDS = {
    "cover": "封面",
    "titlepage": "书名页",
    "contents": "目录",
    "landmarks": "导航",
    "figures": "插图",
    "tables": "表格",
    "pages": "页码",
    "sample": "试读本",
    "sample_title": "{title}（试读本）",
    "sample_end": "《{title}》的试读到此结束，收前{count}章，共{total}章。",
    "bodymatter": "正文",
    "colophon": "版权页",
    "notes": "注释",
    "page_before": "第",
    "page_after": "页",
    "accessibility_summary": "本书的文字可以重排，插图附有替代文字。",
    "figure": "图",
    "table": "表",
    "continued": "续{number}",
}

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)

COVER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1500 2400" width="1500" height="2400">
<title>封面</title><rect width="1500" height="2400" fill="#7a1f1f"/>
<text x="750" y="800" font-size="160" text-anchor="middle" fill="#fff">头发的书</text></svg>"""

TITLEPAGE = """<section epub:type="titlepage" class="titlepage" id="titlepage"><h1 class="title">头发的书</h1>
<p class="authors">刻本编辑部</p></section>"""

COLOPHON = """<section epub:type="colophon" role="doc-colophon" class="colophon" id="colophon"
 aria-labelledby="colophon-title"><h1 id="colophon-title">版权页</h1><dl><dt>版本</dt><dd>1.0.0</dd></dl></section>"""

CONTENTS = """<nav epub:type="toc" role="doc-toc" class="contents" id="contents" aria-labelledby="contents-title">
<h1 id="contents-title">目录</h1><ol><li><a href="#one"><span class="label">第一章</span><span class="title">里程</span></a>
<ol><li><a href="#one-s">发展</a></li></ol></li><li><a href="#two"><span class="label">第二章</span><span class="title">后来</span></a></li></ol></nav>"""

ONE = """<section epub:type="chapter" role="doc-chapter" class="chapter" id="one" aria-labelledby="one-title"
 data-title="第一章　里程"><header class="chapter-head"><h1 id="one-title"><span class="label">第一章</span><span class="title">里程</span></h1></header>
<blockquote class="epigraph"><p data-line="5">千里之行，始于足下。</p><footer>——《老子》</footer></blockquote>
<p data-line="8">他说：“我的头<em>发</em>长了，‘后来’才剪。”<a epub:type="noteref" role="doc-noteref" class="noteref" href="#one-n1" id="one-r1">①</a></p>
<h2 id="one-s" data-line="10">发展</h2>
<p data-line="12">软件在<code>内存</code>里，见<a class="xref" href="#fig-dot">图1-1“一点”</a>与<a class="xref" href="#two">第二章“后来”</a>。<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby></p>
<figure class="figure" id="fig-dot"><img src="images/dot.png" alt="一个红点"/><figcaption><span class="number">图1-1</span><span class="caption">一点</span></figcaption></figure>
<figure class="table" id="tab-a"><figcaption><span class="number">表1-1</span><span class="caption">数</span></figcaption><table><thead><tr><th scope="col">项</th><th scope="col">数</th></tr></thead><tbody><tr><td>面</td><td>3</td></tr></tbody></table></figure>
<section class="notes" epub:type="footnotes" aria-label="注释"><aside epub:type="footnote" role="doc-footnote" class="footnote" id="one-n1"><p data-line="20"><a class="backlink" role="doc-backlink" href="#one-r1">①</a>这是注文。</p></aside></section></section>"""

TWO = """<section epub:type="chapter" role="doc-chapter" class="chapter" id="two" aria-labelledby="two-title"
 data-title="第二章　后来"><header class="chapter-head"><h1 id="two-title"><span class="label">第二章</span><span class="title">后来</span></h1></header>
<p data-line="5">皇后走在后面，图见<img src="images/bars.svg" alt="两根柱子"/>。</p></section>"""

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100"><title>两根柱子</title>
<rect x="60" y="10" width="200" height="20" fill="#7a1f1f"/><text x="0" y="26" font-size="12">发往欧洲</text></svg>"""


def sample_edition(language: str = "zh-Hans-CN", **changes: object) -> Edition:
    """An edition of the sample; its source is Simplified."""
    metadata = Metadata(
        title="头发的书",
        subtitle="一本样书",
        authors=(Person("刻本编辑部", file_as="Keben"),),
        identifier="urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11",
        slug="sample",
        version="1.0.0",
        publisher="刻本",
        date="2026-01-01",
        rights="公有领域",
        description="一本用来试验的书。",
        subjects=("出版",),
    )
    quotes = "curly" if "Hans" in language else "corner"
    fields: dict[str, object] = {
        "name": language,
        "language": language,
        "source_language": "zh-Hans-CN",
        "metadata": metadata,
        "quotes": quotes,
    }
    return Edition(**{**fields, **changes})  # type: ignore[arg-type]


def sample_composition(language: str = "zh-Hans-CN", **changes: object) -> Composition:
    """A book of two chapters with a note, a picture, a table, a drawing and links across chapters."""
    edition = sample_edition(language, **changes)
    documents = (
        Document("cover", "cover", "封面", parse(COVER), "templates/cover.svg"),
        Document("titlepage", "titlepage", "头发的书", parse(TITLEPAGE), "templates/titlepage.html"),
        Document("colophon", "colophon", "版权页", parse(COLOPHON), "templates/colophon.html"),
        Document("contents", "contents", "目录", parse(CONTENTS), "templates/contents.html"),
        Document("one", "chapter", "第一章　里程", parse(ONE), "book/chapters/one.md"),
        Document("two", "chapter", "第二章　后来", parse(TWO), "book/chapters/two.md"),
        Document("images/bars.svg", "drawing", "两根柱子", parse(DRAWING), "book/data/bars.toml"),
    )
    assets = {"images/dot.png": Asset("images/dot.png", "image/png", PNG)}
    return Composition(edition, edition.metadata, documents, WORDS, assets, STYLES, 1767225600)
