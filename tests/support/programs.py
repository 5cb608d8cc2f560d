"""Programs of the system that tests start, and how to get a missing one."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.apart import is_apart

POSTGRES_FOLDERS = "/usr/lib/postgresql"
RABBITMQ_FOLDERS = "/usr/lib/rabbitmq/lib"
PORTS = (range(20_000, 26_000), range(26_000, 32_000))
"""The browser's tests run beside the others: each run has its own."""


@dataclass(frozen=True, slots=True)
class Program:
    """A marker of ours, the program behind it and the command that installs it."""

    marker: str
    name: str
    remedy: str
    find: Callable[[], Path | None]


def postgres_folder() -> Path | None:
    """Return the newest installed PostgreSQL's own folder of programs."""
    beside_path = shutil.which("initdb")
    if beside_path is not None:
        return Path(beside_path).resolve().parent
    return max(Path(POSTGRES_FOLDERS).glob("*/bin"), default=None)


def rabbitmq_folder() -> Path | None:
    """Return the folder of RabbitMQ's real scripts.

    Debian's wrappers in the system path switch to another user and to the
    system's data folder; the scripts they call obey their environment.
    """
    return max(Path(RABBITMQ_FOLDERS).glob("rabbitmq_server-*/sbin"), default=None)


def chromium_program() -> Path | None:
    """Return the system's Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None


def namespaces_program() -> Path | None:
    """Return the program that makes a network, where this system lets us."""
    found = shutil.which("unshare")
    if not found or not shutil.which("ip") or not shutil.which("nsenter"):
        return None
    cable = ("ip", "link", "add", "one", "type", "veth", "peer", "name", "other")
    tried = subprocess.run([found, "--net", *cable], check=False, capture_output=True)
    return Path(found) if tried.returncode == 0 else None


PROGRAMS = (
    Program("postgres", "PostgreSQL", "apt-get install postgresql", postgres_folder),
    Program("rabbitmq", "RabbitMQ", "apt-get install rabbitmq-server", rabbitmq_folder),
    Program("browser", "Chromium", "apt-get install chromium", chromium_program),
    Program(
        "namespaces",
        "network namespaces",
        "run as root with util-linux and iproute2",
        namespaces_program,
    ),
)


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on.

    It is none that the system hands out by itself: another test's connection could
    have such a one before its server is there. None is returned twice.
    """
    while True:
        port = next(_UNTRIED)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def _shuffled() -> Iterator[int]:
    ours = PORTS[is_apart()]
    yield from secrets.SystemRandom().sample(ours, len(ours))


_UNTRIED = _shuffled()


def is_listening(port: int) -> bool:
    """Say whether the loopback port takes connections."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom root should become for programs that refuse root, else None."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def private_folder(prefix: str, owner: pwd.struct_passwd | None = None) -> Path:
    """Make a short-named temporary folder; socket paths have 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix=f"komek-{prefix}-"))
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder
