"""What the page of a session shows: what is due there by body, and what was adopted there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from mandates.filter_values import TRACKED_CATEGORIES
from mandates.filters import MandateFilterSet, query_string
from mandates.models import Mandate
from mandates.orderings import by_urgency
from mandates.querysets import MandateQuerySet
from mandates.reading import Reading
from resolutions.models import AssemblySession, Document, KnownDocument

STATUSES = ("open", "repeated", "fulfilled", "withdrawn")
# Mandates on the page itself; the list has the rest.
MOST_BODIES = 10
MOST_OF_BODY = 6
MOST_KNOWN = 12
_COUNTS = {
    "count": Count("task", distinct=True),
    **{status: Count("task", distinct=True, filter=Q(status_as_at=status)) for status in STATUSES},
}


@dataclass(frozen=True, slots=True)
class Part:
    """The mandates of one status among those that a body has to do: how many, and where in a bar of a hundred."""

    status: str
    count: int
    href: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class BodyDue:
    """What one body has to do by a session, and how far that is.

    Attributes:
        count: how many mandates; `mandates` the first of them, none of a body that has few beside others.
        parts: their statuses.
        href: address of the list of all.
    """

    name: str
    slug: str
    count: int
    parts: list[Part]
    href: str
    mandates: list[Mandate]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with what is due and what was adopted there.

    Attributes:
        due: how many fall due there; `statuses` how many of them have which status, as lines of a bar.
        elsewhere: how many more are asked of States and others.
        adopted: how many mandates were adopted there, `documents` in which texts.
        known: documents of the session that the register has and that were not read, the first of `known_count`.
        open_then: address of the list of what was open on the opening day; empty before it.
    """

    session: AssemblySession
    previous: AssemblySession | None
    following: AssemblySession | None
    due: int
    due_href: str
    everyone_href: str
    statuses: list[Part]
    bodies: list[BodyDue]
    elsewhere: int
    adopted: int
    adopted_href: str
    documents: list[Document]
    known: list[KnownDocument]
    known_count: int
    open_then: str


def session_page(session: AssemblySession, reading: Reading) -> SessionPage:
    """Gather what the page of a session shows, as it stood on the day of the reading."""
    due = _due_at(session, reading)
    counted = due.order_by().aggregate(**_COUNTS)
    known = KnownDocument.objects.not_read().filter(session_code=session.code).order_by("symbol")
    around = list(AssemblySession.objects.regular().order_by("number"))
    number = session.number or 0
    at = ("session", str(number))
    everyone = _due_at(session, reading, ("category", "all"))
    adopted = reading.mandates().tracked().filter(document__session=session)
    opening = session.opening_date
    return SessionPage(
        session=session,
        previous=next((other for other in reversed(around) if (other.number or 0) < number), None),
        following=next((other for other in around if number and (other.number or 0) > number), None),
        due=counted["count"],
        due_href=reading.listed(at),
        everyone_href=reading.listed(at, ("category", "all")),
        statuses=_parts(counted, reading, at),
        bodies=_by_body(due, reading, at),
        elsewhere=everyone.order_by().aggregate(count=Count("task", distinct=True))["count"] - counted["count"],
        adopted=adopted.aggregate(count=Count("task", distinct=True))["count"],
        adopted_href=reading.listed(("adopted_session", session.code)),
        documents=[document for document in _documents_of(session) if _was_there(document, reading)],
        known=list(known[:MOST_KNOWN]),
        known_count=known.count(),
        open_then=Reading(opening, True).listed(("status", "open")) if opening and opening <= reading.day else "",
    )


def sessions_with_counts() -> tuple[QuerySet[AssemblySession], Counter[int | None]]:
    """Give all sessions, newest first, with the number of their documents; and how many mandates are due at each."""
    sessions = AssemblySession.objects.annotate(
        resolutions=Count("documents", filter=Q(documents__kind=Document.Kind.RESOLUTION)),
        reports=Count("documents", filter=Q(documents__kind=Document.Kind.REPORT)),
    ).order_by("-opening_date", "-number")
    deadlines = Mandate.objects.tracked().filter(in_text=True).values_list("task", "deadlines__session_number")
    recurring = Mandate.objects.tracked().filter(in_text=True, recurring=True).values_list("task", "due_session")
    due: Counter[int | None] = Counter(number for _task, number in {*deadlines, *recurring} if number is not None)
    return sessions, due


def _due_at(session: AssemblySession, reading: Reading, *choices: tuple[str, str]) -> MandateQuerySet:
    """The same mandates, in the same order, as the list shows for this session."""
    if session.number is None:
        return reading.mandates().none()
    asked = query_string([("session", str(session.number)), *choices, *reading.pairs])
    filterset = MandateFilterSet(QueryDict(asked.removeprefix("?")), today=reading.day)
    return filterset.qs.select_related("document__session", "paragraph")


def _by_body(due: MandateQuerySet, reading: Reading, *at: tuple[str, str]) -> list[BodyDue]:
    """Under each body of the tracker that must act; one that is asked of two bodies stands under both."""
    asked = due.filter(addressees__category__in=TRACKED_CATEGORIES)
    bodies = list(
        asked.order_by()
        .values("addressees__slug", "addressees__name")
        .annotate(**_COUNTS)
        .order_by("-count", "addressees__name")
    )
    first = _first_of_each(asked.filter(addressees__slug__in=[row["addressees__slug"] for row in bodies[:MOST_BODIES]]))
    return [
        BodyDue(
            name=row["addressees__name"],
            slug=row["addressees__slug"],
            count=row["count"],
            parts=_parts(row, reading, *at, ("addressee", row["addressees__slug"])),
            href=reading.listed(*at, ("addressee", row["addressees__slug"])),
            mandates=first.get(row["addressees__slug"], []),
        )
        for row in bodies
    ]


def _first_of_each(asked: MandateQuerySet) -> dict[str, list[Mandate]]:
    """Give the first mandates of each body, those that are open first; of a parallel set the first that asks it."""
    body = F("addressees__slug")
    place = Window(RowNumber(), partition_by=[body], order_by=by_urgency())
    numbered = asked.annotate(body=body, place=place).order_by("body", "place")
    first: dict[str, list[Mandate]] = {}
    # As many again, as some of them can be parallel to others.
    for slug, rows in groupby(numbered.filter(place__lte=2 * MOST_OF_BODY), lambda mandate: str(mandate.body)):
        tasks: dict[int, Mandate] = {}
        for mandate in rows:
            tasks.setdefault(mandate.task, mandate)
        first[slug] = list(tasks.values())[:MOST_OF_BODY]
    return first


def _parts(counts: Mapping[str, Any], reading: Reading, *choices: tuple[str, str]) -> list[Part]:
    parts, start = [], 0.0
    for status in STATUSES:
        width = round(100 * counts[status] / (counts["count"] or 1), 2)
        href = reading.listed(*choices, ("status", status)) if counts[status] else ""
        parts.append(Part(status, counts[status], href, round(start, 2), width))
        start += width
    return parts


def _was_there(document: Document, reading: Reading) -> bool:
    day = document.adopted or document.distributed or (document.session.opening_date if document.session else None)
    return not reading.past or day is None or day <= reading.day


def _documents_of(session: AssemblySession) -> QuerySet[Document]:
    return (
        session.documents.select_related("session")
        .annotate(
            tracked=Count("mandates__task", distinct=True, filter=Q(mandates__tracked=True, mandates__in_text=True))
        )
        .order_by("-kind", "adopted", "symbol")
    )
