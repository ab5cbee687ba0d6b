"""The README in three languages: each says the same, and Taiwan's is Keben's own conversion of the mainland's."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent.parent
NAMES = ("README.md", "README.zh.md", "README.zh-TW.md")


def lines(name):
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def shape(name):
    """What must not differ: headings by level, tables' rows, lists, and code without its comments."""
    reported, in_code = [], False
    for line in lines(name)[1:]:
        if line.startswith("```"):
            in_code = not in_code
            reported.append(line)
        elif in_code:
            reported.append(re.sub(r"\s*#\s.*", "", line))
        elif match := re.match(r"#+ |\||- ", line):
            reported.append(match[0])
    return reported


def links(name):
    text = "\n".join(lines(name)[1:])
    return re.findall(r"\]\(([^)]*)\)", text)


def english(link):
    """The English page of a link, without the place in it."""
    return link.partition("#")[0].replace(".zh.md", ".md")


@pytest.mark.parametrize("name", NAMES[1:])
def test_each_readme_has_the_same_parts_code_and_links(name):
    assert shape(name) == shape(NAMES[0])
    assert sorted(map(english, links(name))) == sorted(map(english, links(NAMES[0])))


@pytest.mark.parametrize("name", NAMES)
def test_each_readme_names_the_others_first_and_links_to_files_that_are_there(name):
    others = [other for other in NAMES if other != name]
    assert re.findall(r"\]\(([^)]*)\)", lines(name)[0]) == others
    for link in links(name):
        path = ROOT / link.partition("#")[0]
        assert path.is_file(), link


def test_taiwan_s_readme_is_keben_s_own_conversion():
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / "traditional.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_chinese_pages_link_to_chinese_pages():
    checked = subprocess.run(
        [sys.executable, ROOT / "tools" / "chineselinks.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def pages():
    return (*(ROOT / name for name in NAMES), ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))


def anchors(page):
    """The ids that GitHub gives to a page's headings."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    heads = [after for token, after in pairwise(tokens) if token.type == "heading_open"]
    texts = ["".join(each.content for each in head.children) for head in heads]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


def hrefs(page):
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    for token in tokens:
        for child in token.children or ():
            if address := child.attrGet("href") or child.attrGet("src"):
                yield unquote(str(address))


def test_links_between_pages_of_the_documentation_lead_somewhere():
    known = {page.resolve(): anchors(page) for page in pages()}
    lost = []
    for page in pages():
        for address in hrefs(page):
            if re.match(r"[a-z]+:", address):
                continue
            path, _, anchor = address.partition("#")
            target = (page.parent / path).resolve() if path else page.resolve()
            if not target.exists() or (anchor and target in known and anchor not in known[target]):
                lost.append(f"{page.name}: {address}")
    assert lost == []
