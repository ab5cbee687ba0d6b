"""Faces of this machine as fonts of a vertical edition, made once and kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from keben.core.errors import MachineError
from keben.core.frugal import let_circles_go
from keben.core.reasons import reason_of
from keben.core.saying import wording
from keben.typeset.fonts import Face
from keben.typeset.fonts.files import hash_of
from keben.typeset.fonts.vertical.cache import kept, key_of

Kind = Literal["text", "pairs"]


def let_go() -> None:
    """Let go what was read of a face and made of it, some 80 MB for a Chinese one."""
    from keben.typeset.fonts.vertical.source import opened

    opened.cache_clear()
    let_circles_go()


def _maker(kind: Kind) -> Callable[..., bytes]:
    # Loaded when a font is made: a horizontal book needs none of it.
    if kind == "pairs":
        from keben.typeset.fonts.vertical.pairs import prepare_pairs

        return prepare_pairs
    from keben.typeset.fonts.vertical.prepare import prepare

    return prepare


def prepared(
    face: Face, kind: Kind, texts: frozenset[str], *, family: str, language: str, cache: Path | None
) -> bytes:
    """The font file that sets columns in place of a face.

    Args:
        face: an installed face.
        kind: ``text`` for characters (see `prepare`), ``pairs`` for upright words (see `prepare_pairs`).
        texts: the characters, or the words.
        family: what the font is called; faces of several weights may share a name.
        language: a canonical tag.
        cache: the folder of entries; None: the font is made each time.

    Raises:
        MachineError: ``bad-font``: the face's file is not there or cannot be read.
    """
    try:
        digest = hash_of(face.file)
    except OSError as error:
        message = wording("A font for columns cannot be read: {reason}.", reason=reason_of(error))
        raise MachineError.at("fonts", "bad-font", message, wording("Reinstall it.")) from error
    key = key_of(
        digest,
        kind,
        texts,
        family=family,
        language=language,
        index=face.index,
        weight=face.weight,
    )

    def make() -> bytes:
        data = Path(face.file).read_bytes()
        if kind == "text":
            # Else what is older would be looked at with the font.
            let_circles_go()
        made = _maker(kind)(
            data, texts, family=family, language=language, index=face.index, weight=face.weight
        )
        if kind == "pairs":
            # It is the last that is made of a face (`columnfonts`).
            let_go()
        return made

    return kept(cache, key, make)
