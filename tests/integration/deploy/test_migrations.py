"""Every database can be brought up to date, taken back and brought up again."""

from importlib import import_module

import pytest

from deploy.settings import SERVICES
from deploy.suite import migrations_of
from shared.database.database import Database
from shared.database.migrating import downgrade, drift, is_current, upgrade


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_run_up_down_and_up_again(database, service):
    scripts = migrations_of(service)

    upgrade(database, scripts)
    downgrade(database, scripts)
    taken_back = is_current(database, scripts)
    upgrade(database, scripts)

    assert not taken_back
    assert is_current(database, scripts)


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_tables_the_code_declares(database, service):
    upgrade(database, migrations_of(service))

    metadata = import_module(f"services.{service}.adapters.tables").METADATA

    assert drift(database, metadata) == []
