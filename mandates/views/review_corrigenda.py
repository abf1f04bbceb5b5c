"""The queue of corrigenda that say something which could not be done: one after the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mandates.actions.issues import CheckUnplaced
from mandates.queues.corrigenda import CORRIGENDUM_QUEUE
from mandates.views.imports import may_import
from mandates.views.review import QueuePages
from resolutions.models import DocumentIssue


class CorrigendumPages(QueuePages):
    """The pages of the queue of corrigenda."""

    queue = CORRIGENDUM_QUEUE
    template = "mandates/review/corrigenda.html"
    template_of_one = "mandates/review/corrigendum.html"
    words = ("check",)

    def decide(self, request: HttpRequest, one: DocumentIssue, word: str) -> str:
        CheckUnplaced(issue=one, seen=request.POST.get("seen", "")).execute(request.user)
        return _("Recorded: %(symbol)s checked.") % {"symbol": one.symbol}


_PAGES = CorrigendumPages()


@require_safe
@may_import
def review_corrigenda(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    return _PAGES.show_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def review_corrigendum(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one corrigendum; note that it was checked and go on to the next."""
    return _PAGES.answer(request, pk=pk)
