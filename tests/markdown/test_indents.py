import pytest
from manuscripts import generous

from keben.core.markup import serialize


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("　　一。\n　　二，\n还是二。\n　　三。", "<p>一。</p><p>二，还是二。</p><p>三。</p>"),
        ("一。\n　　二。", "<p>一。</p><p>二。</p>"),
        ("> 　　一。\n> 　　二。", "<blockquote><p>一。</p><p>二。</p></blockquote>"),
        ("```\n　　一\n　　二\n```", "<pre><code>　　一\n　　二</code></pre>"),
    ],
)
def test_a_line_that_two_wide_spaces_indent_begins_a_paragraph(text, wanted):
    book, findings = generous(f"# 题\n\n{text}\n")
    assert findings == []
    assert serialize(book.chapters[0].body).replace("\n<", "<").replace(">\n", ">") == wanted.replace(
        ">\n", ">"
    )


@pytest.mark.parametrize("text", ["一，\n　还是一。", "- 一，\n　　还是一。", "- 一，\n  　　还是一。"])
def test_one_space_and_lines_of_a_list_go_on_with_what_they_follow(text):
    book, (finding,) = generous(f"# 题\n\n{text}\n")
    assert "starts with an indent" in finding
    assert serialize(book.chapters[0].body).count("还是一") == 1
    assert len(book.chapters[0].body) == 1
