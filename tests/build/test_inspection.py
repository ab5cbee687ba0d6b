"""`keben check`: the source through every stage, and what stands in the output folder."""

import pytest
from commands import run
from ebooks import page, write_epub
from plainformats import check_plain, install, plain, validator, write_plain_project
from projects import change
from themes import THEME

from keben.build.inspection import inspect, inspect_epub
from keben.core.composition import Artifact
from keben.core.errors import BuildError, Finding, MachineError, Place, SourceError, UsageError
from keben.formats import Measure, Proof, Validator


@pytest.fixture
def root(tmp_path, monkeypatch):
    install(monkeypatch, plain("pdf"))
    return write_plain_project(tmp_path / "demo")


@pytest.fixture
def built(root):
    assert run("build", root, "-j", 1).exit_code == 0
    return root


def look(root):
    report = inspect(root, root / "build", {})
    reported = [f"{each.place}: {each.code}".removeprefix(f"{root}/build/") for each in report.findings]
    return list(report.checked), reported


SOURCE = "source: 2 chapters, 2 editions"


def test_what_is_not_built_is_tried(root):
    assert look(root) == (
        [SOURCE, "hair-zh-Hans.txt: can be built", "hair-zh-Hant-TW.txt: can be built"],
        ["hair-zh-Hans.txt: not-built", "hair-zh-Hant-TW.txt: not-built"],
    )
    assert not (root / "build").exists()


def test_what_stands_is_read_again_and_proved(built):
    proofs = [f"hair-{name}.txt: nothing of the text is lost" for name in ("zh-Hans", "zh-Hant-TW")]
    assert look(built) == ([SOURCE, *proofs], [])


def test_what_was_made_of_other_sources_is_told_and_tried(built):
    change(built, "book/book.toml", "[editions.zh-Hans]\n", '[editions.zh-Hans]\nnotes = "figures"\n')
    assert look(built) == (
        [SOURCE, "hair-zh-Hant-TW.txt: nothing of the text is lost", "hair-zh-Hans.txt: can be built"],
        ["hair-zh-Hans.txt: old-artifact"],
    )


def test_what_was_changed_is_told_and_not_believed(built):
    (built / "build/hair-zh-Hans.txt").write_text("mine")
    checked, reported = look(built)
    assert "hair-zh-Hans.txt: can be built" in checked
    assert reported == ["hair-zh-Hans.txt: changed-artifact"]


def test_what_cannot_be_made_is_reported(root, monkeypatch):
    def refuse(material):
        raise BuildError.at(f"{material.composition.edition.name}.txt", "refused", "It cannot be made.")

    install(monkeypatch, plain("pdf", refuse))
    checked, reported = look(root)
    assert checked == [SOURCE]
    assert reported == [
        "hair-zh-Hans.txt: not-built",
        "hair-zh-Hant-TW.txt: not-built",
        "zh-Hans.txt: refused",
        "zh-Hant-TW.txt: refused",
    ]


def test_a_proof_that_fails_passes_nothing(built, monkeypatch):
    lost = Finding(Place("somewhere"), "lost", "It is lost.")
    proofs = (
        Proof("Completeness", "all is there", check_plain),
        Proof("Beauty", "it is beautiful", lambda *_: (lost,)),
    )
    install(monkeypatch, plain("pdf", proofs=proofs))
    checked, reported = look(built)
    assert checked == [SOURCE, "hair-zh-Hans.txt: all is there", "hair-zh-Hant-TW.txt: all is there"]
    assert reported == ["somewhere: lost"]


def test_a_file_that_is_no_pdf_gets_no_further_proof(built, monkeypatch):
    broken = Finding(Place("somewhere"), "broken-pdf", "It is no PDF.")
    asked = []
    later = Proof("Later", "later", lambda *_: asked.append("proof") or ())
    measure = Measure("Lines", lambda *_: asked.append("measure"), lambda *_: ())
    install(
        monkeypatch,
        plain("pdf", proofs=(Proof("First", "first", lambda *_: (broken,)), later), measures=(measure,)),
    )
    assert look(built) == ([SOURCE], ["somewhere: broken-pdf"])
    assert asked == []


def test_errors_of_the_source_keep_artifacts_from_being_proved_or_tried(built):
    change(built, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    checked, reported = look(built)
    assert checked == [SOURCE]
    assert sorted(each.split(": ")[1] for each in reported) == [
        "missing-reference",
        "old-artifact",
        "old-artifact",
    ]


def test_validators_get_what_stands_of_their_formats(built, monkeypatch):
    found = (Finding(Place("hair-zh-Hans.txt"), "bad", "It is bad.", "", "warning"),)
    looker, seen = validator("Looker", found)
    install(monkeypatch, plain("pdf", validators=(looker,)))
    (built / "build/hair-zh-Hant-TW.txt").write_text("changed")
    checked, reported = look(built)
    assert seen == [("hair-zh-Hans.txt",)]
    assert checked[-1] == "Looker: hair-zh-Hans.txt"
    assert reported == ["hair-zh-Hant-TW.txt: changed-artifact", "hair-zh-Hans.txt: bad"]


def test_a_validator_that_is_not_installed_is_a_warning(built, monkeypatch):
    def absent(_paths):
        raise MachineError.at("Looker", "no-looker", "It is not installed.", "Install it.")

    install(monkeypatch, plain("pdf", validators=(Validator("Looker", absent, lambda: "1"),)))
    report = inspect(built, built / "build", {})
    assert [(each.code, each.severity) for each in report.findings] == [("no-looker", "warning")]
    assert not any(each.startswith("Looker") for each in report.checked)


def tagged_formats(monkeypatch, tag_again=None):
    """A format whose pages are the PDF's, and the tagged PDFs that its proof was given."""
    given = []

    def check(asked):
        given.append(asked.tagged.name if asked.tagged else None)
        return ()

    proof = Proof("Completeness", "all is there", check)
    twin = plain(
        "booklet", base="pdf", twin="pdf", ending=".booklet", proofs=(proof,), reads=frozenset(("pdf",))
    )
    if tag_again:
        twin = plain(
            "booklet",
            twin="pdf",
            ending=".booklet",
            proofs=(proof,),
            reads=frozenset(("print",)),
            tag_again=tag_again,
        )
    install(monkeypatch, plain("pdf", reads=frozenset(("pdf",))), twin)
    return given


@pytest.fixture
def both(root):
    change(root, "book/book.toml", '["pdf"]', '["pdf", "booklet"]')
    return root


def test_a_format_without_tags_is_proved_by_its_twin_where_that_stands(both, monkeypatch):
    given = tagged_formats(monkeypatch)
    assert run("build", both, "-j", 1).exit_code == 0
    given.clear()
    look(both)
    assert given == ["hair-zh-Hans.txt", "hair-zh-Hant-TW.txt"]
    (both / "build/hair-zh-Hans.txt").unlink()
    given.clear()
    look(both)
    assert given == [None, "hair-zh-Hant-TW.txt"]


def test_what_reads_otherwise_than_its_twin_is_tagged_again(both, monkeypatch):
    own = THEME.templates["titlepage.html"].replace("</section>", '<p data-only="pdf">屏</p></section>')
    (both / "templates").mkdir()
    (both / "templates/titlepage.html").write_text(own, "utf-8")
    again = Artifact("again", "zh-Hans", "pdf", b"", {})
    given = tagged_formats(monkeypatch, lambda _: again)
    result = run("build", both, "-j", 1)
    assert result.exit_code == 0, result.output
    given.clear()
    look(both)
    assert given == ["again", "again"]


def test_characters_that_are_rare_are_counted_by_edition(root):
    change(root, "book/chapters/two.md", "皇后", "皇后𰻝")
    report = inspect(root, root / "build", {})
    assert list(report.rare) == ["zh-Hans", "zh-Hant-TW"]


def test_a_project_that_has_nothing_to_go_on_with_is_reported(root):
    (root / "book/book.toml").write_text("[book\n")
    with pytest.raises(SourceError):
        inspect(root, root / "build", {})


def test_a_book_without_formats_is_wrong_usage(root, monkeypatch):
    monkeypatch.setattr("keben.build.inspection.plan", refuse_all)
    with pytest.raises(UsageError):
        inspect(root, root / "build", {})


def refuse_all(*_):
    raise UsageError.at("book/book.toml", "no-format", "No edition has any format.")


def test_an_epub_from_anywhere_is_checked_without_a_project(tmp_path):
    path = write_epub(tmp_path / "a.epub", {"a.xhtml": page("<p>字</p><script>x()</script>")})
    report = inspect_epub(path, ("kobo", "kindle"))
    assert [each.store for each in report.stores] == ["kobo", "kindle"]
    said = {each.code: each.message for each in report.findings}
    assert said["store-ncx"] == "kindle: It has no NCX."
    assert "It has a script." in {each.message for each in report.findings}
    assert run("check", path, "--store", "kobo").exit_code == 1


def test_what_is_no_epub_is_said_once_of_the_file(tmp_path):
    path = tmp_path / "a.epub"
    path.write_bytes(b"no zip")
    report = inspect_epub(path, ("kobo", "apple"))
    assert [(each.code, str(each.place)) for each in report.findings] == [("broken-epub", "a.epub")]
    with pytest.raises(UsageError, match="cannot be read"):
        inspect_epub(tmp_path / "none.epub")
