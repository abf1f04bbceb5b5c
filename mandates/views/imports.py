"""Bringing documents: the page that takes them, and the one that shows what comes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling

from mandates.import_rows import import_row
from mandates.services.batches import batch_start, imports_store
from mandates.services.importing import PERMISSION
from mandates.uploads import MOST_BYTES, MOST_FILES, check_length, check_uploads, find_in_uploads
from resolutions.models import ImportBatch, ImportRun
from resolutions.reading.sniff import LARGEST_DOCUMENT

PER_PAGE = 25
# The part of the page that htmx asks for again.
PROGRESS = "progress"


def may_import(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only people in who may import; others sign in, or are told that they may not."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            sign_in = redirect_to_login(request.path)
            # htmx would follow the redirect and put the sign-in page into the middle of this one.
            return HttpResponseClientRedirect(sign_in["Location"]) if request.htmx else sign_in
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied(_("You are signed in, but may not import documents."))
        return view(request, *args, **kwargs)

    return checked


# The token is checked in `_take`: to look for it here would take in the whole body before its length is looked at.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_list(request: HttpRequest) -> HttpResponse:
    """Show the form and the imports so far; take files in."""
    if request.method != "POST":
        return _show(request)
    try:
        check_length(int(request.META.get("CONTENT_LENGTH") or 0))
    except ValidationError as error:
        return _show(request, error.messages, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _take(request)


@csrf_protect
def _take(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    try:
        check_uploads(files)
    except ValidationError as error:
        return _show(request, error.messages, HTTPStatus.UNPROCESSABLE_ENTITY)
    batch = batch_start(files=find_in_uploads(files), user=request.user)
    return redirect("mandates:import_batch", batch.pk)


def _show(request: HttpRequest, errors: list[str] | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
    def count(*states: str) -> Count:
        return Count("runs", filter=Q(runs__status__in=states))

    states = ImportRun.Status
    batches = (
        ImportBatch.objects.select_related("started_by")
        .annotate(
            files=Count("runs"),
            at_work=count(*ImportRun.AT_WORK),
            to_look_at=count(states.READY),
            stored=count(states.NEW, states.CHANGED),
            unchanged=count(states.UNCHANGED),
            failed=count(states.FAILED),
            left_out=count(states.DISCARDED),
        )
        .order_by("-started_at", "-pk")
    )
    context = {
        "page": Paginator(batches, PER_PAGE).get_page(request.GET.get("page")),
        "errors": errors,
        "most_files": MOST_FILES,
        "most_bytes": MOST_BYTES,
        "largest": LARGEST_DOCUMENT,
    }
    return render(request, "mandates/imports/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what comes of the files that were brought together; to htmx, only the part that moves."""
    batch = get_object_or_404(ImportBatch.objects.select_related("started_by"), pk=pk)
    if request.method == "POST":
        return _store_all(request, batch)
    runs = list(batch.runs.select_related("document").defer("corrections", "furniture", "timings").order_by("pk"))
    states = Counter(run.status for run in runs)
    moving = any(run.status in ImportRun.AT_WORK for run in runs)
    context = {
        "batch": batch,
        "rows": [import_row(run) for run in runs],
        "states": [(ImportRun.Status(status).label, states[status]) for status in ImportRun.Status if states[status]],
        "moving": moving,
        "total": len(runs),
        "settled": sum(run.status not in ImportRun.AT_WORK for run in runs),
        "clean": sum(_is_clean(run) for run in runs),
    }
    if not (request.htmx and request.htmx.target == PROGRESS):
        return render(request, "mandates/imports/batch.html", context)
    answer = render(request, "mandates/imports/progress.html", context)
    if not moving:
        answer.status_code = HttpResponseStopPolling.status_code
    return answer


def _is_clean(run: ImportRun) -> bool:
    return run.status == ImportRun.Status.READY and not run.warnings and bool(run.symbol)


def _store_all(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    ready = batch.runs.filter(status=ImportRun.Status.READY)
    count = imports_store(batch=batch, run_ids=[run.pk for run in ready if _is_clean(run)], user=request.user)
    said = ngettext("One document is being stored.", "%(count)s documents are being stored.", count) % {"count": count}
    messages.success(request, said if count else _("No document without warnings waits to be looked at."))
    return redirect("mandates:import_batch", batch.pk)
