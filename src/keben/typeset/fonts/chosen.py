"""The fonts that an edition is set in, and what its colophon calls them. No font is opened for it."""

from keben.core.edition import Edition
from keben.typeset.fonts import FontProfile, choose
from keben.typeset.fonts.latin import find_latin
from keben.typeset.fonts.tables import ROLES


def profile_of(edition: Edition) -> FontProfile:
    """An edition's fonts; without the Latin one where that is not installed.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    return choose(edition.language, find_latin(edition.area.latin)[0])


def font_names(edition: Edition) -> tuple[str, ...]:
    """The families that an edition's colophon names: those of text, quotations, headings and Latin text.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    profile = profile_of(edition)
    families = [profile.families[role] for role in ROLES if role in profile.families and role != "mono"]
    return tuple(dict.fromkeys([*families, *([profile.latin] if profile.latin else [])]))
