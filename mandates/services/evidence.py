"""The day and title of a document that shows that something was done, read or only known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from mandates.models import DocumentAnswer
from resolutions.models import AssemblySession, Document, KnownDocument

_FULL_DATE = len("2021-12-09")


def title_of(row: DocumentAnswer, known: KnownDocument | None) -> str:
    """Give the title of the document that says so, read or only known."""
    if row.document:
        return row.document.title
    return known.title if known else ""


def said_on(
    row: DocumentAnswer, known: KnownDocument | None, sessions: Mapping[int | None, AssemblySession]
) -> datetime.date | None:
    """Day of a document, else the opening of the session it is written for, else the first that its date can mean."""
    if row.document:
        day = row.document.adopted or row.document.distributed
        session = row.document.session or sessions.get(row.session)
    else:
        day = known.first_day if known and len(known.date) == _FULL_DATE else None
        session = sessions.get(row.session)
    return day or (session.opening_date if session else None) or (known.first_day if known else None)


def evidence_days(symbols: Iterable[str]) -> dict[str, datetime.date]:
    """Days of documents, read or known, where they are told to the day."""
    wanted = set(symbols)
    known = KnownDocument.objects.filter(symbol__in=wanted, first_day__isnull=False)
    days = {row.symbol: row.first_day for row in known if row.first_day and len(row.date) == _FULL_DATE}
    read = Document.objects.filter(symbol__in=wanted).exclude(source=None)
    for symbol, adopted, distributed in read.values_list("symbol", "adopted", "distributed"):
        if day := adopted or distributed:
            days[symbol] = day
    return days


def evidence_date(
    day: datetime.date | None, said: datetime.date | None, adopted: datetime.date | None
) -> datetime.date | None:
    """Day of the evidence, else of what says so: nothing was done before it was asked for."""
    days = [each for each in (day, said) if each and (adopted is None or each >= adopted)]
    return days[0] if days else None
