from keben.core.ranges import consists_of


def test_all_of_a_text_is_in_one_of_the_ranges():
    ranges = ("az", "·", "\u4e00\u9fff")
    assert consists_of("a·书z", ranges)
    assert consists_of("", ranges)
    assert not consists_of("a·书Z", ranges)
    assert not consists_of("書 ", ranges)
