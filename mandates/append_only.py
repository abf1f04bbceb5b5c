"""What keeps the history of decisions append only in the database itself, on both databases.

The model refuses to overwrite or delete a change, but a queryset, a bulk operation or a person at a database prompt
does not go through the model. Triggers refuse there, too.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "mandates_outcomechange"
MESSAGE = "The history of decisions is append only"

_INSTALL = {
    "sqlite": [
        f"""
        CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
        """
        for event in ("UPDATE", "DELETE")
    ],
    # TRUNCATE is left out: it is for the owner of an emptied test database, and nothing in the program issues it.
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        f"""
        CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
        """,
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}" for event in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ],
}


def triggers_install(connection: BaseDatabaseWrapper) -> None:
    """Make UPDATE and DELETE of outcome changes fail.

    A migration that alters the table must call this again: SQLite rebuilds the table and loses its triggers.

    Args:
        connection: of the database, SQLite or PostgreSQL.

    Raises:
        KeyError: another database.
    """
    with connection.cursor() as cursor:
        for statement in (*_REMOVE[connection.vendor], *_INSTALL[connection.vendor]):
            cursor.execute(statement)


def triggers_remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: to unapply the migration, and to empty a test database.

    Args:
        connection: of the database, SQLite or PostgreSQL.

    Raises:
        KeyError: another database.
    """
    with connection.cursor() as cursor:
        for statement in _REMOVE[connection.vendor]:
            cursor.execute(statement)
