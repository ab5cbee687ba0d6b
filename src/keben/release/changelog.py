"""What a changelog says of one version, as release notes. Its form: https://keepachangelog.com/en/1.1.0/."""

import re

_VERSION = re.compile(r"^##[ \t]+\[?v?(?P<version>[^\]\s]+)\]?")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_LINK = re.compile(r"^ {0,3}\[(?P<label>[^\]]+)\]:[ \t]+\S")


def notes_of(changelog: str, version: str) -> str | None:
    """The text below a version's heading, of second level, up to the next one; None where there is none.

    Definitions of links stand at a changelog's end: those that the text uses come after it. A heading in a fence of
    code is none.
    """
    lines: list[str] = []
    links: dict[str, str] = {}
    inside, fence = False, ""
    for line in changelog.splitlines():
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            if line.startswith("## "):
                heading = _VERSION.match(line)
                inside = heading is not None and heading["version"] == version.removeprefix("v")
                continue
            if link := _LINK.match(line):
                links[link["label"]] = line.strip()
                continue
        if inside:
            lines.append(line)
    text = "\n".join(lines).strip()
    if not text:
        return None
    used = [line for label, line in links.items() if f"[{label}]" in text]
    return "\n".join([text, *([""] if used else []), *used]) + "\n"
