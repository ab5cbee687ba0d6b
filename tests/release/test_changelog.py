from hypothesis import given
from hypothesis import strategies as st

from keben.release.changelog import notes_of

TEXT = """# Changes

## [Unreleased]

Not yet.

## [1.1.0] - 2026-02-01

### Added

- A chapter, see [the issue][7].

```
## [9.9.9]
```

## v1.0.0

First.

## 0.9

[7]: https://example.org/7
[1.1.0]: https://example.org/1.1.0
"""


def test_the_notes_of_a_version_are_its_section_with_the_links_that_it_uses():
    assert notes_of(TEXT, "1.1.0") == (
        "### Added\n\n- A chapter, see [the issue][7].\n\n```\n## [9.9.9]\n```\n\n[7]: https://example.org/7\n"
    )
    assert notes_of(TEXT, "1.0.0") == "First.\n"
    assert notes_of(TEXT, "v1.0.0") == "First.\n"


def test_a_version_without_a_section_or_without_a_word_in_it_has_no_notes():
    assert [notes_of(TEXT, version) for version in ("0.9", "9.9.9", "1.1", "2.0.0", "")] == [None] * 5


@given(st.lists(st.text("ab* `", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=4))
def test_each_section_comes_back(texts):
    texts = [text.replace("```", "") + "." for text in texts]
    sections = [f"## [{number}.0] - 2026-01-01\n\n{text}\n" for number, text in enumerate(texts)]
    for number, text in enumerate(texts):
        assert notes_of("# Changes\n\n" + "\n".join(sections), f"{number}.0") == text.strip() + "\n"
