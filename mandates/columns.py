"""The columns of the list of mandates, once, for every export: each has a name, a heading, a meaning and a typed value.

A value is text, a number, a day, yes and no, or several texts; how that is written is the format's affair
(`mandates.exports`, `mandates.workbook`). Rows are read as tuples: objects for a mandate and all that belongs to it
would cost several times as much as the reading.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mandates.models import Mandate, MandateAddressee, MandateLink, OutcomeChange, ReportingDeadline
from mandates.querysets import MandateQuerySet

Value = str | int | bool | datetime.date | tuple[str, ...] | None
# Between several values in one cell; names of bodies and topics have commas of their own.
SEPARATOR = "; "
# A mandate as `read_rows` gives it, each of `_FIELDS` under its name.
Row = Any
_FIELDS = (
    "pk", "key", "document__symbol", "part", "label", "topic__name", "verb", "strength", "action", "due_session_as_at",
    "due_on_as_at", "status_as_at", "overdue_as_at", "lapsed_as_at", "parallel_of__key", "paragraph__text", "task",
    "chain_id", "asked_again_on",
)  # fmt: skip
# What a path holds as it is (RFC 3986), so that the address is the one that `reverse` gives.
_PATH_SIGNS = "/~:@!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to a few mandates and stands in other tables, by the id of the mandate.

    Attributes:
        addressees, deadlines: names of bodies and words of deadlines, in their order.
        earlier, later: keys of mandates that it repeats, that repeat it.
        fulfilments: by task, the decision by which it counts as fulfilled.
        permalink: gives the absolute address of a mandate by its key.
    """

    addressees: Mapping[int, Sequence[str]]
    deadlines: Mapping[int, Sequence[str]]
    earlier: Mapping[int, Sequence[str]]
    later: Mapping[tuple[int | None, datetime.date | None], Sequence[str]]
    fulfilments: Mapping[int, OutcomeChange]
    permalink: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: stable, for programs.
        heading: for people.
        value: what a mandate has in it.
        meaning: what that says, as the documentation has it.
    """

    name: str
    heading: str | Promise
    value: Callable[[Row, Beside], Value]
    meaning: str | Promise


def _fulfilled_on(row: Row, beside: Beside) -> datetime.date | None:
    fulfilment = beside.fulfilments.get(row.task)
    return fulfilment.effective_on if fulfilment else None


def _evidence(row: Row, beside: Beside) -> tuple[str, ...]:
    fulfilment = beside.fulfilments.get(row.task)
    return tuple(filter(None, (fulfilment.evidence_symbol, fulfilment.evidence_url))) if fulfilment else ()


COLUMNS = (
    Column("key", _("Key"), lambda row, beside: row.key, _("stable key of the mandate, made of printed numbers")),
    Column("symbol", _("Document"), lambda row, beside: row.document__symbol, _("symbol of its document")),
    Column("part", _("Part"), lambda row, beside: row.part, _("body, annex I ...")),
    Column(
        "paragraph", _("Paragraph"), lambda row, beside: row.label, _("label of its paragraph in that part: 25, 3(b)")
    ),
    Column("topic", _("Topic"), lambda row, beside: row.topic__name, _("topic")),
    Column("verb", _("Verb"), lambda row, beside: row.verb, _("operative verb, without adverbs")),
    Column(
        "strength",
        _("Strength"),
        lambda row, beside: row.strength,
        _("decision, request, recommendation, invitation"),
    ),
    Column(
        "addressees", _("Asked of"), lambda row, beside: tuple(beside.addressees[row.pk]), _("bodies that must act")
    ),
    Column("action", _("Action"), lambda row, beside: row.action, _("what is asked, in the words of the text")),
    Column(
        "deadline", _("Deadline"), lambda row, beside: tuple(beside.deadlines[row.pk]), _("words of each deadline")
    ),
    Column(
        "due_session",
        _("Due at session"),
        lambda row, beside: row.due_session_as_at,
        _("session of the last deadline, or of the coming occurrence of a recurring one"),
    ),
    Column(
        "due_date",
        _("Due on"),
        lambda row, beside: row.due_on_as_at,
        _("day on which that falls due, where it is known"),
    ),
    Column(
        "status",
        _("Status"),
        lambda row, beside: row.status_as_at,
        _("headline status: open, fulfilled, withdrawn, repeated; proposed for text that was not adopted"),
    ),
    Column(
        "overdue",
        _("Overdue"),
        lambda row, beside: bool(row.overdue_as_at),
        _("yes for an open mandate whose last deadline has passed"),
    ),
    Column(
        "repeated_by",
        _("Repeated by"),
        lambda row, beside: tuple(beside.later.get((row.chain_id, row.asked_again_on), ())),
        _("keys of later mandates that repeat it"),
    ),
    Column(
        "repeats",
        _("Repeats"),
        lambda row, beside: tuple(beside.earlier[row.pk]),
        _("keys of earlier mandates that it repeats"),
    ),
    Column(
        "parallel_of",
        _("Parallel of"),
        lambda row, beside: row.parallel_of__key,
        _("key of the first of those of its session that say the same"),
    ),
    Column("fulfilled_on", _("Fulfilled on"), _fulfilled_on, _("day from which it counts as fulfilled")),
    Column("evidence", _("Evidence"), _evidence, _("document or link that shows it")),
    Column(
        "permalink", _("Permalink"), lambda row, beside: beside.permalink(row.key), _("address of its page")
    ),
    Column(
        "text", _("Text of the paragraph"), lambda row, beside: row.paragraph__text, _("text of its paragraph")
    ),
    Column(
        "lapsed",
        _("Not heard of since"),
        lambda row, beside: bool(row.lapsed_as_at),
        _("yes for an overdue mandate that was not heard of since, as due=lapsed has it"),
    ),
)  # fmt: skip


def read_rows(queryset: MandateQuerySet) -> QuerySet[Mandate, Row]:
    """Read what the columns need of a mandate itself.

    Args:
        queryset: with the annotations of `MandateQuerySet.standing` or `as_at`.
    """
    return queryset.values_list(*_FIELDS, named=True)


def read_beside(rows: Sequence[Row], day: datetime.date, permalink: Callable[[str], str]) -> Beside:
    """Read along what stands in other tables, in a number of queries that does not grow with the rows.

    Args:
        rows: a few of `read_rows`.
        day: on which the list is read; later decisions and later documents are left out.
        permalink: as `permalinks` gives it.
    """
    ids = [row.pk for row in rows]
    addressees = MandateAddressee.objects.filter(mandate__in=ids).order_by("position")
    deadlines = ReportingDeadline.objects.filter(mandate__in=ids).order_by("position")
    links = MandateLink.objects.standing().filter(kind=MandateLink.Kind.REPEATS, later__in_text=True, later__in=ids)
    return Beside(
        addressees=_grouped(addressees.values_list("mandate", "body__name")),
        deadlines=_grouped(deadlines.values_list("mandate", "text")),
        earlier=_grouped(links.order_by("pk").values_list("later", "earlier__key")),
        later=_asked_again(rows, day),
        fulfilments=_fulfilments(rows, day),
        permalink=permalink,
    )


def _grouped(pairs: Iterable[tuple[int, str]]) -> Mapping[int, Sequence[str]]:
    grouped: dict[int, list[str]] = defaultdict(list)
    for mandate, words in pairs:
        grouped[mandate].append(words)
    return grouped


def _asked_again(
    rows: Sequence[Row], day: datetime.date
) -> Mapping[tuple[int | None, datetime.date | None], Sequence[str]]:
    """Find where each was asked again first, in adopted text, by its chain and the day of that."""
    again: dict[tuple[int | None, datetime.date | None], list[str]] = defaultdict(list)
    members = Mandate.objects.filter(
        chain__in={row.chain_id for row in rows if row.asked_again_on},
        proposed=False,
        in_text=True,
        document__adopted__lte=day,
    ).order_by("document__symbol", "position")
    for chain, adopted, key in members.values_list("chain", "document__adopted", "key"):
        again[chain, adopted].append(key)
    return again


def _fulfilments(rows: Sequence[Row], day: datetime.date) -> Mapping[int, OutcomeChange]:
    """Find the decisions by which those count that do; what people record holds for a parallel set."""
    tasks = {row.task for row in rows if row.status_as_at == Mandate.Status.FULFILLED.value}
    recorded = (
        OutcomeChange.objects.filter(mandate__task__in=tasks, effective_on__lte=day)
        .exclude(kind=OutcomeChange.Kind.REVIEWED)
        .select_related("mandate")
        .only("kind", "effective_on", "evidence_symbol", "evidence_url", "mandate__task")
    )
    latest = {change.mandate.task: change for change in recorded.order_by("pk")}
    return {task: change for task, change in latest.items() if change.kind == OutcomeChange.Kind.FULFILLED}


def permalinks(absolute: Callable[[str], str]) -> Callable[[str], str]:
    """Give the function that says where the page of a mandate is, by its key; resolving each address would be slow.

    Args:
        absolute: makes an address absolute.
    """
    start, _key, end = absolute(reverse("mandates:detail", args=["key"])).rpartition("key")
    return lambda key: f"{start}{quote(key, safe=_PATH_SIGNS)}{end}"
