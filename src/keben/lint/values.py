"""What rules are, what they look at, and what they find."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Literal

from keben.core.errors import Place, Severity
from keben.core.linting import LintSettings
from keben.core.values import dataclass
from keben.markdown.passages import Prose, ProseBlock

Fix = Literal["certain", "offered", "none"]
"""Whether ``--fix`` makes what a rule finds right by itself, only where it is asked to, or never."""


@dataclass(frozen=True, slots=True)
class LintPage:
    """One file that is looked at: its text, with lines that end with a newline alone, and its prose."""

    path: str
    text: str
    language: str
    """What it is written in: ``zh-Hans-CN``, ``zh-Hant-TW``, ``zh-Hant-HK``."""
    prose: Prose
    settings: LintSettings = field(default_factory=LintSettings)
    is_plain: bool = False
    """It is plain text, without Markdown."""
    below: str = ""
    """Its path below the book's folder, by which settings know it; empty: as ``path``."""

    @property
    def is_simplified(self) -> bool:
        """Whether it is written in Simplified script."""
        return "Hans" in self.language


@dataclass(frozen=True, slots=True)
class Slip:
    """What a rule finds in a passage: a piece of its text, and what should stand there."""

    start: int
    end: int
    better: str | None = None
    """What should stand there; None: that is the author's to say."""
    is_certain: bool | None = None
    """Whether the fix is certain; None: what the rule says."""
    about: str = ""
    """What the message says beside the piece itself."""


Check = Callable[[ProseBlock, LintPage], Iterator[Slip]]
PageCheck = Callable[[LintPage], Iterator[Slip]]
"""A check of a whole page: the offsets of its slips are those of the page's text."""
BookCheck = Callable[[Sequence[LintPage]], Iterator[tuple[LintPage, ProseBlock, Slip]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its examples are printed in the documentation, and are run as tests."""

    number: str
    name: str
    message: str
    """One sentence about ``{text}``, and ``{better}`` or ``{about}`` where it has them."""
    reason: str
    source: str
    """Where the rule is from: a section of a standard, or of requirements."""
    severity: Severity = "warning"
    fix: Fix = "none"
    wrong: tuple[tuple[str, str | None], ...] = ()
    """What it finds, and what comes of it when it is fixed; None: it is only found."""
    right: tuple[str, ...] = ()
    """What it passes over."""
    check: Check | None = None
    page_check: PageCheck | None = None
    book_check: BookCheck | None = None
    triggers: str = ""
    """Characters of which a passage must have one for the rule to look at it; empty: it looks at all."""
    by_default: bool = True
    shapes: bool = False
    """Its fix changes what Markdown reads, and not the text alone."""
    doubts_garbled: bool = False
    """Its fix is not certain in a file of which a part is garbled: what it finds may be what was lost."""
    languages: tuple[str, ...] = ()
    """Scripts or languages that it is for, as `language` begins or contains; empty: all."""
    sample_language: str = "zh-Hans-CN"
    """What its examples are written in."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Options of ``[lint]`` that its examples need."""

    @property
    def code(self) -> str:
        """What findings are called after it."""
        return f"{self.number}-{self.name}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text to be replaced: offsets in the text, and what stands there then."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of a place in a file."""

    rule: Rule
    place: Place
    end: tuple[int, int]
    """Line and column, from 1, behind the last character."""
    text: str
    """What stands there."""
    message: str
    edits: tuple[Edit, ...] = ()
    """What makes it right: all of them together."""
    is_certain: bool = False
    """Whether ``--fix`` applies them by itself."""
