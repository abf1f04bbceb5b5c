"""Recording that somebody looked at what a corrigendum says that could not be done."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mandates.actions.issues import CheckUnplaced
from mandates.views.imports import may_import
from resolutions.models import DocumentIssue


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def check_unplaced(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the form, and go back to the place of the issue on the page of its document."""
    issue = get_object_or_404(DocumentIssue.objects.select_related("document"), pk=pk)
    if request.method == "POST":
        try:
            if CheckUnplaced(issue=issue, seen=request.POST.get("seen", "")).execute(request.user):
                messages.success(request, _("Recorded: %(symbol)s checked.") % {"symbol": issue.symbol})
            else:
                messages.info(request, _("That was recorded already."))
        except ValidationError as error:
            messages.warning(request, error.messages[0])
    return redirect(f"{reverse('resolutions:detail', args=[issue.document.symbol])}#issue-{issue.pk}")
