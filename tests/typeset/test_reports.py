"""What WeasyPrint logs: each message it can log has a meaning, and only loss stops a book."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint
from books import book, chapter
from weasyprint.logger import LOGGER

from keben.core.catalogues import translated
from keben.core.errors import BuildError
from keben.typeset import typeset
from keben.typeset.weasy import subsets
from keben.typeset.weasy.reports import MEANINGS, heard


def messages(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("warning", "error", "critical", "exception")
                and ast.unparse(node.func.value) == "LOGGER"
            ):
                text = node.args[0]
                yield text.value if isinstance(text, ast.Constant) else ast.unparse(text)[2:-1]


def test_every_message_of_this_weasyprint_has_a_meaning() -> None:
    assert set(messages(Path(weasyprint.__file__).parent)) == MEANINGS.keys() - {
        subsets.CUT_OTHERWISE,
        subsets.WHOLE,
    }


@pytest.mark.parametrize(
    ("css", "severity"),
    [
        ("p { zoom: 2 }", "warning"),
        ("p { display: inline-grid }", "warning"),
        ("@bottom { color: red }", "warning"),
        ("p { color: device-cmyk(1 2 3) }", "warning"),
        ('p::before { content: nothing("甲") }', "error"),
        ("p { string-set: a b c }", "error"),
        ('@font-face { font-family: "甲" }', "error"),
        ('@font-face { font-family: "甲"; src: url("fonts/none.ttf") }', "error"),
        ('p::before { content: target-counter("#none", page) }', "error"),
        ('p::before { content: "甲" string(none) }', "error"),
    ],
)
def test_only_loss_is_an_error(css: str, severity: str) -> None:
    composition = book(chapter("<p>文</p>"), styles={"print.css": css})
    if severity == "warning":
        findings = typeset(composition).findings
    else:
        with pytest.raises(BuildError) as caught:
            typeset(composition)
        findings = caught.value.findings
    assert {finding.severity for finding in findings} == {severity}
    assert all(finding.message.startswith("WeasyPrint reports: ") for finding in findings)


def test_what_is_heard_beside_a_loss_is_told_with_it() -> None:
    with pytest.raises(BuildError) as caught, heard("书.pdf"):
        LOGGER.warning("Subgrids are unsupported")
        LOGGER.error("Failed to load image at %r: %s", "a.png", "no")
    assert [(finding.severity, str(finding.place)) for finding in caught.value.findings] == [
        ("warning", "书.pdf"),
        ("error", "书.pdf"),
    ]


def test_a_message_that_is_not_known_means_what_weasyprint_calls_it() -> None:
    with heard("书.pdf") as log:
        LOGGER.warning("A new kind of warning: %s", "甲")
    assert [str(finding) for finding in log.findings] == [
        "书.pdf: warning: WeasyPrint reports: A new kind of warning: 甲."
    ]
    with pytest.raises(BuildError, match="A new kind of error"), heard("书.pdf"):
        LOGGER.error("A new kind of error")


def test_frequent_messages_are_weasyprints_own_in_english_and_translated_elsewhere() -> None:
    with heard("styles/print.css", "stylesheet", "\np { zoom: 2 }") as log:
        LOGGER.warning("Ignored `%s:%s` at %d:%d, %s.", "zoom", " 2", 2, 5, "unknown property")
        LOGGER.warning(
            "Unsupported @page selector %r, the whole @page rule was ignored at %d:%d.", "甲", 2, 1
        )
        LOGGER.warning("A new kind of warning: %s", "甲")
    assert [finding.message for finding in log.findings] == [
        "WeasyPrint reports: Ignored `zoom: 2` at 2:5, unknown property.",
        "WeasyPrint reports: Unsupported @page selector '甲', the whole @page rule was ignored at 2:1.",
        "WeasyPrint reports: A new kind of warning: 甲.",
    ]
    assert [translated(finding.message, "zh-Hans") for finding in log.findings] == [
        "WeasyPrint 报告：忽略了 2:5 处的 `zoom: 2`：没有这个属性。",
        "WeasyPrint 报告：不支持 @page 选择器 '甲'，忽略了 2:1 处的整条 @page 规则。",
        "WeasyPrint 报告：A new kind of warning: 甲。",
    ]


def test_a_file_that_is_refused_is_named_without_a_class() -> None:
    with pytest.raises(BuildError) as caught, heard("书.pdf"):
        LOGGER.error(
            "Failed to load image at %r: %s", "a.png", "RefusedError: “a.png” is not a file of this book"
        )
    (finding,) = caught.value.findings
    assert (
        translated(finding.message, "zh-Hans")
        == "WeasyPrint 报告：无法载入图片 'a.png'：“a.png”不是这本书的文件。"
    )
