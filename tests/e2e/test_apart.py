"""Each service in its own process, two copies of each, on PostgreSQL and RabbitMQ.

Only the settings differ from `komek up`; the journey is the same.
"""

import itertools
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from tests.support.accounts import add_accounts
from tests.support.journey import Journey
from tests.support.postgres import PostgresServer
from tests.support.rabbitmq import RabbitmqServer
from tests.support.suite import PASSWORD, SERVICES, Suite
from tests.support.waiting import wait_until

COPIES = 2


@pytest.fixture
def processes(
    tmp_path: Path, postgres_server: PostgresServer, rabbitmq_server: RabbitmqServer
) -> Iterator[dict[str, list[Suite]]]:
    """Start two processes of each service, as an operator would."""
    names = [name.upper() for name in (*SERVICES, "identity")]
    databases = {
        f"KOMEK_DATABASE_URL_{name}": postgres_server.create_database()
        for name in names
    }
    settings = databases | {"KOMEK_BROKER_URL": rabbitmq_server.create_vhost()}
    add_accounts(databases["KOMEK_DATABASE_URL_IDENTITY"], PASSWORD)
    started: dict[str, list[Suite]] = {name: [] for name in SERVICES}
    for name, copy in itertools.product(SERVICES, range(COPIES)):
        folder = tmp_path / f"{name}-{copy}"
        folder.mkdir()
        suite = Suite(folder, settings=settings, service=name)
        suite.start()
        started[name].append(suite)
    yield started
    for suite in itertools.chain.from_iterable(started.values()):
        assert suite.terminate() == 0


def sending(processes: dict[str, list[Suite]]) -> Any:
    """Send each request to the next copy of its service, as a proxy does."""
    turns = {name: itertools.cycle(copies) for name, copies in processes.items()}

    def send(method: str, path: str, body: Any = None, *, role: str) -> Any:
        suite = next(turns[path.split("/")[1]])
        answer = suite.request(method, path, body, role=role)
        assert answer.status < HTTPStatus.BAD_REQUEST, (path, answer.body)
        return answer.json()

    return send


def test_the_journey_is_the_same(processes: dict[str, list[Suite]]) -> None:
    journey = Journey(sending(processes), patience_seconds=60)
    journey.furnish()
    gift = journey.announce(60)
    for quantity in (10, 20, 10):
        assert journey.receive(gift, quantity)["status"] == "applied"
    sees(journey, {"received": 40, "in_stock": 40})

    journey.request(12)
    journey.allocate()
    consignment = journey.plan()
    pick_list = journey.pick_list_of(consignment)
    journey.pick(pick_list)
    journey.dispatch(pick_list)
    journey.hand_over(consignment, refused=1)

    sees(journey, {"accepted": 11, "in_stock": 29, "in_transit": 0, "lost": 0})
    verified = processes["inventory"][0].komek("verify")
    assert verified.returncode == 0, verified.stdout[-2_000:]


def sees(journey: Journey, expected: dict[str, int]) -> None:
    wait_until(
        lambda: {key: journey.numbers()[key] for key in expected} == expected,
        what=f"the donor sees {expected}",
        seconds_max=60,
    )
