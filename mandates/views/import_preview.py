"""Looking at a document before it is stored: correct its head, store it, or leave it out."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mandates.import_forms import HeaderForm
from mandates.import_page import preview_of
from mandates.services.batch_previews import (
    corrections_standing,
    import_correct,
    import_discard,
    import_parse,
    imports_store,
    preview_warnings,
)
from mandates.services.issue_previews import effect_of
from mandates.views.imports import may_import
from resolutions.corrections import header_of
from resolutions.models import Document, ImportRun
from resolutions.originals import original_response
from resolutions.reading.errors import UnreadableDocument
from resolutions.reading.pages import page_png, page_sizes
from resolutions.reading.sniff import PDF
from resolutions.services import RunTaken
from resolutions.structure.issues import issue_of


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_preview(request: HttpRequest, batch: int, pk: int) -> HttpResponse:
    """Show what would be stored, and take what a person decides about it."""
    run = get_object_or_404(ImportRun.objects.select_related("batch", "source"), batch=batch, pk=pk)
    if run.status != ImportRun.Status.READY:
        if request.method == "POST":
            _say_decided(request, run)
        return redirect("mandates:import_batch", batch)
    try:
        if request.method == "POST":
            return _decide(request, run)
        return _show(request, run)
    except UnreadableDocument as error:
        messages.error(request, error.reason)
    except RunTaken:
        run.refresh_from_db()
        _say_decided(request, run)
    return redirect("mandates:import_batch", batch)


def _say_decided(request: HttpRequest, run: ImportRun) -> None:
    """Say what was decided before; sent twice by accident, the same decision is no surprise."""
    states, what = ImportRun.Status, request.POST.get("do")
    if what == "store" and run.status in (states.STORING, states.NEW, states.CHANGED, states.UNCHANGED):
        messages.info(request, _("%(name)s was already given to be stored.") % {"name": run.symbol})
    elif what == "discard" and run.status == states.DISCARDED:
        messages.info(request, _("%(name)s was already left out.") % {"name": run.name})
    else:
        said = _("Somebody decided about this file already: %(state)s. Nothing was changed.")
        messages.warning(request, said % {"state": run.get_status_display().lower()})


@require_safe
@may_import
def import_original(request: HttpRequest, batch: int, pk: int) -> HttpResponseBase:
    """Give the file as it was brought."""
    run = get_object_or_404(ImportRun.objects.select_related("source"), batch=batch, pk=pk, source__isnull=False)
    assert run.source is not None
    return original_response(run.source)


@require_safe
@may_import
def import_page(request: HttpRequest, batch: int, pk: int, number: int) -> HttpResponse:
    """Give a page of a PDF file as a picture; drawn once for each browser, which asks whether it still may show it."""
    runs = ImportRun.objects.select_related("source").defer("source__content")
    run = get_object_or_404(runs, batch=batch, pk=pk, source__media_type=PDF)
    assert run.source is not None
    etag = f'"{run.source.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            picture = page_png(bytes(run.source.content), number)
        except UnreadableDocument as error:
            return HttpResponse(error.reason, "text/plain", HTTPStatus.UNPROCESSABLE_ENTITY)
        if picture is None:
            raise Http404
        response = HttpResponse(picture, "image/png")
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _page_sizes(run: ImportRun) -> tuple[tuple[int, int], ...]:
    """Give the sizes of the pictures of pages; none where there are none, and the text has to do."""
    if run.source is None or run.source.media_type != PDF:
        return ()
    try:
        return page_sizes(bytes(run.source.content))
    except UnreadableDocument:
        return ()


def _decide(request: HttpRequest, run: ImportRun) -> HttpResponse:
    assert run.batch is not None
    what = request.POST.get("do")
    here = redirect("mandates:import_preview", run.batch_id, run.pk)
    if what == "correct":
        form = HeaderForm(request.POST, auto_id="header-%s")
        if form.is_valid():
            try:
                import_correct(run=run, header=form.header(), user=request.user)
            except ValidationError as error:
                form.add_error("symbol", error)
            else:
                messages.success(request, _("The head is corrected; nothing is stored yet."))
                return here
        return _show(request, run, form)
    if what == "store":
        if imports_store(batch=run.batch, run_ids=[run.pk], user=request.user):
            messages.success(request, _("%(name)s is being stored.") % {"name": run.symbol})
        else:
            messages.error(request, _("It needs a symbol before it can be stored."))
            return here
    elif what == "discard" and import_discard(run=run, user=request.user):
        messages.success(request, _("%(name)s was left out; nothing of it was stored.") % {"name": run.name})
    return redirect("mandates:import_batch", run.batch_id)


def _show(request: HttpRequest, run: ImportRun, form: HeaderForm | None = None) -> HttpResponse:
    parsed = import_parse(run=run)
    initial = header_of(parsed.record)
    context = {
        "run": run,
        "record": parsed.record,
        "preview": preview_of(parsed, _page_sizes(run), preview_warnings(parsed)),
        "form": form or HeaderForm(initial=initial, auto_id="header-%s"),
        "kind": Document.Kind(parsed.record.kind).label,
        "known": Document.objects.filter(symbol=issue_of(parsed.record.symbol).base, source__isnull=False).first(),
        "effect": effect_of(parsed=parsed, header=corrections_standing(run, parsed.record.symbol)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "mandates/imports/preview.html", context, status=status)
