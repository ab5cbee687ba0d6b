"""Another WeasyPrint than the one that is installed, as Keben sees it."""

from collections.abc import Mapping

import pytest

from keben.typeset.weasy import inside
from keben.typeset.weasy.inside import Patch, digest_of, name_of


def table_of(*patches: Patch) -> Mapping[str, str]:
    """The sources that are installed, as `tried.TRIED` has them for a version."""
    return {
        name_of(owner, name): digest_of(owner, name)
        for patch in patches
        for owner, name, _ in patch.functions
    }


def forget(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have functions, by their full names, another source than was tried."""
    known = {
        version: {name: digest for name, digest in digests.items() if name not in names}
        for version, digests in inside.TRIED.items()
    }
    monkeypatch.setattr(inside, "TRIED", known)
