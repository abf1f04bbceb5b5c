"""What the page of a session shows: what is due there by body, and what was adopted there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from mandates.filter_values import TRACKED_CATEGORIES
from mandates.filters import MandateFilterSet, query_string
from mandates.models import Mandate
from mandates.querysets import MandateQuerySet
from mandates.reading import Reading
from resolutions.models import AssemblySession, Document

STATUSES = ("open", "repeated", "fulfilled", "withdrawn")


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
    """What one body has to do by a session, and how far that is."""

    name: str
    slug: str
    mandates: list[Mandate]
    parts: list[Part]
    href: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with what is due and what was adopted there.

    Attributes:
        due: how many fall due there; `statuses` how many of them have which status, as lines of a bar.
        elsewhere: how many more are asked of States and others.
        adopted: how many mandates were adopted there, `documents` in which texts.
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
    open_then: str


def session_page(session: AssemblySession, reading: Reading) -> SessionPage:
    """Gather what the page of a session shows, as it stood on the day of the reading."""
    due = list(_due_at(session, reading).prefetch_related("addressee_rows__body"))
    tasks = {mandate.task: mandate for mandate in reversed(due)}
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
        due=len(tasks),
        due_href=reading.listed(at),
        everyone_href=reading.listed(at, ("category", "all")),
        statuses=_parts(tasks.values(), reading, at),
        bodies=_by_body(due, reading, at),
        elsewhere=everyone.order_by().aggregate(count=Count("task", distinct=True))["count"] - len(tasks),
        adopted=adopted.aggregate(count=Count("task", distinct=True))["count"],
        adopted_href=reading.listed(("adopted_session", session.code)),
        documents=[document for document in _documents_of(session) if _was_there(document, reading)],
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
        return Mandate.objects.none()
    asked = query_string([("session", str(session.number)), *choices, *reading.pairs])
    filterset = MandateFilterSet(QueryDict(asked.removeprefix("?")), today=reading.day)
    return filterset.qs.select_related("document__session", "paragraph")


def _by_body(due: Iterable[Mandate], reading: Reading, *at: tuple[str, str]) -> list[BodyDue]:
    """Under each body of the tracker that must act; one that is asked of two bodies stands under both."""
    names: dict[str, str] = {}
    found: dict[str, dict[int, Mandate]] = {}
    for mandate in due:
        for row in mandate.addressee_rows.all():
            if row.body.category in TRACKED_CATEGORIES:
                names[row.body.slug] = row.body.name
                # Of a parallel set the first that asks this body.
                found.setdefault(row.body.slug, {}).setdefault(mandate.task, mandate)
    bodies = []
    for slug, tasks in found.items():
        choices = (*at, ("addressee", slug))
        parts = _parts(tasks.values(), reading, *choices)
        bodies.append(BodyDue(names[slug], slug, list(tasks.values()), parts, reading.listed(*choices)))
    return sorted(bodies, key=lambda body: (-len(body.mandates), body.name))


def _parts(mandates: Collection[Mandate], reading: Reading, *choices: tuple[str, str]) -> list[Part]:
    counts = Counter(mandate.status_as_at for mandate in mandates)
    parts, start = [], 0.0
    for status in STATUSES:
        width = round(100 * counts[status] / (len(mandates) or 1), 2)
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
