"""The queue of files that could not be imported and that nobody has set aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mandates.import_rows import ImportRow, import_row
from mandates.queues.queue import Queue, QueueFilterSet
from mandates.services.importing import PERMISSION
from resolutions.models import ImportRun


class FailedImportQueue(Queue):
    """Files that somebody brought and that failed; those of the command line are brought again there."""

    name = _("Failed imports")
    about = _("A file could not be read or stored.")
    permission = PERMISSION
    page = "mandates:review_failed_imports"
    page_of_one = "mandates:review_failed_import"
    filters = QueueFilterSet
    order = ("-pk",)

    def all(self) -> QuerySet[ImportRun]:
        return ImportRun.objects.filter(status=ImportRun.Status.FAILED, batch__isnull=False)

    def read_along(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return rows.select_related("batch__started_by", "document").defer("corrections", "furniture", "timings")

    def rows(self, found: Iterable[ImportRun]) -> list[ImportRow]:
        return [import_row(run) for run in found]


FAILED_IMPORT_QUEUE = FailedImportQueue()
