"""Addresses as they are in manuscripts, and as e-readers' validators take them."""

import pytest

from keben.markdown.addresses import web_address


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a/b?c=d&e=%E5#f", None),
        ("https://例子.中国/路径?问=答#片段", None),
        ("https://user:pass@example.org:8080/", None),
        ("http://[2001:db8::1]:80/", None),
        ("https://example.org./", None),
        ("https://xn--fsq092h.xn--fiqs8s/", None),
        ("https://faß.de/", None),
        ("mailto:a@example.org?subject=%20", None),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%zz%4", "https://example.org/%25zz%254"),
        ("https://example.org/[1]?a[]=1", "https://example.org/%5B1%5D?a%5B%5D=1"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://a@b@example.org/", "https://a%40b@example.org/"),
        ("https://ｅｘａｍｐｌｅ。org/", "https://example.org/"),
        ("https://xn--mi7c.org/", "https://a.org/"),
        ("mailto:a%", "mailto:a%25"),
    ],
)
def test_stray_signs_are_encoded_and_all_else_stays(address, written):
    assert web_address(address) == (written or address)
    assert web_address(written or address) == (written or address)


@pytest.mark.parametrize(
    "address",
    [
        "https://a..org/",
        "https://.a.org/",
        "https://a.org../",
        "https://",
        "https://:80/",
        "https://user@/",
        "https://example.org:port/",
        "https://example.org:65536/",
        "https://example.org:８０/",
        f"https://{'a' * 64}.org/",
        f"https://{''.join(chr(0x4E00 + 97 * at) for at in range(40))}.org/",
    ],
)
def test_a_host_that_cannot_be_is_none(address):
    assert web_address(address) is None
