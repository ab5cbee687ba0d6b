"""Pictures on the web, brought into a draft where somebody asks for it. Nothing else in Keben uses the network.

Each is asked for once, by http or https, with a limit of time and of size, and kept only if its bytes are a picture's.
"""

import posixpath
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from email.message import Message
from http.client import HTTPException
from itertools import groupby
from typing import IO
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.core.version import __version__
from keben.pictures import MEDIA_TYPES, sniff
from keben.project.importers.inlines import References, rewritten
from keben.project.importers.prose import prose_lines
from keben.project.importers.telling import counted, listed
from keben.project.importers.values import Draft

MOST_BYTES = 30_000_000
"""Of one picture."""
MOST_PICTURES = 2000
PATIENCE = 20.0
"""Seconds without an answer."""
LONGEST = 120.0
"""Seconds for one picture."""

NOT_FETCHED = wording("Pictures on the web, not fetched")
"""How the remark begins that fetching makes untrue."""

_SUFFIXES = {kind: suffix for suffix, kind in MEDIA_TYPES.items()} | {
    "image/jpeg": ".jpg",
    "image/tiff": ".tiff",
}
_WEB = ("http://", "https://")

Fetch = Callable[[str], bytes]
"""Gives the bytes at an address; raises OSError or ValueError with what went wrong."""


@dataclass(slots=True)
class _Pictures:
    """Gathers or replaces the addresses of pictures."""

    names: Mapping[str, str] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def link(self, address: str) -> str | None:
        return address

    def picture(self, address: str) -> str | None:
        if address.startswith(_WEB):
            self.found.append(address)
        return self.names.get(address, address)


def remote_pictures(draft: Draft) -> tuple[str, ...]:
    """The addresses of pictures on the web that the chapters of a draft show, each once, in order."""
    seen = _Pictures()
    for _, text in _chapters(draft):
        _rewrite(text, seen)
    return tuple(dict.fromkeys(seen.found))


def with_pictures(draft: Draft, fetch: Fetch) -> Draft:
    """A draft whose pictures on the web are files of ``book/images``; what could not be fetched stays an address."""
    addresses = remote_pictures(draft)
    names: dict[str, str] = {}
    files = dict(draft.files)
    failed: list[str] = []
    for address in addresses[:MOST_PICTURES]:
        try:
            data = fetch(address)
        except (OSError, ValueError, HTTPException) as error:
            failed.append(f"{address} ({_reason(error)})")
            continue
        kind = sniff(data) or ""
        if not kind.startswith("image/"):
            failed.append(wording("{address} (it is not a picture)", address=address))
            continue
        name = _name(address, _SUFFIXES[kind], files)
        files[f"book/images/{name}"] = data
        names[address] = f"../images/{name}"
    renamed = _Pictures(names)
    files |= {path: _rewrite(text, renamed).encode() for path, text in _chapters(draft)}
    failed += [
        wording("{address} (there are too many)", address=address) for address in addresses[MOST_PICTURES:]
    ]
    hosts = dict.fromkeys(urlsplit(address).hostname or "" for address in addresses)
    remarks = (
        *(each for each in draft.remarks if not each.startswith(NOT_FETCHED)),
        *(
            (
                wording(
                    "{counted} fetched from {hosts}.",
                    counted=counted(len(names), "picture"),
                    hosts=listed(hosts),
                ),
            )
            if names
            else ()
        ),
        *(
            (wording("Not fetched ({count}): {failed}.", count=len(failed), failed=listed(failed)),)
            if failed
            else ()
        ),
    )
    return replace(draft, files=files, remarks=remarks)


def _chapters(draft: Draft) -> Iterator[tuple[str, str]]:
    return ((path, data.decode()) for path, data in draft.files.items() if path.endswith(".md"))


def _rewrite(text: str, pictures: _Pictures) -> str:
    """A chapter with its pictures' addresses replaced; what is code stays."""
    if "http" not in text:
        return text
    lines = text.split("\n")
    pairs = zip(lines, prose_lines(lines), strict=True)
    parts = []
    for is_prose, group in groupby(pairs, key=lambda pair: pair[1]):
        part = "\n".join(line for line, _ in group)
        parts.append(rewritten(part, pictures, References({}, {})) if is_prose and "http" in part else part)
    return "\n".join(parts)


def _name(address: str, suffix: str, taken: Mapping[str, bytes]) -> str:
    stem = posixpath.splitext(posixpath.basename(unquote(urlsplit(address).path)))[0]
    name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "picture"
    wanted, count = name, 1
    while f"book/images/{wanted}{suffix}" in taken:
        count += 1
        wanted = f"{name}-{count}"
    return wanted + suffix


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"{error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)
    return str(error) or type(error).__name__


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows an answer to another place only by http and https."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if not newurl.startswith(_WEB):
            raise ValueError(wording("it leads to {newurl}", newurl=newurl[:60]))
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def fetch_picture(address: str) -> bytes:
    """The bytes at an address of the web.

    Raises:
        OSError: nothing answers, or not in time.
        ValueError: it is not a web address, or what is there is too large.
    """
    request = urllib.request.Request(_ascii(address), headers={"User-Agent": f"keben/{__version__}"})  # noqa: S310
    # build_opener would bring handlers of file, ftp and data with it.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _WebOnly(),
    ):
        opener.add_handler(handler)
    end = time.monotonic() + LONGEST
    with opener.open(request, timeout=PATIENCE) as answer:
        data = bytearray()
        while chunk := answer.read(65_536):
            data += chunk
            if len(data) > MOST_BYTES:
                raise ValueError(
                    wording("it has more than {most_bytes} MB", most_bytes=MOST_BYTES // 1000000)
                )
            if time.monotonic() > end:
                raise TimeoutError(wording("it takes too long"))
    return bytes(data)


def _ascii(address: str) -> str:
    """An address in ASCII, as HTTP has it.

    Raises:
        ValueError: it has another scheme than http or https, or no host.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(wording("it is not a web address"))
    host = parts.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    path = quote(parts.path, safe="%/:@!$&'()*+,;=~-._")
    return urlunsplit(
        (parts.scheme, f"{host}{port}", path, quote(parts.query, safe="%/:@!$&'()*+,;=~-._?"), "")
    )
