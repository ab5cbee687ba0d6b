import pytest

from keben.core.sitepaths import site_key


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("docs/One/02-Two.md", "docs/one/two"),
        ("/docs/one/two/", "docs/one/two"),
        ("01 - a/README.md", "a"),
        ("index.mdx", ""),
        ("2024-01-02.md", "2024-01-02"),
        ("40-Json.NET-Package.mdx", "json.net-package"),
        ("第1章.md", "第1章"),
        ("a.html", "a"),
    ],
)
def test_a_file_and_an_address_of_it_share_a_key(path, key):
    assert site_key(path) == key
