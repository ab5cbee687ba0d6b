"""Which OpenCC configurations turn one language's text into another's."""

from keben.core.edition import Vocabulary
from keben.core.language import region, script

_SHORT = {"CN": "s", "TW": "tw", "HK": "hk"}


def configurations(source: str, target: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The chain of OpenCC configurations, applied in order, between two canonical tags; empty for the same one.

    Every vocabulary but ``characters`` takes the variants with phrases (``s2twp``), which OpenCC has between Simplified
    and Traditional; between Taiwan and Hong Kong there are characters only, by way of OpenCC's own standard.
    """
    if source == target:
        return ()
    start, end = _SHORT[region(source)], _SHORT[region(target)]
    if script(source) == script(target):
        return (f"{start}2t", f"t2{end}")
    return (f"{start}2{end}{'' if vocabulary == 'characters' else 'p'}",)
