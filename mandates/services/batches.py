"""Files that staff bring together: taken in whole, and handed to workers.

What is to be done stands in the row of the run, never in the queue alone: a message that gets lost and a worker that is
killed are made good by `batch_sweep`, and a message that comes twice finds nothing to do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mandates.services.importing import check_may_import
from resolutions.files import FoundFile
from resolutions.models import ImportBatch, ImportRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import media_type
from resolutions.services import source_file_store

logger = logging.getLogger(__name__)


def batch_start(*, files: Iterable[FoundFile], user: Any) -> ImportBatch:
    """Take files in: each gets a run, and its bytes are kept until it is clear what comes of it.

    All of them or none: what a person sent is there whole, or has to be sent again. Workers begin on commit.

    Args:
        files: found in what was sent; one that cannot be read is a run that failed.
        user: who sent them.

    Returns:
        The batch.

    Raises:
        PermissionDenied: the user may not import.
    """
    check_may_import(user)
    with transaction.atomic():
        batch = ImportBatch.objects.create(started_by=user)
        waiting = [
            run.pk for run in (_take_in(batch, found, user) for found in files) if run.status == run.Status.RUNNING
        ]
        imports_send(run_ids=waiting)
    return batch


def _take_in(batch: ImportBatch, found: FoundFile, user: Any) -> ImportRun:
    now = timezone.now()
    # The name without the folders of somebody's machine.
    name = found.name.replace("\\", "/").rpartition("/")[2][-255:]
    run = ImportRun(batch=batch, name=name, size=len(found.data or b""), stage="waiting", started_by=user)
    error = found.error
    if found.data is not None:
        try:
            run.source = source_file_store(name=name, data=found.data, media_type=media_type(found.data))
            run.queued_at = now
        except UnreadableDocument as unreadable:
            error = unreadable
    if error is not None:
        run.status, run.stage = ImportRun.Status.FAILED, "reading"
        run.error_code, run.error, run.finished_at = error.code[:40], error.reason, now
    run.save()
    return run


def import_retry(*, run: ImportRun, user: Any) -> None:
    """Have a file read again on which the program failed; a worker begins on commit.

    Args:
        run: which failed.
        user: who asks for it.

    Raises:
        PermissionDenied: the user may not import.
        ValidationError: its bytes are not here any more, or it is under way already.
    """
    check_may_import(user)
    with transaction.atomic():
        failed = ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.FAILED)
        again = failed.filter(batch__isnull=False, source__isnull=False).update(
            status=ImportRun.Status.RUNNING,
            stage="waiting",
            attempts=0,
            error="",
            error_code="",
            heartbeat_at=None,
            finished_at=None,
            queued_at=timezone.now(),
        )
        if not again:
            raise ValidationError(_("It cannot be tried again: bring the file once more under Import."))
        imports_send(run_ids=[run.pk])


def imports_send(*, run_ids: Iterable[int]) -> None:
    """Tell workers on commit that runs wait for them.

    Args:
        run_ids: of the runs. One that nobody could be told of is found by the sweep.
    """
    from mandates.tasks import continue_import  # the task calls this module

    def send() -> None:
        for run_id in run_ids:
            try:
                # What is not begun by then, the sweeper sends again.
                continue_import.apply_async((run_id,), expires=settings.IMPORT_STALLED_SECONDS)
            except Exception:
                logger.warning("No worker could be told of import %s; it is tried again", run_id, exc_info=True)
                return

    transaction.on_commit(send)
