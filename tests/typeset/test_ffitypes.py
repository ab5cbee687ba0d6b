"""Types of C are parsed alone, and are the same types."""

import cffi
import pytest
from cffi.cparser import Parser

from keben.typeset import weasy
from keben.typeset.weasy import ffitypes

SOURCE = "typedef int Number; typedef struct { Number first; char *text; } Pair; typedef struct _Hidden Hidden; enum Kind { A, B };"
TYPES = (
    "Number",
    "Pair *",
    "Hidden *",
    "enum Kind",
    "unsigned int *",
    "Pair[3]",
    "Number(*)(Pair *, char[2])",
    "char[]",
)


def ffi():
    made = cffi.FFI()
    made.cdef(SOURCE)
    return made


@pytest.fixture
def sources(monkeypatch):
    """What cffi gave to its parser of C."""
    seen = []
    inner = cffi.cparser._get_parser()

    class Listening:
        def parse(self, source):
            seen.append(source)
            return inner.parse(source)

    monkeypatch.setattr(cffi.cparser, "_get_parser", Listening)
    return seen


def test_cffi_is_the_one_that_is_known():
    assert weasy
    assert ffitypes.is_known()
    assert hasattr(Parser._parse, "__wrapped__")
    ffitypes.parse_types_alone()
    assert not hasattr(Parser._parse.__wrapped__, "__wrapped__")


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_the_one_that_cffi_gives(name, sources, monkeypatch):
    found = ffi().typeof(name)
    assert not [
        other
        for other in ("Number", "Pair", "Hidden")
        if other not in name and f"int {other};" in sources[-1]
    ]
    monkeypatch.setattr(Parser, "_parse", Parser._parse.__wrapped__)
    other = ffi().typeof(name)
    assert (found.kind, found.cname) == (other.kind, other.cname)
    assert ffi().sizeof("Pair") == ffi().sizeof("struct { int first; char *text; }")


def test_a_type_that_is_not_declared_is_refused():
    made = ffi()
    with pytest.raises(cffi.CDefError):
        made.typeof("Nothing *")
    assert made.typeof("Number").kind == "primitive"


def test_another_cffi_is_left_alone(monkeypatch):
    def other(self, csource, more):
        return None

    monkeypatch.setattr(Parser, "_parse", other)
    assert not ffitypes.is_known()
    ffitypes.parse_types_alone()
    assert Parser._parse is other
