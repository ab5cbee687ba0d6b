"""What an EPUB's product says of its accessibility: what the EPUB itself says, in the trade's codes (list 196)."""

import re
from collections.abc import Iterator

from keben.core.cataloguing import AccessClaims
from keben.core.composition import Composition
from keben.core.markup import Element
from keben.formats.epub.metadata import describe
from keben.formats.onix.codes import (
    CERTIFIER,
    CREDENTIAL,
    EPUB_1_0_A,
    EPUB_1_0_AA,
    EPUB_1_1,
    FEATURES,
    LANDMARKS,
    LEVELS,
    REPORT,
    SUMMARY,
    WCAG,
    WITHOUT_SIGHT,
)


def accessibility(composition: Composition) -> Iterator[Element]:
    """``ProductFormFeature`` elements, in the order of their codes."""
    said = [(entry.name, entry.value) for entry in describe(composition, has_cover=True)]
    found: dict[str, str] = {
        FEATURES[value]: ""
        for name, value in said
        if name == "schema:accessibilityFeature" and value in FEATURES
    }
    found[LANDMARKS] = ""
    if ("schema:accessModeSufficient", "textual") in said:
        found[WITHOUT_SIGHT] = ""
    found[SUMMARY] = next((value for name, value in said if name == "schema:accessibilitySummary"), "")
    found |= _claims(composition.metadata.claims)
    for code, description in sorted(found.items()):
        yield _feature(code, description)


def _claims(claims: AccessClaims) -> dict[str, str]:
    """What somebody says that the book meets, with who."""
    found: dict[str, str] = {}
    if match := re.search(r"1\.1.* - WCAG (2\.\d) Level (A+)", claims.conforms_to):
        found = {EPUB_1_1: "", WCAG[match[1]]: "", LEVELS[match[2]]: ""}
    elif match := re.search(r"(?:wcag-|Level )(a+)$", claims.conforms_to, re.IGNORECASE):
        found = {EPUB_1_0_A if len(match[1]) == 1 else EPUB_1_0_AA: ""}
    if found and claims.certified_by:
        found[CERTIFIER] = claims.certified_by
        found |= {
            code: text for code, text in ((CREDENTIAL, claims.credential), (REPORT, claims.report)) if text
        }
    return found


def _feature(code: str, description: str) -> Element:
    children = [
        Element("ProductFormFeatureType", {}, ("09",)),
        Element("ProductFormFeatureValue", {}, (code,)),
    ]
    if description:
        children.append(Element("ProductFormFeatureDescription", {}, (" ".join(description.split()),)))
    return Element("ProductFormFeature", {}, tuple(children))
