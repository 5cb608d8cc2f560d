"""Accounts, sign-in, and who stands behind a request."""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shared.database.database import Database
from shared.database.migrating import is_current, upgrade
from shared.identity import store, throttle
from shared.identity.accounts import (
    Account,
    Principal,
    Profile,
    SignedIn,
    normal_email,
)
from shared.identity.errors import WrongCredentialsError
from shared.identity.passwords import Passwords, Runner, call_here
from shared.identity.tables import secret_values
from shared.kernel.clock import Clock
from shared.kernel.errors import MalformedError, NotFoundError
from shared.kernel.identity import IdSource

MIGRATIONS = Path(__file__).parent / "migrations"
TOKEN_SECONDS = 43_200
SESSION_SECONDS = 14 * 24 * 3600
REMEMBERED_SECONDS = 3
REMEMBERED_MAX = 4096


class Identity:
    """Keeps accounts and says who holds a secret.

    An answer is remembered for three seconds, so that a scan costs no query of
    this database; a disabled account is therefore locked out of every copy within
    three seconds, and at once in the process that disabled it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdSource,
        run: Runner = call_here,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._passwords = Passwords(run)
        self._remembered: dict[tuple[str, str], tuple[datetime, Principal]] = {}

    def ensure_schema(self) -> None:
        """Run the migrations that are missing."""
        upgrade(self._database, MIGRATIONS)

    def is_ready(self) -> bool:
        """Say whether the database answers and every migration has run."""
        return self._database.is_reachable() and is_current(self._database, MIGRATIONS)

    def secret_key(self) -> str:
        """Give the key that signs cookies: made once, the same in every process."""
        with self._database.reading() as connection:
            stored = connection.scalar(
                select(secret_values.c.value).where(
                    secret_values.c.name == "secret_key"
                )
            )
        return self._new_secret_key() if stored is None else str(stored)

    def _new_secret_key(self) -> str:
        made = secrets.token_urlsafe(48)
        try:
            with self._database.writing() as connection:
                connection.execute(
                    secret_values.insert().values(name="secret_key", value=made)
                )
        except IntegrityError:
            return self.secret_key()
        return made

    def create_account(self, profile: Profile, password: str) -> Account:
        """Open an account; raises AccountExistsError when the address is taken."""
        account = Account(self._ids.new_id(), profile, is_disabled=False)
        hashed = self._passwords.hashed(password)
        with self._database.writing() as connection:
            store.add_account(connection, account, hashed, self._clock.now())
        return account

    def accounts(self) -> list[Account]:
        """List every account by address, disabled ones included."""
        with self._database.reading() as connection:
            return store.all_accounts(connection)

    def account(self, email: str) -> Account:
        """Find one account; raises NotFoundError."""
        found = self._find(normal_email(email))
        if found is None:
            raise NotFoundError(f"There is no account for {email}.", email=email)
        return found[0]

    def disable(self, email: str) -> None:
        """Lock an account out and take its sessions and tokens back."""
        account = self.account(email)
        with self._database.writing() as connection:
            store.change_account(connection, account.account_id, is_disabled=True)
            store.drop_grants_of(connection, account.account_id)
        self._remembered.clear()

    def enable(self, email: str) -> None:
        """Let a disabled account sign in again with its old password."""
        account = self.account(email)
        with self._database.writing() as connection:
            store.change_account(connection, account.account_id, is_disabled=False)

    def reset_password(self, email: str, password: str) -> None:
        """Set a password; whoever was signed in with the old one is out."""
        account = self.account(email)
        hashed = self._passwords.hashed(password)
        with self._database.writing() as connection:
            store.change_account(connection, account.account_id, password_hash=hashed)
            store.drop_grants_of(connection, account.account_id)
            throttle.forgive(connection, account.profile.email)
        self._remembered.clear()

    def set_language(self, principal: Principal, language: str) -> None:
        """Keep the language a person chose; it follows them to the next phone."""
        with self._database.writing() as connection:
            store.change_account(connection, principal.account_id, language=language)
        self._remembered.clear()

    def sign_in(self, email: str, password: str) -> SignedIn:
        """Open a browser session.

        Raises WrongCredentialsError, the same for an unknown address, a wrong
        password and a disabled account, or TooManyAttemptsError.
        """
        return self._grant("session", SESSION_SECONDS, email, password)

    def issue_token(self, email: str, password: str) -> SignedIn:
        """Give a program its bearer token; refuses as ``sign_in`` does."""
        return self._grant("token", TOKEN_SECONDS, email, password)

    def sign_out(self, secret: str) -> None:
        """Take back the session or token; harmless when it is already gone."""
        with self._database.writing() as connection:
            store.drop_grant(connection, _hash_of(secret))
        self._remembered.clear()

    def principal_for_session(self, secret: str) -> Principal | None:
        """Say who holds this session, or None."""
        return self._principal("session", secret)

    def principal_for_token(self, secret: str) -> Principal | None:
        """Say who holds this token, or None."""
        return self._principal("token", secret)

    def _find(self, email: str) -> tuple[Account, str] | None:
        with self._database.reading() as connection:
            return store.account_by_email(connection, email)

    def _grant(self, kind: str, seconds: int, email: str, password: str) -> SignedIn:
        account = self._proved(email, password)
        now = self._clock.now()
        secret = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            throttle.refuse_if_throttled(connection, account.profile.email, now)
            throttle.forgive(connection, account.profile.email)
            store.add_grant(
                connection,
                secret_hash=_hash_of(secret),
                kind=kind,
                account_id=account.account_id,
                granted_at=now,
                expires_at=now + timedelta(seconds=seconds),
            )
        return SignedIn(account.principal, secret, seconds)

    def _proved(self, email: str, password: str) -> Account:
        """Check a password; guesses sent at the same moment gain nothing.

        The throttle is asked again when the grant is written, so a right guess
        among a hundred wrong ones that ran beside it is refused all the same.
        """
        try:
            address = normal_email(email)
        except MalformedError:
            address = email.strip().casefold()
        now = self._clock.now()
        with self._database.reading() as connection:
            throttle.refuse_if_throttled(connection, address, now)
            found = store.account_by_email(connection, address)
        is_right = self._passwords.matches(found[1] if found else None, password)
        if found is None or not is_right or found[0].is_disabled:
            with self._database.writing() as connection:
                throttle.count_failure(connection, address, self._clock.now())
            raise WrongCredentialsError
        return found[0]

    def _principal(self, kind: str, secret: str) -> Principal | None:
        now = self._clock.now()
        key = (kind, _hash_of(secret))
        remembered = self._remembered.get(key)
        if remembered is not None and now < remembered[0]:
            return remembered[1]
        with self._database.reading() as connection:
            account = store.account_of_grant(connection, key[1], kind, now)
        if account is None:
            self._remembered.pop(key, None)
            return None
        return self._remember(key, account.principal, now)

    def _remember(
        self, key: tuple[str, str], principal: Principal, now: datetime
    ) -> Principal:
        if len(self._remembered) >= REMEMBERED_MAX:
            self._remembered.clear()
        until = now + timedelta(seconds=REMEMBERED_SECONDS)
        self._remembered[key] = (until, principal)
        return principal


def _hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
