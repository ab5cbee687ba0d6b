import pickle

from keben.core.errors import BuildError, Finding, KebenError, Place, UsageError, errors_in, obstacles_in


def test_a_finding_reads_as_path_line_column_message_advice():
    finding = Finding(Place("book/a.md", 3, 5), "code", "It is wrong.", "Fix it.")
    assert str(finding) == "book/a.md:3:5: It is wrong. Fix it."
    assert (
        str(Finding(Place("book/a.md", 3), "code", "It is odd.", severity="warning"))
        == "book/a.md:3: warning: It is odd."
    )
    assert str(Place("book/a.md", 0, 5)) == "book/a.md"


def test_errors_are_sorted_and_each_told_once():
    first = Finding(Place("a", 2), "x", "One.")
    second = Finding(Place("a", 10), "x", "Two.")
    warning = Finding(Place("a", 1), "x", "Three.", severity="warning")
    notice = Finding(Place("a", 3), "x", "Four.", severity="notice")
    assert errors_in([second, notice, warning, first, second]) == (first, second)
    assert obstacles_in([second, notice, warning, first, second]) == (warning, first, second)
    assert str(notice) == "a:3: notice: Four."


def test_errors_cross_processes_and_know_their_exit_code():
    error = BuildError(Finding(Place("a"), "x", "One."), Finding(Place("b"), "x", "Two."))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.findings, str(again)) == (BuildError, error.findings, "a: One.\nb: Two.")
    assert (KebenError.exit_code, UsageError.exit_code) == (1, 2)
