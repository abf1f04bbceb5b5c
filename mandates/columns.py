"""The columns of the list of mandates, once, for every export: each has a name, a heading and a typed value.

A value is text, a number, a day or yes and no; how that is written is the format's affair (`mandates.exports`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.models import Mandate, MandateAddressee, MandateLink, OutcomeChange, ReportingDeadline
from mandates.querysets import MandateQuerySet

Value = str | int | bool | datetime.date | None
# Between several values in one cell; names of bodies and topics have commas of their own.
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: stable, for programs.
        heading: for people.
        value: what a mandate has in it; the second argument makes an address absolute.
    """

    name: str
    heading: str | Promise
    value: Callable[[Mandate, Callable[[str], str]], Value]


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def _addressees(mandate: Mandate) -> str:
    return _joined(row.body.name for row in mandate.column_addressees)


def _deadlines(mandate: Mandate) -> str:
    return _joined(deadline.text for deadline in mandate.column_deadlines)


def _repeated_by(mandate: Mandate) -> str:
    return _joined(link.later.key for link in mandate.column_later if link.kind == MandateLink.Kind.REPEATS)


def _repeats(mandate: Mandate) -> str:
    return _joined(link.earlier.key for link in mandate.column_earlier if link.kind == MandateLink.Kind.REPEATS)


def _parallel_of(mandate: Mandate) -> str:
    """Give the first of the set that says the same, empty for the first itself."""
    return next((link.earlier.key for link in mandate.column_earlier if link.kind == MandateLink.Kind.PARALLEL), "")


def _fulfilment(mandate: Mandate) -> OutcomeChange | None:
    changes = [change for change in mandate.column_changes if change.kind != OutcomeChange.Kind.REVIEWED]
    latest = changes[-1] if changes else None
    return latest if latest and latest.kind == OutcomeChange.Kind.FULFILLED else None


def _fulfilled_on(mandate: Mandate) -> datetime.date | None:
    fulfilment = _fulfilment(mandate)
    return fulfilment.effective_on if fulfilment else None


def _evidence(mandate: Mandate) -> str:
    fulfilment = _fulfilment(mandate)
    return _joined(filter(None, (fulfilment.evidence_symbol, fulfilment.evidence_url))) if fulfilment else ""


COLUMNS = (
    Column("key", _("Key"), lambda mandate, absolute: mandate.key),
    Column("symbol", _("Document"), lambda mandate, absolute: mandate.document.symbol),
    Column("part", _("Part"), lambda mandate, absolute: mandate.part),
    Column("paragraph", _("Paragraph"), lambda mandate, absolute: mandate.label),
    Column("topic", _("Topic"), lambda mandate, absolute: mandate.topic.name if mandate.topic else ""),
    Column("verb", _("Verb"), lambda mandate, absolute: mandate.verb),
    Column("strength", _("Strength"), lambda mandate, absolute: mandate.strength),
    Column("addressees", _("Asked of"), lambda mandate, absolute: _addressees(mandate)),
    Column("action", _("Action"), lambda mandate, absolute: mandate.action),
    Column("deadline", _("Deadline"), lambda mandate, absolute: _deadlines(mandate)),
    Column("due_session", _("Due at session"), lambda mandate, absolute: mandate.due_session_as_at),
    Column("due_date", _("Due on"), lambda mandate, absolute: mandate.due_on_as_at),
    Column("status", _("Status"), lambda mandate, absolute: mandate.status_as_at),
    Column("overdue", _("Overdue"), lambda mandate, absolute: bool(mandate.overdue_as_at)),
    Column("repeated_by", _("Repeated by"), lambda mandate, absolute: _repeated_by(mandate)),
    Column("repeats", _("Repeats"), lambda mandate, absolute: _repeats(mandate)),
    Column("parallel_of", _("Parallel of"), lambda mandate, absolute: _parallel_of(mandate)),
    Column("fulfilled_on", _("Fulfilled on"), lambda mandate, absolute: _fulfilled_on(mandate)),
    Column("evidence", _("Evidence"), lambda mandate, absolute: _evidence(mandate)),
    Column("permalink", _("Permalink"), lambda mandate, absolute: absolute(mandate.get_absolute_url())),
    Column("text", _("Text of the paragraph"), lambda mandate, absolute: mandate.paragraph.text),
)


def with_columns(queryset: MandateQuerySet, day: datetime.date) -> MandateQuerySet:
    """Read along what the columns need, in a number of queries that does not grow with the list.

    Args:
        queryset: with the annotations of `MandateQuerySet.standing` or `as_at`.
        day: on which the list is read; later decisions and later documents are left out.
    """
    links = MandateLink.objects.standing().order_by("pk")
    repeating = links.repeating() | links.filter(kind=MandateLink.Kind.PARALLEL)
    to_later = (
        repeating.filter(later__document__adopted__lte=day)
        .select_related("later")
        .only("earlier", "kind", "later__key")
    )
    to_earlier = repeating.select_related("earlier").only("later", "kind", "earlier__key")
    changes = OutcomeChange.objects.filter(effective_on__lte=day).order_by("version")
    # Into plain lists: a manager and a queryset for each row and relation would cost more than the reading.
    return queryset.select_related("document", "topic", "paragraph").prefetch_related(
        Prefetch(
            "addressee_rows",
            MandateAddressee.objects.select_related("body").order_by("position"),
            to_attr="column_addressees",
        ),
        Prefetch("deadlines", ReportingDeadline.objects.order_by("position"), to_attr="column_deadlines"),
        Prefetch("outcome_changes", changes, to_attr="column_changes"),
        Prefetch("links_to_later", to_later, to_attr="column_later"),
        Prefetch("links_to_earlier", to_earlier, to_attr="column_earlier"),
    )
