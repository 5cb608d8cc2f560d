"""What must not stand anywhere in the repository."""

import ast
import re

import pytest

from tests.tidy.sources import ROOT, name, nodes, ours, text, texts

OF_ONE_MACHINE = re.compile(
    r"/(?:work|farm|root)/|pypi[.]org/simple|files[.]pythonhosted"
    r"|registry[.]npmjs|deb[.]debian[.]org"
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def pages():
    return [path for path in texts() if path.suffix == ".md"]


def locks():
    npm = ours("shared", "services", pattern="package-lock.json")
    return [*ROOT.glob("*.lock"), *ROOT.glob("package-lock.json"), *npm]


def anchors(path):
    """Return what may follow `#` in a link to this page, as GitHub makes it."""
    headings = HEADING.findall(CODE_BLOCK.sub("", text(path)))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def is_broken(path, target):
    if re.match(r"[a-z]+:", target):
        return False
    place, _, anchor = target.partition("#")
    page = (path.parent / place) if place else path
    if not page.exists():
        return True
    return bool(anchor) and anchor not in anchors(page)


@pytest.mark.parametrize("path", texts(), ids=name)
def test_no_file_names_one_machine_or_registry(path):
    assert OF_ONE_MACHINE.findall(text(path)) == []


@pytest.mark.parametrize("path", locks(), ids=name)
def test_a_lock_file_records_no_download_address(path):
    downloads = re.findall(r'(?:"resolved": "|@ |-url )https?://', text(path))

    assert downloads == []


@pytest.mark.parametrize("path", pages(), ids=name)
def test_a_link_in_the_documentation_leads_somewhere(path):
    prose = CODE_BLOCK.sub("", text(path))
    targets = [one or other for one, other in LINK.findall(prose)]

    assert [target for target in targets if is_broken(path, target)] == []


def test_no_listener_loses_the_message_it_fails_on():
    """nameko acknowledges a message whose handler raised: ADR 0001."""
    bare = [
        alias.name
        for node in nodes(ast.ImportFrom)
        for alias in node.names
        if (node.module, alias.name) == ("nameko.events", "event_handler")
    ]

    assert bare == []
