"""The demo accounts without the demo story, for tests that begin with nothing."""

from pathlib import Path

from deploy.demo.people import create_people
from shared.database.database import Database
from shared.identity.identity import Identity
from shared.kernel.clock import SystemClock
from shared.kernel.identity import UUIDv7Source


def add_accounts(identity_url: str, password: str) -> None:
    """Create one account a role in an accounts' database that is still empty."""
    clock = SystemClock()
    database = Database(identity_url)
    identity = Identity(database, clock, UUIDv7Source(clock))
    identity.ensure_schema()
    create_people(identity, password)
    database.close()


def add_accounts_in(folder: Path, password: str) -> None:
    """Do it in the file that `komek up --data folder` will use."""
    folder.mkdir(parents=True, exist_ok=True)
    add_accounts(f"sqlite:///{folder / 'identity.sqlite3'}", password)
