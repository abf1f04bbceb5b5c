"""The queue of files that failed: one after the other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mandates.queues.failed_imports import FAILED_IMPORT_QUEUE
from mandates.services.batch_previews import import_discard
from mandates.services.batches import import_retry
from mandates.views.imports import may_import
from mandates.views.review import QueuePages
from resolutions.models import ImportRun


class FailedImportPages(QueuePages):
    """The pages of the queue of files that failed."""

    queue = FAILED_IMPORT_QUEUE
    template = "mandates/review/failed_imports.html"
    template_of_one = "mandates/review/failed_import.html"
    words = ("again", "discard")

    def decide(self, request: HttpRequest, one: ImportRun, word: str) -> str:
        if word == "again":
            import_retry(run=one, user=request.user)
            return _("%(name)s is being read again; look at it under Import.") % {"name": one.name}
        if not import_discard(run=one, user=request.user):
            raise ValidationError(_("Somebody decided about this file already."))
        return _("%(name)s is set aside.") % {"name": one.name}


_PAGES = FailedImportPages()


@require_safe
@may_import
def review_failed_imports(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    return _PAGES.show_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def review_failed_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one file that failed; take the decision and go on to the next."""
    return _PAGES.answer(request, pk=pk)
