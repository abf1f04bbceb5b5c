"""The page that lists the vocabulary says what the tables say."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandates.extraction.vocabulary import VocabularyError, load_vocabulary
from mandates.extraction.vocabulary.listing import vocabulary_page
from mandates.extraction.vocabulary.tables import FOLDER, REFERENCE

PAGE = Path(__file__).parents[3] / "docs" / "vocabulary.md"


def test_page_is_current() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == vocabulary_page(load_vocabulary()), "run: python -m mandates.extraction.vocabulary.listing"


@pytest.mark.parametrize(
    ("table", "words", "says"),
    [
        ("verbs.csv", "decides,decide,deciding,order,,,,\n", "names no source"),
        ("verbs.csv", "decides,decide,deciding,order,,,somewhere 1,\n", "no such strength"),
        (
            "deadlines.toml",
            '[[pattern]]\nname="x"\nkind="session"\nreading="session"\npattern="("\nsource="1"\n',
            "'x'",
        ),
    ],
)
def test_broken_table_is_named(tmp_path: Path, table: str, words: str, says: str) -> None:
    for path in FOLDER.iterdir():
        if path.suffix in (".csv", ".toml"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    head = (FOLDER / table).read_text(encoding="utf-8").splitlines()[0] + "\n" if table.endswith(".csv") else ""
    (tmp_path / table).write_text(head + words, encoding="utf-8")
    with pytest.raises(VocabularyError, match=says) as caught:
        load_vocabulary(tmp_path, REFERENCE)
    assert table in str(caught.value)
