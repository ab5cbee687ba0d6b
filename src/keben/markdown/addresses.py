"""Addresses of the web and of mail, written so that every reader takes them (https://url.spec.whatwg.org/).

Browsers repair a stray sign in an address without a word; validators of e-books refuse it.
"""

import re
import unicodedata

from keben.core.patterns import later

_PARTS = later(
    r"(?P<scheme>[A-Za-z]+:)(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[[^\]]*\]|[^:]*)(?::(?P<port>.*))?", re.DOTALL)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BRACKETS = {ord("["): "%5B", ord("]"): "%5D"}
_LONGEST_LABEL = 63
"""Of a host's name, in bytes (RFC 1035, 2.3.4)."""


def web_address(address: str) -> str | None:
    """An address with its stray signs percent-encoded: ``%``, brackets, a second ``#``; None if its host is none.

    ``address`` begins with a scheme: ``https:``, ``mailto:``.
    """
    match = _PARTS.fullmatch(address)
    if match is None:
        return None
    rest = (match["path"] + (match["query"] or "")).translate(_BRACKETS)
    fragment = (match["fragment"] or "").translate(_BRACKETS)
    rest += fragment[:1] + fragment[1:].replace("#", "%23")
    rest = _STRAY_PERCENT.sub("%25", rest)
    if match["authority"] is None:
        return match["scheme"] + rest
    authority = _authority(match["authority"])
    return None if authority is None else f"{match['scheme']}//{authority}{rest}"


def _authority(text: str) -> str | None:
    match = _AUTHORITY.fullmatch(text)
    if match is None or not _is_port(match["port"] or ""):
        return None
    host = match["host"] if match["host"].startswith("[") else _host(match["host"])
    if not host:
        return None
    user = "" if match["user"] is None else match["user"].replace("@", "%40") + "@"
    return user + host + ("" if match["port"] is None else f":{match['port']}")


def _is_port(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and int(text[:9]) < 65536)


def _host(name: str) -> str | None:
    """A host's name, its letters in one width; None where a label of it is empty or too long."""
    labels = [_label(label) for label in unicodedata.normalize("NFKC", name).replace("。", ".").split(".")]
    # A name may end in a full stop: then its last label is that of the root.
    shown = labels[:-1] if len(labels) > 1 and not labels[-1] else labels
    if not all(shown) or any(_encoded_length(label) > _LONGEST_LABEL for label in shown):
        return None
    return ".".join(labels)


def _encoded_length(label: str) -> int:
    return len(label) if label.isascii() else len(label.encode("punycode")) + len("xn--")


def _label(label: str) -> str:
    """A label whose letters have been encoded (``xn--…``) before they were of one width, encoded again."""
    if not label.lower().startswith("xn--"):
        return label
    try:
        letters = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    normal = unicodedata.normalize("NFKC", letters).lower()
    if normal == letters:
        return label
    return normal if normal.isascii() else f"xn--{normal.encode('punycode').decode('ascii')}"
