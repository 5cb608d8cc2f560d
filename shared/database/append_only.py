"""Tables that are only added to: the database refuses to change or delete a row."""

from sqlalchemy import Connection, Table, event


def forbid_changes(table: Table, refusal: str) -> None:
    """Create, together with the table, triggers that refuse with a sentence.

    A migration repeats them in words of its own, for it must not move with code.
    """

    @event.listens_for(table, "after_create")
    def create(_table: Table, connection: Connection, **_: object) -> None:
        for statement in _triggers(connection.dialect.name, table.name, refusal):
            connection.exec_driver_sql(statement)


def _triggers(dialect: str, table: str, refusal: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("update", "delete")
        )
    return (
        (
            f"CREATE OR REPLACE FUNCTION refuse_change_of_{table}() RETURNS trigger "
            f"AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$ LANGUAGE plpgsql"
        ),
        (
            f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}()"
        ),
    )
