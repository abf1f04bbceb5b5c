"""The orders in which a list of mandates can be read; each is total, so that pages never overlap."""

from __future__ import annotations

import datetime

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Length
from django.utils.translation import gettext_lazy as _

from mandates.how_often import sessions_that_asked
from mandates.models import MandateAddressee
from mandates.querysets import MandateQuerySet

DEFAULT = "-due"

ORDERINGS = {
    "-due": _("Latest deadline"),
    "due": _("Earliest deadline"),
    "-adopted": _("Newest resolution"),
    "adopted": _("Oldest resolution"),
    "addressee": _("Body"),
    "-addressee": _("Body, from Z"),
    "status": _("Status, overdue first"),
    "-status": _("Status, overdue last"),
    "-asked": _("Asked most often"),
    "asked": _("Asked least often"),
    "citation": _("Citation"),
    "-citation": _("Citation, newest session first"),
}

# As the sentence above the list says it.
IN_WORDS = {
    "-due": _("latest deadline first"),
    "due": _("earliest deadline first"),
    "-adopted": _("newest resolution first"),
    "adopted": _("oldest resolution first"),
    "addressee": _("by body"),
    "-addressee": _("by body, from Z to A"),
    "status": _("by status, overdue first"),
    "-status": _("by status, overdue last"),
    "-asked": _("asked most often first"),
    "asked": _("asked least often first"),
    "citation": _("by citation"),
    "-citation": _("by citation, newest session first"),
}

_URGENCY = Case(
    When(overdue_as_at=True, then=Value(0)),
    When(due_next_as_at=True, then=Value(1)),
    *(
        When(status_as_at=status, then=Value(rank))
        for rank, status in enumerate(("open", "repeated", "fulfilled", "withdrawn", "proposed"), start=2)
    ),
    default=Value(9),
)


def by_citation(*, newest_first: bool = False) -> list[OrderBy]:
    """Session by session, or the newest first; then by symbol and paragraph."""
    # Shorter symbols first puts Res.2 before Res.10.
    session = F("document__session__number")
    return [
        session.desc(nulls_last=True) if newest_first else session.asc(nulls_last=True),
        Length("document__symbol").asc(),
        F("document__symbol").asc(),
        F("position").asc(),
        F("pk").asc(),
    ]


def by_urgency() -> list[Case | OrderBy]:
    """Overdue first, then due next, then by status; of these in the order of citations."""
    return [_URGENCY, *by_citation()]


def ordered(queryset: MandateQuerySet, ordering: str, day: datetime.date) -> MandateQuerySet:
    """Put mandates in one of the `ORDERINGS`.

    Args:
        queryset: with the annotations of `MandateQuerySet.standing` or `as_at`.
        ordering: a key of `ORDERINGS`.
        day: on which the list is read.
    """
    down = ordering.startswith("-")
    match ordering.removeprefix("-"):
        case "due":
            first = _by_due(down=down)
        case "adopted":
            issued = Coalesce("document__adopted", "document__distributed")
            first = [issued.desc(nulls_last=True) if down else issued.asc(nulls_last=True)]
        case "addressee":
            addressee = MandateAddressee.objects.filter(mandate=OuterRef("pk")).order_by("position")
            name = Subquery(addressee.values("body__name")[:1], output_field=CharField())
            queryset = queryset.alias(first_addressee=name)
            body = F("first_addressee")
            first = [body.desc(nulls_last=True) if down else body.asc(nulls_last=True)]
        case "asked":
            queryset = queryset.alias(sessions_that_asked=sessions_that_asked(day))
            times = F("sessions_that_asked")
            first = [times.desc() if down else times.asc()]
        case "status":
            first = [_URGENCY.desc() if down else _URGENCY.asc()]
        case _:
            first = []
    return queryset.order_by(*first, *by_citation(newest_first=down and not first))


def _by_due(*, down: bool) -> list[OrderBy]:
    """A session without a date lies beyond all that have one; what has no deadline comes last either way."""
    day, session = F("due_on_as_at"), F("due_session_as_at")
    if not down:
        return [day.asc(nulls_last=True), session.asc(nulls_last=True)]
    reach = Case(
        When(Q(due_on_as_at=None, due_session_as_at__isnull=False), then=Value(0)),
        When(due_on_as_at__isnull=False, then=Value(1)),
        default=Value(2),
    )
    return [reach.asc(), day.desc(nulls_last=True), session.desc(nulls_last=True)]
