"""Characters that no book can hold, or that hide what it says."""

import re

_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line separators and bidirectional overrides
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # surrogates, private use, noncharacters, specials
    f"{_PLANE_ENDS}\U000e0000-\U000e00ff\U000f0000-\U0010ffff]"  # tags, private-use planes
)
"""Unicode 16, chapter 23: what is no text (control, private use, noncharacter), and what reorders or replaces it."""
