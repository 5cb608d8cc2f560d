"""A store room on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

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
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse with the demo catalogue; its books are right after every test.

    On SQLite alone, for rules that no database decides; see ``either_warehouse``.
    """
    yield from _opened(f"sqlite:///{tmp_path / 'warehouse.sqlite3'}")


@pytest.fixture
def either_warehouse(database_url: str) -> Iterator[Warehouse]:
    """The same on each kind of database, for what the database takes part in."""
    yield from _opened(database_url)


def _opened(url: str) -> Iterator[Warehouse]:
    warehouse = Warehouse(url)
    yield warehouse
    assert warehouse.violations() == []
    warehouse.database.close()
