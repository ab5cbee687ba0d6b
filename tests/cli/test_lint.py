import json
import subprocess

import pytest
from commands import run

DRAFT = '# 归来\n\n"你好,"她说."走吧..."\n\n他想了想--算了。。。\n\n见`a,好`。\n'
FIXED = "# 归来\n\n“你好，”她说。“走吧……”\n\n他想了想——算了……\n\n见`a,好`。\n"
BOOK = '[book]\ntitle = "归来"\nlanguage = "zh-Hans"\n\n[editions.zh-Hans]\n'


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.md"
    file.write_text(DRAFT, "utf-8")
    return file


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chapters = tmp_path / "book" / "chapters"
    chapters.mkdir(parents=True)
    (tmp_path / "book" / "book.toml").write_text(BOOK, "utf-8")
    (chapters / "01.md").write_text(DRAFT, "utf-8")
    return tmp_path


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_a_rule_is_one_line_with_its_count_and_first_places(draft):
    result = run("lint", "a.md")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.md:3:4: warning: K201 “,” is in half width beside Chinese. Write “，”.",
        "a.md:3:8: warning: K202 “.” is a point in half width behind Chinese. Write “。”.",
        'a.md:3:1: warning: K301 The quotation mark " is straight.',
        '  4 of this kind: also at 3:5 “"”, 3:9 “"”, 3:15 “"”',
        "a.md:3:12: warning: K401 “...” is meant for an ellipsis. Write “……”.",
        "  2 of this kind: also at 5:9 “。。。”",
        "a.md:5:5: warning: K402 “--” is meant for a dash. Write “——”.",
        "9 remarks: --fix corrects 9.",
    ]


def test_a_clean_text_exits_with_zero(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(FIXED, "utf-8")
    result = run("lint", "a.md")
    assert (result.exit_code, result.stdout) == (0, "Nothing to correct.\n")


def test_diff_writes_nothing(draft):
    result = run("lint", "--diff", "a.md")
    assert '-"你好,"她说."走吧..."\n+“你好，”她说。“走吧……”\n' in result.stdout
    assert draft.read_text("utf-8") == DRAFT


def test_fix_asks_where_there_is_nobody_to_ask(draft):
    result = run("lint", "--fix", "a.md")
    assert result.exit_code == 2
    assert "Add --yes" in result.stderr
    assert draft.read_text("utf-8") == DRAFT


def test_fix_keeps_a_copy_beside_a_file_that_git_does_not_have(draft):
    result = run("lint", "--fix", "--yes", "a.md")
    assert result.exit_code == 0, result.output
    assert draft.read_text("utf-8") == FIXED
    assert (draft.parent / "a.md.bak").read_text("utf-8") == DRAFT
    assert "1 file written; what was there before is in a.md.bak." in result.stderr
    draft.write_text(DRAFT, "utf-8")
    run("lint", "--fix", "--yes", "a.md")
    assert (draft.parent / "a.md.bak1").read_text("utf-8") == DRAFT


def test_fix_leaves_no_copy_of_what_git_has(draft):
    git(draft.parent, "init", "-q")
    git(draft.parent, "add", ".")
    git(draft.parent, "commit", "-qm", "one")
    result = run("lint", "--fix", "--yes", "a.md")
    assert "git has what was there before" in result.stderr
    assert sorted(path.name for path in draft.parent.iterdir()) == [".git", "a.md"]
    draft.write_text(DRAFT + "好,好\n", "utf-8")
    run("lint", "--fix", "--yes", "a.md")
    assert (draft.parent / "a.md.bak").read_text("utf-8") == DRAFT + "好,好\n"


def test_marks_and_ends_of_lines_and_permissions_stay(draft):
    data = b"\xef\xbb\xbf" + "好,好\r\n\r\n好,好\n\r好".encode()
    draft.write_bytes(data)
    draft.chmod(0o640)
    run("lint", "--fix", "--yes", "a.md")
    assert draft.read_bytes() == b"\xef\xbb\xbf" + "好，好\r\n\r\n好，好\n\r好".encode()
    assert draft.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(draft):
    (draft.parent / "b.md").symlink_to(draft)
    run("lint", "--fix", "--yes", "b.md")
    assert (draft.parent / "b.md").is_symlink()
    assert draft.read_text("utf-8") == FIXED


def test_a_project_says_how_it_is_looked_at(project):
    toml = project / "book" / "book.toml"
    toml.write_text(
        f'{BOOK}[lint]\nignore = ["K3", "K4"]\nper-file = {{ "chapters/01.md" = ["K202"] }}\n', "utf-8"
    )
    result = run("lint")
    assert result.stdout.splitlines()[0] == (
        "book/chapters/01.md:3:4: warning: K201 “,” is in half width beside Chinese. Write “，”."
    )
    assert "1 remark:" in result.stdout
    alone = run("lint", "book/chapters/01.md")
    assert alone.stdout == result.stdout


def test_an_unknown_rule_is_an_error_where_it_stands(project):
    (project / "book" / "book.toml").write_text(f'{BOOK}[lint]\nignore = ["K999"]\n', "utf-8")
    result = run("lint")
    assert result.exit_code == 1
    assert "book/book.toml:7:11: There is no rule “K999”." in result.stderr
    assert run("lint", "--select", "nonsense").exit_code == 2


def test_a_term_of_the_book_replaces_the_others(project):
    (project / "book" / "book.toml").write_text(f'{BOOK}[lint.terms]\n"归来" = ["歸来", "归來"]\n', "utf-8")
    chapter = project / "book" / "chapters" / "01.md"
    chapter.write_text("# 归来\n\n歸来，归來，归来。\n", "utf-8")
    run("lint", "--fix", "--yes")
    assert chapter.read_text("utf-8") == "# 归来\n\n归来，归来，归来。\n"


def test_a_folder_of_markdown_and_plain_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "node_modules").mkdir()
    for name in ("docs/b.md", "node_modules/c.md", "a.markdown", "d.txt"):
        (tmp_path / name).write_text("好,好\n", "utf-8")
    assert [line.split(":")[0] for line in run("lint", "--all", ".").stdout.splitlines()[:-1]] == [
        "a.markdown",
        "docs/b.md",
    ]
    assert run("lint", "d.txt").stdout.startswith("d.txt:1:2: warning: K201")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "好".encode("gb18030")])
def test_a_file_that_is_not_utf_8_is_an_error_with_its_place(tmp_path, monkeypatch, data):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(data)
    result = run("lint", "a.md")
    assert result.exit_code == 1
    assert "a.md:1:1: The byte" in result.stderr


def test_what_is_not_there_is_a_wrong_usage(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert run("lint", "b.md").exit_code == 2
    assert run("lint", "a.pdf").exit_code == 2
    assert run("lint", ".").exit_code == 2
    (tmp_path / "a.md").write_text("好,好", "utf-8")
    assert run("lint", "--language", "fr", "a.md").exit_code == 2


def test_severities_decide_about_the_exit_code(draft):
    draft.write_text("# 归来。\n", "utf-8")
    assert run("lint", "a.md").exit_code == 0
    assert run("lint", "--fail-on", "notice", "a.md").exit_code == 1
    draft.write_text("好,好\n", "utf-8")
    assert run("lint", "--fail-on", "error", "a.md").exit_code == 0
    assert run("lint", "--fail-on", "never", "a.md").exit_code == 0


def test_json_has_every_remark_with_its_edits(draft):
    draft.write_text("# 归来\n\n好,好\n", "utf-8")
    result = run("lint", "--format", "json", "a.md")
    assert json.loads(result.stdout)["remarks"] == [
        {
            "path": "a.md",
            "line": 3,
            "column": 2,
            "end-line": 3,
            "end-column": 3,
            "rule": "K201",
            "name": "half-width-stop",
            "severity": "warning",
            "message": "“,” is in half width beside Chinese. Write “，”.",
            "text": ",",
            "fix": {"certain": True, "edits": [{"start": 7, "end": 8, "text": "，"}]},
        }
    ]


def test_annotations_are_escaped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b:100%.md").write_text("好,好\n", "utf-8")
    result = run("lint", "--format", "github", "a,b:100%.md")
    assert result.stdout == (
        "::warning file=a%2Cb%3A100%25.md,line=1,endLine=1,col=2,endColumn=3,title=K201 half-width-stop"
        "::“,” is in half width beside Chinese. Write “，”.\n"
    )


def test_a_log_of_sarif_says_what_the_standard_asks_for(draft):
    log = json.loads(run("lint", "--format", "sarif", "a.md").stdout)
    assert log["version"] == "2.1.0"
    (part,) = log["runs"]
    rules = part["tool"]["driver"]["rules"]
    assert part["columnKind"] == "unicodeCodePoints"
    assert part["results"]
    for result in part["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a.md"
        assert min(place["region"].values()) >= 1
        for change in result["fixes"][0]["artifactChanges"]:
            for one in change["replacements"]:
                region = one["deletedRegion"]
                assert DRAFT[region["charOffset"] :][: region["charLength"]] != one["insertedContent"]["text"]


def test_the_rules_can_be_listed():
    assert "  K201 half-width-stop: warning, fix certain\n" in run("lint", "--rules").stdout


@pytest.mark.parametrize(("answer", "text", "code"), [("y\n", FIXED, 0), ("n\n", DRAFT, 1)])
def test_on_a_terminal_fix_asks_before_it_writes(draft, monkeypatch, answer, text, code):
    monkeypatch.setattr("keben.cli.lint.has_terminal", lambda: True)
    result = run("lint", "--fix", "a.md", input=answer)
    assert result.exit_code == code
    assert "Write these changes?" in result.stderr
    assert draft.read_text("utf-8") == text
