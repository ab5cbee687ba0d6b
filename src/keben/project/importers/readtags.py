"""Names of other tools' tags that a build reads, so that an import need not speak of them.

`keben.markdown` knows what each becomes; a test compares the two.
"""

READ = frozenset(
    "admonition alert attention blockquote bug callout caution centerquote check code codeblock codetabs collapse "
    "collapsible column columns comment cq danger default details done error example expand fail failure faq fold "
    "folding help highlight hint important info missing note notice ok primary question quote raw secondary seealso "
    "spoiler step stepper success summary tab tabs tip tldr todo warn warning".split()
)

_CODES = frozenset(("pagebreak",))
"""Those that only shortcodes are: ``{{< pagebreak >}}``."""


def is_read(tag: str) -> bool:
    """Whether a build reads a tag of this name, or one that ends it."""
    name = tag.lower().removeprefix("/")
    return name in READ or name in _CODES or (name.startswith("end") and name[3:] in READ)
