import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from keben.markdown import frontmatter
from keben.markdown.frontmatter import split_front_matter


def read(text):
    matter, rest, findings = split_front_matter(text, "a.md", "zh-Hans", is_generous=True)
    return matter.title, rest, [(str(each.place), each.severity) for each in findings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("---\ntitle: 甲\ntag: x\n--- `y`\n文\n", ("甲", "\n\n\n`y`\n文\n", [("a.md:4", "warning")])),
        ("---\ntitle: 甲\n# 乙\n文\n", ("甲", "\n\n# 乙\n文\n", [("a.md:3", "warning")])),
        ("---\ntitle: 甲\n\n- 文\n\n话\n", ("甲", "\n\n\n- 文\n\n话\n", [("a.md:3", "warning")])),
        ("---\n文\n\n话\n", (None, "---\n文\n\n话\n", [])),
        ("---\ntitle: “甲”\nx: a: b\n---\n文\n", ("“甲”", "\n\n\n\n文\n", [("a.md:3:5", "warning")])),
        (
            "---\n<%* let a\nif(x): {\n\ty: 1}\n%>\ntitle: '乙'\n---\n文\n",
            ("乙", "\n\n\n\n\n\n\n文\n", [("a.md:3:6", "warning")]),
        ),
    ],
)
def test_a_generous_reader_takes_what_is_no_front_matter_for_text(text, wanted):
    assert read(text) == wanted


@pytest.mark.parametrize("text", ["---\ntitle: 甲\n\n文\n", "---\nx: a: b\n---\n文\n"])
def test_a_strict_reader_refuses_it(text):
    _, _, findings = split_front_matter(text, "a.md", "zh-Hans")
    assert [each.severity for each in findings] == ["error"]


VALUES = st.text('\\"\ue000nxabyesnotrue019 .-“：，中文“”‘’—…·:,;!?()/_TZ~#', max_size=9)


@given(
    st.lists(
        st.tuples(st.sampled_from(["title", "label", "a-b", "y", "no"]), VALUES, st.booleans()), max_size=3
    )
)
def test_plain_yaml_is_read_by_libyaml_as_by_python(pairs: list[tuple[str, str, bool]]) -> None:
    text = "\n".join(f'{key}: "{value}"' if quoted else f"{key}: {value}" for key, value, quoted in pairs)
    if not frontmatter._PLAIN_YAML.fullmatch(text):
        return
    nodes = [loader(text).get_single_node() for loader in (yaml.SafeLoader, frontmatter._loader)]
    said = [
        [
            (key.value, value.value, value.tag, key.start_mark.line, key.start_mark.column)
            for key, value in (node.value if node else ())
        ]
        for node in nodes
    ]
    assert said[0] == said[1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["title", "label", "short", "y", "no"]), VALUES, st.booleans()), max_size=4
    )
)
def test_what_is_read_without_yaml_is_what_yaml_reads(said):
    lines = [f'{key}: "{value}"' if quoted else f"{key}: 中{value}" for key, value, quoted in said]
    without, with_yaml = (frontmatter._Reading("a.md", "zh-Hans", lines) for _ in range(2))
    if frontmatter._read_sure(lines, without):
        frontmatter._read_yaml("\n".join(lines), with_yaml)
        assert without == with_yaml
    else:
        assert without.values == {}


def test_plain_front_matter_needs_no_yaml(monkeypatch):
    monkeypatch.setattr(frontmatter, "_read_yaml", None)
    matter, _, findings = split_front_matter(
        '---\ntitle: 第一章 后来\nlabel: ""\n---\n文\n', "a.md", "zh-Hans"
    )
    assert (matter.title, matter.label, matter.title_line, findings) == ("第一章 后来", "", 2, ())
