import tomllib

import pytest
from folders import write
from manuscripts import generous
from samples import PNG

from keben.markdown import parse
from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.hexotags import with_tags_read
from keben.project.importers.readtags import READ
from keben.project.importers.sources import open_folder

HEXO = {
    "_config.yml": "title: 随心记\nauthor: 林一\ndescription: 说\nlanguage: zh-CN\n",
    "README.md": "# 怎样装\n",
    "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
    "source/_posts/b.md": "---\ntitle: 乙\ndate: 2020-02-01 08:00:00\n---\n文。\n\n{% asset_img 图.png 250 山 %}\n",
    "source/_posts/b/图.png": PNG,
    "source/_posts/x/a.md": "---\ntitle: 甲\ndate: 2019/9/30 0:00:00\n---\n见{% post_link b %}。\n",
    "source/_posts/c.md": "---\ntitle: 丙\ndate: 2020-02-01 09:00:00\npublished: false\n---\n文。\n",
    "source/_drafts/d.md": "---\ntitle: 草\n---\n文。\n",
    "source/tags/index.md": "---\ntype: tags\n---\n",
}


def test_posts_of_hexo_are_chapters_by_their_dates(tmp_path):
    draft = import_book(write(tmp_path / "blog", HEXO))
    said = tomllib.loads(draft.files["book/book.toml"].decode())["book"]
    assert (said["title"], said["authors"], said["description"]) == ("随心记", ["林一"], "说")
    assert draft.chapters == ("甲", "乙")
    assert draft.files["book/chapters/01.md"].decode() == "# 甲\n\n见[乙](02.md)。\n"
    assert draft.files["book/chapters/02.md"].decode() == "# 乙\n\n文。\n\n![山](../images/picture.png)\n"
    assert draft.files["book/images/picture.png"] == PNG
    assert "Not written yet, left out (1): 丙." in draft.remarks


def test_posts_of_hexo_are_built_as_they_stand(tmp_path):
    manuscript, _findings = load(write(tmp_path / "blog", HEXO), {})[:2]
    assert [source.path for source in manuscript.sources] == [
        "book/source/_posts/x/a.md",
        "book/source/_posts/b.md",
    ]
    book, _ = parse(manuscript)
    assert [chapter.title for chapter in book.chapters] == [("甲",), ("乙",)]


def test_posts_of_jekyll_have_their_dates_in_their_names(tmp_path):
    files = {
        "_config.yml": "title: 试\n",
        "index.md": "---\nlayout: home\n---\n",
        "_posts/2020-01-02-b.md": "---\ntitle: 乙\n---\n文。![图]({{ site.baseurl }}/assets/p.png)\n",
        "_posts/2019-12-31-a.md": "---\ntitle: 甲\n---\n见[乙]({% post_url 2020-01-02-b %})。\n",
        "assets/p.png": PNG,
    }
    draft = import_book(write(tmp_path / "blog", files))
    assert draft.chapters == ("甲", "乙")
    assert draft.files["book/chapters/01.md"].decode() == "# 甲\n\n见[乙](02.md)。\n"
    assert "![图](../images/p.png)" in draft.files["book/chapters/02.md"].decode()


TAGS = {
    "{% asset_img 图.png %}": "![](p/图.png)",
    '{% asset_img left 图.png 300 50% "题" %}': "![题](p/图.png)",
    "{% asset_img 无.png 字 %}": "![字](无.png)",
    "{% asset_link 图.png 看图 %}": "[看图](p/图.png)",
    "![图]({% asset_path 图.png %})": "![图](p/图.png)",
    """{% img center /a.png 10 20 '"题" "代"' %}""": "![代](/a.png)",
    "{% post_link q 看它 %}": "[看它](q.md)",
    "{% post_link q %}": "[丁](q.md)",
    "{% post_link nowhere 字 %}": "字",
    "{% link 站 https://example.org %}": "[站](https://example.org)",
    "{% button https://example.org, 站, star fa-fw %}": "[站](https://example.org)",
    "{% label primary @要点 %}。": "==要点==。",
    "{% gp 3-2 %}": "",
    "{% grouppicture 6-4 %}": "",
    "{% hideToggle 答案 %}\n文\n{% endhideToggle %}": '{% details title="答案" %}\n文\n{% enddetails %}',
    "{% tabs x, 1 %}\n  <!-- tab 甲@heart -->\n文\n  <!-- endtab -->\n{% endtabs %}": (
        '{% tabs x, 1 %}\n  {% tab title="甲" %}\n文\n  {% endtab %}\n{% endtabs %}'
    ),
    "<!-- tab 甲 -->": "<!-- tab 甲 -->",
    "{% mermaid graph LR %}\nA --> B\n{% endmermaid %}": "```mermaid\ngraph LR; A --> B\n```",
    "{% mermaid %}\ngraph LR\nA --> B\n{% endmermaid %}": "```mermaid\ngraph LR\nA --> B\n```",
    "{% math %}\nx^2\n{% endmath %}": "$$\nx^2\n$$",
    "{% note %}\n甲\n{% endnote %} 后文\n\n末": "{% note %}\n甲\n{% endnote %}\n后文\n末",
    '![图]({{ "/a.png" | relative_url }})': "![图](/a.png)",
    # In code, and what nobody knows, it stays.
    "`{% asset_img 图.png %}`": "`{% asset_img 图.png %}`",
    "```\n{% asset_img 图.png %}\n```": "```\n{% asset_img 图.png %}\n```",
    "{% meting 1 %}": "{% meting 1 %}",
    "{% asset_img %}": "{% asset_img %}",
}


@pytest.mark.parametrize("text", TAGS)
def test_tags_become_markdown(tmp_path, text):
    posts = {"q.md": "---\ntitle: 丁\n---\n", "p/图.png": PNG, "p.md": ""}
    folder = open_folder(write(tmp_path, {f"source/_posts/{name}": data for name, data in posts.items()}))
    made = with_tags_read(text.split("\n"), "source/_posts/p.md", folder)
    assert "\n".join(made) == TAGS[text]


@pytest.mark.parametrize("name", sorted(READ))
def test_tags_of_which_an_import_does_not_speak_are_read_by_a_build(name):
    _, findings = generous(f"# 题\n\n{{% {name} %}}\n文\n{{% end{name} %}}\n\n后。")
    assert [finding for finding in findings if "{%" in str(finding)] == []
