from samples import sample_edition

from keben.compose.shown import with_own_pictures
from keben.core.composition import Document
from keben.core.markup import parse, serialize


def test_documents_show_the_pictures_of_the_edition():
    assets = dict.fromkeys(("a.png", "a.zh-Hant.png", "b.png"))
    root = parse('<section><p><img src="a.png"/><img src="b.png"/></p></section>')
    document = Document("one", "chapter", "题", root)
    taiwan, mainland = sample_edition("zh-Hant-TW"), sample_edition("zh-Hans-CN")
    (made,) = with_own_pictures([document], assets, taiwan)
    assert serialize(made.root.children) == '<p><img src="a.zh-Hant.png"/><img src="b.png"/></p>'
    assert with_own_pictures([document], assets, mainland) == (document,)
