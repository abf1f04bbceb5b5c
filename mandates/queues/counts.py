"""What waits for a person: each queue with its count, and the mandates that are flagged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mandates.actions.decision import PERMISSION
from mandates.models import Mandate, Reference
from mandates.querysets import MandateQuerySet
from mandates.queues.links import LINK_QUEUE
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.services.importing import PERMISSION as IMPORT
from resolutions.issues_page import issues_to_check
from resolutions.models import ImportRun

MOST_FLAGGED = 50


@dataclass(frozen=True, slots=True)
class WaitingQueue:
    """Something that waits, with its number and the page where it is worked through."""

    name: str
    about: str
    count: int
    href: str


def queues(user: Any) -> Iterator[WaitingQueue]:
    """Give the queues that a person may work through.

    Args:
        user: the person.
    """
    if user.has_perm(PERMISSION):
        for queue in (SUGGESTION_QUEUE, LINK_QUEUE):
            yield WaitingQueue(str(queue.name), str(queue.about), queue.count(), queue.address())
        yield WaitingQueue(
            _("Flagged mandates"),
            _("An import found other words than somebody decided about."),
            Mandate.objects.flagged().count(),
            reverse("mandates:review") + "#flagged",
        )
    if user.has_perm(IMPORT):
        failed = Q(status=ImportRun.Status.FAILED, batch__isnull=False)
        yield WaitingQueue(
            _("Imports"),
            _("Files that wait to be looked at, and files that failed."),
            ImportRun.objects.filter(failed | Q(status=ImportRun.Status.READY)).count(),
            reverse("mandates:import"),
        )
        yield WaitingQueue(
            _("Corrigenda"),
            _("Something they say could not be done in the text."),
            len(issues_to_check()),
            reverse("mandates:review") + "#corrigenda",
        )
        yield WaitingQueue(
            _("Citations"),
            _("A document or paragraph is cited that is not here, or cannot be told."),
            Reference.objects.exclude(state=Reference.State.RESOLVED).values("symbol", "state").distinct().count(),
            reverse("mandates:references"),
        )


def flagged_mandates() -> MandateQuerySet:
    """Give the first mandates that are flagged, with what their citation needs."""
    flagged = Mandate.objects.flagged().select_related("document", "paragraph")
    return flagged.order_by("document__symbol", "position")[:MOST_FLAGGED]
