"""INV-05: the database refuses to change or delete a movement."""

from sqlalchemy import Connection, Table, event

_REFUSAL = "a movement is never changed, only reversed"
APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER movements_never_{verb} BEFORE {verb} ON movements "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        f"""
        CREATE OR REPLACE FUNCTION refuse_change_of_movement() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$ LANGUAGE plpgsql
        """,
        """
        CREATE TRIGGER movements_never_change BEFORE UPDATE OR DELETE ON movements
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement()
        """,
    ),
}
"""What makes the table append-only; a migration repeats these words."""


def forbid_changes(movements: Table) -> None:
    """Create the triggers together with the table."""

    @event.listens_for(movements, "after_create")
    def create(_table: Table, connection: Connection, **_: object) -> None:
        for statement in APPEND_ONLY[connection.dialect.name]:
            connection.exec_driver_sql(statement)
