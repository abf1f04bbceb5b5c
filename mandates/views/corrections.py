"""Correcting what was found in a text: the forms, what they would do, and the queue of those without a place."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mandates.actions.corrections import PERMISSION, CorrectFindings, Result, UndoCorrections
from mandates.correction_fields import names_to_choose
from mandates.correction_forms import FORMS, CorrectionForm, MissedForm
from mandates.correction_ground import ground_of
from mandates.models import Correction, Mandate
from mandates.queues.corrections import CORRECTION_QUEUE
from mandates.views.access import only_with
from mandates.views.mandate_detail import fetch_mandate
from mandates.views.review import QueuePages, sent_note
from resolutions.citations import citation
from resolutions.links import document_url
from resolutions.models import Document, Paragraph

may_correct = only_with(PERMISSION, gettext_lazy("You are signed in, but may not correct what was found in documents."))


@require_http_methods(["GET", "HEAD", "POST"])
@may_correct
def correct_mandate(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Show the form for one kind of correction of a mandate, what it would do, and carry it out."""
    if (done := _sent_before(request)) is not None:
        return done
    mandate = fetch_mandate(key)
    if not mandate.in_text:
        messages.warning(request, _("The text no longer has this mandate, so there is nothing to correct."))
        return redirect(mandate)
    ground = ground_of(mandate.document, mandate.paragraph)
    form = FORMS[kind](request.POST or None, ground=ground, mandate=mandate)
    return _answer(request, form, citation(mandate.document.symbol, mandate.part, mandate.label, mandate.paragraph.key))


@require_http_methods(["GET", "HEAD", "POST"])
@may_correct
def correct_missed(request: HttpRequest) -> HttpResponse:
    """Show the form by which a mandate is marked that was missed in a paragraph, what it would do, and carry it out.

    The query string names the paragraph: ``document`` its symbol, ``paragraph`` its key.
    """
    if (done := _sent_before(request)) is not None:
        return done
    symbol, key = request.GET.get("document", ""), request.GET.get("paragraph", "")
    if "\0" in symbol + key:
        raise Http404  # PostgreSQL takes no such text
    paragraph = get_object_or_404(
        Paragraph.objects.select_related("document__source", "parent"),
        document__symbol=symbol,
        key=key,
        in_text=True,
    )
    form = MissedForm(request.POST or None, ground=ground_of(paragraph.document, paragraph))
    return _answer(request, form, citation(symbol, paragraph.part, paragraph.label, paragraph.key))


def _answer(request: HttpRequest, form: CorrectionForm, cited: str) -> HttpResponse:
    """Show a form, or do what it asks: look first, or store."""
    looks = request.POST.get("do") == "look"
    form.fields["why"].required = not looks
    results: list[Result] = []
    errors: list[str] = []
    status = HTTPStatus.OK
    document = form.ground.document
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                action = CorrectFindings(document=document, entries=[form.entry(_token(request))])
                results = action.preview(request.user) if looks else action.execute(request.user)
            except ValidationError as error:
                errors = error.messages
            if results and not results[0].refusal:
                if not looks:
                    messages.success(request, _("Corrected."))
                    return redirect(_leads_to(document, results[0], form))
                status = HTTPStatus.OK
            errors += [result.refusal for result in results if result.refusal]
    form.fields["why"].required = True  # also where it was only looked at
    context = {
        "form": form,
        "mandate": form.mandate,
        "document": document,
        "paragraph": form.ground.paragraph,
        "text": form.ground.texts[form.ground.paragraph.key],
        "cited": cited,
        "paragraph_href": document_url(document.symbol, form.ground.paragraph.key),
        "result": next((result for result in results if not result.refusal), None),
        "errors": errors,
        "names": names_to_choose(),
    }
    return render(request, "mandates/correct.html", context, status=status)


def _leads_to(document: Document, result: Result, form: CorrectionForm) -> str:
    """Give the address of what was corrected: the mandate, or the paragraph where it is none."""
    mandate = Mandate.objects.filter(document=document, key__in=result.mandates).order_by("position").first()
    if mandate is not None:
        return mandate.get_absolute_url()
    return document_url(document.symbol, form.ground.paragraph.key)


def _token(request: HttpRequest) -> str:
    """Give the mark of a form: what was sent, apart from what changes from one sending to the next."""
    names = sorted(request.POST.keys() - {"csrfmiddlewaretoken", "do"})
    sent = [(name, request.POST.getlist(name)) for name in names]
    return hashlib.sha256(repr((request.get_full_path(), sent)).encode()).hexdigest()


def _sent_before(request: HttpRequest) -> HttpResponse | None:
    """Answer a form that arrives a second time: it is done, and what it spoke of may have another address by now."""
    if request.method != "POST" or request.POST.get("do") == "look":
        return None
    row = Correction.objects.standing().filter(made_by=request.user.pk, token=_token(request)).first()
    if row is None:
        return None
    messages.success(request, _("Corrected."))
    mandate = Mandate.objects.filter(correction_places__correction=row).order_by("position").first()
    return redirect(mandate or document_url(row.document.symbol, str(row.anchor["paragraph"])))


class CorrectionPages(QueuePages):
    """The pages of corrections: those without a place wait, and each can be undone."""

    queue = CORRECTION_QUEUE
    template = "mandates/review/corrections.html"
    template_of_one = "mandates/review/correction.html"
    words = ("undo",)

    def decide(self, request: HttpRequest, one: Correction, word: str) -> str:
        action = UndoCorrections(document=one.document, corrections=[one], why=sent_note(request))
        (result,) = action.execute(request.user)
        if result.refusal:
            raise ValidationError(result.refusal)
        return _("Undone. The history keeps both.")

    def leads_to(self, request: HttpRequest, one: Correction) -> str:
        return CORRECTION_QUEUE.address_of([one.pk]) if "state" in request.GET else ""


_PAGES = CorrectionPages()


@require_http_methods(["GET", "HEAD"])
@may_correct
def review_corrections(request: HttpRequest) -> HttpResponse:
    """Show the corrections that wait for a place, or those of another state."""
    return _PAGES.show_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_correct
def review_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one correction, and undo it."""
    return _PAGES.answer(request, pk=pk)
