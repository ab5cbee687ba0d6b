import tomllib

import pytest
from docxes import p, style, write_docx

from keben.project.importers import import_book
from keben.project.importers.credits import credits_in

LINES = {
    "林一　著": "林一 aut",
    "作　者：林一、周二": "林一 aut, 周二 aut",
    "[美]海明威 著 吴劳 译": "[美]海明威 aut, 吴劳 trl",
    "（英）狄更斯著；周二译": "（英）狄更斯 aut, 周二 trl",
    "作者：[法] 维克多·雨果　译者：周二": "[法]维克多·雨果 aut, 周二 trl",
    "加西亚·马尔克斯著　范晔译": "加西亚·马尔克斯 aut, 范晔 trl",
    "Ernest Hemingway 著，吴劳 译": "Ernest Hemingway aut, 吴劳 trl",
    "J.K.罗琳 著": "J.K.罗琳 aut",
    "林一 编著": "林一 aut",
    "张三  李四  主编": "张三 edc, 李四 edc",
    "文：林一　圖：周二": "林一 aut, 周二 ill",
    "著／林一　譯／周二": "林一 aut, 周二 trl",
    "译者：吴劳": "吴劳 trl",
    "著者 林一": "林一 aut",
    "By Lin Yi": "Lin Yi aut",
    "作者：我吃西红柿（笔名）": "我吃西红柿（笔名） aut",
    # None of these names anyone.
    "林一": "",
    "林一 周二": "",
    "世界名著": "",
    "长篇作品": "",
    "他不会翻译": "",
    "内容简介：好书": "",
    "书名：远行": "",
    "全书 作者 林一": "",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_names_persons_with_their_roles_or_nobody(line):
    assert ", ".join(f"{name} {role}" for name, role in credits_in(line)) == LINES[line]


def settings(draft):
    return tomllib.loads(draft.files["book/book.toml"].decode())["book"]


WANTED = ["[美]海明威", {"name": "吴劳", "role": "trl"}]


def test_the_translator_on_the_title_page_of_a_text_is_no_chapter(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("老人与海\n[美]海明威　著\n吴劳　译\n\n第一章 出海\n文。\n第二章 鱼\n文。\n")
    draft = import_book(path)
    assert (settings(draft)["title"], settings(draft)["authors"]) == ("老人与海", WANTED)
    assert draft.chapters == ("第一章 出海", "第二章 鱼")


def test_all_authors_of_a_document_are_authors(tmp_path):
    styles = style("1", "heading 1") + style("t", "Title") + style("a", "Author")
    body = p("远行", "t") + p("林一", "a") + p("周二 译", "a") + p("第一章 起风", "1") + p("甲。")
    draft = import_book(write_docx(tmp_path / "a.docx", body, styles))
    assert settings(draft)["authors"] == ["林一", {"name": "周二", "role": "trl"}]
    assert draft.chapters == ("第一章 起风",)


def test_lines_of_a_document_that_name_persons_are_read_without_styles(tmp_path):
    body = p("老人与海", "t") + p("[美]海明威 著") + p("吴劳译") + p("第一章 出海", "1") + p("甲。")
    draft = import_book(write_docx(tmp_path / "a.docx", body))
    assert settings(draft)["authors"] == WANTED
    assert draft.chapters == ("第一章 出海",)
    assert any(remark.startswith("Checked: all of its text") for remark in draft.remarks)
