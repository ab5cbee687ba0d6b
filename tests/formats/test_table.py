"""The table of formats: what each entry says, and that nobody needs more than an entry."""

import json
from dataclasses import replace

import pytest
from commands import run
from plainformats import COMPLETE, install, make_plain, plain, text, validator, write_plain_project
from samples import sample_composition, sample_edition

from keben.build.editions import read_project
from keben.build.marks import source_marks
from keben.build.request import Job
from keben.core.binding import Booklet
from keben.core.composition import Artifact
from keben.core.ebook import EpubSettings
from keben.core.errors import Finding, Place
from keben.core.pressing import Press
from keben.formats import FORMATS, Made, Measure, Proof, ToProve, check_completeness, make

ENTRIES = {
    "epub": ("sample-zh-Hans-CN.epub", None, (), None, {"epub"}),
    "pdf": ("sample-zh-Hans-CN.pdf", None, (), None, {"pdf", "screen"}),
    "booklet": ("sample-zh-Hans-CN-booklet.pdf", "pdf", (), "pdf", {"pdf", "screen"}),
    "press": ("sample-zh-Hans-CN-press.pdf", None, ("cover",), "pdf", {"pdf", "print"}),
    "cover": ("sample-zh-Hans-CN-cover.pdf", "press", (), None, {"cover"}),
    "docx": ("sample-zh-Hans-CN.docx", None, (), None, {"docx"}),
    "sample": ("sample-zh-Hans-CN-sample.epub", None, (), None, {"epub"}),
    "onix": ("sample-zh-Hans-CN-onix.xml", None, (), None, {"epub"}),
}


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_says_its_file_its_base_what_it_brings_and_what_it_reads(name):
    form = FORMATS[name]
    assert form.name == name
    reported = (form.file_of(sample_edition()), form.base, form.brings, form.twin, set(form.reads))
    assert reported == ENTRIES[name]


def test_every_proof_measure_and_validator_is_named():
    assert {
        name: [each.name for each in (*form.proofs, *form.measures, *form.validators)]
        for name, form in FORMATS.items()
    } == {
        "epub": ["Completeness", "Stores", "EPUBCheck"],
        "pdf": ["Completeness", "Lines", "Pages"],
        "booklet": ["Completeness"],
        "press": ["Completeness", "Press"],
        "cover": ["Press"],
        "docx": ["Completeness"],
        "sample": ["Completeness", "EPUBCheck"],
        "onix": ["Completeness"],
    }
    assert [name for name, form in FORMATS.items() if not form.is_asked] == ["cover"]


def test_fonts_take_part_where_pages_are_set_or_a_cover_is_drawn():
    drawn, brought = sample_edition(), sample_edition(cover="images/dot.png")
    assert [form.name for form in FORMATS.values() if not form.sets_type(drawn)] == ["onix"]
    assert [form.name for form in FORMATS.values() if not form.sets_type(brought)] == [
        "epub",
        "sample",
        "onix",
    ]
    paged = replace(brought, epub=EpubSettings(page_list=True))
    assert [form.name for form in FORMATS.values() if not form.sets_type(paged)] == ["sample", "onix"]
    assert {name: form.base_of(paged) for name, form in FORMATS.items()} == {
        **dict.fromkeys(FORMATS), "epub": "pdf", "booklet": "pdf", "cover": "press",
    }  # fmt: skip


ALL = set(FORMATS)


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"formats": ("epub",)}, set()),
        ({"booklet": Booklet(creep=0.2)}, {"booklet"}),
        ({"press": Press(paper=0.2)}, {"press", "cover"}),
        ({"epub": EpubSettings(sample=3)}, {"epub", "sample"}),
        ({"stores": ("apple",)}, {"epub", "sample"}),
        ({"notes": "figures"}, ALL),
        ({"cover": "images/dot.png"}, ALL),
        ({"writing": "vertical"}, ALL),
        ({"area": replace(sample_edition().area, measure=20)}, ALL),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_of_an_edition_changes_a_format_s_key(tmp_path, changes, changed):
    project = read_project(write_plain_project(tmp_path), {})
    before, after = (
        source_marks(project, [Job(replace(sample_edition(), **each), name) for name in FORMATS])
        for each in ({}, changes)
    )
    pairs = zip(FORMATS, before.values(), after.values(), strict=True)
    assert {name for name, old, new in pairs if old != new} == changed
    assert len(set(before.values())) == len(FORMATS)


def finding(code, severity="error"):
    return Finding(Place("somewhere"), code, "It is so.", "Look.", severity)


def test_make_reads_as_the_format_does_makes_and_proves(monkeypatch):
    composition = sample_composition()
    seen = []

    def make_it(material):
        seen.append(material)
        return replace(make_plain(material), tagged=base, findings=(finding("making", "notice"),))

    def prove(code):
        def check(given):
            seen.append(given)
            return (finding(code),)

        return Proof(code, "it is good", check)

    base = Artifact("base.pdf", "zh-Hans-CN", "pdf", b"base")
    proofs = (prove("first"), COMPLETE, prove("last"))
    install(monkeypatch, plain(make=make_it, proofs=proofs))
    artifact, found = make(composition, "plain", base, "cache")
    assert (artifact.name, artifact.format, artifact.data) == (
        "sample-zh-Hans-CN.txt",
        "plain",
        b"base.pdf: 4\n",
    )
    assert [each.code for each in found] == ["making", "first", "lost", "last"]
    material, first, last = seen
    assert (material.composition, material.base, material.cache) == (composition, base, "cache")
    assert first == last == ToProve(composition, artifact, base)


def test_completeness_asks_no_other_proof(monkeypatch):
    composition = sample_composition()
    other = Proof("Beauty", "it is beautiful", lambda *_: (finding("ugly"),))
    install(monkeypatch, plain(proofs=(other, COMPLETE)))
    whole = Artifact("a.txt", "zh-Hans-CN", "plain", text(composition).encode())
    assert check_completeness(composition, whole) == ()
    assert [each.code for each in check_completeness(composition, replace(whole, data=b""))] == ["lost"]


@pytest.fixture
def root(tmp_path):
    return write_plain_project(tmp_path / "demo")


def test_a_format_is_an_entry_and_nothing_else(root, monkeypatch):
    """It is planned, made after its base, kept, checked, released and cleaned like any other."""
    looked, seen = validator("Looker")
    measure = Measure("Words", lambda artifact, _edition: Figures(len(artifact.data)), lambda *_: ())
    beside = lambda artifact: {f"{artifact.name}.beside": b"beside"}  # noqa: E731
    count = plain(
        "count", base="pdf", ending=".count", proofs=(), validators=(looked,), beside=beside, is_asked=False
    )
    install(monkeypatch, plain("pdf", measures=(measure,), brings=("count",)), count)
    built = json.loads(run("build", root, "-j", 1, "--json").stdout)
    names = [
        f"hair-{edition}.{ending}" for edition in ("zh-Hans", "zh-Hant-TW") for ending in ("count", "txt")
    ]
    assert sorted(built["made"]) == names
    pages = (root / "build/hair-zh-Hant-TW.txt").read_bytes()
    assert "我的頭髮長了" in pages.decode()
    assert (root / "build/hair-zh-Hant-TW.count").read_text() == f"hair-zh-Hant-TW.txt: {len(pages)}\n"
    assert json.loads(run("build", root, "-j", 1, "--json").stdout)["kept"] == [
        names[1],
        names[0],
        names[3],
        names[2],
    ]
    checked = run("check", root)
    assert checked.exit_code == 0, checked.output
    assert "hair-zh-Hans.txt: nothing of the text is lost" in checked.stdout
    assert f"hair-zh-Hant-TW.txt: {len(pages)} words" in checked.stdout
    assert "Looker: hair-zh-Hans.count, hair-zh-Hant-TW.count" in checked.stdout
    assert seen == [(names[0], names[2])]
    released = run("build", root, "--release", "-j", 1)
    assert released.exit_code == 0, released.output
    manifest = json.loads((root / "build/manifest.json").read_text())
    reported = {(each["check"], each.get("file", ""), each["result"]) for each in manifest["checks"]}
    assert {
        ("Completeness", "hair-zh-Hans.txt", "passed"),
        ("Words", "hair-zh-Hans.txt", "measured"),
        ("Looker", "hair-zh-Hans.count", "passed"),
    } <= reported
    assert (root / "build/hair-zh-Hans.count.beside").read_bytes() == b"beside"
    run("clean", root)
    assert list((root / "build").iterdir()) == []


class Figures:
    """What a measure gives."""

    def __init__(self, words):
        self.words = words

    def summary(self):
        return f"{self.words} words"

    def figures(self):
        return {"words": self.words}

    def as_dict(self):
        return self.figures()


def test_a_format_that_loses_text_fails_its_build_and_its_check(root, monkeypatch):
    def half(material):
        made = make_plain(material)
        text = made.artifact.data.decode()
        return Made(replace(made.artifact, data=text[: len(text) // 2].encode()))

    install(monkeypatch, plain("pdf"))
    assert run("build", root, "-j", 1).exit_code == 0
    install(monkeypatch, plain("pdf", make=half))
    failed = run("build", root, "-j", 1, "--no-cache")
    assert failed.exit_code == 1
    assert "hair-zh-Hans.txt: Its text is not whole. Report it." in failed.stderr


def test_what_a_format_foresees_stops_it_before_it_is_made(root, monkeypatch):
    def foresee(composition):
        return (finding(composition.edition.name),) if composition.edition.name == "zh-Hans" else ()

    made = []

    def making(material):
        made.append(material.composition.edition.name)
        return make_plain(material)

    install(monkeypatch, plain("pdf", make=making, foresee=foresee))
    assert run("build", root, "-j", 1).exit_code == 1
    assert made == []
    run("build", root, "-j", 1, "--keep-going")
    assert made == ["zh-Hant-TW"]
    assert (root / "build/hair-zh-Hant-TW.txt").is_file()


def test_pages_that_were_proved_are_not_proved_again_with_what_is_made_of_them(monkeypatch):
    composition = sample_composition()
    base = Artifact("base.pdf", "zh-Hans-CN", "pdf", b"base")
    proof = Proof("Pages", "good", lambda *_: (finding("long"),), lambda *_: (finding("short"),))
    for tagged, code in ((base, "short"), (replace(base, data=b"other"), "long")):
        made = Made(replace(base, format="plain"), tagged)
        install(monkeypatch, plain(make=lambda _, made=made: made, proofs=(proof,)))
        assert [each.code for each in make(composition, "plain", base)[1]] == [code]
    install(monkeypatch, plain(make=lambda _: Made(replace(base, format="plain"), base), proofs=(proof,)))
    assert [each.code for each in make(composition, "plain")[1]] == ["long"]
