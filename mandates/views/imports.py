"""Bringing documents: the page that takes them, and the one that shows what comes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseStopPolling

from mandates.import_rows import import_row
from mandates.services.batch_previews import imports_store
from mandates.services.batches import batch_start
from mandates.services.importing import PERMISSION
from mandates.uploads import MOST_BYTES, MOST_FILES, check_length, check_uploads, find_in_uploads
from mandates.views.access import only_with
from resolutions.models import ImportBatch, ImportRun
from resolutions.reading.sniff import LARGEST_DOCUMENT

PER_PAGE = 25
FILES_PER_PAGE = 50
MEGABYTE = 1024 * 1024
# So long a file may wait for a worker before the page says that none seems to be there.
PATIENCE = timedelta(minutes=1)
# The part of the page that htmx asks for again.
PROGRESS = "progress"


may_import = only_with(PERMISSION, gettext_lazy("You are signed in, but may not import documents."))


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
    batches = (
        ImportBatch.objects.select_related("started_by").annotate(**_counts("runs")).order_by("-started_at", "-pk")
    )
    by_command = ImportRun.objects.filter(batch=None).aggregate(last=Max("started_at"), **_counts())
    context = {
        "page": Paginator(batches, PER_PAGE).get_page(request.GET.get("page")),
        "by_command": by_command if by_command["files"] else None,
        "errors": errors,
        "most_files": MOST_FILES,
        "most_megabytes": MOST_BYTES // MEGABYTE,
        "largest": LARGEST_DOCUMENT // MEGABYTE,
    }
    return render(request, "mandates/imports/list.html", context, status=status)


def _counts(runs: str = "") -> dict[str, Count]:
    """Count runs by what came of them; `runs` is the way to them from what is annotated."""
    states = ImportRun.Status
    counted = {
        "files": tuple(states),
        "at_work": ImportRun.AT_WORK,
        "to_look_at": (states.READY,),
        "stored": (states.NEW, states.CHANGED),
        "unchanged": (states.UNCHANGED,),
        "failed": (states.FAILED,),
        "left_out": (states.DISCARDED,),
    }
    status = f"{runs}__status__in" if runs else "status__in"
    return {name: Count(runs or "pk", filter=Q((status, which))) for name, which in counted.items()}


@require_safe
@may_import
def import_commands(request: HttpRequest) -> HttpResponse:
    """Show what came of files that were imported from the command line, newest first."""
    runs = _lines(ImportRun.objects.filter(batch=None).order_by("-pk"))
    page = Paginator(runs, FILES_PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    return _followed(request, "mandates/imports/commands.html", shown, {"page": page, "total": page.paginator.count})


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what comes of the files that were brought together; to htmx, only the part that moves."""
    batch = get_object_or_404(ImportBatch.objects.select_related("started_by"), pk=pk)
    if request.method == "POST":
        return _store_all(request, batch)
    runs = list(_lines(batch.runs.order_by("pk")))
    context = {"batch": batch, "total": len(runs), "clean": len(_clean(runs)), "unattended": _unattended(runs)}
    return _followed(request, "mandates/imports/batch.html", runs, context)


def _lines(runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    return runs.select_related("document").defer("corrections", "furniture", "timings")


def _followed(request: HttpRequest, template: str, runs: Sequence[ImportRun], context: dict[str, Any]) -> HttpResponse:
    """Answer with a page of files; to htmx with the part of it that moves, which stops asking when all rest."""
    states = Counter(run.status for run in runs)
    shared = _shared(runs)
    moving = any(run.status in ImportRun.AT_WORK for run in runs)
    context |= {
        "rows": [import_row(run, shared=run.status == ImportRun.Status.READY and run.symbol in shared) for run in runs],
        "states": [(ImportRun.Status(status).label, states[status]) for status in ImportRun.Status if states[status]],
        "moving": moving,
        "settled": sum(run.status not in ImportRun.AT_WORK for run in runs),
        "ready": states[ImportRun.Status.READY],
    }
    part = request.htmx and request.htmx.target == PROGRESS
    answer = render(request, "mandates/imports/progress.html" if part else template, context)
    # Else the browser would show the part alone when somebody goes back to the page.
    patch_vary_headers(answer, ("HX-Request", "HX-Target"))
    if part and not moving:
        answer.status_code = HttpResponseStopPolling.status_code
    return answer


def _unattended(runs: Iterable[ImportRun]) -> bool:
    """Something waits for a worker, and for a while none was heard of, here or in another import."""
    long_ago = timezone.now() - PATIENCE
    waiting = [run.queued_at for run in runs if run.status in ImportRun.AT_WORK and run.heartbeat_at is None]
    heard_of = ImportRun.objects.filter(status__in=ImportRun.AT_WORK, heartbeat_at__gt=long_ago)
    return any(since is not None and since < long_ago for since in waiting) and not heard_of.exists()


def _shared(runs: Iterable[ImportRun]) -> set[str]:
    """Give the symbols under which different files wait: the one that is stored last would stand."""
    waiting = {(run.symbol, run.source_id) for run in runs if run.status == ImportRun.Status.READY and run.symbol}
    return {symbol for symbol, count in Counter(symbol for symbol, _source in waiting).items() if count > 1}


def _clean(runs: Sequence[ImportRun]) -> list[ImportRun]:
    """Give the files that need no look: with a symbol of their own, and without warnings."""
    shared = _shared(runs)
    waiting = (run for run in runs if run.status == ImportRun.Status.READY)
    return [run for run in waiting if run.symbol and run.symbol not in shared and not run.warnings]


def _store_all(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    clean = _clean(list(batch.runs.filter(status=ImportRun.Status.READY)))
    count = imports_store(batch=batch, run_ids=[run.pk for run in clean], user=request.user)
    said = ngettext("One document is being stored.", "%(count)s documents are being stored.", count) % {"count": count}
    messages.success(request, said if count else _("No document without warnings waits to be looked at."))
    return redirect("mandates:import_batch", batch.pk)
