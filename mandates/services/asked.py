"""Reads mandates from the database as lineage sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mandates.lineage.records import AskedMandate
from mandates.models import Mandate
from mandates.querysets import MandateQuerySet
from resolutions.models import Document, Paragraph

# Sorts after every day.
_NO_DAY = "9999-99-99"


def session_rank(document: Document) -> str:
    """Order documents by session: by its opening day, then by its code; equal for documents of one session.

    Args:
        document: with its session fetched.
    """
    if document.session is None:
        return f"{_NO_DAY} {document.session_code or document.symbol:>8}"
    day = document.session.opening_date
    return f"{day.isoformat() if day else _NO_DAY} {document.session.code:>8}"


def document_rank(document: Document) -> tuple[Any, ...]:
    """Order documents of one session: by the day of adoption, else of distribution, then by symbol, 2 before 10."""
    day = document.adopted or document.distributed
    numbers = tuple(int(each) if each.isdigit() else -1 for each in re.split(r"(\d+)", document.symbol))
    return (day.isoformat() if day else _NO_DAY, numbers, document.symbol)


def mandate_rank(mandate: Mandate) -> tuple[Any, ...]:
    """Order mandates of a chain: by session, adopted text before proposed, by document, as they are read.

    Args:
        mandate: with its document and session fetched.
    """
    document = mandate.document
    return (session_rank(document), mandate.proposed, document_rank(document), mandate.position)


def asked_mandates(mandates: MandateQuerySet) -> dict[int, AskedMandate]:
    """Read mandates as lineage sees them, by id, in three queries.

    Args:
        mandates: those of texts as they stand; what is no longer in a text asks for nothing.
    """
    rows = list(
        mandates.filter(in_text=True)
        .select_related("document__session", "paragraph", "topic")
        .prefetch_related("addressee_rows__body")
        .order_by("document", "position")
    )
    texts = _continued(rows)
    return {row.pk: _asked(row, texts) for row in rows}


def _continued(rows: Iterable[Mandate]) -> dict[tuple[int, str], str]:
    """Texts of the sub-paragraphs in which clauses go on, by document and key."""
    wanted = {(row.document_id, span["paragraph"]) for row in rows for span in row.continuations}
    if not wanted:
        return {}
    found = Paragraph.objects.filter(
        document__in={document for document, _key in wanted}, key__in={key for _document, key in wanted}
    )
    return {(document, key): text for document, key, text in found.values_list("document", "key", "text")}


def _asked(row: Mandate, texts: dict[tuple[int, str], str]) -> AskedMandate:
    document, text = row.document, row.paragraph.text
    words = [text[row.clause_start : row.clause_end]]
    words += [
        texts.get((document.pk, span["paragraph"]), "")[span["start"] : span["end"]] for span in row.continuations
    ]
    return AskedMandate(
        key=row.key,
        symbol=document.symbol,
        session=document.session.code if document.session else document.session_code,
        order=(session_rank(document), document_rank(document)),
        position=row.position,
        part=row.part,
        label=row.label,
        verb=row.verb,
        strength=row.strength,
        addressees=frozenset(each.body.name for each in row.addressee_rows.all()),
        text=" ".join(words),
        action=row.action,
        topic=row.topic.name if row.topic else "",
        title=document.title,
        proposed=row.proposed,
        context=text[: row.clause_start],
    )
