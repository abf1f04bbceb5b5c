"""The queue of links that wait for a person, and what a page of it shows of each link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.lineage.differences import Segment, word_difference
from mandates.mandate_words import MandateWords, words_of
from mandates.models import Mandate, MandateLink
from mandates.queues.queue import AskedOfFilter, Queue, QueueFilterSet, SessionFilter
from resolutions.finding.query import parse_query
from resolutions.search import search

MOST_CANDIDATES = 20
_ENDS = ("later", "earlier")


class LinkFilterSet(QueueFilterSet):
    """Narrows the queue of links."""

    waits = "proposed"
    state = django_filters.ChoiceFilter(
        choices=[
            ("proposed", _("Waiting for a decision")),
            ("confirmed", _("Confirmed")),
            ("rejected", _("Rejected")),
            ("found", _("Found by the tracker, not looked at")),
        ],
        field_name="decision",
        label=_("Links"),
        empty_label=None,
    )
    session = SessionFilter("later__document__session", _("Session of the later one"))
    body = AskedOfFilter("later")


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as the queue shows it: what was asked before and what is asked now, word by word."""

    link: MandateLink
    before: MandateWords
    after: MandateWords
    segments: tuple[Segment, ...]

    @property
    def matched(self) -> list[tuple[str, str]]:
        """What both have, as kind and words: ``body``, ``Bureau``."""
        pairs = (str(each).partition(": ") for each in self.link.matched)
        return [(kind, words) for kind, _mark, words in pairs]


class LinkQueue(Queue):
    """Links that the tracker proposes, and those that were decided about."""

    name = _("Proposed links")
    about = _("A mandate may repeat an earlier one; the tracker is not sure.")
    page = "mandates:review_links"
    page_of_one = "mandates:review_link"
    filters = LinkFilterSet
    # Proposals for one later mandate stand together; the second makes the order one of its own.
    order = ("later_id", "pk")

    def all(self) -> QuerySet[MandateLink]:
        return MandateLink.objects.exclude(kind=MandateLink.Kind.READDRESSED)

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        parts = ("document__session", "paragraph", "topic")
        return rows.select_related(*(f"{end}__{part}" for end in _ENDS for part in parts)).prefetch_related(
            *(f"{end}__{part}" for end in _ENDS for part in ("addressee_rows__body", "deadlines"))
        )

    def rows(self, found: Iterable[MandateLink]) -> list[LinkRow]:
        return link_rows(found)


LINK_QUEUE = LinkQueue()


def link_rows(links: Iterable[MandateLink]) -> list[LinkRow]:
    """Give links with their words; they are read with `LinkQueue.read_along`."""
    rows = list(links)
    words = words_of({mandate.pk: mandate for link in rows for mandate in (link.later, link.earlier)}.values())
    return [
        LinkRow(
            link,
            words[link.earlier_id],
            words[link.later_id],
            word_difference(words[link.earlier_id].text, words[link.later_id].text),
        )
        for link in rows
    ]


def candidates(link: MandateLink, words: str) -> list[Mandate]:
    """Find what the later mandate may repeat instead.

    Args:
        link: the proposal.
        words: as for `find_mandates`; where empty, what else the tracker thought of.

    Returns:
        At most twenty mandates, neither of them an end of the link.
    """
    ends = [link.later_id, link.earlier_id]
    if words:
        return find_mandates(words, leave_out=ends)
    linked = MandateLink.objects.filter(Q(later=link.later_id) | Q(earlier=link.later_id)).exclude(
        decision=MandateLink.Decision.CONFIRMED
    )
    ids = {pk for pair in linked.values_list("later_id", "earlier_id") for pk in pair}
    return _listed(Mandate.objects.filter(in_text=True, pk__in=ids).exclude(pk__in=ends))


def find_mandates(words: str, leave_out: Iterable[int]) -> list[Mandate]:
    """Find mandates to link with.

    Args:
        words: a symbol with its paragraph, or words of the text; what asks for nothing finds nothing.
        leave_out: ids of mandates that are not meant.

    Returns:
        At most twenty, the latest first.
    """
    query = parse_query(words)
    if not query:
        return []
    found = search(Mandate.objects.filter(in_text=True), query, paragraph="paragraph")
    return _listed(found.exclude(pk__in=leave_out))


def _listed(mandates: QuerySet[Mandate]) -> list[Mandate]:
    return list(
        mandates.select_related("document__session", "paragraph")
        .prefetch_related("addressee_rows__body", "deadlines")
        .order_by("-document__session__opening_date", "document", "position")[:MOST_CANDIDATES]
    )
