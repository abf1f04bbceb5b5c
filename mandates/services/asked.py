"""Reads mandates from the database as lineage sees them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mandates.lineage.records import AskedMandate
from mandates.models import Mandate, MandateAddressee
from mandates.querysets import MandateQuerySet
from resolutions.models import Document, Paragraph

# Sorts after every day.
_NO_DAY = "9999-99-99"
# Few enough for one query on either database.
_AT_ONCE = 5000
# Not whole rows: the candidates of one document may be thousands.
_COLUMNS = (
    "pk", "key", "document_id", "position", "part", "label", "verb", "strength", "clause_start", "clause_end",
    "continuations", "action", "proposed", "paragraph__text", "topic__name",
)  # fmt: skip


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


class AskedMandates:
    """Mandates as lineage sees them, each read once; for a while in which no text changes."""

    def __init__(self) -> None:
        self._read: dict[int, AskedMandate | None] = {}

    def of(self, mandates: Collection[int]) -> dict[int, AskedMandate]:
        """Give mandates by id, but none that is no longer in its text: it asks for nothing.

        Args:
            mandates: their ids, any number.
        """
        missing = [pk for pk in mandates if pk not in self._read]
        self._read.update(dict.fromkeys(missing))
        for start in range(0, len(missing), _AT_ONCE):
            self._read.update(asked_mandates(Mandate.objects.filter(pk__in=missing[start : start + _AT_ONCE])))
        return {pk: asked for pk in mandates if (asked := self._read[pk])}


def asked_mandates(mandates: MandateQuerySet) -> dict[int, AskedMandate]:
    """Read mandates as lineage sees them, by id, in four queries.

    Args:
        mandates: those of texts as they stand; what is no longer in a text asks for nothing.
    """
    rows = list(mandates.filter(in_text=True).order_by("document", "position").values_list(*_COLUMNS, named=True))
    texts = _continued(rows)
    documents = {
        document.pk: (document, (session_rank(document), document_rank(document)))
        for document in Document.objects.filter(pk__in={row.document_id for row in rows})
        .select_related("session")
        .defer("headings", "header_lines", "corrections")
    }
    addressees: dict[int, set[str]] = defaultdict(set)
    named = MandateAddressee.objects.filter(mandate__in=[row.pk for row in rows])
    for mandate, body in named.order_by().values_list("mandate", "body__name"):
        addressees[mandate].add(body)
    return {row.pk: _asked(row, *documents[row.document_id], frozenset(addressees[row.pk]), texts) for row in rows}


def _continued(rows: Iterable[Any]) -> dict[tuple[int, str], str]:
    """Texts of the sub-paragraphs in which clauses go on, by document and key."""
    wanted = {(row.document_id, span["paragraph"]) for row in rows for span in row.continuations}
    if not wanted:
        return {}
    found = Paragraph.objects.filter(
        document__in={document for document, _key in wanted}, key__in={key for _document, key in wanted}
    )
    return {(document, key): text for document, key, text in found.values_list("document", "key", "text")}


def _asked(
    row: Any,
    document: Document,
    order: tuple[Any, ...],
    addressees: frozenset[str],
    texts: Mapping[tuple[int, str], str],
) -> AskedMandate:
    text = row.paragraph__text
    words = [text[row.clause_start : row.clause_end]]
    words += [
        texts.get((document.pk, span["paragraph"]), "")[span["start"] : span["end"]] for span in row.continuations
    ]
    return AskedMandate(
        key=row.key,
        symbol=document.symbol,
        session=document.session.code if document.session else document.session_code,
        order=order,
        position=row.position,
        part=row.part,
        label=row.label,
        verb=row.verb,
        strength=row.strength,
        addressees=addressees,
        text=" ".join(words),
        action=row.action,
        topic=row.topic__name or "",
        title=document.title,
        proposed=row.proposed,
        context=text[: row.clause_start],
    )
