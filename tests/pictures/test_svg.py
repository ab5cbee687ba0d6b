from base64 import b64encode

import pytest
from samples import PNG

from keben.core.book import Asset
from keben.pictures import dataurls, prepare

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
LINKED = SVG.replace(" viewBox", ' xmlns:xlink="http://www.w3.org/1999/xlink" viewBox')
SHAPE = '<rect width="1" height="1"/>'
DATA = "data:image/png;base64," + b64encode(PNG).decode()


def drawn(data):
    """What is drawn of an SVG, and what is reported of it."""
    data = data if isinstance(data, bytes) else data.encode()
    asset, findings = prepare(Asset("images/a.svg", "image/svg+xml", data))
    text = (
        asset.data.decode("utf-8", "replace").removeprefix('<?xml version="1.0" encoding="utf-8"?>\n').strip()
    )
    return text, [str(finding).removeprefix("book/images/a.svg") for finding in findings]


def left_out(what):
    return (
        f": warning: Left out of this SVG: {what}. "
        "A book shows plain drawings: look whether this one is whole without it."
    )


@pytest.mark.parametrize(
    "inside",
    [
        "",
        SHAPE,
        '<defs><linearGradient id="g"></linearGradient></defs><path fill="url(#g)" d="M0 0"/>',
        '<style type="text/css">path { fill: red; stroke-width: 2 }</style><path d="M0 0"/>',
        '<text x="1">字<tspan dy="2">甲</tspan></text>',
        '<title>题</title><g transform="scale(2)"><circle r="2"/></g>',
    ],
)
def test_plain_svg_stays_as_it_is(inside):
    assert drawn(SVG.format(inside)) == (SVG.format(inside), [])


@pytest.mark.parametrize(
    ("inside", "shown", "what"),
    [
        ("<script>1</script>", "", ["&lt;script>"]),
        ("<SCRIPT>1</SCRIPT><x:script xmlns:x='http://www.w3.org/2000/svg'/>", "", ["&lt;SCRIPT>", "&lt;script>"]),
        ("<script xmlns='http://www.w3.org/1999/xhtml'/>", "", ["&lt;script> of HTML"]),
        ('<rect onclick="x()" ONLOAD="y()"/>', "<rect/>", ["the event handler onclick", "the event handler ONLOAD"]),
        ('<a href="http://example.org/"><rect/></a>', "<g><rect/></g>", []),
        ('<a href="javascript:x()"><rect/></a>', "<g><rect/></g>", []),
        ('<image href="photo.png"/>', "", ["a reference to “photo.png”"]),
        ('<image href="file:///etc/passwd"/>', "", ["a reference to “file:///etc/passwd”"]),
        ('<use href="other.svg#a"/>', "", ["a reference to “other.svg#a”"]),
        ('<use href="data:image/svg+xml,x"/>', "", ["a reference to embedded data"]),
        ('<image href="data:text/html,x"/>', "", ["an embedded file that is not a picture"]),
        ('<rect fill="URL(http://a/b)"/>', '<rect fill="none"/>', ["a reference to “http://a/b”"]),
        ('<rect fill="u\\72 l(http://a/b) red"/>', '<rect fill="red"/>', ["a reference to “http://a/b”"]),
        ('<rect fill="image-set(\'http://a/b\' 1x)"/>', '<rect fill="none"/>', ["a reference to “http://a/b”"]),
        ('<rect filter="url(#x)"/>', "<rect/>", ["a reference to “#x”, which is not in it"]),
        ('<rect style="fill: url(//a/b); stroke: red"/>', '<rect style="fill: none; stroke: red"/>', ["a reference to “//a/b”"]),
        ('<rect style="behavior: url(#x); -moz-binding: none"/>', "<rect/>", ["the property behavior", "the property -moz-binding"]),
        ("<style>@import 'x.css';</style>", "", ["@import in &lt;style>"]),
        ("<style>@font-face { src: url(http://a/b) }</style>", "", ["@font-face in &lt;style>"]),
        ("<style>rect { fill: \"x</style>", "", ["the broken property fill"]),
        ("<rect><animate attributeName='x'/><set/></rect>", "<rect></rect>", ["an animation &lt;animate>", "an animation &lt;set>"]),
        ("<foreignObject><p>x</p></foreignObject>", "", ["an embedded page &lt;foreignObject>"]),
        ("<rect style='font-family: \"a\\1 b\"'/>", "<rect style=\"font-family: &quot;ab&quot;\"/>", []),
        ('<rect x="1e400"/>', "<rect/>", ["a number out of bounds in x"]),
        ("<use id='a' href='#a'/>", "", ["a reference to itself"]),
    ],
)  # fmt: skip
def test_what_a_book_may_not_bring_is_left_out_and_reported(inside, shown, what):
    text, findings = drawn(SVG.format(inside))
    assert text == SVG.format(shown).replace("<rect></rect>", "<rect/>")
    assert findings == [left_out(each.replace("&lt;", "<")) for each in what]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f'<?xml version="1.0"?><?xml-stylesheet href="http://a/b"?>{SVG.format(SHAPE)}', SVG.format(SHAPE)),
        (f'<svg viewBox="0 0 9 9">{SHAPE}</svg>', SVG.format(SHAPE)),
        (
            '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:i="http://i" viewBox="0 0 9 9" i:a="b"><i:x>甲</i:x>'
            '<s:rect i:label="q" width="1" height="1"/></s:svg>',
            SVG.format(SHAPE),
        ),
        (
            b'<?xml version="1.0" encoding="GBK"?>' + SVG.format("<text>中文</text>").encode("gbk"),
            SVG.format("<text>中文</text>"),
        ),
        (SVG.format("<text>中</text>").encode("utf-16"), SVG.format("<text>中</text>")),
        (b"\xef\xbb\xbf\n" + SVG.format(SHAPE).encode(), SVG.format(SHAPE)),
        (f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://a/b.dtd">{SVG.format(SHAPE)}', SVG.format(SHAPE)),
        (
            '<!DOCTYPE svg [<!ENTITY n "http://www.w3.org/2000/svg">]>' + SVG.replace("http://www.w3.org/2000/svg", "&n;").format(SHAPE),
            SVG.format(SHAPE),
        ),
        (SVG.format("<g>" * 10_000 + SHAPE + "</g>" * 10_000), SVG.format(SHAPE)),
        (SVG.format("<metadata><a/></metadata>" + SHAPE), SVG.format(SHAPE)),
        (
            SVG.format('<rect id="甲 乙"/><rect id="甲 乙"/><rect id="1"/><use xlink:href="#1"/>'),
            LINKED.format('<rect id="id-1"/><rect/><rect id="id-2"/><use xlink:href="#id-2"/>'),
        ),
        (SVG.format(f'<image href="{DATA}" width="3"/>'), LINKED.format(f'<image xlink:href="{DATA}" width="3"></image>')),
        (
            SVG.format('<switch><foreignObject requiredFeatures="x"/><text>甲</text><text>乙</text></switch>'),
            SVG.format("<g><text>甲</text></g>"),
        ),
        (
            SVG.format('<switch><text systemLanguage="en">a</text><text systemLanguage="zh">甲</text></switch>'),
            SVG.format("<g><text>甲</text></g>"),
        ),
    ],
)  # fmt: skip
def test_svg_of_many_programs_is_printed_again_in_one_way(written, shown):
    assert drawn(written) == (shown, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"<svg>\n<a></svg>", ":2:6: This SVG is not well-formed: mismatched tag."),
        (b"", ":1:1: This SVG is not well-formed: no element found."),
        (b"<html/>", ": This is not an SVG: its root is another element."),
        (b"<svg>\n\xff</svg>", ":2: The byte 0xFF of this SVG is not UTF-8."),
        (b'<?xml version="1.0" encoding="big5"?><svg>\xff</svg>', ":1: This SVG says that it is in big5hkscs"),
        (b"\x1f\x8b\x08", ": This SVG is compressed."),
        (b'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg>&c;</svg>', ":1: This SVG defines the entity “c”"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', ":1: This SVG defines the entity “a”"),
        (b'<!DOCTYPE svg SYSTEM "a"><svg><text>&nbsp;</text></svg>', ":1: This SVG uses the entity “nbsp”"),
        (SVG.format("<g fill='red'>" * 5000 + "</g>" * 5000), ":1: The elements of this SVG stand more than 80 deep"),
        (SVG.format(SHAPE * 60_001), ": This SVG has more than 60000 elements."),
        (SVG.format("<style>a{" + "(" * 500 + "}</style>"), ":1: A style of this SVG cannot be read"),
    ],
)  # fmt: skip
def test_svg_that_cannot_be_shown_is_told_with_its_place(text, message):
    (finding,) = drawn(text)[1]
    assert finding.startswith(message)


def bomb(link):
    """Ten to the twelfth shapes in a few lines."""
    steps = "".join(f'<g id="a{step + 1}">{link.format(step) * 10}</g>' for step in range(12))
    return SVG.format(f'<g id="a0">{SHAPE}</g>{steps}')


@pytest.mark.parametrize(
    "text",
    [
        bomb('<use href="#a{}"/>'),
        SVG.format(
            '<pattern id="p0"><rect width="1"/></pattern>'
            + "".join(
                f'<pattern id="p{n + 1}">{f"<rect fill=&quot;url(#p{n})&quot;/>".replace("&quot;", chr(34)) * 10}</pattern>'
                for n in range(12)
            )
        ),
        SVG.format(
            "<style>.p0{fill:url(#p0)}" + "".join(f".p{n}{{fill:url(#p{n})}}" for n in range(1, 12)) + "</style>"
            '<pattern id="p0"><rect width="1"/></pattern>'
            + "".join(f'<pattern id="p{n + 1}">{f"<rect class={chr(34)}p{n}{chr(34)}/>" * 10}</pattern>' for n in range(11))
        ),
        SVG.format('<marker id="m"><path d="M0 0"/></marker><path marker-mid="url(#m)" d="' + "M1 1 " * 60_000 + '"/>'),
    ],
)  # fmt: skip
def test_a_few_lines_cannot_draw_for_hours(text):
    (finding,) = drawn(text)[1]
    assert finding.startswith(": This SVG draws more than 60000 shapes")


def test_a_chain_of_references_has_an_end():
    chain = "".join(f'<use id="a{step + 1}" href="#a{step}"/>' for step in range(100))
    reverse = "".join(reversed([f'<use id="a{step + 1}" href="#a{step}"/>' for step in range(100)]))
    for text in (chain, reverse):
        (finding,) = drawn(SVG.format(f'{text}<rect id="a0"/>'))[1]
        assert finding.startswith(": More than 60 references of this SVG lead on from one to the next.")


def test_many_shapes_are_told_of():
    (finding,) = drawn(SVG.format('<rect id="q"/>' * 20_001))[1]
    assert finding == (
        ": notice: This SVG draws 20001 shapes: a PDF with it takes long to make. As PNG it is quicker."
    )


PHOTO = Asset("images/photo 1.png", "image/png", PNG)
FILES = {each.path: each for each in (PHOTO, Asset("images/b.svg", "image/svg+xml", SVG.format("").encode()))}


@pytest.mark.parametrize("name", ["href", "xlink:href"])
@pytest.mark.parametrize(
    "target", ["photo%201.png", "./photo 1.png", "../images/photo%201.png", "photo%201.png#top"]
)
def test_a_picture_beside_a_drawing_comes_into_it(name, target):
    data = LINKED.format(f'<image {name}="{target}" width="5" height="5"/>').encode()
    asset, findings = prepare(Asset("images/a.svg", "image/svg+xml", data), FILES)
    assert findings == ()
    assert f'xlink:href="{DATA}"' in asset.data.decode()


@pytest.mark.parametrize(
    "target",
    ["photo.png", "/images/photo%201.png", "../../images/photo%201.png", "file:photo%201.png", "//images/photo%201.png",
     "http://a/photo%201.png", "b.svg", "", "https://[", "%00"],
)  # fmt: skip
def test_nothing_else_comes_into_a_drawing(target):
    data = LINKED.format(f'{SHAPE}<image xlink:href="{target}"/>').encode()
    asset, (finding,) = prepare(Asset("images/a.svg", "image/svg+xml", data), FILES)
    assert (finding.code, finding.severity) == ("svg-part", "warning")
    assert "image" not in asset.data.decode().partition("viewBox")[2]


def test_a_picture_shown_very_often_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(dataurls, "MOST_LINKED", 3 * len(DATA))
    data = LINKED.format('<image href="photo%201.png"/>' * 5).encode()
    asset, (finding,) = prepare(Asset("images/a.svg", "image/svg+xml", data), FILES)
    assert asset.data.count(b"<image") == 3
    assert "a reference to “photo%201.png” (2 times)" in finding.message
