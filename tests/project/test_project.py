import os
import subprocess
from pathlib import Path

import pytest
from projects import change, write_project
from samples import PNG

from keben.core.errors import SourceError, UsageError
from keben.project import FIXED_EPOCH, epoch, find_project, load, read_changelog


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path / "demo")


def found(root):
    return [str(finding) for finding in load(root, {})[1]]


def test_a_project_is_read_whole(root):
    manuscript, findings = load(root, {})
    assert findings == ()
    assert [source.path for source in manuscript.sources] == ["book/chapters/one.md", "book/chapters/two.md"]
    assert {path: asset.media_type for path, asset in manuscript.assets.items()} == {
        "data/bars.toml": "application/toml",
        "images/dot.png": "image/png",
    }


def test_the_project_is_found_from_its_root_and_from_its_book(root):
    assert find_project(root) == root
    assert find_project(root / "book") == root
    with pytest.raises(UsageError, match=r"book\.toml: There is no such file\. "):
        find_project(root / "book" / "chapters")
    (root / "book").rename(root / "novel")
    with pytest.raises(SourceError, match="The folder that holds this file is not named “book”"):
        find_project(root / "novel")


def test_line_ends_and_byte_order_marks_do_not_count(root):
    path = root / "book" / "chapters" / "one.md"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(root, {})[0].sources[0].text == text


def test_chapters_are_found_by_summary_and_by_name(root):
    change(root, "book/book.toml", 'chapters = ["chapters/one.md", "chapters/two.md"]\n', "")
    assert [source.path for source in load(root, {})[0].sources] == [
        "book/chapters/one.md",
        "book/chapters/two.md",
    ]
    (root / "book" / "SUMMARY.md").write_text(
        "# 目录\n- [后来](chapters/two.md)\n- [缺](chapters/no.md)\n", encoding="utf-8"
    )
    manuscript, findings = load(root, {})
    assert [source.path for source in manuscript.sources] == ["book/chapters/two.md"]
    assert [str(finding) for finding in findings] == [
        "book/SUMMARY.md:3:7: There is no chapter file “chapters/no.md”. Write it, or take it out of the list."
    ]


def test_a_missing_chapter_is_told_with_its_line(root):
    change(root, "book/book.toml", "chapters/two.md", "chapters/tow.md")
    assert found(root) == [
        "book/book.toml:10:32: There is no chapter file “book/chapters/tow.md”. Write it, or take it out of the list."
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "https://example.org/a.md"])
def test_a_chapter_outside_the_book_is_refused(root, name):
    change(root, "book/book.toml", "chapters/two.md", name)
    (message,) = found(root)
    assert message.startswith(f"book/book.toml:10:32: “{name}” ")
    assert message.endswith("A project reads its own files only.")


def test_a_link_out_of_the_project_is_refused(root, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    (root / "book" / "images" / "leak.png").symlink_to(tmp_path / "secret.png")
    assert found(root) == [
        "book/images/leak.png: “images/leak.png” leaves the book's folder. A project reads its own files only."
    ]


def test_invalid_utf_8_is_told_with_line_and_column(root):
    (root / "book" / "chapters" / "two.md").write_bytes("# 后来\n\n好".encode() + b"\xff\n")
    assert found(root) == ["book/chapters/two.md:3:2: The byte 0xFF is not UTF-8. Save the file as UTF-8."]


def test_no_chapters_and_double_chapters(root):
    change(root, "book/book.toml", "chapters/two.md", "chapters/one.md")
    assert [line.split(": ", 1)[1] for line in found(root)] == [
        "“chapters/one.md” is listed twice. Take one out."
    ]
    change(root, "book/book.toml", 'chapters = ["chapters/one.md", "chapters/one.md"]\n', "")
    for name in ("one", "two"):
        (root / "book" / "chapters" / f"{name}.md").unlink()
    assert [line.split(": ", 1)[1] for line in found(root)] == [
        "The book has no chapters. Put Markdown files in book/chapters/."
    ]


def test_a_cover_must_be_a_picture_of_the_book(root):
    change(root, "book/book.toml", 'slug = "hair"', 'slug = "hair"\ncover = "images/no.jpg"')
    change(root, "book/book.toml", "[editions.zh-Hans]", '[editions.zh-Hans]\ncover = "images/dot.png"')
    assert found(root) == [
        "book/book.toml:7:1: There is no picture “images/no.jpg” for the cover. Its path begins at the book's folder."
    ]


def test_a_hopeless_book_toml_ends_the_run(root):
    (root / "book" / "book.toml").write_bytes(b"[book]\ntitle = '\xff'\n")
    with pytest.raises(SourceError, match=r"book/book\.toml:2:10: The byte 0xFF is not UTF-8"):
        load(root, {})


def test_the_epoch_is_given_or_committed_or_fixed(root):
    assert epoch(root, {"SOURCE_DATE_EPOCH": "1700000000"}) == 1700000000
    assert epoch(root, {}) == FIXED_EPOCH
    with pytest.raises(SourceError, match="SOURCE_DATE_EPOCH is 'now', not a number of seconds"):
        epoch(root, {"SOURCE_DATE_EPOCH": "now"})
    environment = {**os.environ, "GIT_COMMITTER_DATE": "2026-02-03T04:05:06Z"}
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "book"], [*name, "commit", "-qm", "book"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, env=environment)
    assert epoch(root, {}) == 1770091506
    (root / "README").write_text("x")
    environment["GIT_COMMITTER_DATE"] = "2026-03-01T00:00:00Z"
    for command in (["add", "README"], [*name, "commit", "-qm", "readme"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, env=environment)
    assert epoch(root, {}) == 1770091506


def test_what_cannot_be_read_is_reported(root, monkeypatch):
    real = Path.read_bytes

    def denied(self):
        if self.name in ("two.md", "bars.toml"):
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert found(root) == [
        "book/chapters/two.md: This file cannot be read: Permission denied. Check the file and its permissions.",
        "book/data/bars.toml: This file cannot be read: Permission denied. Check the file and its permissions.",
    ]


def test_a_chapter_that_is_not_listed_is_reported(root):
    (root / "book" / "chapters" / "three.md").write_text("# 三")
    (root / "book" / "chapters" / "README.md").write_text("# 读我")
    assert found(root) == [
        "book/chapters/three.md: warning: This file is not in the list of chapters: the book is made without it. "
        "Add it to the list, or move it elsewhere."
    ]
    change(root, "book/book.toml", 'chapters = ["chapters/one.md", "chapters/two.md"]\n', "")
    assert found(root) == []


def test_a_cover_of_another_format_is_refused(root):
    (root / "book" / "images" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    change(root, "book/book.toml", 'slug = "hair"', 'slug = "hair"\ncover = "images/a.svg"')
    assert (
        found(root)
        == [
            "book/book.toml:7:1: The cover “images/a.svg” is not a picture of pixels. "
            "Save it as JPEG or PNG, as stores take covers; or draw it in templates/cover.svg."
        ]
        * 2
    )


def test_hidden_files_and_toml_beside_book_toml_are_no_assets(root):
    (root / "book" / ".hidden.png").write_bytes(b"x")
    (root / "book" / "notes.toml").write_text("x = 1")
    (root / "book" / ".git").mkdir()
    (root / "book" / ".git" / "a.png").write_bytes(b"x")
    manuscript, findings = load(root, {})
    assert findings == ()
    assert sorted(manuscript.assets) == ["data/bars.toml", "images/dot.png"]


def test_the_changelog_is_that_of_the_book_or_else_the_project_s(root):
    assert read_changelog(root) == ("CHANGELOG.md", None, ())
    (root / "CHANGELOG.md").write_text("of the project")
    assert read_changelog(root) == ("CHANGELOG.md", "of the project", ())
    (root / "book" / "CHANGELOG.md").write_text("of the book")
    assert read_changelog(root) == ("book/CHANGELOG.md", "of the book", ())


def test_a_changelog_outside_of_the_project_or_of_other_bytes_than_text_is_reported(root, tmp_path):
    (root / "book" / "CHANGELOG.md").write_bytes(b"\xff")
    shown, text, (problem,) = read_changelog(root)
    assert (shown, text, problem.code) == ("book/CHANGELOG.md", None, "invalid-utf-8")
    (root / "book" / "CHANGELOG.md").unlink()
    (tmp_path / "secret").write_text("x")
    (root / "CHANGELOG.md").symlink_to(tmp_path / "secret")
    _, text, (problem,) = read_changelog(root)
    assert (text, problem.code) == (None, "outside-path")


def test_a_file_is_known_by_its_bytes_and_looked_at_when_something_shows_it(root):
    (root / "book" / "images" / "wrong.png").write_bytes(b"\xff\xd8\xff")
    (root / "book" / "images" / "broken.png").write_bytes(b"no picture")
    (root / "book" / "fonts").mkdir()
    (root / "book" / "fonts" / "a.otf").write_bytes(b"OTTO")
    manuscript, findings = load(root, {})
    assert findings == ()
    kinds = {path: asset.media_type for path, asset in manuscript.assets.items()}
    assert (kinds["images/wrong.png"], kinds["images/broken.png"]) == ("image/jpeg", "image/png")
    assert kinds["fonts/a.otf"] == "font/otf"


def test_names_that_are_no_text_are_passed_over_with_a_warning(root):
    name = os.fsdecode(b"\xb5\xd8\xff.png")
    try:
        (root / "book" / "images" / name).write_bytes(PNG)
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    assert found(root) == [
        r"book/images/\xb5\xd8\xff.png: warning: The name of this file is not UTF-8, so no text can name it; "
        "the book is made without it. Rename it."
    ]


def test_what_is_no_file_is_reported(root):
    os.mkfifo(root / "book" / "images" / "pipe.png")
    assert found(root) == ["book/images/pipe.png: This is not a regular file. Put a file in its place."]


def test_a_book_toml_that_is_a_link_out_of_the_project_is_refused(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "book.toml"
    (root / "book" / "book.toml").rename(outside)
    (root / "book" / "book.toml").symlink_to(outside)
    with pytest.raises(SourceError, match=r"“book\.toml” leaves the book's folder"):
        load(root, {})


@pytest.mark.parametrize("name", ["book/images/round.png", "book/chapters/two.md", "book/glossary.tsv"])
def test_a_link_that_leads_to_itself_is_reported(root, name):
    (root / name).unlink(missing_ok=True)
    (root / name).symlink_to(Path(name).name)
    findings = found(root)
    assert [finding for finding in findings if name in finding], findings
