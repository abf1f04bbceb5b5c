"""Imports that stand still are begun again, or ended with a reason."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mandates.services.batches import imports_send
from resolutions.models import ImportRun
from resolutions.services import RunTaken, import_run_fail, source_file_release

MOST_ATTEMPTS = 3


def imports_sweep() -> tuple[int, int]:
    """Have imports begun again that stand still, and end those that stood still too often.

    A run stands still where the worker that had it has not been heard of for `IMPORT_STALLED_SECONDS`, or where it has
    waited that long for one. An import from the command line cannot be begun again from here and has failed.

    Returns:
        How many were begun again, how many failed.
    """
    now = timezone.now()
    limit = now - timedelta(seconds=settings.IMPORT_STALLED_SECONDS)
    still = ImportRun.objects.filter(status__in=ImportRun.AT_WORK).filter(
        Q(heartbeat_at__lt=limit) | Q(heartbeat_at=None, queued_at__lt=limit) | Q(heartbeat_at=None, queued_at=None)
    )
    again, failed = [], 0
    for run in still:
        dead = run.heartbeat_at is not None
        try:
            if run.batch_id is None:
                reason = _(
                    "The program that imported it ended before it was done, and nothing was stored; import it again."
                )
                import_run_fail(run=run, code="interrupted", reason=reason, timings={})
                failed += 1
            elif dead and run.attempts >= MOST_ATTEMPTS:
                reason = _(
                    "Work on it broke off %(times)s times, and nothing was stored. "
                    "Bring the file alone; if that fails too, it may be too large or damaged."
                ) % {"times": run.attempts}
                import_run_fail(run=run, code="stalled", reason=reason, timings={})
                source_file_release(source_id=run.source_id)
                failed += 1
            else:
                same = ImportRun.objects.filter(pk=run.pk, status=run.status, attempts=run.attempts)
                if same.filter(heartbeat_at=run.heartbeat_at).update(heartbeat_at=None, queued_at=now):
                    again.append(run.pk)
        except RunTaken:
            continue
    imports_send(run_ids=again)
    return len(again), failed
