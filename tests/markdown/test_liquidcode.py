"""parse at its door, generous: code between tags of Jekyll and Hexo."""

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize
from keben.project.importers.prose import prose_lines

CODE = '<pre><code class="language-js">{}</code></pre>'
CASES = {
    '{% highlight js %}\n*a* "b"\n\n{{ c }}\n{% endhighlight %}\n\n后': (
        CODE.format('*a* "b"\n\n{{ c }}\n') + "<p>后</p>"
    ),
    "前\n{% highlight JS %}\na\n{% endhighlight %}": "<p>前</p>" + CODE.format("a\n"),
    "{% highlight js %}a {% endhighlight %}": CODE.format("a\n"),
    "{%- highlight js -%} a\nb {%- endhighlight -%}": CODE.format("a\nb \n"),
    "{% highlight js %}\n{% raw %}\na {{ b }}\n{% endraw %}\n{% endhighlight %}": CODE.format("a {{ b }}\n"),
    "{% codeblock lang:js %}\na\n{% endcodeblock %}": CODE.format("a\n"),
    "{% codeblock a.js lang:js https://e.org %}\na\n{% endcodeblock %}": (
        '<p class="code-title">a.js</p>' + CODE.format("a\n")
    ),
    "{% codeblock %}\na\n{% endcodeblock %}": "<pre><code>a\n</code></pre>",
    "{% highlight js linenos %}\na\n{% endhighlight %}": '<pre data-first="1"><code class="language-js">a\n</code></pre>',
    "- 甲\n\n  {% highlight js %}\n  a\n    b\n  {% endhighlight %}": (
        "<ul><li><p>甲</p>" + CODE.format("a\n  b\n") + "</li></ul>"
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_code_between_tags(text):
    book, _ = generous(f"# 题\n\n{text}")
    _, findings = parse_texts(f"# 题\n\n{text}", reader="generous")
    assert (serialize(book.chapters[0].body), findings) == (CASES[text], ())


@pytest.mark.parametrize("text", ["{% highlight js %}\n甲", "{% highlight js %}甲", "{% endhighlight %}"])
def test_a_tag_that_nothing_closes_is_printed(text):
    book, _ = generous(f"# 题\n\n{text}")
    assert "{%" in serialize(book.chapters[0].body)


def test_an_import_takes_it_for_code():
    lines = [
        "甲",
        "{% highlight js %}",
        "[a](b)",
        "{% endhighlight %}",
        "乙",
        "{% prism %}a{% endprism %}",
        "丙",
    ]
    assert prose_lines(lines) == (True, False, False, False, True, False, True)
