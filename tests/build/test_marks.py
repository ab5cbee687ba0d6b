import json
import shutil
from time import perf_counter

import pytest
from projects import change, write_project

from keben.build import distributions, marks
from keben.build.editions import read_project
from keben.build.marks import source_mark, source_marks
from keben.build.request import Request, plan
from keben.typeset import fonts
from keben.typeset.fonts import Face, face_of, fontmarks
from keben.typeset.fonts.fontmarks import font_marks


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path / "demo")


def jobs_of(root):
    project = read_project(root, {})
    return project, {job.name: job for job in plan(Request(root, root / "build"), project.manuscript)}


def all_marks(root):
    project, jobs = jobs_of(root)
    return {name: source_mark(project, job) for name, job in jobs.items()}


@pytest.mark.parametrize(
    "name", ["markdown-it-py", "jinja2", "pillow", "fonttools", "pypdfium2", "python-barcode"]
)
def test_every_distribution_that_keben_requires_counts(root, monkeypatch, name):
    before = all_marks(root)
    real = distributions.versions()
    assert name in {each[0] for each in real}
    other = tuple((each, "0.1" if each == name else version, sha) for each, version, sha in real)
    monkeypatch.setattr(marks, "known_versions", lambda _caches: other)
    after = all_marks(root)
    assert all(before[each] != after[each] for each in before)


def test_pango_counts_where_something_is_set_and_python_everywhere(root, monkeypatch):
    change(root, "book/book.toml", "[editions.zh-Hans]", '[editions.zh-Hans]\ncover = "images/dot.png"')
    before = all_marks(root)
    real = marks.machine_facts()
    monkeypatch.setattr(marks, "machine_facts", lambda: {**real, "pango": "0.1"})
    after = all_marks(root)
    assert {name for name in before if before[name] == after[name]} == {"hair-zh-Hans.epub"}
    monkeypatch.setattr(marks, "machine_facts", lambda: {**real, "python": "CPython 0.1"})
    assert all_marks(root)["hair-zh-Hans.epub"] != before["hair-zh-Hans.epub"]


@pytest.fixture
def faces(monkeypatch, tmp_path):
    """A copy of a small font, installed as “Probe”."""
    real = fonts.installed()
    small = face_of("DejaVu Sans") or face_of("Noto Serif CJK SC")
    file = tmp_path / "Probe.ttf"
    shutil.copy(small.file, file)
    probe = Face(("Probe",), str(file), 0, 400, True, "Regular")
    for module in (fonts, fontmarks):
        monkeypatch.setattr(module, "installed", lambda: (*real, probe))
    return file


def test_a_font_file_that_changed_under_its_name_and_version_counts(root, faces, tmp_path):
    _, jobs = jobs_of(root)
    edition = jobs["hair-zh-Hans.pdf"].edition
    named = ('h2 { font-family: "Probe" }',)
    before = {text: font_marks(edition, text, tmp_path / "store") for text in (named, ())}
    assert font_marks(edition, named, tmp_path / "store") == before[named]
    data = bytearray(faces.read_bytes())
    data[-1] ^= 1
    faces.write_bytes(data)
    # Of the same size: seen where a style names it, by its hash.
    assert font_marks(edition, named, tmp_path / "store") != before[named]
    faces.write_bytes(data + b"\0")
    # Of another size: seen always, for it may set a character that the others lack.
    assert font_marks(edition, (), tmp_path / "store") != before[()]


def test_a_store_that_is_broken_is_not_believed(root, faces, tmp_path):
    _, jobs = jobs_of(root)
    edition = jobs["hair-zh-Hans.pdf"].edition
    store = tmp_path / "store"
    good = font_marks(edition, (), store)
    for text in ("[", "[]", '{"a": 1}', json.dumps({str(faces): [1, "x"]})):
        (store / "marks.json").write_text(text)
        assert font_marks(edition, (), store) == good


def test_marks_are_cheap_once_fonts_are_known(root, tmp_path):
    project, jobs = jobs_of(root)
    source_marks(project, jobs.values(), tmp_path / "store")
    began = perf_counter()
    source_marks(project, jobs.values(), tmp_path / "store")
    assert perf_counter() - began < 1


def test_formats_and_other_editions_of_a_book_do_not_count(root):
    before = all_marks(root)
    change(root, "book/book.toml", "[editions.zh-Hans]", '[editions.zh-Hans]\nformats = ["epub"]')
    after = all_marks(root)
    assert {name: before[name] for name in after} == after


def test_a_design_counts_for_the_editions_that_choose_it(root):
    change(root, "book/book.toml", "[editions.zh-Hans]", '[editions.zh-Hans]\nprint = { design = "mine" }')
    folder = root / "styles" / "designs" / "mine"
    folder.mkdir(parents=True)
    (folder / "design.toml").write_text('canon = "full"\n')
    (folder / "print.css").write_text("p { color: red }")
    before = all_marks(root)
    (folder / "print.css").write_text("p { color: blue }")
    after = all_marks(root)
    changed = {name for name in before if before[name] != after[name]}
    assert changed and all("zh-Hans" in name for name in changed)
    assert {name for name in before if "zh-Hans" in name} == changed
    (root / "templates" / "designs" / "mine").mkdir(parents=True)
    (root / "templates" / "designs" / "mine" / "words.toml").write_text('[zh-Hans]\ncontents = "篇目"\n')
    assert {name for name, mark in all_marks(root).items() if mark != after[name]} == changed
