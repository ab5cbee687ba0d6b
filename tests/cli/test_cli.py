"""The command line, as a user meets it: real projects, real artifacts, and every mistake reported by path and line."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import click
import fallbackfonts
import pikepdf
import pytest
from commands import run
from PIL import Image
from projects import bring_cover, change, write_project

from keben.build import together
from keben.cli import main


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project that is built, to be looked at and not changed."""
    root = write_project(tmp_path_factory.mktemp("built") / "demo")
    result = run("build", root, "-j", 1)
    assert result.exit_code == 0, result.output
    return root, result


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path / "demo")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def test_build_makes_every_edition_and_says_so(built):
    root, result = built
    assert sorted(files(root / "build")) == [
        "SHA256SUMS",
        "hair-zh-Hans.epub",
        "hair-zh-Hans.pdf",
        "hair-zh-Hant-TW.epub",
        "hair-zh-Hant-TW.pdf",
        "hair-zh-Hant-TW.record.tsv",
        "manifest.json",
    ]
    assert "hair-zh-Hant-TW.pdf" in result.stdout
    assert "4 made, 0 unchanged" in result.stdout
    manifest = json.loads((root / "build" / "manifest.json").read_text())
    pages = {entry["name"]: entry.get("pages") for entry in manifest["artifacts"]}
    assert pages["hair-zh-Hans.pdf"] > 4
    assert pages["hair-zh-Hans.epub"] is None


def test_a_second_build_keeps_what_did_not_change(root):
    bring_cover(root)
    arguments = ("build", root, "-f", "epub", "-j", 1)
    assert "2 made, 0 unchanged" in run(*arguments).stdout
    before = files(root / "build")
    assert "0 made, 2 unchanged" in run(*arguments).stdout
    assert files(root / "build") == before
    assert "2 made, 0 unchanged" in run(*arguments, "--no-cache").stdout
    assert files(root / "build") == before
    change(root, "book/book.toml", 'vocabulary = "regional"', 'vocabulary = "characters"')
    assert "1 made, 1 unchanged" in run(*arguments).stdout
    (root / "build" / "hair-zh-Hans.epub").write_bytes(b"broken")
    assert "1 made, 1 unchanged" in run(*arguments).stdout
    after = files(root / "build")
    # The record of a conversion goes with its artifacts.
    (root / "build" / "hair-zh-Hant-TW.record.tsv").unlink()
    assert "1 made, 1 unchanged" in run(*arguments).stdout
    assert files(root / "build") == after
    assert after["hair-zh-Hans.epub"] == before["hair-zh-Hans.epub"]


def test_one_edition_into_another_folder_as_json(root, tmp_path):
    bring_cover(root)
    result = run("build", root, "-e", "zh-Hans", "-f", "epub", "-o", tmp_path / "out", "--json", "-j", 1)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["ok"], answer["made"], answer["kept"]) == (True, ["hair-zh-Hans.epub"], [])
    assert sorted(files(tmp_path / "out")) == ["SHA256SUMS", "hair-zh-Hans.epub", "manifest.json"]
    assert not (root / "build").exists()


def test_two_processes_make_the_same_bytes_as_one(root, tmp_path):
    bring_cover(root)
    assert run("build", root, "-f", "epub", "-o", tmp_path / "one", "-j", 1).exit_code == 0
    assert run("build", root, "-f", "epub", "-o", tmp_path / "two", "-j", 2).exit_code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


MISTAKES = {
    "unknown key": (
        ("book/book.toml", "authors", "autors"),
        "book/book.toml:3:1: Unknown key `autors` in [book]. Did you mean `authors`?",
    ),
    "missing chapter": (
        ("book/book.toml", "chapters/two.md", "chapters/tow.md"),
        "book/book.toml:10:32: There is no chapter file “book/chapters/tow.md”.",
    ),
    "missing picture": (("book/chapters/one.md", "dot.png", "dto.png"), "book/chapters/one.md:7:"),
    "picture outside": (
        ("book/chapters/one.md", "../images/dot.png", "../../etc/passwd"),
        "book/chapters/one.md:7:",
    ),
    "picture on the network": (
        ("book/chapters/two.md", "皇后", '<img src="http://example.org/a.png" alt="a"/>皇后'),
        "book/chapters/two.md:5:",
    ),
    "script": (("book/chapters/two.md", "皇后", "皇后<script>alert(1)</script>"), "book/chapters/two.md:5:"),
    "event handler": (
        ("book/chapters/two.md", "皇后", '<b onclick="x()">皇后</b>'),
        "book/chapters/two.md:5:",
    ),
    "duplicate id": (("book/chapters/two.md", "{#fig-bars}", "{#fig-dot}"), "book/chapters/two.md:7"),
    "missing id": (("book/chapters/two.md", "[](#grow)", "[](#groan)"), "book/chapters/two.md:5:"),
    "private use": (("book/chapters/two.md", "皇后", "皇\ue000后"), "book/chapters/two.md:5:2: "),
    "unknown key in front matter": (
        ("book/chapters/two.md", "title: 后来", "title: 后来\nlabl: 二"),
        "book/chapters/two.md:3:1: Unknown key `labl`",
    ),
}


STRICT = '[book]\nreader = "strict"\n'


def test_a_character_that_no_font_has_is_a_warning_with_its_line(root, tmp_path, monkeypatch):
    change(root, "book/chapters/two.md", "皇后", "皇\U0001f600后")
    with fallbackfonts.bare_machine(tmp_path, monkeypatch):
        result = run("build", root, "-j", 1, "-e", "zh-Hans", "-f", "pdf")
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.removeprefix(f"{root}/").startswith(
        "book/chapters/two.md:5: warning: No font here has “\U0001f600” (U+1F600 GRINNING FACE): the PDF prints 〓"
    )
    assert sorted(files(root / "build")) == ["SHA256SUMS", "hair-zh-Hans.pdf", "manifest.json"]


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_one_clear_line_and_leaves_what_was_built(root, name):
    (path, old, new), expected = MISTAKES[name]
    (root / "build").mkdir()
    (root / "build" / "hair-zh-Hans.epub").write_bytes(b"earlier")
    change(root, path, old, new)
    if path != "book/book.toml":
        change(root, "book/book.toml", "[book]\n", STRICT)
    result = run("build", root, "-j", 1)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    shown = [line.removeprefix(f"{root}/") for line in result.stderr.splitlines()]
    assert [line for line in shown if line.startswith(expected)], shown
    errors = [line for line in shown if ": warning: " not in line and "; nothing was written." not in line]
    assert len(errors) == 1, errors
    assert files(root / "build") == {"hair-zh-Hans.epub": b"earlier"}


@pytest.mark.parametrize(
    "name", ["picture on the network", "duplicate id", "private use", "unknown key in front matter"]
)
def test_what_loses_no_text_stops_no_build(root, name):
    (path, old, new), _ = MISTAKES[name]
    change(root, path, old, new)
    result = run("build", root, "-j", 1, "-f", "epub", "-e", "zh-Hans")
    assert result.exit_code == 0, result.stderr
    assert name == "duplicate id" or "book/chapters/two.md:" in result.stderr


def test_a_picture_without_a_description_is_set_all_the_same(root):
    change(root, "book/chapters/two.md", "皇后", "![](../images/dot.png)皇后")
    result = run("build", root, "-j", 1, "-f", "pdf", "-e", "zh-Hans")
    assert result.exit_code == 0, result.stderr
    assert "book/chapters/two.md:5:5: warning: The picture “../images/dot.png” has no alt" in result.stderr


def test_invalid_utf_8_is_told_by_line(root):
    (root / "book" / "chapters" / "two.md").write_bytes("# 后来\n\n好".encode() + b"\xff\n")
    result = run("build", root)
    assert result.exit_code == 1
    assert "book/chapters/two.md:3:2: The byte 0xFF is not UTF-8." in result.stderr


def test_all_mistakes_are_told_in_one_run(root):
    for name in ("missing picture", "picture on the network", "duplicate id", "missing id"):
        (path, old, new), _ = MISTAKES[name]
        change(root, path, old, new)
    change(root, "book/book.toml", "[book]\n", STRICT)
    result = run("build", root, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert not answer["ok"]
    assert {finding["code"] for finding in answer["findings"]} >= {
        "missing-picture",
        "duplicate-id",
        "missing-reference",
    }
    assert all(finding["line"] for finding in answer["findings"])
    assert not (root / "build").exists()


def test_a_full_disk_is_told_and_leaves_what_was_built(root, monkeypatch):
    bring_cover(root)
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    before = files(root / "build")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(together.os, "fsync", full)
    change(root, "book/chapters/two.md", "皇后", "太后")
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    assert "This file cannot be written: No space left on device." in result.stderr
    assert files(root / "build") == before


def test_paths_are_shown_as_seen_from_here(root, monkeypatch):
    change(root, "book/book.toml", "authors", "autors")
    monkeypatch.chdir(root.parent)
    assert run("build", "demo").stderr.startswith("demo/book/book.toml:3:1: ")
    monkeypatch.chdir(root)
    assert run("build").stderr.startswith("book/book.toml:3:1: ")
    monkeypatch.chdir(root / "book")
    assert run("build").stderr.startswith(f"{root}/book/book.toml:3:1: ")


def test_files_below_the_output_are_shown_as_seen_from_here_too(root, monkeypatch):
    monkeypatch.chdir(root.parent)
    assert run("build", "demo", "-f", "epub").exit_code == 0
    change(root, "book/book.toml", 'slug = "', 'slug = "new-')
    lines = run("build", "demo", "-f", "epub").stderr.splitlines()
    assert [line for line in lines if line.startswith("demo/build/")] == [
        line for line in lines if "of an earlier build is deleted" in line
    ]
    assert any("of an earlier build is deleted" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-e", "zh-Hant"), "zh-Hant: The book has no such edition. It has zh-Hans, zh-Hant-TW."),
        (("-f", "mobi"), "Invalid value for '-f' / '--format'"),
        (("-j", "0"), "Invalid value for '-j' / '--jobs'"),
    ],
)
def test_wrong_usage_exits_with_2(root, arguments, message):
    result = run("build", root, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_folder_without_a_book_is_reported(tmp_path):
    result = run("build", tmp_path)
    assert result.exit_code == 2
    assert "book/book.toml: There is no such file. Name the project's folder" in result.stderr


def test_new_makes_a_project_that_builds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("new", "demo")
    assert result.exit_code == 0
    assert (tmp_path / "demo" / ".gitignore").read_text() == "/build/\n/.keben/\n"
    identifier = [
        line for line in (tmp_path / "demo/book/book.toml").read_text().splitlines() if "urn:uuid:" in line
    ]
    assert "{uuid}" not in identifier[0]
    built = run("build", "demo", "-f", "epub", "-j", 1)
    assert built.exit_code == 0, built.output
    assert built.stderr == ""
    assert len(list((tmp_path / "demo" / "build").glob("*.epub"))) == 3
    # The workflow that comes with the project reviews it: nothing in it waits for a decision.
    assert run("review", "demo").exit_code == 0
    again = run("new", "demo")
    assert again.exit_code == 2
    assert "demo: There is a book in this folder already." in again.stderr


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        (("--trim", "32开"), {"trim": "32开", "measure": 26, "lines": 23}),
        (("--design", "poetry"), {"design": "poetry"}),
        (("--design", "classic", "--trim", "25開"), {"trim": "25開", "design": "classic"}),
    ],
)
def test_new_begins_a_book_with_a_design_and_on_a_page(tmp_path, monkeypatch, asked, written):
    monkeypatch.chdir(tmp_path)
    assert run("new", "demo", "--vertical", *asked).exit_code == 0
    said = tomllib.loads((tmp_path / "demo/book/book.toml").read_text())
    assert said["print"] == written
    assert "zh-Hant-TW-vertical" in said["editions"]
    assert run("build", "demo", "-e", "zh-Hans", "-f", "epub", "-j", 1).stderr == ""


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("--design", "novels"), "--design: “novels” is not a design. Did you mean “novel”?"),
        (("--trim", "33开"), "--trim: “33开” is not a page size. Did you mean “"),
    ],
)
def test_new_names_what_there_is_and_makes_nothing(tmp_path, monkeypatch, asked, message):
    monkeypatch.chdir(tmp_path)
    wrong = run("new", "demo", *asked)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith(message)
    assert not (tmp_path / "demo").exists()


def test_new_makes_a_project_with_a_vertical_edition(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", "demo", "--vertical").exit_code == 0
    built = run("build", "demo", "-e", "zh-Hant-TW-vertical", "-j", 1)
    assert (built.exit_code, built.stderr) == (0, "")
    build = tmp_path / "demo" / "build"
    with zipfile.ZipFile(build / "my-book-zh-Hant-TW-vertical.epub") as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert 'page-progression-direction="rtl"' in package
    with pikepdf.open(build / "my-book-zh-Hant-TW-vertical.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name("/R2L")
    assert list(tomllib.loads((tmp_path / "demo/book/book.toml").read_text())["editions"]) == [
        "zh-Hans",
        "zh-Hant-TW",
        "zh-Hant-HK",
        "zh-Hant-TW-vertical",
    ]


def test_check_passes_what_was_built(built):
    root, _ = built
    result = run("check", root)
    assert result.exit_code == 0, result.output
    assert "hair-zh-Hans.pdf: nothing of the text is lost" in result.stdout
    assert "EPUBCheck: hair-zh-Hans.epub, hair-zh-Hant-TW.epub" in result.stdout
    assert result.stdout.endswith("Nothing to report.\n")


def test_check_lists_rare_characters_of_each_edition_with_their_first_place_and_font(root, monkeypatch):
    change(root, "book/chapters/two.md", "皇后", "龘龘皇后，䶮")
    monkeypatch.chdir(root.parent)
    result = run("check", root)
    assert "no characters outside" not in result.stdout
    place = f"{root.name}/book/chapters/two.md:5"
    assert (
        f"""zh-Hans: 2 characters outside GB 2312
  龘 U+9F98, 2 times, first at {place}, set in Noto Serif CJK SC
  䶮 U+4DAE, once at {place}, set in Noto Serif CJK SC
"""
        in result.stdout
    )
    assert "set in Noto Serif CJK TC" in result.stdout
    answer = json.loads(run("check", root, "--json").stdout)
    assert answer["rare"]["zh-Hant-TW"]["common"] == "Big5"
    assert answer["rare"]["zh-Hans"]["characters"][0] == {
        "character": "龘",
        "code": "U+9F98",
        "count": 2,
        "path": f"{root.name}/book/chapters/two.md",
        "line": 5,
        "font": "Noto Serif CJK SC",
    }
    assert not any("龘" in finding["message"] for finding in answer["findings"])


def test_check_tells_what_is_changed_old_or_missing(root):
    bring_cover(root)
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    (root / "build" / "hair-zh-Hans.epub").write_bytes(b"PK")
    change(root, "book/chapters/two.md", "皇后", "太后")
    answer = json.loads(run("check", root, "--json").stdout)
    assert not answer["ok"]
    codes = {finding["code"] for finding in answer["findings"]}
    assert {"changed-artifact", "old-artifact", "not-built"} <= codes


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("SHA256SUMS", lambda path: path.unlink(), "checksums"),
        ("hair-zh-Hant-TW.record.tsv", lambda path: path.write_text("junk"), "changed-artifact"),
        ("manifest.json", lambda path: path.unlink(), "no-manifest"),
        ("manifest.json", lambda path: path.write_text("[" * 100_000), "no-manifest"),
    ],
)
def test_check_fails_where_what_was_built_is_not_as_it_was(built, tmp_path, name, change, code):
    root = tmp_path / "copy"
    shutil.copytree(built[0], root)
    change(root / "build" / name)
    result = run("check", root, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (1, False)
    assert [each["code"] for each in answer["findings"] if each["severity"] == "error"] == [code]


def test_check_says_of_a_changed_artifact_that_it_was_changed_and_stops_there(built, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(built[0], root)
    for name in ("hair-zh-Hans.pdf", "hair-zh-Hans.epub"):
        with (root / "build" / name).open("ab") as file:
            file.write(b"more")
    result = run("check", root)
    assert result.exit_code == 1
    for name in ("hair-zh-Hans.pdf", "hair-zh-Hans.epub"):
        assert f"{name}: nothing of the text is lost" not in result.stdout
        reported = [line for line in result.stderr.splitlines() if name in line]
        assert len(reported) == 1
        assert "It was changed after it was built" in reported[0]
    assert "fault of Keben" not in result.stderr


def test_check_finds_what_a_build_would_find(root):
    change(root, "book/chapters/two.md", "皇后走在", "```\n" + "x" * 300 + "\n```\n\n皇后走在")
    (root / "styles").mkdir()
    (root / "styles" / "print.css").write_text('@import "default:print.css";\npre { white-space: pre }\n')
    result = run("check", root)
    assert result.exit_code == 1
    assert "runs off page" in result.stderr, result.stderr
    assert "hair-zh-Hans.epub: can be built" in result.stdout
    assert "hair-zh-Hans.pdf: can be built" not in result.stdout


def test_clean_deletes_what_was_built(root):
    bring_cover(root)
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    (root / "build" / "mine.txt").write_text("mine")
    assert run("clean", root).stdout == "5 files deleted.\n"
    assert list(files(root / "build")) == ["mine.txt"]


def test_doctor_names_what_it_looked_for():
    result = run("doctor")
    assert "Pango" in result.stdout
    answer = json.loads(run("doctor", "--json").stdout)
    assert {"name", "ok", "required", "found", "fix"} == set(answer["checks"][0])


def test_every_command_has_help_and_the_module_runs():
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command.name == name
        assert command.help
        assert all(option.help for option in command.params if option.param_type_name == "option")
    answer = subprocess.run(
        [sys.executable, "-m", "keben", "--version"],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
        check=True,
    )
    assert answer.stdout.startswith("keben, version ")


def test_json_is_the_only_thing_on_standard_output_also_for_errors(root, tmp_path):
    result = run("build", tmp_path / "nowhere", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["findings"][0]["code"] == "no-project"


def test_a_file_in_the_place_of_the_output_folder_is_reported(root):
    (root / "build").write_text("mine")
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    assert "build: The output folder cannot be made: this is not a folder." in result.stderr
    # It is not first said when everything is made.
    assert result.stdout == ""
    assert (root / "build").read_text() == "mine"


def test_errors_of_the_system_are_told_without_a_traceback(root, monkeypatch):
    def broken(*_arguments):
        raise OSError(5, "Input/output error", "disk")

    monkeypatch.setattr("keben.cli.build.run_build", broken)
    result = run("build", root)
    assert (result.exit_code, result.stderr) == (1, "disk: Input/output error.\n")


def test_a_book_s_own_cover_is_used(root):
    change(root, "book/book.toml", 'slug = "hair"', 'slug = "hair"\ncover = "images/dot.png"')
    assert run("build", root, "-e", "zh-Hans", "-f", "epub", "-j", 1).exit_code == 0
    with zipfile.ZipFile(root / "build" / "hair-zh-Hans.epub") as archive:
        assert archive.read("EPUB/images/cover.png") == (root / "book" / "images" / "dot.png").read_bytes()


def test_two_editions_that_would_write_one_file_are_refused(root):
    both = '[editions.Hans]\nlanguage = "zh-Hans"\nslug = "hair-zh"\n[editions.zh-Hans]'
    change(root, "book/book.toml", "[editions.zh-Hans]", both)
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    assert result.stderr == "hair-zh-Hans.epub: Two editions would write this file. Change a slug.\n"


def test_check_holds_epubs_against_the_rules_of_stores(root, monkeypatch):
    monkeypatch.setattr("keben.check.check_epubs", lambda _: (), raising=False)
    bring_cover(root)
    change(root, "book/book.toml", "[editions.zh-Hans]\n", '[editions.zh-Hans]\nformats = ["epub"]\n')
    change(root, "book/book.toml", "[editions.zh-Hant-TW]\n", '[editions.zh-Hant-TW]\nformats = ["epub"]\n')
    assert run("build", root).exit_code == 0
    reported = json.loads(run("check", root, "--store", "kobo", "--store", "weread", "--json").stdout)
    assert [(each["store"], each["file"]) for each in reported["stores"]] == [
        (store, f"hair-{name}.epub") for store in ("kobo", "weread") for name in ("zh-Hans", "zh-Hant-TW")
    ]
    assert all(rule["source"] for each in reported["stores"] for rule in each["rules"])
    assert "store-duokan" in {each["code"] for each in reported["findings"]}
    said = run("check", root, "--store", "kobo").output
    assert "kobo: hair-zh-Hans.epub: " in said
    assert "kobo: not seen here: " in said
    assert run("check", root, "--store", "amazon").exit_code == 2


def test_what_an_edition_s_store_refuses_stops_its_build(root):
    bring_cover(root)
    Image.new("RGB", (600, 960)).save(root / "book" / "images" / "front.png")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n",
        '[editions.zh-Hans]\nstores = ["google"]\nformats = ["epub"]\n',
    )
    result = run("build", root, "-e", "zh-Hans")
    assert result.exit_code == 1
    assert "google: The cover has 600 × 960 pixels, not 640 on its shorter side." in result.output
    assert not (root / "build/hair-zh-Hans.epub").exists()


def test_check_looks_at_what_only_dash_f_made(root, monkeypatch):
    monkeypatch.setattr("keben.check.check_epubs", lambda _: (), raising=False)
    bring_cover(root)
    for name in ("zh-Hans", "zh-Hant-TW"):
        change(root, "book/book.toml", f"[editions.{name}]\n", f'[editions.{name}]\nformats = ["epub"]\n')
    assert run("build", root, "-f", "onix").exit_code == 0
    reported = json.loads(run("check", root, "--json").stdout)
    assert "left-over" not in {each["code"] for each in reported["findings"]}
    passed = "hair-zh-Hans-onix.xml: each publication is there with its title, persons and number"
    assert passed in reported["checked"]
