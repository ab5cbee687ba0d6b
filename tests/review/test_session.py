"""``keben review``, as an editor meets it: a real project, its review, decisions, and what they change."""

import json
import re
import subprocess
import sys
import threading
import urllib.request

import pypdfium2
import pytest
from commands import run
from playwright.sync_api import expect
from projects import change, write_project

from keben.core.errors import MachineError
from keben.script import facts

DOUBTFUL = "\n他在一旁干看着。周末要显明了。\n"


@pytest.fixture
def root(tmp_path):
    root = write_project(tmp_path / "demo")
    change(root, "book/chapters/two.md", "皇后走在后面", f"{DOUBTFUL}\n皇后走在后面")
    return root


def doubts(root, *arguments):
    answer = json.loads(run("review", root, "--json", *arguments).stdout)
    return [(doubt["kind"], doubt["phrase"]) for each in answer["editions"] for doubt in each["doubts"]]


def decide(root, phrase, target, before="", after="", language="zh-Hant"):
    path = root / "book" / "decisions.tsv"
    text = path.read_text() if path.exists() else "language\tphrase\ttarget\tbefore\tafter\tnote\n"
    path.write_text(f"{text}{language}\t{phrase}\t{target}\t{before}\t{after}\n", encoding="utf-8")


def test_a_review_is_written_and_fails_while_something_must_be_decided(root):
    result = run("review", root)
    assert result.exit_code == 1
    assert "zh-Hant-TW: " in result.stdout
    assert "book/chapters/two.md:6: zh-Hant-TW: Overlap: “显明了" in result.stderr
    assert result.stderr.endswith(
        "2 places of these kinds must be decided: Likely wrong (`likely`), Overlap (`overlap`).\n"
    )
    assert sorted(path.name for path in (root / "build" / "review").iterdir()) == [
        "zh-Hant-TW.html",
        "zh-Hant-TW.tsv",
    ]
    table = (root / "build" / "review" / "zh-Hant-TW.tsv").read_text().splitlines()
    assert any("干" in row and "two.md:6" in row for row in table[1:])
    (phrase,) = (phrase for kind, phrase in doubts(root) if kind == "overlap")
    decide(root, phrase, "顯明了")
    decide(root, "干", "乾", "在一旁", "看着")
    result = run("review", root)
    assert (result.exit_code, result.stderr) == (0, "")


def test_which_kinds_fail_is_the_book_s_choice(root):
    change(
        root, "book/book.toml", "[editions.zh-Hans]", '[convert]\nfail-on = ["default"]\n\n[editions.zh-Hans]'
    )
    result = run("review", root, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (1, False)
    assert answer["undecided"] == sum(kind == "default" for kind, _ in doubts(root))
    change(root, "book/book.toml", 'fail-on = ["default"]', "fail-on = []")
    assert run("review", root).exit_code == 0


def test_a_decision_changes_the_book_and_leaves_the_list(root):
    assert ("likely", "干") in doubts(root)
    decide(root, "干", "乾", "在一旁", "看着")
    assert ("likely", "干") not in doubts(root)
    assert run("build", root, "-f", "epub", "-e", "zh-Hant-TW", "-j", 1).exit_code == 0
    record = (root / "build" / "hair-zh-Hant-TW.record.tsv").read_text()
    assert "他在一旁干看着。\t他在一旁乾看著。\n" in record
    manifest = json.loads((root / "build" / "manifest.json").read_text())
    entry = manifest["conversions"]["zh-Hant-TW"]
    assert entry["configurations"] == ["s2twp"]
    assert entry["files"].keys() == {"decisions.tsv"}
    assert len(entry["dictionaries"]["TWPhrases.txt"]) == 64


def test_what_was_seen_is_not_new(root):
    everything = doubts(root)
    assert doubts(root, "--new-only") == everything
    run("review", root, "--mark-seen")
    assert (root / "book" / "seen.tsv").read_text().startswith("# Written by keben review")
    assert doubts(root, "--new-only") == []
    assert doubts(root) == everything
    change(root, "book/chapters/one.md", "他说：", "那老头在一旁干看着，说：")
    new = doubts(root, "--new-only")
    assert ("likely", "干") in new
    assert len(new) < len(everything)


def test_an_edition_and_a_folder_may_be_named(root, tmp_path):
    assert run("review", root, "-e", "zh-Hant-TW", "-o", tmp_path / "out").exit_code == 1
    assert (tmp_path / "out" / "review" / "zh-Hant-TW.html").is_file()
    result = run("review", root, "-e", "zh-Hant-HK")
    assert (result.exit_code, result.stderr) == (
        2,
        "zh-Hant-HK: The book has no such edition. It has zh-Hans, zh-Hant-TW.\n",
    )


def test_a_wrong_project_is_told_and_nothing_is_written(root):
    change(root, "book/chapters/one.md", "dot.png", "no.png")
    (root / "book" / "decisions.tsv").write_text("language\tphrase\n", encoding="utf-8")
    (root / "book" / "glossary.tsv").write_text("term\n", encoding="utf-8")
    (root / "book" / "seen.tsv").write_text("x\n", encoding="utf-8")
    result = run("review", root)
    assert result.exit_code == 1
    reported = [line.partition("book/")[2].partition(": ")[0] for line in result.stderr.splitlines()]
    assert sorted(reported[:4]) == [
        "chapters/one.md:7:9",
        "decisions.tsv:1:1",
        "glossary.tsv:1",
        "seen.tsv:1:1",
    ]
    assert not (root / "build").exists()


def test_terms_and_decisions_that_serve_nowhere_are_warned_of(root):
    (root / "book" / "glossary.tsv").write_text("source\tzh-TW\n余华\t余華\n软件\t軟件\n", encoding="utf-8")
    decide(root, "没有这个", "沒有這個")
    result = run("review", root)
    assert "book/glossary.tsv:2: warning: The term “余华” stands nowhere in the book" in result.stderr
    assert "book/decisions.tsv:2:1: warning: The book has no place like “[没有这个]”" in result.stderr
    assert "glossary.tsv:3" not in result.stderr


def test_a_sheet_to_sign_is_set_in_the_edition_s_script(root, tmp_path):
    decide(root, "皇后|*`", "皇后|*`", before="</b>")
    path = root / "book" / "decisions.tsv"
    path.write_text(
        path.read_text().replace("\tnote\n", "\tnote\teditor\tdate\n")
        + "zh-Hant\t周末\t週末\t\t\t{看}$x$\t林默\t2026-11-26\n",
        encoding="utf-8",
    )
    result = run("review", root, "--sheet", "-e", "zh-Hant-TW")
    assert f"{root.name}/build/review/zh-Hant-TW.pdf" in result.stdout.replace("\\", "/")
    pdf = root / "build" / "review" / "zh-Hant-TW.pdf"
    text = "".join(text_of(pdf).split())
    for said in (
        "轉換覆核單",
        "□乾",
        "周末",
        "{看}$x$",
        "林默2026-11-26",
        "皇后|*`",
        "</b>",
        "全書",
        "覆核人",
    ):
        assert said in text
    before = pdf.read_bytes()
    run("review", root, "--sheet", "-e", "zh-Hant-TW", "-o", tmp_path / "other")
    assert (tmp_path / "other" / "review" / "zh-Hant-TW.pdf").read_bytes() == before
    assert run("review", root, "--serve", "--sheet").exit_code == 2
    assert run("clean", root).exit_code == 0
    assert not pdf.exists()


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_an_earlier_build_is_held_against_the_sentences_of_now(root, tmp_path, monkeypatch):
    old = tmp_path / "old"
    assert run("build", root, "-f", "epub", "-o", old, "-j", 1).exit_code == 0
    result = run("review", root, "--against", old)
    assert (result.exit_code, result.stdout) == (0, "zh-Hant-TW: 0 sentences would change\n")
    decide(root, "干", "乾", "在一旁", "看着")
    change(root, "book/chapters/two.md", "皇后走在后面", "一句新话。皇后走在后面")
    monkeypatch.setattr(facts, "version", lambda name: "1.4.3" if name == "opencc" else "1")
    result = run("review", root, "--against", old / "manifest.json")
    assert (result.exit_code, result.stdout) == (
        1,
        "zh-Hant-TW: 1 sentences would change\n"
        "  decisions.tsv is new\n"
        '  opencc: "1.4.2", now "1.4.3"\n'
        '  words: "jieba 0.42.1", now "jieba 1"\n'
        "book/chapters/two.md:6\n  - 他在一旁幹看著。\n  + 他在一旁乾看著。\n",
    )
    answer = json.loads(run("review", root, "--against", old, "--json").stdout)
    assert answer["editions"][0]["changes"][0]["now"] == "他在一旁乾看著。"


def test_an_earlier_build_must_have_its_record(root, tmp_path):
    result = run("review", root, "--against", tmp_path)
    assert (result.exit_code, "There is no manifest that describes a conversion" in result.stderr) == (
        2,
        True,
    )
    assert run("build", root, "-f", "epub", "-o", tmp_path / "old", "-j", 1).exit_code == 0
    (tmp_path / "old" / "hair-zh-Hant-TW.record.tsv").write_text("other")
    result = run("review", root, "--against", tmp_path / "old")
    assert result.exit_code == 2
    assert "hair-zh-Hant-TW.record.tsv: This record is not there" in result.stderr


def test_clean_takes_reviews_away(root):
    run("build", root, "-f", "epub", "-j", 1)
    run("review", root)
    assert run("clean", root).exit_code == 0
    assert list((root / "build").iterdir()) == []


def test_a_file_of_yours_is_neither_written_over_nor_deleted(root):
    folder = root / "build" / "review"
    folder.mkdir(parents=True)
    for name in ("zh-Hant-TW.html", "zh-Hant-TW.tsv"):
        (folder / name).write_text("my own notes\n")
    result = run("review", root)
    assert (result.exit_code, [path.name for path in sorted(folder.iterdir())]) == (
        1,
        ["zh-Hant-TW.html", "zh-Hant-TW.tsv"],
    )
    for name in ("zh-Hant-TW.html", "zh-Hant-TW.tsv"):
        assert f"{name}: Keben did not make this file, and would write another one over it." in result.stderr
    run("build", root, "-f", "epub", "-j", 1)
    run("clean", root)
    assert {path.read_text() for path in folder.iterdir()} == {"my own notes\n"}
    # Nor is one of two written where the other cannot be.
    (folder / "zh-Hant-TW.html").unlink()
    assert run("review", root).exit_code == 1
    assert [path.name for path in folder.iterdir()] == ["zh-Hant-TW.tsv"]
    (folder / "zh-Hant-TW.tsv").unlink()
    run("review", root)
    assert "my own notes" not in (folder / "zh-Hant-TW.tsv").read_text()


def test_a_served_review_saves_answers_to_the_project(root):
    (root / "book" / "decisions.tsv").write_text(
        "# by hand\nlanguage\tphrase\ttarget\tbefore\tafter\tnote\nzh-Hant\t皇后\t皇后\n", encoding="utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "keben", "review", str(root), "--serve", "--editor", "林 默"],
        stdout=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(60, process.kill)
    watch.start()
    try:
        url = process.stdout.readline().split()[-1]
        answer = {
            "language": "zh-Hant-TW",
            "phrase": "干",
            "target": "乾",
            "before": "",
            "after": "",
            "note": "",
        }
        origin = "/".join(url.split("/")[:3])
        request = urllib.request.Request(
            f"{url}answers",
            json.dumps({"answers": [answer]}).encode(),
            {"Content-Type": "application/json", "Origin": origin},
        )
        with urllib.request.urlopen(f"{url}") as page:
            assert "干看着" in page.read().decode()
        with urllib.request.urlopen(request) as saved:
            assert json.loads(saved.read())["saved"] == 1
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
        watch.cancel()
    assert re.sub(
        r"\d{4}-\d\d-\d\d", "DAY", (root / "book" / "decisions.tsv").read_text(encoding="utf-8")
    ) == (
        "# by hand\nlanguage\tphrase\ttarget\tbefore\tafter\tnote\teditor\tdate\n"
        "zh-Hant\t皇后\t皇后\nzh-Hant-TW\t干\t乾\t\t\t\t林 默\tDAY\n"
    )
    assert (root / "book" / "seen.tsv").is_file()
    assert ("likely", "干") not in doubts(root)


def test_terms_go_to_the_glossary_and_what_it_cannot_take_is_a_decision(root):
    from keben.core.editorial.values import Decision
    from keben.core.errors import Place
    from keben.review import Answers
    from keben.review.session import save_answers

    (root / "book" / "glossary.tsv").write_text("source\tzh-TW\n周末\t周末\n", encoding="utf-8")
    taken, refused = (
        Decision("zh-Hant-TW", phrase, "週末了", "", "", "", Place("p")) for phrase in ("周末要", "周末")
    )
    save_answers(root, Answers((), (), (taken, refused)), "林默", "2026-11-26")
    assert (root / "book" / "glossary.tsv").read_text(
        encoding="utf-8"
    ) == "source\tzh-TW\n周末\t周末\n周末要\t週末了\n"
    assert "zh-Hant-TW\t周末\t週末了\t\t\t\t林默\t2026-11-26\n" in (
        root / "book" / "decisions.tsv"
    ).read_text(encoding="utf-8")


def test_a_decisions_file_that_cannot_be_written_is_reported(root, monkeypatch):
    from keben.build import together
    from keben.core.editorial.values import Decision
    from keben.core.errors import Place
    from keben.review import Answers
    from keben.review import session as reviewing

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(together.os, "fsync", refuse)
    decision = Decision("zh-Hant", "干", "乾", "", "", "", Place("page"))
    with pytest.raises(MachineError, match="No space left"):
        reviewing.save_answers(root, Answers((decision,)))
    assert not (root / "book" / "decisions.tsv").exists()


def test_an_editor_decides_by_keyboard_and_the_book_is_built_so(root, chromium):
    command = [sys.executable, "-m", "keben", "review", str(root), "--serve", "-e", "zh-Hant-TW"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    watch = threading.Timer(60, process.kill)
    watch.start()
    try:
        page = chromium.new_page()
        page.goto(process.stdout.readline().split()[-1])
        page.get_by_placeholder("Search in both texts").fill("干看")
        page.keyboard.press("Escape")
        page.keyboard.press("k")
        expect(page.locator("#detail h2")).to_have_text("干")
        page.keyboard.press("3")
        page.keyboard.press("s")
        expect(page.locator("#status")).to_contain_text("Saved 1.")
        page.reload()
        expect(page.locator(".row .phrase", has_text="干")).to_have_count(0)
        page.close()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
        watch.cancel()
    assert run("build", root, "-f", "epub", "-e", "zh-Hant-TW", "-j", 1).exit_code == 0
    assert "\t他在一旁乾看著。\n" in (root / "build" / "hair-zh-Hant-TW.record.tsv").read_text()


SAVE = """
import sys
from pathlib import Path
from keben.core.errors import Place
from keben.core.editorial.values import Decision
from keben.review import Answers
from keben.review.session import save_answers
for number in range(5):
    phrase = sys.argv[2] + "一二三四五"[number]
    save_answers(Path(sys.argv[1]), Answers((Decision("zh-Hant", phrase, phrase, "", "", "", Place("page")),)))
"""


def test_nobody_s_answers_are_lost_when_two_save_at_once(root):
    text = "# Ours.\nlanguage\tphrase\ttarget\tbefore\tafter\tnote\n# A remark.\nzh-Hant\t里\t裡\n"
    (root / "book" / "decisions.tsv").write_text(text, encoding="utf-8")
    savers = [subprocess.Popen([sys.executable, "-c", SAVE, str(root), name]) for name in "甲乙"]
    assert [saver.wait() for saver in savers] == [0, 0]
    lines = (root / "book" / "decisions.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 + 10
    assert [line for line in lines if line.startswith("#")] == ["# Ours.", "# A remark."]


def test_a_book_that_nothing_is_converted_in_is_reported(root):
    change(root, "book/book.toml", '[editions.zh-Hant-TW]\nvocabulary = "regional"\n', "")
    result = run("review", root)
    assert (result.exit_code, result.stdout) == (
        0,
        "No edition is in another script than the source: there is no conversion to review.\n",
    )


def test_a_name_in_book_toml_stops_a_review_whatever_fail_on_says_until_it_is_decided(tmp_path):
    root = write_project(tmp_path / "demo")
    change(root, "book/book.toml", '["林一"]', '["余华", { name = "余华", role = "ill" }]')
    # Two editions of one language ask once; another region asks for itself.
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]",
        '[convert]\nfail-on = []\n[editions.zh-Hant-HK]\n[editions.two]\nlanguage = "zh-Hant-TW"\n[editions.zh-Hans]',
    )
    result = run("review", root)
    assert result.exit_code == 1
    lines = [line.partition(" This is")[0] for line in result.stderr.splitlines()]
    assert lines == [
        f"{root}/book/book.toml:3:12: zh-Hant-HK: Name in book.toml: “余华” is 余华 or 餘華?",
        f"{root}/book/book.toml:3:12: two: Name in book.toml: “余华” is 余华 or 餘華?",
        "2 places of these kinds must be decided: Name in book.toml (`credit`).",
    ]
    decide(root, "余华", "余华")
    result = run("review", root)
    assert (result.exit_code, result.stderr) == (0, "")
