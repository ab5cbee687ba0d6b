"""Language tags of Chinese, and the script and region that each means (BCP 47; RFC 5646)."""

from keben.core.edition import Script

CANONICAL = {
    "zh": "zh-Hans-CN",
    "zh-hans": "zh-Hans-CN",
    "zh-cn": "zh-Hans-CN",
    "zh-sg": "zh-Hans-CN",
    "zh-hans-cn": "zh-Hans-CN",
    "zh-hant": "zh-Hant-TW",
    "zh-tw": "zh-Hant-TW",
    "zh-hant-tw": "zh-Hant-TW",
    "zh-hk": "zh-Hant-HK",
    "zh-mo": "zh-Hant-HK",
    "zh-hant-hk": "zh-Hant-HK",
}
"""Each tag that ``book.toml`` may use, in lower case, and the one that artifacts carry."""


VARIANTS = {
    "zh-hans": "zh-Hans",
    "zh-hant": "zh-Hant",
    **{
        short: CANONICAL[short]
        for short in ("zh-cn", "zh-sg", "zh-hans-cn", "zh-tw", "zh-hant-tw", "zh-hk", "zh-mo", "zh-hant-hk")
    },
}
"""Each tag that a glossary or an inline variant may use, in lower case: a script, or one of its regions."""


def canonical(tag: str) -> str | None:
    """The full tag for one that ``book.toml`` may use; None for a language that Keben does not make books in."""
    return CANONICAL.get(tag.strip().replace("_", "-").lower())


def variant(tag: str) -> str | None:
    """The script (``zh-Hant``) or the canonical tag that a glossary or an inline variant names; None for neither."""
    return VARIANTS.get(tag.strip().replace("_", "-").lower())


def fallbacks(tag: str) -> tuple[str, ...]:
    """Where a form for a canonical tag is looked for, in order: the region, its script, the script's other region."""
    regions = [
        each for each in dict.fromkeys(CANONICAL.values()) if each != tag and script(each) == script(tag)
    ]
    return (tag, f"zh-{script(tag)}", *regions)


def script(tag: str) -> Script:
    """The script of a canonical tag."""
    return "Hant" if "-Hant" in tag else "Hans"


def region(tag: str) -> str:
    """The region of a canonical tag: ``CN``, ``TW`` or ``HK``."""
    return tag.rsplit("-", 1)[1]
