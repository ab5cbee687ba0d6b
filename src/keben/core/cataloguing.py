"""What stores require about a book besides title and persons: series, subject codes, accessibility claims."""

import re
from collections.abc import Mapping

from keben.core.values import dataclass

AUTHORITIES: Mapping[str, tuple[str, str, str]] = {
    "AAT": ("Art & Architecture Thesaurus", "08", r"\d{9}"),
    "BIC": ("BIC subject categories", "12", r"[A-Z0-9]{1,10}"),
    "BISAC": ("BISAC Subject Headings", "10", r"[A-Z]{3}\d{6}"),
    "CLC": ("Chinese Library Classification, 中国图书馆分类法", "88", r"[A-Z]{1,2}[0-9A-Z./=+:\-()\"\[\]]*"),
    "CLIL": ("CLIL, France", "29", r"\d{4}"),
    "DDC": ("Dewey Decimal Classification", "01", r"\d{3}(?:\.\d+)?"),
    "EUROVOC": ("EuroVoc", "B0", r"\d+"),
    "LCSH": ("Library of Congress Subject Headings", "04", r"[a-z]{1,3}\d+"),
    "MEDTOP": ("IPTC Media Topics", "", r"medtop:?\d+|\d+"),
    "NDC": ("Nippon Decimal Classification", "40", r"\d{1,3}(?:\.\d+)?"),
    "THEMA": ("Thema subject categories", "93", r"[A-Z][A-Z0-9]{0,9}|[1-6][A-Z0-9][A-Z0-9-]*"),
    "UDC": ("Universal Decimal Classification", "09", r"\d[\d.:/()\"=+\-]*"),
}
"""By the name that EPUB 3.3 (appendix D.3.3, ``authority``) has for each: what it is, its code in ONIX's list 27
(empty: none that is known here), and the form of its codes."""

SAME_AUTHORITY: Mapping[str, str] = {
    "中图法": "CLC", "中图分类": "CLC", "中图分类法": "CLC", "中图分类号": "CLC", "ZTF": "CLC",
    "杜威": "DDC", "DEWEY": "DDC",
}  # fmt: skip
"""What people call some of them."""

HAZARDS = ("flashing", "motionSimulation", "sound")
"""What can do harm (Schema.org Accessibility Properties for Discoverability Vocabulary); each can be denied."""

DENIALS: Mapping[str, str] = {
    "noFlashingHazard": "flashing",
    "noMotionSimulationHazard": "motionSimulation",
    "noSoundHazard": "sound",
}

CONFORMANCE = re.compile(
    r"EPUB Accessibility 1\.[01](?:\.\d)? - WCAG 2\.[0-2] Level A{1,3}"
    r"|https?://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-a{1,3}"
)
"""How a claim is written (EPUB Accessibility 1.1, 4.2.2; 1.0, 4.3)."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series or a set that a book belongs to."""

    title: str
    number: str = ""
    """The book's place in it: ``3``, ``2.1``; empty: none."""
    is_set: bool = False
    """Whether it is one work in several volumes."""
    issn: str = ""


@dataclass(frozen=True, slots=True)
class SubjectCode:
    """The code of a subject; both empty: it has none."""

    authority: str = ""
    """A key of `AUTHORITIES`."""
    code: str = ""


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What a person who looked says of a book's accessibility."""

    conforms_to: str = ""
    certified_by: str = ""
    credential: str = ""
    report: str = ""
    """A web address."""
    summary: str = ""
    hazards: tuple[str, ...] = ()


NO_CLAIMS = AccessClaims()


def authority_of(text: str) -> str:
    """The key of `AUTHORITIES` that a text means; empty: none."""
    plain = text.strip()
    name = SAME_AUTHORITY.get(plain) or SAME_AUTHORITY.get(plain.upper()) or plain.upper()
    return name if name in AUTHORITIES else ""


def is_code(authority: str, code: str) -> bool:
    """Whether a code has the form that its authority gives them."""
    return re.fullmatch(AUTHORITIES[authority][2], code) is not None
