"""The search index is made of words that the program computes, so that both databases have the same ones.

SQLite finds them by an FTS5 table over `search_index` with three triggers, PostgreSQL by a generated tsvector with a GIN
index. Both take the words as they are: no stemming, no folding, no parser of their own. It takes the place of 0002, in
which each database computed its words.

A later migration that makes SQLite rebuild the table of paragraphs (AlterField and the like) drops the triggers: it must
run `create_on_sqlite` again afterwards. `resolutions/tests/test_search.py` fails where that was forgotten.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from resolutions.finding.words import index_of
from resolutions.models import SearchIndexField

AT_ONCE = 1000
FORMER = import_module("resolutions.migrations.0002_paragraph_search")

CREATE_ON_SQLITE = (
    "DROP TRIGGER IF EXISTS resolutions_paragraph_search_insert",
    "DROP TRIGGER IF EXISTS resolutions_paragraph_search_delete",
    "DROP TRIGGER IF EXISTS resolutions_paragraph_search_update",
    "DROP TABLE IF EXISTS resolutions_paragraph_search",
    """
    CREATE VIRTUAL TABLE resolutions_paragraph_search USING fts5(
        search_index, content='resolutions_paragraph', content_rowid='id', tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER resolutions_paragraph_search_insert AFTER INSERT ON resolutions_paragraph BEGIN
        INSERT INTO resolutions_paragraph_search (rowid, search_index) VALUES (new.id, new.search_index);
    END
    """,
    """
    CREATE TRIGGER resolutions_paragraph_search_delete AFTER DELETE ON resolutions_paragraph BEGIN
        INSERT INTO resolutions_paragraph_search (resolutions_paragraph_search, rowid, search_index)
        VALUES ('delete', old.id, old.search_index);
    END
    """,
    """
    CREATE TRIGGER resolutions_paragraph_search_update AFTER UPDATE OF id, search_index ON resolutions_paragraph
    WHEN old.id <> new.id OR old.search_index <> new.search_index BEGIN
        INSERT INTO resolutions_paragraph_search (resolutions_paragraph_search, rowid, search_index)
        VALUES ('delete', old.id, old.search_index);
        INSERT INTO resolutions_paragraph_search (rowid, search_index) VALUES (new.id, new.search_index);
    END
    """,
    "INSERT INTO resolutions_paragraph_search (resolutions_paragraph_search) VALUES ('rebuild')",
)
CREATE_ON_POSTGRESQL = (
    # Each word with its place; the words hold nothing that would have to be quoted.
    """
    CREATE FUNCTION search_vector(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
        SELECT coalesce(string_agg(word || ':' || place, ' '), '')::tsvector
        FROM unnest(string_to_array($1, ' ')) WITH ORDINALITY AS words (word, place)
        WHERE word <> ''
    $function$
    """,
    """
    ALTER TABLE resolutions_paragraph ADD COLUMN search_vector tsvector
    GENERATED ALWAYS AS (search_vector(search_index)) STORED
    """,
    "CREATE INDEX resolutions_paragraph_search ON resolutions_paragraph USING gin (search_vector)",
)
DROP_ON_POSTGRESQL = (
    "ALTER TABLE resolutions_paragraph DROP COLUMN search_vector",
    "DROP FUNCTION search_vector(text)",
)


def create_on_sqlite(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Build the index and its triggers anew; safe to run again."""
    for statement in CREATE_ON_SQLITE:
        schema_editor.execute(statement)


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the paragraphs that are there."""
    paragraphs = apps.get_model("resolutions", "Paragraph").objects
    rows = []
    for paragraph in paragraphs.only("pk", "text").order_by("pk").iterator(AT_ONCE):
        paragraph.search_index = index_of(paragraph.text)
        rows.append(paragraph)
        if len(rows) == AT_ONCE:
            paragraphs.bulk_update(rows, ["search_index"])
            rows = []
    paragraphs.bulk_update(rows, ["search_index"])


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index of the database that is in use."""
    if schema_editor.connection.vendor == "sqlite":
        create_on_sqlite(schema_editor)
    elif schema_editor.connection.vendor == "postgresql":
        for statement in CREATE_ON_POSTGRESQL:
            schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index."""
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in CREATE_ON_SQLITE[:4] if on_sqlite else DROP_ON_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0006_issue_check")]

    operations = [
        migrations.RunPython(FORMER.backwards, FORMER.forwards),
        migrations.AddField(
            "paragraph", "search_index", SearchIndexField(blank=True, default="", editable=False)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
