"""What a conversion depends on besides the text: versions and dictionaries."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version

from keben.core.edition import Edition
from keben.core.editorial.values import Editorial
from keben.script.context import context
from keben.script.dictionaries import dictionary_bytes, dictionary_files
from keben.script.plan import configurations
from keben.script.regionforms import TABLES as FORMS
from keben.script.second import TABLES as WEIGHTS
from keben.script.second import is_weighed
from keben.script.tables import table_bytes
from keben.script.taiwan import TABLES


def conversion_facts(edition: Edition, editorial: Editorial) -> Mapping[str, object]:
    """OpenCC's version, the configurations, how clauses are divided, and the SHA-256 of each dictionary that is read.

    The tables that doubts are weighed by count as dictionaries: which places must be decided depends on them.

    Raises:
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    chain = configurations(edition.source_language, edition.language, edition.vocabulary)
    dictionaries = {name: sha256(dictionary_bytes(name)).hexdigest() for name in dictionary_files(*chain)}
    facts: dict[str, object] = {
        "opencc": version("opencc"),
        "configurations": list(chain),
        "segmentation": editorial.segmentation,
        "dictionaries": dictionaries,
    }
    if edition.vocabulary == "everyday":
        facts["vocabulary"] = "everyday"
    if chain and editorial.segmentation == "context" and context(chain[0]):
        dictionaries |= {name: sha256(table_bytes(name)).hexdigest() for name in TABLES}
        facts["words"] = f"jieba {version('jieba')}"
    if chain and editorial.segmentation == "context":
        dictionaries |= {name: sha256(table_bytes(name)).hexdigest() for name in FORMS}
    if chain and is_weighed(chain[0]):
        dictionaries |= {name: sha256(table_bytes(name)).hexdigest() for name in WEIGHTS}
    return facts
