"""tools/house.py: it has nothing to say of the package, and each of its claims fails where it is broken."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def house() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("house", ROOT / "tools" / "house.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(tmp_path: Path, house: ModuleType) -> Path:
    """A package that all claims hold of."""
    for room in house.ROAD:
        write(
            tmp_path, f"{room}/__init__.py", '"""Comes in: all.\n\nGoes out: all.\n\nTouches: nothing.\n"""\n'
        )
    for name in ("__init__", "__main__"):
        write(tmp_path, f"{name}.py", "")
    return tmp_path


def write(package: Path, path: str, text: str) -> None:
    (package / path).parent.mkdir(exist_ok=True)
    (package / path).write_text(text, encoding="utf-8")


def test_it_has_nothing_to_say_of_the_package(house: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    failed = house.main()
    assert not failed, capsys.readouterr().out


def test_its_road_and_its_formats_are_the_package_s(house: ModuleType) -> None:
    from keben.formats import FORMATS

    assert set(house.FORMATS) == set(FORMATS)
    folders = {path.parent.name for path in (ROOT / "src" / "keben").glob("*/__init__.py")}
    assert set(house.ROAD) == folders


def test_of_a_package_that_is_in_order_it_says_so(
    house: ModuleType, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(package, "check/one.py", "from keben.core import x\n\n\ndef a():\n    return x\n")
    assert house.main(package) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == ["rooms: 15", "modules: 18", "arrows between rooms: 1", "functions: 1"]
    assert lines[4:] == [f"{claim}: 0" for claim in house.CLAIMS]


def long(lines: int) -> str:
    return "x = 1\n" * lines


BROKEN = [
    ("loose.py", "", "modules that lie loose", "loose.py"),
    ("more/__init__.py", "", "modules that lie loose", "more"),
    (
        "script/__init__.py",
        '"""Comes in: a text."""',
        "rooms that do not say what they hold",
        "script: Goes out:, Touches:",
    ),
    (
        "check/one.py",
        "class Same: ...\n",
        "class names with several meanings",
        "Same: check/one.py, script/two.py",
    ),
    (
        "build/one.py",
        "def a(job):\n    return job.format == 'pdf'\n",
        "comparisons of formats outside the table",
        "build/one.py:2: job.format == 'pdf'",
    ),
    (
        "build/one.py",
        "x = format_ in ('epub', 'web')\n",
        "comparisons of formats outside the table",
        "build/one.py:1: format_ in ('epub', 'web')",
    ),
    (
        "build/one.py",
        "match job.format:\n    case 'epub':\n        pass\n",
        "comparisons of formats outside the table",
        "build/one.py:1: match job.format:",
    ),
    (
        "build/one.py",
        "x = form.name != 'cover'\n",
        "comparisons of formats outside the table",
        "build/one.py:1: form.name != 'cover'",
    ),
    (
        "formats/table.py",
        "x = edition.writing == 'vertical'\n",
        "comparisons of formats outside the table",
        "formats/table.py:1: edition.writing == 'vertical'",
    ),
    (
        "check/one.py",
        "class C:\n    def a(self, *, found: list[Finding]): ...\n",
        "output parameters",
        "check/one.py:2: a(found)",
    ),
    (
        "check/one.py",
        f"def a():\n    {long(61).replace(chr(10), chr(10) + '    ')}\n",
        "functions over 60 lines",
        "check/one.py:1: a, 61 lines",
    ),
    ("check/one.py", long(401), "files over 400 lines", "check/one.py: 401 lines"),
]


@pytest.mark.parametrize(("path", "text", "claim", "said"), BROKEN)
def test_each_claim_fails_where_it_is_broken(
    house: ModuleType,
    package: Path,
    capsys: pytest.CaptureFixture[str],
    path: str,
    text: str,
    claim: str,
    said: str,
) -> None:
    write(package, "script/two.py", "class Same: ...\n")
    write(package, path, text)
    assert house.main(package) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[4:] == [
        line
        for each in house.CLAIMS
        for line in ([f"{each}: 1", f"  {said}"] if each == claim else [f"{each}: 0"])
    ]


def test_every_claim_is_broken_here(house: ModuleType) -> None:
    assert {claim for _, _, claim, _ in BROKEN} == set(house.CLAIMS)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("formats/table.py", "x = form.name == 'pdf'\n"),
        ("core/paper.py", "x = writing == 'vertical'\n"),
        # Other things than formats are called “cover” too.
        ("check/one.py", "x = document.kind == 'cover'\n"),
        ("check/one.py", "def a(found: tuple[Finding, ...]): ...\n"),
        ("check/one.py", f'def a():\n    """It says much.{chr(10) * 70}    """\n    return 1\n'),
        ("check/one.py", long(400)),
    ],
)
def test_what_is_meant_is_not_counted(house: ModuleType, package: Path, path: str, text: str) -> None:
    ast.parse(text)
    write(package, path, text)
    assert house.main(package) == 0
