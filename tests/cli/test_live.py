import io

import pytest
from rich.console import Console
from samples import sample_edition

from keben.build.request import Job, Progress
from keben.cli import live
from keben.cli.live import bar, progress

EPUB = Job(sample_edition(), "epub")
PDF = Job(sample_edition("zh-Hant-TW"), "pdf")


def report_all(report):
    report(Progress(EPUB, "started"))
    report(Progress(PDF, "started"))
    report(Progress(EPUB, "made", 1.25))
    report(Progress(PDF, "made", 3.0, {"pages": 40}))
    report(Progress(EPUB, "kept", facts={"documents": 3}))


def test_a_booklet_is_counted_in_sheets(capsys):
    with progress(quiet=False) as report:
        report(Progress(Job(PDF.edition, "booklet"), "made", 0.5, {"pages": 20, "sheets": 10}))
    assert capsys.readouterr().out == "sample-zh-Hant-TW-booklet.pdf  10 sheets  0.5 s\n"


def test_off_a_terminal_each_artifact_is_a_plain_line(capsys):
    with progress(quiet=False) as report:
        report_all(report)
    assert capsys.readouterr().out.splitlines() == [
        "sample-zh-Hans-CN.epub  1.2 s",
        "sample-zh-Hant-TW.pdf  40 pages  3.0 s",
        "sample-zh-Hans-CN.epub  unchanged",
    ]


def test_asked_to_be_quiet_it_prints_nothing(capsys):
    with progress(quiet=True) as report:
        report_all(report)
    assert capsys.readouterr().out == ""


def terminal(monkeypatch):
    screen = io.StringIO()
    screen.isatty = lambda: True
    monkeypatch.setattr(live.sys, "stdout", screen)
    monkeypatch.setattr("rich.console.Console", lambda: Console(file=screen, force_terminal=True, width=80))
    return screen


def test_a_bar_is_drawn_on_a_terminal_and_is_gone_at_the_end(monkeypatch):
    screen = terminal(monkeypatch)
    with bar("Imposing") as report:
        report(0.5)
        report(1.0)
    assert "Imposing" in screen.getvalue()
    assert "100%" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")


def test_off_a_terminal_there_is_no_bar(capsys):
    with bar("Imposing") as report:
        report(0.5)
    assert capsys.readouterr().out == ""


def test_on_a_terminal_a_table_is_drawn_anew(monkeypatch):
    screen = terminal(monkeypatch)
    with progress(quiet=False) as report:
        report_all(report)
    last = [line for line in screen.getvalue().splitlines() if line.strip()][-3:]
    assert any("zh-Hant-TW" in line and "40 pages" in line for line in last)
    assert any("zh-Hans-CN" in line and "unchanged" in line for line in last)


@pytest.mark.parametrize("state", ["started", "made", "kept"])
def test_a_job_is_named_after_its_edition_and_format(state):
    assert Progress(PDF, state).job.name == "sample-zh-Hant-TW.pdf"


def test_off_a_terminal_a_line_names_its_book_what_was_kept_and_a_long_wait(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = str(tmp_path / "novels" / "one")
    with progress(quiet=False) as report:
        report(Progress(None, "read", book=book))
        report(Progress(PDF, "again", book=book))
        report(Progress(PDF, "made", 3.0, {"pages": 40}, book, (30, 28), 95.0))
        report(Progress(EPUB, "made", 1.0, None, "/elsewhere/two", (4, 0), 29.0))
        report(Progress(EPUB, "failed", 1.0, left=7300.0))
    assert capsys.readouterr().out.splitlines() == [
        "novels/one/sample-zh-Hant-TW.pdf  its process was killed; made again by itself",
        "novels/one/sample-zh-Hant-TW.pdf  40 pages  3.0 s  28 of 30 steps from the cache  about 2 min left",
        "/elsewhere/two/sample-zh-Hans-CN.epub  1.0 s",
        "sample-zh-Hans-CN.epub  failed  about 2.0 h left",
    ]


def test_a_terminal_shows_of_many_books_those_at_work_and_what_ended_last(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    screen = terminal(monkeypatch)
    board = live._Board()
    for number in range(30):
        book = str(tmp_path / f"book{number}")
        board.report(Progress(None, "read", book=book))
        state = ("made", "kept", "failed")[number % 3] if number < 28 else "started"
        board.report(Progress(EPUB, state, 1.0, book=book, left=42.0))
    board.report(Progress(None, "read", book=str(tmp_path / "book30")))
    console = Console(file=screen, force_terminal=False, width=80, height=100)
    console.print(board)
    lines = screen.getvalue().splitlines()
    assert len(lines) == live.ROWS + 1
    assert lines[0].split()[1] == "book11/zh-Hans-CN"
    assert [line.split()[1] for line in lines[-4:-1]] == ["book28/zh-Hans-CN", "book29/zh-Hans-CN", "book30"]
    assert lines[-1] == "10 made, 9 unchanged, 9 failed, 3 at work; about 40 s left"
    board.end()
    assert "left" not in board._summary(3, False)
