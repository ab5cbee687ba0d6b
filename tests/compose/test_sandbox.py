import sys
from time import process_time

import pytest

from keben.compose import sandbox
from keben.compose.render import Renderer
from keben.core.book import Theme
from keben.core.errors import SourceError
from keben.core.markup import text_of


def fill(text, **values):
    renderer = Renderer(Theme({"a.html": f"<p>{text}</p>"}, {}, {}, {}))
    return text_of(renderer.tree("a.html", **values))


TOO_MUCH = {
    "times": "{{ 'x' * 10**9 }}",
    "times, folded": "{{ 'x' * 1000000000 }}",
    "list times": "{{ ([1] * 10**8)|length }}",
    "power": "{{ 10**10000000000 }}",
    "numbers that grow": "{% set ns = namespace(n=9) %}{% for i in range(50) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
    "center": "{{ 'x'|center(10**9) }}",
    "center, folded": "{{ 'x'|center(1000000000) }}",
    "the method": "{{ 'x'.center(1000000000) }}",
    "zfill": "{{ '1'.zfill(1000000000) }}",
    "expandtabs": "{{ ('\t' * 90000).expandtabs(90000) }}",
    "format": "{{ '{:>1000000000}'.format(1) }}",
    "format by another": "{{ '{:>{}}'.format(1, 1000000000) }}",
    "percent": "{{ '%1000000000d' % 1 }}",
    "percent star": "{{ '%*d' % (1000000000, 1) }}",
    "format filter": "{{ '%1000000000d'|format(1) }}",
    "batch": "{{ [1]|batch(1000000000, 'x')|list|length }}",
    "slice": "{{ [1]|slice(1000000000)|list|length }}",
    "indent": "{{ '\n\n'|indent(1000000000, true) }}",
    "replace": "{{ ('x' * 60000)|replace('x', 'y' * 60000) }}",
    "replace method": "{{ ('x' * 60000).replace('x', 'y' * 60000) }}",
    "join": "{{ ('x' * 60000).join('y' * 60000) }}",
    "join filter": "{{ ('y' * 60000)|join('x' * 60000) }}",
    "doubled by +": "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    "doubled by ~": "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "doubled by set": "{% set ns = namespace(s='x') %}{% for i in range(60) %}"
    "{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
    "doubled by a macro": "{% macro m(s) %}{{ s }}{{ s }}{% endmacro %}{% set ns = namespace(s='x') %}"
    "{% for i in range(60) %}{% set ns.s = m(ns.s) %}{% endfor %}",
    "output": "{% for i in range(100000) %}{{ 'x' * 9000 }}{% endfor %}",
    "nested loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "macros that branch": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "range": "{% for i in range(1000000000) %}{% endfor %}",
    "lipsum": "{{ lipsum(n=100000000) }}",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_template_that_asks_for_too_much_is_reported(name):
    began = process_time()
    with pytest.raises(SourceError) as caught:
        fill(TOO_MUCH[name])
    assert process_time() - began < 60
    (finding,) = caught.value.findings
    assert (finding.place.path, finding.code) == ("templates/a.html", "template")
    assert finding.message.startswith("This template fails: ")


def test_the_time_is_bounded_too(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 0.05)
    with pytest.raises(SourceError, match=r"it takes more than 0\.05 seconds"):
        fill("{% for i in range(90000) %}{% for j in range(50) %}{{ '' }}{% endfor %}{% endfor %}")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory")
def test_below_all_else_memory_is_bounded(monkeypatch):
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(sandbox, "MEMORY", 1 << 26)
    with pytest.raises(SourceError, match="MiB of memory"):
        fill("{{ make() }}", make=lambda: len(b"x" * (1 << 28)))
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{% for i in range(3) %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/3 2/3 3/3 "),
        ("{{ 'a' ~ 1 ~ none }}", "a1None"),
        ("{{ '&' ~ '<b>'|safe ~ 'x' }}", "&x"),
        ("{% set s %}{{ 1 }}{% endset %}{{ s }}", "1"),
        ("{% set s|upper %}a{% endset %}{{ s }}", "A"),
        ("{{ 'a,b'|replace(',', '、') }}{{ ['a', 'b']|join('，') }}", "a、ba，b"),
        ("{{ 'a,b'.replace(',', '、') }}{{ '，'.join(['a', 'b']) }}", "a、ba，b"),
        ("{{ '%s %03d' % ('a', 7) }}{{ '{:>3}'.format(1) }}{{ 2**10 + 3 * 4 }}", "a 007  11036"),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(1) }}{% macro k() %}{{ caller() }}{% endmacro %}{% call k() %}3{% endcall %}", "[1]3"),
        ("{{ x|default('a') }}{{ 1 if x is defined }}{{ f(context=1, function=2)['context'] }}", "a1"),
        ("{{ [3, 1, 2]|sort|map('string')|list|length }}{{ 'abc'|truncate(9) }}", "3abc"),
        ("{% for x in t recursive %}{{ x.n }}{{ loop(x.c) if x.c }}{% endfor %}", "12"),
    ],
)  # fmt: skip
def test_what_templates_do_is_as_jinja_does_it(text, made):
    assert fill(text.replace("<b>", "<b></b>"), f=dict, t=[{"n": 1, "c": [{"n": 2, "c": []}]}]) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{{ 3.0 + 14.19 }}", "17.19"),
        ("{{ a + b }}", "17.19"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(a + b) }}", "17.19"),
        ("{{ a / 7 }}", "0.4286"),
        ("{{ 12 }} {{ 2.0 }} {{ '0.123456789' }}", "12 2.0 0.123456789"),
    ],
)
def test_numbers_are_printed_without_the_dust_of_sums(text, made):
    assert fill(text, a=3.0, b=14.19) == made
