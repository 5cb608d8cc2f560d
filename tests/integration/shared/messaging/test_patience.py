"""A command waits a little for news that another service may have just told."""

from uuid import UUID

import pytest

from shared.database.commands import Command
from shared.kernel.errors import DomainError
from tests.support.service import a_service

COMMAND = Command(UUID("0198f000-0000-7000-8000-00000000000b"), "dana", "announce", "G")


class NotHeardOfError(DomainError):
    code = "not_heard_of"
    may_be_on_its_way = True


class NeverError(DomainError):
    code = "never"


def refusing(times, error):
    """A use case that is refused so many times; and how often it was tried."""
    tried = []

    def use_case(work):
        tried.append(len(tried))
        work.note("done")
        if len(tried) <= times:
            raise error("not here")
        return "told"

    return use_case, tried


@pytest.fixture
def service(database_url):
    service = a_service(database_url)
    service.patience_seconds = 1
    return service


def test_what_arrives_meanwhile_is_no_refusal(service):
    use_case, tried = refusing(2, NotHeardOfError)

    assert service.perform(COMMAND, use_case) == "told"
    assert len(tried) == 3
    assert service.notes() == ["done"]


def test_patience_ends(service):
    use_case, tried = refusing(1_000, NotHeardOfError)

    with pytest.raises(NotHeardOfError):
        service.perform(COMMAND, use_case)

    assert 2 < len(tried) < 20
    assert service.notes() == []


def test_a_rule_refuses_at_once(service):
    use_case, tried = refusing(1, NeverError)

    with pytest.raises(NeverError):
        service.perform(COMMAND, use_case)

    assert len(tried) == 1
