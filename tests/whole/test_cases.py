"""Whole books: a project in ``in/``, and in ``golden/`` what was found in it and every page of its EPUBs.

``pytest tests/test_cases.py --refresh`` writes golden/ again; a person reads the difference.
"""

import io
import zipfile
from pathlib import Path

import pytest

from keben.build.editions import distinct, prepare, read_project
from keben.build.request import Request, plan
from keben.formats import check_completeness, make, read_as

CASES = sorted(path for path in (Path(__file__).parents[1] / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_whole_book_comes_out_as_it_did(case, tmp_path, request):
    project = read_project(case / "in", {"SOURCE_DATE_EPOCH": "1767225600"})
    jobs = plan(Request(case / "in", tmp_path, formats=("epub",)), project.manuscript)
    prepared = prepare(project, jobs)
    compositions = prepared.compositions
    reported = distinct((*project.findings, *prepared.findings))
    pages = {"findings.txt": "".join(f"{finding}\n" for finding in reported)}
    for job in jobs:
        artifact, lost = make(compositions[job.edition.name], "epub")
        assert lost == ()
        with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xhtml", ".svg", ".ncx")) and "titlepage" not in name:
                    pages[f"{job.edition.name}/{name.removeprefix('EPUB/')}"] = archive.read(name).decode()
    golden = case / "golden"
    # The colophon names versions, which change with every release.
    pages = {name: text for name, text in pages.items() if "colophon" not in name}
    if request.config.getoption("--refresh"):
        for path in sorted(golden.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for name, text in pages.items():
            (golden / name).parent.mkdir(parents=True, exist_ok=True)
            (golden / name).write_text(text, encoding="utf-8")
    assert {
        path.relative_to(golden).as_posix() for path in golden.rglob("*") if path.is_file()
    } == pages.keys()
    for name, text in pages.items():
        assert text == (golden / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_whole_book_is_set_and_nothing_is_lost(case, tmp_path):
    project = read_project(case / "in", {"SOURCE_DATE_EPOCH": "1767225600"})
    jobs = plan(Request(case / "in", tmp_path, formats=("pdf",)), project.manuscript)
    compositions = prepare(project, jobs).compositions
    for job in jobs:
        composition = read_as(compositions[job.edition.name], job.form)
        artifact, lost = make(composition, "pdf")
        assert lost == ()
        assert check_completeness(composition, artifact) == ()
        assert artifact.facts["pages"] >= 4
