"""Word search over paragraphs: an index that each database keeps up to date by itself.

SQLite has an external-content FTS5 table with three triggers, PostgreSQL a generated tsvector with a GIN index. Both split
text at whatever is neither letter nor digit, fold case and accents, keep every word (a search for "cooperation with the
Court" means the "with") and stem by Porter's rules. Their Porter stemmers differ in three things; `search_plain` levels
them on PostgreSQL: words of one or two letters stay whole, "possibly" is stemmed as "possible", "technology" and
"technologies" as "technolog".

A later migration that makes SQLite rebuild the table of paragraphs (AlterField and the like) drops the triggers: it must
run `create_on_sqlite` again afterwards. `resolutions/tests/test_search.py` fails where that was forgotten.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CREATE_ON_SQLITE = (
    "DROP TRIGGER IF EXISTS resolutions_paragraph_fts_insert",
    "DROP TRIGGER IF EXISTS resolutions_paragraph_fts_delete",
    "DROP TRIGGER IF EXISTS resolutions_paragraph_fts_update",
    "DROP TABLE IF EXISTS resolutions_paragraph_fts",
    """
    CREATE VIRTUAL TABLE resolutions_paragraph_fts USING fts5(
        text, content='resolutions_paragraph', content_rowid='id',
        tokenize="porter unicode61 remove_diacritics 2 categories 'L* Nd'"
    )
    """,
    """
    CREATE TRIGGER resolutions_paragraph_fts_insert AFTER INSERT ON resolutions_paragraph BEGIN
        INSERT INTO resolutions_paragraph_fts (rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER resolutions_paragraph_fts_delete AFTER DELETE ON resolutions_paragraph BEGIN
        INSERT INTO resolutions_paragraph_fts (resolutions_paragraph_fts, rowid, text)
        VALUES ('delete', old.id, old.text);
    END
    """,
    """
    CREATE TRIGGER resolutions_paragraph_fts_update AFTER UPDATE OF id, text ON resolutions_paragraph BEGIN
        INSERT INTO resolutions_paragraph_fts (resolutions_paragraph_fts, rowid, text)
        VALUES ('delete', old.id, old.text);
        INSERT INTO resolutions_paragraph_fts (rowid, text) VALUES (new.id, new.text);
    END
    """,
    "INSERT INTO resolutions_paragraph_fts (resolutions_paragraph_fts) VALUES ('rebuild')",
)

# Built from what the server always has: no extension, and the same letters count whatever the locale of the database.
CREATE_ON_POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY search_stem (TEMPLATE = snowball, LANGUAGE = porter)",
    "CREATE TEXT SEARCH CONFIGURATION search_words (PARSER = default)",
    """
    ALTER TEXT SEARCH CONFIGURATION search_words ADD MAPPING FOR
        asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart,
        int, uint, float, sfloat, version, email, url, url_path, host, file
    WITH search_stem
    """,
    r"""
    CREATE FUNCTION search_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
        SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            lower(normalize($1, NFD) COLLATE "und-x-icu"),
            '[\u0300-\u036f]', '', 'g'),
            '[^[:alnum:]]+', ' ', 'g'),
            '\m([[:alnum:]]{1,2})\M', '\10', 'g'),
            '([aeiouy][^aeiou ][[:alnum:]]*)bl(?:ies|[iy](?:s|ed|ing)?)\M', '\1ble', 'g'),
            '([aeiouy][^aeiou ][[:alnum:]]*)log(?:ies|[iy](?:s|ed|ing)?)\M', '\1log', 'g')
    $function$
    """,
    """
    ALTER TABLE resolutions_paragraph ADD COLUMN search_vector tsvector
    GENERATED ALWAYS AS (to_tsvector('search_words', search_plain(text))) STORED
    """,
    "CREATE INDEX resolutions_paragraph_search ON resolutions_paragraph USING gin (search_vector)",
)

DROP_ON_SQLITE = CREATE_ON_SQLITE[:4]
DROP_ON_POSTGRESQL = (
    "ALTER TABLE resolutions_paragraph DROP COLUMN search_vector",
    "DROP FUNCTION search_plain(text)",
    "DROP TEXT SEARCH CONFIGURATION search_words",
    "DROP TEXT SEARCH DICTIONARY search_stem",
)


def create_on_sqlite(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Build the index and its triggers anew; safe to run again."""
    for statement in CREATE_ON_SQLITE:
        schema_editor.execute(statement)


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index of the database that is in use."""
    if schema_editor.connection.vendor == "sqlite":
        create_on_sqlite(schema_editor)
    elif schema_editor.connection.vendor == "postgresql":
        for statement in CREATE_ON_POSTGRESQL:
            schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index."""
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in DROP_ON_SQLITE if on_sqlite else DROP_ON_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
