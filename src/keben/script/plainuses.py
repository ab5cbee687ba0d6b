"""Characters that stand as words by themselves where grammar leaves them one use: 版本后, 这种, 几个, 目录里."""

from collections.abc import Mapping, Sequence

from keben.script.foreign import SOUNDS

PLAIN = {"后": "後", "里": "裡", "种": "種", "几": "幾", "只": "只", "冲": "衝"}
"""Such characters, with the form of that use."""
_QUEENLY = frozenset("皇太天王母影歌神")
_NAMED = frozenset("乡镇村岛人长亚斯山河程巷弄" + SOUNDS)
_POINTING = frozenset("这那各每某数几两多一另何此首哪同")
_MEASURED = frozenset("个则年月天次位种十百千万日句张条步分项件本页名人家块颗根片段层间部台样")
_RUSHED = frozenset("过向出进入到回刺破")
_WATER = frozenset("水雨洪浪潮河海茶奶浴澡凉")
_ONLY = frozenset("是能有要会好不可在用需得为想怕见听说管顾剩看让把给够差许因求愿做当应")
_LISTED = 20
"""A word that the list counts this often is no name."""


def is_plain(
    text: str, segments: Sequence[tuple[int, int]], index: int, output: str | None, counts: Mapping[str, str]
) -> bool:
    """Whether a segment is such a character, and came out so.

    Args:
        text: A clause.
        segments: How it is divided.
        index: Which segment.
        output: What the segment came out as.
        counts: How often the word list counts each word.
    """
    start, end = segments[index]
    word = text[start:end]
    if output is None or PLAIN.get(word) != output:
        return False
    before, following = text[start - 1 : start], text[end : end + 1]
    if word == "种":
        return before in _POINTING
    if word == "几":
        return following in _MEASURED
    if word == "冲":
        return _WATER.isdisjoint(text) and (
            following in _RUSHED or before in tuple("往向前猛") or text[max(0, start - 2) : start - 1] == "往"
        )
    if word == "只":
        return following in _ONLY
    if not before or not _is_noun(text[slice(*segments[index - 1])], counts):
        return False
    return before not in _QUEENLY if word == "后" else following not in _NAMED or not following


def _is_noun(word: str, counts: Mapping[str, str]) -> bool:
    """Whether a segment may be a noun: a listed word, or one that is not Chinese."""
    return word.isascii() or (len(word) > 1 and int(counts.get(word, 0)) >= _LISTED)
