"""The line from bytes to findings, as a table of contents: read, structure, extract."""

from __future__ import annotations

from dataclasses import dataclass

from mandates.extraction.extract import extract
from mandates.extraction.records import Extraction
from resolutions.reading import read_blocks
from resolutions.structure.document import structure_document
from resolutions.structure.records import ResolutionRecord


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as its paragraphs, and what was found in them."""

    record: ResolutionRecord
    extraction: Extraction


def parse_document(data: bytes, source_name: str = "") -> ParsedDocument:
    """Take a document through the whole line; no database, no calendar.

    Args:
        data: the bytes of a file.
        source_name: its name, from which the symbol is read where the text has none.

    Returns:
        The structured document and its clauses, mandates and references.

    Raises:
        UnreadableDocument: the bytes are no document that can be read; it says why.
    """
    blocks = read_blocks(data)
    record = structure_document(blocks, source_name)
    return ParsedDocument(record, extract(record))
