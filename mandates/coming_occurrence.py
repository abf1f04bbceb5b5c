"""Says in SQL, for any day, when recurring mandates come due: what `mandates.status.due` says of one mandate."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import ExpressionWrapper, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Mod

from resolutions.models import AssemblySession

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable


def next_session(day: datetime.date) -> Subquery:
    """Give the number of the first session that opens on that day or later, for a query."""
    return Subquery(AssemblySession.objects.coming(day).values("number")[:1])


def coming_occurrence(day: datetime.date) -> Coalesce:
    """Give the number of the session for which a recurring mandate was next to be answered on a day, for a query.

    It is the first in its rhythm that is not past and was not answered by then; where the table of sessions has none
    such, the first beyond the table. It is null where nothing tells from which session on the mandate recurs.

    Args:
        day: the day.
    """
    latest_answer = (
        apps.get_model("mandates", "OutcomeChange")
        .objects.filter(
            mandate__task=OuterRef(OuterRef("task")),
            occurrence=OuterRef("pk"),
            effective_on__lte=day,
            kind__in=["fulfilled", "reopened"],
        )
        .order_by("-pk")
        .values("kind")[:1]
    )
    known = (
        AssemblySession.objects.filter(number__gte=Coalesce(next_session(day), 0))
        .alias(past_first=_whole(F("number") - OuterRef("recurs_from")), answer=Subquery(latest_answer))
        .alias(out_of_step=Mod("past_first", OuterRef("recurs_every"), output_field=IntegerField()))
        .filter(past_first__gte=0, out_of_step=0)
        .filter(Q(answer=None) | ~Q(answer="fulfilled"))
        .order_by("number")
    )
    last = Subquery(AssemblySession.objects.regular().order_by("-number").values("number")[:1])
    every, past = F("recurs_every"), Greatest(_whole(Coalesce(last, 0) + 1 - F("recurs_from")), 0)
    beyond = _whole(F("recurs_from") + past + (every - _whole(past % every)) % every)
    return Coalesce(Subquery(known.values("number")[:1]), beyond, output_field=IntegerField())


def _whole(expression: Combinable) -> ExpressionWrapper[Combinable]:
    return ExpressionWrapper(expression, output_field=IntegerField())
