"""A build: what is made, kept, missing and written."""

import json
import tempfile

import pytest
from plainformats import install, make_plain, plain, refuse, write_plain_project
from projects import change

from keben.build import build, produce, try_making
from keben.build.editions import prepare, read_project
from keben.build.request import Request, plan
from keben.core.errors import BuildError, Finding, MachineError, Place, SourceError, UsageError
from keben.formats import FORMATS


@pytest.fixture
def root(tmp_path, monkeypatch):
    install(monkeypatch, plain("pdf"))
    return write_plain_project(tmp_path / "demo")


@pytest.fixture
def reported():
    return []


def run(root, reported=None, **options):
    def report(progress):
        if reported is not None:
            reported.append(f"{progress.job.name} {progress.state}")

    return build(Request(root, root / "build", **options), {"SOURCE_DATE_EPOCH": "5"}, report)


NAMES = ("hair-zh-Hans.txt", "hair-zh-Hant-TW.txt")


def files(root):
    return sorted(path.name for path in (root / "build").iterdir() if not path.name.startswith("."))


def test_what_is_made_is_written_with_its_records_and_its_manifest(root, reported):
    outcome = run(root, reported)
    assert (outcome.made, outcome.kept, outcome.missing, outcome.findings) == (NAMES, (), (), ())
    assert reported == [f"{name} {state}" for name in NAMES for state in ("started", "made")]
    wanted = ["SHA256SUMS", *NAMES, "hair-zh-Hant-TW.record.tsv", "manifest.json"]
    assert files(root) == sorted(path.name for path in outcome.paths) == sorted(wanted)
    manifest = json.loads((root / "build/manifest.json").read_text())
    assert manifest == outcome.manifest
    about = {name: manifest[name] for name in ("manifest", "slug", "version", "source-date-epoch")}
    assert about == {"manifest": 1, "slug": "hair", "version": "1.0.0", "source-date-epoch": 5}
    assert [(each["name"], each["format"], len(each["source"])) for each in manifest["artifacts"]] == [
        (name, "pdf", 64) for name in NAMES
    ]
    assert list(manifest["conversions"]) == ["zh-Hant-TW"]


def test_what_is_as_it_would_be_made_is_kept(root, reported):
    first = run(root)
    before = (root / "build/manifest.json").read_bytes()
    again = run(root, reported)
    assert (again.made, again.kept) == ((), NAMES)
    assert reported == [f"{name} kept" for name in NAMES]
    assert again.manifest == first.manifest
    assert (root / "build/manifest.json").read_bytes() == before
    assert run(root, reuse=False).made == NAMES


def test_one_that_changed_is_made_again_and_the_other_kept(root):
    run(root)
    change(root, "book/book.toml", "[editions.zh-Hant-TW]\n", '[editions.zh-Hant-TW]\nnotes = "figures"\n')
    outcome = run(root)
    assert (outcome.made, outcome.kept) == (NAMES[1:], NAMES[:1])
    (root / "build" / NAMES[0]).unlink()
    assert run(root).made == NAMES[:1]
    # The text of a converted edition is made again where its record is gone.
    (root / "build/hair-zh-Hant-TW.record.tsv").unlink()
    assert run(root).made == NAMES[1:]


def test_a_part_leaves_the_rest_listed(root):
    run(root)
    change(root, "book/chapters/two.md", "皇后", "太后")
    outcome = run(root, editions=("zh-Hans",))
    assert outcome.made == NAMES[:1]
    assert [each["name"] for each in outcome.manifest["artifacts"]] == list(NAMES)
    assert "太后" in (root / "build" / NAMES[0]).read_text()
    assert "皇后" in (root / "build" / NAMES[1]).read_text()


def test_alone_it_knows_nothing_of_what_stands(root):
    run(root)
    outcome = run(root, editions=("zh-Hans",), alone=True)
    assert outcome.made == NAMES[:1]
    assert [each["name"] for each in outcome.manifest["artifacts"]] == [NAMES[0]]
    assert NAMES[1] not in files(root)


def test_what_the_book_has_no_more_is_deleted_and_reported(root):
    run(root)
    change(root, "book/book.toml", "[editions.zh-Hant-TW]", "[editions.zh-Hant-HK]")
    outcome = run(root)
    assert [(each.code, each.severity) for each in outcome.findings if NAMES[1] in each.place.path] == [
        ("left-over", "notice")
    ]
    assert NAMES[1] not in files(root)


def test_errors_of_the_source_write_nothing(root):
    change(root, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    with pytest.raises(SourceError) as caught:
        run(root)
    assert [(str(each.place), each.code) for each in caught.value.findings] == [
        ("book/chapters/two.md:5:25", "missing-reference")
    ]
    assert not (root / "build").exists()


def of_taiwan(make):
    """Makes the one edition in another way."""
    return lambda material: (make if material.composition.edition.name == "zh-Hant-TW" else make_plain)(
        material
    )


def test_one_that_fails_keeps_all_from_being_written_unless_the_rest_is_wanted(root, monkeypatch):
    install(monkeypatch, plain("pdf", of_taiwan(refuse)))
    with pytest.raises(BuildError) as caught:
        run(root)
    assert ([each.code for each in caught.value.findings], caught.value.others) == (["refused"], 1)
    assert not (root / "build").exists()
    outcome = run(root, keep_going=True)
    assert (outcome.made, outcome.missing) == (NAMES[:1], NAMES[1:])
    assert [each.code for each in outcome.findings] == ["refused"]
    assert "hair-zh-Hant-TW.record.tsv" not in files(root)


def test_where_nothing_came_out_it_fails_also_if_the_rest_is_wanted(root, monkeypatch):
    install(monkeypatch, plain("pdf", refuse))
    with pytest.raises(BuildError) as caught:
        run(root, keep_going=True)
    assert caught.value.others == 0


@pytest.mark.parametrize(("code", "error"), [("no-font", MachineError), ("small", SourceError)])
def test_what_is_foreseen_is_the_machine_s_or_the_source_s(root, monkeypatch, code, error):
    found = (Finding(Place("somewhere"), code, "It is so."),)
    foresee = lambda each: found if each.edition.name == "zh-Hans" else ()  # noqa: E731
    install(monkeypatch, plain("pdf", foresee=foresee))
    with pytest.raises(error) as caught:
        run(root)
    assert (caught.value.findings, caught.value.others) == (found, 1)
    assert run(root, keep_going=True).missing == NAMES[:1]


@pytest.mark.parametrize(("code", "error"), [("no-memory", MachineError), ("small", BuildError)])
def test_what_a_proof_finds_is_the_machine_s_or_the_artifact_s(root, monkeypatch, code, error):
    def fail(_material):
        raise error.at("somewhere", code, "It is so.")

    install(monkeypatch, plain("pdf", of_taiwan(fail)))
    with pytest.raises(error):
        run(root)


def test_a_fault_names_its_artifact(root, monkeypatch, tmp_path):
    def fail(_material):
        raise ZeroDivisionError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    install(monkeypatch, plain("pdf", of_taiwan(fail)))
    outcome = run(root, keep_going=True)
    assert [(str(each.place), each.code) for each in outcome.findings] == [(NAMES[1], "fault")]
    assert outcome.made == NAMES[:1]


def test_what_the_book_does_not_have_is_wrong_usage(root):
    with pytest.raises(UsageError):
        run(root, editions=("zh-Hant-HK",))
    # What is wrong in the project may be why.
    change(root, "book/book.toml", "[editions.zh-Hant-TW]", "[editions.zh-Hunt-TW]")
    with pytest.raises(SourceError):
        run(root, editions=("zh-Hant-TW",))


def test_a_project_that_was_read_is_not_read_again(root):
    project = read_project(root, {})
    change(root, "book/chapters/two.md", "皇后", "太后")
    product = produce(Request(root, root / "build"), {}, lambda _: None, project)
    assert product.project is project
    assert all("皇后" in each.data.decode() for each in product.artifacts)
    assert not (root / "build").exists()


def test_making_for_a_trial_tells_what_it_finds_and_keeps_nothing(root, monkeypatch):
    project = read_project(root, {})
    (job, _) = plan(Request(root, root / "build"), project.manuscript)
    composition = prepare(project, [job]).compositions["zh-Hans"]
    assert try_making(job, composition, {}) == ()
    install(monkeypatch, plain("pdf", refuse))
    with pytest.raises(BuildError):
        try_making(job, composition, {})
    assert FORMATS["pdf"].ending == ".txt"
