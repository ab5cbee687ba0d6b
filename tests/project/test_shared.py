from commands import run
from projects import change, write_project


def glossaries(root, value):
    change(
        root, "book/book.toml", "[editions.zh-Hans]", f"[convert]\nglossaries = {value}\n\n[editions.zh-Hans]"
    )


def converted(root):
    assert run("build", root, "-f", "epub", "-e", "zh-Hant-TW").exit_code == 0
    (record,) = (root / "build").glob("*.record.tsv")
    return record.read_text("utf-8")


def test_terms_of_a_subject_and_of_a_file_are_taken_and_the_book_s_own_win(tmp_path):
    root = write_project(tmp_path / "demo")
    change(root, "book/chapters/two.md", "皇后走在后面", "老挝、肯尼亚和芒果汁。\n\n皇后走在后面")
    (root / "book" / "house.tsv").write_text("source\tzh-TW\n芒果汁\t檬果汁\n", "utf-8")
    own = root / "book" / "glossary.tsv"
    own.write_text("source\tzh-TW\n肯尼亚\t肯亞共和國\n", "utf-8")
    glossaries(root, '["places", "house.tsv"]')
    assert "寮國、肯亞共和國和檬果汁。" in converted(root)


def test_a_glossary_that_is_not_there_is_reported(tmp_path):
    root = write_project(tmp_path / "demo")
    glossaries(root, '["place"]')
    result = run("build", root, "-f", "epub")
    assert result.exit_code == 1
    assert "There is no shared glossary “place”." in result.stderr
    assert "places" in result.stderr


def test_a_glossary_outside_of_the_project_is_refused(tmp_path):
    root = write_project(tmp_path / "demo")
    (tmp_path / "x.tsv").write_text("source\tzh-TW\n", "utf-8")
    glossaries(root, '["../../x.tsv"]')
    assert run("build", root, "-f", "epub").exit_code == 1
