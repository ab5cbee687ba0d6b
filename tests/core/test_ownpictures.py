import pytest
from samples import sample_edition

from keben.core.ownpictures import is_own_picture, own_pictures

TAIWAN, HONGKONG, MAINLAND = map(sample_edition, ("zh-Hant-TW", "zh-Hant-HK", "zh-Hans-CN"))


@pytest.mark.parametrize(
    ("edition", "paths", "own"),
    [
        (TAIWAN, ["a.png", "a.zh-Hant-TW.png"], "a.zh-Hant-TW.png"),
        (TAIWAN, ["a.png", "a.zh-tw.png"], "a.zh-tw.png"),
        (TAIWAN, ["a.png", "a.zh_TW.png"], "a.zh_TW.png"),
        (TAIWAN, ["a.png", "a.zh-Hant.png", "a.zh-Hant-TW.png"], "a.zh-Hant-TW.png"),
        (HONGKONG, ["a.png", "a.zh-Hant.png", "a.zh-Hant-TW.png"], "a.zh-Hant.png"),
        (HONGKONG, ["a.png", "a.zh-Hant-TW.png"], "a.zh-Hant-TW.png"),
        (MAINLAND, ["a.png", "a.zh-Hant-TW.png"], None),
        (MAINLAND, ["a.png", "a.zh-Hans.png"], "a.zh-Hans.png"),
        (TAIWAN, ["a.png", "a.v2.png", "a.old.png"], None),
        (TAIWAN, ["a.zh-Hant-TW.png"], None),
        (TAIWAN, ["a.png", "a.zh-Hant-TW.jpg"], None),
        (TAIWAN, [".zh-Hant-TW.png", ".png"], None),
        (TAIWAN, ["img/地图.svg", "img/地图.zh-Hant.svg"], "img/地图.zh-Hant.svg"),
    ],
)
def test_an_edition_shows_the_picture_that_is_nearest_to_it(edition, paths, own):
    assert [*own_pictures(paths, edition).values()] == ([own] if own else [])


def test_an_edition_is_known_by_its_name():
    columns = sample_edition("zh-Hant-TW", name="columns")
    assert own_pictures(["a.png", "a.columns.png", "a.zh-Hant-TW.png"], columns) == {"a.png": "a.columns.png"}
    assert is_own_picture("a.columns.png", columns)
    assert not is_own_picture("a.columns.png", TAIWAN)
