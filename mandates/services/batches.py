"""Files that staff bring together: each is read by a worker, looked at by a person, and then stored or left out.

What is to be done stands in the row of the run, never in the queue alone: a message that gets lost and a worker that is
killed are made good by `imports_sweep`, and a message that comes twice finds nothing to do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mandates.pipeline import ParsedDocument, parse_document, parsed_corrected
from mandates.services.import_warnings import preview_warnings
from mandates.services.importing import PERMISSION, import_carry_out
from resolutions.corrections import header_of
from resolutions.files import FoundFile
from resolutions.models import Document, ImportBatch, ImportRun
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.sniff import media_type
from resolutions.services import (
    RunTaken,
    import_run_claim,
    import_run_fail,
    import_run_finish,
    import_run_ready,
    import_run_release,
    import_run_stage,
    source_file_release,
    source_file_store,
)
from resolutions.structure.symbols import canonical_symbol

MOST_ATTEMPTS = 3

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
    _check_permission(user)
    with transaction.atomic():
        batch = ImportBatch.objects.create(started_by=user)
        waiting = [
            run.pk for run in (_take_in(batch, found, user) for found in files) if run.status == run.Status.RUNNING
        ]
        _send_on_commit(waiting)
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
    known = Document.objects.filter(source_id=run.source_id).first()
    if known is not None:
        status = ImportRun.Status.UNCHANGED
        import_run_finish(run=run, status=status, document=known, counts={}, warnings=[], furniture=[], timings={})
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
        import_run_fail(run=run, code="internal_error", reason=reason, timings={})
        return
    import_run_ready(run=run, furniture=parsed.record.furniture, timings={}, **_findings(parsed))


def _findings(parsed: ParsedDocument) -> dict[str, Any]:
    return {
        "symbol": parsed.record.symbol,
        "counts": {
            "paragraphs": {"found": len(parsed.record.paragraphs)},
            "mandates": {"found": len(parsed.extraction.mandates)},
        },
        "warnings": preview_warnings(parsed),
    }


def import_parse(*, run: ImportRun, follow: bool = False, as_printed: bool = False) -> ParsedDocument:
    """Read the bytes of a run, with the head as staff corrected it.

    Args:
        run: one that has its bytes.
        follow: note each stage in the run.
        as_printed: leave corrections out.

    Returns:
        What would be stored.

    Raises:
        UnreadableDocument: it cannot be read.
        RunTaken: `follow` is given, and another has the run now.
    """
    assert run.source is not None
    parsed = parse_document(
        bytes(run.source.content),
        run.name,
        on_stage=(lambda stage: import_run_stage(run=run, stage=stage)) if follow else (lambda stage: None),
    )
    return parsed if as_printed else parsed_corrected(parsed, corrections_standing(run, parsed.record.symbol))


def corrections_standing(run: ImportRun, symbol: str) -> Mapping[str, str]:
    """Give the corrections that hold for a run: those made in it, else those of the document that is there already.

    Args:
        run: the run.
        symbol: as read.
    """
    if run.corrections is not None:
        return run.corrections
    document = Document.objects.filter(symbol=symbol).first() if symbol else None
    return {} if document is None else {k: v for k, v in document.corrections.items() if k != "symbol"}


def import_correct(*, run: ImportRun, header: Mapping[str, str], user: Any) -> None:
    """Correct the head of a document that waits to be looked at.

    Args:
        run: the run.
        header: fields as `resolutions.corrections.header_of` gives them; what is as printed is no correction.
        user: who corrects it.

    Raises:
        PermissionDenied: the user may not import.
        ValidationError: the symbol is none; `code` is ``symbol``.
        UnreadableDocument: the file cannot be read any more.
        RunTaken: it no longer waits to be looked at.
    """
    _check_permission(user)
    header = dict(header)
    if header.get("symbol"):
        canonical = canonical_symbol(header["symbol"])
        if canonical is None:
            raise ValidationError(
                _("“%(symbol)s” is no document symbol; one looks like ICC-ASP/21/Res.2."),
                code="symbol",
                params={"symbol": header["symbol"]},
            )
        header["symbol"] = canonical
    printed = import_parse(run=run, as_printed=True)
    as_printed = header_of(printed.record)
    corrections = {name: value for name, value in header.items() if value != as_printed[name]}
    found = _findings(parsed_corrected(printed, corrections))
    if not _waiting(ImportRun.objects.filter(pk=run.pk)).update(corrections=corrections, **found):
        raise RunTaken


def imports_store(*, batch: ImportBatch, run_ids: Iterable[int], user: Any) -> int:
    """Have documents stored that were looked at; workers begin on commit.

    Args:
        batch: to which they belong.
        run_ids: of the runs; those that do not wait to be looked at, or have no symbol, are left as they are.
        user: who decided it.

    Returns:
        How many will be stored.

    Raises:
        PermissionDenied: the user may not import.
    """
    _check_permission(user)
    accepted = []
    with transaction.atomic():
        for run_id in run_ids:
            runs = _waiting(batch.runs.filter(pk=run_id)).exclude(symbol="")
            if runs.update(
                status=ImportRun.Status.STORING,
                stage="waiting",
                attempts=0,
                heartbeat_at=None,
                queued_at=timezone.now(),
            ):
                accepted.append(run_id)
        _send_on_commit(accepted)
    return len(accepted)


def import_discard(*, run: ImportRun, user: Any) -> bool:
    """Leave a document out that was looked at; its bytes go, unless something else has them.

    Args:
        run: the run.
        user: who decided it.

    Returns:
        False where it does not wait to be looked at.

    Raises:
        PermissionDenied: the user may not import.
    """
    _check_permission(user)
    with transaction.atomic():
        left_out = _waiting(ImportRun.objects.filter(pk=run.pk)).update(
            status=ImportRun.Status.DISCARDED, stage="done", finished_at=timezone.now()
        )
        if left_out:
            source_file_release(source_id=run.source_id)
    return bool(left_out)


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
    _send_on_commit(again)
    return len(again), failed


def _waiting(runs: Any) -> Any:
    return runs.filter(status=ImportRun.Status.READY)


def _check_permission(user: Any) -> None:
    if not (user.is_active and user.has_perm(PERMISSION)):
        raise PermissionDenied(_("You may not import documents."))


def _send_on_commit(run_ids: Iterable[int]) -> None:
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
