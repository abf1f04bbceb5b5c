"""What the pages of topics show: what is open about one, what was asked most often, and which reports are on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from mandates.chain_list import chains_asked_most
from mandates.filters import MandateFilterSet, query_string
from mandates.how_often import Asked
from mandates.list_rows import Row, for_rows, make_rows
from mandates.models import Mandate, Topic
from mandates.reading import Reading
from resolutions.models import Document, KnownDocument

PER_PAGE = 25
TOPICS_PER_PAGE = 50
MOST_ASKED = 8
MOST_REPORTS = 8
STATUSES = ("open", "repeated", "fulfilled", "withdrawn")


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic with what is open about it.

    Attributes:
        numbers: how many mandates stand how, each with the address of its list.
        rows: a page of the open ones, overdue ones first.
        chains: what most sessions asked, the latest mandate of each with how often.
        reports: the last ones that were read, `known_reports` those of the register that were not.
    """

    topic: Topic
    numbers: dict[str, tuple[int, str]]
    page: Page[Mandate]
    rows: list[Row]
    chains: list[tuple[Mandate, Asked]]
    chains_href: str
    reports: list[Document]
    known_reports: list[KnownDocument]


def topic_page(topic: Topic, reading: Reading, number: str | None) -> TopicPage:
    """Gather what the page of a topic shows.

    Args:
        topic: the topic.
        reading: the day on which it is read.
        number: of the page of its open mandates.
    """
    about = ("topic", topic.slug)
    counted = reading.mandates().tracked().filter(topic=topic).order_by()
    found = counted.aggregate(
        total=_tasks(Q(pk__isnull=False)),
        overdue=_tasks(Q(overdue_as_at=True)),
        next=_tasks(Q(due_next_as_at=True)),
        **{status: _tasks(Q(status_as_at=status)) for status in STATUSES},
    )
    addresses = {
        "total": reading.listed(about),
        "overdue": reading.listed(("due", "overdue"), about),
        "next": reading.listed(("due", "next"), about),
        **{status: reading.listed(("status", status), about) for status in STATUSES},
    }
    asked_for = [("status", "open"), about, *reading.pairs, ("ordering", "status")]
    open_ones = MandateFilterSet(_data(asked_for), today=reading.day).qs.tasks()
    page = Paginator(for_rows(open_ones, reading.day if reading.past else None), PER_PAGE).get_page(number)
    return TopicPage(
        topic=topic,
        numbers={name: (found[name], href) for name, href in addresses.items()},
        page=page,
        rows=make_rows(page.object_list, reading.day),
        chains=_asked_most(about, reading),
        chains_href=query_string([about, *reading.pairs], reverse("mandates:chains")),
        reports=list(_reports(topic, reading)[:MOST_REPORTS]),
        known_reports=list(_known_reports(topic, reading)[:MOST_REPORTS]),
    )


def topics_with_counts(reading: Reading) -> QuerySet[Mandate, Any]:
    """Give the topics that mandates are about, with their numbers, those with most open ones first."""
    counts = (
        reading.mandates()
        .tracked()
        .filter(topic__isnull=False)
        .values("topic__slug", "topic__name")
        .annotate(
            total=Count("task", distinct=True),
            open=_tasks(Q(status_as_at="open")),
            overdue=_tasks(Q(overdue_as_at=True)),
            next=_tasks(Q(due_next_as_at=True)),
        )
    )
    return counts.order_by("-open", "-total", "topic__name")


def _tasks(condition: Q) -> Count:
    return Count("task", distinct=True, filter=condition)


def _data(pairs: list[tuple[str, str]]) -> QueryDict:
    return QueryDict(query_string(pairs).removeprefix("?"))


def _asked_most(about: tuple[str, str], reading: Reading) -> list[tuple[Mandate, Asked]]:
    """The latest adopted mandate of each of the chains that most sessions asked."""
    filterset = MandateFilterSet(_data([about, *reading.pairs]), today=reading.day)
    chains = [row for row in chains_asked_most(filterset)[:MOST_ASKED] if row["sessions"] > 1]
    members = (
        reading.mandates()
        .filter(chain__in=[row["chain"] for row in chains], proposed=False)
        .select_related("document", "paragraph")
        .prefetch_related("addressee_rows__body")
        .order_by("document__session__opening_date", "pk")
    )
    latest = {mandate.chain_id: mandate for mandate in members}
    return [
        (latest[row["chain"]], Asked(row["sessions"], row["first"].year if row["first"] else None))
        for row in chains
        if row["chain"] in latest
    ]


def _titled(topic: Topic) -> Q:
    """Reports whose title names the topic; "non-cooperation" is another word than "cooperation"."""
    condition = Q()
    for name in {topic.name, *topic.aliases}:
        condition |= Q(title__istartswith=name) | Q(title__icontains=f" {name}")
    return condition


def _reports(topic: Topic, reading: Reading) -> QuerySet[Document]:
    reports = Document.objects.filter(_titled(topic), kind=Document.Kind.REPORT).select_related("session")
    if reading.past:
        reports = reports.filter(Q(distributed=None) | Q(distributed__lte=reading.day))
    return reports.order_by("-session__opening_date", "-distributed", "symbol")


def _known_reports(topic: Topic, reading: Reading) -> QuerySet[KnownDocument]:
    known = KnownDocument.objects.not_read().filter(_titled(topic), kind__icontains="report")
    return known.filter(first_day__lte=reading.day) if reading.past else known
