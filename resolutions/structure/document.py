"""The structure stage in one function: blocks in, a structured document out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from resolutions.reading.blocks import HIDDEN, TextBlock
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
from resolutions.structure.records import DocumentWarning, ParagraphKind, ResolutionRecord

# "* Reissued for technical reasons.", "Second reissue for technical reasons (10 December 2021)"
_REISSUED = re.compile(r"[\W\d]*(?:(?:first|second|third)\s+)?re-?issued?\b", re.IGNORECASE)
NO_SYMBOL = DocumentWarning("No document symbol was found; give it by hand.", field="symbol")
NOTHING_ENACTED = DocumentWarning(
    "The draft enacts nothing itself, as amendments to other drafts do; its text is kept as it stands."
)


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
    blocks = tuple(blocks)
    hidden = tuple(block.text for block in blocks if block.band == HIDDEN)
    lines = lines_of(block for block in blocks if block.band != HIDDEN)
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
    warnings = body.warnings if symbol else (NO_SYMBOL, *body.warnings)
    return ResolutionRecord(
        symbol=_with_star(str(symbol or ""), (*header.lines, *(note.text for note in notes))),
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
        furniture=furniture + body.furniture + hidden,
        warnings=(NOTHING_ENACTED, *warnings) if draft and not acts else warnings,
    )


def _with_star(symbol: str, said: Iterable[str]) -> str:
    """Mark a symbol as that of a reissue where the document says that it is one: "* Reissued for technical reasons."

    A star in the head is taken for the mark of its footnote; one without a footnote stays in the symbol
    (``ICC-ASP/19/14*``).
    """
    reissued = any(_REISSUED.match(line) for line in said)
    return f"{symbol}*" if symbol and reissued and not symbol.endswith("*") else symbol
