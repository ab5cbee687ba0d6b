import json
import re
import zipfile

import pytest
from commands import run
from folders import MDBOOK, write
from samples import PNG

KEBEN = '\n[output.keben.editions.zh-Hans]\nformats = ["epub"]\n[output.keben.editions.zh-Hant-TW]\nformats = ["epub"]\n'


@pytest.fixture
def mdbook(tmp_path):
    files = {
        **MDBOOK,
        "book.toml": str(MDBOOK["book.toml"]) + KEBEN + '[output.keben.book]\ncover = "src/c.png"\n',
    }
    return write(
        tmp_path / "mine", {**files, "src/c.png": PNG, "book/index.html": "<p>", "build/other.txt": "别的"}
    )


def files_of(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_an_mdbook_is_built_as_it_stands_and_nothing_else_is_touched(mdbook):
    before = files_of(mdbook)
    result = run("build", mdbook, "-j", 1)
    assert result.exit_code == 0, result.output
    made = files_of(mdbook) - before
    assert {name.partition("/")[0] for name in made} == {"keben-build"}
    assert {"keben-build/mine-zh-Hans.epub", "keben-build/mine-zh-Hant-TW.epub"} <= made
    with zipfile.ZipFile(mdbook / "keben-build" / "mine-zh-Hans.epub") as epub:
        nav = next(epub.read(name).decode() for name in epub.namelist() if name.endswith("nav.xhtml"))
    assert re.findall(r"<a [^>]*>(.*?)</a>", re.sub(r"</?span[^>]*>", "", nav))[:6] == [
        "前言",
        "第一部 起",
        "第一章 甲",
        "1.1 乙",
        "第二章 丙",
        "后记",
    ]
    assert f"{mdbook}/src/SUMMARY.md:9:4: notice: “草稿”" in result.output
    assert "0 made, 2 unchanged" in run("build", mdbook, "-j", 1).output
    assert run("clean", mdbook).exit_code == 0
    assert files_of(mdbook) == before


def test_findings_of_every_stage_name_the_files_that_people_have(mdbook, monkeypatch):
    (mdbook / "src" / "a" / "b.md").write_text("# 乙\n\n<script>x</script>\n\n一\ufffd二。\n\n[](#nowhere)\n")
    monkeypatch.chdir(mdbook)
    said = json.loads(run("check", "--json").output)
    places = {(each["path"], each["line"], each["code"]) for each in said["findings"]}
    assert ("src/a/b.md", 5, "forbidden-character") in places
    assert ("src/a/b.md", 7, "missing-reference") in places
    assert not [path for path, _, _ in places if not (mdbook / path).exists() and "zh-" not in path]


def test_the_review_names_them_too_and_has_no_place_for_answers(mdbook):
    (mdbook / "src" / "a" / "b.md").write_text("# 乙\n\n他的头发干了。\n\n皇后面色发白，往后面走去理发。\n")
    said = json.loads(run("review", mdbook, "--json").output)
    assert "src/a/b.md" in json.dumps(said, ensure_ascii=False)
    for option in ("--serve", "--mark-seen"):
        result = run("review", mdbook, option)
        assert (result.exit_code, "keben import" in result.output) == (2, True)
    assert run("build", mdbook, "--release").exit_code == 2


def test_one_file_is_built_beside_itself(tmp_path):
    write(tmp_path, {"起风.md": "# 第一章 起\n\n文。\n\n# 第二章 落\n\n文。\n"})
    result = run("build", tmp_path / "起风.md", "-f", "epub", "-j", 1)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "build" / "book-zh-Hans.epub").is_file()
