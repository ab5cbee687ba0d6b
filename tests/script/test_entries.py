from keben.script.entries import Entries

TEXT = "# Words\n# no\tentry\n甲\tA B\n甲乙\tAB\n\n丙\tC\n甲丁\tAD\n"


def test_entries_are_found_wherever_their_lines_stand():
    entries = Entries(TEXT)
    assert entries["甲"] == ("A", "B")
    assert entries.get("甲丁") == ("AD",)
    assert entries.get("丁") is None
    assert "甲乙" in entries
    assert "乙" not in entries
    assert "" not in entries
    assert entries.beginning("甲") == {"甲": ("A", "B"), "甲乙": ("AB",), "甲丁": ("AD",)}
    assert entries.beginning("乙") == {}


def test_all_entries_are_those_of_all_lines_but_comments():
    entries = Entries(TEXT)
    assert (
        dict(entries)
        == dict(entries.items())
        == {"甲": ("A", "B"), "甲乙": ("AB",), "甲丁": ("AD",), "丙": ("C",)}
    )
    assert len(entries) == 4
    assert set(entries.firsts) == {"甲", "丙"}


def test_a_text_without_entries_has_none():
    assert dict(Entries("")) == dict(Entries("# a\tb\n")) == {}
