"""Reviews with a place or two."""

from keben.core.editorial.values import Doubt
from keben.core.errors import Place
from keben.review import Reviewed, ReviewSheet

HOSTILE = "</script><script>document.title='run'</script><img src=x onerror=alert(1)>"


def doubt(phrase="发", **changes):
    values = {
        "kind": "overlap",
        "rank": 1,
        "place": Place("book/chapters/01.md", 3, 5),
        "output": "髮",
        "candidates": ("髮", "發"),
        "reason": "Two ways.",
        "before": "被",
        "after": "明",
        "output_before": "被",
        "output_after": "明",
        "anchor": ("被", "明"),
    }
    return Doubt(phrase=phrase, **{**values, **changes})


def sheet(*doubts, decisions=(), **changes):
    values = {"title": "书", "slug": "book", "source_language": "zh-Hans-CN", "fail_on": ("overlap",)}
    editions = (Reviewed("zh-Hant-TW", "zh-Hant-TW", doubts),)
    return ReviewSheet(**{**values, "editions": editions, "decisions": decisions, **changes})
