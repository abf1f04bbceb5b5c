"""The numbers of the dashboard. Each is the count of a list, and carries the address of that list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mandates.filter_values import TRACKED_CATEGORIES
from mandates.list_rows import BODIES, Row, make_rows
from mandates.models import OutcomeChange
from mandates.orderings import by_citation
from mandates.querysets import MandateQuerySet
from mandates.reading import Reading
from mandates.session_names import nth_session
from resolutions.models import AssemblySession, Document, ImportRun

# Rows on the page itself; the list has the rest.
MOST_DUE = 12
MOST_GROUPS = 8
MOST_OF_GROUP = 6
MOST_BODIES = 60
MOST_TOPICS = 60
MOST_CHANGES = 8

STATUSES = ("open", "repeated", "fulfilled", "withdrawn")
_COUNTS = {
    **{status: Count("task", distinct=True, filter=Q(status_as_at=status)) for status in STATUSES},
    "overdue": Count("task", distinct=True, filter=Q(overdue_as_at=True)),
    "next": Count("task", distinct=True, filter=Q(due_next_as_at=True)),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list behind it."""

    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the mandates that the tracker is for stand, and what is not among them.

    Attributes:
        total: all of them; open, repeated, fulfilled and withdrawn add up to it.
        overdue, next: of the open ones; lapsed: of the overdue ones.
        everyone: adopted mandates with those of States and others.
        proposed: mandates of text that was not adopted.
    """

    total: Figure
    open: Figure
    repeated: Figure
    fulfilled: Figure
    withdrawn: Figure
    overdue: Figure
    next: Figure
    lapsed: Figure
    everyone: Figure
    proposed: Figure


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what it is about, and its numbers.

    Attributes:
        label, href: the body, session or topic, and its list.
        total, open, overdue, next, repeated, fulfilled, withdrawn: its numbers.
        page: address of the page about it, where there is one.
        bar: width of the open ones in a hundred of the longest line; `late` of that the overdue ones.
    """

    label: str
    href: str
    total: Figure
    open: Figure
    overdue: Figure
    next: Figure
    repeated: Figure
    fulfilled: Figure
    withdrawn: Figure
    bar: int
    late: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Overdue mandates that were due on the same day: how many, the first of them, and the address of the list."""

    label: str
    day: datetime.date | None
    count: int
    rows: list[Row]
    href: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened: a decision on a mandate, or an import."""

    at: datetime.datetime
    decision: OutcomeChange | None = None
    run: ImportRun | None = None


def tracked(reading: Reading) -> MandateQuerySet:
    """The mandates that the dashboard counts, task by task: those that the list shows until told otherwise."""
    return reading.mandates().tracked()


def standing(reading: Reading) -> Standing:
    """Count by headline status, in one query."""
    counted = reading.mandates()
    ours = Q(tracked=True)
    found = counted.aggregate(
        **{status: Count("task", distinct=True, filter=ours & Q(status_as_at=status)) for status in STATUSES},
        total=Count("task", distinct=True, filter=ours),
        overdue=Count("task", distinct=True, filter=ours & Q(overdue_as_at=True)),
        next=Count("task", distinct=True, filter=ours & Q(due_next_as_at=True)),
        lapsed=Count("task", distinct=True, filter=ours & Q(lapsed_as_at=True)),
        everyone=Count("task", distinct=True, filter=Q(proposed=False)),
        proposed=Count("task", distinct=True, filter=Q(proposed=True)),
    )
    addresses = {
        **{status: reading.listed(("status", status)) for status in STATUSES},
        "total": reading.listed(),
        "overdue": reading.listed(("due", "overdue")),
        "next": reading.listed(("due", "next")),
        "lapsed": reading.listed(("due", "lapsed")),
        "everyone": reading.listed(("category", "all")),
        "proposed": reading.listed(("category", "all"), ("proposed", "yes")),
    }
    return Standing(**{name: Figure(found[name], href) for name, href in addresses.items()})


def due_next(reading: Reading) -> list[Row]:
    """Give the first mandates that are due at the next session."""
    mandates = tracked(reading).filter(due_next_as_at=True).tasks().order_by("document__symbol", "position")
    return _rows(mandates[:MOST_DUE], reading.day)


def overdue(reading: Reading) -> list[DueGroup]:
    """Give the mandates that fell due last and are still open, by the day on which they did."""
    late = tracked(reading).filter(overdue_as_at=True)
    days = (
        late.values("due_session_as_at", "due_on_as_at")
        .annotate(count=Count("task", distinct=True))
        .order_by("-due_on_as_at", F("due_session_as_at").desc(nulls_last=True))[:MOST_GROUPS]
    )
    place = Window(RowNumber(), partition_by=["due_session_as_at", "due_on_as_at"], order_by=by_citation())
    earliest = min((each["due_on_as_at"] for each in days), default=None)
    first = late.filter(due_on_as_at__gte=earliest).tasks().annotate(place=place) if earliest else late.none()
    rows: dict[tuple[int | None, datetime.date], list[Row]] = {}
    for row in _rows(first.filter(place__lte=MOST_OF_GROUP).order_by("place"), reading.day):
        rows.setdefault((row.mandate.due_session_as_at, row.mandate.due_on_as_at), []).append(row)
    return [_due_group(reading, rows, **day) for day in days]


def _due_group(
    reading: Reading,
    rows: Mapping[tuple[int | None, datetime.date], list[Row]],
    *,
    due_session_as_at: int | None,
    due_on_as_at: datetime.date,
    count: int,
) -> DueGroup:
    session, day = due_session_as_at, due_on_as_at
    return DueGroup(
        label=nth_session(session) if session else _("Until %(day)s") % {"day": date_format(day, "j F Y")},
        day=day if session else None,
        count=count,
        rows=rows.get((session, day), []),
        href=reading.listed(("due", "overdue"), *([("session", str(session))] if session else [])),
    )


def _rows(mandates: MandateQuerySet, today: datetime.date) -> list[Row]:
    read = mandates.select_related("document", "paragraph", "topic").prefetch_related(BODIES)
    return make_rows(read, today)


def by_body(reading: Reading) -> list[Line]:
    """Count by body; a mandate that asks two counts with each."""
    rows = (
        tracked(reading)
        .filter(addressees__category__in=TRACKED_CATEGORIES)
        .values("addressees__slug", "addressees__name")
        .annotate(count=Count("task", distinct=True), **_COUNTS)
        .order_by("-open", "-count", "addressees__name")[:MOST_BODIES]
    )
    return _lines(reading, [(row["addressees__name"], ("addressee", row["addressees__slug"]), row) for row in rows])


def by_topic(reading: Reading) -> list[Line]:
    """Count by topic."""
    rows = (
        tracked(reading)
        .filter(topic__isnull=False)
        .values("topic__slug", "topic__name")
        .annotate(count=Count("task", distinct=True), **_COUNTS)
        .order_by("-open", "-count", "topic__name")[:MOST_TOPICS]
    )
    return _lines(reading, [(row["topic__name"], ("topic", row["topic__slug"]), row) for row in rows])


def by_session(reading: Reading) -> list[Line]:
    """Count by the session that adopted them; each mandate has one, so the lines add up to all."""
    rows = (
        tracked(reading)
        .annotate(code=Coalesce("document__session__code", "document__session_code"))
        .values("code", "document__session__name", "document__session__opening_date")
        .annotate(count=Count("task", distinct=True), **_COUNTS)
        .order_by(F("document__session__opening_date").desc(nulls_last=True), "code")
    )
    return _lines(
        reading,
        [(_session_label(row), ("adopted_session", row["code"]) if row["code"] else None, row) for row in rows],
    )


def _session_label(row: Mapping[str, Any]) -> str:
    code = str(row["code"])
    if code.isdigit():
        return nth_session(int(code), row["document__session__opening_date"])
    return str(row["document__session__name"] or code or _("No session known"))


def _lines(reading: Reading, rows: Iterable[tuple[str, tuple[str, str] | None, Mapping[str, Any]]]) -> list[Line]:
    rows = list(rows)
    longest = max((row["open"] for _label, _pair, row in rows), default=0) or 1
    return [_line(reading, label, pair, row, longest) for label, pair, row in rows]


def _line(reading: Reading, label: str, pair: tuple[str, str] | None, row: Mapping[str, Any], longest: int) -> Line:
    def figure(name: str, *choice: tuple[str, str]) -> Figure:
        return Figure(row[name], reading.listed(pair, *choice) if pair and row[name] else "")

    return Line(
        label=label,
        href=reading.listed(pair) if pair else "",
        total=figure("count"),
        overdue=figure("overdue", ("due", "overdue")),
        next=figure("next", ("due", "next")),
        bar=round(100 * row["open"] / longest),
        late=round(100 * row["overdue"] / longest),
        page=reverse("mandates:topic", args=[pair[1]]) + reading.query if pair and pair[0] == "topic" else "",
        **{status: figure(status, ("status", status)) for status in STATUSES},
    )


def waiting(lines: Iterable[Line]) -> list[Line]:
    """Give the lines in which something is overdue or due at the next session, those with most overdue first."""
    found = [line for line in lines if line.overdue.count or line.next.count]
    return sorted(found, key=lambda line: (-line.overdue.count, -line.next.count, line.label))


def recent_changes(reading: Reading) -> Iterator[Change]:
    """Give the last decisions and imports, newest first; of a past day, those that there were by then."""
    decisions = OutcomeChange.objects.select_related("mandate__document", "mandate__paragraph").order_by(
        "-made_at", "-pk"
    )
    runs = (
        ImportRun.objects.filter(status__in=[ImportRun.Status.NEW, ImportRun.Status.CHANGED])
        .exclude(finished_at=None)
        .select_related("document")
        .order_by("-finished_at", "-pk")
    )
    if reading.past:
        decisions = decisions.filter(made_at__date__lte=reading.day)
        runs = runs.filter(finished_at__date__lte=reading.day)
    changes = [Change(decision.made_at, decision=decision) for decision in decisions[:MOST_CHANGES]]
    changes += [Change(run.finished_at, run=run) for run in runs[:MOST_CHANGES] if run.finished_at]
    yield from sorted(changes, key=lambda change: change.at, reverse=True)[:MOST_CHANGES]


def next_session(today: datetime.date) -> AssemblySession | None:
    """Give the session that opens next."""
    return AssemblySession.objects.coming(today).first()


def newest_text(day: datetime.date) -> Document | None:
    """Give the resolution that was adopted last by a day, of those that were read."""
    return (
        Document.objects.filter(kind=Document.Kind.RESOLUTION, adopted__lte=day, imported_at__isnull=False)
        .select_related("session")
        .order_by("-adopted", "symbol")
        .first()
    )
