"""The known key that an unknown one probably means."""

from collections.abc import Sequence

from keben.core.saying import series, wording


def nearest(word: str, known: Sequence[str]) -> str:
    """Advice for a key that is not known."""
    # Loaded for a slip alone.
    import difflib

    folded = {name.casefold(): name for name in reversed(known)}
    near = [folded[name] for name in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.66)]
    return (
        wording("Did you mean `{near}`?", near=near[0])
        if near
        else wording("Known keys are {known}.", known=series(known))
    )
