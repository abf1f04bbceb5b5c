"""The sessions for which a recurring mandate comes due, and those for which it was answered."""

from __future__ import annotations

from django.db.models import QuerySet

from mandates.models import Mandate, OutcomeChange
from resolutions.models import AssemblySession


def occurrences(mandate: Mandate) -> QuerySet[AssemblySession]:
    """Give the sessions for which a recurring mandate comes due, from its first to its coming one, the latest first."""
    if mandate.recurs_from is None or mandate.due_session is None:
        return AssemblySession.objects.none()
    numbers = range(mandate.recurs_from, mandate.due_session + 1, mandate.recurs_every)
    return AssemblySession.objects.filter(number__in=numbers).order_by("-number")


def answered_occurrences(mandate: Mandate) -> QuerySet[AssemblySession]:
    """Give the sessions for which a recurring mandate stands as answered, the latest first."""
    changes = mandate.outcome_changes.filter(occurrence__isnull=False).order_by("version")
    latest = dict(changes.values_list("occurrence", "kind"))
    answered = [pk for pk, kind in latest.items() if kind == OutcomeChange.Kind.FULFILLED]
    return AssemblySession.objects.filter(pk__in=answered).order_by("-number")
