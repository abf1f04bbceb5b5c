"""The queue of links: one after the other, or many at once."""

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

from mandates.actions.links import LinkMandates, StaleLink
from mandates.bulk.links import ACTIONS, decide_many, preview_many
from mandates.models import Mandate, MandateLink
from mandates.queues.links import candidates, filter_links, find_mandates, link_rows, neighbours, with_ends
from mandates.views.mandate_detail import fetch_mandate
from mandates.views.review import (
    PER_PAGE,
    ReviewQueue,
    decide_selected,
    filter_query,
    is_version,
    may_decide,
    sent_note,
)

_FILTERS = ("state", "session", "body")


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_links(request: HttpRequest) -> HttpResponse:
    """Show the queue; take a decision about several links, and show first what it will do."""
    if request.method == "POST":
        return decide_selected(request, _QUEUE)
    filters = filter_links(request.GET)
    page = Paginator(with_ends(filters.qs), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": link_rows(page.object_list),
        "query": filter_query(request.GET, _FILTERS),
        "narrowed": bool(request.GET.get("session") or request.GET.get("body")),
    }
    return render(request, "mandates/review/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one link with what else may be meant; take the decision and go on to the next."""
    link = get_object_or_404(with_ends(MandateLink.objects.all()), pk=pk)
    if request.method != "POST":
        return _show(request, link)
    filters = filter_links(request.GET)
    following = neighbours(filters.qs, link).following
    try:
        said = _decide_one(request, link)
    except ValidationError as error:
        return _show(request, link, error.messages, HTTPStatus.UNPROCESSABLE_ENTITY)
    except StaleLink as stale:
        link = get_object_or_404(with_ends(MandateLink.objects.all()), pk=pk)
        return _show(request, link, [str(stale)], HTTPStatus.CONFLICT)
    except MandateLink.DoesNotExist:
        said = _("It is gone: the tracker found otherwise meanwhile.")
    messages.success(request, said)
    query = filter_query(request.GET, _FILTERS)
    target = reverse("mandates:review_link", args=[following]) if following else reverse("mandates:review_links")
    return redirect(f"{target}?{query}" if query else target)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def link_mandates(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a mandate can be linked with by hand; link it with what is chosen."""
    mandate = fetch_mandate(key)
    errors: list[str] = []
    if request.method == "POST":
        try:
            action = LinkMandates(one=mandate, other=_chosen(request), note=sent_note(request))
            action.execute(request.user)
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _("Linked."))
            return redirect(mandate)
    find = request.GET.get("find", "").strip()
    context = {
        "mandate": mandate,
        "find": find,
        "candidates": find_mandates(find, leave_out=[mandate.pk]),
        "note": request.POST.get("note", ""),
        "errors": errors,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "mandates/review/new.html", context, status=status)


def _decide_one(request: HttpRequest, link: MandateLink) -> str:
    """Do what the form says, and give the sentence for it."""
    name, version = request.POST.get("do", ""), request.POST.get("version", "")
    if not is_version(version):
        raise ValidationError(_("The form is not whole. Look at it again and send it once more."))
    if name == "link":
        other = _chosen(request)
        LinkMandates(one=link.later, other=other, replaces=link, version=int(version), note=sent_note(request)).execute(
            request.user
        )
        return _("Linked with the one that you chose; the other one is rejected.")
    if name not in ACTIONS:
        raise Http404
    ACTIONS[name](link=link, version=int(version), note=sent_note(request)).execute(request.user)
    return _done(name, 1)


def _show(
    request: HttpRequest, link: MandateLink, errors: list[str] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    filters = filter_links(request.GET)
    find = request.GET.get("find", "").strip()
    (row,) = link_rows([link])
    context = {
        "row": row,
        "link": link,
        "decisions": link.decisions.select_related("made_by").order_by("-pk")[:PER_PAGE],
        "made_by_hand": link.score is None,
        "around": neighbours(filters.qs, link),
        "in_queue": filters.qs.filter(pk=link.pk).exists(),
        "candidates": candidates(link, find),
        "find": find,
        "note": request.POST.get("note", ""),
        "query": filter_query(request.GET, _FILTERS),
        "filtered": [(name, request.GET[name]) for name in _FILTERS if request.GET.get(name)],
        "errors": errors,
    }
    return render(request, "mandates/review/link.html", context, status=status)


def _chosen(request: HttpRequest) -> Mandate:
    key = request.POST.get("other", "").replace("\x00", "")
    other = Mandate.objects.select_related("document__session").filter(key=key).first()
    if other is None:
        raise ValidationError(_("Choose the mandate that it repeats."))
    return other


def _done(name: str, count: int) -> str:
    said = {
        "confirm": ngettext("Confirmed.", "%(count)d confirmed.", count),
        "reject": ngettext("Rejected.", "%(count)d rejected.", count),
        "restore": ngettext("As the tracker found it again.", "%(count)d as the tracker found them again.", count),
    }
    return said[name] % {"count": count}


_QUEUE = ReviewQueue(
    address="mandates:review_links",
    filters=_FILTERS,
    field="link",
    actions=ACTIONS,
    preview=preview_many,
    decide=decide_many,
    template="mandates/review/preview.html",
    done=_done,
    key=lambda result: str(result.link.later.key),
    select=gettext_lazy("Select the links that you want to decide about."),
    gone=gettext_lazy("Some of them are gone: the tracker found otherwise meanwhile."),
)
