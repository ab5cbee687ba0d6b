"""The review page as an editor has it, in headless Chromium."""

import re
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from playwright.sync_api import expect
from reviews import HOSTILE, doubt, sheet

from keben.core.editorial.decisions import (
    key,
    merge_decisions,
    read_decisions,
    read_lines,
    update_decisions,
    write_decisions,
)
from keben.core.editorial.values import Decision
from keben.core.errors import KebenError, Place
from keben.review import Answers, Reviewed, ReviewServer, render_page


@pytest.fixture
def faults():
    """What a page complains of."""
    return []


@pytest.fixture
def page(chromium, faults):
    """A page whose script must not fail, and that must not try what its policy forbids."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(5000)
    shown = context.new_page()
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield shown
    context.close()
    # A connection that nobody has used for long is closed, and the browser opens another.
    expected = ("status of", "ERR_CONNECTION_RESET")
    assert [fault for fault in faults if not any(each in fault for each in expected)] == []


class Project:
    """A project with doubts: what is saved is written, and what is decided is no longer in doubt."""

    def __init__(self, path, **doubts):
        self.path, self.doubts, self.full, self.terms = path, doubts, False, ()

    def decisions(self):
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        decisions, findings = read_decisions(text, "book/decisions.tsv")
        assert findings == ()
        return decisions

    def save(self, answers):
        if self.full:
            raise KebenError.at("book", "x", "It is full.")
        self.terms += answers.terms
        standing = [each for each in self.decisions() if key(each) not in answers.withdrawn]
        self.path.write_text(
            write_decisions(merge_decisions(standing, answers.decisions)), encoding="utf-8", newline="\n"
        )

    def sheet(self):
        decided = {(each.language, each.phrase, each.before, each.after) for each in self.decisions()}
        editions = []
        for name, doubts in self.doubts.items():
            language = name.replace("_", "-")
            left = tuple(
                each
                for each in doubts
                if not {
                    (tag, each.phrase, *around)
                    for tag in (language, "zh-Hant")
                    for around in (each.anchor, ("", ""))
                }
                & decided
            )
            editions.append(Reviewed(language, language, left))
        return replace(sheet(decisions=self.decisions()), editions=tuple(editions))


@contextmanager
def served(project):
    server = ReviewServer(project.sheet, project.save)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.url
    finally:
        server.stop()
        thread.join()


def at(before, after, **changes):
    return doubt(before=before, after=after, anchor=(before, after), **changes)


def rows(page):
    return [row.inner_text() for row in page.locator(".row .phrase").all()]


def saved(count):
    """The last message about answers that were saved, when what is left has been read again."""
    return re.compile(rf"^Saved {count}\. (Nothing is left|\d+ places? left in )")


def press(page, *keys):
    for each in keys:
        page.keyboard.press(each)


def test_a_decision_by_keyboard_is_saved_and_its_group_is_gone(page, tmp_path):
    places = [
        at("被", "明"),
        at("头", "型"),
        doubt("里", kind="default", rank=3, candidates=("裡", "里"), output="裡"),
    ]
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=places)
    with served(project) as url:
        page.goto(url)
        press(page, "f")
        assert rows(page) == ["发", "里"]
        expect(page.locator("#count")).to_have_text("0 of 3 answered; 2 must be decided")
        press(page, "2")
        expect(page.locator("#status")).to_have_text("发 → 發, 2 places, zh-Hant-TW.")
        expect(page.locator("#count")).to_have_text("2 of 3 answered; none must be decided")
        expect(page.locator("#detail h2")).to_have_text("里")
        press(page, "s")
        expect(page.locator("#status")).to_have_text("Saved 2. 1 place left in zh-Hant-TW.")
        assert rows(page) == ["里"]
        page.reload()
        assert rows(page) == ["里"]
    assert project.path.read_text(encoding="utf-8").splitlines()[1:] == [
        "zh-Hant-TW\t发\t發\t头\t型",
        "zh-Hant-TW\t发\t發\t被\t明",
    ]


def test_one_answer_for_a_word_is_one_decision_and_for_a_character_one_for_each_place(page, tmp_path):
    word = ("写明了", ("寫明瞭", "寫明了"))
    places = [at("都", "由", phrase=word[0], candidates=word[1], output=word[1][0]) for _ in range(2)]
    places += [at("被", "明"), at("头", "型")]
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=places)
    with served(project) as url:
        page.goto(url)
        press(page, "2", "2", "s")
        expect(page.locator("#status")).to_have_text("Saved 3. Nothing is left.")
    assert project.path.read_text(encoding="utf-8").splitlines()[1:] == [
        "zh-Hant-TW\t写明了\t寫明了",
        "zh-Hant-TW\t发\t發\t头\t型",
        "zh-Hant-TW\t发\t發\t被\t明",
    ]


def test_one_place_an_own_text_a_note_and_undo(page, tmp_path):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=[at("被", "明"), at("头", "型"), at("理", "店")])
    with served(project) as url:
        page.goto(url)
        press(page, "n", "Shift+Digit2", "e")
        page.keyboard.type("髪")
        press(page, "Enter", "m")
        page.keyboard.type("检查过")
        press(page, "Enter", "Escape", "1", "u", "s")
        expect(page.locator("#status")).to_have_text("Saved 3. Nothing is left.")
        expect(page.locator(".side .empty")).to_have_text("Nothing is left to decide.")
    assert project.path.read_text(encoding="utf-8").splitlines()[1:] == [
        "zh-Hant-TW\t发\t發\t头\t型\t检查过",
        "zh-Hant-TW\t发\t髪\t理\t店\t检查过",
        "zh-Hant-TW\t发\t髪\t被\t明\t检查过",
    ]


def test_an_answer_for_all_traditional_editions_needs_the_same_candidates(page, tmp_path):
    taiwan = [at("被", "明"), doubt("里", candidates=("裡", "里"), output="裡")]
    hongkong = [at("被", "明"), doubt("里", candidates=("裏", "里"), output="裏")]
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=taiwan, zh_Hant_HK=hongkong)
    with served(project) as url:
        page.goto(url)
        press(page, "g", "2")
        expect(page.locator("#editions")).to_have_text("zh-Hant-TW 1zh-Hant-HK 1")
        press(page, "1")
        expect(page.locator("#alert")).to_have_text(
            "zh-Hant-HK does not have the same candidates here: this is decided for zh-Hant-TW only."
        )
        press(page, "s")
        expect(page.locator("#status")).to_have_text("Saved 2. Nothing is left.")
        page.get_by_role("button", name="zh-Hant-HK").click()
        assert rows(page) == ["里"]
    assert project.path.read_text(encoding="utf-8").splitlines()[1:] == [
        "zh-Hant\t发\t發\t被\t明",
        "zh-Hant-TW\t里\t裡\t被\t明",
    ]


def test_what_the_server_refuses_is_shown_and_nothing_is_lost(page, tmp_path):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=[doubt()])
    project.full = True
    with served(project) as url:
        page.goto(url)
        press(page, "1", "s")
        expect(page.locator("#alert")).to_have_text("book: It is full.")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(page.locator("#status")).to_have_text("Not saved yet, and still here from before: 1.")
        project.full = False
        press(page, "s")
        expect(page.locator("#status")).to_have_text("Saved 1. Nothing is left.")


def test_the_window_does_not_close_over_unsaved_answers(page, tmp_path):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=[doubt()])
    with served(project) as url:
        page.goto(url)
        press(page, "1")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.reload()
        assert asked == ["beforeunload"]


def test_without_a_server_the_whole_file_is_downloaded(page, tmp_path):
    standing = (
        Decision("zh-Hant", "𠮷", "吉", "", "a\t\\", "", Place("d", 2)),
        Decision("zh-Hant", "\uff0c", "、", "", "", "", Place("d", 3)),
        Decision("zh-Hant-TW", "发", "髮", "被", "明", "old", Place("d", 4)),
    )
    file = tmp_path / "zh-Hant-TW.html"
    book = (
        write_decisions(standing, ("# ours",)).replace("zh-Hant-TW", "\n# of Taiwan\nzh-Hant-TW")
        + "\n# end\n"
    )
    lines = tuple((line.text, line.key) for line in read_lines(book))
    shown = sheet(at("被", "明"), at("头", "型"), at("理", "店"), decisions=standing, lines=lines)
    file.write_text(render_page(shown, "zh-Hant-TW"), encoding="utf-8")
    page.clock.set_fixed_time(datetime(2026, 3, 5, 12))
    page.goto(file.as_uri())
    press(page, "Shift+Digit2")
    with page.expect_download() as given:
        press(page, "s")
    assert given.value.suggested_filename == "decisions.tsv"
    text = given.value.path().read_text(encoding="utf-8")
    new = (replace(standing[2], target="發", note="", date="2026-03-05"),)
    assert text == update_decisions(book, new)
    # Another one, that stands nowhere yet.
    press(page, "Shift+Digit1")
    with page.expect_download() as given:
        press(page, "s")
    other = replace(new[0], target="髮", before="头", after="型")
    assert given.value.path().read_text(encoding="utf-8") == update_decisions(book, (*new, other))
    press(page, "u")
    # What is downloaded is not in the book yet; once it is, the page has forgotten it.
    page.reload()
    expect(page.locator("#save")).to_have_text("Download 1")
    file.write_text(
        render_page(replace(shown, decisions=merge_decisions(standing, new)), "x"), encoding="utf-8"
    )
    page.reload()
    expect(page.locator("#save")).to_have_text("Download")


def test_answers_from_before_are_forgotten_with_their_places(page, tmp_path):
    file = tmp_path / "page.html"
    hongkong = replace(sheet(), editions=(Reviewed("zh-Hant-HK", "zh-Hant-HK", (doubt("里"),)),))
    shown = (
        (sheet(doubt(), doubt("里")), "Download 2"),
        (sheet(doubt("里")), "Download 1"),
        (hongkong, "Download 1"),
        (sheet(at("头", "型")), "Download"),
    )
    for number, (each, waiting) in enumerate(shown):
        file.write_text(render_page(each, "zh-Hant-TW"), encoding="utf-8")
        page.goto(file.as_uri())
        if not number:
            press(page, "1", "1", "s")
        expect(page.locator("#save")).to_have_text(waiting)


def test_no_text_of_a_book_runs(page, faults, tmp_path):
    hostile = doubt(
        HOSTILE, before=HOSTILE, after=HOSTILE, output=HOSTILE, candidates=(HOSTILE, "a"), reason=HOSTILE,
        output_before=HOSTILE, output_after=HOSTILE, place=Place(HOSTILE, 1), anchor=(HOSTILE, HOSTILE),
    )  # fmt: skip
    shown = replace(sheet(title=HOSTILE), editions=(Reviewed(HOSTILE, "zh-Hant-TW", (hostile,)),))
    file = tmp_path / "page.html"
    file.write_text(render_page(shown, HOSTILE), encoding="utf-8")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(file.as_uri())
    expect(page.locator("#detail h2")).to_have_text(HOSTILE)
    press(page, "1")
    expect(page.locator("#detail .text").first).to_have_text(HOSTILE * 3)
    assert page.locator("#detail img, #rows img, main script").count() == 0
    assert page.title() == f"{HOSTILE} – conversion review"
    # Were a script to get in all the same, the page's policy would hold it back.
    with page.expect_console_message() as reported:
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
        )
    assert page.evaluate("window.ran") is None
    assert "violates the following Content Security Policy" in reported.value.text
    faults.remove(reported.value.text)


def test_filters_and_search(page, tmp_path):
    places = [
        doubt("发"),
        at(
            "心",
            "重",
            phrase="里",
            kind="default",
            rank=3,
            output="裡",
            candidates=("裡", "里"),
            is_new=False,
        ),
        at("王", "时", phrase="后", kind="name", rank=2, output="後", candidates=("後", "后")),
    ]
    file = tmp_path / "page.html"
    file.write_text(render_page(sheet(*places), "zh-Hant-TW"), encoding="utf-8")
    page.goto(file.as_uri())
    # At first what must be decided; a press shows everything.
    assert rows(page) == ["发"]
    press(page, "f")
    assert rows(page) == ["发", "后", "里"]
    page.get_by_role("button", name="Must be decided").click()
    assert rows(page) == ["发"]
    # A kind that need not be decided is shown all the same.
    page.get_by_label("Kind of doubt").select_option("default")
    assert rows(page) == ["里"]
    page.get_by_label("Kind of doubt").select_option("")
    page.get_by_role("button", name="Rank 1").click()
    assert rows(page) == ["后", "里"]
    page.get_by_role("button", name="New").click()
    assert rows(page) == ["后"]
    page.get_by_role("button", name="New").click()
    page.get_by_label("Kind of doubt").select_option("default")
    assert rows(page) == ["里"]
    page.get_by_label("Kind of doubt").select_option("")
    press(page, "Escape", "/")
    page.keyboard.type("王")
    assert rows(page) == ["后"]
    press(page, "Escape", "1")
    page.get_by_label("Search").fill("")
    page.get_by_role("button", name="Left", exact=True).click()
    assert rows(page) == ["里"]
    press(page, "u")
    assert rows(page) == ["后", "里"]
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_fifteen_thousand_places_stay_quick(page, tmp_path):
    doubts = [
        at(
            f"前文{n}",
            f"后文{n}",
            phrase=f"词{n % 900}",
            place=Place("book/chapters/01.md", n),
            rank=1 + n % 3,
        )
        for n in range(5000)
    ]
    names = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant-TW-vertical")
    editions = tuple(Reviewed(name, name[:10], tuple(doubts)) for name in names)
    file = tmp_path / "page.html"
    file.write_text(render_page(replace(sheet(), editions=editions), names[0]), encoding="utf-8")
    page.goto(file.as_uri())
    # An answer and the step to the next group, as long as a held key repeats; most of it is far below.
    took = page.evaluate(
        """() => {
            const start = performance.now();
            for (let i = 0; i < 20; i++)
                document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "2", code: "Digit2", bubbles: true}));
            return (performance.now() - start) / 20;
        }"""
    )
    assert took < 200
    assert page.locator(".row").count() < 40
    expect(page.locator("#save")).to_have_text("Download 20")


def test_a_note_without_an_answer_is_kept_and_told_of(page, tmp_path):
    project = Project(
        tmp_path / "decisions.tsv", zh_Hant_TW=(at("被", "明"), doubt("里", candidates=("里", "裡")))
    )
    with served(project) as url:
        page.goto(url)
        press(page, "m")
        page.keyboard.type("why")
        press(page, "Enter")
        expect(page.locator("#status")).to_contain_text("A note goes with an answer")
        press(page, "Escape", "j", "1")
        assert page.evaluate(
            "() => { const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); "
            "return e.defaultPrevented }"
        )
        press(page, "s")
        expect(page.locator("#status")).to_contain_text("A note waits for an answer")
        assert [(each.phrase, each.note) for each in project.decisions()] == [("里", "")]
        page.reload()
        expect(page.locator("#note")).to_have_value("why")
        press(page, "1", "s")
        expect(page.locator("#status")).to_contain_text("Nothing is left.")
    assert {(each.phrase, each.note) for each in project.decisions()} == {("里", ""), ("发", "why")}


def test_what_is_decided_is_listed_and_can_be_changed(page, tmp_path):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=(doubt(), doubt("里", candidates=("里", "裡"))))
    project.save(
        Answers(
            (
                Decision("zh-Hant-TW", "里", "里", "", "", "old", Place("d"), "Lin Mo", "2026-11-02"),
                Decision("zh-Hant", "干", "乾", "", "", "", Place("d")),
            )
        )
    )
    with served(project) as url:
        page.goto(url)
        expect(page.locator("#show-decided")).to_have_text("Decided 2")
        expect(page.locator("#count")).to_contain_text("0 of 1 answered, 2 decided before")
        press(page, "d")
        row = page.locator("#decided-rows li")
        expect(row).to_have_count(2)
        page.locator("#decided-query").fill("lin mo")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("Lin Mo, 2026-11-02")
        row.get_by_label("What 里 becomes").fill("裡")
        row.get_by_label("What 里 becomes").press("Enter")
        expect(page.locator("#decided-rows .badge.must")).to_have_text("not saved")
        press(page, "Escape")
        page.locator("#save").click()
        expect(page.locator("#status")).to_have_text(saved(1))
    assert {(each.phrase, each.target, each.note) for each in project.decisions()} == {
        ("里", "裡", "old"),
        ("干", "乾", ""),
    }


@pytest.mark.parametrize("is_served", [True, False])
def test_a_decision_is_taken_back(page, tmp_path, is_served):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=(doubt(), doubt("里", candidates=("里", "裡"))))
    standing = (
        Decision("zh-Hant-TW", "里", "里", "", "", "", Place("d")),
        Decision("zh-Hant", "干", "乾", "", "", "", Place("d")),
    )
    project.save(Answers(standing))
    with served(project) as url:
        file = tmp_path / "page.html"
        lines = tuple((line.text, line.key) for line in read_lines(project.path.read_text(encoding="utf-8")))
        file.write_text(render_page(replace(project.sheet(), lines=lines), "zh-Hant-TW"), encoding="utf-8")
        page.goto(url if is_served else file.as_uri())
        assert rows(page) == ["发"]
        press(page, "d")
        row = page.locator("#decided-rows li", has_text="里")
        row.get_by_role("button", name="Take back").click()
        expect(row.locator(".badge.must")).to_have_text("taken back, not saved")
        row.get_by_role("button", name="Keep").click()
        expect(row.locator(".badge.must")).to_have_count(0)
        row.get_by_role("button", name="Take back").click()
        press(page, "Escape")
        page.reload()  # what is not saved yet is still here
        expect(page.locator("#save")).to_contain_text("1")
        if is_served:
            press(page, "s")
            expect(page.locator("#status")).to_have_text(saved(1))
            press(page, "f")
            assert rows(page) == ["发", "里"]
            assert project.decisions() == (replace(standing[1], place=Place("book/decisions.tsv", 2, 1)),)
        else:
            with page.expect_download() as given:
                press(page, "s")
            text = given.value.path().read_text(encoding="utf-8")
            assert text == update_decisions(project.path.read_text(encoding="utf-8"), (), [key(standing[0])])


def test_a_word_becomes_a_term_of_the_glossary(page, tmp_path):
    name = {"kind": "own", "phrase": "余华", "output": "餘華", "candidates": ("餘華", "余華")}
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=(at("是", "说", **name), doubt("里")))
    with served(project) as url:
        page.goto(url)
        press(page, "f", "k")
        expect(page.locator("#detail h2")).to_have_text("余华")
        press(page, "l", "2")
        expect(page.locator("#status")).to_contain_text("余华 → 余華")
        press(page, "k")
        expect(page.locator(".places .given").first).to_have_text("all places, in the glossary")
        # A character is no term.
        press(page, "j", "l", "1", "s")
        expect(page.locator("#status")).to_have_text(saved(2))
    assert [(each.phrase, each.target, each.before) for each in project.terms] == [("余华", "余華", "")]
    assert [each.phrase for each in project.decisions()] == ["里"]


ROUND = 1
"""Keys that a review takes beside its answers: to save."""


def words_and_characters(each):
    """Places of a small book: each of ``each`` words in three places, characters in two, and one that need not be."""
    forms = {"系": ("系", "係", "繫"), "发": ("髮", "發"), "干": ("幹", "乾", "干")}
    for n in range(each):
        word = f"词{n}明了"
        for place in range(3):
            yield at(
                f"前{n}{place}", "由", phrase=word, kind="overlap", candidates=(f"{word}甲", word), output=word,
                place=Place("book/chapters/01.md", 3 + n),
            )  # fmt: skip
    for phrase, candidates in forms.items():
        for place in range(2):
            yield at(
                f"上{place}", "下", phrase=phrase, kind="overlap", candidates=candidates, output=candidates[0],
                place=Place("book/chapters/02.md", 3 + place),
            )  # fmt: skip
    yield doubt("里", kind="default", rank=3, candidates=("裡", "里"), output="裡")


def test_a_small_book_is_reviewed_with_a_key_a_question(page, tmp_path):
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=tuple(words_and_characters(12)))
    pressed = []
    with served(project) as url:
        page.goto(url)
        # What need not be decided is not in the way.
        assert len(rows(page)) == 12 + 3
        expect(page.locator("#count")).to_have_text("0 of 43 answered; 42 must be decided")
        answers = {}
        while "none must" not in page.locator("#count").inner_text():
            assert len(pressed) < 100
            asked = page.locator("#detail h2").inner_text()
            # The second form of a word, the third of a character.
            pressed.append("3" if asked in "系干" else "2")
            answers[asked] = pressed[-1]
            press(page, pressed[-1])
        questions = len(answers)
        assert questions == 15
        press(page, "s")
        pressed.append("s")
        expect(page.locator("#status")).to_have_text("Saved 18. 1 place left in zh-Hant-TW.")
        page.reload()
        expect(page.locator("#count")).to_contain_text("none must be decided")
        assert rows(page) == ["里"]
    assert len(pressed) <= questions + ROUND
    assert {(each.phrase, each.target) for each in project.decisions()} == {
        *((f"词{n}明了", f"词{n}明了") for n in range(12)), ("系", "繫"), ("发", "發"), ("干", "干"),
    }  # fmt: skip


def test_an_answer_for_a_character_leaves_its_places_of_another_rank_alone(page, tmp_path):
    wrong = [at("回京", "命", phrase="复", output="覆", candidates=("覆", "復"))]
    right = [
        at(f"乘势{n}", "夺", phrase="复", kind="default", rank=3, output="復", candidates=("復", "覆"))
        for n in range(3)
    ]
    project = Project(tmp_path / "decisions.tsv", zh_Hant_TW=(*wrong, *right))
    with served(project) as url:
        page.goto(url)
        assert rows(page) == ["复"]
        press(page, "f")
        assert rows(page) == ["复", "复"]
        press(page, "1")
        expect(page.locator("#status")).to_have_text("复 → 覆, 1 place, zh-Hant-TW.")
        press(page, "s")
        expect(page.locator("#status")).to_have_text("Saved 1. 3 places left in zh-Hant-TW.")
        assert rows(page) == ["复"]
    assert [(each.target, each.before) for each in project.decisions()] == [("覆", "回京")]
