"""The page of all that waits for a person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mandates.list_rows import cited_as
from mandates.queues.counts import flagged_mandates, queues
from resolutions.issues_page import issues_to_check


@require_safe
@login_required
def review(request: HttpRequest) -> HttpResponse:
    """Show each queue that this person may work through, with its count, and what has no page of its own."""
    waiting = list(queues(request.user))
    if not waiting:
        raise PermissionDenied(_("You may not record decisions about mandates."))
    context = {
        "queues": waiting,
        "flagged": [(cited_as(mandate), mandate) for mandate in flagged_mandates()],
        "issues": issues_to_check(),
    }
    return render(request, "mandates/review/index.html", context)
