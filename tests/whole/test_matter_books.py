"""Whole books with front matter, a copyright page, verse and a play: built, looked into and checked."""

import io
from pathlib import Path

import pikepdf
import pytest
from commands import run
from ordinary import Built
from samples import PNG

TOML = """[book]
title = "试验"
authors = ["林一"]
language = "zh-Hans"
identifier = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11"
slug = "trial"
publisher = "某社"
date = 2026-03-01
order = ["half-title", "frontispiece", "titlepage", "colophon", "dedication", "contents", "preface", "text"]
[book.imprint]
editors = "张三"
price = 38
[print]
front-folios = "roman"
[editions.zh-Hans]
[editions.columns]
language = "zh-Hant-TW"
writing = "vertical"
formats = ["pdf"]
order = ["titlepage", "dedication", "contents", "preface", "text", "colophon"]
print = { front-folios = "chinese" }
imprint = { issuer = "陳五", price = 380 }
"""
CHAPTERS = {
    "0.md": '---\nkind: frontispiece\n---\n\n![河](../images/dot.png "河")\n',
    "1.md": "---\nkind: dedication\n---\n\n献给母亲\n",
    "2.md": "# 自序\n\n我在河边长大，见[](#boat)。\n",
    "3.md": "---\nid: boat\nshort: 船里\n---\n\n# 河里的那一条船\n\n::: {.verse .centred}\n小桥流水\n　　人家\n\n枯藤\n:::\n\n"
    + "河上没有船，也没有桥，只有一条旧绳子横在水面上。" * 60,
    "4.md": "# 戏\n\n::: {.drama}\n（夜。）\n\n周老爷　你来了。\n鲁妈　（冷笑）不是我要来的。\n:::\n\n***\n\n完。\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("matter")
    for folder in ("chapters", "images"):
        (root / "book" / folder).mkdir(parents=True)
    (root / "book/book.toml").write_text(TOML, encoding="utf-8")
    (root / "book/images/dot.png").write_bytes(PNG)
    for name, text in CHAPTERS.items():
        (root / "book/chapters" / name).write_text(text, encoding="utf-8")
    result = run("build", root, "-j", 1)
    return Built(root, result.exit_code, tuple(result.stderr.splitlines()))


def labels(root: Path, edition: str) -> list[str]:
    with pikepdf.open(io.BytesIO((root / f"build/trial-{edition}.pdf").read_bytes())) as pdf:
        return [page.label for page in pdf.pages]


def test_they_are_built_whole(built: Built) -> None:
    assert (built.code, built.said) == (0, ())


def test_pages_before_the_text_are_counted_apart(built: Built) -> None:
    roman = "i ii iii iv v vi vii viii ix x".split()
    assert labels(built.root, "zh-Hans") == [*roman, "1", "2", "3", "4", "5"]
    assert labels(built.root, "columns") == [*"一二三四五六七八", "1", "2", "3", "4", "5", "6"]
    rows = built.rows()
    assert any(row.startswith("自序") and row.endswith("ix") for row in rows)
    assert any("河里的那一条船" in row and row.endswith("1") for row in rows)
    assert "河里的那一条船”（第1页）" in built.printed()


def test_the_running_head_is_the_short_title_in_the_editions_script(built: Built) -> None:
    assert "第一章船里" in "".join(built.printed().split())
    assert "第一章船裡" in "".join(built.printed("columns").split())


def test_each_region_has_its_own_copyright_page(built: Built) -> None:
    said = built.page("colophon")
    for part in (
        "责任编辑 张三",
        "出版发行 某社",
        "版次 2026年3月第1版",
        "定价 38.00元",
    ):
        assert part in said
    assert "开本" not in said
    assert "开本880毫米×1230毫米1/32" in "".join(built.printed().split())
    taiwan = "".join(built.printed("columns").split())
    assert taiwan.index("發行人陳五") > taiwan.index("完。")
    assert "初版2026年3月" in taiwan
    assert "新臺幣380元" in taiwan
