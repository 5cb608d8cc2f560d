"""Options and the servers that tests in several folders ask for."""

import gc
import os

# before anything imports psycopg: its C code would block every green thread
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from tests.support.apart import APART, is_apart

if not is_apart():
    import eventlet

    eventlet.monkey_patch()

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from shared.messaging import embedded
from shared.messaging.application import Application
from shared.telemetry.logging import configure_logging
from tests.support import selection
from tests.support.chromium import launch_options
from tests.support.hurry import skip_syncing
from tests.support.postgres import PostgresServer
from tests.support.rabbitmq import RabbitmqServer
from tests.support.store_room import StoreRoom

LEFT_OUT = pytest.StashKey[str]()

hypothesis.settings.register_profile(
    "repeatable", deadline=None, derandomize=True, max_examples=50
)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("repeatable")
configure_logging(as_json=True, level="WARNING")
skip_syncing()
Application.patience_seconds = 0  # nothing is on its way unless a test says so


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a simulation be replayed by its seed."""
    parser.addoption(
        "--seed", type=int, action="append", help="run simulations with this seed only"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `simulation_seed` once for each seed."""
    if "simulation_seed" in metafunc.fixturenames:
        seeds = metafunc.config.getoption("--seed") or selection.simulation_seeds()
        metafunc.parametrize("simulation_seed", seeds)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Keep the browser tests out of every run but their own."""
    is_browser_test = APART in collection_path.as_posix()
    return True if is_browser_test and not is_apart() else None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what this system cannot run, or refuse to where all is required."""
    for item in items:
        selection.mark_by_fixtures(item)
    absent = selection.missing(items)
    if not absent:
        return
    left_out = [item for item in items if selection.needs(item, absent)]
    line = selection.sentence(len(left_out), absent)
    if selection.must_take_all():
        raise pytest.UsageError(f"KOMEK_TEST_REQUIRE_ALL=1, but would have {line}")
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    config.stash[LEFT_OUT] = line


def pytest_collection_finish() -> None:
    """Spare the garbage collector the modules and tests, which stay to the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line what was left out."""
    if LEFT_OUT in config.stash:
        terminalreporter.write_line(config.stash[LEFT_OUT], yellow=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Let a skipped test fail the run where all is required."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if selection.must_take_all() and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running PostgreSQL that all tests of the run share."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database of the test's own, empty."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(scope="session")
def rabbitmq_server() -> Iterator[RabbitmqServer]:
    """A running RabbitMQ that all tests of the run share."""
    server = RabbitmqServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def rabbitmq_url(rabbitmq_server: RabbitmqServer) -> Iterator[str]:
    """A virtual host of the test's own, empty."""
    url = rabbitmq_server.create_vhost()
    yield url
    rabbitmq_server.drop_vhost(url)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def database_kind(request: pytest.FixtureRequest) -> str:
    """The test runs once on each kind of database we support."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, database_kind: str, tmp_path: Path
) -> str:
    """An empty database of the kind asked for, the test's own."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database_server(
    request: pytest.FixtureRequest, database_kind: str
) -> PostgresServer | None:
    """The server a database of the kind asked for lives on; SQLite needs none."""
    if database_kind == "sqlite":
        return None
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server


@pytest.fixture(
    params=["embedded", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)],
)
def broker_url(request: pytest.FixtureRequest) -> str:
    """An empty broker; the test runs once on each kind we support."""
    if request.param == "embedded":
        embedded.install()
        embedded.forget_everything()
        return "embedded://"
    url: str = request.getfixturevalue("rabbitmq_url")
    return url


@pytest.fixture(scope="module")
def store_room() -> Iterator[StoreRoom]:
    """A computer and a phone on a cable of their own."""
    room = StoreRoom()
    yield room
    room.end()


@pytest.fixture(scope="session")
def chromium_options() -> dict[str, Any]:
    """What Playwright needs to launch the system's Chromium."""
    return launch_options()
