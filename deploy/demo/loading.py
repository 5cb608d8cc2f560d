"""Loading the example story once, and telling how to sign in every time."""

import shutil
from dataclasses import replace
from pathlib import Path

import click

from deploy.demo.people import PEOPLE, create_people
from deploy.demo.stage import Stage
from deploy.demo.story import BEGINS_AT, CHAPTERS
from deploy.process import open_identity
from deploy.settings import SERVICES, Settings
from deploy.suite import World
from shared.identity.passwords import generated_password

SEED = 20260824
PASSWORD_FILE = "demo-password"  # noqa: S105  a file's name


def load_demo(settings: Settings) -> None:
    """Load the story into empty databases, and print one sign-in for each role.

    With SQLite the story is loaded beside the data folder and moved in whole, so
    that a start that was broken off begins again.
    """
    settings.prepare_data()
    password = _password(settings)
    if _is_empty(settings):
        _load(settings, password)
    _print_sign_ins(settings, password)


def _is_empty(settings: Settings) -> bool:
    if _is_files(settings):
        return not (settings.data / "identity.sqlite3").exists()
    return not open_identity(settings, World.real()).accounts()


def _is_files(settings: Settings) -> bool:
    """Say whether every database is a file in the data folder."""
    folder = f"sqlite:///{settings.data.absolute()}"
    return all(url.startswith(folder) for url in settings.database_urls.values())


def _load(settings: Settings, password: str) -> None:
    if not _is_files(settings):
        _play(settings, password)
        return
    beside = settings.data / "loading"
    shutil.rmtree(beside, ignore_errors=True)
    urls = {
        name: f"sqlite:///{beside.absolute() / f'{name}.sqlite3'}"
        for name in (*SERVICES, "identity")
    }
    _play(replace(settings, data=beside, database_urls=urls), password)
    _move_in(beside, settings.data)


def _move_in(beside: Path, folder: Path) -> None:
    """Move the finished files; accounts come last, they say that all is there."""
    for name in (*SERVICES, "identity"):
        (beside / f"{name}.sqlite3").rename(folder / f"{name}.sqlite3")
    shutil.rmtree(beside)


def _play(settings: Settings, password: str) -> None:
    stage = Stage(settings, BEGINS_AT, SEED)
    stage.hurry()
    try:
        create_people(stage.identity, password)
        stage.sign_in_everybody(password)
        with click.progressbar(
            CHAPTERS, label="Loading the example story", file=None, show_pos=True
        ) as chapters:
            for chapter in chapters:
                chapter(stage)
        stage.settle()
    finally:
        stage.close()


def _password(settings: Settings) -> str:
    """Take the wished password, or the one made at the first start."""
    if settings.demo_password:
        return settings.demo_password
    kept = settings.data / PASSWORD_FILE
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(generated_password(), "utf-8")
    return kept.read_text("utf-8")


def _print_sign_ins(settings: Settings, password: str) -> None:
    click.echo(f"\nKomek is starting on port {settings.port}.")
    click.echo(f"Sign in with the password  {password}  as")
    for person in PEOPLE:
        click.echo(f"  {person.profile.email:<32} {person.what}")
    click.echo("")
