"""The row that each attempt to import a file leaves, whatever comes of it.

A run is written only by whoever holds it: a worker that was taken for dead and finishes after all finds that its run
was begun again (`attempts` moved on) or ended, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from resolutions.models import Document, DocumentIssue, ImportRun


class RunTaken(Exception):
    """Somebody else holds the run now, or it has ended; what was done for it must not be kept."""


def import_run_start(*, name: str, size: int = 0, started_by: Any = None) -> ImportRun:
    """Note that an import begins, here and now.

    Args:
        name: of the file.
        size: of the file, in bytes.
        started_by: who asked for it; None for the command line.

    Returns:
        The run, in the stage "reading".
    """
    return ImportRun.objects.create(
        name=name[-255:], size=size, stage="reading", started_by=started_by, heartbeat_at=timezone.now()
    )


def import_run_claim(*, run_id: int) -> ImportRun | None:
    """Take a run that waits for a worker.

    Args:
        run_id: of the run.

    Returns:
        The run, held by the caller until it ends or is given back; None where another has it or nothing is to be done.
    """
    run = ImportRun.objects.filter(pk=run_id, status__in=ImportRun.AT_WORK, heartbeat_at=None).first()
    if run is None or run.batch_id is None:
        return None
    taken = ImportRun.objects.filter(pk=run_id, status=run.status, attempts=run.attempts, heartbeat_at=None).update(
        attempts=run.attempts + 1, heartbeat_at=timezone.now()
    )
    if not taken:
        return None
    run.attempts += 1
    return run


def import_run_stage(*, run: ImportRun, stage: str) -> None:
    """Note which stage an import has reached, for a page that waits for it, and that work on it goes on.

    Args:
        run: the run.
        stage: for example "storing".

    Raises:
        RunTaken: another has the run now.
    """
    _write(run, stage=stage, heartbeat_at=timezone.now())


def import_run_release(*, run: ImportRun) -> None:
    """Give a run back that could not be carried out now; the sweeper has it begun again.

    Args:
        run: the run.

    Raises:
        RunTaken: another has the run now.
    """
    _write(run, heartbeat_at=None)


def import_run_ready(
    *,
    run: ImportRun,
    symbol: str,
    counts: Mapping[str, Any],
    warnings: Iterable[str],
    furniture: Iterable[str],
    timings: Mapping[str, float],
) -> None:
    """Note that a document was read and waits for a person to look at it.

    Args:
        run: the run.
        symbol: as read; empty where the document prints none.
        counts, warnings, furniture, timings: what the columns of the run say of them.

    Raises:
        RunTaken: another has the run now.
    """
    _write(
        run,
        status=ImportRun.Status.READY,
        stage="ready",
        symbol=symbol[:80],
        counts=dict(counts),
        warnings=list(warnings),
        furniture=list(furniture),
        timings=dict(timings),
        attempts=0,
        heartbeat_at=None,
    )


def import_run_finish(
    *,
    run: ImportRun,
    status: str,
    document: Document,
    issue: DocumentIssue,
    counts: Mapping[str, Any],
    warnings: Iterable[str],
    furniture: Iterable[str],
    timings: Mapping[str, float],
) -> None:
    """Note what an import did; in the transaction that does it, so that neither is there without the other.

    Args:
        run: the run.
        status: new, changed or unchanged.
        document: the one that it is about, as stored.
        issue: the issue of it that the file is.
        counts, warnings, furniture, timings: what the columns of the run say of them.

    Raises:
        RunTaken: another has the run now.
    """
    _write(
        run,
        status=status,
        stage="done",
        document=document,
        source_id=issue.source_id,
        symbol=issue.symbol,
        counts=dict(counts),
        warnings=list(warnings),
        furniture=list(furniture),
        timings=dict(timings),
        finished_at=timezone.now(),
    )


def import_run_fail(*, run: ImportRun, code: str, reason: str, timings: Mapping[str, float]) -> None:
    """Note why an import failed.

    Args:
        run: the run; its stage stays the one in which it failed.
        code: stable identifier of the reason.
        reason: a sentence for people.
        timings: seconds a stage.

    Raises:
        RunTaken: another has the run now.
    """
    _write(
        run,
        status=ImportRun.Status.FAILED,
        error_code=code[:40],
        error=reason,
        timings=dict(timings),
        finished_at=timezone.now(),
    )


def _write(run: ImportRun, **values: Any) -> None:
    held = ImportRun.objects.filter(pk=run.pk, status=run.status, attempts=run.attempts)
    if not held.update(**values):
        raise RunTaken
    for name, value in values.items():
        setattr(run, name, value)
