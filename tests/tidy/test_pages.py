"""Pages obey a strict Content-Security-Policy: nothing inline, nothing from afar."""

import re

import pytest

from tests.tidy.sources import CODE, name, ours, text

EXPRESSION = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style on an element": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a handler on an element": re.compile(r"\s(on\w+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "an address of another host": re.compile(r"\b(src|href)\s*=\s*.(https?:)?//"),
}


def templates():
    return [path for path in ours(*CODE) if "templates" in path.parts]


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_has_nothing_inline(path):
    html = EXPRESSION.sub("", text(path))
    found = [what for what, pattern in INLINE.items() if pattern.search(html)]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<p onclick="go()">',
        '<p hx-on:click="go()">',
        '<script src="https://example.org/x.js"></script>',
    ],
)
def test_the_patterns_know_what_they_look_for(line):
    assert any(pattern.search(line) for pattern in INLINE.values())
