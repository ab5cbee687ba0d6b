import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.cli.telling import by_severity, lines
from keben.core.errors import Finding, Place


def finding(line, code="quotes", message="A mark is missing.", severity="warning", path="a.md"):
    return Finding(Place(path, line, 2), code, message, "Write it.", severity)


def test_one_message_at_many_places_is_said_once_with_the_first_five_and_a_count():
    many = [finding(line) for line in range(1, 165)]
    assert lines(many) == (
        "a.md:1:2: warning: A mark is missing. Write it.",
        "  also at a.md:2:2, 3:2, 4:2, 5:2 and 159 more places (--all shows each)",
    )
    assert len(lines(many, each=True)) == 164


def test_places_in_another_file_are_named_with_it():
    many = [finding(3), finding(9), finding(1, path="b.md"), finding(2, path="b.md")]
    assert lines(many)[1] == "  also at a.md:9:2, b.md:1:2, 2:2"


def test_of_a_kind_with_many_messages_five_are_shown():
    many = [finding(line, "unknown-key", f"Unknown key {line}.", "error") for line in range(1, 13)]
    assert lines(many)[4:] == (
        "a.md:5:2: Unknown key 5. Write it.",
        "  and 7 more like these (--all shows each)",
    )
    assert len(lines(many[:6])) == 6


def test_errors_come_before_warnings_before_notices_each_in_order():
    reported = [
        finding(1, "n", "N.", "notice"),
        finding(2, "w", "W.", "warning"),
        finding(9, "e", "E.", "error"),
        finding(3, "f", "F.", "error"),
    ]
    assert [each.message for each in by_severity(reported)] == ["F.", "E.", "W.", "N."]
    assert [line.split(":")[1] for line in lines(reported)] == ["3", "9", "2", "1"]


SOME = st.lists(
    st.builds(
        finding,
        st.integers(1, 40),
        st.sampled_from(["one", "two"]),
        st.sampled_from(["A.", "B.", "C.", "D.", "E.", "F.", "G."]),
        st.sampled_from(["error", "warning", "notice"]),
        st.sampled_from(["a.md", "b.md"]),
    ),
    unique=True,
)


@given(SOME)
def test_whatever_there_is_no_kind_is_left_out_and_each_names_all(some):
    reported = "\n".join(lines(some))
    for kind in {(each.severity, each.code) for each in some}:
        first = by_severity(each for each in some if (each.severity, each.code) == kind)[0]
        assert str(first) in reported
    assert sorted(lines(some, each=True)) == sorted(map(str, some))


def test_the_command_line_loads_no_engine_before_a_command_needs_it():
    engines = {"fontTools", "lxml", "markdown_it", "opencc", "pikepdf", "pypdfium2", "weasyprint", "yaml"}
    code = f"import sys, keben.cli; print(sorted({engines!r} & {{*sys.modules}}))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


@pytest.mark.parametrize("kinds", [7, 20, 45])
def test_however_many_findings_there_are_they_are_told_on_a_page(kinds):
    many = [
        Finding(Place(f"{number:04}.md", 1), f"kind-{number % kinds:02}", f"Wrong {number}.", "", "warning")
        for number in range(5000)
    ]
    reported = lines(many)
    assert len(reported) <= 30
    assert reported[0].startswith("0000.md:1: warning: Wrong 0.")
    counted = sum(int(found) for found in re.findall(r"(\d+) more", "\n".join(reported)))
    assert counted + sum(not line.startswith("  ") for line in reported) == 5000
