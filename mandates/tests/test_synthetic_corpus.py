"""The large corpus for measuring."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic import FIRST_NUMBER, write_corpus
from mandates.pipeline import parse_document


def test_is_read_as_any_resolution_and_says_that_it_is_none(tmp_path: Path) -> None:
    documents, mandates = write_corpus(tmp_path, mandates=120)
    parsed = [parse_document(path.read_bytes(), path.name) for path in sorted(tmp_path.iterdir())]
    assert len(parsed) == documents
    assert all(each.record.title.startswith("Synthetic series 1") for each in parsed)
    assert {each.record.symbol for each in parsed} == {
        f"ICC-ASP/{session}/Res.{FIRST_NUMBER}" for session in range(1, documents + 1)
    }
    found = sum(len(each.extraction.mandates) for each in parsed)
    assert abs(found - mandates) <= mandates / 10


def test_the_same_seed_writes_the_same(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_corpus(tmp_path / folder, mandates=60, seed=4)
    one, two = ({path.name: path.read_text() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
