import json

import pytest
from click.testing import CliRunner

from keben.cli.main import main


def test_explain_prints_the_text_and_its_pieces():
    result = CliRunner().invoke(main, ["explain", "换发软件", "--vocabulary", "technical"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "換發軟體",
        "  换发 → 換發  counts: Taiwan's own text has: 換髮 0, 換發 37.",
    ]


def test_explain_prints_json():
    result = CliRunner().invoke(main, ["explain", "土著", "--from", "zh-TW", "--to", "zh-Hans", "--json"])
    reported = json.loads(result.stdout)
    assert reported["output"] == "土著"
    assert reported["pieces"][-1]["output"] == "著"


def test_explain_refuses_a_language_that_keben_does_not_know():
    result = CliRunner().invoke(main, ["explain", "x", "--to", "en"])
    assert result.exit_code == 2


def test_lookup_prints_what_sources_say():
    result = CliRunner().invoke(main, ["lookup", "换发"])
    assert result.exit_code == 0
    assert "  OpenCC's STPhrases: 換髮" in result.stdout.splitlines()
    reported = json.loads(CliRunner().invoke(main, ["lookup", "换发", "--json"]).stdout)
    assert reported["conversions"]["zh-Hans → zh-Hant-TW"] == "換發"
    assert "No source" in CliRunner().invoke(main, ["lookup", "没有这个词的"]).stdout


@pytest.mark.parametrize("command", ["explain", "lookup"])
@pytest.mark.parametrize("text", ["", " ", "\u3000\n"])
def test_nothing_cannot_be_explained(command, text):
    result = CliRunner().invoke(main, [command, text])
    assert result.exit_code == 2
    assert "There is no text: the argument is empty." in result.stderr
    assert result.stdout == ""


def test_everyday_vocabulary_is_not_explained_without_context():
    result = CliRunner().invoke(
        main, ["explain", "程序", "--vocabulary", "everyday", "--segmentation", "opencc"]
    )
    assert result.exit_code == 2
    assert "--vocabulary technical or characters" in result.stderr
