"""A project → each edition in its own script, with what stands in each artifact's way."""

from dataclasses import replace

import pytest
from plainformats import install, plain, text, write_plain_project
from projects import change

from keben.build.editions import (
    conversion_facts,
    convert_editions,
    distinct,
    errors_first,
    imprint,
    is_converted,
    prepare,
    read_project,
    record_name,
    tools,
)
from keben.build.request import Job, Request, plan
from keben.core.errors import Finding, MachineError, Place, SourceError, UsageError


@pytest.fixture
def root(tmp_path, monkeypatch):
    install(monkeypatch, plain("pdf"), plain("booklet", base="pdf", ending=".booklet"))
    root = write_plain_project(tmp_path / "demo")
    change(
        root,
        "book/book.toml",
        '[editions.zh-Hans]\nformats = ["pdf"]',
        '[editions.zh-Hans]\nformats = ["pdf", "booklet"]',
    )
    return root


def read(root):
    project = read_project(root, {})
    return project, plan(Request(root, root / "build"), project.manuscript)


def prepared(root):
    project, jobs = read(root)
    return prepare(project, jobs), {f"{job.edition.name}.{job.format}": job for job in jobs}


def test_each_edition_comes_in_its_own_script_with_its_record(root):
    ready, jobs = prepared(root)
    assert list(ready.compositions) == ["zh-Hans", "zh-Hant-TW"]
    assert "我的头发长了，‘后来’才剪。" in text(ready.compositions["zh-Hans"])
    assert "我的頭髮長了，『後來』才剪。" in text(ready.compositions["zh-Hant-TW"])
    assert list(ready.records) == ["zh-Hant-TW"]
    assert "他說：「我的頭髮長了，『後來』才剪。」" in ready.records["zh-Hant-TW"]
    assert (ready.findings, ready.stopped) == ((), frozenset())
    assert ready.found == dict.fromkeys(jobs.values(), ())


def test_only_editions_that_jobs_are_for_are_converted(root):
    project, jobs = read(root)
    assert list(prepare(project, [job for job in jobs if job.edition.name == "zh-Hans"]).compositions) == [
        "zh-Hans"
    ]


def test_what_makes_artifacts_is_expected_before_the_last_edition_is_made(root, monkeypatch):
    from keben import compose

    real, called = compose.compose, []
    monkeypatch.setattr(compose, "compose", lambda *given: (called.append(given[3].name), real(*given))[1])
    project, jobs = read(root)
    prepare(project, jobs, expect=lambda: called.append("expected"))
    assert called == ["zh-Hans", "expected", "zh-Hant-TW"]
    called.clear()
    change(root, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    prepare(read(root)[0], jobs, expect=lambda: called.append("expected"))
    assert "expected" not in called


def test_an_error_of_the_source_stops_every_job(root):
    change(root, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    ready, jobs = prepared(root)
    assert ready.stopped == frozenset(jobs.values())
    assert {each.code for each in ready.findings} == {"missing-reference"}


def test_an_error_of_an_edition_stops_that_edition(root, monkeypatch):
    from keben import compose

    real = compose.compose

    def composing(book, manuscript, theme, edition, imprint, store):
        if edition.name == "zh-Hans":
            raise SourceError.at("templates/colophon.html", "template", "It fails.")
        return real(book, manuscript, theme, edition, imprint, store)

    monkeypatch.setattr(compose, "compose", composing)
    ready, jobs = prepared(root)
    assert list(ready.compositions) == ["zh-Hant-TW"]
    assert ready.stopped == {job for job in jobs.values() if job.edition.name == "zh-Hans"}
    assert [each.code for each in ready.found[jobs["zh-Hans.booklet"]]] == ["template"]
    assert ready.found[jobs["zh-Hant-TW.pdf"]] == ()


def test_what_a_format_foresees_stops_its_job_and_what_is_made_from_it(root, monkeypatch):
    asked = []

    def foresee(composition):
        asked.append(composition.edition.name)
        return (Finding(Place("book/book.toml"), "small", "It is small."),)

    install(monkeypatch, plain("pdf", foresee=foresee))
    ready, jobs = prepared(root)
    assert asked == ["zh-Hans", "zh-Hant-TW"]
    assert ready.stopped == frozenset(jobs.values())
    assert [each.code for each in ready.found[jobs["zh-Hans.pdf"]]] == ["small"]
    assert ready.found[jobs["zh-Hans.booklet"]] == ()


def test_a_term_that_serves_nowhere_is_known_when_all_editions_are_converted(root):
    (root / "book/glossary.tsv").write_text("source\tzh-hant\n从来没有的词\t從來沒有的詞\n", "utf-8")
    project, _ = read(root)
    every = {"zh-Hans": (), "zh-Hant-TW": ()}
    assert [each.code for each in convert_editions(project, every)[1]] == ["unused-term"]
    conversions, found = convert_editions(project, {"zh-Hant-TW": ()})
    assert (list(conversions), found) == (["zh-Hant-TW"], ())


def test_doubts_are_found_where_a_review_asks_for_them(root):
    project, _ = read(root)
    wanted = {"zh-Hant-TW": ()}
    assert [each.doubts for each in convert_editions(project, wanted)[0].values()] == [()]
    (conversion,) = convert_editions(project, wanted, review=True)[0].values()
    assert "里" in {each.phrase for each in conversion.doubts}


def test_what_is_not_there_is_said_after_what_is_wrong(root):
    project, _ = read(root)
    missing = UsageError.at("zh-Hant", "unknown-edition", "The book has no such edition.")
    with pytest.raises(UsageError), errors_first(project):
        raise missing
    wrong = Finding(Place("book/book.toml", 3), "wrong", "It is wrong.")
    with pytest.raises(SourceError) as caught, errors_first(replace(project, findings=(wrong,))):
        raise missing
    assert caught.value.findings == (wrong,)


def test_an_edition_in_the_source_s_language_has_no_record(root):
    project, jobs = read(root)
    hans, taiwan = project.manuscript.settings.editions
    assert (is_converted(hans), is_converted(taiwan)) == (False, True)
    assert record_name(taiwan) == "hair-zh-Hant-TW.record.tsv"
    assert Job(hans, "pdf") in jobs


def test_a_conversion_hangs_on_dictionaries_and_on_what_editors_wrote(root):
    (root / "book/glossary.tsv").write_text("source\tzh-hant\n软件\t軟體\n", "utf-8")
    project, _ = read(root)
    facts = conversion_facts(project, project.manuscript.settings.editions[1])
    assert list(facts["files"]) == ["glossary.tsv"]
    assert all(len(sum_) == 64 for sum_ in facts["files"].values())


def finding(path, code="odd", severity="error", message="It is odd."):
    return Finding(Place(path), code, message, "", severity)


def test_what_only_repeats_or_follows_is_left_out():
    one, two, three = finding("a"), finding("b"), finding("c", "missing-reference")
    assert distinct([two, one, three, one]) == (one, two, three)
    unread = finding("d", "missing-chapter")
    assert distinct([three, unread, one]) == (one, unread)
    other = replace(one, advice="Look.")
    assert distinct([other, one]) == (one,)


def test_an_imprint_names_fonts_where_pages_are_set_and_the_machine_has_some(root, monkeypatch):
    _, jobs = read(root)
    edition = jobs[0].edition
    assert imprint(edition, ["pdf"]).fonts == ()
    assert dict(imprint(edition, ["pdf"]).tools) == tools()
    assert list(tools()) == ["Keben", "OpenCC", "EbookLib", "WeasyPrint"]
    install(monkeypatch, plain("pdf", sets="pages"))
    monkeypatch.setattr("keben.typeset.font_names", lambda _: ("Song",))
    assert imprint(edition, ["pdf"]).fonts == ("Song",)

    def lacking(_edition):
        raise MachineError.at("Song", "no-font", "It is not installed.")

    monkeypatch.setattr("keben.typeset.font_names", lacking)
    assert imprint(edition, ["pdf"]).fonts == ()
