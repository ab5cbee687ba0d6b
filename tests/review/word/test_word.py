"""A corrected Word document comes back as edits of the Markdown that say what it says, and change nothing else."""

import random
from dataclasses import replace

import pytest
from lxml import etree
from wordbooks import (
    DOCUMENT,
    FIRST,
    FOOTNOTES,
    W,
    edited,
    edition_of,
    packed,
    paragraph,
    parts,
    read,
    replaced,
    tree,
    write_rich,
    write_small,
    written,
)

from keben.check.docxfile import BrokenDocxError
from keben.core.book import Source
from keben.review.word import take_back
from keben.review.word.baseline import build_words
from keben.review.word.reading import read_corrected

CHAPTER = "book/chapters/01.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return read(write_rich(tmp_path_factory.mktemp("rich")))


@pytest.fixture(scope="module")
def data(project):
    return written(project)


def back(project, data, name="zh-Hans"):
    return take_back(project, edition_of(project, name), data)


def lines(taken, path=CHAPTER):
    """The lines that go and those that come."""
    old, new = (text.split("\n") for text in taken.sources[path])
    return [line for line in old if line not in new], [line for line in new if line not in old]


def small(tmp_path, text):
    project = read(write_small(tmp_path, text))
    return project, written(project)


@pytest.mark.parametrize("name", ["zh-Hans", "zh-Hant-TW", "vertical"])
def test_a_document_that_nobody_edited_changes_nothing(project, name):
    taken = back(project, written(project, name), name)
    assert (taken.sources, taken.changed, taken.remarks) == ({}, 0, ())


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("中间。", "正中间。", "中间。", "正中间。"),
        ("加重", "加倍", "正文有**加重**和", "正文有**加倍**和"),
        ("乙二的第二段", "第二段", "     乙二的第二段。", "     第二段。"),
        ("倒三", "倒数第三", "<li>倒三</li>", "<li>倒数第三</li>"),
        ("的题，有", "的标题，有", '"图的题，有*强调*"', '"图的标题，有*强调*"'),
        ("引文二段，有", "引文第二段，有", "> 引文二段，有**重点**。", "> 引文第二段，有**重点**。"),
        ("# 注释", "# 两倍", "    return x  # 注释", "    return x  # 两倍"),
        ("中间。", "*中间*_a_[b]<c>。", "中间。", "\\*中间\\*\\_a\\_\\[b\\]\\<c\\>。"),
        ("——《老子》", "——老聃", "> ——《老子》", "> ——老聃"),
    ],
)
def test_text_changes_where_it_stands_and_its_markup_stays(project, data, old, new, gone, come):
    taken = back(project, replaced(data, old, new))
    assert (taken.changed, taken.remarks) == (1, ())
    went, came = lines(taken)
    assert len(went) == len(came) == 1
    assert went[0].replace(gone, come) == came[0]


def test_a_cell_changes_and_not_the_one_that_says_the_same(project, data):
    def change(root):
        cells = [each for each in root.iter(f"{W}t") if each.text == "10"]
        cells[1].text = "12"

    assert lines(back(project, edited(data, change))) == (["| 乙 | 10 |"], ["| 乙 | 12 |"])


def test_a_note_changes(project, data):
    taken = back(project, replaced(data, "第一个注", "头一个注", FOOTNOTES))
    assert lines(taken) == (["[^a]: 第一个注。"], ["[^a]: 头一个注。"])
    taken = back(project, replaced(data, "随文的注", "随文之注", FOOTNOTES))
    assert "^[随文之注，*着重*]" in taken.sources[CHAPTER][1]


def test_a_title_changes_and_what_repeats_it_is_made_again(project, data):
    taken = back(project, replaced(data, "续篇", "下篇"))
    assert lines(taken, "book/chapters/02.md") == (["# 第二章 续篇 {#two}"], ["# 第二章 下篇 {#two}"])


def test_words_that_lose_all_their_text_lose_their_markup(project, data):
    taken = back(project, replaced(data, "重点", ""))
    assert lines(taken) == (["> 引文二段，有**重点**。"], ["> 引文二段，有。"])


def test_a_paragraph_goes(project, data):
    def drop(root):
        each = paragraph(root, "中间。")
        each.getparent().remove(each)

    taken = back(project, edited(data, drop))
    assert (taken.changed, taken.remarks) == (1, ())
    assert taken.sources[CHAPTER][1] == FIRST.replace("中间。\n\n", "")


def test_a_paragraph_comes(project, data):
    def add(root):
        new = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>新的一段*。</w:t></w:r></w:p>')
        paragraph(root, "中间。").addnext(new)

    taken = back(project, edited(data, add))
    assert (taken.changed, taken.remarks) == (1, ())
    assert taken.sources[CHAPTER][1] == FIRST.replace("中间。\n", "中间。\n\n新的一段\\*。\n")


def test_a_paragraph_is_parted_and_keeps_its_markup(project, data):
    def part(root):
        first = paragraph(root, "引文二段，有")
        second = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pStyle w:val="Quote"/></w:pPr></w:p>')
        second.extend(list(first.iter(f"{W}r"))[1:])
        first.addnext(second)

    taken = back(project, edited(data, part))
    assert (taken.changed, taken.remarks) == (1, ())
    assert taken.sources[CHAPTER][1] == FIRST.replace("二段，有**重点**", "二段，有\n>\n> **重点**")


def test_a_heading_comes_and_an_item_of_a_list(project, data):
    def add(root):
        for style, text, before in (("Heading2", "新节", "中间。"), ("ListNumber", "丙二", "丙")):
            shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            new = f'<w:p xmlns:w="{W[1:-1]}">{shape}<w:r><w:t>{text}</w:t></w:r></w:p>'
            paragraph(root, before).addnext(etree.fromstring(new))

    taken = back(project, edited(data, add))
    assert (taken.changed, taken.remarks) == (2, ())
    assert "\n3. 丙\n4. 丙二\n\n中间。\n\n## 新节\n\n" in taken.sources[CHAPTER][1]


def test_what_keben_makes_is_reported_and_not_changed(project, data):
    taken = back(project, replaced(data, "表1-1", "表9"))
    assert taken.sources == {}
    (remark,) = taken.remarks
    assert (remark.place.path, remark.message[:30]) == (CHAPTER, "It changes what Keben makes: a")
    assert (remark.before, remark.after) != ("", "")


def test_a_note_that_is_called_no_more_is_reported(project, data):
    def drop(root):
        call = next(root.iter(f"{W}footnoteReference"))
        call.getparent().remove(call)

    taken = back(project, edited(data, drop))
    assert taken.sources == {}
    assert [remark.message[:26] for remark in taken.remarks] == ["It changes a note's mark, "]


def test_a_paragraph_in_another_place_is_reported(project, data):
    def move(root):
        paragraph(root, "两个字*星号*").addnext(paragraph(root, "中间。"))

    taken = back(project, edited(data, move))
    assert taken.sources == {}
    assert [remark.message[:23] for remark in taken.remarks] == ["It stands in another pl"]


def test_an_edition_in_another_script_is_only_reported(project):
    taken = back(project, replaced(written(project, "zh-Hant-TW"), "中間", "正中"), "zh-Hant-TW")
    assert (taken.sources, taken.is_report) == ({}, True)
    assert [(remark.place.line, remark.before, remark.after) for remark in taken.remarks] == [
        (28, "中間。", "正中。")
    ]


def test_tracked_changes_count_as_accepted_and_comments_are_listed(project, data):
    def track(root):
        run = next(paragraph(root, "中间。").iter(f"{W}r"))
        wrong = f'<w:del xmlns:w="{W[1:-1]}" w:id="900" w:author="编辑"><w:r><w:delText>中</w:delText></w:r></w:del>'
        right = (
            f'<w:ins xmlns:w="{W[1:-1]}" w:id="901" w:author="编辑"><w:r><w:t>正</w:t></w:r>'
            '<w:commentRangeStart w:id="5"/></w:ins>'
        )
        run.addprevious(etree.fromstring(wrong))
        run.addprevious(etree.fromstring(right))
        run.find(f"{W}t").text = "间。"

    files = parts(edited(data, track))
    relation = '<Relationship Id="rC" Type="http://x/comments" Target="comments.xml"/></Relationships>'
    rels = files["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation.encode())
    comments = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="5" w:author="编辑"><w:p><w:r><w:t>妥否？</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    whole = packed({**files, "word/_rels/document.xml.rels": rels, "word/comments.xml": comments.encode()})
    taken = back(project, whole)
    assert lines(taken) == (["中间。"], ["正间。"])
    assert taken.notices == ("1 insertions and 1 deletions are still tracked; they count as accepted.",)
    assert [(str(remark.place), remark.message) for remark in taken.remarks] == [
        (f"{CHAPTER}:28", "编辑 comments: “妥否？”.")
    ]


def test_what_changed_in_the_source_meanwhile_stays_and_conflicts_are_reported(project, data):
    first, second = "中间。", "松散一"
    text = (
        FIRST.replace(first, "中间，改过。")
        .replace(second, "松散一，改过")
        .replace("## 列表", "新的一段。\n\n## 列表")
    )
    sources = tuple(
        Source(each.path, text if each.path == CHAPTER else each.text) for each in project.manuscript.sources
    )
    later = replace(project, manuscript=replace(project.manuscript, sources=sources))
    both = replaced(replaced(data, "松散一", "松散之一"), "乙二的第二段", "第二段")
    taken = back(later, both)
    assert taken.changed == 1
    assert taken.sources[CHAPTER] == (text, text.replace("乙二的第二段", "第二段"))
    assert sorted(remark.message for remark in taken.remarks) == [
        "It is not in the document: it is new here, or was taken out there.",
        "The source and the document were both changed here.",
    ]


def test_keys_that_are_lost_are_made_up_for_by_the_texts(project, data):
    def forget(root):
        for each in list(root.iter(f"{W}bookmarkStart")):
            if str(each.get(f"{W}name")).startswith("_k"):
                each.getparent().remove(each)

    bare = edited(data, forget)
    assert back(project, bare).sources == {}

    def change(root):
        next(each for each in root.iter(f"{W}t") if each.text == "中间。").text = "正中间。"

    assert lines(back(project, edited(bare, change))) == (["中间。"], ["正中间。"])


def test_a_row_with_cells_that_say_the_same_thing_as_its_markup(tmp_path):
    project, data = small(tmp_path, "# 甲\n\n| a | b |\n|---|---|\n| **x** | `x` |\n")

    def change(root):
        [each for each in root.iter(f"{W}t") if each.text == "x"][1].text = "y"

    assert lines(back(project, edited(data, change))) == (["| **x** | `x` |"], ["| **x** | `y` |"])


@pytest.mark.parametrize("wrong", [b"", b"PK", b"no zip at all"])
def test_a_file_that_is_no_document(project, wrong):
    with pytest.raises(BrokenDocxError):
        back(project, wrong)


PUT = ["", "新", "改动了", "A*b", "[x]", "<b>", "，", "“引”", " x ", "`", "{a}", "1. ", "#", "|", "\\"]


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(10))
def test_any_edit_is_in_the_next_build_or_reported_and_nothing_else_changes(project, data, seed):
    rng = random.Random(seed)
    name = rng.choice([DOCUMENT] * 5 + [FOOTNOTES])
    put, count = rng.choice(PUT), rng.choice([0, 0, 1, 2, 5])
    root = tree(data, name)
    keyed = [
        each
        for each in root.iter(f"{W}p")
        if any(str(mark.get(f"{W}name")).startswith("_kb") for mark in each.iter(f"{W}bookmarkStart"))
    ]
    runs = [
        t
        for each in keyed
        for t in each.iter(f"{W}t")
        if not any(a.tag == f"{W}ruby" for a in t.iterancestors())
    ]
    run = rng.choice(runs)
    at = rng.randrange(len(run.text) + 1)
    run.text = run.text[:at] + put + run.text[at + count :]
    changed = packed({**parts(data), name: etree.tostring(root)})
    edition = edition_of(project)
    taken = take_back(project, edition, changed)
    built = build_words(project, edition, {})
    texts = {path: new for path, (_, new) in taken.sources.items()}
    before = [each.written for each in built.written]
    after = [each.written for each in build_words(project, edition, texts).written]
    differing = [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    said = [each.tokens for each in read_corrected(changed).paragraphs if str(each.keys).startswith("('_kb")]
    corrected = [one for one in said if one not in [each.tokens for each in built.paragraphs]]
    if taken.sources:
        assert len(differing) == len(corrected) == 1
        made = [
            token
            for token, is_made in zip(
                built.written[differing[0]].tokens, built.written[differing[0]].made, strict=True
            )
            if is_made
        ]
        assert sorted([*after[differing[0]], *made]) == sorted(corrected[0])
    else:
        assert before == after
        assert bool(taken.remarks) == bool(corrected)


def _set_in(text, *properties, is_on=True):
    """A change that sets the first run of a text in something, or takes that away."""

    def change(root):
        run = next(
            each for each in root.iter(f"{W}r") if text in "".join(t.text or "" for t in each.iter(f"{W}t"))
        )
        own = run.find(f"{W}rPr")
        if own is None:
            own = etree.Element(f"{W}rPr")
            run.insert(0, own)
        for name, value in properties:
            for old in own.findall(f"{W}{name}"):
                own.remove(old)
            if is_on:
                etree.SubElement(own, f"{W}{name}", {f"{W}val": value} if value else {})

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set_in("第二段", ("b", "")), "The document has bold, and the source has not: “第二段。”."),
        (
            _set_in("第二段", ("rStyle", "Own")),
            "The document has italic, and the source has not: “第二段。”.",
        ),
        (_set_in("重的", ("b", ""), is_on=False), "The source has bold, and the document has not: “重的”."),
        (_set_in("重的", ("b", "0")), "The source has bold, and the document has not: “重的”."),
        (
            _set_in("第二段", ("u", "wave")),
            "The document has a wavy underline, and the source has not: “第二段。”.",
        ),
        (
            _set_in("第二段", ("em", "dot")),
            "The document has emphasis dots, and the source has not: “第二段。”.",
        ),
        (_set_in("第二段", ("u", "none"), ("color", "FF0000"), ("b", "0")), ""),
    ],
)
def test_formatting_that_changed_is_reported_and_not_taken(tmp_path, change, message):
    project, document = small(tmp_path, "# 题\n\n第一段有**重的**字。\n\n第二段。\n")

    def with_style(root):
        style = etree.SubElement(root, f"{W}style", {f"{W}type": "character", f"{W}styleId": "Own"})
        etree.SubElement(etree.SubElement(style, f"{W}rPr"), f"{W}i")

    taken = back(project, edited(edited(document, change), with_style, "word/styles.xml"))
    reported = " Formatting is not taken back: change the Markdown."
    assert taken.sources == {}
    assert [each.message for each in taken.remarks] == ([message + reported] if message else [])
    assert all(each.place.line in (3, 5) for each in taken.remarks)


def test_formatting_of_a_kind_is_one_remark_with_its_places(tmp_path):
    project, document = small(tmp_path, "# 题\n\n甲段。\n\n乙段。\n\n丙段。\n")
    for text in ("甲段", "丙段"):
        document = edited(document, _set_in(text, ("strike", "")))
    (remark,) = back(project, document).remarks
    assert str(remark.place) == f"{CHAPTER}:3"
    assert remark.message == (
        "The document has a line through it, and the source has not in 2 places: “甲段。”, “丙段。” "
        f"({CHAPTER}:7). Formatting is not taken back: change the Markdown."
    )


def test_formatting_of_text_that_is_new_is_reported_where_its_neighbours_lack_it(tmp_path):
    project, document = small(tmp_path, "# 题\n\n甲段有**重**字。\n")

    def change(root):
        runs = list(paragraph(root, "甲段有").iter(f"{W}t"))
        runs[1].text = "重要"
        last = runs[2].getparent()
        new = etree.fromstring(etree.tostring(last))
        properties = new.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            new.insert(0, properties)
        etree.SubElement(properties, f"{W}i")
        new.find(f"{W}t").text = "新词"
        last.addnext(new)

    taken = back(project, edited(document, change))
    assert lines(taken) == (["甲段有**重**字。"], ["甲段有**重要**字。新词"])
    assert [each.message for each in taken.remarks] == [
        "The document has italic, and the source has not: “新词”. Formatting is not taken back: change the Markdown."
    ]


def test_a_style_that_changed_is_reported(tmp_path):
    project, document = small(tmp_path, "# 题\n\n## 节\n\n甲段。\n")

    def change(root):
        styles = root.iter(f"{W}pStyle")
        next(each for each in styles if each.get(f"{W}val") == "Heading2").set(f"{W}val", "Heading3")

    (remark,) = back(project, edited(document, change)).remarks
    assert str(remark.place) == f"{CHAPTER}:3"
    assert remark.message.startswith("The style Heading3 stands where the source has Heading2: “节”.")


def test_ids_of_styles_that_a_program_renames_are_no_change(tmp_path):
    project, document = small(tmp_path, "# 题\n\n## 节\n\n甲段[^1]，又[^1]。\n\n[^1]: 注。\n")
    new = {"Heading2": "3", "FootnoteText": "Footnote"}

    def change(root):
        for each in root.iter(f"{W}pStyle", f"{W}style"):
            name = f"{W}styleId" if each.tag == f"{W}style" else f"{W}val"
            each.set(name, new.get(each.get(name), each.get(name)))

    for part in (DOCUMENT, FOOTNOTES, "word/styles.xml"):
        document = edited(document, change, part)
    assert back(project, document).remarks == ()
