"""What keeps the histories of decisions append only in the database itself, on both databases.

The model refuses to overwrite or delete a change, but a queryset, a bulk operation or a person at a database prompt
does not go through the model. Triggers refuse there, too.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "mandates_outcomechange",
    "mandates_lineagedecision",
    "mandates_correction",
    "mandates_citationcheck",
)
MESSAGE = "The history of decisions is append only"

_INSTALL = {
    "sqlite": [
        f"""
        CREATE TRIGGER {{table}}_no_{event.lower()} BEFORE {event} ON {{table}}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
        """
        for event in ("UPDATE", "DELETE")
    ],
    # TRUNCATE is left out: it is for the owner of an emptied test database, and nothing in the program issues it.
    "postgresql": [
        f"""
        CREATE OR REPLACE FUNCTION {{table}}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
        """,
    ],
}
_REMOVE = {
    "sqlite": ["DROP TRIGGER IF EXISTS {table}_no_" + event for event in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
        "DROP FUNCTION IF EXISTS {table}_refuse()",
    ],
}


def triggers_install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make UPDATE and DELETE of a table fail.

    A migration that alters the table must call this again: SQLite rebuilds the table and loses its triggers.

    Args:
        connection: of the database, SQLite or PostgreSQL.
        table: one of `TABLES`.

    Raises:
        KeyError: another database.
    """
    with connection.cursor() as cursor:
        for statement in (*_REMOVE[connection.vendor], *_INSTALL[connection.vendor]):
            cursor.execute(statement.format(table=table))


def triggers_remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away: to unapply the migration, and to empty a test database.

    Args:
        connection: of the database, SQLite or PostgreSQL.
        table: one of `TABLES`.

    Raises:
        KeyError: another database.
    """
    with connection.cursor() as cursor:
        for statement in _REMOVE[connection.vendor]:
            cursor.execute(statement.format(table=table))
