"""A store room on each kind of database."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from tests.integration.inventory.pages import Pages
from tests.support.inventory_site import Caller
from tests.support.people import People, one_each
from tests.support.postgres import PostgresServer
from tests.support.site import Site
from tests.support.store import MORNING, Store
from tests.support.warehouse import Warehouse

Rooms = Callable[[type[Store], PostgresServer | None], Any]


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """Store rooms that are built once; each is given as on its first day."""
    opened: dict[tuple[type[Store], PostgresServer | None], Store] = {}

    def on_first_day(kind: type[Store], server: PostgresServer | None) -> Store:
        if (kind, server) not in opened:
            file = tmp_path_factory.mktemp("room") / "room.sqlite3"
            room = kind(server.create_database() if server else f"sqlite:///{file}")
            room.keep_first_day()
            opened[kind, server] = room
        opened[kind, server].begin_again()
        return opened[kind, server]

    yield on_first_day
    for room in opened.values():
        room.database.close()


@pytest.fixture
def store(rooms: Rooms, database_server: PostgresServer | None) -> Store:
    """An empty store room."""
    room: Store = rooms(Store, database_server)
    return room


@pytest.fixture
def warehouse(rooms: Rooms) -> Iterator[Warehouse]:
    """A warehouse with the demo catalogue; its books are right after every test.

    On SQLite alone, for rules that no database decides; see ``either_warehouse``.
    """
    warehouse = rooms(Warehouse, None)
    yield warehouse
    assert warehouse.violations() == []


@pytest.fixture
def either_warehouse(
    rooms: Rooms, database_server: PostgresServer | None
) -> Iterator[Warehouse]:
    """The same on each kind of database, for what the database takes part in."""
    warehouse = rooms(Warehouse, database_server)
    yield warehouse
    assert warehouse.violations() == []


@pytest.fixture(scope="session")
def site_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Store], Site]]:
    """Build the site of a store room once; each is given with nobody signed in."""
    file = tmp_path_factory.mktemp("people") / "identity.sqlite3"
    people = People(file, MORNING, one_each("EX-D1"))
    built = cache(lambda service: Site(service, people))

    def with_nobody_in(room: Store) -> Site:
        site = built(room.app)
        site.begin_again()
        return site

    yield with_nobody_in
    people.database.close()


@pytest.fixture
def call(
    warehouse: Warehouse, site_of: Callable[[Store], Site]
) -> Mapping[str, Caller]:
    """Programs that call the warehouse's API, one a role."""
    site = site_of(warehouse)
    tokens = site.people.tokens.items()
    return {role: Caller(site.app.test_client(), token) for role, token in tokens}


@pytest.fixture
def pages(warehouse: Warehouse, site_of: Callable[[Store], Site]) -> Pages:
    """The pages of the warehouse."""
    return Pages(site_of(warehouse))
