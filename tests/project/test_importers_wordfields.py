import pytest
from docxes import p, r, write_docx
from manuscripts import generous

from keben.core.catalogues import translated
from keben.core.markup import serialize
from keben.project.importers import import_book


@pytest.fixture
def taken(tmp_path):
    """The text of a paragraph with this XML in it, and what is said of the document."""

    def take(inner, after=""):
        body = p("第一章 起风", "1") + p("前", inner=inner + r("后。")) + after
        draft = import_book(write_docx(tmp_path / "书.docx", body))
        text = draft.files["book/chapters/01.md"].decode().removeprefix("# 第一章 起风\n").strip("\n")
        assert any(remark.startswith("Checked: all of its text") for remark in draft.remarks)
        return text, draft.remarks

    return take


def said(remarks, words):
    found = [remark for remark in remarks if words in remark]
    assert len(found) == 1, remarks
    return found[0]


def field(code):
    kinds = ("begin", "end")
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{end}'


EQUATIONS = {
    r"EQ \f(1,2)": r"$\frac{1}{2}$",
    r"eq \f(f(x,y);2)": r"$\frac{f(x,y)}{2}$",
    r"EQ \r(3,x+\f(1,2))": r"$\sqrt[3]{x+\frac{1}{2}}$",
    r"EQ x\s\up5(2)+y\s\do3(i)": "$x^{2}+y_{i}$",
    r"EQ \b\lc\{(\a\al(x+y=1,x-y=2))": r"$\left\{ \begin{array}{l} x+y=1 \\ x-y=2 \end{array} \right.$",
    r"EQ \i(0,1,xdx)": r"$\int_{0}^{1} xdx$",
    r"EQ \o(a,\s\up5(→))": r"$\overset{\to}{a}$",
    r"EQ \x\to(AB)": r"$\overline{AB}$",
    r"EQ \f(路程,时间)": r"$\frac{\text{路}\text{程}}{\text{时}\text{间}}$",
}


@pytest.mark.parametrize("code", EQUATIONS)
def test_a_formula_of_an_old_word_is_latex_that_a_build_sets(taken, code):
    text, remarks = taken(field(code))
    assert text == f"前{EQUATIONS[code]}后。"
    assert said(remarks, "formula as LaTeX")
    book, findings = generous(f"# 题\n\n{text}")
    assert findings == []
    assert "<math" in serialize(book.chapters[0].body)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"EQ \o\ac(○,3)", "③"),
        (r"EQ \o\ac(○,21)", "㉑"),
        (r"eq \o\ac(○,印)", "㊞"),
        (r"EQ \o\ad(\s\up 6(甲乙),\s\do 3(丙丁))", "甲乙丙丁"),
    ],
)
def test_signs_in_circles_and_joined_characters_are_text(taken, code, text):
    assert taken(field(code))[0] == f"前{text}后。"


def test_a_sign_in_a_circle_that_unicode_has_not_is_reported(taken):
    text, remarks = taken(field(r"EQ \o\ac(○,密)"))
    assert text == "前（密）后。"
    assert "（密）" in said(remarks, "Signs in circles")


@pytest.mark.parametrize("code", [r"EQ \q(x)", r"EQ \f(1", r"EQ \f", r"EQ \a\co(", "EQ"])
def test_a_field_that_is_not_known_leaves_a_mark_and_is_reported(taken, code):
    text, remarks = taken(field(code))
    assert text == "前〓后。"
    assert code in said(remarks, "Fields that Keben does not read")


def font(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (r("ab", font("Symbol")), "αβ"),
        (r("\uf0fc\uf0d8", font("Wingdings")), "✔➢"),
        (r("\uf075", font("Wingdings 3")), "▶"),
        (r("a", font("Webdings")), "✔"),
        (r("字", font("Symbol")), "字"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', "✔"),
        (field(r'SYMBOL 252 \f "Wingdings" \s 12'), "✔"),
        (field(r"SYMBOL 0xB4 \f Symbol"), "×"),
    ],
)
def test_signs_of_symbol_fonts_are_characters(taken, inner, text):
    assert taken(inner)[0] == f"前{text}后。"


def test_a_sign_that_no_character_stands_for_is_reported(taken):
    text, remarks = taken(r("\uf03a", font("Wingdings")))
    assert text == "前〓后。"
    assert "Wingdings F03A" in said(remarks, "Signs of symbol fonts")


def test_two_rows_in_one_are_a_note_between_the_words(taken):
    text, _ = taken(r("今江西南昌", '<w:eastAsianLayout w:id="1" w:combine="1"/>'))
    assert text == "前[今江西南昌]{.gloss}后。"


PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def test_what_asks_for_a_text_is_left_out_and_reported(taken):
    text, remarks = taken(PROMPT.format(r("单击此处")), PROMPT.format(p("输入日期")) + p("末。"))
    assert text == "前后。\n\n末。"
    assert "(2): 单击此处, 输入日期" in said(remarks, "prompts of fields")


def test_what_word_draws_is_named_in_the_reader_s_language(taken):
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="销量"/><a:graphic><a:graphicData>'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    _, remarks = taken(chart)
    remark = said(remarks, "Not taken: what Word draws or embeds")
    assert remark.endswith("(1): chart 销量: bring it as a picture.")
    assert "图表 销量" in translated(remark, "zh-Hans")
