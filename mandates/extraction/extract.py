"""The extraction stage: from structured paragraphs to clauses, mandates and references."""

from __future__ import annotations

from mandates.extraction.clauses import find_clauses
from mandates.extraction.mandates import find_mandates
from mandates.extraction.records import Extraction
from mandates.extraction.references import find_references
from mandates.extraction.vocabulary import Vocabulary, load_vocabulary
from resolutions.structure.records import ResolutionRecord


def extract(record: ResolutionRecord, vocabulary: Vocabulary | None = None) -> Extraction:
    """Find all that the tracker knows of a document's text.

    Args:
        record: the structured document.
        vocabulary: the language of resolutions; the tables of this project where None is given.

    Returns:
        Clauses, mandates and references, each with its place in the text. Any text is read; what the vocabulary does
        not know is no finding.
    """
    vocabulary = vocabulary or load_vocabulary()
    clauses = find_clauses(record, vocabulary)
    return Extraction(
        clauses=clauses,
        mandates=find_mandates(record, clauses, vocabulary),
        references=find_references(record, vocabulary),
    )
