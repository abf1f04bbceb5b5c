"""Background work: each task calls one service, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from mandates.models import Mandate
from mandates.services.batch_sweep import imports_sweep
from mandates.services.batch_work import import_continue
from mandates.services.bulk import bulk_continue, bulks_sweep
from mandates.services.statuses import statuses_refresh


@shared_task(name="mandates.tasks.refresh_statuses")
def refresh_statuses() -> int:
    """Move recurring mandates on to their coming occurrence.

    They are the only ones that change with the day alone; whatever else a status follows from refreshes it at once.

    Returns:
        The number of mandates that were changed.
    """
    return statuses_refresh(mandates=Mandate.objects.filter(recurring=True))


@shared_task(name="mandates.tasks.continue_import")
def continue_import(run_id: int) -> str:
    """Read the file of an import, or store what was looked at.

    Args:
        run_id: of the run.

    Returns:
        The state that it is in now.
    """
    return import_continue(run_id=run_id)


@shared_task(name="mandates.tasks.sweep_imports")
def sweep_imports() -> tuple[int, int]:
    """Have imports begun again that stand still.

    Returns:
        How many were begun again, how many failed.
    """
    return imports_sweep()


@shared_task(name="mandates.tasks.continue_bulk")
def continue_bulk(bulk_id: int) -> int:
    """Do what waits of a decision about many mandates.

    Args:
        bulk_id: of the decision.

    Returns:
        How many mandates were decided so far.
    """
    return bulk_continue(bulk_id=bulk_id)


@shared_task(name="mandates.tasks.sweep_bulks")
def sweep_bulks() -> int:
    """Have decisions about many mandates gone on with that stand still.

    Returns:
        How many.
    """
    return bulks_sweep()
