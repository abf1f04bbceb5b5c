"""What became of the mandates: counts by headline status, by session of adoption and by body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.figures.bars import Bars, Choice, Column, Lists, asked_of, make_line
from mandates.filters import MandateFilterSet
from mandates.marks import MARKS
from mandates.models import Body, Mandate
from mandates.querysets import MandateQuerySet
from mandates.session_names import nth_session
from resolutions.models import AssemblySession

_STATUSES = tuple(
    Column(status.value, MARKS[status.value], (("status", status.value),))
    for status in (
        Mandate.Status.FULFILLED,
        Mandate.Status.WITHDRAWN,
        Mandate.Status.REPEATED,
        Mandate.Status.OPEN,
    )
)
_OVERDUE = Column("overdue", MARKS["overdue"], (("due", "overdue"),), within="open")
_LAPSED = Column("lapsed", gettext_lazy("Not heard of since"), (("due", "lapsed"),), within="overdue")
_PROPOSED = Column("proposed", MARKS["proposed"], (("proposed", "yes"),))
_NAMES = (*(column.name for column in _STATUSES), "overdue", "lapsed", "proposed", "total")


def columns_of(filterset: MandateFilterSet) -> tuple[Column, ...]:
    """Give the statuses that the mandates of a query string can have; overdue ones are among the open ones."""
    columns = (*_STATUSES, _OVERDUE, _LAPSED) if False in filterset.texts else ()
    return (*columns, _PROPOSED) if True in filterset.texts else columns


def by_session(filterset: MandateFilterSet) -> Bars:
    """Count by the session that adopted them, the latest first; each mandate has one, so the lines add up to all."""
    mandates = filterset.narrowed(without=["ordering"]).annotate(
        line=Coalesce("document__session__code", "document__session_code")
    )
    counts = _counts(mandates, "line")
    sessions = AssemblySession.objects.in_bulk(field_name="code")
    latest = sorted(counts, key=lambda code: _latest_first(sessions.get(code), code))
    totals = {name: sum(each[name] for each in counts.values()) for name in _NAMES}
    rows = [
        (_called(sessions.get(code), code), ("adopted_session", code) if code else None, counts[code])
        for code in latest
    ]
    return _bars(filterset, rows, totals)


def by_body(filterset: MandateFilterSet, bodies: Mapping[int, Body]) -> Bars:
    """Count by body, the one with most mandates first; a mandate that asks two counts with each."""
    counts = _counts(asked_of(filterset, filterset.narrowed(without=["ordering"])), "body")
    rows = [(bodies[pk].name, ("addressee", bodies[pk].slug), found) for pk, found in counts.items()]
    return _bars(filterset, sorted(rows, key=lambda row: (-row[2]["total"], row[0])))


def _counts(mandates: MandateQuerySet, line: str) -> Mapping[Any, Mapping[str, int]]:
    """Count by status for each line, in one query.

    All of a parallel set have one status. Of what is overdue all or none was heard of since; but of a set only those
    with a deadline are overdue, so that they are counted apart.
    """
    silent = Case(When(lapsed_as_at=True, then=Value("lapsed")), default=Value("heard"))
    kinds = (
        mandates.order_by().annotate(kind=F("status_as_at")),
        mandates.order_by().filter(overdue_as_at=True).annotate(kind=silent),
    )
    first, second = (each.values_list(line, "kind").annotate(count=Count("task", distinct=True)) for each in kinds)
    found: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_NAMES, 0))
    for about, kind, count in first.union(second, all=True):
        names = {"lapsed": ("overdue", "lapsed"), "heard": ("overdue",)}.get(kind, (kind, "total"))
        for name in names:
            found[about][name] += count
    return found


def _bars(
    filterset: MandateFilterSet,
    rows: Iterable[tuple[str, Choice | None, Mapping[str, int]]],
    totals: Mapping[str, int] | None = None,
) -> Bars:
    columns, lists, rows = columns_of(filterset), Lists(filterset.pairs()), list(rows)
    longest = max((row["total"] for _label, _about, row in rows), default=0)
    lines = [
        make_line(label, row, columns, lists, about=about, linked=about is not None, longest=longest)
        for label, about, row in rows
    ]
    return Bars(columns, lines, make_line(_("All"), totals, columns, lists) if totals else None)


def _latest_first(session: AssemblySession | None, code: str) -> tuple[int, str]:
    return (-session.opening_date.toordinal() if session and session.opening_date else 0, code)


def _called(session: AssemblySession | None, code: str) -> str:
    if code.isdigit():
        return nth_session(int(code), session.opening_date if session else None)
    return (session.name if session else "") or code or _("No session known")
