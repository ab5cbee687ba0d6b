"""[book.imprint] and `order` in book.toml."""

import pytest

from keben.core.publication import CipData
from keben.project.settings import read_settings

BOOK = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'


def read(text):
    settings, findings = read_settings(BOOK + text, "book.toml")
    return settings, [str(finding) for finding in findings]


def test_left_out_it_says_nothing():
    settings, findings = read("")
    assert not findings
    assert not settings.editions[0].publication.is_given
    assert settings.editions[0].order == ()


def test_an_edition_says_anew_what_differs_and_leaves_out_what_is_of_another_region():
    settings, findings = read(
        """[book.imprint]
editors = "张三"
price = 38
address = "北京"
published = "2026年3月"
[editions.zh-Hans]
[editions.zh-Hant-TW]
[editions.zh-Hant-HK.imprint]
price = "98"
address = "香港"
"""
    )
    assert not findings
    first, second, third = (edition.publication for edition in settings.editions)
    assert (first.editors, first.price, first.address, first.published) == (
        ("张三",),
        "38",
        "北京",
        "2026-03",
    )
    assert (second.editors, second.price, second.address) == (("张三",), "", "北京")
    assert (third.editors, third.price, third.address) == (("张三",), "98", "香港")
    assert third.own == {"price", "address"}


def test_cip_data_are_a_text_or_a_table():
    settings, findings = read('[book.imprint]\ncip = """\n书 / 张三著\nISBN 1"""\n')
    assert not findings
    assert settings.editions[0].publication.cip == CipData("书 / 张三著\nISBN 1")
    settings, findings = read(
        '[book.imprint]\ncip = { number = "2026000001", subjects = "小说", classification = "I2" }\n'
    )
    assert not findings
    assert settings.editions[0].publication.cip == CipData("", "2026000001", ("小说",), "I2")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("cip = 3", "a CIP record"),
        ("printing = 0", "printing"),
        ('published = "去年"', "is not a date"),
        ('editor = "张三"', "Did you mean `editors`?"),
        ("price = true", "price"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(line, message):
    _, findings = read(f"[book.imprint]\n{line}\n")
    assert len(findings) == 1
    assert findings[0].startswith("book.toml:5:")
    assert message in findings[0]


ALL = '"titlepage", "colophon", "contents", "text"'


def test_an_order_is_kept():
    settings, findings = read(
        f'order = ["half-title", {ALL}]\n[editions.zh-Hans]\n[editions.zh-Hant-TW]\norder = [{ALL}]'
    )
    assert not findings
    first, second = (edition.order for edition in settings.editions)
    assert first == ("half-title", "titlepage", "colophon", "contents", "text")
    assert second == ("titlepage", "colophon", "contents", "text")


@pytest.mark.parametrize(
    ("order", "messages"),
    [
        ('"titlepage", "text"', ["lacks “colophon”", "lacks “contents”"]),
        (f'{ALL}, "text"', ["has “text” twice"]),
        (f'{ALL}, "index"', ["cannot be 'index'"]),
    ],
)
def test_an_order_has_every_place_once(order, messages):
    _, findings = read(f"order = [{order}]\n")
    assert len(findings) == len(messages)
    for finding, message in zip(findings, messages, strict=True):
        assert finding.startswith("book.toml:4:")
        assert message in finding


def test_to_name_tools_makes_no_copyright_page_of_a_region():
    settings, findings = read("[book.imprint]\ntypeset-with = true\n")
    assert not findings
    record = settings.editions[0].publication
    assert record.typeset_with
    assert not record.is_given
