from keben.core.drawing import in_whole_numbers, size_of, with_ground
from keben.core.markup import parse, serialize


def test_a_ground_stands_behind_all_that_is_drawn_and_after_what_names_it():
    root = parse('<svg viewBox="-5 2.5 20 10"><title>甲</title><path d="M0 0"/></svg>')
    assert serialize(with_ground(root)) == (
        '<svg viewBox="-5 2.5 20 10"><title>甲</title><rect x="-5" y="2.5" width="100%" height="100%" fill="#fff"/>'
        '<path d="M0 0"/></svg>'
    )
    assert '<rect x="0" y="0" ' in serialize(with_ground(parse("<svg><path/></svg>")))


def test_kindle_has_whole_numbers():
    root = parse('<svg viewBox="0 0 150.0 89.45" width="150.0pt" height="89.45pt"/>')
    assert serialize(in_whole_numbers(root)) == '<svg viewBox="0 0 150 90" width="150" height="90"></svg>'
    for kept in (
        '<svg viewBox="1 0 150.5 9"></svg>',
        '<svg width="5.5"></svg>',
        '<svg viewBox="0 0 x"></svg>',
    ):
        assert serialize(in_whole_numbers(parse(kept))) == kept


def test_a_size_is_that_of_the_view():
    assert size_of(parse('<svg viewBox="0 0 15e1 .5"/>')) == (150.0, 0.5)
    assert size_of(parse('<svg viewBox="0 0 0 5"/>')) is None
    assert size_of(parse("<svg/>")) is None
