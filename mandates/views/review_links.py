"""The queue of links: one after the other, or many at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from mandates.actions.links import LinkMandates
from mandates.bulk.lineage import LINKS
from mandates.models import Mandate, MandateLink
from mandates.queues.links import LINK_QUEUE, candidates, find_mandates
from mandates.views.mandate_detail import fetch_mandate
from mandates.views.review import may_decide, sent_note, sent_version
from mandates.views.review_many import LineagePages


class LinkPages(LineagePages):
    """The pages of the queue of links; in the place of one, another can be chosen."""

    queue = LINK_QUEUE
    template = "mandates/review/links.html"
    template_of_one = "mandates/review/link.html"
    decidables = LINKS
    words = (*LINKS.actions, "link")
    gone = gettext_lazy("It is gone: the tracker found otherwise meanwhile.")
    select = gettext_lazy("Select the links that you want to decide about.")

    def decide(self, request: HttpRequest, one: MandateLink, word: str) -> str:
        if word != "link":
            return super().decide(request, one, word)
        version, other = sent_version(request), _chosen(request)
        LinkMandates(one=one.later, other=other, replaces=one, version=version, note=sent_note(request)).execute(
            request.user
        )
        return _("Linked with the one that you chose; the other one is rejected.")

    def more_of_one(self, request: HttpRequest, one: MandateLink) -> dict[str, Any]:
        find = request.GET.get("find", "").strip()
        return {
            **super().more_of_one(request, one),
            "made_by_hand": one.score is None,
            "candidates": candidates(one, find),
            "find": find,
        }

    def done(self, word: str) -> str:
        said = {"confirm": _("Confirmed."), "reject": _("Rejected."), "restore": _("As the tracker found it again.")}
        return said[word]

    def question(self, word: str, count: int) -> str:
        asked = {
            "confirm": ngettext("Confirm one link?", "Confirm %(count)s links?", count),
            "reject": ngettext("Reject one link?", "Reject %(count)s links?", count),
            "restore": ngettext("Take one decision back?", "Take %(count)s decisions back?", count),
        }
        return asked[word] % {"count": intcomma(count)}


_PAGES = LinkPages()


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_links(request: HttpRequest) -> HttpResponse:
    """Show the queue; take a decision about several links, and show first what it will do."""
    return _PAGES.answer_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one link with what else may be meant; take the decision and go on to the next."""
    return _PAGES.answer(request, pk=pk)


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


def _chosen(request: HttpRequest) -> Mandate:
    key = request.POST.get("other", "").replace("\x00", "")
    other = Mandate.objects.select_related("document__session").filter(key=key).first()
    if other is None:
        raise ValidationError(_("Choose the mandate that it repeats."))
    return other
