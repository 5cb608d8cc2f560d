"""Accounts for tests: opened once, each with a token, and there again in every test."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import TOKEN_SECONDS, Identity
from shared.kernel.clock import Clock
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

    Proving a password takes a moment on purpose, so a token is issued once and serves
    every test until its clock has left it behind.
    """

    def __init__(self, file: Path, clock: Clock, profiles: Iterable[Profile]) -> None:
        self.database = Database(f"sqlite:///{file}")
        self.identity = Identity(self.database, clock, SeededIdSource(clock, 7))
        self.identity.ensure_schema()
        self._tokens = {}
        self._clock = clock
        self._expires_at = clock.now() + timedelta(seconds=TOKEN_SECONDS)
        for profile in profiles:
            self.identity.create_account(profile, PASSWORD)
            self._tokens[profile.email] = self._new_token(profile.email)
        self.identity.secret_key()
        self._put_back = keep_first_day(self.database)

    def begin_again(self) -> None:
        """Take back what was done to the accounts; nobody is signed in."""
        self._put_back()
        self.identity._remembered.clear()

    def token(self, name: str) -> str:
        """Give what a program of theirs would send now."""
        email = f"{name}@demo.example"
        is_valid = self._clock.now() < self._expires_at
        return self._tokens[email] if is_valid else self._new_token(email)

    def _new_token(self, email: str) -> str:
        return self.identity.issue_token(email, PASSWORD).secret
