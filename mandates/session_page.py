"""What the page of a session shows: what is due there by body, and what was adopted there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from mandates.filters import MandateFilterSet, query_string
from mandates.models import Mandate
from mandates.querysets import MandateQuerySet
from resolutions.models import AssemblySession, Document


@dataclass(frozen=True, slots=True)
class BodyDue:
    """What one body has to do by a session, and how much of it is marked fulfilled."""

    name: str
    slug: str
    mandates: list[Mandate]

    @property
    def fulfilled(self) -> int:
        """How many are marked fulfilled."""
        return sum(mandate.headline_status == Mandate.Status.FULFILLED for mandate in self.mandates)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with what is due and what was adopted there."""

    session: AssemblySession
    previous: AssemblySession | None
    following: AssemblySession | None
    due: list[Mandate]
    bodies: list[BodyDue]
    statuses: Mapping[str, int]
    elsewhere: int
    documents: list[Document]


def session_page(session: AssemblySession) -> SessionPage:
    """Gather what the page of a session shows."""
    due = list(_due_at(session, "").prefetch_related("addressee_rows__body", "deadlines"))
    around = list(AssemblySession.objects.regular().order_by("number"))
    number = session.number or 0
    return SessionPage(
        session=session,
        previous=next((other for other in reversed(around) if (other.number or 0) < number), None),
        following=next((other for other in around if number and (other.number or 0) > number), None),
        due=due,
        bodies=_by_body(due),
        statuses=Counter(mandate.headline_status for mandate in due),
        elsewhere=_due_at(session, "all").count() - len(due) if session.number else 0,
        documents=list(_documents_of(session)),
    )


def sessions_with_counts() -> tuple[QuerySet[AssemblySession], Counter[int | None]]:
    """Give all sessions, newest first, with the number of their documents; and how many mandates are due at each."""
    sessions = AssemblySession.objects.annotate(
        resolutions=Count("documents", filter=Q(documents__kind=Document.Kind.RESOLUTION)),
        reports=Count("documents", filter=Q(documents__kind=Document.Kind.REPORT)),
    ).order_by("-opening_date", "-number")
    deadlines = Mandate.objects.tracked().filter(in_text=True).values_list("pk", "deadlines__session_number")
    recurring = Mandate.objects.tracked().filter(in_text=True, recurring=True).values_list("pk", "due_session")
    due: Counter[int | None] = Counter(number for _pk, number in {*deadlines, *recurring} if number is not None)
    return sessions, due


def _due_at(session: AssemblySession, category: str) -> MandateQuerySet:
    """The same mandates, in the same order, as the list shows for this session."""
    if session.number is None:
        return Mandate.objects.none()
    asked = [("session", str(session.number))] + ([("category", category)] if category else [])
    return MandateFilterSet(QueryDict(query_string(asked).removeprefix("?"))).qs.select_related(
        "document__session", "paragraph"
    )


def _by_body(due: Iterable[Mandate]) -> list[BodyDue]:
    """Under each body that must act; one that is asked of two bodies stands under both."""
    found: dict[str, BodyDue] = {}
    for mandate in due:
        for row in mandate.addressee_rows.all():
            body = found.setdefault(row.body.name, BodyDue(row.body.name, row.body.slug, []))
            body.mandates.append(mandate)
    return sorted(found.values(), key=lambda body: (-len(body.mandates), body.name))


def _documents_of(session: AssemblySession) -> QuerySet[Document]:
    return session.documents.annotate(
        tracked=Count("mandates", filter=Q(mandates__tracked=True, mandates__in_text=True))
    ).order_by("-kind", "adopted", "symbol")
