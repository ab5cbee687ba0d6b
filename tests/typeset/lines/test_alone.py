"""Lines are numbers alone: they are worked out, and tested, where there is no WeasyPrint."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

ALONE = """
import importlib, importlib.util, pkgutil, sys

for name in ("weasyprint", "pydyf", "cffi"):
    sys.modules[name] = None

import keben.typeset.lines

for module in pkgutil.iter_modules(keben.typeset.lines.__path__):
    importlib.import_module(f"keben.typeset.lines.{{module.name}}")
for number, file in enumerate({tests}):
    spec = importlib.util.spec_from_file_location(f"test{{number}}", file)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))

from keben.typeset.lines.breaking import break_lines
from keben.typeset.lines.marks import marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph
from keben.typeset.lines.spacing import space

text = paragraph([LinePiece("他说：“好。”然后走了，没有回头。", 10, lambda text: 5 * len(text))], marks_of("zh-Hans-CN"))
lines = break_lines(text, 80, 80)
print("|".join(text.text[line.first : line.last] for line in lines))
print(space(text, lines[0], 80, justify=True).after)
print(sorted(name for name in sys.modules if name.startswith("keben.typeset.weasy")))
"""


def test_lines_and_their_tests_need_no_weasyprint() -> None:
    tests = [str(path) for path in sorted(HERE.glob("test_*.py")) if path != Path(__file__)]
    assert len(tests) >= 3
    script = ALONE.format(tests=tests)
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "他说：“好。”然后|走了，没有回头。",
        "[0, 0, -500, 0, 0, -500, 0, 0, 0]",
        "[]",
    ]
