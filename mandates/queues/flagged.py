"""The queue of mandates that are flagged: somebody decided, and an import found something else in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.list_rows import BODIES
from mandates.models import Mandate
from mandates.queues.queue import AskedOfFilter, Queue, QueueFilterSet, SessionFilter


class FlaggedFilterSet(QueueFilterSet):
    """Narrows the queue of flagged mandates."""

    session = SessionFilter("document__session", _("Session of the mandate"))
    body = AskedOfFilter("pk")


class FlaggedQueue(Queue):
    """Mandates that an import flagged for a person to look at."""

    name = _("Flagged mandates")
    about = _("An import found other words than somebody decided about.")
    page = "mandates:review_flagged"
    page_of_one = "mandates:review_flagged_mandate"
    filters = FlaggedFilterSet
    order = ("document__symbol", "position", "pk")

    def all(self) -> QuerySet[Mandate]:
        return Mandate.objects.flagged()

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return rows.select_related("document__session", "paragraph", "topic").prefetch_related(BODIES, "deadlines")

    def rows(self, found: Iterable[Mandate]) -> list[Mandate]:
        return list(found)


FLAGGED_QUEUE = FlaggedQueue()
