"""The structure stage in one function: blocks in, a structured document out."""

from __future__ import annotations

from collections.abc import Iterable

from resolutions.reading.blocks import TextBlock
from resolutions.reading.errors import UnreadableDocument
from resolutions.structure.footnotes import without_footnotes
from resolutions.structure.furniture import without_furniture
from resolutions.structure.header import read_header, with_closing
from resolutions.structure.joining import vocabulary_of
from resolutions.structure.lines import lines_of, measure_of
from resolutions.structure.outline import passages_of
from resolutions.structure.own_symbol import symbol_as_cited
from resolutions.structure.paragraphs import paragraphs_of
from resolutions.structure.passages import Role
from resolutions.structure.records import ParagraphKind, ResolutionRecord

_NO_SYMBOL = "No document symbol was found; give it by hand."


def structure_document(blocks: Iterable[TextBlock], source_name: str = "") -> ResolutionRecord:
    """Find the header, the parts and the paragraphs of a document.

    Args:
        blocks: what the reader gave.
        source_name: name of the file, used where the head carries no symbol (``ICC-ASP-16-17-ENG.txt``).

    Returns:
        The document; every word of the blocks is in exactly one place of it.

    Raises:
        UnreadableDocument: ``not_a_resolution`` where neither a head nor operative text was found.
    """
    lines = lines_of(blocks)
    vocabulary = vocabulary_of(lines)
    lines, furniture = without_furniture(lines)
    lines, notes = without_footnotes(lines, measure_of(lines))
    header, text = read_header(lines, source_name, notes)
    passages = passages_of(text, measure_of(text))
    draft = header.symbol is not None and header.symbol.is_draft
    body = paragraphs_of(passages, notes, header, vocabulary, draft=draft)
    header = with_closing(header, body.lines)
    symbol = header.symbol or symbol_as_cited(header.title, header.session, body.paragraphs)
    operative = sum(paragraph.kind is ParagraphKind.OPERATIVE for paragraph in body.paragraphs)
    acts = any(passage.role is Role.ENACTING for passage in passages) or 2 * operative > len(body.paragraphs)
    if not body.paragraphs or not (header.is_recognized or acts):
        raise UnreadableDocument(
            "not_a_resolution",
            "No document symbol and no operative or numbered paragraphs were found; "
            "check that this is the text of a resolution or report.",
        )
    return ResolutionRecord(
        symbol=str(symbol or ""),
        kind=header.kind,
        title=header.title,
        session=header.session,
        adopted=header.adopted,
        meeting=header.meeting,
        mode=header.mode,
        distributed=header.distributed,
        paragraphs=body.paragraphs,
        headings=body.headings,
        header_lines=header.lines + body.lines,
        furniture=furniture + body.furniture,
        warnings=body.warnings if symbol else (_NO_SYMBOL, *body.warnings),
    )
