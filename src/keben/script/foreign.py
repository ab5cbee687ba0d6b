"""Foreign names in Chinese characters: 克里斯, 艾弗里.

They are spelt with a few hundred characters that seldom stand side by side in other words, so a character between two
of them is read for its sound.
"""

from collections.abc import Sequence

from keben.core.interpuncts import ANY
from keben.core.patterns import later

SOUNDS = (
    "尔斯克姆亚奥莱弗迪蒂莉娅娜埃伊卢鲁萨莎巴德特塔菲维诺罗玛瓦洛丹茨兹赫普托佩帕哈希阿卡科恩勒吉杰皮费格桑顿安贝吕"
    "戈基穆凯曼纳尼欧奇切乔琼瑟莫墨昂努逊缪肯鲍佛"
)
"""Characters that names are spelt with, but for those that are common words too (大, 里, 加, 拉, 布, 米)."""
SPELT = SOUNDS + "梅拉布米加林利达西波威理黎比"
"""And those that are words too: one of them beside a character says less."""

_SPELT = frozenset(SPELT)
_BOTH = later(f"[{SPELT}]里[{SOUNDS}]|[{SOUNDS}]里[{SPELT}]")
_BEFORE = later(f"[{SPELT}][{SOUNDS}]$|[{SOUNDS}][拉西达利比]$")
_AFTER = later(f"里[{SPELT}][{SOUNDS}]")
_DOTTED = later(f"里[{SPELT}]*[{ANY}]")
_AFTER_DOT = later(f"[{ANY}][{SPELT}]{{0,4}}$")
_BESIDE = frozenset(("", *"于在的和与及、是叫往至从"))
WATCHED_NAMES = f"里(?<=[{SPELT}{ANY}]里)|里(?=[{SPELT}{ANY}])"


def is_in_name(clause: str, segments: Sequence[tuple[int, int]], at: int, after: str) -> bool:
    """Whether a character that is a word by itself is a part of a foreign name here.

    Args:
        clause: The clause, with the dots of names in it.
        segments: How it is divided.
        at: Where the character stands.
        after: The character after the clause, or none.
    """
    before = clause[:at]
    if _DOTTED.match(clause, at) or _AFTER_DOT.search(before) or after in tuple(ANY):
        return True
    word = next((clause[start:end] for start, end in segments if end == at), "")
    if len(word) > 1 and not _SPELT.issuperset(word):
        # A noun that ends in such a character: 嘴巴里.
        return False
    if at and _BOTH.match(clause, at - 1):
        return True
    if _AFTER.match(clause, at) and before[-1:] in _BESIDE:
        return True
    # 马德里, 希拉里; 艾弗里（Avery）.
    return bool(_BEFORE.search(before)) and len(before) > 2 and before[-3] in _SPELT


def is_spelt(word: str) -> bool:
    """Whether a word of the lists that has 里 is a foreign name: 亨里克, 塔里木, 西里尔."""
    at = word.find("里")
    if at < 0 or len(word) < 2:
        return False
    if len(word) == 2 and at:
        # 布里 is inside cloth, and 哈里 is Harry.
        return word[0] in SOUNDS
    beside = {*word[max(0, at - 1) : at], *word[at + 1 : at + 2]}
    others = [each for each in word if each != "里" and each not in _SPELT]
    return _SPELT.issuperset(beside) or (len(word) > 2 and len(others) < 2 and not _SPELT.isdisjoint(beside))
