"""Codes of ONIX for Books (EDItEUR, code lists issue 70), for what Keben knows by other names."""

from collections.abc import Mapping

CONTRIBUTORS: Mapping[str, str] = {
    "aut": "A01", "cre": "A09", "aus": "A03", "lbt": "A04", "lyr": "A05", "cmp": "A06", "art": "A07",
    "pht": "A13", "ill": "A12", "wpr": "A15", "aui": "A24", "win": "A24", "aft": "A19", "ann": "A20",
    "cmm": "A21", "cwt": "A21", "wac": "A21", "dsr": "A11", "bkd": "A11", "cov": "A36", "ctg": "A39",
    "drm": "A35", "clr": "A47", "ivr": "A43", "ive": "A44", "res": "A51", "rev": "B02", "abr": "B04",
    "adp": "B05", "trl": "B06", "edt": "B01", "edc": "B13", "red": "B01", "crr": "B26", "pfr": "B26",
    "trc": "B33", "stl": "A38", "nrt": "E07", "com": "C01", "col": "C02", "ctb": "A32", "csl": "B20",
}  # fmt: skip
"""List 17, by MARC's codes of relators; whoever is not here is `OTHER`."""

OTHER = "Z99"

FORMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "epub": ("ED", ("E101", "E200")),
    "pdf": ("ED", ("E107",)),
    "print": ("BA", ()),
}
"""Lists 150 and 175: a download as EPUB (reflowable) or PDF, a book."""

RELATIONS: Mapping[tuple[str, str], str] = {("epub", "print"): "13", ("print", "epub"): "27"}
"""List 51: what another publication is to one; `ALTERNATIVE` where nothing else is said."""

ALTERNATIVE = "06"

COUNTRIES: Mapping[str, str] = {"CN": "CN", "TW": "TW", "HK": "HK"}
"""List 91, by the region of an edition's language."""

FEATURES: Mapping[str, str] = {
    "tableOfContents": "11",
    "readingOrder": "13",
    "alternativeText": "14",
    "MathML": "17",
    "structuralNavigation": "29",
    "displayTransformability": "36",
    "pageNavigation": "41",
    "pageBreakMarkers": "19",
}
"""List 196, by terms of the W3C's Schema.org Accessibility Properties vocabulary."""

SUMMARY, EPUB_1_1, EPUB_1_0_A, EPUB_1_0_AA, LANDMARKS, WITHOUT_SIGHT, CERTIFIER, REPORT, CREDENTIAL = (
    "00", "04", "02", "03", "32", "52", "90", "94", "88",
)  # fmt: skip

WCAG: Mapping[str, str] = {"2.0": "80", "2.1": "81", "2.2": "82"}
LEVELS: Mapping[str, str] = {"A": "84", "AA": "85", "AAA": "86"}

AVAILABILITY: Mapping[str, str] = {
    "not-yet": "10",
    "in-stock": "21",
    "to-order": "22",
    "on-demand": "23",
    "out-of-stock": "31",
    "unavailable": "40",
}
"""List 65, by the words of ``[onix]``."""

NOT_YET, AVAILABLE = "10", "20"
"""List 65, where ``[onix]`` says nothing: until the book comes out, and from then on."""

PRICE_WITH_TAX, FREE, ASK_SUPPLIER, SUPPLIER_ROLE, PUBLISHER_ROLE, EXPECTED = (
    "02",
    "01",
    "04",
    "00",
    "01",
    "08",
)
"""Lists 58, 57, 93 and 166: a recommended price with tax; free of charge, or ask; a supplier, or the publisher
itself; the day on which a product is expected."""

CURRENCIES: Mapping[str, str] = {"CN": "CNY", "TW": "TWD", "HK": "HKD"}
"""List 96, by the region of an edition's language."""
