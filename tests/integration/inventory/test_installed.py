"""What an installation really has: the tables as its migrations made them."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from deploy.suite import migrations_of
from services.inventory.adapters.tables import MOVEMENTS
from shared.database.database import Database
from shared.database.migrating import downgrade, upgrade
from tests.support.warehouse import Warehouse


@pytest.mark.parametrize(
    "statement", [update(MOVEMENTS).values(quantity=9), delete(MOVEMENTS)]
)
def test_a_movement_is_never_changed_or_deleted(database_url, statement):
    """INV-05: triggers are no part of the models, so no drift would show them."""
    database = Database(database_url)
    upgrade(database, migrations_of("inventory"))
    database.close()
    warehouse = Warehouse(database_url)
    warehouse.receive()

    with (
        pytest.raises(DBAPIError, match="only reversed"),
        warehouse.database.writing() as connection,
    ):
        connection.execute(statement)

    warehouse.database.close()


def test_the_tables_come_and_go_and_come_again(database_url):
    database = Database(database_url)
    scripts = migrations_of("inventory")

    for step in (upgrade, downgrade, upgrade):
        step(database, scripts)

    database.close()
