import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from keben.build.distributions import Installed, installed
from keben.release.sbom import write_sbom

TITLE = {"slug": "hair", "version": "1.0.0", "description": "一本书。"}
FONT = {"name": "Serif", "style": "Regular", "file": "serif.ttc", "version": "2.0", "sha256": "a" * 64}
ONES = (
    Installed("keben", "0.1.0", "b" * 64, "AGPL-3.0-or-later", is_expression=True, needs=("lxml",)),
    Installed("lxml", "6.0", "", "BSD", is_expression=False, needs=("gone",)),
)


def problems(data):
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode())


def test_the_bill_is_valid_by_the_schema_of_cyclonedx():
    assert problems(write_sbom(TITLE, 1770000000, ONES, [FONT, FONT], {"ST.txt": "c" * 64})) is None
    assert problems(write_sbom(TITLE, 0, installed(frozenset(("check",))), [], {})) is None
    assert problems(b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "nonsense": 1}') is not None


def test_the_bill_tells_what_was_used_and_by_what():
    bill = json.loads(write_sbom(TITLE, 1770000000, ONES, [FONT, FONT], {"ST.txt": "c" * 64}))
    assert bill["metadata"]["timestamp"] == "2026-02-02T02:40:00Z"
    assert bill["metadata"]["component"]["bom-ref"] == "book:hair@1.0.0"
    assert [(each["type"], each["name"]) for each in bill["components"]] == [
        ("application", "keben"),
        ("library", "lxml"),
        ("file", "serif.ttc"),
        ("file", "ST.txt"),
    ]
    assert bill["components"][0]["licenses"] == [{"expression": "AGPL-3.0-or-later"}]
    assert bill["components"][0]["properties"] == [{"name": "keben:files-sha256", "value": "b" * 64}]
    assert bill["components"][1]["licenses"] == [{"license": {"name": "BSD"}}]
    assert "properties" not in bill["components"][1]
    assert bill["components"][2]["hashes"] == [{"alg": "SHA-256", "content": "a" * 64}]
    assert bill["dependencies"] == [
        {
            "ref": "book:hair@1.0.0",
            "dependsOn": ["pkg:pypi/keben@0.1.0", "dictionary:ST.txt", f"font:serif.ttc:{'a' * 16}"],
        },
        {"ref": "pkg:pypi/keben@0.1.0", "dependsOn": ["pkg:pypi/lxml@6.0"]},
        {"ref": "pkg:pypi/lxml@6.0", "dependsOn": []},
    ]


def test_the_same_materials_have_the_same_bill_and_others_another():
    one = write_sbom(TITLE, 1, ONES, [FONT], {})
    assert one == write_sbom(TITLE, 1, ONES, [FONT], {})
    assert json.loads(one)["serialNumber"] != json.loads(write_sbom(TITLE, 1, ONES, [], {}))["serialNumber"]
