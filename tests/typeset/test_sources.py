"""Entries of a list of sources: which are ragged, and that all of their gaps are alike."""

from dataclasses import replace

import pytest
from books import book, chapter

from keben.check import measure_lines
from keben.check.linefindings import line_findings
from keben.core.paper import TypeArea
from keben.typeset import typeset

REPORT = (
    "[1] World Health Organization. Novel coronavirus (2019-nCoV) situation report[R/OL]. (2020-01-21)[2020-04-12]. "
    "https://www.who.int/docs/default-source/coronaviruse/situation-reports/20200121-sitrep-1-2019-ncov.pdf."
)
ARTICLE = (
    "[2] HUANG C, WANG Y, LI X, et al. Clinical features of patients infected with 2019 novel coronavirus in Wuhan, "
    "China[J]. The Lancet, 2020, 395(10223): 497-506. DOI: 10.1016/S0140-6736(20)30183-5."
)
BOOK = (
    "[3] International Federation of Library Association and Institutions. Names of persons: national usages for entry "
    "in catalogues[M]. 3rd ed. London: IFLA International Office for UBC, 1977."
)
APA = (
    "Knuth, D. E., &amp; Plass, M. F. (1981). Breaking paragraphs into lines. Software: Practice and Experience, 11(11), "
    "1119–1184. https://doi.org/10.1002/spe.4380111102"
)
CHINESE = (
    "[4] 国家卫生健康委员会. 关于印发新型冠状病毒肺炎诊疗方案的通知：试行第七版的修订说明和各地执行情况的汇总以及对若干问题的答复[M]. "
    "北京: 人民卫生出版社, 2020: 12-35."
)
PROSE = (
    "We can see whether the lines of an ordinary paragraph of English words are flush with the measure. " * 4
)


def measured(entry, measure):
    """How well the lines of a paragraph are set."""
    area = TypeArea(measure=measure, lines=26)
    made = book(chapter(f"<h2>参考文献</h2><p>{entry}</p>"))
    artifact = typeset(replace(made, edition=replace(made.edition, area=area)))
    return measure_lines(artifact.data, area, "zh-Hans-CN")


@pytest.mark.parametrize("measure", range(20, 31, 2))
@pytest.mark.parametrize("entry", [REPORT, ARTICLE, BOOK, APA], ids=["report", "article", "book", "apa"])
def test_no_gap_of_a_source_is_much_wider_than_others(entry, measure):
    report = measured(entry, measure)
    assert report.largest_stretch <= 0.25
    assert [each.code for each in line_findings(report, "a.pdf", 10.5)] == []


def test_an_entry_is_ragged_as_a_whole_or_flush_as_a_whole():
    flush = {
        measure: [line.flush for line in measured(ARTICLE, measure).lines[2:-1]] for measure in range(20, 34)
    }
    assert any(all(each) for each in flush.values())
    assert any(not any(each) for each in flush.values())


@pytest.mark.parametrize("measure", range(20, 31, 2))
def test_a_source_in_chinese_is_flush(measure):
    lines = [line for line in measured(CHINESE, measure).lines if line.full]
    assert sum(line.flush for line in lines) >= 2


def test_prose_in_english_is_flush():
    lines = [line for line in measured(PROSE, 27).lines if line.full]
    assert len(lines) > 5
    assert sum(line.flush for line in lines) > len(lines) / 2
