"""The queue of corrigenda that say something which could not be done in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.queues.queue import Queue, QueueFilterSet
from mandates.services.importing import PERMISSION
from resolutions.issues_page import IssueLine, issue_line, issues_to_check, with_checks
from resolutions.models import DocumentIssue


class CorrigendumQueue(Queue):
    """Corrigenda with changes that could not be placed and that nobody has looked at as they stand now."""

    name = _("Corrigenda")
    about = _("Something they say could not be done in the text.")
    permission = PERMISSION
    page = "mandates:review_corrigenda"
    page_of_one = "mandates:review_corrigendum"
    filters = QueueFilterSet
    order = ("document__symbol", "pk")

    def all(self) -> QuerySet[DocumentIssue]:
        # Few documents are corrected, and what is left to check is told by comparing two lists.
        return DocumentIssue.objects.filter(pk__in=[issue.pk for issue in issues_to_check()])

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return with_checks(rows.select_related("document"))

    def rows(self, found: Iterable[DocumentIssue]) -> list[IssueLine]:
        return [issue_line(issue) for issue in found]


CORRIGENDUM_QUEUE = CorrigendumQueue()
