"""Whether a mandate was answered in time, once its deadline has passed (docs/decisions/0015).

The rule stands here twice, for one answer in Python and for a whole list in SQL, as those of statuses do.
"""

from __future__ import annotations

import datetime

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When

from mandates.querysets import MandateQuerySet, latest_outcome
from resolutions.models import AssemblySession

IN_TIME, AT_SESSION, LATE, UNDATED, UNANSWERED = "in-time", "at-session", "late", "undated", "none"
ANSWERS = (IN_TIME, AT_SESSION, LATE, UNDATED, UNANSWERED)


def answer_of(
    *,
    due_on: datetime.date,
    closes_on: datetime.date | None,
    holds_from: datetime.date | None,
    evidence_on: datetime.date | None,
) -> str:
    """Say how what was due on a day that has passed was answered.

    Args:
        due_on: the day.
        closes_on: last day of the session that it was due at; None where it was due at none.
        holds_from: day since which it counts as fulfilled, `OutcomeChange.effective_on`; None where it does not.
        evidence_on: day of the evidence; None where nobody gave it.

    Returns:
        ``in-time`` by the day; ``at-session`` after the opening day, while the session lasted; ``late``; ``undated``
        where only the day on which it was recorded is known, which is later; ``none`` where no answer is recorded.
    """
    if holds_from is None:
        return UNANSWERED
    if holds_from <= due_on:
        return IN_TIME
    if evidence_on is None:
        return UNDATED
    return AT_SESSION if closes_on is not None and evidence_on <= closes_on else LATE


def fell_due(day: datetime.date) -> Q:
    """Give the condition that a mandate was to be answered by a day that has passed, for a query.

    Not so where it recurs (its occurrences have answers of their own), where it was withdrawn, and where it was asked
    again before it fell due.

    Args:
        day: that of the annotations of `MandateQuerySet.standing` or `as_at`, which the query must have.
    """
    taken_over = Q(asked_again_on__lt=F("due_on_as_at"), status_as_at="repeated")
    return Q(proposed=False, recurring=False, due_on_as_at__lt=day) & ~taken_over & ~Q(status_as_at="withdrawn")


def with_answers(queryset: MandateQuerySet, day: datetime.date) -> MandateQuerySet:
    """Leave the mandates that fell due, and annotate `answer`: how each was answered by a day.

    Args:
        queryset: with the annotations of `MandateQuerySet.standing` or `as_at`.
        day: the same day.
    """
    counts = latest_outcome(day)
    closing = AssemblySession.objects.filter(number=OuterRef("due_session_as_at")).values("closing_date")[:1]
    # Asked for what is fulfilled alone.
    when_fulfilled = Case(
        When(holds_from__lte=F("due_on_as_at"), then=Value(IN_TIME)),
        When(evidence_on=None, then=Value(UNDATED)),
        When(evidence_on__lte=F("closes_on"), then=Value(AT_SESSION)),
        default=Value(LATE),
    )
    return (
        queryset.filter(fell_due(day))
        .alias(
            holds_from=Subquery(counts.values("effective_on")[:1]),
            evidence_on=Subquery(counts.values("evidence_date")[:1]),
            closes_on=Subquery(closing),
        )
        .annotate(
            answer=Case(
                When(status_as_at="fulfilled", then=when_fulfilled),
                default=Value(UNANSWERED),
                output_field=CharField(),
            )
        )
    )
