"""Which known key a key that is not known may have been meant for."""

from collections.abc import Sequence


def nearest(word: str, known: Sequence[str]) -> str:
    """Advice for a key that is not known."""
    # Loaded for a slip alone.
    import difflib

    folded = {name.casefold(): name for name in reversed(known)}
    near = [folded[name] for name in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.66)]
    return f"Did you mean `{near[0]}`?" if near else f"Known keys are {', '.join(known)}."
