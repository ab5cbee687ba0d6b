"""What builds keep for later ones, and how it goes."""

from keben.build.caches import forget, store_of
from keben.build.sums import Sums


def test_all_that_builds_keep_goes_and_nothing_else(tmp_path):
    caches = tmp_path / "keben"
    store = store_of(caches)
    store.put(store.key("step"), b"made")
    (tmp_path / "a.pdf").write_bytes(b"a")
    (caches / "tools.json").write_text("{}")
    Sums(caches, fresh={"/a": [1, 2, 3, 4, 5, "6"]}).keep()
    (caches / "fonts").mkdir()
    for name in ("a.font", "b.sfnt", "files.json", "marks.json", "versions.json", "mine.txt", ".half"):
        (caches / "fonts" / name).write_text("")
    gone = forget({"XDG_CACHE_HOME": str(tmp_path)})
    assert {
        ".half",
        "a.font",
        "b.sfnt",
        "files.json",
        "marks.json",
        "sums.json",
        "tools.json",
        "versions.json",
    } < {path.name for path in gone}
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert (len(gone), left) == (9, ["a.pdf", "mine.txt"])
    assert forget({"XDG_CACHE_HOME": str(tmp_path)}) == forget({}) == ()
