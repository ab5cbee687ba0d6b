"""Several books in one graph: each is built as it is by itself, and one's errors cost no other."""

import pytest
from plainformats import install, make_plain, plain, refuse, write_plain_project
from projects import bring_cover, change, write_project

from keben.build import build, build_several
from keben.build.request import Request
from keben.core.errors import BuildError, SourceError, UsageError

ENVIRONMENT = {"SOURCE_DATE_EPOCH": "5"}


@pytest.fixture
def roots(tmp_path, monkeypatch):
    install(monkeypatch, plain("pdf"))
    return [write_plain_project(tmp_path / name) for name in ("one", "two", "three")]


def requests(roots, folder="build", **options):
    return [Request(root, root / folder, **options) for root in roots]


def run(roots, reported=None, **options):
    def report(event):
        if reported is not None:
            name = event.job.name if event.job else ""
            reported.append(f"{event.book.rpartition('/')[2]} {name} {event.state}")

    return build_several(requests(roots, **options), ENVIRONMENT, report)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_each_is_written_as_it_is_when_it_is_built_by_itself(roots):
    reported = []
    outcomes = run(roots, reported)
    assert [each.request.root for each in outcomes] == roots
    for root, each in zip(roots, outcomes, strict=True):
        assert (each.error, len(each.outcome.made)) == (None, 2)
        build(Request(root, root / "alone"), ENVIRONMENT, lambda _: None)
        assert files(root / "build") == files(root / "alone")
    # One after the other is read when the one before is done: no more than one is in memory.
    names = ("hair-zh-Hans.txt", "hair-zh-Hant-TW.txt")
    assert reported == [
        line
        for book in ("one", "two", "three")
        for line in (
            f"{book}  read",
            *(f"{book} {name} {state}" for name in names for state in ("started", "made")),
        )
    ]


def test_what_is_as_it_would_be_made_is_kept(roots):
    run(roots)
    change(roots[1], "book/chapters/two.md", "后来", "以后")
    reported = []
    outcomes = run(roots, reported)
    assert [(len(each.outcome.made), len(each.outcome.kept)) for each in outcomes] == [(0, 2), (2, 0), (0, 2)]
    assert reported[:3] == ["one hair-zh-Hans.txt kept", "one hair-zh-Hant-TW.txt kept", "two  read"]


def test_one_s_errors_cost_no_other(roots, monkeypatch):
    change(roots[0], "book/chapters/two.md", "[](#grow)", "[](#nowhere)")
    (roots[1] / "book" / "book.toml").write_text("[book", encoding="utf-8")
    outcomes = run(roots)
    assert [type(each.error) for each in outcomes] == [SourceError, SourceError, type(None)]
    assert outcomes[0].error.findings[0].code == "missing-reference"
    assert [(root / "build").exists() for root in roots] == [False, False, True]


@pytest.mark.parametrize("keep_going", [False, True])
def test_an_artifact_that_fails_costs_its_own_book_alone(roots, monkeypatch, keep_going):
    change(roots[1], "book/book.toml", 'slug = "hair"', 'slug = "bad"')

    def make(material):
        is_bad = (
            material.composition.metadata.slug == "bad" and material.composition.edition.name == "zh-Hans"
        )
        return (refuse if is_bad else make_plain)(material)

    install(monkeypatch, plain("pdf", make))
    one, two, three = run(roots, keep_going=keep_going)
    assert (len(one.outcome.made), len(three.outcome.made)) == (2, 2)
    if keep_going:
        assert (two.outcome.made, two.outcome.missing) == (("bad-zh-Hant-TW.txt",), ("bad-zh-Hans.txt",))
    else:
        assert isinstance(two.error, BuildError)
        assert not (roots[1] / "build").exists()


def test_a_fault_while_one_is_read_is_that_one_s(roots, monkeypatch, tmp_path):
    from keben.build import books

    def prepare(project, *rest):
        if project.manuscript.settings.editions[0].metadata.slug == "bad":
            raise RuntimeError("unforeseen")
        return real(project, *rest)

    real = books.prepare
    monkeypatch.setattr("keben.build.books.prepare", prepare)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    change(roots[0], "book/book.toml", 'slug = "hair"', 'slug = "bad"')
    one, two, _ = run(roots)
    assert [each.code for each in one.error.findings] == ["fault"]
    assert two.error is None


def test_what_one_does_not_have_is_its_own_error(roots):
    change(roots[0], "book/book.toml", "[editions.zh-Hant-TW]", '[editions.other]\nlanguage = "zh-Hant-HK"')
    outcomes = run(roots, editions=("zh-Hant-TW",))
    assert [type(each.error) for each in outcomes] == [UsageError, type(None), type(None)]


def test_two_into_one_folder_are_refused(roots, tmp_path):
    twice = [Request(root, tmp_path / "out") for root in roots[:2]]
    with pytest.raises(UsageError, match="Two of the books"):
        build_several(twice, ENVIRONMENT, lambda _: None)
    assert not (tmp_path / "out").exists()


def test_none_is_nothing():
    assert build_several([], ENVIRONMENT, lambda _: None) == ()


def test_several_processes_make_the_same_bytes(tmp_path):
    roots = []
    for name in ("one", "two", "three"):
        roots.append(write_project(tmp_path / name))
        bring_cover(roots[-1])
        change(roots[-1], "book/book.toml", 'title = "头发的书"', f'title = "{name}"')
    options = {"formats": ("epub",), "reuse": False}
    reported = []
    build_several(requests(roots, "here", **options), ENVIRONMENT, lambda _: None)
    outcomes = build_several(requests(roots, "there", jobs=2, **options), ENVIRONMENT, reported.append)
    assert [len(each.outcome.made) for each in outcomes] == [2, 2, 2]
    assert [files(root / "there") for root in roots] == [files(root / "here") for root in roots]
    # How long it will go on is said as soon as something has ended.
    assert reported[0].left is None
    assert all(each.left is not None and each.left >= 0 for each in reported if each.state == "made")
