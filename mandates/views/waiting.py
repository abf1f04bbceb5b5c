"""The page of all that waits for a person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mandates.queues.counts import queues


@require_safe
@login_required
def review(request: HttpRequest) -> HttpResponse:
    """Show each queue that this person may work through, with its count."""
    waiting = list(queues(request.user))
    if not waiting:
        raise PermissionDenied(_("You may not record decisions about mandates."))
    return render(request, "mandates/review/index.html", {"queues": waiting})
