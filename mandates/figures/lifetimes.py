"""How long mandates stay open: from adoption to fulfilment or withdrawal, as far as that is known.

One that is still open was followed to the day on which that is asked, one that was asked again to the day on which a
later text did so; neither is left out, and neither counts as done (docs/decisions/0015). Recurring ones are not here,
as they are to stay open.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, DateField, F, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from mandates.figures.bars import asked_of
from mandates.figures.survival import Lifetime, Step, Survival, survival
from mandates.filters import MandateFilterSet
from mandates.models import Body, Mandate
from mandates.querysets import MandateQuerySet, latest_outcome, there_since

# With fewer mandates, or fewer that are done, an estimate says more of chance than of them; so it does of a length of
# time for which fewer were followed.
FEWEST, FEWEST_DONE, FEWEST_FOLLOWED = 10, 5, 5
DAYS_IN_YEAR = 365.25
# Years after which the table says how many are still open.
YEARS = (0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20)
# No body has this id.
_ALL = 0
_DONE = (Mandate.Status.FULFILLED, Mandate.Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class OpenFor:
    """How long some mandates stay open.

    Attributes:
        label: whose they are; empty for all of them.
        survival: the estimate, in days.
        fulfilled, withdrawn, asked_again, open: what became of them; they add up to its total.
    """

    label: str
    survival: Survival
    fulfilled: int
    withdrawn: int
    asked_again: int
    open: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough to estimate anything."""
        return self.survival.total >= FEWEST and self.survival.ended >= FEWEST_DONE

    @property
    def told(self) -> Survival:
        """The estimate as far as it can be told: while enough of them were followed."""
        return self.survival.while_at_risk(FEWEST_FOLLOWED)

    @property
    def median(self) -> int | None:
        """Days within which half of them are done; None where there are too few, or fewer than half."""
        return self.told.median if self.is_told else None

    def milestones(self) -> list[tuple[float, Step]]:
        """Give what is known after some years, as far as any was followed."""
        days = [(years, round(years * DAYS_IN_YEAR)) for years in YEARS]
        told = self.told
        return [(years, told.at(day)) for years, day in days if day <= told.longest]


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """The mandates of a query string that do not recur, together and by body."""

    together: OpenFor
    by_body: list[OpenFor]


def lifetimes(filterset: MandateFilterSet, bodies: Mapping[int, Body]) -> Lifetimes:
    """Gather how long the adopted mandates of a query string stay open, in one query.

    Args:
        filterset: what was asked for, no status among it.
        bodies: all of them, by id.
    """
    adopted = filterset.narrowed(without=["ordering"]).filter(proposed=False).order_by()
    recurring = adopted.filter(recurring=True)
    # What one text of a parallel set asks for every year, the others ask for every year.
    once = _followed(adopted.exclude(task__in=recurring.values("task")), filterset.day)
    rows = _grouped(once.annotate(body=Value(_ALL)))
    by_body: dict[int, list[_Row]] = defaultdict(list)
    for body, *row in rows.union(_grouped(asked_of(filterset, once)), all=True):
        by_body[body].append(_Row(*row))
    together = _open_for(by_body.pop(_ALL, []))
    found = [_open_for(by_body[pk], bodies[pk].name) for pk in by_body]
    return Lifetimes(together, sorted(found, key=lambda each: (-each.survival.total, each.label)))


def _grouped(mandates: MandateQuerySet) -> QuerySet[Mandate, Any]:
    days = mandates.order_by().values_list("body", "began_on", "ended_on", "status_as_at")
    return days.annotate(count=Count("task", distinct=True))


def open_until(day: datetime.date) -> Case:
    """Give the day on which each mandate of a query was done, withdrawn or asked again; the day itself of open ones.

    Args:
        day: on which that is asked.
    """
    done = Subquery(latest_outcome(day).values("effective_on")[:1])
    return Case(
        When(status_as_at__in=_DONE, then=Coalesce(done, Value(day))),
        When(status_as_at=Mandate.Status.REPEATED, then=F("asked_again_on")),
        default=Value(day),
        output_field=DateField(),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    began_on: datetime.date
    ended_on: datetime.date
    status: str
    count: int

    @property
    def lifetime(self) -> Lifetime:
        # Evidence may be dated a little before the text that asked for it was adopted.
        return Lifetime(max(0, (self.ended_on - self.began_on).days), self.status in _DONE, self.count)


def _open_for(rows: Iterable[_Row], label: str = "") -> OpenFor:
    counts: dict[str, int] = defaultdict(int)
    rows = list(rows)
    for row in rows:
        counts[row.status] += row.count
    return OpenFor(
        label,
        survival(row.lifetime for row in rows),
        counts[Mandate.Status.FULFILLED],
        counts[Mandate.Status.WITHDRAWN],
        counts[Mandate.Status.REPEATED],
        counts[Mandate.Status.OPEN],
    )


def _followed(queryset: MandateQuerySet, day: datetime.date) -> MandateQuerySet:
    """Annotate from which day to which each was open; a parallel set from the adoption of its first citation."""
    return queryset.annotate(
        began_on=Coalesce(there_since("parallel_of__document"), there_since(), output_field=DateField()),
        ended_on=open_until(day),
    ).filter(began_on__isnull=False)
