"""Chains of mandates as a list: which ones a query string asks for, those asked most often first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from mandates.filters import MandateFilterSet
from mandates.how_often import SESSION
from mandates.models import Mandate

_ADOPTED = Q(proposed=False)


def chains_asked_most(filterset: MandateFilterSet) -> QuerySet[Mandate, Any]:
    """Give the chains of the mandates that a query string asks for, those that most sessions asked first.

    Of those asked equally often, the ones that still wait come first, and of these the one that waits longest.

    Args:
        filterset: a chain belongs to it where one of its mandates does.

    Returns:
        A row for each chain that runs through more than one session, proposed text included: `chain`, its first
        mandate; and of adopted text `sessions`, `asked` (tasks), `first` (day), `waits` ("open"
        where one is), `open_since` (day).
    """
    chosen = filterset.narrowed().filter(chain__isnull=False).order_by().values("chain")
    waiting = _ADOPTED & Q(status_as_at__in=[Mandate.Status.OPEN, Mandate.Status.REPEATED])
    return (
        filterset.every()
        .filter(chain__in=chosen)
        .order_by()
        .values("chain")
        .annotate(
            runs_through=Count(SESSION, distinct=True),
            sessions=Count(SESSION, distinct=True, filter=_ADOPTED),
            asked=Count("task", distinct=True, filter=_ADOPTED),
            first=Min("document__adopted", filter=_ADOPTED),
            waits=Min("status_as_at", filter=_ADOPTED & Q(status_as_at=Mandate.Status.OPEN)),
            open_since=Min("document__adopted", filter=waiting),
        )
        .filter(runs_through__gt=1)
        .order_by("-sessions", F("waits").asc(nulls_last=True), F("open_since").asc(nulls_last=True), "chain")
    )
