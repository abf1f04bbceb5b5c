"""The queue of suggestions: one after the other, or many at once."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from mandates.actions.suggestions import StaleSuggestion
from mandates.bulk.suggestions import ACTIONS, decide_many, preview_many
from mandates.models import Suggestion
from mandates.queues.suggestions import filter_suggestions, neighbours, suggestion_rows, with_mandates
from mandates.views.review import (
    PER_PAGE,
    ReviewQueue,
    decide_selected,
    filter_query,
    is_version,
    may_decide,
    sent_note,
)

_FILTERS = ("state", "reason", "session", "body")


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_suggestions(request: HttpRequest) -> HttpResponse:
    """Show the queue; take a decision about several suggestions, and show first what it will do."""
    if request.method == "POST":
        return decide_selected(request, _QUEUE)
    filters = filter_suggestions(request.GET)
    page = Paginator(with_mandates(filters.qs), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": suggestion_rows(page.object_list),
        "query": filter_query(request.GET, _FILTERS),
        "narrowed": any(request.GET.get(name) for name in ("reason", "session", "body")),
    }
    return render(request, "mandates/review/suggestions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion; take the decision and go on to the next, or back to the mandate's page."""
    suggestion = get_object_or_404(with_mandates(Suggestion.objects.all()), pk=pk)
    if request.method != "POST":
        return _show(request, suggestion)
    following = neighbours(filter_suggestions(request.GET).qs, suggestion).following
    name, version = request.POST.get("do", ""), request.POST.get("version", "")
    if name not in ACTIONS:
        raise Http404
    try:
        if not is_version(version):
            raise ValidationError(_("The form is not whole. Look at it again and send it once more."))
        ACTIONS[name](suggestion=suggestion, version=int(version), note=sent_note(request)).execute(request.user)
    except ValidationError as error:
        return _show(request, suggestion, error.messages, HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleSuggestion as stale:
        suggestion = get_object_or_404(with_mandates(Suggestion.objects.all()), pk=pk)
        return _show(request, suggestion, [str(stale)], HTTPStatus.CONFLICT)
    except Suggestion.DoesNotExist:
        messages.warning(request, _("It is gone: the texts say otherwise by now."))
    else:
        messages.success(request, _done(name, 1))
    if request.POST.get("back") == "mandate":
        return redirect(suggestion.mandate)
    query = filter_query(request.GET, _FILTERS)
    queue = reverse("mandates:review_suggestions")
    target = reverse("mandates:review_suggestion", args=[following]) if following else queue
    return redirect(f"{target}?{query}" if query else target)


def _show(
    request: HttpRequest, suggestion: Suggestion, errors: list[str] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    filters = filter_suggestions(request.GET)
    (row,) = suggestion_rows([suggestion])
    context = {
        "row": row,
        "suggestion": suggestion,
        "decisions": suggestion.decisions.select_related("made_by").order_by("-pk")[:PER_PAGE],
        "around": neighbours(filters.qs, suggestion),
        "in_queue": filters.qs.filter(pk=suggestion.pk).exists(),
        "note": request.POST.get("note", ""),
        "query": filter_query(request.GET, _FILTERS),
        "errors": errors,
    }
    return render(request, "mandates/review/suggestion.html", context, status=status)


def _done(name: str, count: int) -> str:
    said = {
        "confirm": ngettext("Confirmed, and marked fulfilled.", "%(count)d confirmed, and marked fulfilled.", count),
        "dismiss": ngettext(
            "Dismissed; it will not come back.", "%(count)d dismissed; they will not come back.", count
        ),
        "restore": ngettext("It waits again.", "%(count)d wait again.", count),
    }
    return said[name] % {"count": count}


_QUEUE = ReviewQueue(
    address="mandates:review_suggestions",
    filters=_FILTERS,
    field="suggestion",
    actions=ACTIONS,
    preview=preview_many,
    decide=decide_many,
    template="mandates/review/suggestions_preview.html",
    done=_done,
    key=lambda result: str(result.suggestion.mandate.key),
    select=gettext_lazy("Select the suggestions that you want to decide about."),
    gone=gettext_lazy("Some of them are gone: the texts say otherwise by now."),
)
