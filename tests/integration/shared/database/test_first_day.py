"""What a test wrote is gone when the next one begins, on each kind of database."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, String, Table, insert, select

from shared.database.append_only import forbid_changes
from shared.database.database import Database
from shared.database.tables import service_metadata
from tests.support.first_day import keep_first_day

METADATA = service_metadata()
PLACES = Table("places", METADATA, Column("name", String, primary_key=True))
NOTES = Table(
    "notes",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("place", ForeignKey(PLACES.c.name), nullable=False),
)
forbid_changes(NOTES, "Notes stay.")


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    METADATA.create_all(opened.engine)
    with opened.writing() as connection:
        connection.execute(insert(PLACES), [{"name": "cellar"}, {"name": "shelf"}])
        connection.execute(insert(NOTES).values(place="shelf"))
    yield opened
    opened.close()


def rows(database, table):
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(table))]


def test_rows_come_back_even_where_nothing_may_be_deleted(database):
    put_back = keep_first_day(database)
    for _ in range(2):
        with database.writing() as connection:
            connection.execute(insert(PLACES).values(name="floor"))
            connection.execute(insert(NOTES).values(place="floor"))
            connection.execute(insert(NOTES).values(place="shelf"))
        assert rows(database, NOTES) == [(1, "shelf"), (2, "floor"), (3, "shelf")]

        put_back()

        assert rows(database, PLACES) == [("cellar",), ("shelf",)]
        assert rows(database, NOTES) == [(1, "shelf")]


@pytest.mark.parametrize(
    "change", [PLACES.update().values(name="roof"), PLACES.delete()]
)
def test_a_row_that_was_changed_or_deleted_is_as_it_was(database, change):
    put_back = keep_first_day(database)
    with database.writing() as connection:
        connection.execute(change.where(PLACES.c.name == "cellar"))

    put_back()

    assert rows(database, PLACES) == [("cellar",), ("shelf",)]


def test_a_connection_somebody_forgot_does_not_reach_the_next_day(database):
    put_back = keep_first_day(database)
    forgotten = database.engine.connect()
    assert forgotten.scalar(select(NOTES.c.place)) == "shelf"
    forgotten.rollback()

    put_back()
    with database.writing() as connection:
        connection.execute(insert(NOTES).values(place="shelf"))

    assert rows(database, NOTES) == [(1, "shelf"), (2, "shelf")]
    forgotten.close()
