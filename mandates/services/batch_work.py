"""What a worker does for a file that staff brought: read it, and store it once somebody has looked at it."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _

from mandates.services.batch_previews import import_parse, preview_findings
from mandates.services.importing import import_carry_out
from resolutions.models import DocumentIssue, ImportRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.services import (
    RunTaken,
    import_run_claim,
    import_run_fail,
    import_run_finish,
    import_run_ready,
    import_run_release,
    source_file_release,
)

logger = logging.getLogger(__name__)


def import_continue(*, run_id: int) -> str:
    """Do what a run waits for: read its file, or store what was looked at. Safe to call twice, and at the same time.

    Args:
        run_id: of the run.

    Returns:
        The state that it is in now; empty where there was nothing to do.

    Raises:
        OperationalError, InterfaceError: the database went away; the run is begun again later.
    """
    run = import_run_claim(run_id=run_id)
    if run is None:
        return ""
    source_id = run.source_id
    try:
        if run.source is None:
            reason = _("Its bytes are not here any more; bring the file again.")
            import_run_fail(run=run, code="no_bytes", reason=reason, timings={})
        elif run.status == ImportRun.Status.STORING:
            import_carry_out(name=run.name, data=bytes(run.source.content), run=run)
        else:
            _read(run)
    except RunTaken:
        return ""
    except (OperationalError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
        import_run_release(run=run)
        raise
    status = ImportRun.objects.values_list("status", flat=True).get(pk=run_id)
    if status == ImportRun.Status.FAILED:
        source_file_release(source_id=source_id)
    return status


def _read(run: ImportRun) -> None:
    known = DocumentIssue.objects.select_related("document").filter(source_id=run.source_id).first()
    if known is not None:
        status = ImportRun.Status.UNCHANGED
        import_run_finish(
            run=run,
            status=status,
            document=known.document,
            issue=known,
            counts={},
            warnings=[],
            furniture=[],
            timings={},
        )
        return
    try:
        parsed = import_parse(run=run, follow=True)
    except UnreadableDocument as error:
        import_run_fail(run=run, code=error.code, reason=error.reason, timings={})
        return
    except (RunTaken, OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Reading %s failed", run.name)
        reason = _("The program failed on it, so nothing was stored; the log says where.")
        import_run_fail(run=run, code=ImportRun.OWN_FAULT, reason=reason, timings={})
        return
    import_run_ready(run=run, furniture=parsed.record.furniture, timings={}, **preview_findings(parsed))
