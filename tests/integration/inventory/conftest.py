"""A store room on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.support.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store room, closed after the test."""
    opened = Store(database_url)
    yield opened
    opened.database.close()
