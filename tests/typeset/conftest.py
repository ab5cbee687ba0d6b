"""What several tests of this room ask for."""

import pytest

from keben.typeset.weasy import galleys


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that were laid out since it was last cleared."""
    numbers: list[int] = []
    inner = galleys._Chapters.laid_out

    def laid_out(self, result, index, *rest):
        numbers.append(index + 1)
        return inner(self, result, index, *rest)

    monkeypatch.setattr(galleys._Chapters, "laid_out", laid_out)
    return numbers
