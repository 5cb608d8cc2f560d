"""What the browser's tests begin with; each file says which suite it uses."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.support.suite import Suite
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.windows import Windows

expect.set_options(timeout=1000 * PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Chromium's driver, which starts as slowly as it stops."""
    with sync_playwright() as started:
        yield started


@pytest.fixture
def people(
    suite: Suite, playwright: Playwright, chromium_options: dict[str, Any]
) -> Iterator[Windows]:
    """Windows of everybody; a page that failed fails the test."""
    browser = playwright.chromium.launch(**chromium_options)
    people = Windows(browser, suite)
    yield people
    browser.close()
    assert people.failures == []
