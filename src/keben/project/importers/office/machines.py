"""What programs write into a file's properties, and no person said."""

import re

_NOBODY = re.compile(
    r"python-docx|admin(?:istrator)?|user|owner|微软用户|windows\s*用户|microsoft(?: office)? user"
    r"|lenovo|dell|hp|asus|pc|un-named|apache poi|unknown",
    re.IGNORECASE,
)
TEMPLATE_DATE = "2013-12-23"
"""When the template of python-docx was made, which its documents keep."""


def is_nobody(name: str) -> bool:
    """Whether a machine wrote a name of an author."""
    return _NOBODY.fullmatch(name) is not None
