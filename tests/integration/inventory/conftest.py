"""A store room on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.support.store import Store
from tests.support.warehouse import Warehouse


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store room, closed after the test."""
    opened = Store(database_url)
    yield opened
    opened.database.close()


@pytest.fixture
def warehouse(database_url: str) -> Iterator[Warehouse]:
    """A warehouse with the demo catalogue; its books are right after every test."""
    opened = Warehouse(database_url)
    yield opened
    assert opened.violations() == []
    opened.database.close()
