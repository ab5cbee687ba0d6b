import pytest

from keben.script.explain import explain, look_up
from keben.script.passages import Lock, converter_for
from keben.script.regionforms import TABLES, region_forms
from keben.script.tables import table_rows

ROWS = table_rows(TABLES[0])
LAST = {"TW": "s2tw", "HK": "s2hk", "CN": "tw2s"}


def converted(text, name, mode="context"):
    passage = converter_for((name,), mode).trace(text)
    assert passage.output == converter_for((name,), mode).convert(text)
    assert list(passage.offsets) == list(range(len(text) + 1))
    return passage.output


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("有账号后看账户和账单", "有帳號後看帳戶和帳單"),
        ("秋后算账，挂账，结账", "秋後算帳，掛帳，結帳"),
        ("营帐里的账房", "營帳裡的帳房"),
        ("粘土粘在桌上", "黏土黏在桌上"),
        ("侄女眯着眼", "姪女瞇著眼"),
        ("消化、排泄、发泄", "消化、排泄、發洩"),
        ("彷徨与仿佛", "徬徨與彷彿"),
    ],
)
def test_taiwan_has_the_forms_that_opencc_lacks(source, form):
    assert converted(source, "s2tw") == form
    assert converter_for(("s2twp",), "context").convert(source) == form


def test_hong_kong_keeps_both_ways_to_write_an_account():
    assert converted("账目", "s2hk") == "賬目"
    assert converter_for(("tw2t", "t2hk"), "context").convert("帳目") == "帳目"
    assert converter_for(("hk2t", "t2tw"), "context").convert("賬目") == "帳目"
    assert converted("屋檐下的缰绳", "s2hk") == "屋簷下的韁繩"


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("帳號、結帳、混帳", "账号、结账、混账"),
        ("帳篷、中軍帳、蚊帳", "帐篷、中军帐、蚊帐"),
        ("買帳篷、舊帳子、蚊帳面料", "买帐篷、旧帐子、蚊帐面料"),
        ("對帳中眾人說，不買帳", "对帐中众人说，不买账"),
        ("妳看牠們", "你看它们"),
        ("姪子揹著大砲", "侄子背着大炮"),
        ("黏貼黏土", "粘贴黏土"),
        ("琳瑯滿目，殷勤慇懃", "琳琅满目，殷勤殷勤"),
    ],
)
def test_the_mainland_has_its_standard_characters(source, form):
    assert converted(source, "tw2s") == form
    assert converted(source.replace("著", "着"), "hk2s") == form


@pytest.mark.parametrize("source", ["账号", "粘贴", "窗棂", "侄儿", "钳制", "账房先生眯着眼", "彷徨"])
def test_what_goes_to_taiwan_comes_back(source):
    assert converted(converted(source, "s2tw"), "tw2s") == source


def test_a_name_keeps_its_character():
    assert converted("粘罕和姓粘的人", "s2tw") == "粘罕和姓粘的人"
    assert converter_for(("s2tw",), "context").convert("账房", [Lock(0, 1, "賬")]) == "賬房"


def test_opencc_alone_is_opencc_alone():
    assert converted("账号", "s2tw", "opencc") == "賬號"
    assert converted("账号", "s2t") == "賬號"
    assert converted("帳號", "t2s") == "帐号"


def test_each_row_has_a_source_and_is_final():
    for region, found, form, why in ROWS:
        assert len(found) == len(form)
        assert why
        forms = region_forms(LAST[region])
        assert forms.apply(found) == forms.apply(form) == form


def test_an_explanation_and_a_lookup_show_them():
    (piece,) = explain(converter_for(("s2tw",), "context"), "账")
    assert piece.output == "帳"
    assert piece.reasons == ("STCharacters: 账 → 賬", "form of the region: 賬 → 帳")
    found = {each.source: each.said for each in look_up("账户")}
    assert found["form of the region, zh-TW"] == "賬戶 → 帳戶"


def test_a_change_over_two_pieces_is_one_piece():
    using = converter_for(("s2tw",), "context")
    for text in ("粘罕", "粘罕账", "姓粘", "人姓粘账", "排泄"):
        found = explain(using, text)
        assert "".join(each.source for each in found) == text
        assert "".join(each.output for each in found) == using.convert(text)
