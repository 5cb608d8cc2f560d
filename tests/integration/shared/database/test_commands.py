"""A command takes effect once, and the same answer is given again."""

from uuid import UUID

import pytest

from shared.database.commands import Command
from shared.kernel.errors import CommandIdReusedError, DomainError
from tests.support.service import a_service

ID = UUID("0198f000-0000-7000-8000-00000000000a")


def a_command(body="soap", account="volunteer", action="receive"):
    return Command(ID, account, action, body)


def noting(text):
    def use_case(work):
        work.note(text)
        return {"noted": text}

    return use_case


def test_the_same_command_gives_the_first_answer_and_changes_nothing(database_url):
    service = a_service(database_url)

    first = service.perform(a_command(), noting("first"))
    second = service.perform(a_command(), noting("second"))

    assert first == second == {"noted": "first"}
    assert service.notes() == ["first"]


@pytest.mark.parametrize(
    "other", [{"body": "pads"}, {"account": "reviewer"}, {"action": "move"}]
)
def test_the_same_id_for_something_else_is_refused(database_url, other):
    service = a_service(database_url)
    service.perform(a_command(), noting("first"))

    with pytest.raises(CommandIdReusedError):
        service.perform(a_command(**other), noting("second"))

    assert service.notes() == ["first"]


def test_a_refusal_is_not_remembered(database_url):
    service = a_service(database_url)

    def refuse(work):
        work.note("never")
        raise DomainError("not today")

    with pytest.raises(DomainError):
        service.perform(a_command(), refuse)
    service.perform(a_command(), noting("today"))

    assert service.notes() == ["today"]


def test_order_of_keys_does_not_make_another_body(database_url):
    service = a_service(database_url)
    service.perform(a_command({"a": 1, "b": 2}), noting("first"))

    service.perform(a_command({"b": 2, "a": 1}), noting("second"))

    assert service.notes() == ["first"]


def test_a_rolled_back_savepoint_stays_rolled_back(database_url):
    """Python's SQLite driver would have committed it with the transaction."""
    service = a_service(database_url)

    with service.working() as work:
        savepoint = work.connection.begin_nested()
        work.note("gone")
        savepoint.rollback()
        work.note("kept")

    assert service.notes() == ["kept"]


def test_what_is_written_while_reading_is_not_kept(database_url):
    service = a_service(database_url)

    with service.database.reading() as connection:
        connection.exec_driver_sql("INSERT INTO notes (text) VALUES ('sneaked in')")

    assert service.notes() == []
