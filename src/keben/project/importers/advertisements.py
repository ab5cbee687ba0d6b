"""Lines that a site of novels put into a text: its address, and the words that end a page of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from keben.core.saying import wording

_ADDRESS = re.compile(r"(?:www\.|https?://|[a-z0-9-]+\.(?:com|net|cc|org|cn|tw)\b)", re.IGNORECASE)
_OFTEN = 3
_LONGEST = 80
"""Characters of a line that advertises; what is longer is text."""
_SITE = re.compile(
    r"小[说說]|下[载載]|txt|电子书|電子書|手机|手機|更新|首[发發]|域名|网址|網址|[书書]城", re.IGNORECASE
)
_PHRASES = re.compile(
    r"一秒[记記]住|[无無][弹彈]窗|手[机機]用[户戶][请請]|[请請][记記]住本|本章未完.{0,12}(?:下一[页頁]|[继繼][续續])"
    r"|章[节節][内內]容(?:[开開]始|[结結]束)|各位[书書]友要是[觉覺]得《"
    r"|(?:更新|[发發]布)[时時][间間]\s*[:：]\s*\d|本章字[数數]\s*[:：]\s*\d"
)
_ASKING = re.compile(r"推[荐薦]票|月票|求(?:收藏|[订訂][阅閱]|打[赏賞])|[书書]友群|QQ群")
_MARKS = re.compile(r"[\s（(【\[-]*(?:本章完|未完待[续續]|正文)[。.…\s）)】\]-]*")
_SHOWN = 6


def without_advertisements(lines: Sequence[str]) -> tuple[list[str], Mapping[str, int]]:
    """Lines without those of a site, and how often each of these came.

    They name an address or ask for votes, again and again, or speak of the site; or they are words such as （本章完）.
    A blank line stands in the place of each.
    """
    counts = Counter(
        text
        for line in lines
        if (text := line.strip())
        and len(text) <= _LONGEST
        and (_ADDRESS.search(text) or _ASKING.search(text))
    )
    often = {line for line, count in counts.items() if count >= _OFTEN}
    dropped = Counter(text for line in lines if (text := line.strip()) and (text in often or _is_one(text)))
    return ["" if line.strip() in dropped else line for line in lines], dropped


def _is_one(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    return bool(
        _MARKS.fullmatch(text) or _PHRASES.search(text) or (_ADDRESS.search(text) and _SITE.search(text))
    )


def reported(dropped: Mapping[str, int]) -> tuple[str, ...]:
    """What the page of an import says of them: the first ones in full, the others by number."""
    lines = list(dropped.items())
    said = [
        wording("Left out, {count} times: “{line}”.", count=count, line=line)
        if count > 1
        else wording("Left out: “{line}”.", line=line)
        for line, count in lines[:_SHOWN]
    ]
    if (more := len(lines) - _SHOWN) > 0:
        said.append(wording("Left out: {count} more lines of a site's.", count=more))
    return tuple(said)
