"""The queue of mandates that an import flagged: one after the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mandates.actions.outcomes import Review
from mandates.models import Mandate, OutcomeChange
from mandates.queues.flagged import FLAGGED_QUEUE
from mandates.views.review import PER_PAGE, QueuePages, may_decide, sent_note, sent_version


class FlaggedPages(QueuePages):
    """The pages of the queue of flagged mandates."""

    queue = FLAGGED_QUEUE
    template = "mandates/review/flagged.html"
    template_of_one = "mandates/review/flagged_mandate.html"
    words = ("review",)
    gone = gettext_lazy("It is gone: the last import no longer found it.")

    def decide(self, request: HttpRequest, one: Mandate, word: str) -> str:
        Review(mandate=one, version=sent_version(request), note=sent_note(request)).execute(request.user)
        return _("Reviewed: the flag is taken away; the history keeps what it said.")

    def more_of_one(self, request: HttpRequest, one: Mandate) -> dict[str, Any]:
        changes = OutcomeChange.objects.filter(mandate__task=one.task).select_related("made_by")
        return {"decisions": changes.order_by("-pk")[:PER_PAGE]}


_PAGES = FlaggedPages()


@require_safe
@may_decide
def review_flagged(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    return _PAGES.show_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_flagged_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one flagged mandate; take the review and go on to the next."""
    return _PAGES.answer(request, pk=pk)
