"""formats: a composition → an artifact that is proved whole. One table holds all facts about the formats.

Comes in: `Composition`, in its edition's script, and for some formats the artifact that they are made from.
Goes out: `Artifact`, and findings.
Touches: no files; the engines below it (typeset, impose, check) and its own (`epub`, `press`).

1. `table` has an entry for each format: its file, what it reads, how it is made, which proofs it gets.
2. `ready` leaves out of a composition what is meant for other formats.
3. `making` and `proofs` hold the functions that the entries name; `values` holds the types of an entry.
"""

from keben.formats.ready import only, read_as
from keben.formats.table import FORMATS, begin, check_completeness, make
from keben.formats.values import Format, Made, Material, Measure, Proof, ToProve, Validator

__all__ = [
    "FORMATS",
    "Format",
    "Made",
    "Material",
    "Measure",
    "Proof",
    "ToProve",
    "Validator",
    "begin",
    "check_completeness",
    "make",
    "only",
    "read_as",
]
