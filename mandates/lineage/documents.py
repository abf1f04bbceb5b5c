"""The mandates of a parsed document as lineage sees them."""

from __future__ import annotations

from typing import Any

from mandates.extraction.records import Clause, Extraction
from mandates.lineage.records import AskedMandate
from resolutions.structure.records import ResolutionRecord


def asked_mandates(
    record: ResolutionRecord, extraction: Extraction, order: tuple[Any, ...] | None = None
) -> tuple[AskedMandate, ...]:
    """Give the mandates of a document.

    Args:
        record, extraction: the document and what was found in it.
        order: its place among documents; by the number of its session and its day where None.

    Returns:
        Its mandates in the order of the text.
    """
    day = record.adopted or record.distributed
    if order is None:
        order = (record.session if isinstance(record.session, int) else 0, day.isoformat() if day else "")
    texts = {paragraph.key: paragraph.text for paragraph in record.paragraphs}
    return tuple(
        AskedMandate(
            key=mandate.key,
            symbol=record.symbol,
            session="" if record.session is None else str(record.session),
            order=order,
            position=position,
            part=mandate.part,
            label=mandate.label,
            verb=mandate.verb,
            strength=mandate.strength.value,
            addressees=frozenset(addressee.body for addressee in mandate.addressees),
            text=words_of(mandate.clause, texts),
            action=mandate.action,
            topic=mandate.topic or "",
            title=record.title,
            proposed=mandate.proposed,
            context=texts[mandate.clause.span.paragraph][: mandate.clause.span.start],
        )
        for position, mandate in enumerate(extraction.mandates)
    )


def words_of(clause: Clause, texts: dict[str, str]) -> str:
    """Give the whole words of a clause: what stands in its paragraph, then what goes on in sub-paragraphs.

    Args:
        clause: the clause.
        texts: the text of each paragraph by its key.

    Returns:
        The words, joined by blanks.
    """
    return " ".join(texts[span.paragraph][span.start : span.end] for span in (clause.span, *clause.continuations))
