"""The stemmer in Python against that of the database on which the tests run."""

import itertools
import re
from pathlib import Path

import pytest
from django.db import connection

from resolutions.stemming import stem

CORPUS = Path(__file__).parents[2] / "corpus"
ENDINGS = [
    "s", "es", "ed", "ing", "y", "ly", "ies", "able", "ably", "ible", "ibly", "ation", "ational", "iveness", "fulness",
    "ousli", "logy", "logies", "ement", "tion", "al",
]  # fmt: skip
ROOTS = [
    "report", "cooperat", "organ", "possib", "technolog", "regular", "assemb", "agree", "hop", "plan", "valu", "commit",
]  # fmt: skip


def vocabulary() -> list[str]:
    """Every word of the sample documents, and roots with all pairs of endings."""
    words = {word for file in CORPUS.glob("*.txt") for word in re.findall("[a-z0-9]+", file.read_text().lower())}
    words |= {root + first for root in ROOTS for first in ENDINGS}
    words |= {root + first + second for root, first, second in itertools.product(ROOTS, ENDINGS, ENDINGS[:6])}
    return sorted(words)


def stems_of_database(words: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT word, array_to_string(tsvector_to_array(to_tsvector('search_words', search_plain(word))), ' ')"
                " FROM unnest(%s::text[]) AS word",
                [words],
            )
            # Its short words carry a mark that keeps its stemmer away from them.
            return {word: found.removesuffix("0") if len(word) < 3 else found for word, found in cursor.fetchall()}
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.stems USING fts5("
            "word, tokenize=\"porter unicode61 remove_diacritics 2 categories 'L* Nd'\")"
        )
        cursor.executemany("INSERT INTO temp.stems (rowid, word) VALUES (%s, %s)", list(enumerate(words)))
        cursor.execute("CREATE VIRTUAL TABLE temp.stems_found USING fts5vocab(temp, stems, instance)")
        cursor.execute("SELECT doc, term FROM temp.stems_found")
        found = {words[row]: term for row, term in cursor.fetchall()}
        cursor.execute("DROP TABLE temp.stems_found")
        cursor.execute("DROP TABLE temp.stems")
        return found


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("reporting", "report"),
        ("reports", "report"),
        ("parties", "parti"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("agreed", "agre"),
        ("possibly", "possibl"),
        ("technology", "technolog"),
        ("adoption", "adopt"),
        ("of", "of"),
        ("a" * 80 + "ing", "a" * 80 + "ing"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.django_db
def test_the_database_stems_alike() -> None:
    words = vocabulary()
    found = stems_of_database(words)
    assert len(words) > 2500
    assert {word: found[word] for word in words} == {word: stem(word) for word in words}
