"""Accounts for tests: opened once, each with a token, and there again in every test."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import Identity
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from tests.support.first_day import keep_first_day

PASSWORD = "four unrelated words"


def one_each(donor_code: str, units: tuple[str, ...] = ()) -> Iterator[Profile]:
    """Somebody of every role: `role@demo.example`, reading English."""
    for role in ROLES:
        yield Profile(
            email=f"{role}@demo.example",
            display_name=role.title(),
            roles=(role,),
            units=units if role == "outreach" else (),
            donor_code=donor_code if role == "donor" else None,
            language="en",
        )


class People:
    """An installation's accounts.

    Proving a password takes a moment on purpose, so a token is issued once. Their clock
    stands still, so it is good for as long as a test goes on.
    """

    def __init__(
        self, file: Path, first_day: datetime, profiles: Iterable[Profile]
    ) -> None:
        clock = FrozenClock(first_day)
        self.database = Database(f"sqlite:///{file}")
        self.identity = Identity(self.database, clock, SeededIdSource(clock, 7))
        self.identity.ensure_schema()
        self.tokens = dict(map(self._opened, profiles))
        self.identity.secret_key()
        self._put_back = keep_first_day(self.database)

    def begin_again(self) -> None:
        """Take back what was done to the accounts; nobody is signed in."""
        self._put_back()
        self.identity._remembered.clear()

    def _opened(self, profile: Profile) -> tuple[str, str]:
        """Open an account; programs know it by what stands before its ``@``."""
        self.identity.create_account(profile, PASSWORD)
        token = self.identity.issue_token(profile.email, PASSWORD).secret
        return profile.email.partition("@")[0], token
