"""Which occurrences of recurring mandates were answered in time, of those that have passed."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from mandates.figures.answers import COLUMNS, answer_line
from mandates.figures.bars import Bars, Choice, Lists, asked_of
from mandates.figures.lifetimes import open_until
from mandates.filters import MandateFilterSet
from mandates.in_time import ANSWERS, answer_of
from mandates.models import Body, OutcomeChange
from mandates.querysets import MandateQuerySet
from resolutions.models import AssemblySession

RECURRING: Choice = ("due", "recurring")


def recurring(filterset: MandateFilterSet, bodies: Mapping[int, Body]) -> Bars:
    """Count how the occurrences were answered that have passed, by body and all, in four queries.

    An occurrence falls due on the opening day of its session. It counts where the mandate still stood on that day, and
    had not been withdrawn, or asked again by a text that took its place.

    Args:
        filterset: what was asked for, no status among it.
        bodies: all of them, by id.

    Returns:
        Numbers of occurrences, each line with the number of mandates and their list.
    """
    mandates = filterset.narrowed(without=["ordering"]).filter(recurring=True, proposed=False).order_by()
    kinds = _kinds(mandates, filterset.day)
    asked: dict[int, set[int]] = defaultdict(set)
    for body, task in asked_of(filterset, mandates).values_list("body", "task"):
        asked[body].add(task)
    counts = {body: _counted(kinds[task] for task in tasks) for body, tasks in asked.items()}
    longest = max((each["total"] for each in counts.values()), default=0)
    lists = Lists(filterset.pairs(without=["proposed"]))
    lines = [
        answer_line(
            bodies[body].name,
            counts[body],
            lists,
            longest=longest,
            mandates=lists.number(len(asked[body]), ("addressee", bodies[body].slug), RECURRING),
        )
        for body in sorted(counts, key=lambda body: (-counts[body]["total"], bodies[body].name))
    ]
    everything = lists.number(len(kinds), RECURRING)
    return Bars(COLUMNS, lines, answer_line(_("All"), _counted(kinds.values()), lists, mandates=everything))


def _counted(kinds: Iterable[Counter[str]]) -> Mapping[str, int]:
    together: Counter[str] = sum(kinds, Counter())
    return {**{name: together[name] for name in ANSWERS}, "total": together.total()}


def _kinds(mandates: MandateQuerySet, day: datetime.date) -> Mapping[int, Counter[str]]:
    """Count for each task how its occurrences that have passed were answered."""
    regular = AssemblySession.objects.regular().filter(opening_date__lt=day)
    past = {
        session.number: (session.opening_date, session.closing_date)
        for session in regular
        if session.number is not None and session.opening_date is not None
    }
    answers = _answers(mandates, day)
    sessions: dict[int, set[int]] = {}
    rows = mandates.annotate(until=open_until(day)).values_list("task", "recurs_from", "recurs_every", "until")
    for task, first, every, until in rows:
        due = range(first, max(past, default=0) + 1, every) if first is not None else ()
        there = {number for number in due if number in past and past[number][0] <= until}
        sessions.setdefault(task, set()).update(there)
    return {
        task: Counter(
            answer_of(
                due_on=past[number][0],
                closes_on=past[number][1],
                holds_from=holds_from,
                evidence_on=evidence_on,
            )
            for number in numbers
            for holds_from, evidence_on in [answers.get((task, number), (None, None))]
        )
        for task, numbers in sessions.items()
    }


def _answers(
    mandates: MandateQuerySet, day: datetime.date
) -> Mapping[tuple[int, int | None], tuple[datetime.date, datetime.date | None]]:
    """Read by task and session from when on it stands as answered, and the day of the evidence; the latest counts."""
    changes = (
        OutcomeChange.objects.filter(
            mandate__task__in=mandates.values("task"), occurrence__isnull=False, effective_on__lte=day
        )
        .order_by("pk")
        .values_list("mandate__task", "occurrence__number", "kind", "effective_on", "evidence_date")
    )
    latest = {(task, number): (kind, *days) for task, number, kind, *days in changes}
    return {
        place: (holds_from, evidence_on)
        for place, (kind, holds_from, evidence_on) in latest.items()
        if kind == OutcomeChange.Kind.FULFILLED
    }
