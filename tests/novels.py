"""Novels that are composed, not copied: sentences from parts of our own, in dialogue and prose, by a seed.

python tests/novels.py FOLDER mixed 120        # a project of 120 chapters with quotation marks of all kinds
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Quotes = Literal["curly", "corner", "straight", "mixed"]

MARKS = {"curly": "“”‘’", "corner": "「」『』", "straight": "\"\"''"}

WHO = (
    "阿满",
    "许医生",
    "老船工",
    "她",
    "他",
    "我",
    "小栓的母亲",
    "守灯塔的人",
    "陈会计",
    "那个外乡人",
    "两个孩子",
    "邮差",
)
WHERE = (
    "渡口",
    "药铺后面",
    "旧车站",
    "山腰的茶园里",
    "桥下",
    "磨坊门前",
    "县城西门外",
    "晒谷场上",
    "盐仓里",
    "江心的沙洲上",
)
WHEN = (
    "天还没亮的时候",
    "那年冬天",
    "雨停了以后",
    "过了晌午",
    "头一场雪落下来那天",
    "第二年开春",
    "灯都熄了以后",
    "不到半个时辰",
)
WHAT = (
    "把湿透的信一封一封摊在灶台上",
    "数完了船上的麻袋，少了三只",
    "听见有人在雾里喊自己的名字",
    "发现门闩是从里面插上的",
    "只带走了一面裂开的镜子和半袋干粮",
    "拿着那张发黄的地图，走了三十里路",
    "在后院种下了二十棵苹果树",
    "沿着河堤往下游跑去，头发全散了",
    "翻开账本，从第一页看到最后一页",
    "站了很久，什么也没有说",
)
AFTER = (
    "谁也没料到，事情会从这里开始变化。",
    "后来的事，村里人都记得。",
    "风从河面上吹过来，带着一股烧焦的味道。",
    "里面一共有十二个名字，最后一个被墨涂掉了。",
    "几只乌鸦落在干枯的树上，又一齐飞走了。",
    "面馆的伙计把汤端出来，看了一眼，又端了回去。",
    "这样的夜晚，钟敲了几下，没有人去数。",
    "水位涨到了石阶的第七级——往年到第五级就退了。",
    "他们复又沉默下来，只听见表针走动的声音。",
)
SAID = (
    "你不要回头，一直往前走",
    "这封信是谁送来的",
    "我只出去几天，很快就回来",
    "钥匙在老地方，你自己去拿吧",
    "那条船根本就没有离开过码头",
    "里头的东西，一样也不能少",
    "他当时说得很清楚",
    "发面用的缸，给我留一只",
    "干了这么多年，我头一回见到这种事",
    "云是从南边来的，晚上一定有雨",
)
INNER = ("明天再说", "不许过河", "后会有期", "船钱照付", "灯不要灭")
VERBS = ("说", "问", "低声道", "喊道", "叹了口气，说", "笑着说", "回答")
ENDS = "。！？……"
TITLES = ("渡口", "来信", "雾", "账本", "灯塔", "涨水", "旧车站", "面馆", "苹果树", "后门", "盐", "返程")


def chapters(seed: int, count: int, quotes: Quotes, size: int = 40) -> list[str]:
    """The Markdown of so many chapters, of ``size`` paragraphs each."""
    chance = random.Random(seed)
    return [
        "\n\n".join((f"# {chance.choice(TITLES)}", *(_paragraph(chance, quotes) for _ in range(size)))) + "\n"
        for _ in range(count)
    ]


def _paragraph(chance: random.Random, quotes: Quotes) -> str:
    own = quotes if quotes != "mixed" else chance.choice(("curly", "corner", "straight"))
    if chance.random() < 0.5:
        return "".join(_reported(chance) for _ in range(chance.randint(2, 6)))
    return "".join(_speech(chance, MARKS[own]) for _ in range(chance.randint(1, 3)))


def _reported(chance: random.Random) -> str:
    first = f"{chance.choice(WHEN)}，{chance.choice(WHO)}在{chance.choice(WHERE)}{chance.choice(WHAT)}。"
    return first + (chance.choice(AFTER) if chance.random() < 0.6 else "")


def _speech(chance: random.Random, marks: str) -> str:
    said = chance.choice(SAID)
    if chance.random() < 0.3:
        said += f"，他只留下一句{marks[2]}{chance.choice(INNER)}{marks[3]}"
    end = chance.choice((*ENDS[:3], "……"))
    return f"{chance.choice(WHO)}{chance.choice(VERBS)}：{marks[0]}{said}{end}{marks[1]}"


def write_novel(root: Path, seed: int, count: int, quotes: Quotes, size: int = 40) -> Path:
    """A project of such a novel, for the mainland, Taiwan and Hong Kong."""
    texts = chapters(seed, count, quotes, size)
    for name, text in _files(quotes, texts):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _files(quotes: Quotes, texts: list[str]) -> Iterator[tuple[str, str]]:
    yield (
        "book/book.toml",
        f'[book]\ntitle = "渡口（{quotes}）"\nauthors = ["佚名"]\nlanguage = "zh-Hans"\nslug = "ferry"\n'
        'version = "1.0.0"\ndate = 2026-01-01\n'
        '[editions.zh-Hans]\n[editions.zh-Hant-TW]\nvocabulary = "regional"\n[editions.zh-Hant-HK]\n',
    )
    for number, text in enumerate(texts, 1):
        yield f"book/chapters/{number:03}.md", text


if __name__ == "__main__":
    write_novel(Path(sys.argv[1]), 7, int(sys.argv[3]), sys.argv[2])  # type: ignore[arg-type]
