"""Keeps the columns of a mandate that follow from its text, its links and what people decided."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from mandates import status
from mandates.models import Body, Mandate, OutcomeChange
from mandates.querysets import MandateQuerySet
from resolutions.models import AssemblySession

# Few enough that nobody waits long for a row that is locked.
BATCH = 1000
DERIVED = ["headline_status", "tracked", "recurring", "recurs_from", "recurs_every", "due_session", "due_on"]
TRACKED_CATEGORIES = frozenset({Body.Category.ASSEMBLY_BODY, Body.Category.COURT_ORGAN})


def calendar_load() -> status.Calendar:
    """Read the sessions, as the rules want them.

    Returns:
        The calendar, as it is known now.
    """
    openings: dict[int, datetime.date | None] = {}
    events: dict[str, datetime.date] = {}
    for session in AssemblySession.objects.all():
        if session.number is not None:
            openings[session.number] = session.opening_date
        elif session.opening_date:
            events[str(session)] = session.opening_date
    return status.Calendar(openings, events)


def statuses_refresh(*, mandates: MandateQuerySet | None = None, today: datetime.date | None = None) -> int:
    """Bring the derived columns of mandates, and of what is parallel to them, up to date.

    Safe to run at any time and twice: a mandate that is right already is not written. Each thousand is a transaction of
    its own, locked in one order with imports and decisions, so that none waits for another in a ring.

    Args:
        mandates: which ones; all of them where it is None. Only those that recur change with the day alone.
        today: the day on which they are looked at; the present one where it is None.

    Returns:
        The number of mandates that were changed.
    """
    day = today or timezone.localdate()
    queryset = Mandate.objects.all() if mandates is None else mandates
    calendar = calendar_load()
    changed, last = 0, 0
    queryset = Mandate.objects.filter(task__in=queryset.values("task")) if mandates is not None else queryset
    while ids := list(queryset.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        with transaction.atomic():
            changed += _refresh(ids, calendar, day)
    return changed


def _refresh(ids: list[int], calendar: status.Calendar, today: datetime.date) -> int:
    in_category = Body.objects.filter(mandate_rows__mandate=OuterRef("pk"), category__in=TRACKED_CATEGORIES)
    rows = (
        Mandate.objects.filter(pk__in=ids)
        .order_by("pk")
        .annotate(is_for_us=Exists(in_category))
        .select_related("document__session")
        .prefetch_related("deadlines")
        .select_for_update(of=("self",))
    )
    answered = _answered(ids)
    changed = []
    for row in rows:
        before = [getattr(row, name) for name in DERIVED]
        document = row.document
        due = status.due(
            row.deadlines.all(),
            calendar=calendar,
            today=today,
            given_at=document.session.number if document.session else None,
            given_on=document.adopted or document.distributed,
            answered=answered[row.task],
        )
        row.headline_status = status.headline(
            outcome=row.outcome,
            proposed=row.proposed,
            repeated=row.asked_again_on is not None and row.asked_again_on <= today,
        )
        # What the text no longer says is kept for its history, but not listed and counted beside what replaced it.
        row.tracked = row.is_for_us and row.in_text and not row.proposed
        row.recurring, row.recurs_from, row.recurs_every = due.recurring, due.recurs_from, due.recurs_every
        row.due_session, row.due_on = due.session, due.on
        if before != [getattr(row, name) for name in DERIVED]:
            changed.append(row)
    Mandate.objects.bulk_update(changed, DERIVED, batch_size=BATCH)
    return len(changed)


def _answered(ids: Iterable[int]) -> dict[int, set[int]]:
    """Numbers of the sessions for which each task stands as answered: the latest change about a session counts."""
    answered: dict[int, set[int]] = defaultdict(set)
    tasks = Mandate.objects.filter(pk__in=ids).values("task")
    changes = OutcomeChange.objects.filter(mandate__task__in=tasks, occurrence__isnull=False).order_by("pk")
    for task, number, kind in changes.values_list("mandate__task", "occurrence__number", "kind"):
        if number is None:
            continue
        if kind == OutcomeChange.Kind.FULFILLED:
            answered[task].add(number)
        elif kind == OutcomeChange.Kind.REOPENED:
            answered[task].discard(number)
    return answered
