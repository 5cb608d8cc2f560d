"""One installation has one key of a name, whoever starts first."""

import threading

import pytest
from sqlalchemy import MetaData

from shared.database.database import Database
from shared.database.installation import installation_key, key_table


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def keys(database):
    metadata = MetaData()
    table = key_table(metadata)
    with database.writing() as connection:
        metadata.create_all(connection)
    return table


def test_a_key_that_was_set_is_used_and_not_stored(database, keys):
    assert installation_key(database, keys, "serials", "as set") == "as set"

    with database.reading() as connection:
        assert connection.execute(keys.select()).all() == []


def test_a_key_that_nobody_set_is_made_once(database, keys):
    first = installation_key(database, keys, "serials", None)

    assert installation_key(database, keys, "serials", "") == first
    assert len(first) == 64


def test_every_name_has_a_key_of_its_own(database, keys):
    serials = installation_key(database, keys, "serials", None)

    assert installation_key(database, keys, "photographs", None) != serials


def test_copies_that_start_at_once_agree_on_one_key(database, keys):
    found = []
    starting = [
        threading.Thread(
            target=lambda: found.append(
                installation_key(database, keys, "serials", None)
            )
        )
        for _ in range(8)
    ]
    for each in starting:
        each.start()
    for each in starting:
        each.join()

    assert len(found) == 8
    assert len(set(found)) == 1
