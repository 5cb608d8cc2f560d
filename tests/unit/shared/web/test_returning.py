"""The way back after signing in stays inside the site."""

import pytest

from shared.web.returning import safe_path


@pytest.mark.parametrize("path", ["/", "/inventory/stock?query=a%2Fb&x=1", "/ә"])
def test_a_path_of_this_site_is_kept(path):
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "wish",
    [
        None,
        "",
        "inventory",
        "//evil.example",
        "/\\evil.example",
        "/a\\..\\b",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nLocation: x",
        "/\t/evil.example",
    ],
)
def test_anything_else_becomes_the_fallback(wish):
    assert safe_path(wish, "/home") == "/home"
