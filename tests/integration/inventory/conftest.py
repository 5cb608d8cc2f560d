"""A store room on each kind of database."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from shared.identity.identity import Identity
from tests.support.inventory_site import Caller, callers, people
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


@pytest.fixture(scope="session")
def accounts(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Identity, Mapping[str, str]]]:
    """Accounts, one a role: who they are is the same in every test."""
    with people(tmp_path_factory.mktemp("accounts")) as opened:
        yield opened


@pytest.fixture
def call(
    warehouse: Warehouse, accounts: tuple[Identity, Mapping[str, str]]
) -> Iterator[Mapping[str, Caller]]:
    """Programs that call the warehouse's API, one a role."""
    with callers(warehouse, *accounts) as opened:
        yield opened
