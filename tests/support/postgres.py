"""A PostgreSQL of the tests' own: a free port, a temporary folder, gone afterwards."""

import itertools
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from tests.support.processes import OwnProcess, identity
from tests.support.programs import (
    free_port,
    postgres_folder,
    private_folder,
    unprivileged_user,
)
from tests.support.waiting import wait_until

FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class PostgresServer:
    """One server process; `durable` keeps fsync on, for tests that crash it."""

    def __init__(self, *, durable: bool = False) -> None:
        programs = postgres_folder()
        assert programs is not None, "PostgreSQL is not installed"
        self.port = free_port()
        self._programs: Path = programs
        self._flags = () if durable else FAST
        self._user = unprivileged_user()
        self._folder = private_folder("postgres", self._user)
        self._process: OwnProcess | None = None
        self._names = (f"test_{n}" for n in itertools.count(1))
        self._initialise()

    def start(self) -> None:
        """Start, or start again with the same data, and wait until it answers."""
        settings = (
            *("-c", "listen_addresses=127.0.0.1", "-c", f"port={self.port}"),
            *("-c", f"unix_socket_directories={self._folder}"),
            *("-c", "max_connections=200", *self._flags),
        )
        self._process = OwnProcess(
            [self._programs / "postgres", "-D", self._cluster, *settings],
            folder=self._folder,
            user=self._user,
        )
        wait_until(self._answers, what=f"PostgreSQL ({self._folder}/output)")

    def stop(self) -> None:
        """End it as an operator would: open connections are cut, nothing is lost."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it as a power cut would; the next start recovers from its log."""
        self._end(signal.SIGQUIT)

    def remove(self) -> None:
        """Stop it and delete every trace."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self, *, template: str = "template1") -> str:
        """Return the URL of a fresh database, copied from `template`."""
        name = next(self._names)
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Delete a database, cutting whoever is still connected."""
        name = url.rpartition("/")[2]
        self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database by its name."""
        return f"postgresql+psycopg://komek@127.0.0.1:{self.port}/{database}"

    @property
    def _cluster(self) -> Path:
        return self._folder / "cluster"

    def _initialise(self) -> None:
        subprocess.run(
            [
                *(self._programs / "initdb", "-D", self._cluster, "-U", "komek"),
                *("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **identity(self._user),
        )

    def _answers(self) -> bool:
        try:
            self._administer("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _administer(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user=komek dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.end(how)
            self._process = None
