"""``komek user``: accounts, for who has the keys of the machine."""

from pathlib import Path

import click

from deploy.commands.data_option import data_option
from deploy.process import open_identity
from deploy.refusals import refusals_told
from deploy.settings import Settings
from deploy.suite import World
from shared.identity.accounts import LANGUAGES, ROLES, Profile
from shared.identity.identity import Identity
from shared.identity.passwords import generated_password


@click.group("user")
def user_group() -> None:
    """Add, list and disable accounts, and reset their passwords."""


@user_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="How the person is called on pages.")
@click.option("--role", "roles", multiple=True, required=True, help=", ".join(ROLES))
@click.option("--unit", "units", multiple=True, help="A unit of an outreach account.")
@click.option("--donor", help="The donor code of a donor's account.")
@click.option("--language", type=click.Choice(LANGUAGES), default="ru")
@data_option
def add_command(data: Path | None, **wish: object) -> None:
    """Add an account; its first password is printed once."""
    password = generated_password()
    with refusals_told():
        profile = Profile(
            email=str(wish["email"]),
            display_name=str(wish["name"]),
            roles=_texts(wish["roles"]),
            units=_texts(wish["units"]),
            donor_code=None if wish["donor"] is None else str(wish["donor"]),
            language=str(wish["language"]),
        )
        account = _identity(data).create_account(profile, password)
    click.echo(f"{account.profile.email} may sign in with: {password}")


@user_group.command("list")
@data_option
def list_command(data: Path | None) -> None:
    """List accounts, one a line: e-mail, roles, state."""
    for account in _identity(data).accounts():
        state = "disabled" if account.is_disabled else "active"
        click.echo(
            f"{account.profile.email}\t{','.join(account.profile.roles)}\t{state}"
        )


@user_group.command("disable")
@click.argument("email")
@data_option
def disable_command(email: str, data: Path | None) -> None:
    """Lock an account out of every process within seconds."""
    with refusals_told():
        _identity(data).disable(email)
    click.echo(f"{email} can no longer sign in.")


@user_group.command("reset-password")
@click.argument("email")
@data_option
def reset_password_command(email: str, data: Path | None) -> None:
    """Give an account a new password, printed once; old sessions end."""
    password = generated_password()
    with refusals_told():
        _identity(data).reset_password(email, password)
    click.echo(f"{email} may sign in with: {password}")


def _identity(data: Path | None) -> Identity:
    return open_identity(Settings.read(data=data), World.real())


def _texts(given: object) -> tuple[str, ...]:
    return tuple(given) if isinstance(given, tuple) else ()
