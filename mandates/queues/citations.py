"""The queue of citations that do not lead where they should and that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.models import Reference
from mandates.queues.queue import Queue, QueueFilterSet
from mandates.references_page import STATES, UnresolvedCitation, citation_rows, unresolved_citations
from mandates.services.importing import PERMISSION


class CitationFilterSet(QueueFilterSet):
    """Narrows the queue of citations."""

    standing = "show"
    waits = "waiting"
    state = django_filters.ChoiceFilter(
        choices=[(state.value, state.label) for state in STATES], label=_("What hinders"), empty_label=_("Anything")
    )
    show = django_filters.ChoiceFilter(
        choices=[("waiting", _("Waiting for a look")), ("checked", _("Checked"))],
        method="checked_or_not",
        label=_("Citations"),
        empty_label=None,
    )

    class Meta:
        model = Reference
        fields: tuple[str, ...] = ()

    def checked_or_not(self, rows: QuerySet[Any, Any], name: str, show: str) -> QuerySet[Any, Any]:
        """Narrow to those that somebody checked as they are, or to the others."""
        return rows.filter(checked=True) if show == "checked" else rows.exclude(checked=True)


class CitationQueue(Queue):
    """Documents and paragraphs that are cited and cannot be reached, one row a symbol and what hinders."""

    name = _("Citations")
    about = _("A document or paragraph is cited that is not here, or cannot be told.")
    permission = PERMISSION
    page = "mandates:references"
    page_of_one = "mandates:reference"
    filters = CitationFilterSet
    order = ("-places", "symbol", "state")
    key = ("state", "symbol")

    def all(self) -> QuerySet[Reference, Any]:
        return unresolved_citations()

    def rows(self, found: Iterable[Mapping[str, Any]]) -> list[UnresolvedCitation]:
        return citation_rows(found)


CITATION_QUEUE = CitationQueue()
