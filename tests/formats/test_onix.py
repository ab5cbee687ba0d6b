"""What the trade is reported of a book, held against EDItEUR's own schema."""

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree
from samples import sample_composition

from keben.check import check_onix
from keben.core.cataloguing import AccessClaims, Series, SubjectCode
from keben.core.isbn import Isbns
from keben.core.metadata import Person
from keben.core.publication import EditionRecord
from keben.core.supply import Supply
from keben.formats import make
from keben.formats.onix import write_onix
from keben.formats.onix.codes import (
    AVAILABILITY,
    AVAILABLE,
    CONTRIBUTORS,
    CURRENCIES,
    FEATURES,
    FORMS,
    NOT_YET,
)
from keben.script import convert

O = {"o": "http://ns.editeur.org/onix/3.0/reference"}  # noqa: E741


@cache
def schema():
    found = find_spec("onixcheck")
    folder = Path(found.origin).parent / "schema" / "xsd3.0"
    return etree.XMLSchema(etree.parse(folder / "ONIX_BookProduct_3.0_reference.xsd"))


def rich(language="zh-Hans-CN", formats=("epub", "pdf", "press"), **changes):
    composition = sample_composition(language, formats=formats)
    fields = {
        "title_file_as": "toufa",
        "authors": (Person("甲", file_as="Jia"), Person("乙", "trl"), Person("甲", "ill"), Person("丙", "zzz")),
        "isbns": Isbns("978-7-5133-4821-8", "", "978-7-302-51147-2"),
        "series": (Series("头发丛书", "3", issn="0317-8471"), Series("文集", is_set=True)),
        "identifiers": ("doi:10.1000/182", "https://example.org/1"),
        "subjects": ("出版", "长篇小说", "FIC014000", "题"),
        "subject_codes": (
            SubjectCode(), SubjectCode("CLC", "I247.57"), SubjectCode("BISAC", "FIC014000"),
            SubjectCode("MEDTOP", "20000013"),
        ),
        "claims": AccessClaims(
            "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", "某社", "某证", "https://example.org/r", "一段 说明"
        ),
    }  # fmt: skip
    metadata = replace(composition.metadata, **{**fields, **changes})
    edition = replace(
        composition.edition,
        metadata=metadata,
        publication=EditionRecord(is_given=True, place="北京", edition=2),
    )
    return convert(replace(composition, metadata=metadata, edition=edition)).composition


def products(artifact):
    return etree.fromstring(artifact.data).findall("o:Product", O)


def said(product, path):
    return [node.text for node in product.iterfind(f".//o:{path.replace('/', '/o:')}", O)]


@pytest.mark.parametrize(
    "composition",
    [
        rich(),
        rich("zh-Hant-TW", formats=("epub",)),
        rich("zh-Hant-HK", formats=("press",), authors=(), date="", publisher="", description=""),
        rich(isbns=Isbns(), date="2026-03", formats=("pdf", "epub")),
        rich(date="2027", subjects=(), subject_codes=(), series=()),
        rich(formats=("docx",)),
        rich(claims=AccessClaims("http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa", "社")),
        rich(title="<书> & “题”"),
        sample_composition(),
    ],
    ids=range(9),
)
def test_the_schema_has_nothing_to_say(composition):
    artifact = write_onix(composition)
    assert schema().validate(etree.fromstring(artifact.data)), schema().error_log
    assert check_onix(composition, artifact) == ()


def test_the_schema_has_every_code():
    listed = find_spec("onixcheck")
    text = (Path(listed.origin).parent / "schema/xsd3.0/ONIX_BookProduct_CodeLists.xsd").read_bytes()
    tree = etree.fromstring(text)
    lists = {
        node.get("name"): {each.get("value") for each in node.iter("{*}enumeration")}
        for node in tree.iter("{*}simpleType")
    }
    assert set(CONTRIBUTORS.values()) <= lists["List17"]
    assert set(FEATURES.values()) <= lists["List196"]
    assert {form for form, _ in FORMS.values()} <= lists["List150"]


def test_each_publication_is_a_product_with_its_number_and_the_others():
    epub, pdf, printed = products(write_onix(rich()))
    assert said(epub, "ProductForm") + said(pdf, "ProductForm") + said(printed, "ProductForm") == [
        "ED",
        "ED",
        "BA",
    ]
    assert said(epub, "ProductIdentifier/IDValue")[:2] == ["9787513348218", "10.1000/182"]
    assert said(pdf, "ProductIdentifier/IDTypeName") == ["Keben"]
    assert said(printed, "ProductIdentifier/IDValue")[0] == "9787302511472"
    assert said(epub, "RelatedProduct/ProductRelationCode") == ["13"]
    assert said(printed, "RelatedProduct/ProductRelationCode") == ["27"]
    assert said(pdf, "RelatedProduct/ProductRelationCode") == ["06", "06"]
    assert said(printed, "Measurement") == ["210", "148"]


def test_a_product_says_what_the_catalogue_does_in_the_edition_s_script():
    (product,) = products(write_onix(rich("zh-Hant-TW", formats=("epub",))))
    assert said(product, "DescriptiveDetail/TitleDetail/TitleElement/TitleText") == ["頭髮的書"]
    assert said(product, "Collection/TitleDetail/TitleElement/TitleText") == ["頭髮叢書", "文集"]
    assert said(product, "PartNumber") == ["3"]
    assert (said(product, "PersonName"), said(product, "ContributorRole")) == (
        ["甲", "乙", "丙"], ["A01", "A12", "B06", "Z99"],
    )  # fmt: skip
    assert (said(product, "ScriptCode"), said(product, "CountryOfPublication")) == (["Hant"], ["TW"])
    assert said(product, "SubjectSchemeIdentifier") == ["88", "10", "24", "20"]
    assert said(product, "SubjectCode") == ["I247.57", "FIC014000", "20000013"]
    assert said(product, "EditionNumber") == ["2"]
    assert said(product, "PublishingStatus") == ["04"]


def test_accessibility_is_what_the_epub_says_of_itself_and_what_somebody_stands_for():
    features = {
        node.findtext("o:ProductFormFeatureValue", namespaces=O): node.findtext(
            "o:ProductFormFeatureDescription", namespaces=O
        )
        for node in products(write_onix(rich()))[0].iter(f"{{{O['o']}}}ProductFormFeature")
    }
    assert {code: text for code, text in features.items() if text} == {
        "00": "一段 说明", "88": "某证", "90": "某社", "94": "https://example.org/r",
    }  # fmt: skip
    assert {"04", "81", "85", "11", "14", "52"} <= set(features)
    claimless = products(write_onix(rich(claims=AccessClaims())))[0]
    assert not {"04", "81", "85", "90"} & set(said(claimless, "ProductFormFeatureValue"))


def test_a_book_that_is_not_out_is_announced():
    product = products(write_onix(rich(date="2026-12-31")))[0]
    assert (said(product, "NotificationType"), said(product, "PublishingStatus")) == (["02"], ["02"])
    assert said(product, "Date") == ["20261231"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("头发的书", "别的书", "It says the title ['别的书'], not ['头发的书']."),
        (">乙<", ">丁<", "It says the persons"),
        (
            "9787513348218",
            "9787115448026",
            "It has the ISBN 9787115448026, which is not one of this edition's.",
        ),
        ("<Product>", "<Product><", "It is not well-formed"),
    ],
)
def test_the_proof_finds_what_is_not_as_the_book_has_it(old, new, message):
    composition = rich(formats=("epub",))
    artifact = write_onix(composition)
    changed = replace(artifact, data=artifact.data.decode().replace(old, new).encode())
    assert [each for each in check_onix(composition, changed) if each.message.startswith(message)]
    fewer = replace(composition, edition=replace(composition.edition, formats=("epub", "pdf")))
    assert "lost-product" in {each.code for each in check_onix(fewer, artifact)}


def test_it_is_made_by_the_table_the_same_bytes_each_time():
    artifact, found = make(rich(), "onix")
    assert found == ()
    assert (artifact.name, artifact.facts) == ("sample-zh-Hans-CN-onix.xml", {"products": 3})
    assert artifact.data == make(rich(), "onix")[0].data


def supplied(supply, **changes):
    composition = rich(**changes)
    return replace(composition, edition=replace(composition.edition, supply=supply))


SUPPLY = Supply("某发行公司", (("epub", "18.00"), ("pdf", "0.00")), countries=("CN", "HK"))


@pytest.mark.parametrize(
    "composition",
    [
        supplied(SUPPLY),
        supplied(Supply(availability="to-order")),
        supplied(SUPPLY, date="2027-01-01"),
        supplied(replace(SUPPLY, currency="EUR", countries=()), date="2027"),
    ],
    ids=range(4),
)
def test_a_supply_is_as_the_schema_has_it(composition):
    artifact = write_onix(composition)
    assert schema().validate(etree.fromstring(artifact.data)), schema().error_log
    assert check_onix(composition, artifact) == ()


def test_each_publication_has_its_price_or_says_how_it_is_had():
    epub, pdf, printed = products(write_onix(supplied(SUPPLY)))
    assert said(epub, "SupplierName") == said(printed, "SupplierName") == ["某发行公司"]
    assert said(epub, "PriceAmount") + said(epub, "CurrencyCode") + said(epub, "PriceType") == [
        "18.00",
        "CNY",
        "02",
    ]
    assert (
        said(epub, "Market/Territory/CountriesIncluded")
        == said(epub, "Price/Territory/CountriesIncluded")
        == ["CN HK"]
    )
    assert (said(pdf, "UnpricedItemType"), said(printed, "UnpricedItemType")) == (["01"], ["04"])
    assert said(epub, "ProductAvailability") == ["20"]
    assert products(write_onix(rich()))[0].find("o:ProductSupply", O) is None


def test_what_is_not_out_has_the_day_on_which_it_is_expected():
    epub, *_ = products(write_onix(supplied(Supply(prices=(("epub", "18.00"),)), date="2026-12-31")))
    assert said(epub, "ProductAvailability") == ["10"]
    assert said(epub, "SupplyDate/SupplyDateRole") + said(epub, "SupplyDate/Date") == ["08", "20261231"]
    assert said(epub, "SupplierRole") == ["01"]


def test_every_code_of_a_supply_is_in_its_list():
    found = find_spec("onixcheck")
    text = (Path(found.origin).parent / "schema/xsd3.0/ONIX_BookProduct_CodeLists.xsd").read_bytes()
    listed = {
        node.get("name"): {each.get("value") for each in node.iter("{*}enumeration")}
        for node in etree.fromstring(text).iter("{*}simpleType")
    }
    assert {*AVAILABILITY.values(), NOT_YET, AVAILABLE} <= listed["List65"]
    assert set(CURRENCIES.values()) <= listed["List96"]
