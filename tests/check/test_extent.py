from dataclasses import replace

from samples import sample_composition

from keben.check import count_characters
from keben.core.composition import Document
from keben.core.markup import parse


def length(body, kind="chapter"):
    document = Document("one", kind, "一", parse(f"<section>{body}</section>"))
    return count_characters(replace(sample_composition(), documents=(document,)))


def test_characters_are_counted_as_they_stand_without_spaces():
    assert length("<p>他说：“好……”\n a b</p><ul><li>一</li><li>⑳</li></ul>") == 12


def test_readings_calls_of_notes_and_drawings_do_not_count():
    ruby = "<ruby>余<rp>（</rp><rt>yú</rt><rp>）</rp></ruby>"
    call = '<a class="noteref" href="#n">1</a>'
    assert length(f"<p>{ruby}{call}</p><svg><text>图</text></svg>") == 1
    assert length("<p>封面</p>", "cover") == 0
