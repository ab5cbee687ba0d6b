"""parse at its door: verse, plays, letters, and breaks between scenes."""

import pytest
from manuscripts import generous, parse_texts

from keben.core.markup import serialize


def body(text, reader="generous"):
    book, findings = parse_texts(f"# 题\n\n{text}", reader=reader)
    assert [str(finding) for finding in findings] == []
    return serialize(book.chapters[0].body)


def stanza(*lines):
    made = "<br/>".join(f'<span class="line">{line}</span>' for line in lines)
    return f'<p class="stanza">{made}</p>'


VERSE = {
    "{.verse}\n床前明月光，\n疑是地上霜。": f'<div class="verse">{stanza("床前明月光，", "疑是地上霜。")}</div>',
    "{.verse}\n> 一\n> 二\n>\n> 三\n>\n> ——某": f'<blockquote class="verse">{stanza("一", "二")}{stanza("三")}<footer>——某</footer></blockquote>',
    # Hard breaks and soft ones are the same in verse; an indent is the poet's.
    "{.verse}\n> 一\\\n> 　　二\n> 三": f'<blockquote class="verse">{stanza("一", "　　二", "三")}</blockquote>',
    "{.verse}\n> 　　一\n> 二": f'<blockquote class="verse">{stanza("　　一", "二")}</blockquote>',
    "{.verse #poem}\n一\n二": f'<div id="poem" class="verse">{stanza("一", "二")}</div>',
    # Markup over the end of a line is divided with it.
    "{.verse}\n床前*明月，\n疑是*霜": f'<div class="verse">{stanza("床前<em>明月，</em>", "<em>疑是</em>霜")}</div>',
    # A quotation line by line is verse.
    "> 一\\\n> 二\n>\n> 三\\\n> 　　四\n>\n> ——某": f'<blockquote class="verse">{stanza("一", "二")}{stanza("三", "　　四")}<footer>——某</footer></blockquote>',
    "> 一\n> 二": "<blockquote><p>一二</p></blockquote>",
    "> 一\\\n> 二\n>\n> 三": "<blockquote><p>一<br/>二</p><p>三</p></blockquote>",
}


@pytest.mark.parametrize("text", VERSE)
@pytest.mark.parametrize("reader", ["generous", "strict"])
def test_a_line_of_verse_is_an_element(text, reader):
    assert body(text, reader).replace(' class="verse" id="poem"', ' id="poem" class="verse"') == VERSE[text]


def test_verse_stands_between_lines_of_colons():
    made = body("::: {.verse .centred}\n　　一\n二\n\n三\n　　四\n:::\n\n文")
    assert (
        made == f'<div class="verse centred">{stanza("　　一", "二")}{stanza("三", "　　四")}</div><p>文</p>'
    )


def test_verse_in_a_note_and_notes_in_verse():
    book, findings = generous("# 题\n\n{.verse}\n一[^a]\n二\n\n[^a]:\n    {.verse}\n    甲\n    乙")
    assert findings == []
    chapter = book.chapters[0]
    assert serialize(chapter.notes[0].body) == f'<div class="verse">{stanza("甲", "乙")}</div>'
    assert '<span class="line">一<a class="noteref"' in serialize(chapter.body)


def speech(name, said, more=""):
    colon = " colon" if name.endswith("：") else ""
    return f'<p class="speech{more}"><span class="speaker{colon}">{name}</span>{said}</p>'


DIRECTION = '<span class="direction">（冷笑）</span>'
DRAMA = {
    "周朴园　你来了。\n鲁侍萍：不是我。": speech("周朴园", "　你来了。") + speech("鲁侍萍：", "不是我。"),
    "周朴园 你来了。\n\n鲁侍萍 不是我。": speech("周朴园", "　你来了。") + speech("鲁侍萍", "　不是我。"),
    "**甲**：一。\n**乙** 二。": speech("甲：", "一。") + speech("乙", "　二。"),
    "甲（冷笑）哦。": speech("甲", f"　{DIRECTION}哦。"),
    "甲　*（冷笑）*哦（*轻声*）。": speech("甲", f"　{DIRECTION}哦（<em>轻声</em>）。"),
    "（静默。）\n甲　哦。\n*（下。）*": '<p class="stage">（静默。）</p>'
    + speech("甲", "　哦。")
    + '<p class="stage">（下。）</p>',
    "甲　哦。\n还有一行。\n\n这一段没有名字，是接着说的。": speech("甲", "　哦。还有一行。")
    + '<p class="speech more">这一段没有名字，是接着说的。</p>',
    "甲\n:   一。\n\n    二。\n\n乙\n:   （冷笑）三。": speech("甲", "　一。")
    + '<p class="speech more">二。</p>'
    + speech("乙", f"　{DIRECTION}三。"),
}


STAGE = '<p class="stage">{}</p>'
DRAMA |= {
    "甲　一。\n\n{.simultaneous}\n甲　二。\n乙　三。\n\n乙　四。": speech("甲", "　一。")
    + f'<div class="simultaneous">{speech("甲", "　二。")}{speech("乙", "　三。")}</div>'
    + speech("乙", "　四。"),
    "甲　（唱）\n\n{.verse}\n> 一二三，\n> 四五六。": speech("甲", '　<span class="direction">（唱）</span>')
    + f'<blockquote class="verse">{stanza("一二三，", "四五六。")}</blockquote>',
    "甲　（唱）\n\n> 一二三，\\\n> 四五六。": speech("甲", '　<span class="direction">（唱）</span>')
    + f'<blockquote class="verse">{stanza("一二三，", "四五六。")}</blockquote>',
    "> 甲　一。\\\n> 乙　二。": f"<blockquote>{speech('甲', '　一。')}{speech('乙', '　二。')}</blockquote>",
    "甲　（念）\n\n::: letter\n某兄：\n\n正文在此，不一。\n\n某\n:::": speech(
        "甲", '　<span class="direction">（念）</span>'
    )
    + '<div class="letter"><p class="salutation">某兄：</p><p>正文在此，不一。</p><p class="signature">某</p></div>',
    "甲　一。\n\n　　——幕落": speech("甲", "　一。") + STAGE.format("——幕落"),
    "甲　一。\n——他走了。": speech("甲", "　一。——他走了。"),
}


@pytest.mark.parametrize("text", DRAMA)
def test_a_speech_begins_with_its_speaker(text):
    assert body(f"::: {{.drama}}\n{text}\n:::") == f'<div class="drama">{DRAMA[text]}</div>'


def test_a_paragraph_of_a_play_is_a_block_of_one():
    made = body("{.drama #act}\n甲　一。\n乙　二。", "strict")
    assert made == f'<div class="drama" id="act">{speech("甲", "　一。")}{speech("乙", "　二。")}</div>'


def p(text, name=""):
    return f'<p class="{name}">{text}</p>' if name else f"<p>{text}</p>"


LETTERS = {
    "亲爱的妈妈：\n　　您好！\n\n　　天冷了，多穿衣服。\n此致\n敬礼\n\n儿　小明\n2026年1月2日": p(
        "亲爱的妈妈：", "salutation"
    )
    + p("您好！")
    + p("天冷了，多穿衣服。")
    + p("此致")
    + p("敬礼", "closing")
    + p("儿　小明", "signature")
    + p("2026年1月2日", "signature"),
    "季常兄：\n\n一别十年。即颂\n\n近安\n\n弟　轼": p("季常兄：", "salutation")
    + p("一别十年。即颂")
    + p("近安", "closing")
    + p("弟　轼", "signature"),
    # Prose has neither name nor date.
    "只有一段话，别的没有。": p("只有一段话，别的没有。"),
    "我走了。\n\n再见！": p("我走了。") + p("再见！"),
}


@pytest.mark.parametrize("text", LETTERS)
def test_a_letter_has_its_forms(text):
    assert body(f"::: {{.letter}}\n{text}\n:::") == f'<div class="letter">{LETTERS[text]}</div>'


def test_a_letter_is_quoted_too():
    made = body("{.letter}\n> 某兄：\n>\n> 正文在此，不一。\n>\n> 某\\\n> 五月")
    assert made == (
        f'<blockquote class="letter">{p("某兄：", "salutation")}{p("正文在此，不一。")}'
        f"{p('某', 'signature')}{p('五月', 'signature')}</blockquote>"
    )


def test_stars_are_a_break_between_scenes():
    made = body("一\n\n***\n\n二\n\n* * *\n\n三\n\n---\n\n四")
    assert made == '<p>一</p><hr class="scene"/><p>二</p><hr class="scene"/><p>三</p><hr/><p>四</p>'


POEM = "{.verse}\n> 床前明月光，\n> 疑是地上霜。"


@pytest.mark.parametrize("name", ["李白", "〔唐〕李白", "[英]济慈　查良铮译"])
def test_a_name_between_a_title_and_its_verse_is_the_author(name):
    assert f'<p class="author">{name}</p>' in body(f"## 静夜思\n\n{name}\n\n{POEM}")


@pytest.mark.parametrize("text", ["他写道：", "这首诗人人会背。", "一段很长很长的没有句号的话放在这里面"])
def test_prose_before_verse_is_none(text):
    assert f"<p>{text}</p>" in body(f"## 静夜思\n\n{text}\n\n{POEM}")


def test_words_before_verse_that_no_title_is_over_are_none():
    assert "author" not in body(f"文。\n\n李白\n\n{POEM}")


@pytest.mark.parametrize(
    "date", ["二〇二一年冬至", "2021年", "1926.5，北京", "一九二六年五月，硖石", "丙寅年正月", "庚子秋"]
)
def test_a_date_below_verse_belongs_to_it(date):
    assert f'<p class="date">{date}</p>' in body(f"{POEM}\n\n{date}\n\n文。")


@pytest.mark.parametrize(
    "text", ["那一年他十岁。", "接着说下去", "二〇二一年冬至那天的雪一直下到第二天早上才停住，没有人出门"]
)
def test_prose_below_verse_is_none(text):
    assert f"<p>{text}</p>" in body(f"{POEM}\n\n{text}")


def test_a_class_that_is_written_is_kept():
    assert '<p class="signature">李白</p>' in body(f"## 静夜思\n\n{{.signature}}\n李白\n\n{POEM}")
