"""The pictures of docs/typography.md, from PDFs that `keben build` makes of a small project.

usage: python tools/typography.py FOLDER [TEXT]

Draws FOLDER/typography-*.png. With TEXT, plain text in Simplified Chinese with a paragraph a line, it also draws the
same lines of it by WeasyPrint, Typst and Keben; that needs the package `typst`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from samplebook import EPOCH, Chapter, composition_of, plain_html, write_project

from keben.typeset.page import PageLayout, lay_out

STOCK, KEBEN = "WeasyPrint alone", "Keben"
SCALE = 2.0
PAD = 14
LABEL = 24
GRAYS = 14
"""With the two colours 16: four bits a pixel."""
EDGE, INK = (206, 106, 88), (125, 35, 32)

AREA: dict[str, object] = {"trim": "A5", "body": "10.5pt", "leading": 1.7, "measure": 16, "lines": 26}
PAGE = AREA | {"measure": 27}
LINES_OF_TEXT = 13
FROM = "话说天下大势"
"""Where a long text is begun with, if it has this."""

STYLE = """
.chapter-head { min-height: 0; height: 0; padding: 0 }
h1 { font-size: 1pt; line-height: 0; color: #fff }
"""
"""The text begins at the top of the page."""

EDITIONS = """[editions.zh-Hans]
names = "lined"
works = "wavy"

[editions.zh-Hant-TW]
vocabulary = "regional"
quotes = "corner"
"""

SAMPLES = {
    "justify": (
        "昔刘胜之子刘贞，汉武时封涿鹿亭侯，后坐酎金失侯，因此遗这一枝在涿县。玄德祖刘雄，父刘弘。弘曾举孝廉，亦尝作吏，早丧。"
        "玄德幼孤，事母至孝；家贫，贩屦织席为业。",
    ),
    "marks": (
        "他问：“你读过《水浒》、《三国》吗？”（他自己只读过《三国》。）“读过，”我说，“不止一遍！《三国》（嘉靖本）也读过。”",
    ),
    "edges": (
        "“缩进之后，引号的左边没有空白。”他说完这句话，又看了一遍第一行，点点头，才往下读。",
        "行末的逗号和句号只占半个字，所以十六个字的一行，排得下十六个字和一个标点，因为标点只占一半。（行首的括号也只占一半，它的左边没有空白，看下一行就知道了。）",
    ),
    "regions": (
        "他说：“书印好了，字也清楚。”大家都说好；只有他，还不满意：“第三页，（看这里！）少了一个点。”",
    ),
    "gap": (
        "全书共59条，2020年4月起由WHO陆续发布；A5纸每张重80g，用Keben排成PDF，约20分钟。第3章有12幅图，第4章有7张表。",
    ),
    "kinsoku": ("那时候路很窄车速最多二十公里／小时，如今路宽了车却也更多了——走得反而更慢。",),
    "orphan": (
        "刘备字玄德涿郡涿县人汉景帝子中山靖王胜之后也少孤与母贩履织席为业舍东南角篱上有桑树生高五丈余。",
    ),
    "dashes": (
        "他想了很久——也许太久了——才慢慢地说：“这……这怎么可能呢？”没有人回答他。过了一会儿，又有人问：“那么，信呢？……”"
        "信早已寄出去了——昨天。",
    ),
    "words": (
        "新的一版在网上，请见https://example.org/keben/typography/lines-and-words.html，谁都可以看；旧的那一版，只能去问Müller-Lüdenscheidt先生。",
    ),
}
"""Texts of ours, but the first, which is from 三国演义 (public domain), and “orphan”, from 三国志."""

MARKED = {
    "beside": (
        "他要说的是*一件小事*。[屈原]{.name}、[宋玉]{.name}都是楚人，[屈原]{.name}[宋玉]{.name}之后，"
        "读[离骚]{.work}[九辩]{.work}的人，*不该只读一遍*，也不该只读[朱熹]{.name}的[楚辞集注]{.work}。",
    ),
    "readings": (
        "{國語|ㄍㄨㄛˊ ㄩˇ}課本的字旁有{注音|ㄓㄨˋ ㄧㄣ}，孩子自己就能{讀|ㄉㄨˊ}{了|˙ㄌㄜ}；"
        "也有人在{霾|mái}和{饕餮|tāo tiè}上面寫拼音。",
    ),
}
"""Texts in Markdown."""

LATIN = "Charis SIL"
LATIN_TEXT = (
    "“字体”在英文里是*typeface*，一套字号相同的铅字是*font*，两者在19世纪还分得很清。Garamond、Caslon和**Bodoni**"
    "都是铸字人的姓……如今*Charis SIL*能写Dvořák，也能写Ångström (1814–1874)。"
)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF with a chapter for each sample, on a right page of its own."""

    data: bytes
    layout: PageLayout

    def lines(self, name: str, scale: float, most: int = 99) -> Image.Image:
        """The body's lines on a chapter's first page, with the measure's edges."""
        document = pypdfium2.PdfDocument(self.data)
        try:
            number = next(
                mark.get_dest().get_index()
                for mark in document.get_toc()
                if mark.get_title().casefold() == name
            )
            return self.crop(document[number], scale, most)
        finally:
            document.close()

    def crop(self, page: pypdfium2.PdfPage, scale: float, most: int) -> Image.Image:
        """The lines of a right page."""
        layout = self.layout
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        text.close()
        floor = layout.height - layout.top - layout.lines * layout.line
        lowest = min(box[1] for box in boxes if box[1] > floor and box[3] > box[1])
        count = min(most, int((layout.height - layout.top - lowest) / layout.line) + 1)
        left, right = layout.inner, layout.inner + layout.measure * layout.body
        top = layout.height - layout.top
        bottom = top - count * layout.line
        beside = 7.0
        picture = page.render(
            scale=scale, crop=(left - beside, bottom, layout.width - right - beside, layout.height - top)
        )
        made = picture.to_pil().convert("RGB")
        draw = ImageDraw.Draw(made)
        for x in (beside - 2.5, beside + right - left + 2.5):
            draw.line((round(x * scale), 0, round(x * scale), made.height), EDGE)
        return made


def built(root: Path, edition: str) -> Pdf:
    """A project's PDF, by the command."""
    subprocess.run(
        [sys.executable, "-m", "keben", "build", str(root), "-e", edition, "-f", "pdf"],
        check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip
    return Pdf((root / "build" / f"sample-{edition}.pdf").read_bytes(), layout_of(root, edition))


def plain(root: Path, edition: str) -> Pdf:
    """The same by WeasyPrint alone."""
    html, options = plain_html(composition_of(root, edition))
    return Pdf(html.write_pdf(**options), layout_of(root, edition))


def layout_of(root: Path, edition: str) -> PageLayout:
    """The page of a project's edition."""
    return lay_out(composition_of(root, edition).edition.area)


def by_typst(paragraphs: Iterable[str], layout: PageLayout) -> Pdf:
    """Paragraphs by Typst, on the same page in the same face."""
    import typst

    text = "\n\n".join(paragraphs)
    source = f"""
#set page(width: {layout.width}pt, height: {layout.height}pt, margin: (
  left: {layout.inner}pt, right: {layout.outer}pt, top: {layout.top}pt, bottom: {layout.bottom}pt))
#set text(font: "Noto Serif CJK SC", size: {layout.body}pt, lang: "zh", region: "cn",
  top-edge: 0.88em, bottom-edge: -0.12em)
#let gap = {layout.line - layout.body}pt
#set par(justify: true, leading: gap, spacing: gap, first-line-indent: (amount: 2em, all: true))
#v({(layout.line - layout.body) / 2}pt, weak: false)
{text}
"""
    return Pdf(typst.compile(source.encode()), layout)


def sheet(rows: Sequence[Sequence[tuple[str, Image.Image]]]) -> Image.Image:
    """Labelled pictures in rows, in few colours."""
    width = max(sum(each.width + PAD for _, each in row) for row in rows) + PAD
    heights = [max(each.height for _, each in row) + LABEL + PAD for row in rows]
    made = Image.new("RGB", (width, sum(heights) + PAD // 2), (255, 255, 255))
    draw = ImageDraw.Draw(made)
    font = ImageFont.load_default(14)
    y = PAD // 2
    for row, height in zip(rows, heights, strict=True):
        x = PAD
        for label, picture in row:
            draw.text((x + 10, y), label, INK, font)
            made.paste(picture, (x, y + LABEL))
            x += picture.width + PAD
        y += height
    return reduced(made)


def reduced(picture: Image.Image) -> Image.Image:
    """A picture in a few greys and the two colours."""
    greys = [round(255 * step / (GRAYS - 1)) for step in range(GRAYS)]
    palette = Image.new("P", (1, 1))
    colours = [*((grey, grey, grey) for grey in greys), EDGE, INK]
    palette.putpalette([part for colour in colours for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def save(folder: Path, name: str, picture: Image.Image) -> None:
    """Write a picture, and say so."""
    path = folder / f"typography-{name}.png"
    picture.save(path, optimize=True, bits=4)
    print(f"{path} {picture.width} × {picture.height}, {path.stat().st_size:,} bytes")


def draw_rules(folder: Path, scratch: Path) -> None:
    """A picture for each rule."""
    chapters = [Chapter(name, name, texts) for name, texts in SAMPLES.items()]
    chapters += [Chapter(name, name, texts, markdown=True) for name, texts in MARKED.items()]
    roots = {level: scratch / level for level in ("gb", "basic", "strict")}
    for level, root in roots.items():
        write_project(root, chapters, AREA | {"kinsoku": level}, STYLE, EDITIONS)
    ours, theirs = built(roots["gb"], "zh-Hans"), plain(roots["gb"], "zh-Hans")
    for name in (*SAMPLES, *MARKED):
        if name not in ("regions", "kinsoku", "readings"):
            pair = ((STOCK, theirs.lines(name, SCALE)), (KEBEN, ours.lines(name, SCALE)))
            save(folder, name, sheet([pair]))
    tw, plain_tw = built(roots["gb"], "zh-Hant-TW"), plain(roots["gb"], "zh-Hant-TW")
    rows = [
        [(f"{who}, {where}", pdf.lines("regions", SCALE)) for who, pdf in pair]
        for where, pair in (
            ("zh-Hans", ((STOCK, theirs), (KEBEN, ours))),
            ("zh-Hant-TW", ((STOCK, plain_tw), (KEBEN, tw))),
        )
    ]
    save(folder, "regions", sheet(rows))
    save(folder, "readings", sheet([[(f"{KEBEN}, zh-Hant-TW", tw.lines("readings", SCALE))]]))
    levels = {level: ours if level == "gb" else built(root, "zh-Hans") for level, root in roots.items()}
    panels = [
        (f'{KEBEN}, "{level}"', levels[level].lines("kinsoku", SCALE)) for level in ("basic", "gb", "strict")
    ]
    save(folder, "kinsoku", sheet([[(STOCK, theirs.lines("kinsoku", SCALE)), panels[0]], panels[1:]]))


def draw_latin(folder: Path, scratch: Path) -> None:
    """The Chinese font's own Latin, and a family that the book names."""
    panels = []
    for label, area in (("no `latin`", AREA), (f'latin = "{LATIN}"', AREA | {"latin": LATIN})):
        root = scratch / f"latin-{len(panels)}"
        write_project(root, [Chapter("latin", "latin", (LATIN_TEXT,), markdown=True)], area, STYLE)
        panels.append((f"{KEBEN}, {label}", built(root, "zh-Hans").lines("latin", SCALE)))
    save(folder, "latin", sheet([panels]))


def draw_page(folder: Path, scratch: Path, text: Path) -> None:
    """The same lines by three programs."""
    texts = [line for each in text.read_text("utf-8").split("\n") if (line := each.strip())]
    begin = next((at for at, each in enumerate(texts) if each.startswith(FROM)), 0)
    part = tuple(texts[begin : begin + 30])
    root = scratch / "page"
    write_project(root, [Chapter("page", "page", part)], PAGE, STYLE)
    layout = layout_of(root, "zh-Hans")
    stock, ours, typst = plain(root, "zh-Hans"), built(root, "zh-Hans"), by_typst(part, layout)
    scale = 1.35
    first = pypdfium2.PdfDocument(typst.data)
    panels = [
        (STOCK, stock.lines("page", scale, LINES_OF_TEXT)),
        ("Typst", typst.crop(first[0], scale, LINES_OF_TEXT)),
        (KEBEN, ours.lines("page", scale, LINES_OF_TEXT)),
    ]
    first.close()
    save(folder, "page", sheet([panels]))


def main(arguments: list[str]) -> int:
    """Draw the pictures."""
    if len(arguments) not in (1, 2):
        sys.exit("usage: python tools/typography.py FOLDER [TEXT]")
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        draw_rules(folder, Path(scratch))
        draw_latin(folder, Path(scratch))
        if len(arguments) == 2:
            draw_page(folder, Path(scratch), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
