"""What waits for a person: each queue with its count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mandates.queues.citations import CITATION_QUEUE
from mandates.queues.corrections import CORRECTION_QUEUE
from mandates.queues.corrigenda import CORRIGENDUM_QUEUE
from mandates.queues.failed_imports import FAILED_IMPORT_QUEUE
from mandates.queues.flagged import FLAGGED_QUEUE
from mandates.queues.links import LINK_QUEUE
from mandates.queues.queue import Queue
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.services.importing import PERMISSION as IMPORT
from resolutions.models import ImportRun

QUEUES: tuple[Queue, ...] = (
    SUGGESTION_QUEUE,
    LINK_QUEUE,
    FLAGGED_QUEUE,
    CORRECTION_QUEUE,
    FAILED_IMPORT_QUEUE,
    CORRIGENDUM_QUEUE,
    CITATION_QUEUE,
)


@dataclass(frozen=True, slots=True)
class WaitingQueue:
    """Something that waits, with its number and the page where it is worked through."""

    name: str
    about: str
    count: int
    href: str


def queues_of(user: Any) -> list[Queue]:
    """Give the queues that a person may work through.

    Args:
        user: the person.
    """
    return [queue for queue in QUEUES if user.has_perm(queue.permission)]


def queues(user: Any) -> Iterator[WaitingQueue]:
    """Give what a person may work through, with how many wait.

    Args:
        user: the person.
    """
    for queue in queues_of(user):
        yield WaitingQueue(str(queue.name), str(queue.about), queue.count(), queue.address())
    if user.has_perm(IMPORT):
        yield WaitingQueue(
            _("Imports to look at"),
            _("Files that were read and wait to be stored."),
            ImportRun.objects.filter(status=ImportRun.Status.READY).count(),
            reverse("mandates:import"),
        )
