"""Accounts and grants as rows; decides nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from shared.identity.accounts import Account, Profile
from shared.identity.errors import AccountExistsError
from shared.identity.tables import accounts, grants

# built once: every request runs it, and building it costs as much as it does
_ACCOUNT_OF_GRANT = (
    select(accounts)
    .join(grants, grants.c.account_id == accounts.c.account_id)
    .where(
        grants.c.secret_hash == bindparam("secret_hash"),
        grants.c.kind == bindparam("kind"),
        grants.c.expires_at > bindparam("now"),
        accounts.c.is_disabled.is_(False),
    )
)


def add_account(
    connection: Connection, account: Account, password_hash: str, now: datetime
) -> None:
    """Insert; raises AccountExistsError when the address is taken."""
    profile = account.profile
    try:
        connection.execute(
            accounts.insert().values(
                account_id=account.account_id,
                email=profile.email,
                display_name=profile.display_name,
                password_hash=password_hash,
                roles=list(profile.roles),
                units=list(profile.units),
                donor_code=profile.donor_code,
                language=profile.language,
                is_disabled=account.is_disabled,
                created_at=now,
            )
        )
    except IntegrityError as problem:
        raise AccountExistsError(profile.email) from problem


def account_by_email(connection: Connection, email: str) -> tuple[Account, str] | None:
    """Find an account with its password hash, disabled ones included."""
    row = connection.execute(select(accounts).where(accounts.c.email == email)).first()
    return None if row is None else (_account(row), row.password_hash)


def all_accounts(connection: Connection) -> list[Account]:
    """List accounts by address."""
    rows = connection.execute(select(accounts).order_by(accounts.c.email))
    return [_account(row) for row in rows]


def change_account(connection: Connection, account_id: UUID, **values: Any) -> None:
    """Overwrite single columns of one account."""
    connection.execute(
        accounts.update().where(accounts.c.account_id == account_id).values(**values)
    )


def add_grant(connection: Connection, **values: Any) -> None:
    """Insert a grant and drop those that ran out, so that the table stays small."""
    connection.execute(
        grants.delete().where(grants.c.expires_at <= values["granted_at"])
    )
    connection.execute(grants.insert().values(**values))


def account_of_grant(
    connection: Connection, secret_hash: str, kind: str, now: datetime
) -> Account | None:
    """Find who holds a grant of this kind; nobody once it ran out or is disabled."""
    terms = {"secret_hash": secret_hash, "kind": kind, "now": now}
    row = connection.execute(_ACCOUNT_OF_GRANT, terms).first()
    return None if row is None else _account(row)


def drop_grant(connection: Connection, secret_hash: str) -> None:
    """Take one grant back."""
    connection.execute(grants.delete().where(grants.c.secret_hash == secret_hash))


def drop_grants_of(connection: Connection, account_id: UUID) -> None:
    """Take back every session and token of an account."""
    connection.execute(grants.delete().where(grants.c.account_id == account_id))


def _account(row: Row[Any]) -> Account:
    profile = Profile(
        email=row.email,
        display_name=row.display_name,
        roles=tuple(row.roles),
        units=tuple(row.units),
        donor_code=row.donor_code,
        language=row.language,
    )
    return Account(row.account_id, profile, row.is_disabled)
