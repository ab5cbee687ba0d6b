import pytest

from keben.markdown.loosepaths import loose_link, loose_picture
from keben.markdown.paths import Problem

CHAPTERS = {"content/a.md": "a", "content/deep/README.md": "deep", "x/two.md": "x", "y/two.md": "y"}
SITE = ("", "public")


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("/a", "#a"),
        ("/a.html", "#a"),
        ("/deep/", "#deep"),
        ("/two", None),
        ("/", None),
        ("/README", None),
        ("/absent", None),
    ],
)
def test_an_address_of_a_site_means_the_one_chapter_that_ends_so(target, wanted):
    found = loose_link(target, "content", CHAPTERS, {}, SITE)
    assert found == wanted if wanted else isinstance(found, Problem)


def test_in_a_project_of_kebens_an_address_begins_at_the_book():
    assert isinstance(loose_link("/a", "content", CHAPTERS, {}), Problem)


def test_a_page_of_a_site_may_have_a_folder_of_its_own():
    assert loose_link("../a/", "content/deep", {"content/deep/a.md": "a"}, {}, SITE) == "#a"
    assert loose_picture("../../i/p.png", "docs/b", ["docs/i/p.png"], SITE) == "docs/i/p.png"
    assert isinstance(loose_picture("../../i/p.png", "docs/b", ["docs/i/p.png"]), Problem)


@pytest.mark.parametrize("target", ["b.md#x", "b.html#x", "b#x"])
def test_a_translation_answers_for_what_it_translates(target):
    assert loose_link(target, "src", {"src/b.zh.md": "b"}, {}, SITE) == "#\x1fb\x1fx"
    chapters = {"src/b.zh.md": "b", "src/b.md": "a"}
    assert loose_link(target, "src", chapters, {}, SITE) == "#\x1fa\x1fx"
