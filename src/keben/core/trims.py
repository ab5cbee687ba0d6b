"""The page sizes that a book can name: those of standards, and the 开本 of the Chinese trade.

A 开本 says how many leaves a sheet of paper gives, so its size depends on the sheet. The mainland cuts sheets of
787 × 1092, 850 × 1168 (大32开) and 889 × 1194 mm (大16开), Taiwan those of 31 × 43 and 25 × 35 inches (菊). A name with
開 is Taiwan's size where the two differ.

GB/T 788—1999 names A4, A5, A6 (105 × 144), B5, B6 and B7 only, with a tolerance of 1 mm. The older sizes are the
trade's, whose lists differ by more: 16开 is 184, 185 or 188 × 260.
"""

import difflib
import re
import unicodedata

from keben.core.lengths import PAPERS, paper
from keben.core.saying import series, wording

# GB/T 788—1999, 图书和杂志开本及其幅面尺寸; JIS P 0138.
_STANDARDS = {
    "GB-A6": (105.0, 144.0),
    "GB-B5": (169.0, 239.0),
    "GB-B6": (119.0, 165.0),
    "GB-B7": (82.0, 115.0),
    "JIS-B4": (257.0, 364.0),
    "JIS-B5": (182.0, 257.0),
    "JIS-B6": (128.0, 182.0),
}

_MAINLAND = {
    "8开": (260.0, 370.0),
    "大8开": (285.0, 420.0),
    "16开": (185.0, 260.0),
    "大16开": (210.0, 285.0),
    "小16开": (170.0, 240.0),
    "国际16开": (210.0, 297.0),
    "32开": (130.0, 184.0),
    "大32开": (140.0, 203.0),
    "国际32开": (148.0, 210.0),
    "64开": (92.0, 126.0),
}

_TAIWAN = {
    "菊8開": (210.0, 297.0),
    "16開": (190.0, 260.0),
    "菊16開": (148.0, 210.0),
    "18開": (170.0, 230.0),
    "25開": (148.0, 210.0),
    "32開": (130.0, 190.0),
    "菊32開": (105.0, 148.0),
}

TRIMS = {
    **{name: PAPERS[name] for name in ("A4", "A5", "A6", "B5", "B6")},
    **_STANDARDS,
    **_MAINLAND,
    **_TAIWAN,
}
"""Width and height in millimetres, as they are after cutting, by the names that messages list."""

_NUMERALS = {
    "八": "8",
    "十六": "16",
    "十八": "18",
    "二十五": "25",
    "廿五": "25",
    "三十二": "32",
    "六十四": "64",
}
_NAME = re.compile(r"(正度?|大度?|小|国际|菊)?(\d+|[一二三四五六八九十廿]+)(开|開|k)(?:本)?")
_STANDARD = re.compile(r"(gb|jis)[-/ ]?([ab]\d)")


def trim_size(text: str) -> tuple[float, float] | None:
    """Width and height in millimetres of a trim as people write it; None where it is none that is known.

    ``32开``, ``大三十二开本``, ``25開``, ``JIS B5``, ``A5``, ``148mm 210mm``.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split()).replace("國際", "国际")
    if match := _STANDARD.fullmatch(plain):
        return TRIMS.get(f"{match[1]}-{match[2]}".upper())
    if match := _NAME.fullmatch(plain):
        kind = {"正": "", "正度": "", "大度": "大"}.get(match[1] or "", match[1] or "")
        name = kind + _NUMERALS.get(match[2], match[2])
        sign = "開" if match[3] == "開" else "开"
        return TRIMS.get(name + sign) or TRIMS.get(f"{name}开") or TRIMS.get(f"{name}開")
    return paper(text)


def trim_advice(text: str) -> str:
    """What to write instead of a name that is none."""
    near = difflib.get_close_matches(text, TRIMS, 1, 0.5)
    begin = wording("Did you mean “{near}”? ", near=near[0]) if near else ""
    return wording(
        "{begin}Use one of {trims}, or a width and a height such as “148mm 210mm”.",
        begin=begin,
        trims=series(TRIMS),
    )
