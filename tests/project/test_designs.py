from projects import write_project

from keben.core.design import CANONS, Margins
from keben.core.errors import Place
from keben.project import designs as designs_module
from keben.project.designs import default_designs, designs_of, unknown_design

NAMES = ["classic", "novel", "poetry", "report", "textbook"]

OWN = """body = "12pt"
leading = 2
openings = "any"
sections = "numbered"
[margins]
inner = "1/10"
top = "0.125"
outer = "1.5/10"
bottom = "1/9"
"""


def own_design(root, text, name="mine"):
    folder = root / "styles" / "designs" / name
    folder.mkdir(parents=True)
    (folder / "design.toml").write_text(text)
    return folder


def test_keben_has_five_designs():
    assert sorted(default_designs()) == NAMES
    assert default_designs()["poetry"].margins == CANONS["van-de-graaf"]
    assert {name: each.sections for name, each in default_designs().items() if each.sections != "plain"} == {
        "report": "numbered",
        "textbook": "numbered",
    }


def test_a_project_has_its_own_beside_them_and_over_them(tmp_path):
    root = write_project(tmp_path)
    own_design(root, OWN)
    own_design(root, 'canon = "full"\n', "novel")
    known, findings = designs_of(root)
    assert findings == ()
    assert sorted(known) == sorted([*NAMES, "mine"])
    mine = known["mine"]
    assert (mine.body, mine.leading, mine.openings, mine.sections) == ("12pt", 2, "any", "numbered")
    assert mine.margins == Margins(0.1, 0.125, 0.15, 1 / 9)
    assert known["novel"].margins == CANONS["full"]
    assert known["classic"] == default_designs()["classic"]


def test_what_is_wrong_in_a_design_has_its_place(tmp_path):
    root = write_project(tmp_path)
    own_design(
        root,
        'canon = "golden"\nleeding = 2\n[margins]\ninner = "1/0"\ntop = "3/4"\nouter = "x"\nbottom = "1/9"\n',
    )
    known, findings = designs_of(root)
    assert sorted(known) == NAMES
    assert sorted((each.place.path, each.place.line) for each in findings) == [
        ("styles/designs/mine/design.toml", line) for line in (1, 2, 4, 5, 6)
    ]


def test_a_design_that_is_a_link_out_of_the_project_is_not_read(tmp_path):
    root = write_project(tmp_path / "in")
    folder = own_design(root, "")
    outside = tmp_path / "outside.toml"
    outside.write_text('canon = "full"\n')
    (folder / "design.toml").unlink()
    (folder / "design.toml").symlink_to(outside)
    assert sorted(designs_of(root)[0]) == NAMES


def test_a_wrong_name_is_told_with_the_nearest_or_all():
    place = Place("b", 1)
    assert (
        str(unknown_design("Novell", NAMES, place)) == "b:1: “Novell” is not a design. Did you mean “novel”?"
    )
    assert str(unknown_design("x", NAMES, place)) == (
        "b:1: “x” is not a design. Use one of classic, novel, poetry, report, textbook."
    )
    assert designs_module.FOLDER == "designs"
