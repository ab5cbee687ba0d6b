"""Badges of a repository's page."""

import pytest
from folders import write

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.badges import without_badges


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (
            "[![Build](https://img.shields.io/a.svg)](https://x.com) ![L](https://img.shields.io/b/MIT.svg)",
            "",
        ),
        ("[![hackmd-badge](https://hackmd.io/SZQ3/badge)](https://hackmd.io/S)", ""),
        (
            "[![CI](https://github.com/a/b/actions/workflows/ci.yml/badge.svg?branch=main)](https://github.com/a/b)",
            "",
        ),
        ('<a href="https://x.com"><img src="https://img.shields.io/npm/v/a" alt="v"></a>', ""),
        ('![npm](https://badge.fury.io/js/a.svg "npm")', ""),
        ("本书 ![license](https://img.shields.io/badge/MIT.svg) 欢迎。", "本书 欢迎。"),
        ("# 书名 [![Build](https://travis-ci.org/a/b.svg)](https://travis-ci.org/a/b)", "# 书名"),
        # Pictures of the book.
        (
            "![徽章](https://example.com/a-badge-of-honour.png)",
            "![徽章](https://example.com/a-badge-of-honour.png)",
        ),
        ("![徽章](images/badge.svg)", "![徽章](images/badge.svg)"),
        ("[badge](https://img.shields.io/a.svg)", "[badge](https://img.shields.io/a.svg)"),
    ],
)
def test_badges_go_with_the_links_around_them(line, left):
    assert without_badges([line]) == [left]


def test_badges_in_code_are_code():
    lines = ["```", "![L](https://img.shields.io/a.svg)", "```"]
    assert without_badges(lines) == lines


def test_no_build_and_no_import_takes_them(tmp_path):
    text = "# 甲\n\n![L](https://img.shields.io/a.svg)\n\n正文。\n"
    root = write(tmp_path / "mine", {"a.md": text, "b.md": "# 乙\n\n文。\n"})
    draft = import_book(root)
    assert draft.files["book/chapters/01.md"].decode() == "# 甲\n\n正文。\n"
    assert not [remark for remark in draft.remarks if "shields" in remark]
    for path in (root, root / "a.md"):
        assert "shields" not in load(path, {})[0].sources[0].text
