"""Characters that Taiwan writes in several ways by taste: 昇 or 升, 兇 or 凶. None is wrong for the other."""

from collections.abc import Iterable

_GROUPS = (
    "具俱 升昇陞 弦絃 琅瑯 席蓆 杯盃 凶兇 佈布 奸姦 托託 回迴 志誌 諡謚 泛氾汎 背揹 "
    "巨鉅 雇僱 念唸 秘祕 污汙 群羣 床牀 菸煙"
).split()
_FIRST = {ord(each): group[0] for group in _GROUPS for each in group}


def is_taste(forms: Iterable[str]) -> bool:
    """Whether forms of a text differ by taste alone."""
    return len({form.translate(_FIRST) for form in forms}) == 1
