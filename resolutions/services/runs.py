"""The row that each attempt to import a file leaves, whatever comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from resolutions.models import Document, ImportRun


def import_run_start(*, name: str, started_by: Any = None) -> ImportRun:
    """Note that an import begins.

    Args:
        name: of the file.
        started_by: who asked for it; None for the command line.

    Returns:
        The run, in the stage "reading".
    """
    return ImportRun.objects.create(name=name[-255:], stage="reading", started_by=started_by)


def import_run_stage(*, run: ImportRun, stage: str) -> None:
    """Note which stage an import has reached, for a page that waits for it.

    Args:
        run: the run.
        stage: for example "storing".
    """
    run.stage = stage
    run.save(update_fields=["stage"])


def import_run_finish(
    *,
    run: ImportRun,
    status: str,
    document: Document,
    counts: Mapping[str, Any],
    warnings: Iterable[str],
    furniture: Iterable[str],
    timings: Mapping[str, float],
) -> None:
    """Note what an import did.

    Args:
        run: the run.
        status: new, changed or unchanged.
        document: the one that it is about, as stored.
        counts, warnings, furniture, timings: what the columns of the run say of them.
    """
    run.status, run.stage = status, "done"
    run.document, run.source = document, document.source
    run.counts, run.timings = dict(counts), dict(timings)
    run.warnings, run.furniture = list(warnings), list(furniture)
    run.finished_at = timezone.now()
    run.save()


def import_run_fail(*, run: ImportRun, code: str, reason: str, timings: Mapping[str, float]) -> None:
    """Note why an import failed.

    Args:
        run: the run; its stage stays the one in which it failed.
        code: stable identifier of the reason.
        reason: a sentence for people.
        timings: seconds a stage.
    """
    run.status = ImportRun.Status.FAILED
    run.error_code, run.error = code[:40], reason
    run.timings = dict(timings)
    run.finished_at = timezone.now()
    run.save()
