"""The sessions for which a recurring mandate comes due, and those for which it was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from mandates.models import Mandate, OutcomeChange
from resolutions.models import AssemblySession


@dataclass(frozen=True, slots=True)
class OccurrenceSessions:
    """For which sessions a mandate comes due, up to its coming one, and for which it was answered; latest first."""

    due: tuple[AssemblySession, ...]
    answered: tuple[AssemblySession, ...]


def occurrence_sessions(mandates: Collection[Mandate]) -> dict[int, OccurrenceSessions]:
    """Read the occurrences of many mandates with two queries.

    Args:
        mandates: which ones; one that does not recur may still have answers from when it did.

    Returns:
        Those of each, by its id. An answer holds for all of a parallel set; the latest change about a session counts.
    """
    latest: dict[int, dict[int, str]] = defaultdict(dict)
    changes = OutcomeChange.objects.filter(
        mandate__task__in={mandate.task for mandate in mandates}, occurrence__isnull=False
    ).order_by("pk")
    for task, occurrence, kind in changes.values_list("mandate__task", "occurrence", "kind"):
        latest[task][occurrence] = kind
    sessions = list(AssemblySession.objects.filter(number__isnull=False).order_by("-number"))
    fulfilled, found = OutcomeChange.Kind.FULFILLED, {}
    for mandate in mandates:
        numbers: Collection[int] = ()
        if mandate.recurs_from is not None and mandate.due_session is not None:
            numbers = range(mandate.recurs_from, mandate.due_session + 1, mandate.recurs_every)
        kinds = latest.get(mandate.task, {})
        found[mandate.pk] = OccurrenceSessions(
            tuple(session for session in sessions if session.number in numbers) if numbers else (),
            tuple(session for session in sessions if kinds.get(session.pk) == fulfilled) if kinds else (),
        )
    return found


def occurrences(mandate: Mandate) -> QuerySet[AssemblySession]:
    """Give the sessions for which a recurring mandate comes due, from its first to its coming one, the latest first."""
    return _in_order(occurrence_sessions([mandate])[mandate.pk].due)


def answered_occurrences(mandate: Mandate) -> QuerySet[AssemblySession]:
    """Give the sessions for which a recurring mandate, or one parallel to it, stands as answered, the latest first."""
    return _in_order(occurrence_sessions([mandate])[mandate.pk].answered)


def _in_order(sessions: Collection[AssemblySession]) -> QuerySet[AssemblySession]:
    return AssemblySession.objects.filter(pk__in=[session.pk for session in sessions]).order_by("-number")
