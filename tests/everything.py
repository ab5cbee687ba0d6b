"""A small book with everything that a page of an e-book can hold, for what only a reader shows."""

import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw

TOML = """[book]
title = "万有书"
subtitle = "一本什么都有的书"
authors = ["林一", "陈二"]
language = "zh-Hans"
identifier = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f13"
slug = "all"
version = "1.0.0"
date = 2026-01-01
publisher = "某社"
rights = "版权所有"
description = "给阅读器的试验。"
cover = "images/cover.png"
chapters = ["chapters/pictures.md", "chapters/part.md", "chapters/text.md", "chapters/tables.md", "chapters/code.md"]

[editions.zh-Hans]
works = "wavy"
names = "lined"
formats = ["epub"]
{design}
[editions.zh-Hant-TW]
writing = "vertical"
formats = ["epub"]
{design}"""

PICTURES = """# 一个很长的题目，为的是看看题目和图会不会分在两页上

![一幅高图](../images/tall.png "高图的说明文字也许有一点长，长得要换行"){{#fig-tall}}

图后面的文字。{filler}

## 小节的题目

![一幅宽图](../images/wide.png "宽图"){{#fig-wide}}

{filler}行内的图![字](../images/clear.png)在字里行间。

![带透明底的图](../images/clear.png "透明底"){{width=40%}}

![一张线条图：一条斜线](../images/line.svg "矢量图")

![两根横条：甲七，乙三](../data/bars.toml "各专题的条数"){{#fig-bars}}

### 更小的题目

{filler}见[](#fig-bars)、[](#tab-wide)与[](#fn-a)。[^a]

[^a]: 一条注文。{filler}
[^b]: 另一条注文，又见[](#fn-a)。

再说一句。[^b]
"""

TEXT = """# 文字

{{.epigraph}}
> 千里之行，始于足下。
>
> ——《老子》

*着重的字*和*里面有[Latin words]{{lang=en}}的字*，**加重**，~~删去~~，[屈原]{{.name}}写了[离骚]{{.work}}，{{霾|mái}}和{{饕餮|tāo tiè}}，
`代码`，==标记==，<kbd>Ctrl</kbd>，[mixed English words in a long line of text]{{lang=en}}，https://example.org/a/very/long/address/that/does/not/break。{filler}

{{.pull}}
> 一句放大的引文：防疫合作不是选择，而是必须。
>
> ——某人

> 引文一段。{filler}
>
> > 引文中的引文。{filler}

***

- 一条
    - 第二层，文字长得要换行的一条
        - 第三层，文字长得要换行的一条
- 又一条

1. 第一
2. 第二
    1. 第二之一

术语
:   它的解释。{filler}

- [x] 做完的事
- [ ] 没做的事

---

{{.verse}}
> 轻轻的我走了，
> 　　正如我轻轻的来；那河畔的金柳，是夕阳中的新娘，波光里的艳影
>
> ——徐志摩

::: {{.verse .centred}}
床前明月光，
疑是地上霜。
:::

::: {{.drama}}
（客厅，夜。）

周朴园　你来干什么？{filler}
鲁侍萍　（冷笑）不是我要来的。
:::

::: {{.letter}}
亲爱的妈妈：

您好！来信收到。

此致
敬礼

儿　小明
2026年1月2日
:::

::: warning 当心
盒子里的文字。{filler}

$$ \\frac{{1}}{{2}} + \\sum_{{n=1}}^{{\\infty}} \\frac{{1}}{{n^2}} = \\frac{{1}}{{2}} + \\frac{{\\pi^2}}{{6}} $$
:::

::: tip
又一个盒子。
:::

爱因斯坦说$E = mc^2$，高斯说：

$$ \\int_{{-\\infty}}^{{\\infty}} e^{{-x^2}} \\, dx = \\sqrt{{\\pi}}, \\quad \\sum_{{n=1}}^{{\\infty}} \\frac{{1}}{{n^2}} = \\frac{{\\pi^2}}{{6}} $$ {{#eq-gauss}}

见[](#eq-gauss)。
"""

TABLES = """# 表

| 甲 | 乙 | 丙 | 丁 | 戊 | 己 | 庚 | 辛 | 壬 | 癸 |
|---|---|---|---|---|---|---|---|---|---|
| 1234567 | 1234567 | 1234567 | 1234567 | 1234567 | 1234567 | 1234567 | 1234567 | 1234567 | 1234567 |
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |

: 宽表 {{#tab-wide}}

| 名称 | 说明 | 数 |
|---|---|---:|
| 甲项 | {filler} | 10 |
| 乙项 | {filler} | 1234567 |
| 丙项 | 短 | 3 |

: 有长文字的表 {{#tab-long}}

{long}

{formulas}

没有标题的小表：

| 项 | 数 |
|---|---|
| 面 | 3 |
"""

CODE = """# 代码

```python title="入口" {{2}} .numberLines
# 注释：一行长得放不下的注释，看它怎样换行，换行之后又怎样
def hello(name: str = "世界") -> None:
    print(f"你好，{{name}}", 42, "https://example.org/a/very/long/address/that/does/not/break/anywhere")
```

```diff
- 旧的一行
+ 新的一行
```

```console
$ keben build
输出
```

{filler}

```js
return x + 1  // 一句
```
"""

BARS = """kind = "bar"
title = "两根横条"
unit = "条"
source = "某文献的第几页，出处写得比较长，长得要换行才放得下"
[[bars]]
label = "第一专题：没有国界的病毒"
value = 7
note = "（截至四月）"
[[bars]]
label = "第二专题"
value = 3
"""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160" viewBox="0 0 400 160">'
    '<path d="M0 160 400 0" stroke="#000" stroke-width="4"/><text x="20" y="40" font-size="24">线</text></svg>'
)

FILLER = "这里是一些普通的正文，用来占满一行又一行，使它像一本真的书那样往下走，读者一页一页地翻过去。"


def write_everything(root: Path, design: str = "") -> Path:
    """Write the project, in a design of Keben's, and give its root."""
    rows = "".join(f"| {number} | 第{number}行 | 二 | 三 | 四 | 五 |\n" for number in range(1, 31))
    long = f"| 号 | 名 | 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|---|---|\n{rows}\n: 长而宽的表 {{#tab-both}}"
    acids = "| 柠檬酸 | $H_3C_6H_5O_7$ | 1 | 7.4×10⁻⁴ | 3.13 |\n" * 9
    formulas = f"| 酸 | 化学式 | 级 | $K_a$ | $pK_a$ |\n|---|---|--:|--:|--:|\n{acids}\n: 有公式的表"
    chosen = f'[editions.NAME.print]\ndesign = "{design}"\n' if design else ""
    head, _, tail = TOML.partition("[editions.zh-Hant-TW]")
    toml = head.format(design=chosen.replace("NAME", "zh-Hans")) + "[editions.zh-Hant-TW]"
    toml += tail.format(design=chosen.replace("NAME", "zh-Hant-TW"))
    files = {
        "book.toml": toml,
        "chapters/pictures.md": PICTURES,
        "chapters/part.md": "---\ntitle: 上卷\nkind: part\n---\n\n卷首语。\n",
        "chapters/text.md": TEXT,
        "chapters/tables.md": TABLES,
        "chapters/code.md": CODE,
        "data/bars.toml": BARS,
        "images/line.svg": SVG,
    }
    for path, text in files.items():
        file = root / "book" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = (
            text.format(filler=FILLER, long=long, formulas=formulas)
            if path.endswith(".md") and "part" not in path
            else text
        )
        file.write_text(whole, encoding="utf-8")
    images = {
        "cover": Image.new("RGB", (640, 960), "#7a1f1f"),
        "tall": Image.new("RGB", (300, 1200), "#336699"),
        "wide": Image.new("RGB", (3000, 700), "#669933"),
        "clear": Image.new("RGBA", (200, 200), (0, 0, 0, 0)),
    }
    ImageDraw.Draw(images["clear"]).ellipse((20, 20, 180, 180), outline=(0, 0, 0, 255), width=8)
    for name, image in images.items():
        stream = io.BytesIO()
        image.save(stream, "PNG")
        (root / "book" / "images" / f"{name}.png").write_bytes(stream.getvalue())
    return root


if __name__ == "__main__":
    write_everything(Path(sys.argv[1]))
