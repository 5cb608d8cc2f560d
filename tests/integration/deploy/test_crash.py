"""Killed at any moment, the suite has every acknowledged command once.

The real process is killed with SIGKILL while commands are on their way, and
started again. A command that got no answer is sent again with its id, as a
client does. At the end every number is what the commands add up to.
"""

import http.client
import json
import random  # noqa: TID251  seeded below
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import pytest

from tests.support.accounts import add_accounts, add_accounts_in
from tests.support.journey import Journey
from tests.support.postgres import PostgresServer
from tests.support.rabbitmq import RabbitmqServer
from tests.support.suite import PASSWORD, Suite
from tests.support.waiting import wait_until

KILLS = 20
SECONDS_ALIVE = (0.05, 3.0)
PATIENCE_SECONDS = 180
MISSING = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.BAD_GATEWAY)


class Killer:
    """Kills and restarts a suite at random moments, so many times."""

    def __init__(self, suite: Suite, *, kills: int, seed: int) -> None:
        self.kills_left = kills
        self._suite = suite
        self._random = random.Random(seed)  # noqa: S311  not a secret
        self._turn = threading.RLock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._kill_on_and_on)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def wait_for_restart(self) -> None:
        """Return when the suite is up again."""
        with self._turn:
            return

    def _kill_on_and_on(self) -> None:
        while self.kills_left and not self._ended.is_set():
            self._ended.wait(self._random.uniform(*SECONDS_ALIVE))
            with self._turn:
                self._suite.restart()
                self.kills_left -= 1


def sending(suite: Suite, killer: Killer | None = None) -> Any:
    """Send until an answer comes; the same command, the same id."""

    def send(method: str, path: str, body: Any, *, role: str) -> Any:
        for _ in range(200):
            try:
                answer = suite.request(method, path, body, role=role)
            except (OSError, http.client.HTTPException):
                if killer is not None:
                    killer.wait_for_restart()
                continue
            if answer.status not in MISSING:
                assert answer.status < HTTPStatus.BAD_REQUEST, answer.body
                return answer.json()
        raise AssertionError(f"{method} {path} never got an answer")

    return send


def walk(journey: Journey, rounds: Iterator[int]) -> dict[str, int]:
    """Take the journey again and again; give what the numbers must be."""
    received = accepted = returned_to_stock = 0
    for number in rounds:
        gift = journey.announce(60)
        for quantity in range(number % 3 + 1, number % 3 + 6):
            result = journey.receive(gift, quantity)
            assert result["status"] in ("applied", "duplicate"), result
            received += quantity
        numbers_agree(journey, {"received": received})
        journey.request(10)
        journey.allocate()
        consignment = journey.plan()
        pick_list = journey.pick_list_of(consignment)
        journey.pick(pick_list)
        journey.dispatch(pick_list)
        journey.hand_over(consignment, refused=1)
        sent = sum(line["quantity"] for line in pick_list["lines"])
        refused = len({line["lot_id"] for line in pick_list["lines"]})
        accepted += sent - refused
        returned_to_stock += refused
    return {
        "received": received,
        "accepted": accepted,
        "in_stock": received - accepted,
        "in_transit": 0,
        "lost": 0,
        "returned": 0,
    }


def rounds_until_no_kill_is_left(killer: Killer) -> Iterator[int]:
    number = 0
    while killer.kills_left or number == 0:
        yield number
        number += 1


def is_well(suite: Suite) -> None:
    verified = suite.komek("verify", "--data", str(suite.folder / "data"))
    found = json.loads(verified.stdout)
    assert verified.returncode == 0, [c for c in found["checks"] if c["violations"]]


def numbers_agree(journey: Journey, expected: dict[str, int]) -> None:
    wait_until(
        lambda: {k: journey.numbers()[k] for k in expected} == expected,
        what=f"donors' numbers become {expected}, they were {journey.numbers()}",
        seconds_max=PATIENCE_SECONDS,
    )


def test_twenty_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    add_accounts_in(tmp_path / "data", PASSWORD)
    suite = Suite(tmp_path)
    suite.start()
    Journey(sending(suite)).furnish()

    with Killer(suite, kills=KILLS, seed=4711) as killer:
        journey = Journey(sending(suite, killer), patience_seconds=PATIENCE_SECONDS)
        expected = walk(journey, rounds_until_no_kill_is_left(killer))

    numbers_agree(journey, expected)
    assert suite.terminate() == 0
    is_well(suite)


@pytest.fixture
def durable_postgres() -> Iterator[PostgresServer]:
    server = PostgresServer(durable=True)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def own_rabbitmq() -> Iterator[RabbitmqServer]:
    server = RabbitmqServer()
    server.start()
    yield server
    server.remove()


def test_the_same_on_postgresql_with_the_broker_killed_once(
    tmp_path: Path, durable_postgres: PostgresServer, own_rabbitmq: RabbitmqServer
) -> None:
    databases = {
        f"KOMEK_DATABASE_URL_{name}": durable_postgres.create_database()
        for name in ("INVENTORY", "DISTRIBUTION", "DONORS", "IDENTITY")
    }
    add_accounts(databases["KOMEK_DATABASE_URL_IDENTITY"], PASSWORD)
    broker = {"KOMEK_BROKER_URL": own_rabbitmq.create_vhost()}
    suite = Suite(tmp_path, settings=databases | broker)
    suite.start()
    Journey(sending(suite)).furnish()

    with Killer(suite, kills=4, seed=815) as killer:
        journey = Journey(sending(suite, killer), patience_seconds=PATIENCE_SECONDS)
        expected = walk(journey, rounds_until_no_kill_is_left(killer))
    own_rabbitmq.kill()
    gift = journey.announce(60)
    assert journey.receive(gift, 7)["status"] == "applied"
    own_rabbitmq.start()

    expected["received"] += 7
    expected["in_stock"] += 7
    numbers_agree(journey, expected)
    assert suite.terminate() == 0
    verified = suite.komek("verify")
    assert verified.returncode == 0, verified.stdout[-2_000:]
