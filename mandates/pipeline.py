"""The line from bytes to findings, as a table of contents: read, structure, extract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mandates.extraction.extract import extract
from mandates.extraction.records import Extraction
from resolutions.corrections import header_corrected
from resolutions.reading import read_blocks
from resolutions.reading.blocks import TextBlock
from resolutions.structure.corrigenda import Corrigendum
from resolutions.structure.corrigendum_reading import read_corrigendum
from resolutions.structure.document import structure_document
from resolutions.structure.records import ResolutionRecord


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as its paragraphs, what was found in them, and the text as the file has it.

    A corrigendum says what to change in another text: each paragraph is an instruction, and nothing is asked in it.
    """

    record: ResolutionRecord
    extraction: Extraction
    blocks: tuple[TextBlock, ...] = ()
    corrigendum: Corrigendum | None = None


def parse_document(
    data: bytes, source_name: str = "", on_stage: Callable[[str], None] = lambda stage: None
) -> ParsedDocument:
    """Take a document through the whole line; no database, no calendar.

    Args:
        data: the bytes of a file.
        source_name: its name, from which the symbol is read where the text has none.
        on_stage: told of each stage as it begins: ``reading``, ``structure``, ``mandates``.

    Returns:
        The structured document and its clauses, mandates and references.

    Raises:
        UnreadableDocument: the bytes are no document that can be read; it says why.
    """
    on_stage("reading")
    blocks = tuple(read_blocks(data))
    on_stage("structure")
    corrigendum = read_corrigendum(blocks, source_name)
    if corrigendum is not None:
        return ParsedDocument(corrigendum.record, Extraction((), (), ()), blocks, corrigendum)
    record = structure_document(blocks, source_name)
    on_stage("mandates")
    return ParsedDocument(record, extract(record), blocks)


def parsed_corrected(parsed: ParsedDocument, corrections: Mapping[str, str]) -> ParsedDocument:
    """Give a parsed document with its head corrected, and what follows from the head found anew.

    Args:
        parsed: as read.
        corrections: as `resolutions.corrections.header_corrected` takes them.

    Returns:
        The corrected document; the same one where nothing is corrected.
    """
    record = header_corrected(parsed.record, corrections)
    if record == parsed.record:
        return parsed
    if parsed.corrigendum is not None:
        return replace(parsed, record=record)
    return ParsedDocument(record, extract(record), parsed.blocks)
