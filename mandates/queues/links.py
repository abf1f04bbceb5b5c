"""The queue of links that wait for a person, and what a page of it shows of each link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.lineage.differences import Segment, word_difference
from mandates.mandate_words import MandateWords, words_of
from mandates.models import Body, Mandate, MandateAddressee, MandateLink
from mandates.querysets import MandateLinkQuerySet
from resolutions.models import AssemblySession
from resolutions.search import parse_query, search

# Proposals for one later mandate stand together; the second makes the order one of its own.
ORDER = ("later_id", "pk")
MOST_CANDIDATES = 20
_ENDS = ("later", "earlier")


class LinkFilterSet(django_filters.FilterSet):
    """Reads the query string of the queue; a value that it does not know is left aside."""

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
    session = django_filters.ModelChoiceFilter(
        queryset=AssemblySession.objects.order_by("-opening_date"),
        field_name="later__document__session",
        to_field_name="code",
        label=_("Session of the later one"),
        empty_label=_("Any session"),
    )
    body = django_filters.ModelChoiceFilter(
        queryset=Body.objects.order_by("name"),
        method="asked_of",
        to_field_name="slug",
        label=_("Asked of"),
        empty_label=_("Any body"),
    )

    class Meta:
        model = MandateLink
        fields: Sequence[str] = ()

    def asked_of(self, links: MandateLinkQuerySet, name: str, body: Body) -> MandateLinkQuerySet:
        """Narrow to links whose later mandate asks this body."""
        return links.filter(Exists(MandateAddressee.objects.filter(mandate=OuterRef("later"), body=body)))

    @property
    def waiting(self) -> bool:
        """Whether these are the ones that wait for a decision."""
        return self.form.cleaned_data.get("state") in ("", None, "proposed")


def filter_links(query: Any) -> LinkFilterSet:
    """Read the query string; without a state, those that wait."""
    data = query.copy()
    data.setdefault("state", "proposed")
    links = MandateLink.objects.exclude(kind=MandateLink.Kind.READDRESSED).order_by(*ORDER)
    filters = LinkFilterSet(data, queryset=links)
    filters.form.is_valid()
    # What is not known is taken out, so that the rest still narrows.
    for name in filters.form.errors:
        data[name] = "proposed" if name == "state" else ""
    return LinkFilterSet(data, queryset=links) if filters.form.errors else filters


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

    @property
    def choice(self) -> str:
        """How a form names it: with the version that was seen."""
        return f"{self.link.pk}:{self.link.version}"


def with_ends(links: MandateLinkQuerySet) -> MandateLinkQuerySet:
    """Read along what rows need of both mandates."""
    parts = ("document__session", "paragraph", "topic")
    return links.select_related(*(f"{end}__{part}" for end in _ENDS for part in parts)).prefetch_related(
        *(f"{end}__{part}" for end in _ENDS for part in ("addressee_rows__body", "deadlines"))
    )


def link_rows(links: Iterable[MandateLink]) -> list[LinkRow]:
    """Give links with their words; they are read with `with_ends`."""
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a link stands in the queue; None where there is none before or after it."""

    previous: int | None
    following: int | None
    place: int
    total: int


def neighbours(links: MandateLinkQuerySet, link: MandateLink) -> Neighbours:
    """Find the links before and after one, also where it is no longer among them itself."""
    before = links.filter(Q(later_id__lt=link.later_id) | Q(later_id=link.later_id, pk__lt=link.pk))
    after = links.filter(Q(later_id__gt=link.later_id) | Q(later_id=link.later_id, pk__gt=link.pk))
    ids = before.order_by("-later_id", "-pk").values_list("pk", flat=True)
    return Neighbours(
        previous=ids.first(),
        following=after.order_by(*ORDER).values_list("pk", flat=True).first(),
        place=before.count() + 1,
        total=links.count(),
    )


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
