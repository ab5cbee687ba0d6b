"""Badges of a repository's page: pictures of a service that say whether a build passed, which no book shows."""

import re
from collections.abc import Sequence

from keben.project.importers.prose import prose_lines

_ADDRESS = (
    r"<?https?://(?:(?:img|raster|flat)\.(?:shields\.io|badgesize\.io)|badge(?:n\.net|\.fury\.io|s\.gitter\.im|\.waffle\.io)"
    r"|badges?\.|[\w.-]*travis-ci\.|codecov\.io/|coveralls\.io/|visitor-badge|komarev\.com/ghpvc|hits\."
    r"|[^\s)\"'>]*/badges?(?:\.svg|(?=[/?)\s\"'>]|$))|[^\s)\"'>]*/(?:workflows|actions)/[^\s)\"'>]*badge\.svg)[^\s)\"'>]*>?"
)
_PICTURE = rf"!\[[^\[\]]*\]\(\s*{_ADDRESS}(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)"
_TAG = rf"<img\b[^<>]*?\bsrc\s*=\s*[\"']{_ADDRESS}[\"'][^<>]*>"
_BADGE = re.compile(
    rf"\[\s*{_PICTURE}\s*\]\([^()\s]*(?:\s+[\"'][^\"'\n]*[\"'])?\)|{_PICTURE}"
    rf"|<a\b[^<>]*>\s*{_TAG}\s*</a>|{_TAG}",
    re.IGNORECASE,
)
_SIGNS = ("badge", "shields.io", "travis-ci", "codecov", "coveralls", "ghpvc", "hits.")


def without_badges(lines: Sequence[str]) -> list[str]:
    """Lines without badges, and without the links around them; lines keep their numbers."""
    if not any(sign in line for line in lines for sign in _SIGNS):
        return list(lines)
    return [
        _line(line) if is_prose and any(sign in line for sign in _SIGNS) else line
        for line, is_prose in zip(lines, prose_lines(lines), strict=True)
    ]


def _line(line: str) -> str:
    found = _BADGE.sub("", line)
    if found == line:
        return line
    return re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", found).rstrip()
