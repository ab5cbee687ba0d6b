"""A book of code the whole road: its words in an e-book, and in the one ink of a printer's interior."""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from commands import run

TOML = """[book]
title = "代码书"
authors = ["林一"]
language = "zh-Hans"
identifier = "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f12"
slug = "code"
version = "1.0.0"
date = 2026-01-01
description = "试"

[editions.zh-Hans]
formats = ["epub", "press"]

[press]
inks = "black"
"""

LONG = 'let key = "' + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3" * 5 + '";'
CHAPTER = f"""# 代码

软件如下：

```python title="甲.py" hl_lines="2" linenums="41"
# 软件的注释
def f(x):
    return "软件"
```

```rust
{LONG}
```

```diff
-旧
+新
```

{{{{{{}}}}}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("code")
    (root / "book" / "chapters").mkdir(parents=True)
    (root / "book" / "book.toml").write_text(TOML, encoding="utf-8")
    (root / "book" / "chapters" / "01.md").write_text(CHAPTER, encoding="utf-8")
    built = run("build", root)
    assert built.exit_code == 0, built.output
    checked = run("check", root)
    assert checked.output.count("nothing of the text is lost") == 2, checked.output
    return Path(root / "build")


def test_an_e_book_has_classes_numbers_and_all_of_the_code(book):
    with zipfile.ZipFile(book / "code-zh-Hans.epub") as package:
        page = package.read("EPUB/text/01.xhtml").decode()
    block = re.search(r"<pre.*?</pre>", page, re.DOTALL)[0]
    assert block == (
        '<pre class="code-lines code-numbered"><code class="language-python">'
        '<span class="code-line" data-number="41"><span class="code-comment"># 软件的注释</span>\n</span>'
        '<span class="code-line code-marked" data-number="42"><span class="code-keyword">def</span> '
        '<span class="code-function">f</span>(x):\n</span>'
        '<span class="code-line" data-number="43">    <span class="code-keyword">return</span> '
        '<span class="code-string">"软件"</span>\n</span></code></pre>'
    )
    assert "".join(re.findall(r">([^<]*)", page)).count("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3") == 5


def colours(path):
    """The colours of text and rules on the pages of a PDF that are no shade of grey."""
    found = set()
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("rg", "scn"):
                    parts = tuple(
                        round(float(each), 2) for each in operands if not isinstance(each, pikepdf.Name)
                    )
                    if len(set(parts)) > 1:
                        found.add(parts)
                elif str(operator) == "g" and 0 < float(operands[0]) < 0.3:
                    found.add(float(operands[0]))
    return found


def test_one_ink_shows_words_of_code_by_weight_alone(book):
    # The label above the chapter's title alone.
    assert colours(book / "code-zh-Hans-press.pdf") == {0.2418}
