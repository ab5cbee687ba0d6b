"""Notes that were typed by hand become notes where they are called once each, and stay as they are otherwise."""

import pytest
from commands import run

from keben.project.importers.typednotes import typed_notes

CASES = {
    "甲①乙②。\n\n① 注一。\n\n② 注二。\n\n丙①。\n\n① 又注。": (
        "甲[^1]乙[^2]。\n\n[^1]: 注一。\n\n[^2]: 注二。\n\n丙[^3]。\n\n[^3]: 又注。\n", 3,
    ),
    "甲①乙②。\n\n①注一。\n②注二，\n续行。\n\n丁。": (
        "甲[^1]乙[^2]。\n\n[^1]: 注一。\n\n[^2]: 注二，\n    续行。\n\n丁。", 2,
    ),
    "甲〔1〕。\n\n〔1〕注。": ("甲[^1]。\n\n[^1]: 注。\n", 1),
    "甲\\[1\\]。\n\n\\[1\\] 注。": ("甲[^1]。\n\n[^1]: 注。\n", 1),
    "甲①，乙[^1]。\n\n① 注。\n\n[^1]: 有。": ("甲[^note-1]，乙[^1]。\n\n[^note-1]: 注。\n\n[^1]: 有。", 1),
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_typed_notes_become_notes(text):
    typed = typed_notes(text)
    assert (typed.text, typed.count) == CASES[text]


@pytest.mark.parametrize(
    "text",
    [
        "有三点：①甲；②乙；③丙。",
        "① 第一点。\n\n② 第二点。",
        "甲①乙①。\n\n① 注。",
        "甲①。\n\n① 注。\n\n② 没有。",
        "```\n甲①。\n\n① 注。\n```",
        "# 题①\n\n① 注。",
        "[1](a.md)与[1]: x\n\n[1] 注",
        "字。",
    ],
)
def test_what_is_no_note_stays(text):
    typed = typed_notes(text)
    assert (typed.text, typed.count) == (text, 0)


def test_an_import_offers_notes_and_makes_them_where_it_is_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(
        "第一章 甲\n\n　　他去了南方①。\n\n　　① 南方：江南。\n\n第二章 乙\n\n　　文。\n", encoding="utf-8"
    )
    offered = run("import", "a.txt", "one")
    assert "Notes are typed by hand (① …): 1 in 1 chapters. --notes makes notes of them." in offered.output
    made = run("import", "a.txt", "two", "--notes")
    assert "Notes that were typed by hand are notes now: 1." in made.output
    texts = [(tmp_path / name / "book/chapters/01.md").read_text("utf-8") for name in ("one", "two")]
    assert "南方①" in texts[0]
    assert "南方[^1]。\n\n[^1]: 南方：江南。" in texts[1]
