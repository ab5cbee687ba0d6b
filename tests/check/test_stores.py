"""An EPUB held against each store's rules: a fault that each rule finds, and a book in which no rule finds one."""

import io
import zipfile
from dataclasses import replace
from typing import get_args

import pytest
from PIL import Image
from samples import sample_composition

from keben.check import check_stores, look_for_store
from keben.check.stores.rules import RULES, UNSEEN
from keben.core.book import Asset
from keben.core.ebook import EpubSettings, StoreName
from keben.core.edition import Edition
from keben.formats.epub import package

STORES = get_args(StoreName)


def picture(size=(40, 40), mode="RGB", form="PNG", frames=1):
    stream = io.BytesIO()
    images = [
        Image.new(mode, size, 60 * index if len(mode) < 3 else (60 * index,) * len(mode))
        for index in range(frames)
    ]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(stream, form, **more)
    return stream.getvalue()


def epub(size=(1600, 2560), **changes):
    composition = sample_composition(epub=EpubSettings(notes="duokan"))
    composition = replace(composition, styles={**composition.styles, "epub.css": "p { margin: 0 }"})
    data = picture(size, form="JPEG")
    return package(replace(composition, **changes), Asset("images/front.jpg", "image/jpeg", data)).data


WHOLE = epub()


def changed(*changes, data=WHOLE, **files):
    """The EPUB with texts of its files replaced: the end of a name, old, new; or with other bytes for a name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for end, before, after in changes:
                if name.endswith(end):
                    assert before.encode() in content, before
                    content = content.replace(before.encode(), after.encode())
            new.writestr(name, files.pop(name.rpartition("/")[2].replace(".", "_"), content))
        for name, content in files.items():
            new.writestr(name, content)
    return stream.getvalue()


def codes(data, store):
    return {each.code.removeprefix("store-") for each in look_for_store(data, "book.epub", store).findings}


def test_every_store_has_rules_with_a_source_and_says_what_it_cannot_see():
    assert set(RULES) == set(UNSEEN) == set(STORES)
    for rules in RULES.values():
        assert len({rule.code for rule in rules}) == len(rules) >= 1
        assert all(rule.source.title and rule.says and rule.advice.endswith(".") for rule in rules)
        assert all(rule.source.url.startswith("http") for rule in rules)
        # What nobody here has read on a store's own page stops no build.
        assert all(rule.source.known != "passed on" or rule.severity != "error" for rule in rules)


NOT_OURS = {"kindle": {"svg-text"}, "google": {"isbn"}, "readmoo": {"language"}}
"""What the sample really has: a chart with text, no ISBN, and the mainland's Chinese."""


@pytest.mark.parametrize("store", STORES)
def test_a_book_that_keeps_the_rules(store):
    report = look_for_store(WHOLE, "book.epub", store)
    assert codes(WHOLE, store) == NOT_OURS.get(store, set())
    assert {rule.code for rule in report.broken} == NOT_OURS.get(store, set())
    assert {*report.kept, *report.broken} == set(RULES[store])
    assert "rules kept" in report.lines()[0] and "not seen here" in report.lines()[1]
    assert [each["code"] for each in report.figures()["rules"]] == [rule.code for rule in RULES[store]]


HUGE = picture((2400, 2400))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # Then it is a picture like others, and too large for one.
        (changed((".opf", ' properties="cover-image"', "")), {**{name: {"cover"} for name in STORES if name != "weread"}, "readmoo": {"cover", "pixels"}}),
        (epub((600, 900)), {"apple": {"cover-size"}, "kindle": {"cover-size"}, "google": {"cover-size"}}),
        (epub((1500, 7300)), {"google": {"cover-size"}}),
        (changed(dot_png=picture(mode="CMYK", form="JPEG")),
         {name: {"rgb"} for name in ("apple", "kindle", "kobo", "readmoo", "bookwalker")}),
        (changed(dot_png=HUGE), {"apple": {"pixels"}, "readmoo": {"pixels"}}),
        (changed(dot_png=HUGE + b"\0" * 11_000_000), {"kobo": {"page-bytes"}, "apple": {"pixels"}, "readmoo": {"pixels"}}),
        (changed(dot_png=picture(mode="RGBA")), {"kobo": {"opaque"}, "kindle": {"opaque"}}),
        (changed((".opf", "image/png", "image/gif"), dot_png=picture(form="GIF", frames=3)), {"apple": {"kinds"}, "kindle": {"still"}, "google": {"still"}}),
        (changed((".opf", "image/png", "image/webp"), dot_png=picture(form="WEBP")), {"apple": {"kinds"}, "kindle": {"kinds"}, "google": {"kinds"}}),
        (changed(("epub.css", "p {", "pre { -epub-writing-mode: horizontal-tb } p {")), {"apple": {"writing-mode"}}),
        (changed(("epub.css", "p {", "html.v, body { writing-mode: vertical-rl } p {"), (".opf", "<spine", '<spine page-progression-direction="rtl"')), {}),
        (changed(("epub.css", "p {", "html.v, body { -epub-writing-mode: vertical-rl; writing-mode: vertical-rl } p {")),
         {name: {"progression"} for name in ("apple", "readmoo", "bookwalker")}),
        (changed(("epub.css", "p {", "html { writing-mode: horizontal-tb } p {")), {}),
        (changed(("one.xhtml", "<td>面</td>", '<td colspan="x">面</td><td colspan="-3"/>')), {}),
        (changed((".opf", "image/jpeg", "image/svg+xml"), cover_jpg=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'),
         {"kobo": {"cover-kind"}}),
        (changed(cover_jpg=b"no picture"), {name: {"unread", "cover"} if name != "weread" else {"unread"} for name in STORES}),
        (changed(dot_png=b"no picture"), {name: {"unread"} for name in STORES}),
        (changed(("one.xhtml", "</body>", "")), {name: {"unread"} for name in STORES}),
        (changed((".opf", ">zh-Hans-CN<", "><")), {}),
        (changed(("epub.css", "p {", "body { line-height: 1.8 } p {")), {"kindle": {"line-height"}}),
        (changed(("epub.css", "p {", "h1 { line-height: 1.8 } p {")), {}),
        (changed(("one.xhtml", " duokan-footnote", "")), {"weread": {"duokan"}}),
        (changed(("one.xhtml", "<aside", '<div epub:type="footnote"></div><aside')), {"apple": {"asides"}}),
        (changed(("one.xhtml", "<td>面</td>", "<td>面</td>" * 5)), {"kobo": {"columns"}}),
        (changed(("one.xhtml", '<th scope="col">项</th>', '<th scope="col">项</th>' * 5)), {"kobo": {"columns"}}),
        (changed(("cover.xhtml", "</section>", "字</section>")), {"kobo": {"cover-alone"}}),
        (changed(("bars.svg", 'width="300"', 'width="300.5"')), {"kindle": {"svg-text", "svg-numbers"}}),
        (changed(("bars.svg", 'width="300"', 'width="4000"')), {"google": {"svg-side"}}),
        (changed(("one.xhtml", "<p", "<p>" + "长" * 100_000 + "</p><p")), {"readmoo": {"page-bytes"}}),
        (changed(**{"EPUB/图.png": HUGE}), {name: {"ascii-names"} for name in ("kobo", "readmoo", "bookwalker")}),
        (changed((".opf", "application/x-dtbncx+xml", "application/xml")), {"kindle": {"ncx"}}),
        (changed((".opf", "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11", "urn:isbn:978-7-5133-4821-8")), {"readmoo": {"isbn-form"}}),
        (changed((".opf", "刻本</dc:publisher>", "</dc:publisher>")), {}),
        (changed(("bars.svg", 'height="100"', 'height="50%"')), {}),
        (changed(("epub.css", "p {", "body { margin: 0 5% } p {")), {"kindle": {"margins"}}),
        (changed(("epub.css", "p {", "body { padding-left: 1em } p {")), {"kindle": {"margins"}}),
        (changed(("epub.css", "p {", "body { margin: 1em 0 } div { margin: 1em } p {")), {}),
        (changed(("epub.css", "p {", "@supports (a: b) { html { line-height: 2 } body { margin: 4% } } p {")), {}),
        (changed(("epub.css", "p {", "@supports (a: b) { em { color: red } } html { line-height: 2 } p {")), {"kindle": {"line-height"}}),
    ],
    ids=range(39),
)  # fmt: skip
def test_each_rule_finds_its_fault(data, expected):
    for store in STORES:
        found = codes(data, store) - NOT_OURS.get(store, set())
        assert found == expected.get(store, set()) - NOT_OURS.get(store, set()), store


def test_fonts_and_depth_and_many_drawings():
    font = changed((".opf", "image/png", "font/woff2"))
    assert "specified-fonts" in codes(font, "apple")
    point = '<navPoint id="{0}"><navLabel><text>甲</text></navLabel><content src="text/one.xhtml#{0}"/>'
    deep = changed(
        (
            "toc.ncx",
            "</navMap>",
            "".join(point.format(f"x{n}") for n in range(3)) + "</navPoint>" * 3 + "</navMap>",
        )
    )
    assert "levels" in codes(deep, "kindle")
    item = '<item id="s{0}" href="images/s{0}.svg" media-type="image/svg+xml"/>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    many = changed(
        (".opf", "</manifest>", "".join(item.format(n) for n in range(26)) + "</manifest>"),
        **{f"EPUB/images/s{n}.svg": svg for n in range(26)},
    )
    assert "svg-count" in codes(many, "kindle")


@pytest.mark.parametrize(
    "data", [b"no zip", b"", WHOLE[: len(WHOLE) // 2], WHOLE[:900] + b"\0\xff" * 20 + WHOLE[940:]]
)
def test_what_is_no_epub_is_an_error(data):
    for store in STORES:
        report = look_for_store(data, "book.epub", store)
        assert [(each.code, each.severity) for each in report.findings] == [("broken-epub", "error")]
        assert report.kept == ()


def test_no_rule_about_the_cover_is_kept_by_a_book_without_one():
    without = changed((".opf", ' properties="cover-image"', ""))
    for store in STORES:
        report = look_for_store(without, "book.epub", store)
        assert not any(rule.code.startswith("cover") for rule in report.kept)


def test_a_cover_of_epub_2_and_one_of_any_size_are_known():
    old = changed((".opf", ' properties="cover-image"', ""), (".opf", 'version="3.0"', 'version="2.0"'))
    assert "cover" not in codes(old, "kobo")
    large = io.BytesIO()
    Image.new("1", (20_000, 9_000)).save(large, "PNG")
    assert "pixels" in codes(changed(dot_png=large.getvalue()), "apple")


def test_a_book_that_names_no_language_is_not_in_that_of_taiwan():
    without = changed((".opf", "dc:language", "dc:relation"))
    (found,) = [
        each for each in look_for_store(without, "b.epub", "readmoo").findings if "language" in each.code
    ]
    assert found.message == "readmoo: It names no language."


def test_a_finding_says_store_file_and_source():
    (found,) = look_for_store(epub((600, 900)), "book.epub", "google").findings[:1]
    assert str(found) == (
        "book.epub!EPUB/images/cover.jpg: google: The cover has 600 × 900 pixels, not 640 on its shorter side. "
        "1600 × 2560 pixels are right. Source: Google Play Books Partner Help, files."
    )


def test_an_edition_is_held_to_the_stores_that_it_names():
    composition = sample_composition(stores=("google", "apple"))
    artifact = package(composition, Asset("c.jpg", "image/jpeg", picture((600, 900), form="JPEG")))
    assert {each.code for each in check_stores(composition, artifact)} == {"store-cover-size", "store-isbn"}
    assert check_stores(sample_composition(), artifact) == ()
    assert Edition.__dataclass_fields__["stores"].default == ()
