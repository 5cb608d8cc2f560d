"""An auditor follows every link of distribution and is offered no change."""

import re
from html.parser import HTMLParser
from http import HTTPStatus

import pytest

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, busy, reader

__all__ = ["app", "busy", "reader"]

ENTRIES = ("/", "/units", "/facilities", "/requisitions/", "/runs/", "/consignments/")
SIGN_OUT = "/account/"
OURS = re.compile(r"/(units|facilities|quota|requisitions|runs|consignments|gates)\b")


class Changes(HTMLParser):
    """Finds the forms that would change something and have a button to press."""

    def __init__(self, html):
        super().__init__()
        self._posts, self._form, self._pressed = {}, None, set()
        self.links = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = given.get("id") or f"form {len(self._posts)}"
            if given.get("method") == "post":
                self._posts[self._form] = given.get("action", "")
        if tag == "a" and OURS.match(given.get("href", "")):
            self.links.add(given["href"].partition("#")[0].partition("?")[0])
        if tag == "button" and given.get("type") != "button":
            self._pressed.add(given.get("form") or self._form)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None

    @property
    def offered(self):
        return {
            form: action
            for form, action in self._posts.items()
            if form in self._pressed and not action.startswith(SIGN_OUT)
        }


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.mark.usefixtures("busy")
def test_wherever_links_lead_an_auditor_no_change_is_offered(reader):
    auditor, known, ahead = reader("auditor"), set(ENTRIES), list(ENTRIES)

    while ahead:
        path = ahead.pop()
        page = auditor.look(path)
        if page.status_code == HTTPStatus.SEE_OTHER:
            page = auditor.look(page.location)
        assert page.status_code == HTTPStatus.OK, path
        if page.content_type.startswith("text/html"):
            found = Changes(page.text)
            assert found.offered == {}, path
            ahead += found.links - known
            known |= found.links

    assert f"/runs/{named('second')}" in known
    assert "/consignments/C-2026-0001" in known
