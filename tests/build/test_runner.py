"""Jobs are run each after what it is made from, and one that fails costs no other."""

import tempfile
from dataclasses import replace

import pytest
from plainformats import install, make_plain, plain, refuse, text
from samples import sample_composition

from keben.build.request import Job
from keben.build.runner import make_all
from keben.core.composition import Artifact
from keben.core.errors import Finding, Place
from keben.formats import read_as


@pytest.fixture
def compositions():
    """Two editions."""
    return {
        name: replace(composition, edition=replace(composition.edition, name=name))
        for name, composition in (("one", sample_composition()), ("two", sample_composition("zh-Hant-TW")))
    }


@pytest.fixture
def reported():
    return []


def make(compositions, names, reported=None, processes=1, printed=None):
    """What comes of jobs called ``one.pdf``; ``reported`` hears of them."""
    jobs = jobs_of(compositions, names)

    def report(progress):
        if reported is not None:
            reported.append(f"{progress.job.edition.name}.{progress.job.format} {progress.state}")

    return make_all(jobs, compositions, processes, report, printed or {})


def jobs_of(compositions, names):
    parted = [name.split(".") for name in names]
    return [Job(compositions[edition].edition, form) for edition, form in parted]


def chain(monkeypatch, **makers):
    """Formats a, b and c, each made from the one before; d stands alone."""
    bases = {"a": None, "b": "a", "c": "b", "d": None}
    forms = [
        plain(name, makers.get(name, make_plain), base=base, ending=f".{name}", proofs=())
        for name, base in bases.items()
    ]
    install(monkeypatch, *forms)


def test_artifacts_come_in_the_order_of_the_jobs_and_each_is_made_after_its_base(
    monkeypatch, compositions, reported
):
    chain(monkeypatch)
    results = make(compositions, ["one.c", "two.d", "one.b", "one.a"], reported)
    assert [each.name for each in results.artifacts] == [
        "sample-one.c",
        "sample-two.d",
        "sample-one.b",
        "sample-one.a",
    ]
    assert reported == [
        "two.d started",
        "two.d made",
        "one.a started",
        "one.a made",
        "one.b started",
        "one.b made",
        "one.c started",
        "one.c made",
    ]
    size = len(text(compositions["one"]).encode())
    assert [each.data.decode() for each in results.artifacts[::2]] == [
        "sample-one.b: 18\n",
        f"sample-one.a: {size}\n",
    ]
    assert (results.missing, results.findings) == ((), ())


def test_what_is_there_already_is_made_from(monkeypatch, compositions, reported):
    chain(monkeypatch)
    there = Artifact("there", "one", "a", b"123", {})
    results = make(compositions, ["one.b"], reported, printed={"sample-one.b": there})
    assert results.artifacts[0].data == b"there: 3\n"
    assert reported == ["one.b started", "one.b made"]


def test_what_hangs_on_a_job_that_fails_is_missing_and_the_others_are_made(
    monkeypatch, compositions, reported
):
    chain(
        monkeypatch,
        a=lambda material: (refuse if material.composition.edition.name == "one" else make_plain)(material),
    )
    names = ["one.a", "one.b", "one.d", "two.a", "two.b", "one.c"]
    results = make(compositions, names, reported)
    assert [each.name for each in results.artifacts] == ["sample-one.d", "sample-two.a", "sample-two.b"]
    assert list(results.missing) == jobs_of(compositions, ["one.a", "one.b", "one.c"])
    assert [str(each) for each in results.findings] == ["one: It cannot be made. Leave it."]
    # Nothing that would have been made from it was begun.
    assert reported[:4] == ["one.a started", "one.a failed", "one.b failed", "one.c failed"]
    assert [each for each in reported[4:] if not each.endswith("made")] == [
        "one.d started",
        "two.a started",
        "two.b started",
    ]


def test_an_artifact_that_does_not_pass_its_proof_is_none(monkeypatch, compositions, reported):
    def empty(material):
        made = make_plain(material)
        return replace(made, artifact=replace(made.artifact, data=b""))

    install(monkeypatch, plain("a", empty), plain("b", base="a", proofs=()), plain("d"))
    results = make(compositions, ["one.a", "one.b", "two.d"], reported)
    assert [each.edition for each in results.artifacts] == ["two"]
    assert [each.code for each in results.findings] == ["lost"]
    assert [job.format for job in results.missing] == ["a", "b"]


def test_a_warning_stays_with_its_artifact(monkeypatch, compositions):
    warning = Finding(Place("one.a"), "thin", "It is thin.", "Feed it.", "warning")
    install(monkeypatch, plain("a", lambda material: replace(make_plain(material), findings=(warning,))))
    results = make(compositions, ["one.a"])
    assert results.found == {jobs_of(compositions, ["one.a"])[0]: (warning,)}
    assert len(results.artifacts) == 1


def test_a_fault_of_keben_s_is_kept_in_a_file_and_costs_no_other(monkeypatch, compositions, tmp_path):
    def wrong(_material):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    chain(monkeypatch, a=wrong)
    results = make(compositions, ["one.a", "one.d"])
    assert [each.format for each in results.artifacts] == ["d"]
    (finding,) = results.findings
    (kept,) = tmp_path.iterdir()
    assert str(finding) == (
        "sample-one.a: This is a fault of Keben's (RuntimeError: unforeseen). "
        f"Please report it with this file: {kept}"
    )
    assert "RuntimeError: unforeseen" in kept.read_text()


def test_an_interrupt_ends_all(monkeypatch, compositions):
    def interrupted(_material):
        raise KeyboardInterrupt

    chain(monkeypatch, a=interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(compositions, ["one.a", "one.d"])


def test_each_format_reads_the_composition_in_its_own_way(monkeypatch, compositions):
    seen = []

    def look(material):
        seen.append(material.composition)
        return make_plain(material)

    form = plain("a", look)
    install(monkeypatch, form)
    make(compositions, ["two.a"])
    assert seen == [read_as(compositions["two"], form)]


def test_several_processes_make_the_same_bytes_as_one():
    compositions = {
        name: replace(composition, edition=replace(composition.edition, name=name, cover="images/dot.png"))
        for name, composition in (("one", sample_composition()), ("two", sample_composition("zh-Hant-TW")))
    }
    names = ["one.epub", "two.epub"]
    alone, reported = make(compositions, names), []
    assert make(compositions, names, reported, processes=2) == alone
    assert sorted(reported) == [f"{name} {state}" for name in names for state in ("made", "started")]
    # Both had begun before one was made.
    assert [each.split()[1] for each in reported[:2]] == ["started", "started"]
