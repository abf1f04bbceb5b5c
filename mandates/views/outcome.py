"""Recording what became of a mandate: fulfilled, withdrawn, reopened, checked."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from mandates.actions.decision import PERMISSION
from mandates.actions.outcomes import StaleMandate
from mandates.forms import FORMS, OutcomeForm
from mandates.models import Mandate, OutcomeChange
from mandates.views.mandate_detail import fetch_mandate, render_mandate
from mandates.views.way_back import with_way_back


@require_http_methods(["GET", "HEAD", "POST"])
def record_outcome(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Take a form about a mandate, and go back to its page.

    What was typed comes back with 422 where it is not enough, and with 409 where somebody else decided meanwhile.
    """
    mandate = fetch_mandate(key)
    if request.method != "POST":
        return redirect(mandate)
    if not request.user.is_authenticated:
        return _to_sign_in(request, mandate)
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied(_("You are signed in, but may not record decisions about mandates."))
    form = FORMS[kind](request.POST, mandate=mandate)
    if form.is_valid():
        try:
            decision = form.action().execute(request.user)
        except ValidationError as error:
            form.refuse(error)
        except StaleMandate:
            return _stale(request, mandate, form)
        else:
            if decision.done_already:
                messages.info(request, _("That was recorded already."))
            else:
                messages.success(
                    request, _("Recorded: %(what)s.") % {"what": decision.change.get_kind_display().lower()}
                )
            return redirect(with_way_back(request, mandate.get_absolute_url()))
    return render_mandate(request, mandate, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _to_sign_in(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    sign_in = redirect_to_login(mandate.get_absolute_url())
    # htmx would follow the redirect and put the sign-in page into the middle of this one.
    return HttpResponseClientRedirect(sign_in["Location"]) if request.htmx else sign_in


def _stale(request: HttpRequest, seen: Mandate, form: OutcomeForm) -> HttpResponse:
    """Show the mandate as it is now, what was done meanwhile, and the form as it was typed, ready to be sent again."""
    mandate = fetch_mandate(seen.key)
    meanwhile = (
        OutcomeChange.objects.filter(mandate__task=mandate.task)
        .select_related("made_by")
        .filter(version__gt=form.cleaned_data["version"])
    )
    typed = request.POST.copy()
    typed["version"] = str(mandate.outcome_version)
    again = FORMS[form.kind](typed, mandate=mandate)
    return render_mandate(request, mandate, again, meanwhile=list(meanwhile), status=HTTPStatus.CONFLICT)
