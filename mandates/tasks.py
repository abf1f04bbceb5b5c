"""Background work: each task calls one service, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from mandates.models import Mandate
from mandates.services.statuses import statuses_refresh


@shared_task(name="mandates.tasks.refresh_statuses")
def refresh_statuses() -> int:
    """Move recurring mandates on to their coming occurrence.

    They are the only ones that change with the day alone; whatever else a status follows from refreshes it at once.

    Returns:
        The number of mandates that were changed.
    """
    return statuses_refresh(mandates=Mandate.objects.filter(recurring=True))
