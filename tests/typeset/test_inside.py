"""What WeasyPrint's functions are known by, and what a build says of each part of the setting that is off."""

from collections import Counter
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from books import ROOT, STYLES, book, chapter
from covers import with_circle
from insides import forget, table_of

from keben.core.columns import for_columns
from keben.core.composition import Composition
from keben.core.errors import BuildError
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import draw_cover, typeset
from keben.typeset.weasy import apart, beside, inside, leaders, parts, setting
from keben.typeset.weasy.inside import Patch, digest_of, is_tried, name_of, rewritten, takes
from keben.typeset.weasy.tried import TRIED

PATCHES = parts.of_book(is_vertical=True, has_grid=True)
CODES = [patch.code for patch in PATCHES]


def function(one: int, two: int) -> int:
    return one + two


def vertical() -> Composition:
    """A book in columns."""
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter("<p>正文</p>"), language="zh-Hant-TW", styles=styles)
    edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=44, lines=16))
    return for_columns(replace(composition, edition=edition))


def test_the_installed_weasyprint_is_one_that_was_tried() -> None:
    """Where this fails: try that version (all tests, the pages of a book), and add what it has to the table."""
    installed: dict[str, dict[str, str]] = {}
    for name, digest in table_of(*PATCHES).items():
        package = name.partition(".")[0]
        installed.setdefault(f"{package} {version(package)}", {})[name] = digest
    assert {key: TRIED.get(key) for key in installed} == installed


def test_the_table_has_nothing_that_is_not_replaced() -> None:
    assert {name for digests in TRIED.values() for name in digests} == set(table_of(*PATCHES))


def test_each_part_has_a_code_and_a_sentence_of_its_own() -> None:
    assert Counter(CODES).most_common(1)[0][1] == 1
    assert len({patch.without for patch in PATCHES}) == len(PATCHES)


def test_all_is_known_and_nothing_is_said() -> None:
    assert [patch.code for patch in PATCHES if not patch.is_known()] == []
    assert typeset(book(chapter("<p>文</p>"))).findings == ()


@pytest.mark.parametrize("patch", PATCHES, ids=CODES)
def test_a_part_is_off_where_one_of_its_functions_has_another_source(patch: Patch) -> None:
    for owner, name, _ in patch.functions:
        with pytest.MonkeyPatch.context() as monkeypatch:
            forget(monkeypatch, name_of(owner, name))
            assert not patch.is_known()
            assert patch.unknown() == (name_of(owner, name),)


@pytest.mark.parametrize("patch", PATCHES, ids=CODES)
def test_a_part_is_off_where_one_of_its_functions_has_other_parameters_or_is_not_there(patch: Patch) -> None:
    for owner, name, _ in patch.functions:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(owner, name, lambda *_arguments: None)
            assert not patch.is_known()
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.delattr(owner, name)
            assert not patch.is_known()
    assert patch.is_known()


@pytest.mark.parametrize("patch", PATCHES, ids=CODES)
def test_a_book_is_set_without_each_part_and_says_so(patch: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, _ = patch.functions[0]
    forgotten = name_of(owner, name)
    # Some parts share a function.
    off = [each for each in PATCHES if forgotten in table_of(each)]
    forget(monkeypatch, forgotten)
    composition = vertical() if patch is apart.PATCH else book(chapter("<p>正文</p>"))
    artifact = typeset(composition)
    said = {finding.code: finding for finding in artifact.findings}
    assert said.keys() == {each.code for each in off} - (
        {apart.PATCH.code} if patch in (beside.PATCH, leaders.PATCH) else set()
    )
    finding = said[patch.code]
    assert (str(finding.place), finding.severity) == (artifact.name, patch.severity)
    package = forgotten.partition(".")[0]
    assert finding.message == (
        f"{patch.without}: Keben does not support `{forgotten}` of {package} {version(package)}."
    )
    newest = {"weasyprint": "70.0", "pydyf": "0.13.0"}[package]
    advice = f"Install the version that was tried: python -m pip install '{package}=={newest}'"
    assert finding.advice == advice
    assert artifact.facts["lines"] == ("weasyprint" if setting.PATCH in off else "keben")


def test_without_all_parts_a_book_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "TRIED", {key: {} for key in TRIED})
    composition = vertical()
    artifact = typeset(composition)
    assert sorted(finding.code for finding in artifact.findings) == sorted(CODES)
    assert check_completeness(composition, artifact) == ()
    (notes,) = [finding for finding in artifact.findings if finding.code == "notes-not-kept"]
    assert "`weasyprint.layout.page.make_page`, " in notes.message
    assert " and `weasyprint.layout.LayoutContext._update_footnote_area` of weasyprint " in notes.message


def test_what_is_off_is_said_where_the_build_fails_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = STYLES | {
        "print.css": STYLES["print.css"] + "\nem { display: inline-block; transform: scale(0) }"
    }
    composition = book(chapter("<p>文<em>字</em></p>"), styles=styles)
    assert typeset(composition).facts["pages"] == 1
    forget(monkeypatch, "weasyprint.formatting_structure.build.marker_to_box")
    with pytest.raises(BuildError) as raised:
        typeset(composition)
    assert [finding.code for finding in raised.value.findings] == ["styles-not-repaired", "style-failure"]


def test_covers_say_what_is_off_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "TRIED", {key: {} for key in TRIED})
    cover, findings = draw_cover(with_circle(book()))
    assert cover is not None
    assert [finding.code for finding in findings] == [patch.code for patch in parts.of_picture()]


def test_a_source_that_cannot_be_read_is_unknown() -> None:
    namespace: dict[str, object] = {}
    exec("def made(one): return one", namespace)
    owner = SimpleNamespace(__name__="owner", made=namespace["made"], size=1)
    assert takes(owner, "made", "one")
    assert not takes(owner, "made", "two")
    assert not is_tried(owner, "made")
    assert not takes(owner, "size", "")
    assert name_of(owner, "lacking") == "owner.lacking"


def test_what_is_known_is_known_without_parsing_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_function: object) -> str:
        raise AssertionError

    monkeypatch.setattr(inside, "_digest", refuse)
    assert [patch.code for patch in PATCHES if not patch.is_known()] == []


def test_a_line_more_or_less_makes_another_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "@staticmethod\ndef made(one):\n    if one:\n        return (\n            1\n        )\n    # The end.\n"
    for number, there in enumerate((text, text.replace("    # The end.\n", ""), text + "    return 2\n")):
        file = tmp_path / f"owner{number}.py"
        file.write_text(f"first = 0\n{there}\nlast = 1\n", "utf-8")
        namespace: dict[str, Any] = {"__name__": "owner"}
        exec(compile(file.read_text("utf-8"), str(file), "exec"), namespace)
        owner = SimpleNamespace(__name__="owner", made=namespace["made"])
        with monkeypatch.context() as context:
            digest = sha256(text.encode()).hexdigest()[:16]
            context.setattr(inside, "TRIED", {"owner 1": {"owner.made": digest}})
            assert is_tried(owner, "made") == (there == text)


def test_a_function_that_is_wrapped_is_known_by_what_it_wraps() -> None:
    @wraps(function)
    def wrapped(*arguments: int) -> int:
        return function(*arguments)

    one, two = SimpleNamespace(each=function), SimpleNamespace(each=wrapped)
    assert takes(two, "each", "one two")
    assert digest_of(one, "each") == digest_of(two, "each") != ""


def test_a_function_is_rewritten_by_lines_that_it_has_once() -> None:
    assert rewritten(function, ("one + two", "one - two"))(3, 1) == 2
    with pytest.raises(ValueError, match="has not 'one' once"):
        rewritten(function, ("one", "two"))
