"""What a build found is reported by the next one too, which makes nothing."""

import json
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from projects import change, write_project
from samples import PNG

from keben.build.recalled import KEY, recalled, remembered
from keben.core.errors import Finding, Place

SLIPS = """
$x_i^2$ 与 H~2~O，==重点==，{乱}。晴☀️天，葛󠄀城，国\ue83a。

> [!NOTE]
> 注意。

::: warning
小心
:::

[文字]{.unknwon} （half) "直引号”

![点](../images/pixel.png){width=80%}

![动](../images/moving.gif)

![矢量](../images/drawing.svg)

<div class="pink">一行</div>
"""

CSS = ".pink { color: pink; float: somewhere; hyphens: perhaps }\n"

MOVING = bytes.fromhex(
    "47494638396101000100f00000ff000000000021f90400640000002c00000000010001000002024401"
    "0021f90400640000002c000000000100010000020244010 03b".replace(" ", "")
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/>'
    '<script>x</script><foreignObject width="9" height="9"/></svg>'
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with as many kinds of findings as one book can have that is built."""
    root = write_project(tmp_path_factory.mktemp("slips"))
    one = root / "book/chapters/one.md"
    one.write_text(one.read_text("utf-8") + SLIPS.replace("\ue83a", "𰻝"), "utf-8")
    (root / "book/images/pixel.png").write_bytes(PNG)
    (root / "book/images/moving.gif").write_bytes(MOVING)
    (root / "book/images/drawing.svg").write_text(SVG, "utf-8")
    (root / "book/chapters/unlisted.md").write_text("# 没有列出\n\n文。\n", "utf-8")
    (root / "book/glossary.tsv").write_text("source\tzh-hant\n从来没有的词\t從來沒有的詞\n", "utf-8")
    (root / "styles").mkdir()
    (root / "styles/print.css").write_text('@import "default:print.css";\n' + CSS, "utf-8")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n",
        '[editions.zh-Hans]\nformats = ["epub", "pdf", "press"]\n',
    )
    return root


def findings(*arguments: str) -> list[dict[str, object]]:
    answer = json.loads(run(*arguments, "--json").stdout)
    return answer["findings"]  # type: ignore[no-any-return]


def test_an_unchanged_build_reports_what_the_first_one_did(project: Path, tmp_path: Path) -> None:
    command = ("build", str(project), "-j", "1", "-o", str(tmp_path / "out"))
    first = json.loads(run(*command, "--json").stdout)
    again = json.loads(run(*command, "--json").stdout)
    assert (len(first["made"]), len(again["kept"]), again["made"]) == (6, 6, [])
    assert again["findings"] == first["findings"]
    # Which there are hangs a little on the fonts of the machine.
    assert len({each["code"] for each in first["findings"]}) > 10
    one = findings(*command, "-e", "zh-Hans", "-f", "epub")
    assert {each["code"] for each in one} < {each["code"] for each in first["findings"]}
    # What only setting pages tells is known to `keben check` too.
    checked = findings("check", str(project), "-o", str(tmp_path / "out"))
    assert [each for each in first["findings"] if each not in checked] == []


def test_a_manifest_that_was_changed_costs_no_build() -> None:
    good = Finding(Place("book/chapters/one.md", 3, 1), "odd", "It is odd.", "Look.", "warning")
    (entry,) = remembered([good, good])
    assert recalled({KEY: [entry, 1, {}, {**entry, "severity": "awful"}, {**entry, "line": "3"}]}) == (good,)
    assert recalled({}) == recalled({KEY: 5}) == ()


@given(
    st.lists(
        st.builds(Finding, st.builds(Place, st.text(), st.integers(0), st.integers(0)), st.text(), st.text())
    )
)
def test_findings_come_back_from_a_manifest(found: list[Finding]) -> None:
    entry = json.loads(json.dumps({KEY: remembered(found)}))
    assert recalled(entry) == tuple(sorted(set(found)))
