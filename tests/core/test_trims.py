import re
from pathlib import Path

import pytest

from keben.core.trims import TRIMS, trim_advice, trim_size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("32开", (130, 184)),
        ("三十二开本", (130, 184)),
        ("正32开", (130, 184)),
        ("大32开", (140, 203)),
        ("大度32开", (140, 203)),
        ("大 32 开", (140, 203)),
        ("大３２開", (140, 203)),
        ("16开", (185, 260)),
        ("16K", (185, 260)),
        ("16開", (190, 260)),
        ("大16開", (210, 285)),
        ("32開", (130, 190)),
        ("25開", (148, 210)),
        ("25开", (148, 210)),
        ("二十五開", (148, 210)),
        ("菊16開", (148, 210)),
        ("國際32開", (148, 210)),
        ("JIS-B5", (182, 257)),
        ("jis b6", (128, 182)),
        ("GB-B5", (169, 239)),
        ("a5", (148, 210)),
        ("B6", (125, 176)),
        ("Letter", (215.9, 279.4)),
        ("148mm 21cm", (148, 210)),
    ],
)
def test_a_trim_is_known_as_people_write_it(written, size):
    assert trim_size(written) == size


@pytest.mark.parametrize("written", ["A55", "33开", "大25開x", "开", "", "0mm 0mm", "JIS-C5", "小64开"])
def test_what_is_none_is_none(written):
    assert trim_size(written) is None


def test_every_name_that_messages_list_is_one():
    assert {name: trim_size(name) for name in TRIMS} == TRIMS
    assert all(width < height for width, height in TRIMS.values())


def test_the_advice_names_the_nearest_and_all_there_are():
    assert trim_advice("大23开").startswith("Did you mean “大32开”? Use one of A4, A5, ")
    assert "25開" in trim_advice("zzz") and not trim_advice("zzz").startswith("Did")


def test_the_documents_list_every_name_with_its_size():
    text = (Path(__file__).parents[2] / "docs" / "book-toml.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"\| `([^`]+)` \| ([\d.]+ × [\d.]+) (?=\|)", text))
    assert rows == {name: f"{width:g} × {height:g}" for name, (width, height) in TRIMS.items()}
