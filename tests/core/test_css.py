import pytest

from keben.core.css import without_comments


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("/* a */\np { color: red } /* b */\n\n\n  q { }\n", "p { color: red }\nq { }"),
        ("a/* x */.b { margin: 1/**/2px }", "a/**/.b { margin: 1/**/2px }"),
        ("a /* x */ .b {}", "a .b {}"),
        ('p::before { content: "/* no  comment */" }', 'p::before { content: "/* no  comment */" }'),
        (r'p::before { content: "\"/* a */" }', r'p::before { content: "\"/* a */" }'),
        ("p::before { content: '/* a */' } /* it's */ q {}", "p::before { content: '/* a */' } q {}"),
        ("a { background: url(a/*b*/.png) }", "a { background: url(a/*b*/.png) }"),
        ("/*! licence */ a {} /* open", "/*! licence */ a {}"),
        ("", ""),
    ],
)
def test_comments_go_and_strings_stay(text, least):
    assert without_comments(text) == least
