"""What a manifest holds of a conversion."""

from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

import pytest
from plainformats import write_plain_project

from keben.build.editions import read_project
from keben.core.editorial.values import Editorial
from keben.script.facts import conversion_facts

COUNTS = {"taiwan.tsv", "forms.tsv"}
FORMS = {"regions.tsv"}
WEIGHTS = {"around.tsv", "doubts.tsv", "settled.tsv"}


@pytest.fixture
def taiwan(tmp_path):
    editions = read_project(write_plain_project(tmp_path / "demo"), {}).manuscript.settings.editions
    return next(each for each in editions if each.language == "zh-Hant-TW")


@pytest.mark.parametrize(
    ("languages", "segmentation", "there"),
    [
        (("zh-Hans-CN", "zh-Hant-TW"), "context", COUNTS | FORMS | WEIGHTS),
        (("zh-Hans-CN", "zh-Hant-HK"), "context", COUNTS | FORMS | WEIGHTS),
        (("zh-Hans-CN", "zh-Hant-TW"), "opencc", WEIGHTS),
        (("zh-Hant-TW", "zh-Hans-CN"), "context", FORMS),
        (("zh-Hant-TW", "zh-Hant-HK"), "context", FORMS),
        (("zh-Hans-CN", "zh-Hans-CN"), "context", set()),
    ],
)
def test_each_of_keben_s_tables_that_a_conversion_or_its_review_reads_has_its_sum(
    taiwan, languages, segmentation, there
):
    source, target = languages
    edition = replace(taiwan, source_language=source, language=target)
    facts = conversion_facts(edition, replace(Editorial(), segmentation=segmentation))
    sums = facts["dictionaries"]
    assert sums.keys() & (COUNTS | FORMS | WEIGHTS) == there
    for name in there:
        data = files("keben.script").joinpath("data", name).read_bytes()
        assert sums[name] == sha256(data).hexdigest()
