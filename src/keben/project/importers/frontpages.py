"""What the pages before a book's text say of it: publisher, date, to whom it is dedicated, a name below the title."""

import re
from collections.abc import Sequence

from keben.core.dates import read_date

_PUBLISHER = re.compile(
    r"[\u3400-\u9fffA-Za-z·・&.,'’() （）]{2,30}?"
    r"(?:出版(?:社|集[团團]|公司|中心)|[书書][局店社馆館]|印[书書][馆館]"
    r"|(?:出版|文化|文[创創]|[传傳]媒|[图圖][书書])[\u3400-\u9fff]{0,6}(?:公司|[坊社])"
    r"|Press|Publish(?:ers|ing)(?: House)?|Books)(?:出版|[发發]行)?"
)
_YEAR_ALONE = re.compile(r"\d{1,4}")
_DEDICATED = re.compile(
    r"(?:[谨謹仅僅]\s*(?:以|将|將)|[以将將]?(?:此|本|[这這]本)[书書]\s*[敬奉谨謹]?\s*[献獻]|[敬奉谨謹]?[献獻]\s*(?:[给給予於于]|[呈与與])"
    r"|[纪紀]念我|[怀懷]念我|[致给給]我(?:的|最|[亲親]))"
)
"""How a dedication begins. 致 and 给 begin other lines too, unless they name somebody of the author's."""
_TITLED = re.compile(r"[献獻]\s*[词詞辞辭给給]|[题題]\s*[献獻]|dedication", re.IGNORECASE)
_LABELLED = re.compile(r"[\u3400-\u9fff ]{2,8}[:：]|ISBN|[图圖][书書]在版[编編]目|CIP", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:[责責]任(?:[编編][辑輯]|校[对對])|封面[设設][计計]|[装裝][帧幀][设設][计計]|出版[发發]行|[经經][销銷]|印\s*刷|[开開]\s*本|印\s*[张張]"
    r"|字\s*[数數]|版\s*次|印\s*[数數]|[定书書]\s*[价價]|[发發]行人|[书書]\s*[号號])\s*[:：/／]?|ISBN|[图圖][书書]在版[编編]目|版[权權]所有",
    re.IGNORECASE,
)
_LONGEST = 40
"""Characters of a line of a title page or of a dedication."""
_LINES = 8
"""Of a dedication, at most."""
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁韦马方任袁柳鲍史唐费薛雷贺倪汤罗毕郝安"
    "常乐傅齐康余顾孟黄穆萧尹姚邵汪毛米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房"
    "丁邓单洪包石崔龚程邢裴陆翁焦侯宁甘武符刘景詹龙叶司黎白蒲卓池乔莎温庄晏柴瞿阎向古易廖耿匡文寇欧聂辛饶丰关岳沙游于木"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒竇蘇魯韋馬費賀湯羅畢樂齊顧黃蕭貝龐紀項藍賈鍾駱萬盧鄧單龔陸寧劉龍葉喬溫莊閻廖歐聶饒"
    "豐關遊"
)
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")


def publisher_in(line: str) -> str:
    """The publisher that a line of a title page names; empty: it does something else."""
    text = line.strip()
    return re.sub(r"(?:出版|[发發]行)$", "", text) if _PUBLISHER.fullmatch(text) else ""


def date_in(line: str) -> str:
    """The date that is all that a line of a title page says; empty: it says something else."""
    text = line.strip()
    if len(text) > _LONGEST or _YEAR_ALONE.fullmatch(text):
        return ""
    try:
        return text if read_date(text) else ""
    except ValueError:
        return ""


def is_of_title_page(line: str) -> bool:
    """Whether a line is as short as those of a title page, and no sentence."""
    text = line.strip()
    return len(text) <= _LONGEST and not text.endswith(("。", "；", "：", ":", ";"))


def is_dedication_title(title: str) -> bool:
    """Whether a heading is that of a dedication: 献词."""
    return _TITLED.fullmatch(title.strip()) is not None


def dedication_in(lines: Sequence[str]) -> range:
    """Which lines, one paragraph each, are a dedication (谨以此书献给…); empty: none is.

    It goes on with short lines until one that is blank, or says something else of the book.
    """
    for start, line in enumerate(lines):
        if not _DEDICATED.match(line.strip()) or len(line.strip()) > _LONGEST + 20:
            continue
        end = start + 1
        while end < min(len(lines), start + _LINES) and _goes_on(lines[end]):
            end += 1
        return range(start, end)
    return range(0)


def _goes_on(line: str) -> bool:
    text = line.strip()
    return bool(text) and len(text) <= _LONGEST and not _LABELLED.match(text) and not publisher_in(text)


def is_of_copyright_page(line: str) -> bool:
    """Whether a line says what stands on a copyright page: 责任编辑：何平, ISBN 978-…."""
    return _COPYRIGHT.match(line.strip()) is not None


def lone_name_in(line: str) -> str:
    """A person's name that is all that a line says, as one stands below a title; empty: it is none by its surname."""
    text = "".join(line.split())
    return text if _NAME.fullmatch(text) and text[0] in _SURNAMES else ""
