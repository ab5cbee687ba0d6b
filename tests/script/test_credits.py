"""Names of persons and of the publisher: kept, unless somebody decides."""

from dataclasses import replace

import pytest
from samples import sample_edition

from keben.core.editorial.values import Decision, Editorial, GlossaryEntry
from keben.core.errors import Place
from keben.core.metadata import Person
from keben.project.settings import read_settings
from keben.script.credits import settle_credits

HERE = Place("book/decisions.tsv", 2)


def edition(*names, language="zh-Hant-TW", publisher="", **changes):
    persons = tuple(Person(name) for name in names)
    data = replace(sample_edition().metadata, authors=persons, publisher=publisher)
    return sample_edition(language, metadata=replace(data, **changes))


def decided(phrase, target, before="", after="", language="zh-Hant"):
    return Editorial(decisions=(Decision(language, phrase, target, before, after, "", HERE),))


def named(found):
    return [person.name for person in found.edition.metadata.authors]


def test_a_name_stays_and_is_asked_once_with_what_it_would_become():
    found = settle_credits(edition("余华", "李博杰", "王小明", publisher="余华"), Editorial())
    assert named(found) == ["余华", "李博杰", "王小明"]
    assert found.edition.metadata.publisher == "余华"
    assert [(each.phrase, each.output, each.candidates) for each in found.doubts] == [
        ("余华", "余华", ("余华", "餘華")),
        ("李博杰", "李博杰", ("李博杰", "李博傑")),
    ]
    assert {each.kind for each in found.doubts} == {"credit"}


def test_the_catalogue_s_form_of_a_name_is_a_name_too():
    given = edition()
    person = Person("Yu Hua", file_as="余华")
    found = settle_credits(replace(given, metadata=replace(given.metadata, authors=(person,))), Editorial())
    assert found.edition.metadata.authors[0].file_as == "余华"
    assert [each.phrase for each in found.doubts] == ["余华"]


@pytest.mark.parametrize(
    "editorial",
    [
        decided("余华", "余華"),
        decided("余华", "余華", "¶", "¶"),
        decided("余华", "余華", language="zh-Hant-TW"),
        Editorial(glossary=(GlossaryEntry("余华", {"zh-Hant": "余華"}, HERE),)),
    ],
)
def test_an_editor_says_what_a_name_becomes(editorial):
    found = settle_credits(edition("余华"), editorial)
    assert (named(found), found.doubts, found.used) == (["余華"], (), {HERE})


def test_an_editor_may_say_that_a_name_stays():
    found = settle_credits(edition("余华"), decided("余华", "余华"))
    assert (named(found), found.doubts) == (["余华"], ())


@pytest.mark.parametrize(
    "editorial",
    [
        decided("华", "華"),
        decided("余华", "余華", "某", "某"),
        decided("余华", "余華", language="zh-Hant-HK"),
        Editorial(glossary=(GlossaryEntry("余", {"zh-Hant": "餘"}, HERE),)),
    ],
)
def test_what_is_decided_of_something_else_settles_no_name(editorial):
    found = settle_credits(edition("余华"), editorial)
    assert (named(found), [each.phrase for each in found.doubts], found.used) == (
        ["余华"],
        ["余华"],
        frozenset(),
    )


def test_a_term_that_the_glossary_leaves_to_the_converter_is_converted():
    editorial = Editorial(glossary=(GlossaryEntry("刻本编辑部", {"zh-Hant-TW": None}, HERE),))
    found = settle_credits(edition("刻本编辑部"), editorial)
    assert (named(found), found.doubts) == (["刻本編輯部"], ())


def test_what_the_edition_says_itself_is_asked_of_nobody():
    found = settle_credits(edition("余华", own=frozenset({"authors"})), Editorial())
    assert (named(found), found.doubts) == (["余华"], ())


def test_an_edition_in_the_source_s_language_is_as_it_was():
    given = edition("余华", language="zh-Hans-CN")
    assert settle_credits(given, Editorial()).edition is given


def test_a_variant_in_a_name_decides_it():
    toml = (
        '[book]\ntitle = "书"\nlanguage = "zh-Hans"\nauthors = ["-{余华}-", "-{zh-hans:于某;zh-hant:余某}-"]\n'
        "[editions.zh-Hant-TW]\n"
    )
    settings, findings = read_settings(toml, "b")
    found = settle_credits(settings.editions[0], Editorial())
    assert (findings, named(found), found.doubts) == ((), ["余华", "余某"], ())


def test_the_dots_of_a_name_are_the_edition_s():
    found = settle_credits(replace(edition("安娜·西格斯"), interpunct="‧"), Editorial())
    assert named(found) == ["安娜‧西格斯"]
