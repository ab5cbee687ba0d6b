import pytest

from keben.core.editorial.glossary import add_terms, read_glossary
from keben.core.editorial.unused import unused_decisions, unused_terms
from keben.core.editorial.values import Decision
from keben.core.errors import Place


def read(text, **more):
    glossary = read_glossary(text, "book/glossary.tsv", **more)
    return glossary.entries, [
        str(finding).removeprefix("book/glossary.tsv:") for finding in glossary.findings
    ]


def test_a_glossary_has_terms_with_forms_by_language_and_scopes():
    entries, findings = read(
        "# 人名\nsource\tzh-hant-tw\tzh-HK\teditions\tchapters\tnote\n\n特朗普\t川普\t特朗普\nmouse\t\t~\n"
        "信息\t資訊\t\tzh-Hant-TW, tall\tchapters/0*.md\t情报\n"
    )
    assert findings == []
    assert [(entry.term, dict(entry.targets), entry.place.line) for entry in entries] == [
        ("特朗普", {"zh-Hant-TW": "川普", "zh-Hant-HK": "特朗普"}, 4),
        ("mouse", {"zh-Hant-HK": None}, 5),
        ("信息", {"zh-Hant-TW": "資訊"}, 6),
    ]
    assert entries[2].editions == {"zh-Hant-TW", "tall"}
    assert entries[2].chapters == ("chapters/0*.md",)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("term\tzh-TW\n信息\t資訊\n", "1: The glossary's first line names no column `source`. Begin the file with: source, a tab, and a language tag."),
        ("source\tzh-TV\n信息\t資訊\n", "1:8: The column “zh-TV” is not a language that Keben knows. Did you mean `zh-tw`?"),
        ("source\tzh-TW\tzh-Hant-TW\n", "1:14: Two columns are “zh-Hant-TW”. Take one out."),
        ("source\tzh-TW\n信息\t資訊\t多\n", "2: This line has 3 cells, and the first one names 2 columns. Look for a tab too many."),
        ("source\tzh-TW\n\t資訊\n", "2: This line names no term. Fill in `source`."),
        ("source\tzh-TW\n信息\t資\ufdd0\n", "2:5: U+FDD0 is a noncharacter. Take it out, or write what it stands for."),
        ("source\tzh-TW\n信息\t資訊\n信息\t信息\n", "3: The term “信息” has another form in line 2. Take one out, or give it a scope of its own."),
        ("source\tzh-TW\n信息\t資訊\n信息\t資訊\n", "3: warning: The term “信息” stands in line 2 already. Take one out."),
        ("source\tzh-TW\teditions\n信息\t資訊\tzh-Hant-TV\n", "2:7: The book has no edition “zh-Hant-TV”. Did you mean `zh-Hant-TW`?"),
        ("source\tzh-TW\tchapters\n信息\t資訊\tchapters/9*\n", "2:7: No chapter of the book is named “chapters/9*”. Write it as book.toml does; * stands for any text."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text, reported):
    assert read(text, editions=["zh-Hans", "zh-Hant-TW"], chapters=["chapters/01.md"])[1] == [reported]


def test_all_that_is_wrong_is_told_in_one_run_and_the_rest_is_read():
    entries, findings = read("source\tzh-TW\n\t資訊\n信息\t資訊\na\tb\tc\n")
    assert [entry.term for entry in entries] == ["信息"]
    assert [finding[:2] for finding in findings] == ["2:", "4:"]


def test_one_term_may_have_a_form_of_its_own_in_a_scope():
    entries, findings = read("source\tzh-TW\tchapters\n信息\t資訊\n信息\t信息\tchapters/01.md\n")
    assert (len(entries), findings) == (2, [])


def test_an_empty_file_is_a_glossary_without_terms():
    assert read("") == read("# 空\n\n") == ((), [])


def test_what_serves_nowhere_is_reported():
    entries, _ = read("source\tzh-TW\n信息\t資訊\n网络\t網路\n")
    assert [str(finding) for finding in unused_terms(entries, {Place("book/glossary.tsv", 3)})] == [
        "book/glossary.tsv:2: warning: The term “信息” stands nowhere in the book, or only inside longer ones. "
        "Take it out, or fix it."
    ]
    decision = Decision("zh-Hant", "发", "髮", "头", "很", "", Place("book/decisions.tsv", 2, 1))
    assert [str(finding) for finding in unused_decisions([decision], (), {})] == [
        "book/decisions.tsv:2:1: warning: The book has no place like “头[发]很” any more, or something else settles "
        "it. Take it out, or decide the place again."
    ]
    assert [str(finding) for finding in unused_decisions([decision], (), {decision.place: "发廊"})] == [
        "book/decisions.tsv:2:1: warning: Where “发” stands it is a part of a longer word: “发廊”. Decide that word, or "
        "name what stands before and after."
    ]
    assert list(unused_decisions([decision], {decision.place}, {})) == []


def term(phrase, target, tag="zh-Hant-TW"):
    return Decision(tag, phrase, target, "", "", "", Place("page"))


TERMS = "# ours\nsource\tzh-TW\tchapters\n余华\t\t\n伯利兹\t貝里斯\t\n干道\t\tone.md\n"


@pytest.mark.parametrize(
    ("new", "text", "refused"),
    [
        (term("余华", "余華"), TERMS.replace("余华\t\t", "余华\t余華"), False),
        (term("伯利兹", "貝里斯"), TERMS.replace("貝里斯\t", "貝里斯"), False),
        (term("伯利兹", "伯利茲"), TERMS, True),
        (term("干道", "幹道"), TERMS + "干道\t幹道\n", False),
        (
            term("王后", "王后", "zh-Hant"),
            TERMS.replace("chapters\n", "chapters\tzh-Hant\n") + "王后\t\t\t王后\n",
            False,
        ),
        (term("#一", "#一"), TERMS, True),
        (term("a\tb", "c"), TERMS, True),
        (term("一", "~"), TERMS, True),
    ],
)
def test_a_term_is_put_in_and_nothing_that_stands_is_changed(new, text, refused):
    assert add_terms(TERMS, [new]) == (text, (new,) if refused else ())
    made = read_glossary(text, "glossary.tsv")
    assert made.findings == ()
    if not refused:
        assert any(
            each.term == new.phrase and each.targets.get(new.language) == new.target for each in made.entries
        )


def test_a_glossary_begins_with_a_term():
    assert add_terms("", [term("余华", "余華")]) == ("source\tzh-Hant-TW\n余华\t余華\n", ())
    assert add_terms("# ours\n", [term("余华", "余華")])[0] == "# ours\nsource\tzh-Hant-TW\n余华\t余華\n"
