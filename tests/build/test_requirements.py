"""Requirements are read as packaging reads them, with it or without."""

import sys

import pytest
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from keben.build import requirements
from keben.build.requirements import needs_in

LINES = (
    "lxml",
    "lxml>=5.1,<7",
    "Lxml.Thing_two (>=5.1)",
    "fonttools[woff, unicode]>=4.59",
    f'pycparser; implementation_name == "{sys.implementation.name}"',
    'pycparser; implementation_name != "PyPy"',
    "pycparser; implementation_name == 'PyPy'",
    'one; sys_platform == "linux" or sys_platform == "darwin" or sys_platform == "win32"',
    'one; sys_platform == "none" and os_name == "posix" or sys_platform != "none"',
    'one; sys_platform == "none" and (os_name == "posix" or sys_platform != "none")',
    'one; (os_name == "none" or (platform_machine != "none" and sys_platform != "none"))',
    'brotli>=1.0.1; (platform_python_implementation == "CPython") and extra == "woff"',
    'zopfli; platform_python_implementation != "CPython" and extra == "woff"',
    'psutil; (sys_platform == "linux" or sys_platform == "none") and extra == "tests"',
    'either; extra == "Woff_2" or extra == "graphite"',
    'both; extra == "woff" and extra == "graphite"',
    'not-it; extra != "woff"',
    'old; python_version < "3"',
    'new; python_version >= "3"',
    'turned; "linux" == sys_platform',
    'spaced; sys_platform == "a b"',
    "address @ https://example.org/one.whl",
    'address @ https://example.org/one.whl ; sys_platform != "none"',
    "no requirement at all",
    'broken; sys_platform == "linux" and',
    'broken; sys_platform "linux"',
    'broken; (sys_platform == "linux"',
)


def by_packaging(text: str, extras: frozenset[str]) -> requirements.Need | None:
    try:
        need = Requirement(text)
    except InvalidRequirement:
        return None
    if need.marker and not any(need.marker.evaluate({"extra": each}) for each in ("", *extras)):
        return None
    return canonicalize_name(need.name), frozenset(need.extras)


@pytest.mark.parametrize("extras", [frozenset(), frozenset(("woff",)), frozenset(("graphite", "woff-2"))])
def test_a_requirement_is_read_as_packaging_reads_it(extras: frozenset[str]) -> None:
    for line in LINES:
        expected = by_packaging(line, extras)
        assert [*needs_in(f"Name: one\nRequires-Dist: {line}\nVersion: 1", extras)] == (
            [expected] if expected else []
        ), line


def test_plain_requirements_are_read_without_packaging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "_by_packaging", lambda text, _: pytest.fail(text))
    for line in (*LINES[:17], LINES[-8]):
        if "turned" not in line:
            [*needs_in(f"Requires-Dist: {line}", frozenset(("woff",)))]
