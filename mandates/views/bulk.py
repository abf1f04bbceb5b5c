"""Decisions about many mandates: what one would do, how far it is, what it did, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseStopPolling

from mandates.actions.corrections import PERMISSION as MAY_CORRECT
from mandates.actions.decision import PERMISSION as MAY_DECIDE
from mandates.bulk.actions import undo_plan
from mandates.bulk.correction_forms import CORRECTION_FORMS
from mandates.bulk.corrections import said_entered
from mandates.bulk.forms import BULK_FORMS, BulkForm
from mandates.bulk.plan import SHOWN, Plan, Prospect
from mandates.bulk.selection import MOST, read_selection
from mandates.list_rows import Row, for_rows, make_rows
from mandates.models import BulkDecision, Mandate
from mandates.services.bulk import bulk_start
from mandates.views.access import only_with
from mandates.views.review import may_decide

PER_PAGE = 25
# What an entry about a mandate shows.
_RECORDED = ["mandate__document", "mandate__paragraph", "change__occurrence", "correction"]
# What an entry about a link or a suggestion shows.
_FOUND = [
    f"{way}__{part}"
    for way in ("link__later", "link__earlier", "suggestion__mandate")
    for part in ("document", "paragraph")
]
# The part of the page that htmx asks for again.
PROGRESS = "progress"
MOST_REASONS = 10

may_correct = only_with(MAY_CORRECT, gettext_lazy("You are signed in, but may not correct what was found in texts."))
may_change_many = only_with(
    MAY_DECIDE, gettext_lazy("You are signed in, but may not change what is recorded of mandates."), MAY_CORRECT
)


@dataclass(frozen=True, slots=True)
class ShownProspect:
    """What would come of the decision for a mandate, and the mandate as lists show it."""

    prospect: Prospect
    row: Row


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def bulk_new(request: HttpRequest) -> HttpResponse:
    """Show what a decision about the mandates selected on the list would do; do it where its maker saw that."""
    return _new(request, BULK_FORMS)


@require_http_methods(["GET", "HEAD", "POST"])
@may_correct
def bulk_correct(request: HttpRequest) -> HttpResponse:
    """Ask what the mandates selected on the list are to be corrected to, show what that changes, and do it then."""
    return _new(request, CORRECTION_FORMS)


def _new(request: HttpRequest, kinds: Mapping[str, type[BulkForm]]) -> HttpResponse:
    kind = request.POST.get("do", "")
    if request.method != "POST" or kind not in kinds:
        return redirect("mandates:list")
    selection = read_selection(request.POST)
    if not selection.versions:
        messages.warning(request, _("Select the mandates that you want to decide about."))
        return redirect(selection.address)
    if len(selection.versions) > MOST:
        said = _("More than %(most)s mandates match; narrow them down first.") % {"most": MOST}
        messages.warning(request, said)
        return redirect(selection.address)
    sure = "sure" in request.POST
    form = kinds[kind](request.POST if sure else None, versions=selection.versions, auto_id=f"{kind}-%s")
    plan = form.plan(request.user)
    valid, seal = form.is_valid(), request.POST.get("seal", "")
    if valid and plan.will and plan.seal == seal:
        bulk = bulk_start(
            kind=kind,
            plan=plan,
            user=request.user,
            entered=form.entered,
            query=selection.query,
            shown=selection.shown,
            every_match=selection.every_match,
        )
        return redirect(bulk)
    context = {
        **shown_plan(plan),
        "kind": kind,
        "form": form,
        "selection": selection,
        "picked": [f"{pk}:{version}" for pk, version in selection.versions.items()],
        "now": len(selection.versions),
        "moved": selection.seen not in (None, len(selection.versions)),
        "corrects": kind in CORRECTION_FORMS,
        # What a correction leads to is shown once it is entered, and only what was shown is sealed.
        "foreseen": valid or kind in BULK_FORMS,
        "differs": valid and (bool(seal) or kind in BULK_FORMS),
    }
    status = HTTPStatus.OK
    if sure and not valid:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif context["differs"]:
        status = HTTPStatus.CONFLICT
    return render(request, "mandates/bulk/preview.html", context, status=status)


@require_safe
@may_change_many
def bulk_list(request: HttpRequest) -> HttpResponse:
    """List the decisions about many mandates, newest first."""
    bulks = BulkDecision.objects.select_related("made_by").order_by("-pk")
    page = Paginator(bulks, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mandates/bulk/list.html", {"page": page})


@require_safe
@may_change_many
def bulk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came of a decision about many mandates; to htmx, only the part that moves."""
    bulk = get_object_or_404(BulkDecision.objects.select_related("made_by", "undoes"), pk=pk)
    # Those that wait and those that were refused come first.
    entries = bulk.entries.select_related(*_RECORDED, *_FOUND)
    page = Paginator(entries.order_by("-state", "pk"), SHOWN).get_page(request.GET.get("page"))
    part = request.htmx and request.htmx.target == PROGRESS
    context = {
        "bulk": bulk,
        "page": page,
        "said": said_entered(bulk),
        "settled": bulk.done + bulk.refused,
        "undone_by": bulk.undone_by.select_related("made_by").order_by("pk"),
    }
    answer = render(request, "mandates/bulk/progress.html" if part else "mandates/bulk/detail.html", context)
    # Else the browser would show the part alone when somebody goes back to the page.
    patch_vary_headers(answer, ("HX-Request", "HX-Target"))
    if part and bulk.finished_at:
        answer.status_code = HttpResponseStopPolling.status_code
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_many
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing a decision about many mandates would take back; take it back where its maker saw that."""
    bulk = get_object_or_404(BulkDecision.objects.select_related("made_by", "undoes"), pk=pk)
    if not bulk.can_be_undone:
        raise Http404
    plan = undo_plan(bulk, request.user)
    sent = request.method == "POST"
    if sent and plan.will and plan.seal == request.POST.get("seal"):
        done = bulk_start(
            kind=BulkDecision.Kind.UNDO, plan=plan, user=request.user, entered={}, undoes=bulk, query=bulk.query
        )
        return redirect(done)
    context = {
        **shown_plan(plan),
        "bulk": bulk,
        "column": bulk.column,
        "corrects": bulk.corrects,
        "foreseen": True,
        "differs": sent,
    }
    return render(request, "mandates/bulk/undo.html", context, status=HTTPStatus.CONFLICT if sent else HTTPStatus.OK)


def shown_plan(plan: Plan) -> dict[str, Any]:
    """Give what a page shows of a plan: all counts, and the first rows of each group."""
    will, will_not = plan.will, plan.will_not
    first = [each.mandate.pk for each in (*will[:SHOWN], *will_not[:SHOWN])]
    today = timezone.localdate()
    mandates = for_rows(Mandate.objects.standing(today).filter(pk__in=first))
    rows = {row.mandate.pk: row for row in make_rows(mandates, today)}
    reasons = [(reason, len(group)) for reason, group in plan.reasons]
    return {
        "will": [ShownProspect(each, rows[each.mandate.pk]) for each in will[:SHOWN]],
        "will_count": len(will),
        "will_not": [ShownProspect(each, rows[each.mandate.pk]) for each in will_not[:SHOWN]],
        "will_not_count": len(will_not) + plan.gone,
        "gone": plan.gone,
        "reasons": reasons[:MOST_REASONS],
        "other_reasons": sum(count for _reason, count in reasons[MOST_REASONS:]),
        "shown_most": SHOWN,
        "seal": plan.seal,
    }
