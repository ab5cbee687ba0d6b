"""The front door: ``nox -s book`` builds the book, ``nox -s tests`` runs the tests.

Every session installs from a lock in requirements/, with hashes; ``nox -s lock`` renews them.
"""

import ctypes
import json
import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True

LOCKS = {
    "front": ["--only-group", "front"],
    "book": ["--extra", "check"],
    "tests": [
        "--extra",
        "check",
        "--extra",
        "diagrams",
        "--extra",
        "dask",
        "--extra",
        "second",
        "--group",
        "test",
    ],
    "lint": ["--only-group", "lint"],
    "types": ["--extra", "check", "--group", "test", "--group", "types"],
    "validate": ["--extra", "check", "--group", "validate"],
    "pictures": ["--extra", "check", "--group", "pictures"],
    "docs": ["--group", "docs"],
}
"""Each lock in requirements/ and what of pyproject.toml goes into it."""

BUILD = Path("build")
TYPESET = ("pango", "fontconfig", "noto", "wenkai")


BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def brewed() -> Path | None:
    """Where Homebrew keeps what it installs, on machines that have it and no apt."""
    program = shutil.which("brew")
    return Path(program).parent.parent if program and not shutil.which("apt-get") else None


def pango() -> bool:
    """Whether Pango can be loaded, and HarfBuzz's subsetter, which many machines with Pango lack."""
    if prefix := brewed():
        return (prefix / "lib/libpangoft2-1.0.dylib").exists()
    try:
        ctypes.CDLL("libpango-1.0.so.0")
        ctypes.CDLL("libpangoft2-1.0.so.0")
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True


def has_font(family: str) -> bool:
    """Whether fontconfig knows a family."""
    if shutil.which("fc-list") is None:
        return False
    answer = subprocess.run(["fc-list", f":family={family}", "file"], capture_output=True, check=False)
    return bool(answer.stdout.strip())


SYSTEM = {
    "pango": ("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", pango),
    "fontconfig": ("fontconfig", lambda: shutil.which("fc-list") is not None),
    "noto": ("fonts-noto-cjk", lambda: has_font("Noto Serif CJK SC")),
    "wenkai": ("fonts-lxgw-wenkai", lambda: has_font("LXGW WenKai")),
    "charis": ("fonts-sil-charis", lambda: has_font("Charis SIL")),
    "git": ("git", lambda: shutil.which("git") is not None),
    "jaxb": ("libjaxb-java", lambda: Path("/usr/share/java/jaxb-runtime.jar").exists()),
    "npm": ("nodejs npm", lambda: shutil.which("npm") is not None),
    "chromium": ("chromium", lambda: any(map(shutil.which, BROWSERS))),
    "sha256sum": ("coreutils", lambda: shutil.which("sha256sum") is not None),
}
"""What comes from the system, its Debian packages, and how to see that it is there."""

BREW = {
    "pango": "pango",
    "fontconfig": "fontconfig",
    "noto": "--cask font-noto-serif-cjk font-noto-sans-cjk",
    "wenkai": "--cask font-lxgw-wenkai",
    "charis": "--cask font-charis-sil",
    "git": "git",
    "npm": "node",
    "chromium": "--cask google-chrome",
    "sha256sum": "coreutils",
}
"""The same by Homebrew."""

OPTIONAL = frozenset(("wenkai", "git"))


def system(session: nox.Session, *things: str) -> None:
    """Install what is missing of the system's packages where that can be done; elsewhere say the command."""
    if prefix := brewed():
        session.env["DYLD_FALLBACK_LIBRARY_PATH"] = str(prefix / "lib")
        for thing in things:
            if not SYSTEM[thing][1]() and thing in BREW:
                session.run("brew", "install", "--quiet", *BREW[thing].split(), external=True)
    packages = [SYSTEM[thing][0] for thing in things if not SYSTEM[thing][1]()]
    if not packages:
        return
    words = " ".join(packages).split()
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        if (
            not root
            or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
        ):
            session.run(*root, "apt-get", "update", "-qq", external=True, env=quiet, success_codes=[0, 100])
            session.run(
                *root,
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                *words,
                external=True,
                env=quiet,
            )
    missing = [thing for thing in things if not SYSTEM[thing][1]()]
    if missing:
        command = (
            f"On Debian or Ubuntu, run: sudo apt-get install {' '.join(SYSTEM[each][0] for each in missing)}"
        )
        if brewed():
            command = " ".join(f"Run: brew install {BREW[each]}." for each in missing if each in BREW)
        said = f"This machine lacks {', '.join(missing)}. {command}"
        if set(missing) - OPTIONAL:
            session.error(said)
        session.warn(said)


def install(session: nox.Session, lock: str) -> None:
    """Install a lock, and Keben itself from this checkout."""
    session.install("--require-hashes", "-r", f"requirements/{lock}.txt")
    session.install("--no-deps", "-e", ".")


def artifacts(session: nox.Session, kind: str, folder: Path = BUILD) -> list[str]:
    """The artifacts in a folder of one format, by the manifest: a booklet is a PDF too, but no PDF/UA."""
    manifest = folder / "manifest.json"
    entries = json.loads(manifest.read_text(encoding="utf-8"))["artifacts"] if manifest.is_file() else []
    found = [str(folder / entry["name"]) for entry in entries if entry["format"] == kind]
    if not found:
        session.error(f"{folder}/ has no {kind}. Run: nox -s book")
    return found


@nox.session
def book(session: nox.Session) -> None:
    """Set up what is missing and build every edition of the book into build/."""
    system(session, *TYPESET, "git")
    install(session, "book")
    session.run("keben", "lint", ".")
    session.run("keben", "build", ".", *session.posargs)
    session.run("keben", "check", ".")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests. The review's page is tried in Chromium."""
    system(session, *TYPESET, "git", "chromium", "sha256sum")
    install(session, "tests")
    session.run("pytest", *(session.posargs or ["-n", "2"]))


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests, and count the lines of src/ that they reach: it takes up to twice as long."""
    system(session, *TYPESET, "git", "chromium", "sha256sum")
    install(session, "tests")
    session.run("pytest", "-n", "2", "--cov", "--cov-report", "term", *session.posargs)


@nox.session
def anytext(session: nox.Session) -> None:
    """Try random text of all of Unicode in a build, and look for it in what comes out: nox -s anytext [-- COUNT]."""
    system(session, *TYPESET, "git")
    install(session, "tests")
    session.run("python", "tests/anytext.py", *(session.posargs or ["1000"]))


@nox.session
def interrupts(session: nox.Session) -> None:
    """Stop and kill builds at random moments, and look at what they leave: nox -s interrupts [-- COUNT [SEED]]."""
    system(session, *TYPESET, "git")
    install(session, "tests")
    session.run("python", "tests/interrupts.py", *(session.posargs or ["50"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Look at style, at the walls between the rooms, at what the architecture claims, and at the workflows."""
    session.install("--require-hashes", "-r", "requirements/lint.txt")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", env={"PYTHONPATH": "src"})
    session.run("python", "tools/house.py")
    session.run("python", "tools/wording.py")
    session.run("actionlint")
    session.run("zizmor", "--offline", "--quiet", ".github")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types."""
    install(session, "types")
    session.run("mypy")


@nox.session
def validate(session: nox.Session) -> None:
    """Validate every artifact in build/: EPUBs by EPUBCheck and Ace, PDFs by veraPDF as PDF/A-2a and PDF/UA-1.

    With --samples the sample books of tests/data/books are built and checked, and validated instead.
    """
    system(session, "jaxb", "npm", "chromium")
    install(session, "validate")
    folders = [BUILD]
    if "--samples" in session.posargs:
        system(session, *TYPESET)
        work = Path(session.create_tmp())
        session.run("python", "tools/samples.py", str(work), "--check", "--work", str(work))
        folders = sorted(path.parent for path in work.glob("*/manifest.json"))
    epubs = [path for folder in folders for path in artifacts(session, "epub", folder)]
    pdfs = [path for folder in folders for path in artifacts(session, "pdf", folder)]
    session.run("python", "tools/run_epubcheck.py", *epubs)
    session.run("python", "tools/verapdf.py", *pdfs)
    session.run("python", "tools/ace.py", str(Path(session.cache_dir) / "ace"), *epubs)


@nox.session
def readers(session: nox.Session) -> None:
    """Open a book with everything in two readers, at night and in large type; send it through calibre if it is there.

    With names of EPUBs, open those: nox -s readers -- FILE.epub…  Pictures of the pages are in the session's folder.
    """
    system(session, *TYPESET, "npm", "chromium")
    install(session, "tests")
    folder = Path(session.create_tmp())
    epubs = session.posargs
    if not epubs:
        book = folder / "everything"
        shutil.rmtree(book, ignore_errors=True)
        session.run("python", "tests/everything.py", str(book))
        session.run("keben", "build", str(book))
        epubs = sorted(map(str, (book / "build").glob("*.epub")))
    session.run(
        "python", "tools/readers.py", str(Path(session.cache_dir) / "readers"), str(folder / "pages"), *epubs
    )
    session.run("python", "tools/calibre.py", *epubs, env={"QT_QPA_PLATFORM": "offscreen"})


@nox.session
def release(session: nox.Session) -> None:
    """Release the book into build/: all of it, with every validator's report and how it was made (docs/release.md).

    It is made twice: validators look at the first, and their reports go with the second only if it is the same.
    """
    system(session, *TYPESET, "git", "jaxb", "npm", "chromium")
    install(session, "validate")
    folder = Path(session.create_tmp())
    first, reports = folder / "first", folder / "reports"
    for old in (first, reports):
        shutil.rmtree(old, ignore_errors=True)
    reports.mkdir(parents=True)
    session.run("keben", "build", ".", "--release", "-o", str(first))
    pdfs, epubs = artifacts(session, "pdf", first), artifacts(session, "epub", first)
    session.run("python", "tools/verapdf.py", "--report", str(reports / "verapdf.json"), *pdfs)
    cache = str(Path(session.cache_dir) / "ace")
    session.run("python", "tools/ace.py", "--report", str(reports / "ace.json"), cache, *epubs)
    session.run("keben", "build", ".", "--release", "--reports", str(reports))


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build the book twice, in other folders, time zones and hash seeds, and compare every byte."""
    system(session, *TYPESET, "git")
    install(session, "book")
    session.run("python", "tools/reproduce.py", ".")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory on a long text: nox -s bench -- TEXT."""
    if not session.posargs:
        session.error(
            "Name a long text in Simplified Chinese, UTF-8, a paragraph a line: nox -s bench -- TEXT"
        )
    system(session, *TYPESET)
    install(session, "book")
    # Programs to compare with; none of them takes part in what is measured of Keben.
    session.install("typst>=0.15,<0.16", "pypandoc_binary>=1.17,<2")
    session.run("python", "benchmarks/building.py", session.posargs[0], "--growth")
    session.run("python", "benchmarks/conversion.py", *session.posargs)
    folder = Path(session.create_tmp())
    session.run("python", "benchmarks/typesetting.py", session.posargs[0], str(folder))
    session.run("python", "benchmarks/imposing.py", str(folder / "keben.pdf"))


@nox.session
def accuracy(session: nox.Session) -> None:
    """Measure how often the conversion is right: nox -s accuracy [-- TEXT]."""
    install(session, "book")
    session.run("python", "benchmarks/accuracy.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation as a site, in three languages, into build/site/. Warnings are errors."""
    install(session, "docs")
    session.run("python", "tools/docsite.py", "build/site", str(Path(session.create_tmp())))


@nox.session
def readme(session: nox.Session) -> None:
    """Draw the README's pictures: pages and screens of a sample book."""
    system(session, *TYPESET, "chromium")
    install(session, "pictures")
    session.run("python", "tools/readme.py", "docs/images")


@nox.session
def typography(session: nox.Session) -> None:
    """Draw the pictures of docs/typography.md and docs/vertical.md: nox -s typography [-- TEXT].

    With TEXT, a long one, also the page that three programs set.
    """
    system(session, *TYPESET, "chromium", "charis")
    install(session, "pictures")
    session.run("python", "tools/typography.py", "docs/images", *session.posargs)
    session.run("python", "tools/columns.py", "docs/images")


@nox.session
def gallery(session: nox.Session) -> None:
    """Draw the pictures of docs/designs.md: nox -s gallery [-- --all].

    With --all every design is also built on three pages, in lines and in columns, and checked.
    """
    system(session, *TYPESET)
    install(session, "book")
    session.run("python", "tools/gallery.py", "docs/images", *session.posargs)


@nox.session
def samples(session: nox.Session) -> None:
    """Build the sample books and draw the pictures of docs/samples.md: nox -s samples [-- --check]."""
    system(session, *TYPESET)
    install(session, "book")
    session.run("python", "tools/samples.py", "docs/images", *session.posargs)


@nox.session
def booklets(session: nox.Session) -> None:
    """Draw the pictures of docs/booklets.md from the PDFs in build/."""
    install(session, "book")
    session.run("python", "tools/booklets.py", artifacts(session, "pdf")[0], "docs/images")


@nox.session
def press(session: nox.Session) -> None:
    """Draw the pictures of docs/press.md from the files in build/."""
    install(session, "book")
    session.run("python", "tools/press.py", str(BUILD), "docs/images")


@nox.session
def lock(session: nox.Session) -> None:
    """Renew the locks in requirements/ from pyproject.toml."""
    session.install("uv>=0.9,<1")
    for name, arguments in LOCKS.items():
        session.run(
            "uv", "export", "--quiet", "--no-emit-project", "--format", "requirements-txt", "--no-default-groups",
            *arguments, "--upgrade", "--output-file", f"requirements/{name}.txt",
        )  # fmt: skip
    Path("uv.lock").unlink(missing_ok=True)
