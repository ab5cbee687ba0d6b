"""The settings of a project, from the store where they are there: then no schema is loaded."""

from dataclasses import replace
from pathlib import Path

from keben.core.edition import Settings
from keben.core.errors import Finding
from keben.core.packing import packed, unpacked
from keben.core.store import Store
from keben.core.values import dataclass
from keben.project.designs import design_texts, read_designs
from keben.project.saidplaces import said_in


@dataclass(frozen=True, slots=True)
class _KeptSettings:
    settings: Settings
    findings: tuple[Finding, ...]


def settings_of(
    text: str, shown: str, root: Path, store: Store
) -> tuple[Settings | None, tuple[Finding, ...]]:
    """What the text of the ``book.toml`` of a project at ``root`` says; ``shown`` is what messages call the file.

    Gives None beside the findings where it cannot be used at all.

    Raises:
        MachineError: the installation has no default theme.
    """
    texts, unread = design_texts(root)
    # How many results of steps came from the store is reported; this is none of them.
    store = replace(store, lookups=None)
    key = store.key("settings", text, shown, texts)
    entry = store.get(key)
    kept = unpacked(entry) if entry is not None else None
    if isinstance(kept, _KeptSettings):
        return kept.settings, (*unread, *kept.findings)
    from keben.project.settings import read_settings

    designs, wrong_designs = read_designs(texts)
    settings, problems = read_settings(text, shown, designs)
    findings = (*wrong_designs, *problems)
    if settings is None:
        return None, (*unread, *findings)
    settings = replace(settings, said=said_in(text, shown))
    entry = packed(_KeptSettings(settings, findings))
    if entry is not None:
        store.put(key, entry)
    return settings, (*unread, *findings)
