"""The documents that the tests read: the corpus, and documents of our own in other layouts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from resolutions.reading import read_blocks
from resolutions.structure.document import structure_document
from resolutions.structure.records import ResolutionRecord

CORPUS = sorted((Path(__file__).parents[3] / "corpus").glob("*.txt"))
OWN = sorted((Path(__file__).parent / "documents").glob("*.txt"))


def read_sample(path: Path) -> str:
    """The text of a sample."""
    return path.read_text(encoding="utf-8")


def structured(text: str) -> ResolutionRecord:
    """A text taken through both stages."""
    return structure_document(read_blocks(text.encode()))


@cache
def structured_sample(path: Path) -> ResolutionRecord:
    """A sample taken through both stages, once for all tests."""
    return structured(read_sample(path))
