"""Each service brings its own database up to date with Alembic."""

import threading
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from shared.database.database import Database

_one_at_a_time = threading.Lock()


def upgrade(database: Database, scripts: Path) -> None:
    """Run the migrations that are still missing; harmless when none is."""
    with database.reading() as connection:
        if _heads(connection) == _wanted(scripts):
            return
    with _one_at_a_time, database.writing() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4730213)")
        command.upgrade(_config(scripts, connection), "head")


def downgrade(database: Database, scripts: Path) -> None:
    """Take every migration back; for tests of up, down and up again."""
    with _one_at_a_time, database.writing() as connection:
        command.downgrade(_config(scripts, connection), "base")


def is_current(database: Database, scripts: Path) -> bool:
    """Say whether every migration has run."""
    with database.reading() as connection:
        return _heads(connection) == _wanted(scripts)


def drift(database: Database, metadata: MetaData) -> list[object]:
    """List where the tables differ from the models; empty when they agree."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, metadata))


def _heads(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _wanted(scripts: Path) -> set[str]:
    return set(ScriptDirectory(str(scripts)).get_heads())


def _config(scripts: Path, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    return config
